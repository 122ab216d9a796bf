"""Videos on YouTube, in the shape of a videoListResponse of its Data API."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from pytest_django import Settings

from config.kernel.models import Event
from disclosures.models import SnapshotContent
from tests.disclosures.channels.conftest import Looked, again, answer, reason_of
from tests.disclosures.site import Page, Site

pytestmark = pytest.mark.django_db

KEY = "a-key-of-this-installation"
VIDEO = "dQw4w9WgXcQ"
ASKED = f"/videos?part=snippet,statistics&id={VIDEO}"
WATCH = f"https://www.youtube.com/watch?v={VIDEO}"
STORY = "La ricetta del pane: https://www.mulinodellalba.example/farro?utm_source=yt."


@pytest.fixture
def api(site: Site, settings: Settings) -> Site:
    settings.YOUTUBE_API, settings.YOUTUBE_KEY = site.url(""), KEY
    return site


def publish(api: Site, title: str, description: str, **changes: Any) -> None:
    video = {
        "kind": "youtube#video",
        "etag": "x",
        "id": VIDEO,
        "snippet": {
            "publishedAt": "2026-03-12T09:30:00Z",
            "channelId": "UC1",
            "title": title,
            "description": description,
            "channelTitle": "Il pane di Ada",
            "tags": ["pubblicità"],
            "localized": {"title": title, "description": description},
        },
        "statistics": {"viewCount": "1204", "likeCount": "77", "commentCount": "5"},
    }
    page = {"totalResults": 1, "resultsPerPage": 1}
    told = {"kind": "youtube#videoListResponse", "items": [video | changes], "pageInfo": page}
    api.pages[ASKED] = answer(told)


@pytest.mark.parametrize(
    "url",
    [
        WATCH,
        f"https://youtu.be/{VIDEO}?t=3",
        f"https://m.youtube.com/shorts/{VIDEO}",
        f"https://www.youtube.com/live/{VIDEO}/",
    ],
)
def test_a_label_that_opens_the_description_is_read(api: Site, looked: Looked, url: str) -> None:
    publish(api, "Il pane di farro", f"Pubblicità Mulino dell'Alba. {STORY}")
    state = looked(url, "youtube")

    assert (state.last_verdict, state.quote) == ("sufficient", "Pubblicità")
    assert state.proof_level == "machine_read"
    assert state.telling.figures == {"views": 1204, "likes": 77, "replies": 5}
    assert [link.url for link in state.telling.paid_links] == [
        "https://www.mulinodellalba.example/farro?utm_source=yt"
    ]
    assert "views 1,204" in render_to_string("disclosures/_publication.html", {"state": state})


def test_a_label_in_the_title_is_read(api: Site, looked: Looked) -> None:
    publish(api, "Pubblicità Mulino dell'Alba: il pane", STORY)
    state = looked(WATCH, "youtube")

    assert state.last_verdict == "sufficient"
    assert state.last
    assert state.last.place == "title"


@pytest.mark.parametrize("description", [STORY, "x " * 200 + "#pubblicità"])
def test_a_video_without_a_label_in_its_words_is_not_called_missing(
    api: Site, looked: Looked, description: str
) -> None:
    publish(api, "Il pane di farro", description)
    state = looked(WATCH, "youtube")

    assert (state.conformity, reason_of(state)) == (None, "picture_not_read")
    assert SnapshotContent.objects.get().text == description
    assert not state.publication.findings.exists()


def test_the_key_is_in_no_address_and_is_kept_nowhere(api: Site, looked: Looked) -> None:
    publish(api, "Pubblicità", STORY)
    looked(WATCH, "youtube")

    assert api.asked == [ASKED]
    kept = [str(vars(each)) for each in SnapshotContent.objects.all()]
    kept += [str(each.facts) for each in Event.objects.all()]
    assert all(KEY not in each for each in kept)


def test_without_a_key_nothing_is_asked(api: Site, looked: Looked, settings: Settings) -> None:
    settings.YOUTUBE_KEY = ""

    assert reason_of(looked(WATCH, "youtube")) == "key_needed"
    assert api.asked == []


def test_a_video_taken_down_is_found_gone(api: Site, looked: Looked) -> None:
    publish(api, "Pubblicità Mulino dell'Alba", STORY)
    state = looked(WATCH, "youtube")
    api.pages[ASKED] = answer({"kind": "youtube#videoListResponse", "items": []})
    state = again(state.publication)

    assert reason_of(state) == "post_gone"
    assert state.publication.findings.get().kind == "post_deleted"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (answer({"error": {"code": 403, "errors": [{"reason": "quotaExceeded"}]}}, 403),
         "key_refused"),
        (answer({"error": {"code": 400, "status": "INVALID_ARGUMENT"}}, 400), "key_refused"),
        (answer({"items": [{}]}), "not_understood"),
        (answer({}), "not_understood"),
        (Page(b"<html>", media_type="text/html"), "not_understood"),
    ],
)  # fmt: skip
def test_a_refusal_or_another_shape_is_not_judged(
    api: Site, looked: Looked, page: Page, reason: str
) -> None:
    api.pages[ASKED] = page

    assert reason_of(looked(WATCH, "youtube")) == reason


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/@ada",
        "https://www.youtube.com/watch?v=short",
        f"https://video.example/watch?v={VIDEO}",
        f"https://youtu.be/{VIDEO}&key=x",
    ],
)
def test_only_the_address_of_a_video_is_asked_for(api: Site, looked: Looked, url: str) -> None:
    assert reason_of(looked(url, "youtube")) == "not_a_post"
    assert api.asked == []
