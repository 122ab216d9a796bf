"""People grouped by where they stand, consent first and silence last."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import ngettext

from config.theme.meanings import POSITIONS, Meaning
from config.theme.reading import value_of


@dataclass(slots=True)
class Group:
    """Those of one position."""

    meaning: Meaning
    label: str = ""
    people: list[Any] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.people)


def groups(people: Iterable[Any]) -> list[Group]:
    """One group a position somebody holds, in the order of the table of meanings."""
    by_code = {code: Group(meaning) for code, meaning in POSITIONS.items()}
    for person in people:
        by_code[value_of(person, "position") or "silent"].people.append(person)
    for code, group in by_code.items():
        group.label = _label(code, group.count)
    return [group for group in by_code.values() if group.people]


def _label(code: str, count: int) -> str:
    labels = {
        "consent": ngettext("consents", "consent", count),
        "concern": ngettext("has a concern", "have a concern", count),
        "objection": ngettext("objects", "object", count),
        "stand_aside": ngettext("stands aside", "stand aside", count),
        "silent": ngettext("has not answered", "have not answered", count),
    }
    return labels[code]
