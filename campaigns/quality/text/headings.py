"""Paragraphs that list what is not wanted: their heading refuses all that stands under it."""

import re
from functools import cache
from pathlib import Path

import yaml

RULES = Path(__file__).parent.parent / "rules" / "headings.yaml"


def not_wanted(words: str) -> list[tuple[int, int]]:
    """The places of such paragraphs, heading included, half-open in code points."""
    return [found.span() for found in _pattern().finditer(words)]


def heading(language: str) -> str:
    """What Patto writes over such a paragraph, in a language it speaks or else in English."""
    known = _headings()
    first = known.get(language, known["en"])[0]
    return f"{first[0].upper()}{first[1:]}:"


@cache
def _headings() -> dict[str, list[str]]:
    known: dict[str, list[str]] = yaml.safe_load(RULES.read_text(encoding="utf-8"))["not_wanted"]
    return known


@cache
def _pattern() -> re.Pattern[str]:
    said = "|".join(re.escape(each) for group in _headings().values() for each in group)
    apostrophes = said.replace("'", "['’]")
    return re.compile(rf"(?im)^[ \t#*]*(?:{apostrophes})\s*:(?:.*\n?)(?:[^\n]+\n?)*")
