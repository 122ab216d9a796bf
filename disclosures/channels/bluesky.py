"""Posts on Bluesky, read from the AppView of the AT protocol.

The record is what its author wrote; what the AppView adds to show it is left out. Posts have no
earlier versions there. https://docs.bsky.app/docs/api/app-bsky-feed-get-posts, lexicons
app.bsky.feed.post, app.bsky.embed.*, app.bsky.richtext.facet, com.atproto.identity.resolveHandle.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings

from config.kernel.fetching import Fetched, FetchError, fetch
from disclosures.channels.answers import figures, listing, mapping, opened, refused, when, words
from disclosures.channels.values import (
    Json,
    Link,
    PageRead,
    Told,
    Unreadable,
    numbered,
    page_read,
    plain,
)

_HOSTS = frozenset({"bsky.app", "www.bsky.app"})
_PLACE = re.compile(r"/profile/(?P<who>[\w.:-]{3,300})/post/(?P<key>[\w.:~-]{1,512})/?", re.ASCII)
#: A wish of the author, kept by every app: only for who is signed in.
MEMBERS_ONLY = "!no-unauthenticated"


def read(url: str) -> PageRead:
    """The post at an address as it is now. Blocks on the network.

    Raises Unreadable and FetchError.
    """
    parts = urlsplit(url)
    place = _PLACE.fullmatch(unquote(parts.path))
    if place is None or parts.hostname not in _HOSTS:
        raise Unreadable("not_a_post")
    who = _did(place["who"])
    answer = _asked("app.bsky.feed.getPosts", uris=f"at://{who}/app.bsky.feed.post/{place['key']}")
    posts = mapping(opened(answer)).get("posts")
    if posts == []:
        raise Unreadable("post_gone")
    if not isinstance(posts, list):
        raise Unreadable("not_understood")
    return _post(mapping(posts[0]), answer)


def _did(who: str) -> str:
    """The author's lasting name; a handle may be another's tomorrow."""
    if who.startswith("did:"):
        return who
    answer = _asked("com.atproto.identity.resolveHandle", handle=who)
    did = words(mapping(opened(answer)).get("did"))
    if not did.startswith("did:"):
        raise Unreadable("not_understood")
    return did


def _asked(method: str, **query: str) -> Fetched:
    asked = "&".join(f"{name}={quote(value, safe=':/')}" for name, value in query.items())
    try:
        return fetch(f"{settings.BLUESKY_API}/xrpc/{method}?{asked}")
    except FetchError as error:
        refused(error)


def _post(post: Json, answer: Fetched) -> PageRead:
    record = mapping(post.get("record"))
    if not isinstance(record.get("text"), str):
        raise Unreadable("not_a_post")
    author = mapping(post.get("author"))
    if any(mapping(x).get("val") == MEMBERS_ONLY for x in listing(author.get("labels"))):
        raise Unreadable("members_only")
    embeds = list(_embeds(mapping(record.get("embed"))))
    return page_read(
        (answer,),
        text=words(record["text"]),
        parts=[
            *numbered("alt_text", _descriptions(embeds)),
            *numbered("card", (_card(each) for each in embeds)),
            # Hashtags beside the text are for searching; no app shows them with the post.
            *numbered("tags", (f"#{words(tag)}" for tag in listing(record.get("tags")))),
        ],
        told=Told(
            published_at=when(record.get("createdAt")),
            figures=figures(post, replies="replyCount", shares="repostCount", likes="likeCount"),
            links=tuple(_links(record, embeds)),
        ),
    )


def _embeds(embed: Json) -> Iterator[Json]:
    """What hangs below the words; a quoted post beside media comes with both."""
    yield embed
    yield mapping(embed.get("media"))


def _descriptions(embeds: list[Json]) -> Iterator[str]:
    for embed in embeds:
        yield words(embed.get("alt"))  # of a video
        for picture in listing(embed.get("images")):
            yield words(mapping(picture).get("alt"))


def _card(embed: Json) -> str:
    external = mapping(embed.get("external"))
    shown = (words(external.get("title")), words(external.get("description")))
    return "\n".join(part for part in shown if part)


def _links(record: Json, embeds: list[Json]) -> Iterator[Link]:
    """Links in the words, and the card below them. None can be marked as paid here."""
    for facet in listing(record.get("facets")):
        for feature in listing(mapping(facet).get("features")):
            if uri := words(mapping(feature).get("uri")):
                yield Link(plain(uri)[:2000])
    for embed in embeds:
        if uri := words(mapping(embed.get("external")).get("uri")):
            yield Link(plain(uri)[:2000])
