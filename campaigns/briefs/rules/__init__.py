"""What makes an answer of the brief unclear, and the hourly floor a jurisdiction sets. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

QUESTIONS = ("to_whom", "what", "why", "how", "not_wanted", "if_it_goes_wrong")
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Unclear:
    """A question asked back. reason: empty, circular (repeats another answer), only_numbers."""

    question: str
    reason: str


@dataclass(frozen=True)
class Floor:
    """The least an hour may come to, gross, in minor units of `currency`."""

    hourly_minor: int
    currency: str
    source: str
    verified: bool


def unclear(answers: Mapping[str, str]) -> list[Unclear]:
    """The questions to ask back, in the order of the brief; one reason each."""
    found = []
    words = {name: _words(answers.get(name, "")) for name in QUESTIONS}
    for position, name in enumerate(QUESTIONS):
        if not words[name]:
            found.append(Unclear(name, "empty"))
        elif any(words[name] == words[other] for other in QUESTIONS[:position]):
            found.append(Unclear(name, "circular"))
        elif any(set(words[name]) <= counting for counting in _only_numbers()):
            found.append(Unclear(name, "only_numbers"))
    return found


def floor_for(jurisdictions: Iterable[str], currency: str, on: date) -> Floor | None:
    """The highest statutory floor of these jurisdictions in this currency, if any has a source."""
    rows = [
        row
        for row in _yaml("floors.yaml")["floors"]
        if row["jurisdiction"] in set(jurisdictions)
        and row["currency"] == currency
        and row["valid_from"] <= on
    ]
    if not rows:
        return None
    row = max(rows, key=lambda each: each["hourly_minor"])
    return Floor(row["hourly_minor"], currency, row["source"], row["verified"])


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))


@cache
def _only_numbers() -> list[frozenset[str]]:
    return [frozenset(words) for words in _yaml("clarity.yaml")["only_numbers"]]


@cache
def _yaml(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))
    return loaded
