"""A person says what a post tells its readers, and hands in a picture of it.

For posts no machine may read. The words are judged by the same rules; the level of proof says that
a person copied them, and the picture lets others see for themselves.
"""

import hashlib
import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.identity.models import User
from config.kernel import events
from config.kernel.errors import InvalidInput
from disclosures import looking
from disclosures.actions import SALT_BYTES, as_post
from disclosures.errors import NoSuchPublication
from disclosures.models import (
    Attestation,
    AttestationContent,
    DisclosureCheck,
    Look,
    Publication,
)
from disclosures.states import LookStatus, ProofLevel
from disclosures.values import LARGEST_PICTURE, LONGEST_LABEL, LONGEST_TEXT, Context

_PICTURES = {  # by how the file begins; what it is called or says of itself counts for nothing
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/webp": (b"RIFF", b"WEBP"),
}


@transaction.atomic
def attest(
    *,
    publication_id: int,
    by: User,
    text: str,
    platform_label: str,
    seen_on: date,
    picture: bytes,
) -> Look:
    """Keep what `by` saw of a post and judge it as attested; the look is done at once.

    text: the words of the post; platform_label: what the platform shows beside them, if anything;
    picture: a PNG, JPEG or WebP file. The same again is the same as once. Raises
    NoSuchPublication, InvalidInput.
    """
    publication = Publication.objects.select_for_update().filter(pk=publication_id).first()
    if publication is None:
        raise NoSuchPublication
    media_type = _checked(publication, text, platform_label, seen_on, picture)
    known = _same(publication, by, text, platform_label, picture)
    if known:
        return known
    now = timezone.now()
    look = publication.looks.create(
        status=LookStatus.DONE, asked_by_id=by.pk, queued_at=now, started_at=now, finished_at=now
    )
    salt = secrets.token_bytes(SALT_BYTES)
    attestation = Attestation.objects.create(
        look=look,
        seen_on=seen_on,
        digest=digest_of(salt, text, platform_label, picture),
        attested_at=now,
    )
    AttestationContent.objects.create(
        attestation=attestation,
        salt=salt,
        text=text,
        platform_label=platform_label,
        picture=picture,
        media_type=media_type,
    )
    found = looking.judge_words(
        as_post(publication),
        text,
        Context(platform_label=platform_label or None),
        ProofLevel.ATTESTED,
    )
    for each in found:
        DisclosureCheck.objects.create(
            look=look, publication=publication, checked_at=now, **vars(each)
        )
    events.record(
        "disclosures.attested",
        subject=publication,
        by=by,
        look=look.pk,
        attestation=attestation.pk,
        digest=attestation.digest,
        verdicts={each.jurisdiction: each.verdict for each in found},
    )
    return look


def digest_of(salt: bytes, text: str, platform_label: str, picture: bytes) -> str:
    """SHA-256 (hex) of salt, label, words and picture, the words in UTF-8 with a NUL after each."""
    words = f"{platform_label}\0{text}\0".encode()
    return hashlib.sha256(salt + words + picture).hexdigest()


def _checked(
    publication: Publication, text: str, platform_label: str, seen_on: date, picture: bytes
) -> str:
    """The media type of the picture. Raises InvalidInput."""
    wrong: dict[str, list[str]] = {}
    media_type = _media_type(picture)
    if not text.strip() or len(text) > LONGEST_TEXT or "\0" in text:
        wrong["text"] = [_("Copy the words of the post, up to 20,000 characters.")]
    if len(platform_label) > LONGEST_LABEL or "\0" in platform_label:
        wrong["platform_label"] = [_("Up to 200 characters fit here.")]
    if not publication.published_on <= seen_on <= timezone.localdate():
        wrong["seen_on"] = [_("The day lies between the post's own and today.")]
    if len(picture) > LARGEST_PICTURE:
        wrong["picture"] = [_("This picture is too large. Up to 5 MB are kept.")]
    elif not media_type:
        wrong["picture"] = [_("This is no picture we can keep. Choose a PNG, JPEG or WebP file.")]
    if wrong:
        raise InvalidInput(wrong)
    return media_type


def _media_type(picture: bytes) -> str:
    """What the file is by its first bytes; empty where it is no picture we keep."""
    for media_type, (begins, *then) in _PICTURES.items():
        if picture.startswith(begins) and (not then or picture[8:12] == then[0]):
            return media_type
    return ""


def _same(
    publication: Publication, by: User, text: str, platform_label: str, picture: bytes
) -> Look | None:
    """The person's newest attestation of this post, if it says the same by the same picture."""
    newest = (
        publication.looks.filter(asked_by_id=by.pk, attestation__content__isnull=False)
        .select_related("attestation__content")
        .last()
    )
    if newest is None:
        return None
    attestation = newest.attestation
    salt = bytes(attestation.content.salt)
    is_same = attestation.digest == digest_of(salt, text, platform_label, picture)
    return newest if is_same else None
