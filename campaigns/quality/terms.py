"""What may be paid for: a closed list. Pay that is a function of attention is refused, wherever it
is written: in its name, in a unit, in a formula, in a clause. Beside each term stands what it comes
to an hour, and below the campaign's floor it is refused too.

Pure: rules and words come from pay.yaml.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.quality.measures import Tie, measured, ties, vocabulary
from campaigns.quality.values import Finding, Verdict, worst

MOST_MINOR = 10**12
MOST_TERMS = 200
MOST_TEXT = 20_000
HOURS_A_DAY = 8
AMOUNTS = ("amount_minor", "amount_minor_min", "amount_minor_max", "average_weekly_minor")
NUMBERS = ("percent", "quantity", "declared_hours", "declared_hours_weekly", "seconds")


class BadTerms(ValueError):
    """A line that can't be read; the message says which field and what to write."""


@dataclass(frozen=True)
class TermFinding:
    term: int
    hourly_minor: int | None
    finding: Finding


@dataclass(frozen=True)
class PayJudgement:
    """hourly_minor: what each term comes to an hour, whole minor units; None: not known."""

    verdict: Verdict
    findings: tuple[TermFinding, ...]
    hourly_minor: tuple[int | None, ...]

    def rows(self) -> list[dict[str, Any]]:
        return [
            {**each.finding.as_dict(), "term": each.term, "hourly_minor": each.hourly_minor}
            for each in self.findings
        ]


def judge(
    terms: Sequence[Mapping[str, Any]],
    *,
    floor_hourly_minor: int | None = None,
    reader: str = "en",
) -> PayJudgement:
    """Judge each term. reader: the language of the reasons (en, it, fr). Raises BadTerms."""
    for index, term in enumerate(terms):
        _check_shape(index, term)
    hourly = tuple(_hourly(term) for term in terms)
    base = _has_base_pay(terms, hourly, floor_hourly_minor)
    found = [
        TermFinding(index, hourly[index], _finding(rule, quote, start, reader))
        for index, term in enumerate(terms)
        for rule, quote, start in _reasons(term, hourly[index], floor_hourly_minor, base)
    ]
    return PayJudgement(worst(each.finding for each in found), tuple(found), hourly)


Reason = tuple[str, str, int]  # rule, quoted words, where they start


def _reasons(
    term: Mapping[str, Any], hourly: int | None, floor: int | None, base: bool
) -> list[Reason]:
    reasons = [*_kind(term), *_fields(term), *_formula(term), *_clause(term)]
    if term["pay"] == "commission" and not reasons and not base:
        reasons.append(("pay.commission_alone", "commission", 0))
    if floor and hourly is not None and hourly < floor:
        reasons.append(("pay.below_floor", str(hourly), 0))
    seen: dict[str, Reason] = {}
    for reason in reasons:
        seen.setdefault(reason[0], reason)
    return list(seen.values())


def _kind(term: Mapping[str, Any]) -> list[Reason]:
    pay = str(term["pay"])
    known = vocabulary()
    if pay in known["allowed"]:
        if "percent" in term and pay not in known["percent"]:
            return [("pay.not_listed", pay, 0)]
        return []
    if pay in known["refused"]:
        family = known["refused"][pay]
    else:
        tie = measured(pay)
        family = tie.family if tie else "pay.not_listed"
    unit = measured(" ".join(str(term.get(name, "")) for name in ("unit", "item")))
    if family == "pay.per_action" and unit and unit.family == "pay.per_click":
        family = unit.family
    return [(family, pay, 0)]


def _fields(term: Mapping[str, Any]) -> list[Reason]:
    """A measure in any other field that says what pay is counted by."""
    found: list[Reason] = []
    for name, value in term.items():
        if name in {"pay", "currency", "formula", "clause"} or not isinstance(value, str):
            continue
        tie = measured(value)
        if tie:
            found.append(_quoted(tie, value))
        elif term["pay"] == "commission" and name in {"unit", "per"} and not _is_sale(value):
            found.append(("pay.not_listed", value, 0))
    if found and term["pay"] not in vocabulary()["allowed"]:
        return []  # its own name has answered already
    return found


def _formula(term: Mapping[str, Any]) -> list[Reason]:
    formula = str(term.get("formula") or "")
    if not formula.strip():
        return []
    tie = measured(formula)
    if tie:
        return [_quoted(tie, formula)]
    words = "".join(c if c.isalpha() or c == "_" else " " for c in formula.casefold()).split()
    strange = [word for word in words if word not in vocabulary()["formula_words"]]
    return [("pay.not_listed", formula, 0)] if strange else []


def _clause(term: Mapping[str, Any]) -> list[Reason]:
    clause = str(term.get("clause") or "")
    return [_quoted(tie, clause) for tie in ties(clause)]


def _quoted(tie: Tie, text: str) -> Reason:
    return tie.family, text[tie.start : tie.end], tie.start


def _is_sale(value: str) -> bool:
    return any(stem in value.casefold() for stem in vocabulary()["sales"])


def _has_base_pay(
    terms: Sequence[Mapping[str, Any]], hourly: Sequence[int | None], floor: int | None
) -> bool:
    """Whether some term pays the work itself, at or above the floor where both are known."""
    return any(
        term["pay"] in vocabulary()["work"]
        and _least(term) > 0
        and (floor is None or each is None or each >= floor)
        for term, each in zip(terms, hourly, strict=True)
    )


def _hourly(term: Mapping[str, Any]) -> int | None:
    """What a term comes to an hour, rounded down; None where its time is not said."""
    if term.get("average_weekly_minor") is not None and term.get("declared_hours_weekly"):
        return int(term["average_weekly_minor"] // term["declared_hours_weekly"])
    if not any(name in term for name in ("amount_minor", "amount_minor_min")):
        return None
    least, pay = _least(term), term["pay"]
    if pay == "hour":
        return least
    if term.get("seconds"):
        return int(least * 3600 // term["seconds"])
    if term.get("declared_hours"):
        return int(least * int(term.get("quantity") or 1) // term["declared_hours"])
    return least // HOURS_A_DAY if pay == "day" else None


def _least(term: Mapping[str, Any]) -> int:
    least = term.get("amount_minor", term.get("amount_minor_min"))
    return int(least or 0)


def _finding(rule: str, quote: str, start: int, reader: str) -> Finding:
    row = vocabulary()["rules"][rule]
    return Finding(
        rule=rule,
        family=rule,
        severity="reject",
        start=start,
        end=start + len(quote),
        quote=quote,
        why=_said(row["why"], reader),
        alternative=_said(row["alternative"], reader),
        source=row["source"],
        redress=_said(vocabulary()["redress"], reader),
    )


def _said(texts: Mapping[str, str], reader: str) -> str:
    return texts.get(reader, texts["en"])


def _check_shape(index: int, term: Any) -> None:
    if not isinstance(term, Mapping):
        raise BadTerms(f"terms[{index}] must be an object.")
    if not isinstance(term.get("pay"), str) or not term["pay"].strip():
        raise BadTerms(f"terms[{index}].pay must say what is paid, as a word.")
    for name in AMOUNTS:
        if name in term and not _whole(term[name]):
            raise BadTerms(f"terms[{index}].{name} must be whole minor units, from 0 to 10^12.")
    for name in NUMBERS:
        if name in term and term[name] is not None and not _number(term[name]):
            raise BadTerms(f"terms[{index}].{name} must be a number from 0 to 10^9.")
    for name, value in term.items():
        if isinstance(value, str) and len(value) > MOST_TEXT:
            raise BadTerms(f"terms[{index}].{name} is longer than {MOST_TEXT} characters.")


def _whole(value: Any) -> bool:
    return type(value) is int and 0 <= value <= MOST_MINOR


def _number(value: Any) -> bool:
    return type(value) in {int, float} and 0 <= value <= 10**9
