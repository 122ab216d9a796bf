"""Blogs, news and any other page of the open web: HTML as a reader meets it."""

import re
from urllib.parse import urljoin, urlsplit

from config.kernel.fetching import Conditional, Fetched, fetch
from disclosures.channels.values import (
    MOST_LINKS,
    Link,
    PageRead,
    Told,
    Unreadable,
    page_read,
    plain,
)
from disclosures.reading import read_page
from disclosures.reading.bounds import is_too_deep
from disclosures.reading.page import Page, PageLink

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_WALL = re.compile(r"cookie|consent|consens|einwillig", re.IGNORECASE)
_WALL_BUTTON = re.compile(r"accett|accept|akzept|agree|aceptar|zustimm", re.IGNORECASE)
_LONGEST_WALL = 400  # characters
_LONGEST_URL = 2000


def read(url: str, known: PageRead | None = None) -> PageRead:
    """The page as it is now, or `known` where its site says that nothing has changed.

    Blocks on the network. Raises Unreadable and FetchError.
    """
    fetched = _fetched(url, known.conditional if known else None)
    if not fetched.is_unchanged:
        return read_fetched(fetched)
    if known and fetched.final_url == known.final_url:
        return known
    # A stop on the way said so, and not the page that was read.
    return read_fetched(_fetched(url, None))


def _fetched(url: str, conditional: Conditional | None) -> Fetched:
    fetched = fetch(url, conditional=conditional)
    if _is_home(fetched.final_url) and not _is_home(url):
        raise Unreadable("moved_home")  # how many sites answer for a post they have taken down
    return fetched


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query


def read_fetched(fetched: Fetched) -> PageRead:
    """What people read on a fetched page. Raises Unreadable."""
    if fetched.text is None:
        raise Unreadable("not_text")
    source = fetched.text.replace("\0", "")
    if fetched.media_type not in _HTML:
        return page_read((fetched,), text=source)
    if is_too_deep(source):
        raise Unreadable("too_deep")
    page = read_page(source)
    _check_no_wall(page.text)
    parts = [("page_title", page.title), ("title", page.above)]
    for number, hidden in enumerate(page.hidden):
        parts.append((f"{hidden.where}[{number}]", hidden.text))
    return page_read(
        (fetched,), text=page.text, title=page.title, parts=parts, told=_told(page, fetched)
    )


def _check_no_wall(text: str) -> None:
    if len(text) < _LONGEST_WALL and _WALL.search(text) and _WALL_BUTTON.search(text):
        raise Unreadable("consent_wall")


def _told(page: Page, fetched: Fetched) -> Told:
    return Told(
        published_at=page.data.published_at,
        edited_at=page.data.edited_at,
        sponsor=plain(page.data.sponsor),
        links=whole_links(page.links, fetched.final_url),
    )


def whole_links(found: tuple[PageLink, ...], base: str) -> tuple[Link, ...]:
    """The links that lead somewhere on the web, whole."""
    whole = [(_joined(base, each.href), each) for each in found]
    kept = [
        Link(plain(url), tuple(rel[:40] for rel in each.rel[:10]), plain(each.words)[:200])
        for url, each in whole
        if url.startswith(("http://", "https://")) and len(url) <= _LONGEST_URL
    ]
    return tuple(kept[:MOST_LINKS])


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return ""
