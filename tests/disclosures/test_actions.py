"""Registering a post, looking at its page on a real loopback site, keeping the proof."""

import hashlib
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from config.identity.models import User
from config.kernel.errors import InvalidInput
from config.kernel.fetching import fetcher
from config.kernel.models import Event
from disclosures import actions, tasks
from disclosures.errors import NoSuchPublication
from disclosures.models import DisclosureCheck, Look, Publication, Snapshot
from disclosures.queries import snapshots_of, state_of
from disclosures.states import LookStatus
from tests.disclosures.site import Page, Site, serve

pytestmark = pytest.mark.django_db


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


def register(url: str, by: User, **changes: Any) -> Publication:
    usual: dict[str, Any] = {
        "platform": "blog",
        "relationship": "paid",
        "jurisdictions": ["IT"],
        "language": "it",
        "brand_name": "Mulino dell'Alba",
        "published_on": date(2026, 3, 12),
    }
    return actions.register(url=url, by=by, **(usual | changes))


def look(publication: Publication) -> Look:
    return actions.take_look(look_id=publication.looks.get(status=LookStatus.QUEUED).pk)


def verdicts(publication: Publication) -> list[tuple[str, str]]:
    checks = DisclosureCheck.objects.filter(publication=publication).order_by("pk")
    return list(checks.values_list("verdict", "rule"))


def reason_of(publication: Publication) -> str:
    check = DisclosureCheck.objects.get(publication=publication)
    assert (check.verdict, check.conformity) == ("not_verifiable", "")
    return check.reason


MISPLACED = "Ho provato la farina di farro. #pane #farro #forno #ricette #adv #mulinodellalba"
CORRECTED = "Pubblicità Mulino dell'Alba. Ho provato la farina di farro."


def test_a_registered_post_waits_for_its_look(site: Site, ada: User) -> None:
    publication = register(site.post("/farro", MISPLACED), ada)

    assert publication.looks.get().status == LookStatus.QUEUED
    event = Event.objects.get(kind="disclosures.registered")
    assert event.stream == f"publication/{publication.public_id}"
    assert event.facts == {"look": publication.looks.get().pk}
    assert state_of([publication.pk])[publication.pk].is_being_read


def test_a_misplaced_label_is_found_and_its_correction_too(site: Site, ada: User) -> None:
    publication = register(site.post("/farro", MISPLACED), ada)
    look(publication)
    site.post("/farro", CORRECTED)
    actions.look_again(publication_id=publication.pk, by=ada)
    look(publication)

    assert verdicts(publication) == [("misplaced", "IT-HASHTAG"), ("sufficient", "IT-LABEL-OK")]
    state = state_of([publication.pk])[publication.pk]
    assert (state.first_verdict, state.last_verdict) == ("misplaced", "sufficient")
    assert (state.conformity, state.proof_level) == ("conforming", "machine_read")
    assert state.quote == "Pubblicità"
    assert state.history[0].quote == "#adv #mulinodellalba"
    assert [s.text for s in snapshots_of(publication)] == [CORRECTED, MISPLACED]


def test_a_snapshot_keeps_the_body_and_a_salted_digest(site: Site, ada: User) -> None:
    publication = register(site.post("/farro", CORRECTED), ada)
    look(publication)

    snapshot = Snapshot.objects.get()
    body = zlib.decompress(snapshot.content.body)
    assert body == site.pages["/farro"].body
    assert len(bytes(snapshot.content.salt)) == 32
    assert snapshot.digest == hashlib.sha256(bytes(snapshot.content.salt) + body).hexdigest()
    assert Event.objects.get(kind="disclosures.checked").facts == {
        "look": snapshot.look_id,
        "snapshot": snapshot.pk,
        "verdicts": {"IT": "sufficient"},
    }


def test_what_was_seen_and_found_cannot_be_rewritten(site: Site, ada: User) -> None:
    publication = register(site.post("/farro", MISPLACED), ada)
    look(publication)

    for rows, change in (
        (Snapshot.objects.all(), {"digest": "0"}),
        (DisclosureCheck.objects.all(), {"verdict": "sufficient"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_a_look_taken_twice_is_taken_once(site: Site, ada: User) -> None:
    publication = register(site.post("/farro", MISPLACED), ada)
    waiting = publication.looks.get()
    actions.take_look(look_id=waiting.pk)
    actions.take_look(look_id=waiting.pk)

    assert site.asked.count("/farro") == 1
    assert DisclosureCheck.objects.count() == 1


def test_asking_again_while_a_look_waits_asks_once(site: Site, ada: User) -> None:
    publication = register(site.post("/farro", MISPLACED), ada)

    asked = actions.look_again(publication_id=publication.pk, by=ada)

    assert asked == publication.looks.get()


def test_asking_for_an_unknown_publication_is_refused(ada: User) -> None:
    with pytest.raises(NoSuchPublication):
        actions.look_again(publication_id=0, by=ada)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page(b"", status=403), "http_403"),
        (Page(b"<p>half", length=5000), "cut"),
        (Page(b"%PDF", media_type="application/pdf"), "not_text"),
        (Page(b"<script>app()</script>"), "no_words"),
        (Page(b"<p>Usiamo cookie. <b>Accetta</b></p>"), "consent_wall"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_read_whole_is_not_verifiable(
    site: Site, ada: User, page: Page, reason: str
) -> None:
    site.pages["/"] = page
    publication = register(site.url("/"), ada)
    look(publication)

    assert reason_of(publication) == reason
    assert not Snapshot.objects.exists()
    assert state_of([publication.pk])[publication.pk].last.why  # type: ignore[union-attr]


def test_a_closed_platform_is_not_read_at_all(site: Site, ada: User) -> None:
    publication = register(site.url("/p/1"), ada, platform="instagram")
    look(publication)

    assert reason_of(publication) == "token_needed"
    assert site.asked == []


@pytest.mark.parametrize(
    "around",
    [
        "<footer>Pubblicità Mulino dell'Alba</footer>",
        "<p style='display:none'>Pubblicità Mulino dell'Alba</p>",
        "<img alt=\"Pubblicità Mulino dell'Alba\" src='x.png'>",
        "<details><summary>Note</summary>Pubblicità Mulino dell'Alba</details>",
    ],
)
def test_a_label_nobody_sees_first_does_not_conform(site: Site, ada: User, around: str) -> None:
    publication = register(site.post("/farro", "Il pane di farro.", around), ada)
    look(publication)

    assert verdicts(publication) == [("misplaced", "ENG-CHANNEL")]
    state = state_of([publication.pk])[publication.pk]
    assert state.quote == "Pubblicità"
    assert not state.history[0].is_seen_first


def test_the_strictest_jurisdiction_wins(site: Site, ada: User) -> None:
    url = site.post("/farro", "#ad #mulinodellalba Il pane di farro.")
    publication = register(url, ada, jurisdictions=["IT", "FR"])
    look(publication)

    assert {v for v, _ in verdicts(publication)} == {"sufficient", "wrong_language"}
    assert state_of([publication.pk])[publication.pk].conformity == "to_improve"


def test_a_country_without_rules_is_not_verifiable(site: Site, ada: User) -> None:
    publication = register(site.post("/farro", CORRECTED), ada, jurisdictions=["XX"])
    look(publication)

    assert reason_of(publication) == "no_rules"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"url": "ftp://blog.example/"}, "url"),
        ({"url": "http://192.168.1.1/"}, "url"),
        ({"url": "https://blog.example/" + "a" * 500}, "url"),
        ({"relationship": "friend"}, "relationship"),
        ({"jurisdictions": []}, "jurisdictions"),
        ({"brand_name": "x" * 121}, "brand_name"),
        ({"platform": ""}, "platform"),
    ],
)
def test_bad_values_are_refused_by_field(ada: User, changes: dict[str, Any], field: str) -> None:
    changes = dict(changes)
    with pytest.raises(InvalidInput) as refused:
        register(changes.pop("url", "https://blog.example/a"), ada, **changes)

    assert list(refused.value.facts["fields"]) == [field]
    assert not Publication.objects.exists()


def test_a_lost_bell_is_rung_again(site: Site, ada: User) -> None:
    publication = register(site.post("/farro", CORRECTED), ada)
    waiting = publication.looks.get()
    Look.objects.update(queued_at=timezone.now() - timedelta(seconds=20))

    assert actions.lost_looks() == [waiting.pk]


def test_a_look_whose_worker_died_is_taken_again_and_then_given_up(site: Site, ada: User) -> None:
    publication = register(site.post("/farro", CORRECTED), ada)
    long_ago = timezone.now() - timedelta(minutes=5)
    for attempts in (1, 2):
        Look.objects.update(status="running", started_at=long_ago, attempts=attempts)
        actions.lost_looks()
        assert publication.looks.get().status == LookStatus.QUEUED
    Look.objects.update(status="running", started_at=long_ago, attempts=3)
    actions.lost_looks()

    assert publication.looks.get().status == LookStatus.DONE
    assert reason_of(publication) == "reading_broke"


def test_looks_fall_due_each_day_at_first(site: Site, ada: User) -> None:
    publication = register(site.post("/farro", CORRECTED), ada)
    look(publication)
    assert tasks.schedule_looks() == 0
    Look.objects.update(finished_at=timezone.now() - timedelta(hours=25))

    assert tasks.schedule_looks() == 1
    assert publication.looks.filter(status=LookStatus.QUEUED).count() == 1
    assert tasks.schedule_looks() == 0


def test_the_bell_rings_after_commit(
    site: Site,
    ada: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(tasks.take_look, "delay", rung.append)
    with django_capture_on_commit_callbacks(execute=True):
        publication = register(site.post("/farro", CORRECTED), ada)

    assert rung == [publication.looks.get().pk]


def test_states_cost_three_queries_however_many_posts(
    site: Site, ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publications = [register(site.post(f"/{i}", MISPLACED), ada) for i in range(4)]
    for publication in publications:
        look(publication)

    with django_assert_num_queries(3):
        states = state_of([p.pk for p in publications])
        assert all(state.quote and state.last and state.last.why for state in states.values())
