"""From an address to what its page says: fetch, read, judge. Touches no database.

A page that was not read whole is never judged: its verdict is not_verifiable, with the reason,
because half a page would accuse its writer wrongly.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from config.kernel.fetching import Conditional, Fetched, FetchError, FetchFailed, fetch
from disclosures.reading import judge, read_page
from disclosures.reading.bounds import is_too_deep
from disclosures.reading.links import links_of
from disclosures.rules import jurisdictions
from disclosures.values import Case, Context, Relationship, VerdictCode

NOT_VERIFIABLE = "not_verifiable"
MACHINE_READ = "machine_read"
OWNERS_ONLY = frozenset({"instagram", "tiktok"})  # no page a machine may read without a token
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_WALL = re.compile(r"cookie|consent|consens|einwillig", re.IGNORECASE)
_WALL_BUTTON = re.compile(r"accett|accept|akzept|agree|aceptar|zustimm", re.IGNORECASE)
_LONGEST_WALL = 400  # characters
_MOST_PARTS, _LONGEST_PART, _LONGEST_TEXT = 40, 5_000, 150_000


@dataclass(frozen=True)
class Post:
    """A registered publication as plain values."""

    url: str
    platform: str
    format: str
    relationship: str
    jurisdictions: Sequence[str]
    language: str
    brand_name: str
    published_on: date


@dataclass(frozen=True)
class PageRead:
    """A page fetched whole. parts: by place, what stands on it but is not seen first."""

    final_url: str
    status_code: int
    body: bytes = field(repr=False)
    title: str
    text: str = field(repr=False)
    parts: dict[str, str] = field(repr=False)
    taken_at: datetime
    links: tuple[str, ...] = ()  # where the post's own links lead, outside its site
    conditional: Conditional = field(default_factory=Conditional)  # as its site names this state


@dataclass(frozen=True)
class Found:
    """What is said of a post by the rules of one jurisdiction."""

    jurisdiction: str
    verdict: str
    proof_level: str
    conformity: str = ""
    rule: str = ""
    source: str = ""
    verified: bool = False
    place: str = ""
    start: int | None = None
    end: int | None = None
    reason: str = ""


class Unreadable(Exception):
    """The page can't be judged; `reason` is a stable code, `retry_after` seconds if known."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


def fetch_page(post: Post, known: PageRead | None = None) -> PageRead:
    """The page as it is now. Blocks on the network. Raises Unreadable.

    known: an earlier reading; it is given back where its site says that nothing has changed.
    """
    if post.platform in OWNERS_ONLY:
        raise Unreadable("token_needed")
    fetched = _fetched(post, known.conditional if known else None)
    if not fetched.is_unchanged:
        return read(fetched)
    if known and fetched.final_url == known.final_url:
        return known
    return read(_fetched(post, None))  # a stop on the way says so, not the page that was read


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query


def _fetched(post: Post, conditional: Conditional | None) -> Fetched:
    try:
        fetched = fetch(post.url, conditional=conditional)
    except FetchError as error:
        retry_after = error.retry_after if isinstance(error, FetchFailed) else None
        raise Unreadable(error.reason, retry_after) from error
    if _is_home(fetched.final_url) and not _is_home(post.url):
        raise Unreadable("moved_home")  # how many sites answer for a post they have taken down
    return fetched


def read(fetched: Fetched) -> PageRead:
    """What people read on a fetched page. Raises Unreadable."""
    if fetched.text is None:
        raise Unreadable("not_text")
    source = fetched.text.replace("\0", "")
    if fetched.media_type in _HTML and is_too_deep(source):
        raise Unreadable("too_deep")
    title, text, parts = _words(source, fetched.media_type)
    if not text.strip():
        raise Unreadable("no_words")
    if len(text) < _LONGEST_WALL and _WALL.search(text) and _WALL_BUTTON.search(text):
        raise Unreadable("consent_wall")
    return PageRead(
        final_url=fetched.final_url,
        status_code=fetched.status,
        body=fetched.body,
        title=title[:500],
        text=text[:_LONGEST_TEXT],
        parts=parts,
        taken_at=fetched.fetched_at,
        links=links_of(source, fetched.final_url) if fetched.media_type in _HTML else (),
        conditional=fetched.conditional(),
    )


def _words(source: str, media_type: str) -> tuple[str, str, dict[str, str]]:
    if media_type not in _HTML:
        return "", source, {}
    page = read_page(source)
    parts = {"page_title": page.title} if page.title else {}
    for number, hidden in enumerate(page.hidden[:_MOST_PARTS]):
        parts[f"{hidden.where}[{number}]"] = hidden.text[:_LONGEST_PART]
    return page.title, page.text, parts


def judge_page(post: Post, page: PageRead) -> list[Found]:
    """One finding for each jurisdiction of the post."""
    return [_judged(post, page, code) for code in post.jurisdictions]


def not_verifiable(post: Post, reason: str) -> list[Found]:
    return [
        Found(code, NOT_VERIFIABLE, NOT_VERIFIABLE, reason=reason) for code in post.jurisdictions
    ]


def _judged(post: Post, page: PageRead, jurisdiction: str) -> Found:
    if jurisdiction not in jurisdictions():
        return Found(jurisdiction, NOT_VERIFIABLE, NOT_VERIFIABLE, reason="no_rules")
    verdict = judge(_case(post, page, jurisdiction))
    quoted = verdict.code != VerdictCode.MISSING
    return Found(
        jurisdiction=jurisdiction,
        verdict=verdict.code,
        proof_level=MACHINE_READ,
        conformity=verdict.conformity,
        rule=verdict.rule,
        source=verdict.source[:200],
        verified=verdict.verified,
        place=(verdict.place or "") if quoted else "",
        start=verdict.start if quoted else None,
        end=verdict.end if quoted else None,
    )


def _case(post: Post, page: PageRead, jurisdiction: str) -> Case:
    return Case(
        jurisdiction=jurisdiction,
        content_language=post.language,
        platform=post.platform,
        format=post.format,
        relationship=Relationship(post.relationship),
        published=post.published_on,
        brand=post.brand_name,
        text=page.text,
        context=Context(aside=tuple(page.parts.items())),
    )
