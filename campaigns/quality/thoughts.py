"""The words of one thought in a clause about pay, and the money among them. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

CUTS = frozenset(",:()")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or phrase of a thought. family: of the measure it names, else empty."""

    text: str
    start: int
    end: int
    family: str
    classes: frozenset[str]

    def __contains__(self, name: str) -> bool:
        return name in self.classes


Words: TypeAlias = list[Token]
Span: TypeAlias = tuple[int, int]  # the first and last word of a tie


def settled(words: Words) -> Iterator[Token]:
    """`cent vues` and `deux cents vues` count; `2 cents` pays."""
    for i, word in enumerate(words):
        if {"number", "currency"} <= word.classes:
            then = words[i + 1 : i + 3]
            counted = bool(then) and (
                then[0].family
                or "currency" in then[0]
                or ("between" in then[0] and any(each.family for each in then))
            )
            other = {"currency"} if counted else {"number", "many"}
            yield replace(word, classes=word.classes - other)
        else:
            yield word


def is_money(word: Token) -> bool:
    return not {"pay", "bonus", "currency"}.isdisjoint(word.classes)


def money_at(words: Words, i: int) -> bool:
    return 0 <= i < len(words) and (is_money(words[i]) or amount_at(words, i))


def amount_at(words: Words, i: int) -> bool:
    """Whether a sum of money ends here: 50 €, €50, fifty euros."""
    if i < 0:
        return False
    if "currency" in words[i]:
        return i > 0 and "number" in words[i - 1]
    return "number" in words[i] and i > 0 and "currency" in words[i - 1]


def nearest_amount(words: Words, near: int, start: int = 0, end: int | None = None) -> int | None:
    """The closest sum of money within [start, end)."""
    places = range(start, len(words) if end is None else end)
    found = [i for i in places if "currency" in words[i] and _beside_a_number(words, i)]
    return min(found, key=lambda i: abs(i - near), default=None)


def _beside_a_number(words: Words, i: int) -> bool:
    return any(0 <= j < len(words) and "number" in words[j] for j in (i - 1, i + 1))


def nearest_money(words: Words, near: int) -> int | None:
    """The closest word that carries pay, anywhere in the thought."""
    found = [i for i, word in enumerate(words) if is_money(word) and not word.family]
    return min(found, key=lambda i: abs(i - near), default=None)


def close_money(words: Words, head: int, at: int) -> int | None:
    """Money right before the rate or right after the measure."""
    left = range(head - 1, max(-1, head - 4), -1)
    for i in chain(left, range(at + 1, min(at + 5, len(words)))):
        if words[i].text in CUTS and i > at:
            return None
        if is_money(words[i]) and i != head:
            return i
    return None


def bare(words: Words, i: int) -> int | None:
    """`0.05 per view`: a fraction before the rate is money even without its currency."""
    text = words[i].text
    return i if len(text) > 2 and text[0].isdigit() and text[1] in ".," else None


def follows(words: Words, at: int) -> int | None:
    """A sum soon after: `1,000 views: 50 €`."""
    for i in range(at + 1, min(at + 6, len(words))):
        if "and" in words[i] or words[i].text in ",()":
            return None
        if amount_at(words, i):
            return i
    return None


def whole_sums(words: Words, first: int, last: int) -> Span:
    """The span with the other half of a sum it begins or ends in: `50` of `50 €`."""
    parts = {"number", "currency"}
    while (
        first
        and parts & words[first - 1].classes
        and (words[first].family or parts & words[first].classes)
    ):
        first -= 1
    if last + 1 < len(words) and parts & words[last].classes and parts & words[last + 1].classes:
        last += 1
    return first, last


def around(money: int | None, first: int, last: int) -> Span | None:
    return None if money is None else (min(money, first), max(money, last))
