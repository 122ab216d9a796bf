"""What every channel hands back: a post read whole, or the reason why it was not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from config.kernel.fetching import Conditional, Fetched
from disclosures.reading.links import MOST_LINKS as MOST_LINKS
from disclosures.reading.links import links_of

Json = Mapping[str, Any]

MOST_EDITS = 50
MOST_PARTS, LONGEST_PART, LONGEST_TEXT = 40, 5_000, 150_000


class Unreadable(Exception):
    """The post can't be judged; `reason` is a stable code, `retry_after` seconds if known."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


@dataclass(frozen=True)
class Link:
    """A link of the post as its readers find it: a whole address, its rel tokens, its words."""

    url: str
    rel: tuple[str, ...] = ()
    words: str = ""

    @property
    def is_declared(self) -> bool:
        """Search engines are told that it was paid for: rel=sponsored, or the older nofollow.

        https://developers.google.com/search/docs/crawling-indexing/qualify-outbound-links
        """
        return bool({"sponsored", "nofollow"} & set(self.rel))


@dataclass(frozen=True)
class Edit:
    """The post as it stood from `at` until the next edit.

    title: what stood before the text, which then opens at a click. verdicts: by jurisdiction.
    """

    at: datetime
    text: str
    title: str = ""
    verdicts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """What a channel says of a post beside its words; nothing of it is a label.

    figures: public counts by name, such as views. edits: earlier words, oldest first.
    """

    published_at: datetime | None = None
    edited_at: datetime | None = None
    sponsor: str = ""
    figures: Mapping[str, int] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    edits: tuple[Edit, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "published_at": _written(self.published_at),
            "edited_at": _written(self.edited_at),
            "sponsor": self.sponsor,
            "figures": dict(self.figures),
            "links": [{"url": x.url, "rel": list(x.rel), "words": x.words} for x in self.links],
            "edits": [
                {
                    "at": each.at.isoformat(),
                    "text": each.text,
                    "title": each.title,
                    "verdicts": dict(each.verdicts),
                }
                for each in self.edits
            ],
        }

    @classmethod
    def read(cls, kept: Json) -> "Told":
        """From its own as_json(), or from {} where a snapshot is older than this."""
        return cls(
            published_at=_moment(kept.get("published_at")),
            edited_at=_moment(kept.get("edited_at")),
            sponsor=kept.get("sponsor", ""),
            figures=kept.get("figures", {}),
            links=tuple(Link(x["url"], tuple(x["rel"]), x["words"]) for x in kept.get("links", ())),
            edits=tuple(
                Edit(datetime.fromisoformat(x["at"]), x["text"], x["title"], x["verdicts"])
                for x in kept.get("edits", ())
            ),
        )


@dataclass(frozen=True)
class PageRead:
    """A post read whole.

    parts: by place, what is there beside the text. `title` and `platform_label` are seen first;
    the rest only by who goes looking. links: where the post's own lead, outside its site.
    conditional: as its site names this state. is_folded: the text itself opens only at a click.
    format: what the channel says the post is, where it says so. unread: the reason for which a
    label that is not found may stand where nobody could look; empty where all was read.
    sources: every answer it was read from, the post's own first; `body` is all of them, a line
    each where there are several.
    """

    final_url: str
    status_code: int
    body: bytes = field(repr=False)
    title: str
    text: str = field(repr=False)
    parts: dict[str, str] = field(repr=False)
    taken_at: datetime
    links: tuple[str, ...] = ()
    conditional: Conditional = field(default_factory=Conditional)
    told: Told = field(default_factory=Told)
    format: str = ""
    is_folded: bool = False
    unread: str = ""
    sources: tuple[Fetched, ...] = field(default=(), repr=False)


def page_read(
    sources: tuple[Fetched, ...],
    *,
    text: str,
    title: str = "",
    parts: Iterable[tuple[str, str]] = (),
    told: Told | None = None,
    format: str = "",
    is_folded: bool = False,
    unread: str = "",
) -> PageRead:
    """A PageRead within its bounds. Raises Unreadable where there are no words."""
    kept = [(place, plain(words)[:LONGEST_PART]) for place, words in parts if words.strip()]
    if not text.strip() and not any(place == "title" for place, _ in kept):
        raise Unreadable("no_words")
    first, told = sources[0], told or Told()
    return PageRead(
        final_url=first.final_url,
        status_code=first.status,
        body=b"\n".join(each.body for each in sources),
        title=plain(title)[:500],
        text=plain(text)[:LONGEST_TEXT],
        parts=dict(kept[:MOST_PARTS]),
        taken_at=first.fetched_at,
        links=links_of((link.url for link in told.links), first.final_url),
        conditional=first.conditional(),
        told=told,
        format=format,
        is_folded=is_folded,
        unread=unread,
        sources=sources,
    )


def numbered(place: str, words: Iterable[str]) -> list[tuple[str, str]]:
    """`place[0]`, `place[1]` ... for several parts of a kind."""
    return [(f"{place}[{number}]", each) for number, each in enumerate(words)]


def plain(words: str) -> str:
    """Text a database can hold: without NUL, and without half characters JSON may spell."""
    return words.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
