"""What is said to a person for each reason, and where the reason comes from."""

from functools import cache
from pathlib import Path

import yaml

LANGUAGES = ("en", "it", "fr")


@cache
def reasons() -> dict[str, dict[str, str]]:
    """By reason code: `source`, and one sentence in each of LANGUAGES."""
    with (Path(__file__).parent / "reasons.yaml").open(encoding="utf-8") as file:
        return dict(yaml.safe_load(file))


def sentence(reason: str, language: str) -> str:
    """In English where there is none in that language. Raises KeyError for an unknown reason."""
    said = reasons()[reason]
    return said.get(language[:2], said["en"])
