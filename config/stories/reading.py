"""A story as it is told in a file: what people type, and under `expect` what must be answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).with_name("data")
FIRST = "03-ten-pioneer-blogs"  # the one the demonstration begins with


class BadStory(ValueError):
    """What is wrong with a file, in one sentence."""


@dataclass(frozen=True)
class Story:
    """name: the file's, without its ending. told: everything but `expect`."""

    name: str
    told: Mapping[str, Any]
    expect: Mapping[str, Any]

    @property
    def title(self) -> str:
        return str(self.told["title"])

    @property
    def language(self) -> str:
        return str(self.told.get("language", "en"))

    @property
    def currency(self) -> str:
        return str(self.told.get("currency", "EUR"))


def every() -> list[Path]:
    return sorted(DATA.glob("*.yaml"))


def read(path: Path) -> Story:
    """The story of a file. Raises BadStory."""
    try:
        row = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadStory(f"{path}: it can't be read as YAML ({type(error).__name__}).") from error
    if not isinstance(row, dict):
        raise BadStory(f"{path}: it must be a mapping.")
    for name, kind in (("title", str), ("jurisdiction", str), ("brief", dict), ("expect", dict)):
        if not isinstance(row.get(name), kind):
            raise BadStory(f"{path}: `{name}` is missing or not what it should be.")
    return Story(path.stem, {k: v for k, v in row.items() if k != "expect"}, row["expect"])
