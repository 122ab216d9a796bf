"""Mastodon and other servers that speak ActivityPub.

A post and its earlier versions come from the API of Mastodon, which Pleroma and Akkoma share;
where a server keeps that for its members, the ActivityPub object is read, which tells only when
it was last edited. Posts are read on their own server: a copy on another may be older.
https://docs.joinmastodon.org/entities/Status/, .../StatusEdit/, https://www.w3.org/TR/activitypub/
"""

import re
from urllib.parse import urlsplit

from config.kernel.fetching import Fetched, FetchError, fetch
from disclosures.channels.answers import figures, listing, mapping, opened, when, words
from disclosures.channels.values import (
    MOST_EDITS,
    Edit,
    Link,
    PageRead,
    Told,
    Unreadable,
    numbered,
    page_read,
    plain,
)
from disclosures.channels.web import whole_links
from disclosures.reading.page import words_of

ACTIVITY = "application/activity+json"
#: Where servers put the id of a post into its address.
_PLACES = re.compile(
    r"/(?:@[^/]+(?:/posts|/statuses)?|users/[^/]+/statuses|notice|p/[^/]+)/(?P<id>[0-9A-Za-z]+)/?"
)
LONGEST_EDIT = 10_000  # characters kept of an earlier version
_CLOSED = frozenset({"http_401", "http_403", "http_404", "http_422", "http_501"})


def read(url: str) -> PageRead:
    """The post at an address as it is now. Blocks on the network.

    Raises Unreadable and FetchError.
    """
    parts = urlsplit(url)
    place = _PLACES.fullmatch(parts.path)
    if place:
        api = f"{parts.scheme}://{parts.netloc}/api/v1/statuses/{place['id']}"
        try:
            status = fetch(api)
        except FetchError as error:
            if error.reason not in _CLOSED:
                raise
        else:
            return _status(status, api)
    return _object(fetch(url, accept=ACTIVITY))


def _status(answer: Fetched, api: str) -> PageRead:
    told = mapping(opened(answer))
    account = mapping(told.get("account"))
    if "content" not in told or not account:
        raise Unreadable("not_a_post")
    if "@" in words(account.get("acct")) or told.get("reblog"):
        raise Unreadable("second_hand")
    text, links = _words(words(told.get("content")), answer)
    warning = _words(words(told.get("spoiler_text")), answer)[0]
    pictures = [mapping(each) for each in listing(told.get("media_attachments"))]
    card = mapping(told.get("card"))
    history = _history(api) if told.get("edited_at") else None
    return page_read(
        (answer, history) if history else (answer,),
        text=text or warning,
        parts=[
            ("title", warning),
            *numbered("alt_text", (words(each.get("description")) for each in pictures)),
            ("card", _lines(words(card.get("title")), words(card.get("description")))),
        ],
        told=Told(
            published_at=when(told.get("created_at")),
            edited_at=when(told.get("edited_at")),
            figures=figures(
                told,
                replies="replies_count",
                shares="reblogs_count",
                likes="favourites_count",
            ),
            links=links,
            edits=_edits(history) if history else (),
        ),
        is_folded=bool(warning and text),
    )


def _history(api: str) -> Fetched | None:
    """None from a server that keeps no earlier versions: that is no word on the post itself."""
    try:
        return fetch(f"{api}/history")
    except FetchError as error:
        if error.reason in _CLOSED | {"http_410"}:
            return None
        raise


def _edits(history: Fetched) -> tuple[Edit, ...]:
    """The earlier versions, oldest first; the newest is the post itself."""
    found = []
    for version in map(mapping, listing(opened(history))):
        at = when(version.get("created_at"))
        if at is None:
            raise Unreadable("not_understood")
        text = plain(words_of(words(version.get("content")))[0])
        title = plain(words_of(words(version.get("spoiler_text")))[0])
        found.append(Edit(at, text[:LONGEST_EDIT], title[:LONGEST_EDIT]))
    return tuple(sorted(found, key=lambda edit: edit.at)[:-1][-MOST_EDITS:])


def _object(answer: Fetched) -> PageRead:
    """A Note, or what else a server publishes: articles have a `name`, and a summary to show."""
    if answer.media_type not in (ACTIVITY, "application/ld+json", "application/json"):
        raise Unreadable("not_a_post")
    told = mapping(opened(answer))
    told = mapping(told.get("object")) or told
    if not isinstance(told.get("content"), str):
        raise Unreadable("not_a_post")
    if urlsplit(words(told.get("id"))).netloc != urlsplit(answer.final_url).netloc:
        raise Unreadable("second_hand")
    text, links = _words(words(told.get("content")), answer)
    name, summary = words(told.get("name")), words_of(words(told.get("summary")))[0]
    pictures = [mapping(each) for each in listing(told.get("attachment"))]
    return page_read(
        (answer,),
        text=text or summary,
        title=name,
        parts=[
            ("title", _lines(name, summary)),
            *numbered("alt_text", (words(each.get("name")) for each in pictures)),
        ],
        told=Told(
            published_at=when(told.get("published")),
            edited_at=when(told.get("updated")),
            links=links,
        ),
        is_folded=bool(summary and text and told.get("type") == "Note"),
    )


def _words(html: str, answer: Fetched) -> tuple[str, tuple[Link, ...]]:
    text, found = words_of(html)
    return text, whole_links(found, answer.final_url)


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
