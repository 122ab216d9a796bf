"""What is said to a person for each reason, and where the reason comes from. Read from a file."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

LANGUAGES = ("en", "it", "fr")
OTHER = "click.other"  # stands for a code these rules do not know


@dataclass(frozen=True, slots=True)
class Reason:
    """title: some 24 letters. why: one sentence. Both in one of LANGUAGES."""

    code: str
    title: str
    why: str
    source: str


def reason(code: str, language: str) -> Reason:
    """In English where there are no words in that language; unknown codes have words as well."""
    known = _reasons(language[:2] if language[:2] in LANGUAGES else "en")
    said = known.get(code, known[OTHER])
    return Reason(code, said.title, said.why, said.source)


def codes() -> frozenset[str]:
    """Every code that has words of its own."""
    return frozenset(_reasons("en")) - {OTHER}


@cache
def _reasons(language: str) -> dict[str, Reason]:
    with (Path(__file__).parent / "reasons.yaml").open(encoding="utf-8") as file:
        said = yaml.safe_load(file)
    return {
        code: Reason(code, each["title"][language], each["why"][language], each["source"])
        for code, each in said.items()
    }
