"""Where words make pay depend on a measure of attention: clicks, likes, views, followers, votes.

A clause is refused when it ties pay to a measure: "50 € tous les 1 000 vues", "CPC 0,35",
"bonus if the post passes 10k views". It is left alone when it says that pay does not depend on one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import re2
import yaml

from campaigns.quality.folding import fold

NUMBER = r"(?:\d[\d.,' \xa0]*(?:k|m|mila|mil|tausend|thousand)?\b|mille|mil|tausend|thousand|cento|cent|cien|hundert)"
CURRENCY = r"(?:eur(?:os?)?|\xa4|\$|\xa3|usd|gbp|chf|cent(?:s|imes?|esimi|esimo|avos)?|dollars?|pounds?|sterline?)"
FILLER = r"(?:[a-z0-9']+[ ]+){0,%d}"
EACH = (
    r"(?:per|pro|par|por|for|fur|pour|each|every|ogni|ciascun[oa]?|a|al|alla|la|le|chaque|tous les|"
    r"toutes les|cada|todos los|jede[rsn]?|je|x|\*|/)"
)
REACH = (
    r"(?:reach\w*|hit[s]?|pass\w*|exceed\w*|over|above|beyond|get[s]?|raggiung\w*|super\w*|oltre|"
    r"atteint|atteign\w*|depass\w*|au-dela|alcan[cz]\w*|rebas\w*|erreich\w*|ubersteig\w*|uber|ab|"
    r"more than|at least|piu di|almeno|plus de|au moins|mas de|al menos|mehr als|mindestens)"
)
LINK = (
    r"(?:based on|according to|in proportion|proportional\w*|proporzional\w*|proportionn\w*|"
    r"depend\w*|dipend\w*|linked to|tied to|legat\w*|lie[es]* a\w*|selon|en fonction|secondo|"
    r"in base a\w*|in funzione|segun|en funcion|nach|abhangig|basier\w*|calcul\w*|calcol\w*|"
    r"berechn\w*|indexe\w*|indicizzat\w*|share of|quota|part de|anteil)"
)
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
    words = (stem for stems in vocabulary()["measures"].values() for group in stems for stem in group)
    return frozenset(word for word in words if word.isalpha() and word.isascii())


@cache
def _measures() -> dict[str, Any]:
    return {
        family: _compile(rf"(?:^|[^a-z])({_stems(family)})") for family in _families()
    }


@cache
def _clauses() -> dict[str, list[Any]]:
    return {family: [_compile(shape) for shape in _shapes(family)] for family in _families()}


def _shapes(family: str) -> list[str]:
    measure = rf"(?:{_stems(family)})"
    pay = rf"(?:\b(?:{_alternatives('pay_words')})[a-z]*|[\xa4$\xa3]|\d ?%)"
    amount = rf"(?:{NUMBER} ?{CURRENCY}|{CURRENCY} ?{NUMBER})"
    near = FILLER % 3
    return [
        rf"{amount}[ ]*(?:{EACH}|=|:)?[ ]+(?:{EACH}[ ]+)?(?:{NUMBER}[ ]*)?{near}\b{measure}",
        rf"{amount}[ ]*/[ ]*(?:{NUMBER}[ ]*)?\b{measure}",
        rf"{NUMBER}[ ]*\b{measure}[ ]*(?:=|:|->|/|>)?[ ]*(?:[a-z]+[ ]+){{0,4}}{amount}",
        rf"{pay}[^.;!?\n]{{0,80}}\b(?:each|every|per|pro|par|por|ogni|chaque|tous les|toutes les|cada|jede[rsn]?|je)[ ]+(?:{NUMBER}[ ]*)?(?:[a-z']+[ ]+)?\b{measure}",
        rf"{pay}[^.;!?\n]{{0,80}}\b{REACH}[ ]+(?:[a-z']+[ ]+){{0,3}}{NUMBER}[ ]*(?:[a-z']+[ ]+){{0,2}}\b{measure}",
        rf"\b{REACH}[ ]+(?:[a-z']+[ ]+){{0,3}}{NUMBER}[ ]*(?:[a-z']+[ ]+){{0,2}}\b{measure}[^.;!?\n]{{0,60}}{pay}",
        rf"{pay}[^.;!?\n]{{0,60}}\b{LINK}[ ]+{FILLER % 5}\b{measure}",
        rf"\b(?:bonus|premi[oae]?|prime|pramie|bono|kicker|extra|incentiv\w*)[ ]+{near}\b{measure}",
        rf"\b{measure}[ -]+(?:based[ ]+)?(?:bonus|prime|premio|pramie|bono|pay|fee|rate)\b",
        rf"\b(?:more|piu|plus|mas|mehr)[ ]+\b{measure}[^.;!?\n]{{0,20}}(?:more|piu|plus|mas|mehr)[^.;!?\n]{{0,20}}{pay}",
        *(
            [r"\b(?:cpc|ppc|pay per click|cost per click)\b"]
            if family == "pay.per_click"
            else [r"\b(?:cpm|cpa|cpe|cpv|cpl|cpi)\b"]
            if family == "pay.per_action"
            else []
        ),
    ]


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
    return "|".join(re2.escape(word) for word in sorted(words, key=len, reverse=True) if word.isalpha())


def _families() -> list[str]:
    return list(vocabulary()["measures"])
