"""Registering a post, looking at its page on a real loopback site, keeping the proof."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from config.identity.models import User
from config.kernel.errors import InvalidInput
from config.kernel.fetching import fetcher
from config.kernel.models import Event
from disclosures import actions, archives, schedule, tasks
from disclosures.errors import NoSuchPublication
from disclosures.models import DisclosureCheck, Look, Publication, Snapshot, SnapshotContent
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


def test_a_snapshot_keeps_what_was_sent_and_a_salted_digest(site: Site, ada: User) -> None:
    publication = register(site.post("/farro", CORRECTED), ada)
    look(publication)

    snapshot = Snapshot.objects.get()
    archive = bytes(snapshot.content.archive)
    assert [record.body for record in archives.read(archive)] == [site.pages["/farro"].body]
    assert len(bytes(snapshot.content.salt)) == 32
    assert snapshot.digest == hashlib.sha256(bytes(snapshot.content.salt) + archive).hexdigest()
    assert Event.objects.get(kind="disclosures.checked").facts == {
        "look": snapshot.look_id,
        "snapshot": snapshot.pk,
        "digest": snapshot.digest,
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


def test_a_page_is_read_again_when_its_time_comes_until_its_term_ends(
    site: Site, ada: User
) -> None:
    publication = register(site.post("/farro", CORRECTED), ada, watched_months=2)
    look(publication)
    waits = []
    while True:
        publication.refresh_from_db()
        if publication.next_look_at is None:
            break
        assert tasks.schedule_looks() == 0
        wait = publication.next_look_at - timezone.now()
        waits.append(round(wait / timedelta(hours=1)))
        age(publication, wait)
        assert tasks.schedule_looks() == 1
        assert tasks.schedule_looks() == 0
        look(publication)

    assert waits == [1, 23, 6 * 24, 23 * 24, 30 * 24]


def age(publication: Publication, by: timedelta) -> None:
    """Let so much time pass for a publication."""
    Publication.objects.filter(pk=publication.pk).update(
        registered_at=F("registered_at") - by, next_look_at=F("next_look_at") - by
    )


def due(publication: Publication) -> Look:
    """The next look of the schedule, taken now."""
    Publication.objects.filter(pk=publication.pk).update(next_look_at=timezone.now())
    tasks.schedule_looks()
    return look(publication)


def test_a_page_that_has_not_changed_is_not_sent_again(site: Site, ada: User) -> None:
    url = site.post("/farro", MISPLACED)
    site.pages["/farro"].headers["ETag"] = '"1"'
    publication = register(url, ada)
    first, second, third = look(publication), due(publication), due(publication)

    assert site.unchanged == 2
    assert Snapshot.objects.count() == 1
    assert second.unchanged_since == third.unchanged_since == first.snapshot
    assert verdicts(publication) == [("misplaced", "IT-HASHTAG")] * 3
    state = state_of([publication.pk])[publication.pk]
    assert [seen.quote for seen in state.history] == ["#adv #mulinodellalba"] * 3
    assert (state.looks, len(state.kept)) == (3, 1)


def test_a_changed_page_is_read_anew_and_then_asked_for_by_its_new_name(
    site: Site, ada: User
) -> None:
    url = site.post("/farro", MISPLACED)
    site.pages["/farro"].headers["ETag"] = '"1"'
    publication = register(url, ada)
    look(publication)
    site.post("/farro", CORRECTED)
    site.pages["/farro"].headers["ETag"] = '"2"'
    due(publication)
    due(publication)

    assert site.unchanged == 1
    assert [verdict for verdict, _ in verdicts(publication)] == [
        "misplaced",
        "sufficient",
        "sufficient",
    ]
    assert [s.text for s in snapshots_of(publication)] == [CORRECTED, MISPLACED]


def test_whoever_asks_gets_the_whole_page(site: Site, ada: User) -> None:
    url = site.post("/farro", MISPLACED)
    site.pages["/farro"].headers["ETag"] = '"1"'
    publication = register(url, ada)
    look(publication)
    actions.look_again(publication_id=publication.pk, by=ada)
    look(publication)

    assert site.unchanged == 0
    assert Snapshot.objects.count() == 2


def test_a_stop_on_the_way_does_not_speak_for_the_page(site: Site, ada: User) -> None:
    """The old address, which led on to the page, says now that nothing has changed since."""
    named = {"ETag": '"1"'}
    url = site.post("/new", MISPLACED)
    site.pages["/new"].headers |= named
    site.pages["/old"] = Page(status=302, headers={"Location": url})
    publication = register(site.url("/old"), ada)
    look(publication)
    site.pages["/old"] = Page(b"<p>Un'altra pagina, senza etichetta.</p>", headers=named)
    due(publication)

    assert [verdict for verdict, _ in verdicts(publication)] == ["misplaced", "missing"]


def test_erased_words_are_fetched_again(site: Site, ada: User) -> None:
    url = site.post("/farro", MISPLACED)
    site.pages["/farro"].headers["ETag"] = '"1"'
    publication = register(url, ada)
    look(publication)
    SnapshotContent.objects.all().delete()
    due(publication)

    assert site.unchanged == 0
    assert state_of([publication.pk])[publication.pk].quote == "#adv #mulinodellalba"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page(b"<p>half", length=5000), "cut"),
        (Page(status=503), "http_503"),
        (Page(status=429), "http_429"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_may_pass_is_tried_three_times(site: Site, ada: User, page: Page, reason: str) -> None:
    site.pages["/"] = page
    publication = register(site.url("/"), ada)
    for wait in (1, 5):
        put_off = look(publication)
        assert put_off.status == LookStatus.QUEUED
        left = put_off.queued_at - timezone.now()
        assert left / timedelta(minutes=1) == pytest.approx(wait, abs=0.2)
        assert actions.take_look(look_id=put_off.pk).attempts == put_off.attempts  # too early
        Look.objects.update(queued_at=timezone.now())
    look(publication)

    assert reason_of(publication) == reason
    assert site.asked.count("/") == 3
    assert publication.looks.get().attempts == 3


def test_a_page_that_comes_back_in_time_is_judged(site: Site, ada: User) -> None:
    site.pages["/farro"] = Page(status=503)
    publication = register(site.url("/farro"), ada)
    look(publication)
    site.post("/farro", CORRECTED)
    Look.objects.update(queued_at=timezone.now() - timedelta(seconds=20))
    assert actions.lost_looks() == [publication.looks.get().pk]
    look(publication)

    assert verdicts(publication) == [("sufficient", "IT-LABEL-OK")]


def test_a_site_is_left_alone_as_long_as_it_asks(site: Site, ada: User) -> None:
    site.pages["/a"] = Page(status=429, headers={"Retry-After": "1800"})
    site.post("/b", CORRECTED)
    asked, other = register(site.url("/a"), ada), register(site.url("/b"), ada)
    waits = [look(each).queued_at - timezone.now() for each in (asked, other)]

    assert [wait / timedelta(minutes=1) for wait in waits] == pytest.approx([30, 30], abs=0.2)
    assert [each.looks.get().attempts for each in (asked, other)] == [1, 0]
    assert "/b" not in site.asked


def test_a_site_that_wants_a_day_is_read_when_the_schedule_says(site: Site, ada: User) -> None:
    site.pages["/"] = Page(status=503, headers={"Retry-After": "86400"})
    publication = register(site.url("/"), ada)
    look(publication)

    assert reason_of(publication) == "http_503"


START = datetime(2026, 3, 12, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after_hours", "next_hours"),
    [(0, 1), (0.5, 1), (1, 24), (30, 168), (169, 720), (720, 1440), (5000, 5040), (8640, None)],
)
def test_the_marks_of_the_schedule(after_hours: float, next_hours: float | None) -> None:
    found = schedule.next_look(START, months=12, after=START + timedelta(hours=after_hours))

    assert found == (None if next_hours is None else START + timedelta(hours=next_hours))


def test_the_last_look_is_the_end_of_the_term() -> None:
    assert schedule.next_look(START, months=0, after=START) is None
    day = START + timedelta(days=59, hours=23)
    assert schedule.next_look(START, months=2, after=day) == START + timedelta(days=60)


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


def test_states_cost_five_queries_however_many_posts(
    site: Site, ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publications = [register(site.post(f"/{i}", MISPLACED), ada) for i in range(4)]
    for publication in publications:
        look(publication)

    with django_assert_num_queries(5) as asked:
        states = state_of([p.pk for p in publications])
        assert all(state.quote and state.last and state.last.why for state in states.values())
    large = [x["sql"] for x in asked.captured_queries if '"told"' in x["sql"]]
    assert len(large) == 1
    assert "disclosures_disclosurecheck" not in large[0]
