"""What changed between two texts, word by word: the picture everybody decides on."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"[\r\n]\s*|[^\S\r\n]+|\w+[^\S\r\n]*|[^\w\s][^\S\r\n]*")

# Pairs of equal words the matcher may have to look at. Beyond it (a text that repeats one word
# thousands of times) the changed middle is shown as removed and added, in linear time.
MOST_PAIRS = 1_000_000


class Kind(StrEnum):
    """What became of some words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Span:
    """Words that share one fate, with the spaces that follow them."""

    kind: Kind
    text: str


def word_diff(old: str, new: str) -> list[Span]:
    """Spans in reading order, what was removed before what was added in its place.

    SAME and REMOVED joined give `old` back to the letter, SAME and ADDED give `new`.
    """
    return _joined(_spans(_WORDS.findall(old), _WORDS.findall(new)))


def _spans(old: list[str], new: list[str]) -> Iterator[Span]:
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    yield Span(Kind.SAME, "".join(old[:head]))
    yield from _middle(old[head : len(old) - tail], new[head : len(new) - tail])
    yield Span(Kind.SAME, "".join(old[len(old) - tail :]))


def _middle(old: list[str], new: list[str]) -> Iterator[Span]:
    if _pairs(old, new) > MOST_PAIRS:
        yield Span(Kind.REMOVED, "".join(old))
        yield Span(Kind.ADDED, "".join(new))
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            yield Span(Kind.SAME, "".join(old[i:j]))
        else:
            yield Span(Kind.REMOVED, "".join(old[i:j]))
            yield Span(Kind.ADDED, "".join(new[k:m]))


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words two texts share from the start."""
    for count, (a, b) in enumerate(zip(old, new, strict=False)):
        if a != b:
            return count
    return min(len(old), len(new))


def _pairs(old: list[str], new: list[str]) -> int:
    there = Counter(new)
    return sum(count * there[word] for word, count in Counter(old).items())


def _joined(spans: Iterator[Span]) -> list[Span]:
    """Neighbours of one kind made one, empty ones left out."""
    joined: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if joined and joined[-1].kind is span.kind:
            joined[-1] = Span(span.kind, joined[-1].text + span.text)
        else:
            joined.append(span)
    return joined
