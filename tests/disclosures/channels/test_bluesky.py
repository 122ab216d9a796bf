"""Posts on Bluesky, in the shapes of its lexicons."""

from typing import Any

import pytest
from pytest_django import Settings

from disclosures.models import SnapshotContent
from tests.disclosures.channels.conftest import Looked, again, answer, reason_of
from tests.disclosures.site import Page, Site

pytestmark = pytest.mark.django_db

DID = "did:plc:bg5udl25mvzg3rt7l5n2hzet"
LABEL = "Pubblicità Mulino dell'Alba. "
STORY = "Ho provato la farina di farro."
RESOLVE = "/xrpc/com.atproto.identity.resolveHandle?handle=ada.example"
POSTS = f"/xrpc/app.bsky.feed.getPosts?uris=at://{DID}/app.bsky.feed.post/3krh65hkwbp42"
ADDRESS = "https://bsky.app/profile/{}/post/3krh65hkwbp42"


@pytest.fixture
def appview(site: Site, settings: Settings) -> Site:
    settings.BLUESKY_API = site.url("")
    site.pages[RESOLVE] = answer({"did": DID})
    return site


def post(text: str, **changes: Any) -> dict[str, Any]:
    """A postView: app.bsky.feed.defs, with the record of app.bsky.feed.post."""
    labels = changes.pop("author_labels", [])
    record = {
        "$type": "app.bsky.feed.post",
        "text": text,
        "createdAt": "2026-03-12T09:30:00.000Z",
        "langs": ["it"],
    }
    return {
        "uri": f"at://{DID}/app.bsky.feed.post/3krh65hkwbp42",
        "cid": "bafyreib2rxk3rh6kzwq",
        "author": {"did": DID, "handle": "ada.example", "labels": labels},
        "record": record | changes,
        "replyCount": 2,
        "repostCount": 5,
        "likeCount": 19,
        "quoteCount": 0,
        "indexedAt": "2026-03-12T09:30:01.000Z",
        "labels": [],
    }


def publish(appview: Site, text: str, **changes: Any) -> str:
    appview.pages[POSTS] = answer({"posts": [post(text, **changes)]})
    return ADDRESS.format("ada.example")


def test_a_post_is_read_by_its_author_s_lasting_name(appview: Site, looked: Looked) -> None:
    facet = {
        "index": {"byteStart": 0, "byteEnd": 5},
        "features": [
            {
                "$type": "app.bsky.richtext.facet#link",
                "uri": "https://mulinodellalba.example/farro",
            }
        ],
    }
    state = looked(publish(appview, f"{LABEL}{STORY}", facets=[facet]), "bluesky")

    assert (state.last_verdict, state.quote) == ("sufficient", "Pubblicità")
    assert appview.asked == ["/robots.txt", RESOLVE, POSTS]
    assert state.telling.figures == {"replies": 2, "shares": 5, "likes": 19}
    assert [link.url for link in state.telling.paid_links] == [
        "https://mulinodellalba.example/farro"
    ]
    assert state.telling.undeclared == ()


@pytest.mark.parametrize("who", [DID, DID.replace(":", "%3A")])
def test_an_address_with_the_lasting_name_needs_no_asking(
    appview: Site, looked: Looked, who: str
) -> None:
    publish(appview, f"{LABEL}{STORY}")
    state = looked(ADDRESS.format(who), "bluesky")

    assert state.last_verdict == "sufficient"
    assert RESOLVE not in appview.asked


EXTERNAL = {"uri": "https://mulinodellalba.example/", "title": LABEL, "description": ""}
IMAGES = {"$type": "app.bsky.embed.images", "images": [{"alt": LABEL, "image": {}}]}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"embed": IMAGES}, "alt_text[1]"),
        ({"embed": {"$type": "app.bsky.embed.recordWithMedia", "media": IMAGES}}, "alt_text[2]"),
        ({"embed": {"$type": "app.bsky.embed.external", "external": EXTERNAL}}, "card[0]"),
        ({"embed": {"$type": "app.bsky.embed.video", "alt": LABEL}}, "alt_text[0]"),
        ({"tags": ["pubblicità", "mulinodellalba"]}, "tags[0]"),
    ],
)
def test_a_label_beside_the_words_is_misplaced(
    appview: Site, looked: Looked, changes: dict[str, Any], place: str
) -> None:
    state = looked(publish(appview, STORY, **changes), "bluesky")

    assert state.last_verdict == "misplaced"
    assert state.last
    assert state.last.place == place


def test_a_deleted_post_is_found_gone(appview: Site, looked: Looked) -> None:
    state = looked(publish(appview, f"{LABEL}{STORY}"), "bluesky")
    appview.pages[POSTS] = answer({"posts": []})
    state = again(state.publication)

    assert (state.first_verdict, reason_of(state)) == ("sufficient", "post_gone")
    assert state.publication.findings.get().kind == "post_deleted"


def test_a_post_replaced_by_its_author_is_read_anew(appview: Site, looked: Looked) -> None:
    state = looked(publish(appview, f"{LABEL}{STORY}"), "bluesky")
    publish(appview, STORY)
    state = again(state.publication)

    assert (state.first_verdict, state.last_verdict) == ("sufficient", "missing")
    assert SnapshotContent.objects.count() == 2


def test_a_handle_nobody_has_any_more_leads_nowhere(appview: Site, looked: Looked) -> None:
    told = {"error": "InvalidRequest", "message": "Unable to resolve handle"}
    appview.pages[RESOLVE] = answer(told, 400)

    assert reason_of(looked(ADDRESS.format("ada.example"), "bluesky")) == "not_understood"


def test_an_address_elsewhere_is_no_post_here(appview: Site, looked: Looked) -> None:
    elsewhere = "https://anything.example/profile/ada.example/post/3kz"
    assert reason_of(looked(elsewhere, "bluesky")) == "not_a_post"


def test_who_shows_posts_only_to_members_is_not_read(appview: Site, looked: Looked) -> None:
    labels = [{"src": DID, "uri": DID, "val": "!no-unauthenticated", "cts": "2026-01-01T00:00:00Z"}]
    state = looked(publish(appview, f"{LABEL}{STORY}", author_labels=labels), "bluesky")

    assert reason_of(state) == "members_only"


@pytest.mark.parametrize(
    ("pages", "reason"),
    [
        ({POSTS: answer({"posts": [{"record": {"text": 3}}]})}, "not_a_post"),
        ({POSTS: answer({"posts": "none"})}, "not_understood"),
        ({POSTS: Page(b"{", media_type="application/json")}, "not_understood"),
        ({RESOLVE: answer({"did": "x"})}, "not_understood"),
    ],
)
def test_an_answer_of_another_shape_is_not_judged(
    appview: Site, looked: Looked, pages: dict[str, Page], reason: str
) -> None:
    url = publish(appview, STORY)
    appview.pages |= pages

    assert reason_of(looked(url, "bluesky")) == reason


@pytest.mark.parametrize("path", ["/", "/profile/ada.example", "/profile/a b/post/1"])
def test_only_the_address_of_a_post_is_asked_for(appview: Site, looked: Looked, path: str) -> None:
    url = "https://bsky.app" + path.replace(" ", "%20")

    assert reason_of(looked(url, "bluesky")) == "not_a_post"
    assert appview.asked == []
