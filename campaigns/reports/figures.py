"""A number of a report never stands alone: it says where it is from, when it was read, and how.

What nobody measured is the string "not measured"; zero is never its stand-in. What would show
one person's pay is "withheld".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

NOT_MEASURED = "not measured"
WITHHELD = "withheld"
COUNT = "count"
BPS = "bps"
PARTS = frozenset({"value", "unit", "source", "at", "method"})

Figure = dict[str, Any] | str


class BareNumber(ValueError):
    """A number without its source: a mistake of ours, never of a person."""


@dataclass(frozen=True)
class Source:
    """Where figures of one kind come from, and when they were read."""

    name: str
    at: datetime

    def count(self, value: int | None, method: str) -> Figure:
        return self.figure(value, COUNT, method)

    def bps(self, value: int | None, method: str) -> Figure:
        return self.figure(value, BPS, method)

    def figure(self, value: int | None, unit: str, method: str) -> Figure:
        """unit: count, bps, or the ISO 4217 code of the currency whose minor units these are."""
        if value is None:
            return NOT_MEASURED
        return {
            "value": value,
            "unit": unit,
            "source": self.name,
            "at": self.at.isoformat(),
            "method": method,
        }


def is_figure(node: Any) -> bool:
    return isinstance(node, dict) and "value" in node


def check(body: dict[str, Any]) -> None:
    """Raise BareNumber unless every number of the body carries value, unit, source, at, method."""
    if found := list(bare_numbers(body)):
        raise BareNumber(", ".join(found))


def bare_numbers(node: Any, path: str = "report") -> Iterator[str]:
    """The places of numbers without all their parts."""
    if is_figure(node):
        if set(node) != PARTS or type(node["value"]) is not int or not all(_said(node)):
            yield path
    elif isinstance(node, dict):
        for name, inner in node.items():
            yield from bare_numbers(inner, f"{path}.{name}")
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from bare_numbers(inner, f"{path}[{index}]")
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield path


def _said(figure: dict[str, Any]) -> Iterator[bool]:
    return (
        isinstance(figure[name], str) and bool(figure[name].strip()) for name in PARTS - {"value"}
    )
