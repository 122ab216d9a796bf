"""RSS and Atom: what a blog says of its newest posts, by feedparser."""

import calendar
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser

from config.kernel.fetching import Fetched
from disclosures.channels.values import Unreadable, plain
from disclosures.reading.folding import squashed
from disclosures.reading.linked_data import in_our_time
from disclosures.reading.page import words_of
from disclosures.reading.sightings import Brand
from disclosures.reading.tokens import Passage

MOST_ENTRIES = 100
LARGEST = 1_500_000  # bytes; and tags, since each of them costs feedparser far more than its bytes
MOST_TAGS = 60_000
_LONGEST_WORDS = 20_000


@dataclass(frozen=True)
class Entry:
    """A post as its feed tells of it. hosts: of the links in its words."""

    url: str
    title: str
    words: str
    hosts: tuple[str, ...]
    published_at: datetime

    def speaks_of(self, brand_name: str) -> bool:
        """Whether it names the brand, or leads to it."""
        brand = Brand(brand_name)
        told = Passage(f"{self.title}\n{self.words}")
        return brand.is_named_in(told) or any(brand.reads_in(squashed(h)) for h in self.hosts)


def entries(fetched: Fetched) -> list[Entry]:
    """The dated entries of a feed. One without a day can't be told from an old one: left out.

    Raises Unreadable.
    """
    if len(fetched.body) > LARGEST or fetched.body.count(b"<") > MOST_TAGS:
        raise Unreadable("too_large")
    told = {"content-type": fetched.header("content-type"), "content-location": fetched.final_url}
    feed = feedparser.parse(io.BytesIO(fetched.body), response_headers=told)
    if not feed.get("version"):  # an empty answer has not even the key
        raise Unreadable("not_a_feed")
    found = (_entry(each) for each in feed.entries[:MOST_ENTRIES])
    return [entry for entry in found if entry is not None]


def _entry(told: Any) -> Entry | None:
    day = told.get("published_parsed") or told.get("updated_parsed")
    if day is None or not told.get("link"):
        return None
    published_at = in_our_time(datetime.fromtimestamp(calendar.timegm(day), UTC))
    if published_at is None:
        return None
    html = [told.get("summary", ""), *(part.get("value", "") for part in told.get("content", ()))]
    words, links = words_of("\n".join(html)[:_LONGEST_WORDS])
    return Entry(
        url=told["link"],
        title=plain(told.get("title", "")),
        words=plain(words),
        hosts=tuple(_host(link.href) for link in links),
        published_at=published_at,
    )


def _host(href: str) -> str:
    try:
        return urlsplit(href).netloc.removeprefix("www.")
    except ValueError:
        return ""
