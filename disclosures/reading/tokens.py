"""A passage cut into words, hashtags and mentions, each knowing what stands before it."""

import re
from enum import IntEnum
from itertools import accumulate
from typing import NamedTuple

from disclosures.reading.folding import Folded, fold

_TOKEN = re.compile(r"@\w+(?:\.\w+)*|#\w+|[^\W_](?:\w*[^\W_])?")
_SPACE_OR_QUOTE = set(" \t\u2028\"“”„«»'")
_WITHIN_A_CLAUSE = set("&+%€$£_")
_LONGEST_CLAUSE = 40
_SPELT_OUT = 5  # that many single letters in a row are one word spelt out


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


class Passage:
    """One text of a post, ready to be searched. Offsets of tokens are those of the folded text."""

    def __init__(self, raw: str) -> None:
        self.folded: Folded = fold(raw)
        self.tokens: list[Token] = _spelt_out_joined(_cut(self.folded.text))
        tail = self.folded.text[self.tokens[-1].end :] if self.tokens else ""
        self.ends_asking = "?" in tail
        self._hashtags = list(accumulate(t.kind == "#" for t in self.tokens))

    @property
    def raw(self) -> str:
        return self.folded.raw

    def gap_after(self, index: int) -> Gap:
        return self.tokens[index + 1].gap if index + 1 < len(self.tokens) else Gap.HARD

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
        return int(self._hashtags[index])

    def clause_start(self, index: int, breaks_at: Gap) -> int:
        """The first token of the clause of a token; a hostile clause has no beginning."""
        earliest = max(0, index - _LONGEST_CLAUSE)
        while index > earliest and self.tokens[index].gap < breaks_at:
            index -= 1
        return index


def _cut(text: str) -> list[Token]:
    tokens: list[Token] = []
    previous_end = 0
    for match in _TOKEN.finditer(text):
        between = text[previous_end : match.start()]
        word = match.group()
        kind = word[0] if word[0] in "#@" else "word"
        gap = Gap.HARD if not tokens else _gap(between)
        tokens.append(
            Token(word.lstrip("#@"), match.start(), match.end(), kind, gap, "?" in between)
        )
        previous_end = match.end()
    return tokens


def _gap(between: str) -> Gap:
    if between == " ":
        return Gap.NONE
    if between in ("-", "'", "\u2010", "\u2011"):
        return Gap.GLUE
    rest = [c for c in between if c not in _SPACE_OR_QUOTE and c not in _WITHIN_A_CLAUSE]
    if not rest:
        return Gap.NONE
    return Gap.COMMA if set(rest) == {","} else Gap.HARD


def _spelt_out_joined(tokens: list[Token]) -> list[Token]:
    """`P U B B L I C I T A` reads as one word; so it is one token here."""
    if sum(1 for t in tokens if t.end - t.start == 1) < _SPELT_OUT:
        return tokens
    joined: list[Token] = []
    run: list[Token] = []
    for token in [*tokens, None]:
        single = token is not None and token.kind == "word" and len(token.text) == 1
        if single and token is not None and (not run or token.start - run[-1].end <= 1):
            run.append(token)
            continue
        joined.extend(_one_word(run))
        run = [token] if single and token is not None else []
        if token is not None and not single:
            joined.append(token)
    return joined


def _one_word(run: list[Token]) -> list[Token]:
    if len(run) < _SPELT_OUT:
        return run
    word = "".join(t.text for t in run)
    return [Token(word, run[0].start, run[-1].end, "word", run[0].gap, run[0].asked)]
