"""Where words make pay depend on a measure of attention: clicks, likes, views, followers, votes.

A clause is refused when it ties pay to a measure: "50 € tous les 1 000 vues", "CPC 0,35",
"bonus if the post passes 10k views". It is left alone when it says that pay does not depend on one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import re2
import yaml

from campaigns.quality.folding import fold

CUT = re2.compile(r"[;!?\n()]|[.:,](?:[^\d]|$)| - ")


@dataclass(frozen=True)
class Tie:
    """A place where pay hangs on a measure; code points of the original, half-open."""

    family: str
    start: int
    end: int


def _compile(pattern: str) -> Any:
    """The folded text is Latin-1, a byte a character."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    return re2.compile(pattern.encode("latin-1", "ignore"), options)


@cache
def vocabulary() -> dict[str, Any]:
    path = Path(__file__).with_name("pay.yaml")
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def measured(text: str) -> Tie | None:
    """The first measure named in a field that says what pay is a function of, as a formula."""
    folded = fold(text, _known())
    spaced = folded.text.replace(b"_", b" ")
    for family, pattern in _measures().items():
        found = pattern.search(spaced)
        if found:
            return Tie(family, *folded.span(found.start(1), found.end(1)))
    return None


def ties(text: str) -> Iterator[Tie]:
    """Every tie of pay to a measure in a clause, one a family, in the order of families."""
    folded = fold(text, _known())
    for family, patterns in _clauses().items():
        place = next(filter(None, (_unless_denied(p, folded.text) for p in patterns)), None)
        if place:
            yield Tie(family, *folded.span(*place))


def _unless_denied(pattern: Any, text: bytes) -> tuple[int, int] | None:
    """The first match that no negation of the same clause, close before it, takes back."""
    for match in pattern.finditer(text):
        cuts = [cut.end() for cut in CUT.finditer(text, 0, match.start() + 1)]
        clause = text[max([0, *cuts]) : match.end()]
        if not _denials().search(clause):
            return match.start(), match.end()
    return None


@cache
def _known() -> frozenset[str]:
    words = (
        stem for stems in vocabulary()["measures"].values() for group in stems for stem in group
    )
    return frozenset(word for word in words if word.isalpha() and word.isascii())


@cache
def _measures() -> dict[str, Any]:
    return {family: _compile(rf"(?:^|[^a-z])({_stems(family)})") for family in _families()}


@cache
def _clauses() -> dict[str, list[Any]]:
    return {family: [_compile(shape) for shape in _shapes(family)] for family in _families()}


def _shapes(family: str) -> list[str]:
    known = vocabulary()
    pieces = {
        **known["pieces"],
        "measure": f"(?:[dl]')?(?:{_stems(family)})",
        "pay_words": _alternatives("pay_words"),
    }
    tokens = known["tokens"].get(family)
    alone = [rf"\b(?:{'|'.join(tokens)})\b"] if tokens else []
    return [_spelt(shape, pieces) for shape in known["shapes"]] + alone


def _spelt(shape: str, pieces: dict[str, str]) -> str:
    """The shape with every <name> replaced by its piece, and those within it."""
    return re.sub("<([a-z_]+)>", lambda name: _spelt(pieces[name[1]], pieces), shape)


@cache
def _denials() -> Any:
    return _compile(
        rf"(?:^|[^a-z])(?:{_alternatives('negations')})(?:[^a-z]|$)"
        r"|independ|indipend|independamment|unabhangig|regardless|a prescindere|quel que soit"
    )


def _stems(family: str) -> str:
    stems = [stem for group in vocabulary()["measures"][family] for stem in group]
    return "|".join(
        (re2.escape(s) + r"\b" if len(s) <= 3 else re2.escape(s) + "[a-z]*")
        for s in sorted(stems, key=len, reverse=True)
    )


def _alternatives(name: str) -> str:
    words = [str(word) for word in vocabulary()[name] if str(word).isascii()]
    return "|".join(
        re2.escape(word) for word in sorted(words, key=len, reverse=True) if word.isalpha()
    )


def _families() -> list[str]:
    return list(vocabulary()["measures"])
