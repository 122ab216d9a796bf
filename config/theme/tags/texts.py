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
def diff_line(old: str, new: str) -> SafeString:
    """The same without paragraphs, for a clause or a cell."""
    pieces = map(_changed, word_diff(old, new))
    return mark_safe("".join(_without_edges(text, wrap) for text, wrap in pieces))


@register.simple_tag
def marked(text: str, findings: Iterable[Any]) -> SafeString:
    """`text` as paragraphs, the words of finding n marked and linked to #f<n>, counted from 1.

    findings have `start` and `end`, code points into `text`; where two overlap the first wins.
    """
    places = [(value_of(finding, "start"), value_of(finding, "end")) for finding in findings]
    edges = {min(max(edge, 0), len(text)) for place in places for edge in place}
    cuts = pairwise(sorted(edges | {0, len(text)}))
    return _in_paragraphs((text[start:end], _mark(places, start, end)) for start, end in cuts)


def _changed(span: Span) -> tuple[str, Wrap]:
    if span.kind is Kind.SAME:
        return span.text, conditional_escape
    return span.text, partial(_element, "ins" if span.kind is Kind.ADDED else "del")


def _element(name: str, text: str) -> SafeString:
    return format_html("<{0}>{1}</{0}>", name, text)


def _mark(places: list[tuple[int, int]], start: int, end: int) -> Wrap:
    for number, (first, last) in enumerate(places, start=1):
        if first <= start and end <= last:
            return partial(_marked, number)
    return conditional_escape


def _marked(number: int, text: str) -> SafeString:
    mark = '<mark><a href="#f{0}">{1}<sup>{0}</sup></a></mark>'
    return format_html(mark, number, text)


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
