"""What a page said at one look, the label marked in it, and what changed between two."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.template.loader import render_to_string
from pytest_django import DjangoAssertNumQueries, Settings

from config.identity.models import User
from config.kernel.fetching import fetcher
from disclosures import actions, evidence
from disclosures.models import Look, Publication, SnapshotContent
from disclosures.queries import newest_state_of, state_of
from tests.disclosures.site import Page, Site, serve

pytestmark = pytest.mark.django_db

MISPLACED = "Ho provato la farina di farro. #pane #farro #forno #ricette #adv #mulinodellalba"
CORRECTED = "Pubblicità Mulino dell'Alba. Ho provato la farina di farro."


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


def register(site: Site, by: User, text: str, path: str = "/farro") -> Publication:
    return actions.register(
        url=site.post(path, text),
        platform="blog",
        relationship="paid",
        jurisdictions=["IT", "FR"],
        language="it",
        brand_name="Mulino dell'Alba",
        published_on=date(2026, 3, 12),
        by=by,
    )


def look(publication: Publication) -> int:
    """Take the look that waits, or another; the number of its snapshot."""
    asked = actions.look_again(publication_id=publication.pk, by=None)
    return int(actions.take_look(look_id=asked.pk).snapshot.pk)


def twice(site: Site, ada: User) -> tuple[Publication, int, int]:
    publication = register(site, ada, MISPLACED)
    first = look(publication)
    site.post("/farro", CORRECTED)
    return publication, first, look(publication)


def test_the_label_is_marked_by_each_jurisdiction_in_the_words_as_read(
    site: Site, ada: User
) -> None:
    publication, first, second = twice(site, ada)

    old, new = (evidence.reading_of(publication, each) for each in (first, second))
    assert old is not None
    assert new is not None
    assert [verdict.said.jurisdiction for verdict in new.verdicts] == ["IT", "FR"]
    italian = new.verdicts[0]
    assert new.text[italian.start : italian.end] == italian.quote == "Pubblicità"
    assert old.verdicts[0].quote == "#adv #mulinodellalba"
    assert evidence.reading_of(publication) == new
    html = render_to_string(
        "disclosures/_reading.html",
        {"reading": new, "state": state_of([publication.pk])[publication.pk]},
    )
    assert "Pubblicità<sup>1</sup></a>" in html
    assert 'id="f1"' in html
    assert "Italy" in html


def test_a_label_in_a_hidden_part_is_not_marked_in_the_text(site: Site, ada: User) -> None:
    publication = register(site, ada, MISPLACED)
    site.post("/farro", "Pubblicità? Il pane.", "<footer>Pubblicità Mulino dell'Alba</footer>")
    look(publication)

    reading = evidence.reading_of(publication)
    assert reading is not None
    hidden = [verdict for verdict in reading.verdicts if not verdict.said.is_in_text]
    assert all((verdict.start, verdict.end) == (0, 0) for verdict in hidden)


def test_a_long_page_is_shown_up_to_its_label_and_a_little_more(site: Site, ada: User) -> None:
    lines = "</p><p>".join(f"Riga {n} del racconto di cucina." for n in range(1000))
    publication = register(site, ada, f"{lines}</p><p>{CORRECTED}</p><p>{lines}")
    look(publication)

    reading = evidence.reading_of(publication)
    assert reading is not None
    assert reading.shown + reading.folded == reading.text
    assert CORRECTED in reading.shown
    assert reading.folded.startswith("\n")


def test_two_snapshots_stand_side_by_side_whatever_their_order(site: Site, ada: User) -> None:
    publication, first, second = twice(site, ada)

    found = evidence.compare(publication, second, first)
    assert found is not None
    assert (found.old.snapshot, found.new.snapshot) == (first, second)
    assert "".join(span.text for span in found.before) == MISPLACED
    assert "".join(span.text for span in found.after) == CORRECTED
    assert not found.is_same
    html = render_to_string("disclosures/_comparison.html", {"comparison": found, "language": "it"})
    left, right = html.split("</section>")[:2]
    assert "<del>" in left
    assert "<ins>" not in left
    assert "<ins>" in right


def test_a_snapshot_of_another_publication_is_not_there(site: Site, ada: User) -> None:
    _, first, _ = twice(site, ada)
    other = register(site, ada, CORRECTED, "/altro")
    look(other)

    assert evidence.reading_of(other, first) is None
    assert evidence.compare(other, first, first) is None


def test_erased_words_leave_their_fingerprint_and_verdict(site: Site, ada: User) -> None:
    publication, first, second = twice(site, ada)
    SnapshotContent.objects.filter(snapshot=first).delete()

    found = evidence.compare(publication, first, second)
    assert found is not None
    assert found.old.erased
    assert (found.old.text, found.old.digest != "") == ("", True)
    assert found.old.verdicts[0].said.verdict == "misplaced"
    html = render_to_string("disclosures/_comparison.html", {"comparison": found})
    assert "erased" in html


def test_the_newest_state_is_that_of_the_whole_history(
    site: Site, ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publication, _, second = twice(site, ada)
    unread = register(site, ada, CORRECTED, "/altro")

    with django_assert_num_queries(6):
        states = newest_state_of([publication.pk, unread.pk])
    state = states[publication.pk]
    assert state.last == state_of([publication.pk])[publication.pk].last
    assert (state.looks, state.kept) == (1, [second])
    assert states[unread.pk].last is None


def test_a_page_the_site_calls_unchanged_is_kept_once(site: Site, ada: User) -> None:
    publication = register(site, ada, CORRECTED)
    site.pages["/farro"].headers["ETag"] = '"1"'
    snapshot = look(publication)
    asked = actions.look_again(publication_id=publication.pk, by=None)
    actions.take_look(look_id=asked.pk)

    state = state_of([publication.pk])[publication.pk]
    assert (state.looks, state.kept) == (2, [snapshot])
    assert state.last is not None
    assert (state.last.is_unchanged, state.last.quote) == (True, "Pubblicità")
    assert evidence.reading_of(publication) is not None
    html = render_to_string("disclosures/_timeline.html", {"state": state})
    assert "unchanged, says the site" in html
    assert "radio" not in html


def test_a_page_that_cannot_be_read_any_more_keeps_its_last_reading(site: Site, ada: User) -> None:
    publication, _, second = twice(site, ada)
    site.pages["/farro"] = Page(b"", status=403)
    asked = actions.look_again(publication_id=publication.pk, by=None)
    actions.take_look(look_id=asked.pk)

    reading = evidence.reading_of(publication)
    assert reading is not None
    assert reading.snapshot == second
    assert Look.objects.filter(publication=publication).count() == 3
