"""A passage cut into words, hashtags and mentions, each knowing what stands before it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Sequence
from enum import IntEnum
from typing import NamedTuple, overload

from disclosures.reading.folding import Folded, fold

_TOKEN = re.compile(r"\w+|#\w+|@\w+(?:\.\w+)*")
_SPACE_OR_QUOTE = set(" \t\u2028\"“”„«»'")
_WITHIN_A_CLAUSE = set("&+%€$£_")
_LONGEST_CLAUSE = 40
_SPELT = 5  # that many single letters, one apart, are a word spelt out
_SPELT_OUT = re.compile(rf"(?<![\w#@])[^\W_](?:\W[^\W_]){{{_SPELT - 1},}}(?!\w)")


class Gap(IntEnum):
    """What separates a token from the one before it."""

    NONE = 0  # only space or quotes
    GLUE = 1  # a bare hyphen or apostrophe: one word made of two
    COMMA = 2
    HARD = 3  # the end of a clause: stop, bar, dash, bracket, line, picture


class Token(NamedTuple):
    text: str
    start: int
    end: int
    kind: str  # "word", "#" or "@"
    gap: Gap
    asked: bool = False  # a question mark stands in the gap before it


class Tokens(Sequence[Token]):
    """The words of a text. Most are only counted; a token is made when somebody looks at it."""

    def __init__(self, text: str) -> None:
        self._text = text
        found = list(_TOKEN.finditer(text))
        self.spans = [match.span() for match in found]
        if "_" in text:
            self.spans = [bare for span in self.spans if (bare := _without_bars(text, *span))]
        self.texts = [text[start:end] for start, end in self.spans]
        if self._has_single_letters():
            for run in _SPELT_OUT.finditer(text):
                self._join(run)
        self.marked = [i for i, word in enumerate(self.texts) if word[0] in "#@"]
        for index in self.marked:
            self.texts[index] = self.texts[index].lstrip("#@")
        self.hashtags = [i for i in self.marked if text[self.spans[i][0]] == "#"]

    def __len__(self) -> int:
        return len(self.spans)

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> list[Token]: ...
    def __getitem__(self, index: int | slice) -> Token | list[Token]:
        if isinstance(index, slice):
            return [self._made(i) for i in range(*index.indices(len(self.spans)))]
        return self._made(index if index >= 0 else index + len(self.spans))

    def kind(self, index: int) -> str:
        mark = self._text[self.spans[index][0]]
        return mark if mark in "#@" else "word"

    def gap(self, index: int) -> Gap:
        return _gap(self._before(index)) if index else Gap.HARD

    def _made(self, index: int) -> Token:
        start, end = self.spans[index]
        asked = "?" in self._before(index)
        return Token(self.texts[index], start, end, self.kind(index), self.gap(index), asked)

    def _before(self, index: int) -> str:
        return self._text[self.spans[index - 1][1] : self.spans[index][0]] if index else ""

    def _has_single_letters(self) -> bool:
        """Enough of them in a row to be a word spelt out."""
        single = [i for i, text in enumerate(self.texts) if len(text) == 1]
        return any(b - a == _SPELT - 1 for a, b in zip(single, single[_SPELT - 1 :], strict=False))

    def _join(self, run: re.Match[str]) -> None:
        """`P U B B L I C I T A` reads as one word; so it is one token here."""
        first = bisect_left(self.spans, (run.start(), 0))
        last = bisect_left(self.spans, (run.end(), 0))
        word = "".join(c for c in run[0] if c.isalnum())
        self.spans[first:last] = [run.span()]
        self.texts[first:last] = [word]


class Passage:
    """One text of a post, ready to be searched. Offsets of tokens are those of the folded text."""

    def __init__(self, raw: str) -> None:
        self.folded: Folded = fold(raw)
        self.tokens = Tokens(self.folded.text)
        tail = self.folded.text[self.tokens.spans[-1][1] :] if self.tokens.spans else ""
        self.ends_asking = "?" in tail

    def where(self, vocabulary: Container[str]) -> list[int]:
        """The tokens that are one of these words, and all hashtags; in order."""
        spoken = {i for i, word in enumerate(self.tokens.texts) if word in vocabulary}
        return sorted(spoken.union(self.tokens.hashtags))

    @property
    def raw(self) -> str:
        return self.folded.raw

    def gap_after(self, index: int) -> Gap:
        return self.tokens.gap(index + 1) if index + 1 < len(self.tokens) else Gap.HARD

    def asked_after(self, index: int) -> bool:
        following = index + 1
        return self.tokens[following].asked if following < len(self.tokens) else self.ends_asking

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The original span of tokens first..last, with an apostrophe typed for an accent."""
        start, end = self.tokens[first].start, self.tokens[last].end
        if self.folded.text[end : end + 1] == "'" and self.gap_after(last) != Gap.GLUE:
            end += 1
        return self.folded.span(start, end)

    def hashtag_rank(self, index: int) -> int:
        return bisect_right(self.tokens.hashtags, index)

    def clause_start(self, index: int, breaks_at: Gap) -> int:
        """The first token of the clause of a token; a hostile clause has no beginning."""
        earliest = max(0, index - _LONGEST_CLAUSE)
        while index > earliest and self.tokens.gap(index) < breaks_at:
            index -= 1
        return index


def _without_bars(text: str, start: int, end: int) -> tuple[int, int] | None:
    """`_pubblicità_` is the word between its underscores; a hashtag or a handle keeps them."""
    if text[start] in "#@":
        return start, end
    while start < end and text[start] == "_":
        start += 1
    while end > start and text[end - 1] == "_":
        end -= 1
    return (start, end) if start < end else None


def _gap(between: str) -> Gap:
    if between == " ":
        return Gap.NONE
    if between in ("-", "'", "\u2010", "\u2011"):
        return Gap.GLUE
    rest = [c for c in between if c not in _SPACE_OR_QUOTE and c not in _WITHIN_A_CLAUSE]
    if not rest:
        return Gap.NONE
    return Gap.COMMA if set(rest) == {","} else Gap.HARD
