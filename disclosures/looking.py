"""From an address to what its page says: fetch, read, judge. Touches no database.

A page that was not read whole is never judged: its verdict is not_verifiable, with the reason,
because half a page would accuse its writer wrongly.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from disclosures.channels import read_post
from disclosures.channels.values import Edit
from disclosures.channels.values import PageRead as PageRead
from disclosures.channels.values import Unreadable as Unreadable
from disclosures.reading import judge
from disclosures.rules import jurisdictions
from disclosures.values import SEEN_FIRST, Case, Context, Relationship, VerdictCode

NOT_VERIFIABLE = "not_verifiable"
MACHINE_READ = "machine_read"


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


def fetch_page(post: Post, known: PageRead | None = None) -> PageRead:
    """The post as it is now, its earlier versions judged. Blocks on the network.

    known: an earlier reading; it is given back where its site says that nothing has changed.
    Raises Unreadable.
    """
    page = read_post(post.url, post.platform, known)
    if page is known or not page.told.edits:
        return page
    edits = tuple(_edit_judged(post, page, edit) for edit in page.told.edits)
    return replace(page, told=replace(page.told, edits=edits))


def judge_page(post: Post, page: PageRead) -> list[Found]:
    """One finding for each jurisdiction of the post."""
    judged = replace(post, format=page.format or post.format)
    found = judge_words(judged, page.text, _context(page), MACHINE_READ)
    return [_if_read(each, page.unread) for each in found]


def _if_read(found: Found, unread: str) -> Found:
    """What stands in a part that was not read could be the label: only a sufficient one is told."""
    if not unread or found.verdict == VerdictCode.SUFFICIENT:
        return found
    return Found(found.jurisdiction, NOT_VERIFIABLE, NOT_VERIFIABLE, reason=unread)


def not_verifiable(post: Post, reason: str) -> list[Found]:
    return [
        Found(code, NOT_VERIFIABLE, NOT_VERIFIABLE, reason=reason) for code in post.jurisdictions
    ]


def judge_words(post: Post, text: str, context: Context, proof_level: str) -> list[Found]:
    """One finding for each jurisdiction of the post, of words known in this way."""
    return [_judged(post, text, context, code, proof_level) for code in post.jurisdictions]


def _judged(post: Post, text: str, context: Context, jurisdiction: str, proof_level: str) -> Found:
    if jurisdiction not in jurisdictions():
        return Found(jurisdiction, NOT_VERIFIABLE, NOT_VERIFIABLE, reason="no_rules")
    verdict = judge(_case(post, text, context, jurisdiction))
    quoted = verdict.code != VerdictCode.MISSING
    return Found(
        jurisdiction=jurisdiction,
        verdict=verdict.code,
        proof_level=proof_level,
        conformity=verdict.conformity,
        rule=verdict.rule,
        source=verdict.source[:200],
        verified=verdict.verified,
        place=(verdict.place or "") if quoted else "",
        start=verdict.start if quoted else None,
        end=verdict.end if quoted else None,
    )


def _edit_judged(post: Post, page: PageRead, edit: Edit) -> Edit:
    """What would have been said of the post while these words stood."""
    parts = {"title": edit.title} if edit.title else {}
    is_folded = bool(edit.title and edit.text)
    earlier = replace(page, text=edit.text, parts=parts, is_folded=is_folded)
    found = judge_page(post, earlier)
    return replace(edit, verdicts={each.jurisdiction: each.verdict for each in found})


def _context(page: PageRead) -> Context:
    aside = tuple((place, words) for place, words in page.parts.items() if place not in SEEN_FIRST)
    return Context(
        title=page.parts.get("title"),
        platform_label=page.parts.get("platform_label"),
        field="collapsed" if page.is_folded else None,
        aside=aside,
    )


def _case(post: Post, text: str, context: Context, jurisdiction: str) -> Case:
    return Case(
        jurisdiction=jurisdiction,
        content_language=post.language,
        platform=post.platform,
        format=post.format,
        relationship=Relationship(post.relationship),
        published=post.published_on,
        brand=post.brand_name,
        text=text,
        context=context,
    )
