"""Videos on YouTube, by its Data API and the installation's own key.

The API tells a video's title and description. What is said and shown in the video, and the
platform's own "includes paid promotion", it tells nobody but the owner; so a label that is not
found here may still be there, and nothing is said of it.
https://developers.google.com/youtube/v3/docs/videos (snippet, statistics,
paidProductPlacementDetails); the key goes in a header, where no log keeps it:
https://cloud.google.com/docs/authentication/api-keys-use
"""

import re
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from config.kernel.fetching import Fetched, FetchError, ask_api
from disclosures.channels.answers import figures, mapping, opened, refused, when, words
from disclosures.channels.values import Json, Link, PageRead, Told, Unreadable, page_read, plain

_HOSTS = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com"})
_PLACE = re.compile(r"/(?:shorts|live|embed|v)/(?P<id>[\w-]{11})/?", re.ASCII)
_ID = re.compile(r"[\w-]{11}", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}")
_END = ".,;:!?)]}'"  # of a sentence, not of an address
_REFUSED = frozenset({"http_400", "http_401", "http_403"})


def read(url: str) -> PageRead:
    """The video's words as they are now. Blocks on the network. Raises Unreadable, FetchError."""
    video = _id(url)
    if not settings.YOUTUBE_KEY:
        raise Unreadable("key_needed")
    items = mapping(opened(answer := _asked(video))).get("items")
    if items == []:
        raise Unreadable("post_gone")
    if not isinstance(items, list):
        raise Unreadable("not_understood")
    return _video(mapping(items[0]), answer)


def _id(url: str) -> str:
    parts = urlsplit(url)
    if parts.hostname == "youtu.be":
        found = parts.path.strip("/")
    elif parts.hostname not in _HOSTS:
        found = ""
    elif place := _PLACE.fullmatch(parts.path):
        found = place["id"]
    else:
        found = parse_qs(parts.query).get("v", [""])[0]
    if not _ID.fullmatch(found):
        raise Unreadable("not_a_post")
    return found


def _asked(video: str) -> Fetched:
    asked = f"{settings.YOUTUBE_API}/videos?part=snippet,statistics&id={video}"
    try:
        return ask_api(asked, headers={"X-Goog-Api-Key": settings.YOUTUBE_KEY})
    except FetchError as error:
        if error.reason in _REFUSED:  # a wrong key, or the day's quota is used up
            raise Unreadable("key_refused") from error
        refused(error)


def _video(video: Json, answer: Fetched) -> PageRead:
    snippet = mapping(video.get("snippet"))
    title, description = words(snippet.get("title")), words(snippet.get("description"))
    if not title:
        raise Unreadable("not_understood")
    found = (each.group().rstrip(_END) for each in _ADDRESS.finditer(description))
    return page_read(
        (answer,),
        text=description,
        title=title,
        parts=[("title", title)],
        told=Told(
            published_at=when(snippet.get("publishedAt")),
            figures=figures(
                mapping(video.get("statistics")),
                views="viewCount",
                likes="likeCount",
                replies="commentCount",
            ),
            links=tuple(Link(plain(url)) for url in found),
        ),
        format="video",
        unread="picture_not_read",
    )
