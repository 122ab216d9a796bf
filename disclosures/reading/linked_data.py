"""What a page says of itself to machines: JSON-LD (schema.org) and the meta elements of articles.

Readers see none of it, so no label is read here: only the dates, and who is named as sponsor.
https://schema.org/Article, https://schema.org/sponsor, https://ogp.me/#type_article
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_ARTICLES = frozenset(
    (
        *("Article", "BlogPosting", "NewsArticle", "AdvertiserContentArticle"),
        *("SocialMediaPosting", "Report", "Review", "Recipe", "TechArticle", "WebPage"),
    )
)
_MOST_NODES = 500
_LONGEST_NAME = 120
_FIRST_YEAR, _LAST_YEAR = 1990, 2200  # of the web, as far as a page can be believed


@dataclass(frozen=True, slots=True)
class LinkedData:
    published_at: datetime | None = None
    edited_at: datetime | None = None
    sponsor: str = ""


def read_linked_data(blocks: Iterable[str], meta: dict[str, str]) -> LinkedData:
    """blocks: the JSON-LD scripts of a page; meta: its `property` or `name` → `content`."""
    article = next((node for node in _nodes(blocks) if _is_article(node)), {})
    return LinkedData(
        published_at=moment(article.get("datePublished"))
        or moment(meta.get("article:published_time")),
        edited_at=moment(article.get("dateModified")) or moment(meta.get("article:modified_time")),
        sponsor=_name(article.get("sponsor")) or _name(article.get("funder")),
    )


def moment(written: object) -> datetime | None:
    """An ISO 8601 date or time; one without a zone is taken as UTC.

    None where it can be no post's.
    """
    if not isinstance(written, str):
        return None
    try:
        read = datetime.fromisoformat(written.strip())
        return in_our_time((read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def in_our_time(at: datetime) -> datetime | None:
    return at if _FIRST_YEAR <= at.year < _LAST_YEAR else None


def _nodes(blocks: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The objects of all blocks, outermost first; @graph and lists are opened."""
    waiting: list[Any] = []
    for block in blocks:
        try:
            waiting.append(json.loads(block))
        except (ValueError, RecursionError):
            continue
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node[:_MOST_NODES]
        elif isinstance(node, dict):
            yield node
            waiting += [node[key] for key in ("@graph", "mainEntity") if key in node]


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(kind in _ARTICLES for kind in kinds if isinstance(kind, str))


def _name(who: object) -> str:
    """The name of an organisation or person, which may stand alone, as an object, or in a list."""
    if isinstance(who, list):
        who = who[0] if who else ""
    if isinstance(who, dict):
        who = who.get("name")
    return " ".join(who.split())[:_LONGEST_NAME] if isinstance(who, str) else ""
