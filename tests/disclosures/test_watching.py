"""A site that changes on a timetable is caught at each change, and its writer is heard first."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, models, transaction
from django.utils import timezone
from pytest_django import Settings

from config.identity.models import User
from config.kernel.fetching import fetcher
from config.kernel.models import Event
from disclosures import actions, findings, tasks
from disclosures.models import Finding, Look, Publication
from disclosures.queries import state_of
from disclosures.reading import read_page
from disclosures.reading.links import links_of
from disclosures.states import FINDING_MOVES, FindingStatus, LookStatus
from tests.disclosures.site import Page, Site, serve

pytestmark = pytest.mark.django_db

BRAND = '<a href="https://mulino.example/farro">la farina</a>'
RIVAL = '<a href="https://rivale.example/farro">la farina</a>'
STORY = "Ho provato la farina di farro per una settimana, ogni mattina."
LABEL = "Pubblicità Mulino dell'Alba."
GONE = Page(b"gone", status=410)


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


def article(words: str, around: str = "") -> Page:
    return Page(f"<html><body><article><p>{words}</p></article>{around}</body></html>".encode())


class Watched:
    """A publication whose site follows a timetable; time passes as the test says."""

    def __init__(self, site: Site, by: User, timetable: dict[float, Page]) -> None:
        self._site, self._timetable = site, timetable
        self.hours = 0.0  # since it was registered
        site.pages["/farro"] = timetable[0]
        self.publication = actions.register(
            url=site.url("/farro"),
            platform="blog",
            relationship="paid",
            jurisdictions=["IT"],
            language="it",
            brand_name="Mulino dell'Alba",
            published_on=date(2026, 3, 12),
            by=by,
        )
        self._take()

    def next_look(self) -> float:
        """Let time pass until the next look is due and take it; returns the hours it was at."""
        self.publication.refresh_from_db()
        assert self.publication.next_look_at is not None
        wait = self.publication.next_look_at - timezone.now()
        self.hours += wait / timedelta(hours=1)
        _pass(wait)
        is_up = [since for since in self._timetable if since <= self.hours]
        self._site.pages["/farro"] = self._timetable[max(is_up)]
        assert tasks.schedule_looks() == 1
        self._take()
        return round(self.hours)

    def look_again(self, page: Page, by: User) -> None:
        self._site.pages["/farro"] = page
        actions.look_again(publication_id=self.publication.pk, by=by)
        self._take()

    def _take(self) -> None:
        look = self.publication.looks.get(status=LookStatus.QUEUED)
        assert actions.take_look(look_id=look.pk).status == LookStatus.DONE

    def findings(self) -> list[tuple[str, str]]:
        return list(self.publication.findings.values_list("kind", "status"))

    def tell(self) -> None:
        findings.tell(finding_ids=list(self.publication.findings.values_list("pk", flat=True)))


def _pass(wait: timedelta) -> None:
    """Every date of the room moves into the past."""
    for rows in (Publication.objects, Finding.objects):
        dates = [f.name for f in rows.model._meta.fields if isinstance(f, models.DateTimeField)]
        rows.update(**{name: models.F(name) - wait for name in dates})


def test_a_site_that_changes_on_a_timetable_is_caught_at_each_change(site: Site, ada: User) -> None:
    watched = Watched(
        site,
        ada,
        {
            0: article(f"{LABEL} {STORY} {BRAND}"),
            0.5: article(f"{STORY} {BRAND}"),
            12: article(f"{LABEL} {STORY} {BRAND}"),
            100: article(f"{LABEL} {STORY} {RIVAL}"),
            300: article(f"{LABEL} {STORY} {BRAND}"),
            800: article(f"{LABEL} {STORY} Non la comprerei. {BRAND}"),
            1500: GONE,
        },
    )
    caught: dict[float, set[str]] = {}
    for _ in range(7):
        known = set(watched.publication.findings.values_list("pk", flat=True))
        hours = watched.next_look()
        new = watched.publication.findings.exclude(pk__in=known)
        caught[hours] = set(new.values_list("kind", flat=True))

    assert caught == {
        1: {"label_removed", "text_edited"},
        24: {"text_edited"},
        168: {"link_swapped"},
        720: set(),
        1440: {"text_edited"},
        2160: {"post_deleted"},
        2880: set(),
    }
    assert watched.findings() == [
        ("label_removed", "settled"),
        ("text_edited", "noted"),
        ("text_edited", "noted"),
        ("link_swapped", "settled"),
        ("text_edited", "noted"),
        ("post_deleted", "found"),
    ]


def test_each_new_finding_is_told_once_with_the_look_that_found_it(site: Site, ada: User) -> None:
    watched = Watched(site, ada, {0: article(STORY)})
    watched.next_look()
    finding = watched.publication.findings.get()
    event = Event.objects.get(kind="disclosures.found")

    assert (finding.kind, finding.before) == ("label", None)
    assert event.facts == {"look": finding.look_id, "findings": {"label": finding.pk}}
    assert event.stream == watched.publication.stream


def test_a_finding_nobody_was_told_of_never_counts(site: Site, ada: User) -> None:
    watched = Watched(site, ada, {0: article(STORY)})
    for _ in range(5):
        watched.next_look()

    assert watched.findings() == [("label", "found")]


def test_a_finding_counts_once_the_time_to_reply_is_over_and_a_look_still_shows_it(
    site: Site, ada: User
) -> None:
    watched = Watched(site, ada, {0: article(STORY)})
    watched.tell()
    seen = [(watched.next_look(), watched.findings()[0][1]) for _ in range(4)]

    assert seen == [(1, "told"), (24, "told"), (72, "counted"), (168, "counted")]


def test_what_is_put_right_in_time_never_counts(site: Site, ada: User) -> None:
    watched = Watched(site, ada, {0: article(STORY)})
    watched.tell()
    watched.look_again(article(f"{LABEL} {STORY}"), ada)

    finding = watched.publication.findings.get(kind="label")
    assert (finding.status, finding.counted_at) == ("settled", None)
    assert [kind["finding_kind"] for kind in facts("disclosures.settled")] == ["label"]


def facts(kind: str) -> list[dict[str, str]]:
    return [event.facts for event in Event.objects.filter(kind=kind)]


def test_looking_again_too_early_costs_the_writer_nothing(site: Site, ada: User) -> None:
    watched = Watched(site, ada, {0: article(STORY)})
    watched.tell()
    watched.look_again(article(STORY), ada)

    assert watched.findings() == [("label", "told")]


def test_what_is_put_right_late_stays_on_record_as_put_right(site: Site, ada: User) -> None:
    watched = Watched(site, ada, {0: article(STORY), 80: article(f"{LABEL} {STORY}")})
    watched.tell()
    for _ in range(4):
        watched.next_look()

    finding = watched.publication.findings.get(kind="label")
    assert finding.status == "settled"
    assert finding.counted_at is not None


def test_a_page_that_cannot_be_read_settles_and_counts_nothing(site: Site, ada: User) -> None:
    watched = Watched(site, ada, {0: article(STORY), 30: Page(status=403)})
    watched.tell()
    for _ in range(4):
        watched.next_look()

    assert watched.findings() == [("label", "told")]


def test_a_post_that_is_gone_is_no_second_finding_against_its_label(site: Site, ada: User) -> None:
    watched = Watched(site, ada, {0: article(STORY), 30: GONE, 100: article(STORY)})
    watched.tell()
    for _ in range(3):
        watched.next_look()
    assert watched.findings() == [("label", "told"), ("post_deleted", "found")]
    watched.next_look()

    assert watched.findings() == [("label", "counted"), ("post_deleted", "settled")]


def test_a_page_that_was_never_there_is_not_deleted(site: Site, ada: User) -> None:
    watched = Watched(site, ada, {0: GONE})
    watched.next_look()

    assert watched.findings() == []


def test_a_post_whose_address_leads_home_is_gone(site: Site, ada: User) -> None:
    site.pages["/"] = article("Benvenuti sul mio blog.")
    home = Page(status=302, headers={"Location": site.url("/")})
    watched = Watched(site, ada, {0: article(f"{LABEL} {STORY}"), 0.5: home})
    watched.next_look()

    assert watched.findings() == [("post_deleted", "found")]
    assert state_of([watched.publication.pk])[watched.publication.pk].conformity is None


@pytest.mark.parametrize(
    "page",
    [
        article(f"{LABEL} {STORY} {BRAND}", "<p>Letto 3.912 volte</p>"),
        article(f"{LABEL} {STORY} {BRAND}", "<p>2 giorni fa</p>"),
        article(f"{LABEL}  {STORY}\n{BRAND}"),
        article(f"{LABEL} {STORY} {BRAND}".replace("/farro", "/farro?utm_source=x&fbclid=1#a")),
        article(
            f"{LABEL} {STORY} {BRAND}", '<footer><a href="https://ads.example/7">x</a></footer>'
        ),
        article(f"{LABEL} {STORY} {BRAND}", '<a href="/altro?s=2">Altro</a>'),
    ],
)
def test_what_a_site_rewrites_by_itself_is_no_change(site: Site, ada: User, page: Page) -> None:
    first = article(f"{LABEL} {STORY} {BRAND}", "<p>Letto 17 volte</p>")
    watched = Watched(site, ada, {0: first, 0.5: page})
    watched.next_look()

    assert watched.findings() == []


def test_one_more_link_is_no_swap(site: Site, ada: User) -> None:
    first, second = article(f"{LABEL} {BRAND}"), article(f"{LABEL} {BRAND} {RIVAL}")
    watched = Watched(site, ada, {0: first, 0.5: second})
    watched.next_look()

    assert watched.findings() == [("text_edited", "noted")]


def test_the_links_of_a_post() -> None:
    html = """<nav><a href="https://menu.example/">m</a></nav><main>
      <a href="//Shop.example/a?b=1&utm_medium=x#top">a</a>
      <a href="https://shop.example/a?b=1">b</a> <a href="/inside">c</a>
      <a href="https://www.blog.example/d">d</a> <a href="mailto:a@b.example">e</a>
      <a href="https://[bad/">f</a> <a href=" https://other.example ">g</a></main>"""

    hrefs = [link.href for link in read_page(html).links]
    assert links_of(hrefs, "https://blog.example/post") == (
        "https://shop.example/a?b=1",
        "https://other.example/",
    )


def test_ten_thousand_links_are_bounded() -> None:
    html = "".join(f'<a href="https://n{i}.example/{"x" * 5000}">x</a>' for i in range(10_000))
    hrefs = [link.href for link in read_page(html).links]
    links = links_of(hrefs, "https://blog.example/post")
    assert len(links) == 200
    assert max(map(len, links)) == 2_000


@pytest.mark.parametrize("status", FindingStatus.values)
@pytest.mark.parametrize("to", FindingStatus.values)
def test_findings_move_by_their_table_in_the_database_too(
    site: Site, ada: User, status: str, to: str
) -> None:
    watched = Watched(site, ada, {0: article(STORY)})
    now = timezone.now()
    finding = watched.publication.findings.get()
    finding.delete()
    Finding.objects.create(
        publication=watched.publication,
        look=Look.objects.get(),
        kind="label",
        status=status,
        found_at=now,
        told_at=now - timedelta(days=4),
        reply_until=now - timedelta(days=1),
        counted_at=now,
    )
    rows = Finding.objects.filter(status=status)
    if to == status or to in FINDING_MOVES[status]:
        assert rows.update(status=to) == 1
    else:
        with pytest.raises(DatabaseError):
            rows.update(status=to)


@pytest.mark.parametrize(
    "changes",
    [
        {"counted_at": timedelta(0)},
        {"told_at": timedelta(0)},
        {"told_at": timedelta(0), "reply_until": timedelta(0)},
        {"told_at": timedelta(0), "reply_until": timedelta(2), "counted_at": timedelta(1)},
        {"told_at": timedelta(0), "reply_until": timedelta(2), "status": "counted"},
        {"status": "told"},
    ],
)
def test_the_database_lets_nothing_count_before_its_time(
    site: Site, ada: User, changes: dict[str, timedelta | str]
) -> None:
    watched = Watched(site, ada, {0: article(STORY)})
    now = timezone.now()
    rows = {
        name: now + each if isinstance(each, timedelta) else each for name, each in changes.items()
    }
    if "status" in rows:
        watched.publication.findings.all().delete()
        made = {"publication": watched.publication, "look": Look.objects.get(), "kind": "label"}
        with pytest.raises(IntegrityError), transaction.atomic():
            Finding.objects.create(found_at=now, **made, **rows)
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            watched.publication.findings.update(**rows)
