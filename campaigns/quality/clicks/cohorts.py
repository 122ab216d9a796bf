"""A group of clicks of one influencer, and whether readers click like that.

Behaviour (how long, when, how evenly) and identity (which agents, networks, countries, languages)
must fail together: a school of one make of phone behind one address reads, and a purchased crowd
of many phones does not.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from campaigns.quality.clicks.table import Ints
from campaigns.quality.clicks.usual import Trait

BEHAVIOUR = ("dwell", "timing", "steady", "siblings")
MARKS = ("sudden", "scattered", "one_place", "reads", "varied")  # say how to read the others


@dataclass(slots=True)
class Cohort:
    """Clicks excluded together, and why; or, if doubtful, only looked at."""

    inf: int
    reason: str
    rows: Ints
    traits: dict[str, Trait] = field(default_factory=dict)
    doubtful: bool = False
    laid_on: bool = False
    unsure: bool = False  # laid on, as it seems, but it might have been bought

    def fails(self, name: str) -> int:
        return self.traits[name].fails if name in self.traits else 0

    def behaviour(self) -> int:
        return sum(self.fails(name) for name in BEHAVIOUR)

    def odd(self) -> list[Trait]:
        """The traits of identity that fail."""
        told = [trait for name, trait in self.traits.items() if name not in (*BEHAVIOUR, *MARKS)]
        return [trait for trait in told if trait.fails]

    def identity(self) -> int:
        return sum(trait.fails for trait in self.odd())

    def is_not_readers(self) -> bool:
        behaviour, identity = self.behaviour(), self.identity()
        if self._may_be_an_office():
            return False
        if behaviour >= 1 and identity >= 1 and behaviour + identity >= self._needed():
            return True
        if self._reads():
            return False
        if "sudden" in self.traits and identity >= 3 and self.fails("agents") == 2:
            return True
        return behaviour >= 4 or self._are_rotated() or self._are_machines()

    def is_doubtful(self) -> bool:
        """Unlike the bulk, but not so that anybody may be told from it."""
        strange = self.behaviour() >= 3 or self.identity() >= 4
        abroad = "dwell" not in self.traits and self.fails("foreign") == 2
        return (strange or abroad) and not self._reads()

    def _needed(self) -> int:
        """Less where dwell speaks against readers, more where it speaks for them."""
        if "reads" in self.traits:
            return 8
        if "varied" in self.traits or "dwell" not in self.traits:
            return 5
        return 3 if self.fails("dwell") >= 2 else 4

    def _may_be_an_office(self) -> bool:
        """From one place, and neither dwell nor what they say of themselves tells them apart."""
        told = any(self.fails(name) == 2 for name in ("foreign", "language", "hosting", "referer"))
        return "one_place" in self.traits and "dwell" not in self.traits and not told

    def _reads(self) -> bool:
        """Dwell was measured and is spread as readers' is."""
        return "reads" in self.traits or "varied" in self.traits

    def _are_rotated(self) -> bool:
        """Few makes over very many devices of few ranges; an office has few addresses."""
        few = max(self.fails("agents"), self.fails("models"))
        ranges = self.fails("networks") or self.fails("fresh")
        return few == 2 and bool(ranges and self.fails("scattered"))

    def _are_machines(self) -> bool:
        """Odd in many ways at once, and nothing measured speaks for readers."""
        return self.identity() >= 5 and len(self.odd()) >= 3
