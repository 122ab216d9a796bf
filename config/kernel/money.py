"""Money in whole minor units and its one rounding rule.

A cent is never lost or made: sums are exact, and a rate becomes money only in `Money.split`
(largest remainder; ties go to the earlier share).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import total_ordering

from babel.core import get_global
from babel.numbers import get_currency_precision

MOST_MINOR = 2**53  # whole in JSON readers that keep numbers as doubles


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies met."""


def is_currency(code: str) -> bool:
    """Whether `code` is the ISO 4217 code of money somebody can pay with today."""
    return code in _CURRENCIES


def minor_digits(currency: str) -> int:
    """How many digits stand after the point: 2 for EUR, 0 for JPY, 3 for TND (CLDR, as shown)."""
    return get_currency_precision(currency)


_CURRENCIES = frozenset(
    code
    for known in get_global("territory_currencies").values()
    for code, _, until, is_tender in known
    if is_tender and until is None
)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount of whole minor units of one currency: Money(1050, "EUR") is 10.50 euro."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError("Money takes whole minor units.")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def split(self, weights: Sequence[int]) -> list["Money"]:
        """Shares in proportion to whole, non-negative weights; they add up to the amount."""
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("Weights must be whole, not negative, and not all zero.")
        sign = -1 if self.minor < 0 else 1
        shares = [divmod(abs(self.minor) * weight, total) for weight in weights]
        left = abs(self.minor) - sum(whole for whole, _ in shares)
        first = sorted(range(len(shares)), key=lambda i: (-shares[i][1], i))[:left]
        return [
            Money(sign * (whole + (i in first)), self.currency)
            for i, (whole, _) in enumerate(shares)
        ]

    def _same(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} do not mix.")
        return other.minor
