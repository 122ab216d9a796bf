"""A person attests what a post says; it is kept apart from what a machine reads."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from pytest_django import Settings

from config.identity.models import User
from config.kernel import events
from config.kernel.errors import InvalidInput
from config.kernel.fetching import fetcher
from config.kernel.models import Event
from disclosures import actions, attesting, evidence
from disclosures.errors import NoSuchPublication
from disclosures.models import (
    Attestation,
    AttestationContent,
    DisclosureCheck,
    Look,
    Publication,
)
from disclosures.queries import PublicationState, newest_state_of, state_of, worst_first
from disclosures.values import WORST_FIRST
from tests.disclosures.site import Page, Site, serve

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 50
MISSING = "Ho provato la farina di farro."
LABELLED = "Pubblicità Mulino dell'Alba. Ho provato la farina di farro."


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    fetcher.sites.forget()
    with serve() as served:
        settings.FETCH_ALLOW = served.allow
        yield served
    fetcher.sites.forget()


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada@blog.example", "Ada Conti")


def register(url: str, by: User, platform: str = "instagram") -> Publication:
    return actions.register(
        url=url,
        platform=platform,
        relationship="paid",
        jurisdictions=["IT", "FR"],
        language="it",
        brand_name="Mulino dell'Alba",
        published_on=timezone.localdate() - timedelta(days=3),
        by=by,
    )


def attest(publication: Publication, by: User, **changes: Any) -> Look:
    usual: dict[str, Any] = {
        "text": LABELLED,
        "platform_label": "",
        "seen_on": timezone.localdate(),
        "picture": PNG,
    }
    return attesting.attest(publication_id=publication.pk, by=by, **(usual | changes))


def look(publication: Publication) -> None:
    asked = actions.look_again(publication_id=publication.pk, by=None)
    actions.take_look(look_id=asked.pk)


def state(publication: Publication) -> PublicationState:
    found = state_of([publication.pk])[publication.pk]
    newest = newest_state_of([publication.pk])[publication.pk]
    assert (found.last, found.attested) == (newest.last, newest.attested)
    return found


def shown(publication: Publication) -> tuple[str | None, str]:
    found = state(publication)
    return found.conformity, found.proof_level


def test_an_attested_label_is_judged_in_each_jurisdiction_and_says_who_saw_it(ada: User) -> None:
    publication = register("https://instagram.example/p/1", ada)
    look(publication)
    attest(publication, ada)

    assert shown(publication) == ("to_improve", "attested")  # of no use to French readers
    assert state(publication).quote == "Pubblicità"
    attested = evidence.attested_of(publication, 3)
    assert attested is not None
    assert attested.by == "Ada Conti"
    assert [(v.number, v.said.jurisdiction) for v in attested.reading.verdicts] == [
        (3, "IT"),
        (4, "FR"),
    ]


def test_what_the_platform_adds_is_judged_too(ada: User) -> None:
    publication = register("https://instagram.example/p/1", ada)
    label = "Partnership pubblicizzata con Mulino dell'Alba"
    attest(publication, ada, text=MISSING, platform_label=label)

    found = state(publication).attested
    assert found is not None
    assert found.place == "platform_label"
    assert found.quote
    assert found.quote in label


def test_what_was_attested_is_in_the_record_by_figures_only_and_cannot_be_rewritten(
    ada: User,
) -> None:
    publication = register("https://instagram.example/p/1", ada)
    made = attest(publication, ada)

    attestation = Attestation.objects.get()
    content = attestation.content
    salt = bytes(content.salt)
    assert attestation.digest == attesting.digest_of(salt, LABELLED, "", PNG)
    assert Event.objects.get(kind="disclosures.attested").facts == {
        "look": made.pk,
        "attestation": attestation.pk,
        "digest": attestation.digest,
        "verdicts": {"IT": "sufficient", "FR": "wrong_language"},
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        Attestation.objects.update(digest="0")
    with pytest.raises(DatabaseError), transaction.atomic():
        Attestation.objects.all().delete()


def test_erased_words_and_picture_leave_the_chain_whole(ada: User) -> None:
    publication = register("https://instagram.example/p/1", ada)
    attest(publication, ada)
    AttestationContent.objects.all().delete()

    attested = evidence.attested_of(publication)
    assert attested is not None
    assert (attested.reading.erased, attested.reading.text) == (True, "")
    assert evidence.picture_of(publication, attested.number) is None
    assert state(publication).quote == ""
    assert events.verify().first_broken is None


def test_a_person_cannot_attest_away_what_a_machine_reads(site: Site, ada: User) -> None:
    publication = register(site.post("/a", MISSING), ada, "blog")
    look(publication)
    attest(publication, ada)

    assert shown(publication) == ("not_conforming", "machine_read")
    apart = state(publication).attested
    assert apart is not None
    assert apart.proof_level == "attested"


def test_a_look_that_is_refused_leaves_what_was_attested_standing(site: Site, ada: User) -> None:
    site.pages["/a"] = Page(b"", status=403)
    publication = register(site.url("/a"), ada, "blog")
    look(publication)
    attest(publication, ada)
    look(publication)
    assert shown(publication)[1] == "attested"

    site.post("/a", MISSING)
    look(publication)
    assert shown(publication) == ("not_conforming", "machine_read")

    site.pages["/a"] = Page(b"", status=403)
    look(publication)
    assert shown(publication) == (None, "not_verifiable")


def test_a_post_that_is_gone_is_not_attested_any_more(site: Site, ada: User) -> None:
    publication = register(site.url("/a"), ada, "blog")
    attest(publication, ada)
    look(publication)
    assert shown(publication) == (None, "not_verifiable")


# What a look finds, by the rules of one jurisdiction or of two: level of proof, conformity, reason.
READ_WELL = ("machine_read", "conforming", "")
REFUSED = ("not_verifiable", "", "http_403")
FOUND = {
    "attested_well": [("attested", "conforming", "")],
    "attested_failing": [("attested", "not_conforming", "")],
    "well": [READ_WELL],
    "failing": [("own_token", "not_conforming", "")],
    "in_part": [READ_WELL, ("not_verifiable", "", "picture_not_read")],
    "failing_in_part": [("machine_read", "not_conforming", ""), REFUSED],
    "refused": [REFUSED],
    "gone": [("not_verifiable", "", "http_410")],
    "gone_from_platform": [("not_verifiable", "", "post_gone")],
}


def found_before(publication: Publication, kind: str) -> None:
    at = timezone.now()
    taken = Look.objects.create(
        publication=publication, status="done", queued_at=at, finished_at=at
    )
    DisclosureCheck.objects.bulk_create(
        DisclosureCheck(
            look=taken,
            publication=publication,
            jurisdiction=jurisdiction,
            verdict="not_verifiable" if reason else "missing",
            conformity=conformity,
            proof_level=level,
            reason=reason,
            checked_at=at,
        )
        for jurisdiction, (level, conformity, reason) in zip(
            ("IT", "FR"), FOUND[kind], strict=False
        )
    )


@pytest.mark.parametrize("first", FOUND)
def test_board_and_page_say_the_same_of_a_post_whatever_was_found_in_which_order(
    ada: User, first: str
) -> None:
    told = {}
    for then in product(FOUND, repeat=2):
        publication = register("https://instagram.example/p/1", ada)
        for kind in (first, *then):
            found_before(publication, kind)
        told[publication.pk] = (first, *then)

    pages, rows = state_of(told), newest_state_of(told)
    ranked = Publication.objects.filter(pk__in=told).annotate(rank=worst_first("pk"))
    ranks = dict(ranked.values_list("pk", "rank"))
    by_page = {looks: pages[pk].last for pk, looks in told.items()}
    assert {looks: rows[pk].last for pk, looks in told.items()} == by_page
    assert {looks: ranks[pk] for pk, looks in told.items()} == {
        looks: WORST_FIRST.index(last.conformity) for looks, last in by_page.items() if last
    }


@pytest.mark.parametrize(
    ("looks", "conformity"),
    [
        (["failing", "attested_well"], "not_conforming"),
        (["attested_failing", "refused"], "not_conforming"),
        (["attested_well", "gone", "refused"], None),
        (["attested_well", "gone_from_platform"], None),
        (["attested_well", "failing", "refused"], None),
    ],
)
def test_what_is_attested_stands_only_where_no_machine_can_say(
    ada: User, looks: list[str], conformity: str | None
) -> None:
    publication = register("https://instagram.example/p/1", ada)
    for kind in looks:
        found_before(publication, kind)
    assert state(publication).conformity == conformity


def test_the_same_again_is_the_same_as_once(ada: User) -> None:
    publication = register("https://instagram.example/p/1", ada)
    other = User.objects.create_user("bea@blog.example", "Bea Riva")
    first = attest(publication, ada)
    assert attest(publication, ada) == first
    assert attest(publication, ada, picture=PNG + b"1") != first
    assert attest(publication, other) != first
    assert Attestation.objects.count() == 3


@pytest.mark.parametrize(
    ("picture", "media_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 20, "image/jpeg"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
    ],
)
def test_the_kind_of_a_picture_is_read_from_its_bytes(
    ada: User, picture: bytes, media_type: str
) -> None:
    publication = register("https://instagram.example/p/1", ada)
    attest(publication, ada, picture=picture)
    assert AttestationContent.objects.get().media_type == media_type


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " \n"}, "text"),
        ({"text": "a" * 20_001}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"platform_label": "a" * 201}, "platform_label"),
        ({"seen_on": date(2020, 1, 1)}, "seen_on"),
        ({"seen_on": timezone.localdate() + timedelta(days=1)}, "seen_on"),
        ({"picture": b""}, "picture"),
        ({"picture": b"<svg onload='x()'/>"}, "picture"),
        ({"picture": b"GIF89a"}, "picture"),
        ({"picture": b"RIFF\x10\0\0\0AVI LIST"}, "picture"),
        ({"picture": PNG + b"\0" * 5_000_000}, "picture"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_field(
    ada: User, changes: dict[str, Any], field: str
) -> None:
    publication = register("https://instagram.example/p/1", ada)
    with pytest.raises(InvalidInput) as refused:
        attest(publication, ada, **changes)

    assert list(refused.value.facts["fields"]) == [field]
    assert not Attestation.objects.exists()


def test_a_publication_that_is_not_there_cannot_be_attested(ada: User) -> None:
    with pytest.raises(NoSuchPublication):
        attest(Publication(pk=0), ada)
