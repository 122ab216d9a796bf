"""Agreed text on the page: its paragraphs, what changed in it, and the words a rule stops."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise
from typing import Any

from django.template import Library
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from config.theme.diff import Kind, Span, word_diff
from config.theme.reading import value_of

register = Library()

Wrap = Callable[[str], SafeString]


@register.filter
def paragraphs(text: str) -> SafeString:
    """Plain text as paragraphs, one a line."""
    return _in_paragraphs([(text, conditional_escape)])


@register.simple_tag
def diff(old: str, new: str) -> SafeString:
    """`new` as paragraphs: <ins> holds what was added since `old`, <del> what was removed."""
    return _in_paragraphs(map(_changed, word_diff(old, new)))


@register.simple_tag
def changed(spans: Iterable[Span]) -> SafeString:
    """One side of a diff as paragraphs, from its spans (config.theme.diff)."""
    return _in_paragraphs(map(_changed, spans))


@register.simple_tag
def diff_line(old: str, new: str) -> SafeString:
    """The same without paragraphs, for a clause or a cell."""
    pieces = map(_changed, word_diff(old, new))
    return mark_safe("".join(_without_edges(text, wrap) for text, wrap in pieces))


@register.simple_tag
def marked(text: str, findings: Iterable[Any]) -> SafeString:
    """`text` as paragraphs, the words of finding n marked and linked to #f<n>, counted from 1.

    findings have `start` and `end`, code points into `text`, and may have a `quote`, without which
    the place is not theirs, and a `number` of their own. The first mark of finding n is #q<n>.
    Where findings overlap the shortest is linked, and each number stands where its words end.
    A finding with `anchored` False has its anchor in another text of the page.
    """
    given = list(findings)
    known = [place for n, each in enumerate(given, 1) if (place := _place(text, each, n))]
    places = _joined(known)
    edges = {edge for place in places for edge in place[1:]}
    cuts = pairwise(sorted(edges | {0, len(text)}))
    begun = {value_of(each, "number") for each in given if value_of(each, "anchored") is False}
    begun -= {value_of(each, "number") for each in given if value_of(each, "anchored")}
    return _in_paragraphs(
        (text[start:end], _mark(places, start, end, begun)) for start, end in cuts
    )


Place = tuple[int, int, int]  # the finding's number, start, end


def _joined(places: Iterable[Place]) -> list[Place]:
    """Places of one number that touch or overlap are one."""
    joined: list[Place] = []
    for number, start, end in sorted(places):
        last = joined[-1] if joined else None
        if last and last[0] == number and start <= last[2]:
            joined[-1] = number, last[1], max(last[2], end)
        else:
            joined.append((number, start, end))
    return joined


def _place(text: str, finding: Any, nth: int) -> Place | None:
    start, end = (min(max(value_of(finding, each), 0), len(text)) for each in ("start", "end"))
    quote = value_of(finding, "quote")
    if start >= end or (quote is not None and text[start:end] != quote):
        return None
    return value_of(finding, "number") or nth, start, end


def _changed(span: Span) -> tuple[str, Wrap]:
    if span.kind is Kind.SAME:
        return span.text, conditional_escape
    return span.text, partial(_element, "ins" if span.kind is Kind.ADDED else "del")


def _element(name: str, text: str) -> SafeString:
    return format_html("<{0}>{1}</{0}>", name, text)


def _mark(places: list[Place], start: int, end: int, begun: set[int]) -> Wrap:
    """begun: the findings that have their anchor already."""
    here = [place for place in places if place[1] <= start and end <= place[2]]
    if not here:
        return conditional_escape
    linked = min(here, key=lambda place: (place[2] - place[1], place[0]))[0]
    ending = [number for number, _, last in here if last == end]
    starting = [number for number, first, _ in here if first == start]
    return partial(_marked, linked, ending, starting, begun)


def _marked(
    linked: int, ending: list[int], starting: list[int], begun: set[int], text: str
) -> SafeString:
    anchors = [number for number in starting if number not in begun]
    begun.update(anchors)
    first = format_html(' id="q{}"', linked) if linked in anchors else ""
    others = format_html_join("", '<span id="q{}"></span>', ((n,) for n in anchors if n != linked))
    own = format_html("<sup>{}</sup>", linked) if linked in ending else ""
    more = format_html_join(
        "", '<sup><a href="#f{0}">{0}</a></sup>', ((n,) for n in ending if n != linked)
    )
    mark = '{}<mark><a href="#f{}"{}>{}{}</a>{}</mark>'
    return format_html(mark, others, linked, first, text, own, more)


def _in_paragraphs(pieces: Iterable[tuple[str, Wrap]]) -> SafeString:
    """Pieces of one running text, each in its own wrapping, cut where a line ends."""
    lines: list[list[SafeString]] = [[]]
    for text, wrap in pieces:
        for nth, part in enumerate(text.split("\n")):
            if nth:
                lines.append([])
            if part:
                lines[-1].append(_without_edges(part, wrap))
    written = (mark_safe("".join(line).strip()) for line in lines)
    return format_html_join("\n", "<p>{}</p>", ((line,) for line in written if line))


def _without_edges(text: str, wrap: Wrap) -> SafeString:
    """The wrapping stops at the words: spaces around them are neither underlined nor struck."""
    words = text.strip()
    if not words:
        return mark_safe(" ")
    before, after = (" " if edge else "" for edge in text.split(words, 1))
    return mark_safe(before + wrap(words) + after)
