"""Register a publication, ask for a look at its page, take it."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from config.identity.models import User
from config.kernel import events
from config.kernel.errors import InvalidInput
from config.kernel.fetching import Conditional, FetchRefused
from config.kernel.fetching.targets import read_target
from disclosures import archives, findings, looking, schedule
from disclosures.channels.values import Told
from disclosures.errors import NoSuchPublication
from disclosures.models import DisclosureCheck, Look, Publication, Snapshot, SnapshotContent
from disclosures.reasons import sentence
from disclosures.states import LookStatus
from disclosures.values import Relationship

MOST_ATTEMPTS = 3
LOST_AFTER = timedelta(seconds=15)  # queued this long: the bell was not heard
DEAD_AFTER = timedelta(seconds=150)  # running this long: past the task's own time limit
OPEN = (LookStatus.QUEUED, LookStatus.RUNNING)
SALT_BYTES = 32


@transaction.atomic
def register(
    *,
    url: str,
    platform: str,
    relationship: str,
    jurisdictions: Sequence[str],
    language: str,
    brand_name: str,
    published_on: date,
    by: User,
    format: str = "post",
    watched_months: int = schedule.TERM_MONTHS,
) -> Publication:
    """Keep the address of a post and what its disclosure is judged by; a look is queued.

    jurisdictions: ISO codes of its audience. watched_months: its term, for which the page is read
    again. Registering twice makes two: the caller knows which
    piece of work an address fulfils. Raises InvalidInput.
    """
    _check_values(url, platform, relationship, jurisdictions, language, brand_name, format)
    now = timezone.now()
    publication = Publication.objects.create(
        url=url,
        platform=platform,
        format=format,
        relationship=relationship,
        jurisdictions=list(dict.fromkeys(jurisdictions)),
        language=language,
        brand_name=brand_name,
        published_on=published_on,
        registered_by_id=by.pk,
        registered_at=now,
        watched_months=watched_months,
        next_look_at=schedule.next_look(now, months=watched_months, after=now),
    )
    look = _queue_look(publication, by)
    events.record("disclosures.registered", subject=publication, by=by, look=look.pk)
    return publication


@transaction.atomic
def look_again(*, publication_id: int, by: User | None) -> Look:
    """Queue a look at the page; while one is under way, that one. Raises NoSuchPublication."""
    publication = Publication.objects.select_for_update().filter(pk=publication_id).first()
    if publication is None:
        raise NoSuchPublication
    under_way = publication.looks.filter(status__in=OPEN).first()
    if under_way:
        return under_way
    look = _queue_look(publication, by)
    events.record("disclosures.look_asked", subject=publication, by=by, look=look.pk)
    return look


def take_look(*, look_id: int) -> Look:
    """Read the page of a queued look and record what its label says. Run twice, it looks once.

    Fetching and judging hold no lock and no transaction.
    """
    look = _start(look_id)
    if look is None:
        return Look.objects.get(pk=look_id)
    post = as_post(look.publication)
    known = _last_reading(look)
    try:
        page = looking.fetch_page(post, known if look.asked_by_id is None else None)
    except looking.Unreadable as unreadable:
        wait = schedule.next_try(unreadable.reason, look.attempts, unreadable.retry_after)
        if wait is not None:
            return _put_off(look_id, wait, counted=unreadable.reason != schedule.OUR_PACE)
        return _record(look_id, None, looking.not_verifiable(post, unreadable.reason))
    return _record(look_id, page, looking.judge_page(post, page), is_unchanged=page is known)


def lost_looks() -> list[int]:
    """Looks whose bell was not heard, and those whose worker died: given back to the queue."""
    now = timezone.now()
    dead = Look.objects.filter(status=LookStatus.RUNNING, started_at__lt=now - DEAD_AFTER)
    for look in dead[:1000]:
        _give_back(look.pk)
    lost = Look.objects.filter(status=LookStatus.QUEUED, queued_at__lt=now - LOST_AFTER)
    return list(lost.order_by("pk").values_list("pk", flat=True)[:1000])


def queue_due_looks() -> int:
    """Ask again for the pages whose time has come (schedule.py), at most 1,000 at once.

    Returns how many were asked for.
    """
    due = Publication.objects.filter(next_look_at__lte=timezone.now())
    late = due.exclude(looks__status__in=OPEN).order_by("next_look_at")
    ids = list(late.values_list("pk", flat=True)[:1000])
    for publication_id in ids:
        look_again(publication_id=publication_id, by=None)
    return len(ids)


def _check_values(
    url: str,
    platform: str,
    relationship: str,
    jurisdictions: Sequence[str],
    language: str,
    brand_name: str,
    format: str,
) -> None:
    wrong: dict[str, list[str]] = {}
    try:
        read_target(url, allow=settings.FETCH_ALLOW)
    except FetchRefused as refused:
        wrong["url"] = [sentence(refused.reason)]
    if len(url) > 500:
        wrong["url"] = [_("This address is too long. Give the post's own, up to 500 characters.")]
    if relationship not in list(Relationship):
        wrong["relationship"] = [_("Say how you are tied to the brand.")]
    if not jurisdictions or not all(len(c) == 2 and c.isalpha() for c in jurisdictions):
        wrong["jurisdictions"] = [_("Name at least one country of the audience.")]
    for name, value, longest in (
        ("platform", platform, 12),
        ("format", format, 12),
        ("language", language, 5),
        ("brand_name", brand_name, 120),
    ):
        if not 0 < len(value) <= longest:
            wrong[name] = [
                _("Between 1 and %(longest)s characters are needed here.") % {"longest": longest}
            ]
    if wrong:
        raise InvalidInput(wrong)


def _queue_look(publication: Publication, by: User | None) -> Look:
    return publication.looks.create(asked_by_id=by.pk if by else None, queued_at=timezone.now())


def as_post(publication: Publication) -> looking.Post:
    return looking.Post(
        url=publication.url,
        platform=publication.platform,
        format=publication.format,
        relationship=publication.relationship,
        jurisdictions=tuple(publication.jurisdictions),
        language=publication.language,
        brand_name=publication.brand_name,
        published_on=publication.published_on,
    )


@transaction.atomic
def _start(look_id: int) -> Look | None:
    look = (
        Look.objects.select_for_update(of=("self",)).select_related("publication").get(pk=look_id)
    )
    if look.status != LookStatus.QUEUED or look.queued_at > timezone.now():
        return None
    look.move_to(LookStatus.RUNNING)
    look.started_at = timezone.now()
    look.attempts = F("attempts") + 1
    look.save(update_fields=["status", "started_at", "attempts"])
    look.refresh_from_db(fields=["attempts"])
    return look


def _last_reading(look: Look) -> looking.PageRead | None:
    """The page as its newest snapshot has it; None before the first, or once it is erased."""
    publication = look.publication
    snapshot = _newest_snapshot(publication)
    content = getattr(snapshot, "content", None)
    if snapshot is None or content is None:
        return None
    return looking.PageRead(
        final_url=snapshot.final_url,
        status_code=snapshot.status_code,
        body=b"",
        title=content.title,
        text=content.text,
        parts=content.parts,
        taken_at=snapshot.taken_at,
        links=tuple(content.links),
        told=Told.read(content.told),
        conditional=Conditional(publication.etag, publication.last_modified),
    )


def _newest_snapshot(publication: Publication) -> Snapshot | None:
    taken = Snapshot.objects.filter(look__publication=publication).order_by("-pk")
    return taken.select_related("content").defer("content__archive", "content__body").first()


@transaction.atomic
def _put_off(look_id: int, wait: timedelta, *, counted: bool) -> Look:
    """Queue a look that could not be taken for another try; the sweep rings for it in time."""
    look = Look.objects.select_for_update().get(pk=look_id)
    if look.status != LookStatus.RUNNING:
        return look
    look.move_to(LookStatus.QUEUED)
    look.queued_at = timezone.now() + wait
    look.attempts -= 0 if counted else 1
    look.save(update_fields=["status", "queued_at", "attempts"])
    return look


@transaction.atomic
def _record(
    look_id: int,
    page: looking.PageRead | None,
    found: list[looking.Found],
    *,
    is_unchanged: bool = False,
) -> Look:
    look = (
        Look.objects.select_for_update(of=("self",)).select_related("publication").get(pk=look_id)
    )
    if look.status != LookStatus.RUNNING:
        return look  # another worker took it over and has recorded
    now = timezone.now()
    look.publication = Publication.objects.select_for_update().get(pk=look.publication_id)
    before = _newest_snapshot(look.publication)
    snapshot = _keep(look, page) if page and not is_unchanged else None
    for each in found:
        DisclosureCheck.objects.create(
            look=look, publication=look.publication, checked_at=now, **vars(each)
        )
    look.move_to(LookStatus.DONE)
    look.finished_at = now
    look.unchanged_since = before if is_unchanged else None
    look.save(update_fields=["status", "finished_at", "unchanged_since"])
    new = findings.reckon(look=look, page=page, found=found, before=before, at=now)
    _plan(look.publication, now)
    events.record(
        "disclosures.checked",
        subject=look.publication,
        by=None,
        look=look.pk,
        snapshot=snapshot.pk if snapshot else None,
        digest=snapshot.digest if snapshot else None,
        verdicts={each.jurisdiction: each.verdict for each in found},
    )
    if new:
        events.record(
            "disclosures.found",
            subject=look.publication,
            by=None,
            look=look.pk,
            findings={each.kind: each.pk for each in new},
        )
    return look


def _keep(look: Look, page: looking.PageRead) -> Snapshot:
    """The digest goes into the record, the words into a row that can be erased with its salt."""
    salt = secrets.token_bytes(SALT_BYTES)
    payloads = [archives.payload_of(source.body) for source in page.sources]
    held = _held(look.publication, payloads)
    archive = archives.write(page.sources, held)
    snapshot = Snapshot.objects.create(
        look=look,
        final_url=page.final_url[:2000],
        status_code=page.status_code,
        digest=hashlib.sha256(salt + archive).hexdigest(),
        taken_at=page.taken_at,
    )
    SnapshotContent.objects.create(
        snapshot=snapshot,
        salt=salt,
        archive=archive,
        payloads=[payload for payload in payloads if payload not in held],
        title=page.title,
        text=page.text,
        parts=page.parts,
        links=page.links,
        told=page.told.as_json(),
    )
    publication = look.publication
    # One too long to be kept is no use to ask with.
    publication.etag = page.conditional.etag if len(page.conditional.etag) <= 200 else ""
    modified = page.conditional.last_modified
    publication.last_modified = modified if len(modified) <= 60 else ""
    publication.save(update_fields=["etag", "last_modified"])
    return snapshot


def _held(publication: Publication, payloads: list[str]) -> dict[str, archives.Origin]:
    """Which of these bodies an archive of the publication holds already, and since when."""
    before = Snapshot.objects.filter(
        look__publication=publication, content__payloads__overlap=payloads
    )
    return {
        payload: archives.Origin(url, at)
        for found, url, at in before.order_by("pk").values_list(
            "content__payloads", "final_url", "taken_at"
        )
        for payload in set(found) & set(payloads)
    }


def _plan(publication: Publication, now: datetime) -> None:
    """The next look: the schedule's, or sooner where a writer's time to reply ends."""
    mark = schedule.next_look(
        publication.registered_at, months=publication.watched_months, after=now
    )
    ends = findings.reply_ends(publication, after=now)
    publication.next_look_at = min((each for each in (mark, ends) if each), default=None)
    publication.save(update_fields=["next_look_at"])


@transaction.atomic
def _give_back(look_id: int) -> None:
    """Another try, or the end: a page that kills its reader can't be verified."""
    look = (
        Look.objects.select_for_update(of=("self",)).select_related("publication").get(pk=look_id)
    )
    if look.status != LookStatus.RUNNING:
        return
    if look.attempts >= MOST_ATTEMPTS:
        _record(look_id, None, looking.not_verifiable(as_post(look.publication), "reading_broke"))
        return
    look.move_to(LookStatus.QUEUED)
    look.queued_at = timezone.now()
    look.save(update_fields=["status", "queued_at"])
