"""Where words make pay depend on a measure of attention: clicks, likes, views, followers, votes.

A field or formula may not name a measure at all. A clause may: it is refused only where it ties
pay to one ("50 € tous les 1 000 vues", "CPC 0,35", "bonus if the post passes 10k views"), and left
alone where it says that pay does not depend on it. Words and classes are in pay_words.yaml.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import re2
import yaml

from campaigns.quality.folding import fold
from campaigns.quality.reckoning import reckoned
from campaigns.quality.thoughts import Token
from campaigns.quality.tying import hanging

HERE = Path(__file__).parent
# Where a thought ends: a sentence, an empty line, a new point of a list.
END = re.compile(rb"[;!?]+|\.+(?=\s|$)|\n\s*\n|\n\s*(?:[-*,]|\d+[.)])\s")
WORD = r"[a-z]+'?|\d[\d.,']*(?: \d{3}\b)*|[^\sa-z0-9]"
# A middle dot between words or beside a fraction; elsewhere it parts the points of a list.
MULTIPLIED = re.compile(
    r"(?<=[\w)])[·⋅∙](?=[\w(])|(?<![\d.,])0[.,]\d+ ?[€$£]? ?[·⋅∙]|[·⋅∙](?= ?[€$£]? ?0[.,]\d)"
)
LONGEST = 2_000  # characters of a thought; each of its words is held against all the others
MANY = 50  # fewer comments or visits may be work; more are a measure
ENDINGS = ("", "s", "e", "i", "a", "o", "n", "en", "es", "er", "ed", "r", "ni", "ne")


@dataclass(frozen=True)
class Tie:
    """A place where pay hangs on a measure; code points of the original, half-open."""

    family: str
    start: int
    end: int


@cache
def vocabulary() -> dict[str, Any]:
    """The closed list of pay, and what is said of each refusal."""
    return _read("pay.yaml")


def measured(text: str) -> Tie | None:
    """The first measure named in a field that says what pay is a function of, as a formula."""
    folded = fold(text, _known())
    for word in _tokens(folded.text.replace(b"_", b" ")):
        if word.family:
            return Tie(word.family, *folded.span(word.start, word.end))
    return None


def ties(text: str) -> Iterator[Tie]:
    """Every tie of pay to a measure in a clause, one a family, in the order they are read."""
    folded, seen = fold(MULTIPLIED.sub(lambda dot: f"{dot[0][:-1]}*", text), _known()), set()
    for start, end in _thoughts(folded.text):
        thought = folded.text[start:end]
        if not _names_a_measure().search(thought):
            continue
        words = _tokens(thought)
        for family, first, last in chain(hanging(words), reckoned(words)):
            if family not in seen:
                seen.add(family)
                yield Tie(family, *folded.span(start + first, start + last))


def _thoughts(text: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    for end, after in chain((cut.span() for cut in END.finditer(text)), [(len(text),) * 2]):
        for piece in range(start, end, LONGEST):
            yield piece, min(piece + LONGEST, end)
        start = after


def _tokens(text: bytes) -> list[Token]:
    """The words of one thought, phrases of the lists as one, each with its classes."""
    found = []
    for match in _words().finditer(text):
        word = match[0].decode("latin-1")
        found.append(Token(word, match.start(), match.end(), *_classes(word)))
    return found


@cache
def _read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load((HERE / name).read_bytes(), yaml.CSafeLoader)
    return loaded


def _lists() -> Iterator[tuple[str, str, list[str]]]:
    """(family or "", class, entries): measures by strength, words of the trade, classes."""
    known = _read("pay_words.yaml")
    for family, by_strength in known["measures"].items():
        for strength, entries in by_strength.items():
            yield family, strength, entries
    for family, entries in known["tokens"].items():
        yield family, "token", entries
    for name, entries in known["classes"].items():
        yield "", name, entries
    yield "", "factor", vocabulary()["formula_words"]


def _spelt(entry: str) -> str:
    """A list's entry as a pattern: `*` stands for letters, `_` for a word."""
    pattern = re.escape(entry.replace("¤", "\xa4"))
    if len(entry) == 1:
        return pattern
    return pattern.replace(r"\*", "[a-z]*").replace(r"\ ", "[ -]+").replace("_", "[a-z0-9]+")


def _any_of(entries: list[str]) -> str:
    return "|".join(map(_spelt, entries))


def _compile(pattern: str) -> Any:
    """The folded text is Latin-1, a byte a character."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.longest_match = True
    options.max_mem = 64 << 20
    return re2.compile(pattern.encode("latin-1"), options)


@cache
def _words() -> Any:
    """The longest of a phrase of the lists, a word, a number and a sign."""
    phrases = [each for _, _, listed in _lists() for each in listed if re.search("[ '-]", each[1:])]
    return _compile(rf"(?:{_any_of(phrases)})\b|{WORD}")


@cache
def _names_a_measure() -> Any:
    entries = [each for family, _, listed in _lists() if family for each in listed]
    return _compile(rf"(?:^|[^a-z])(?:{_any_of(entries)})(?:[^a-z]|$)")


@cache
def _patterns() -> list[tuple[str, str, re.Pattern[str]]]:
    return [(family, name, re.compile(_any_of(entries))) for family, name, entries in _lists()]


def _classes(word: str) -> tuple[str, frozenset[str]]:
    if word[0].isdigit():
        many = word[0] != "0" and int(re.sub(r"\D", "", word)[:9]) >= MANY
        return "", frozenset({"number", "many"} if many else {"number"})
    return _listed(word if word in {"d'", "l'"} else word.rstrip("'") or word)


@lru_cache(maxsize=20_000)
def _listed(word: str) -> tuple[str, frozenset[str]]:
    """The family of the first list of measures that has the word, and all its classes."""
    family, classes = "", set()
    for answers, name, pattern in _patterns():
        if (not answers or not family) and pattern.fullmatch(word):
            family = family or answers
            classes.add(name)
    return family, frozenset(classes)


@cache
def _known() -> frozenset[str]:
    """What a disguised word may be taken for: measures and money, with their usual endings."""
    stems = {
        each.strip("*")
        for family, name, entries in _lists()
        if family or name in {"pay", "currency"}
        for each in entries
        if each.strip("*").isalpha() and each.isascii() and len(each.strip("*")) > 2
    }
    return frozenset(stem + ending for stem in stems for ending in ENDINGS)
