"""How a benchmark says its figures: one line each, beside the limit it has to keep."""

import sys


class Figures:
    """Prints figures as they come and remembers whether one was past its limit."""

    def __init__(self) -> None:
        self.missed = False

    def at_least(self, name: str, value: float, limit: float, unit: str = "") -> None:
        self._say(name, value, unit, f"at least {limit:,g}", value >= limit)

    def at_most(self, name: str, value: float, limit: float, unit: str = "") -> None:
        self._say(name, value, unit, f"at most {limit:,g}", value <= limit)

    def told(self, name: str, value: float, unit: str = "") -> None:
        """A figure without a limit."""
        print(f"  {name:<58} {value:>12,.4g} {unit}", flush=True)

    def done(self) -> None:
        """End the process: exit 1 where a limit was not kept."""
        sys.exit(1 if self.missed else 0)

    def _say(self, name: str, value: float, unit: str, limit: str, kept: bool) -> None:
        self.missed |= not kept
        word = "ok" if kept else "MISSED"
        print(f"  {name:<58} {value:>12,.4g} {unit:<8} {limit:<18} {word}", flush=True)
