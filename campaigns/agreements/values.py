"""Terms and the split of the brand's money, as values: pure, compared and digested exactly."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from config.kernel.money import Money


@dataclass(frozen=True)
class KillFees:
    """What is due of the fee, in whole per cent, when the work ends at each state."""

    not_started: int = 0
    in_work: int = 50
    delivered: int = 100
    approved: int = 100


@dataclass(frozen=True)
class Usage:
    """What the payers may do with the work. Nothing that is not named."""

    months: int = 0
    media: str = ""
    territory: str = ""
    paid_ads: bool = False
    ai_likeness: bool = False
    price_minor: int = 0


@dataclass(frozen=True)
class Exclusivity:
    """Named rivals, a term and a price above zero; else there is none."""

    rivals: tuple[str, ...]
    months: int
    price_minor: int


@dataclass(frozen=True)
class Terms:
    """One row of the grid a field. Amounts in minor units of `currency`, before tax."""

    fee_minor: int
    currency: str
    declared_hours: int
    deliverables: tuple[str, ...]
    revisions: int = 1
    payment_days: int = 30
    kill_fees: KillFees = field(default_factory=KillFees)
    usage: Usage = field(default_factory=Usage)
    exclusivity: Exclusivity | None = None
    clauses: str = ""

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "Terms":
        known = dict(row)
        exclusivity = known.pop("exclusivity")
        if exclusivity:
            exclusivity = Exclusivity(**{**exclusivity, "rivals": tuple(exclusivity["rivals"])})
        return cls(
            kill_fees=KillFees(**known.pop("kill_fees")),
            usage=Usage(**known.pop("usage")),
            exclusivity=exclusivity,
            deliverables=tuple(known.pop("deliverables")),
            **known,
        )

    def as_json(self) -> dict[str, Any]:
        row = asdict(self)
        row["deliverables"] = list(self.deliverables)
        if self.exclusivity:
            row["exclusivity"]["rivals"] = list(self.exclusivity.rivals)
        return row

    @property
    def total(self) -> Money:
        """Fee, priced usage and priced exclusivity together."""
        extra = self.exclusivity.price_minor if self.exclusivity else 0
        return Money(self.fee_minor + self.usage.price_minor + extra, self.currency)

    @property
    def months(self) -> int:
        """How long the terms bind once the work is out: the longer of usage and exclusivity."""
        return max(self.usage.months, self.exclusivity.months if self.exclusivity else 0)

    @property
    def hourly(self) -> Money:
        """What the fee comes to an hour, whole minor units, rounded down."""
        return Money(self.fee_minor // self.declared_hours, self.currency)

    def is_below(self, floor_hourly_minor: int | None) -> bool:
        """Whether an hour comes to less than the floor. None: no floor is known."""
        return floor_hourly_minor is not None and self.hourly.minor < floor_hourly_minor

    def pay_lines(self) -> list[dict[str, Any]]:
        """What is paid, line by line, as the quality check reads terms."""
        fee = {"pay": "fixed", "amount_minor": self.fee_minor, "currency": self.currency}
        lines: list[dict[str, Any]] = [{**fee, "declared_hours": self.declared_hours}]
        if self.clauses:
            lines[0]["clause"] = self.clauses
        words = self.words()
        lines[0]["description"] = "\n\n".join(words[name] for name in words if name != "clauses")
        if self.usage.price_minor:
            lines.append(self._line("licence", self.usage.price_minor))
        if self.exclusivity:
            lines.append(self._line("exclusivity", self.exclusivity.price_minor))
        return lines

    def words(self) -> dict[str, str]:
        """Every row that is free text, by its name in the grid; a list has a line for each."""
        rivals = self.exclusivity.rivals if self.exclusivity else ()
        return {
            "deliverables": "\n\n".join(self.deliverables),
            "usage_media": self.usage.media,
            "usage_territory": self.usage.territory,
            "rivals": "\n\n".join(rivals),
            "clauses": self.clauses,
        }

    def _line(self, pay: str, amount_minor: int) -> dict[str, Any]:
        return {"pay": pay, "amount_minor": amount_minor, "currency": self.currency}


@dataclass(frozen=True)
class Share:
    """One line of the split: a class of payee, what it gets, in basis points of the whole too."""

    kind: str  # briefs.LineKind: creators, agency, costs, platform, tax, bank
    amount_minor: int
    bps: int


@dataclass(frozen=True)
class Split:
    """Who gets what of the brand's money: what each side sees before signing."""

    total_minor: int
    currency: str
    shares: tuple[Share, ...]

    @classmethod
    def of(cls, amounts: Sequence[tuple[str, int]], currency: str) -> "Split":
        """From (kind, minor units) lines; lines of one kind are added up."""
        sums: dict[str, int] = {}
        for kind, minor in amounts:
            sums[kind] = sums.get(kind, 0) + minor
        whole = sum(sums.values())
        bps = Money(10_000, "XXX").split(list(sums.values())) if whole else []
        shares = zip(sums.items(), bps, strict=True) if whole else []
        return cls(
            whole, currency, tuple(Share(kind, minor, b.minor) for (kind, minor), b in shares)
        )

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "shares": [asdict(share) for share in self.shares]}


def terms_digest(terms: Terms, split: Split, *, agreement: str, number: int) -> str:
    """SHA-256 (hex) of what a person reads before they accept: terms, whole split, which round."""
    shown = {
        "agreement": agreement,
        "round": number,
        "terms": terms.as_json(),
        "split": split.as_json(),
    }
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()
