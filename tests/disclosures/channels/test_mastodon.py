"""Posts on Mastodon and on other servers of the fediverse, in the shapes their docs give."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.template.loader import render_to_string

from disclosures.models import SnapshotContent
from tests.disclosures.channels.conftest import Looked, again, answer, reason_of
from tests.disclosures.site import Page, Site

pytestmark = pytest.mark.django_db

LABEL = "Pubblicità Mulino dell'Alba. "
STORY = "Ho provato la farina di farro."
ACTIVITY = "application/activity+json"


def status(content: str, **changes: Any) -> dict[str, Any]:
    """A Status as docs.joinmastodon.org describes it, without what is not read."""
    usual: dict[str, Any] = {
        "id": "112123926412043539",
        "created_at": "2026-03-12T09:30:00.000Z",
        "edited_at": None,
        "uri": "https://social.example/users/ada/statuses/112123926412043539",
        "url": "https://social.example/@ada/112123926412043539",
        "visibility": "public",
        "sensitive": False,
        "spoiler_text": "",
        "language": "it",
        "content": f"<p>{content}</p>",
        "reblog": None,
        "replies_count": 3,
        "reblogs_count": 7,
        "favourites_count": 41,
        "account": {"id": "1", "username": "ada", "acct": "ada", "display_name": "Ada"},
        "media_attachments": [],
        "mentions": [],
        "tags": [],
        "emojis": [],
        "card": None,
        "poll": None,
    }
    return usual | changes


def version(at: str, content: str, spoiler_text: str = "") -> dict[str, Any]:
    return {
        "content": f"<p>{content}</p>",
        "spoiler_text": spoiler_text,
        "sensitive": False,
        "created_at": at,
        "account": {"id": "1", "username": "ada", "acct": "ada"},
        "media_attachments": [],
        "emojis": [],
    }


def published(site: Site, told: dict[str, Any], history: list[dict[str, Any]] | None = None) -> str:
    site.pages[f"/api/v1/statuses/{told['id']}"] = answer(told)
    if history is not None:
        site.pages[f"/api/v1/statuses/{told['id']}/history"] = answer(history)
    return site.url(f"/@ada/{told['id']}")


def test_a_post_is_read_from_the_api_of_its_server(site: Site, looked: Looked) -> None:
    link = (
        '<a href="https://mulinodellalba.example/farro" rel="nofollow noopener" target="_blank">'
        '<span class="invisible">https://</span><span class="ellipsis">mulinodellalba.ex</span></a>'
    )
    state = looked(published(site, status(f"{LABEL}{STORY}<br>{link}")), "mastodon")

    assert (state.last_verdict, state.quote) == ("sufficient", "Pubblicità")
    assert state.proof_level == "machine_read"
    assert SnapshotContent.objects.get().text == f"{LABEL}{STORY}\nmulinodellalba.ex"
    assert state.telling.figures == {"replies": 3, "shares": 7, "likes": 41}
    assert [link.url for link in state.telling.paid_links] == [
        "https://mulinodellalba.example/farro"
    ]
    assert state.telling.other_day is None
    assert "/@ada/112123926412043539" not in site.asked


def test_each_earlier_version_is_kept_with_what_would_have_been_said_of_it(
    site: Site, looked: Looked
) -> None:
    told = status(f"{LABEL}{STORY}", edited_at="2026-03-14T18:00:00.000Z")
    history = [
        version("2026-03-12T09:30:00.000Z", STORY),
        version("2026-03-13T08:00:00.000Z", f"{STORY} #farro #pane #forno #adv"),
        version("2026-03-14T18:00:00.000Z", f"{LABEL}{STORY}"),
    ]
    state = looked(published(site, told, history), "mastodon")

    assert state.last_verdict == "sufficient"
    first, second = state.telling.edits
    assert (first.at, first.words) == (datetime(2026, 3, 12, 9, 30, tzinfo=UTC), STORY)
    assert (first.conformity, second.conformity) == ("not_conforming", "to_improve")
    kept = SnapshotContent.objects.get().told["edits"]
    assert [each["verdicts"]["IT"] for each in kept] == ["missing", "insufficient"]
    html = render_to_string("disclosures/_publication.html", {"state": state})
    assert "2 earlier versions" in html
    assert html.count(STORY) >= 2


def test_a_server_that_keeps_no_versions_says_nothing_of_the_post(
    site: Site, looked: Looked
) -> None:
    told = status(f"{LABEL}{STORY}", edited_at="2026-03-14T18:00:00.000Z")
    state = looked(published(site, told), "mastodon")

    assert (state.last_verdict, state.telling.edits) == ("sufficient", ())


@pytest.mark.parametrize("at", ["9999-12-31T23:30:00Z", "0001-01-01T00:00:00Z"])
def test_a_day_no_post_can_have_breaks_no_page(site: Site, looked: Looked, at: str) -> None:
    state = looked(published(site, status(f"{LABEL}{STORY}", created_at=at)), "mastodon")

    assert (state.last_verdict, state.telling.other_day) == ("sufficient", None)
    assert STORY in render_to_string("disclosures/_publication.html", {"state": state})


def test_an_edit_between_two_looks_is_found_in_both(site: Site, looked: Looked) -> None:
    state = looked(published(site, status(f"{LABEL}{STORY}")), "mastodon")
    told = status(STORY, edited_at="2026-04-01T10:00:00.000Z")
    history = [
        version("2026-03-12T09:30:00.000Z", f"{LABEL}{STORY}"),
        version("2026-04-01T10:00:00.000Z", STORY),
    ]
    published(site, told, history)
    state = again(state.publication)

    assert (state.first_verdict, state.last_verdict) == ("sufficient", "missing")
    assert [edit.conformity for edit in state.telling.edits] == ["conforming"]


def test_a_label_in_the_warning_is_seen_first(site: Site, looked: Looked) -> None:
    state = looked(published(site, status(STORY, spoiler_text=LABEL)), "mastodon")

    assert (state.last_verdict, state.quote) == ("sufficient", "Pubblicità")


def test_a_label_behind_the_warning_is_misplaced(site: Site, looked: Looked) -> None:
    told = status(f"{LABEL}{STORY}", spoiler_text="Cibo", sensitive=True)
    state = looked(published(site, told), "mastodon")

    assert state.last_verdict == "misplaced"
    assert SnapshotContent.objects.get().text == f"{LABEL}{STORY}"


def test_a_label_only_in_a_picture_description_is_misplaced(site: Site, looked: Looked) -> None:
    pictures = [
        {"id": "1", "type": "image", "url": "https://x.example/1.png", "description": None},
        {"id": "2", "type": "image", "url": "https://x.example/2.png", "description": LABEL},
    ]
    state = looked(published(site, status(STORY, media_attachments=pictures)), "mastodon")

    assert state.last_verdict == "misplaced"
    assert state.last
    assert state.last.place == "alt_text[1]"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"account": {"acct": "ada@other.example"}}, "second_hand"),
        ({"reblog": {"id": "1"}}, "second_hand"),
        ({"content": ""}, "no_words"),
        ({"account": None}, "not_a_post"),
    ],
)
def test_what_is_no_post_of_this_server_is_not_judged(
    site: Site, looked: Looked, changes: dict[str, Any], reason: str
) -> None:
    state = looked(published(site, status(STORY) | changes), "mastodon")

    assert reason_of(state) == reason


def note(site: Site, content: str, **changes: Any) -> dict[str, Any]:
    """An ActivityStreams object as a server gives it to who asks for application/activity+json."""
    usual: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/activitystreams"],
        "id": site.url("/users/ada/statuses/1"),
        "type": "Note",
        "summary": None,
        "inReplyTo": None,
        "published": "2026-03-12T09:30:00Z",
        "url": site.url("/@ada/1"),
        "attributedTo": site.url("/users/ada"),
        "to": ["https://www.w3.org/ns/activitystreams#Public"],
        "sensitive": False,
        "content": f"<p>{content}</p>",
        "attachment": [],
        "tag": [],
    }
    return usual | changes


@pytest.mark.parametrize("closed", [401, 403, 404])
def test_where_the_api_is_closed_the_object_is_read(
    site: Site, looked: Looked, closed: int
) -> None:
    site.pages["/api/v1/statuses/1"] = answer({"error": "This method requires a user"}, closed)
    told = note(site, f"{LABEL}{STORY}", updated="2026-03-13T10:00:00Z")
    site.pages["/@ada/1"] = answer(told, media_type=ACTIVITY)
    state = looked(site.url("/@ada/1"), "mastodon")

    assert (state.last_verdict, state.quote) == ("sufficient", "Pubblicità")


def test_a_server_of_another_make_is_read_by_its_object(site: Site, looked: Looked) -> None:
    told = note(site, STORY, type="Article", name=f"{LABEL}Il farro", summary="Una ricetta")
    site.pages["/blog/farro"] = answer({"type": "Create", "object": told}, media_type=ACTIVITY)
    state = looked(site.url("/blog/farro"), "mastodon")

    assert state.last_verdict == "sufficient"
    assert state.last
    assert state.last.place == "title"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page(b"<html><body>An app</body></html>"), "not_a_post"),
        (answer({"type": "Person"}, media_type=ACTIVITY), "not_a_post"),
        (answer({"id": "https://elsewhere.example/1", "content": "x"}, media_type=ACTIVITY),
         "second_hand"),
        (answer([[[]]], media_type=ACTIVITY), "not_a_post"),
        (Page(b'{"content": ', media_type=ACTIVITY), "not_understood"),
        (Page(b"[" * 100_000, media_type=ACTIVITY), "not_understood"),
        (answer({"error": "gone"}, 410), "http_410"),
    ],
)  # fmt: skip
def test_what_is_no_object_is_not_judged(
    site: Site, looked: Looked, page: Page, reason: str
) -> None:
    site.pages["/notes/1"] = page
    state = looked(site.url("/notes/1"), "mastodon")

    assert reason_of(state) == reason


def test_a_deleted_post_is_gone(site: Site, looked: Looked) -> None:
    state = looked(site.url("/@ada/112123926412043539"), "mastodon")

    assert reason_of(state) == "http_404"


def test_half_characters_and_zeros_do_not_stop_the_look(site: Site, looked: Looked) -> None:
    told = status(f"{LABEL}\ud83c{STORY}\x00", edited_at="2026-03-13T10:00:00.000Z")
    history = [
        version("2026-03-12T09:30:00.000Z", "\udfff\x00"),
        version("2026-03-13T10:00:00.000Z", "x"),
    ]
    state = looked(published(site, told, history), "mastodon")

    assert state.last_verdict == "sufficient"
