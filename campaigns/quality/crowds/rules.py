"""The rules of crowds, their sentences with figures in them, and the finding they make. Pure."""

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from babel.units import format_unit

from campaigns.quality.values import Severity

RULES = Path(__file__).resolve().parent.parent / "rules"
LANGUAGES = ("en", "it", "fr")
SEVERITY: Severity = "review"  # figures show, they never decide: a person looks
Figure = str | int | float | None
Sentences = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """why: the sentence with places for figures. also: one more for each figure that is known."""

    id: str
    family: str
    source: str
    why: Sentences
    alternative: Sentences
    also: Mapping[str, Sentences] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """A rule with its figures. figures: plain values, days and moments as ISO 8601.

    start, end, quote: its place in the text handed in; 0, 0 and "" where it has none.
    members: the numbers of the lines it is about, from 0.
    """

    rule: str
    figures: Mapping[str, Figure]
    start: int = 0
    end: int = 0
    quote: str = ""
    members: tuple[int, ...] = ()

    def as_row(self, reader: str) -> dict[str, Any]:
        """A finding as every check gives them, with its `figures` and `members` beside."""
        rule = rules()[self.rule]
        speaks = reader if reader in LANGUAGES else "en"
        return {
            "rule": rule.id,
            "family": rule.family,
            "severity": SEVERITY,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "why": told(self.rule, self.figures, speaks),
            "alternative": rule.alternative[speaks],
            "source": rule.source,
            "redress": _redress()[speaks],
            "figures": dict(self.figures),
            "members": list(self.members),
        }


def told(rule_id: str, figures: Mapping[str, Figure], language: str) -> str:
    """The rule's sentences with these figures, as `language` (en, it, fr) writes them."""
    rule, words = rules()[rule_id], _Words(language)
    more = [each[language] for name, each in rule.also.items() if figures.get(name) is not None]
    return " ".join(words.vformat(each, (), figures) for each in (rule.why[language], *more))


@cache
def rules() -> Mapping[str, Rule]:
    data = _data()
    return {name: _rule(name, given, data["families"]) for name, given in data["rules"].items()}


@cache
def common_words() -> frozenset[bytes]:
    """Words everybody says, folded: no wording to compare."""
    return frozenset(w.encode() for line in _data()["common"].values() for w in line.split())


def _rule(name: str, given: Mapping[str, Any], families: Mapping[str, Any]) -> Rule:
    family = name.rsplit(".", 1)[0]
    return Rule(
        id=name,
        family=family,
        source=given.get("source", families[family]["source"]),
        why=given["why"],
        alternative=families[family]["alternative"],
        also=given.get("also", {}),
    )


@cache
def _data() -> Any:
    return yaml.load((RULES / "crowds.yaml").read_bytes(), yaml.CSafeLoader)


@cache
def _redress() -> Sentences:
    text = yaml.load((RULES / "families.yaml").read_bytes(), yaml.CSafeLoader)
    redress: Sentences = text["redress"]
    return redress


class _Words(string.Formatter):
    """Writes a figure as a language does, by the letter after the colon (see crowds.yaml)."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, spec: str) -> str:
        match spec:
            case "n":
                return format_decimal(value, "#,##0", self.language)
            case "x":
                return format_decimal(value, "#,##0.#", self.language)
            case "p":
                share = format_decimal(value / 100, "#,##0.##", self.language)
                return f"{share}%" if self.language == "en" else f"{share}\N{NO-BREAK SPACE}%"
            case "d":
                return format_date(date.fromisoformat(value), "d MMMM y", locale=self.language)
            case "m":
                at = datetime.fromisoformat(value)
                return format_datetime(at, "d MMMM y, HH:mm", locale=self.language)
            case "t":
                return _time(value, self.language)
        return str(value)


def _time(minutes: int, language: str) -> str:
    """Minutes, hours or days, whichever a person would say."""
    for unit, size in (("day", 1440), ("hour", 60)):
        if minutes >= 2 * size:
            return format_unit(round(minutes / size), unit, locale=language)
    return format_unit(max(minutes, 1), "minute", locale=language)
