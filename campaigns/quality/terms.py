"""What may be paid for: a closed list. Pay that is a function of attention is refused, wherever it
is written: in its name, in a unit, in a formula, in a clause. Beside each term stands what it comes
to an hour, and below the campaign's floor it is refused too.

Pure: rules and words come from pay.yaml.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.quality.measures import Tie, measured, ties, vocabulary
from campaigns.quality.values import Finding, Verdict, worst

MOST_MINOR = 10**12
MOST_TERMS = 200
MOST_TEXT = 20_000
HOURS_A_DAY = 8
AMOUNTS = ("amount_minor", "amount_minor_min", "amount_minor_max", "average_weekly_minor")
PROSE = frozenset({"clause", "note", "notes", "label", "title", "description", "comment", "name"})
SAID = frozenset({"pay", "currency", "formula", *PROSE})  # judged by rules of their own
SIGNS = frozenset("+-*/().,%_=<>?:^|&'\"€$£¤×·÷ \t\n")
NUMBERS = ("percent", "quantity", "declared_hours", "declared_hours_weekly", "seconds")


class BadTerms(ValueError):
    """A line that can't be read; the message says which field and what to write."""


@dataclass(frozen=True)
class TermFinding:
    """field: of the term, in which start and end count; hourly_minor: as in PayJudgement."""

    term: int
    field: str
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
            {
                **each.finding.as_dict(),
                "term": each.term,
                "field": each.field,
                "hourly_minor": each.hourly_minor,
            }
            for each in self.findings
        ]


def judge(
    terms: Sequence[Mapping[str, Any]],
    *,
    floor_hourly_minor: int | None = None,
    reader: str = "en",
    commission: bool = True,
) -> PayJudgement:
    """Judge each term.

    reader: the language of the reasons (en, it, fr). commission: whether a commission on sales may
    come on top of pay that meets the floor. Raises BadTerms.
    """
    for index, term in enumerate(terms):
        _check_shape(index, term)
    hourly = tuple(_hourly(term) for term in terms)
    base = _has_base_pay(terms, hourly, floor_hourly_minor)
    found = [
        TermFinding(index, field, hourly[index], _finding(rule, quote, start, reader))
        for index, term in enumerate(terms)
        for field, rule, quote, start in _reasons(
            term, hourly[index], floor_hourly_minor, base if commission else None
        )
    ]
    return PayJudgement(worst(each.finding for each in found), tuple(found), hourly)


Reason = tuple[str, str, str, int]  # field, rule, quoted words, where in the field they start


def _reasons(
    term: Mapping[str, Any], hourly: int | None, floor: int | None, base: bool | None
) -> list[Reason]:
    """base: whether other pay meets the floor, so that a commission may come on top; None: here no
    commission may."""
    reasons = [*_kind(term), *_fields(term), *_formula(term), *_prose(term)]
    if term["pay"] == "commission" and not reasons and not base:
        rule = "pay.not_listed" if base is None else "pay.commission_alone"
        reasons.append(("pay", rule, "commission", 0))
    if floor and hourly is not None and hourly < floor:
        reasons.append(("hourly", "pay.below_floor", str(hourly), 0))
    seen: dict[str, Reason] = {}
    for reason in reasons:
        seen.setdefault(reason[1], reason)
    return list(seen.values())


def _kind(term: Mapping[str, Any]) -> list[Reason]:
    pay = str(term["pay"])
    known = vocabulary()
    if pay in known["allowed"]:
        if "percent" in term and pay not in known["percent"]:
            return [("pay", "pay.not_listed", pay, 0)]
        return []
    if pay in known["refused"]:
        family = known["refused"][pay]
    else:
        tie = measured(pay)
        family = tie.family if tie else "pay.not_listed"
    unit = measured(" ".join(str(term.get(name, "")) for name in ("unit", "item")))
    if family == "pay.per_action" and unit and unit.family == "pay.per_click":
        family = unit.family
    return [("pay", family, pay, 0)]


def _fields(term: Mapping[str, Any]) -> list[Reason]:
    """A measure in the name or value of any other field: what pay is counted by."""
    if term["pay"] not in vocabulary()["allowed"]:
        return []  # its own name has answered already
    found: list[Reason] = []
    for name, value in term.items():
        if name in SAID:
            continue
        if tie := measured(name):
            found.append(_quoted(tie, name, name))
        elif isinstance(value, dict | list):
            found.append((name, "pay.not_listed", name, 0))
        elif isinstance(value, str):
            found += _counted_by(term, name, value)
    return found


def _counted_by(term: Mapping[str, Any], name: str, value: str) -> Iterator[Reason]:
    if tie := measured(value):
        yield _quoted(tie, name, value)
    elif term["pay"] == "commission" and name in {"unit", "per"} and not _is_sale(value):
        yield name, "pay.not_listed", value, 0


def _formula(term: Mapping[str, Any]) -> list[Reason]:
    formula = str(term.get("formula") or "")
    if not formula.strip():
        return []
    tie = measured(formula)
    if tie:
        return [_quoted(tie, "formula", formula)]
    return [] if _is_of_work(formula) else [("formula", "pay.not_listed", formula, 0)]


def _is_of_work(formula: str) -> bool:
    """Whether a formula speaks of time, pieces and rates, in signs that are read, and of nothing
    else: a letter alone could stand for anything."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", formula.casefold()) if not unicodedata.combining(c)
    )
    plain = re.sub(r"(?<=[\w)])\s*\bx\b\s*(?=[\w(])", "*", re.sub(r"\bn_", "", plain))
    if any(not (c.isascii() and c.isalnum()) and c not in SIGNS for c in plain):
        return False
    return all(word in vocabulary()["formula_words"] for word in re.findall(r"[a-z]+", plain))


def _prose(term: Mapping[str, Any]) -> list[Reason]:
    """Where a clause, or any other sentence of the term, ties pay to a measure."""
    return [
        _quoted(tie, name, str(term[name]))
        for name in sorted(PROSE & term.keys())
        for tie in ties(str(term[name] or ""))
    ]


def _quoted(tie: Tie, field: str, text: str) -> Reason:
    return field, tie.family, text[tie.start : tie.end], tie.start


def _is_sale(value: str) -> bool:
    return any(stem in value.casefold() for stem in vocabulary()["sales"])


def _has_base_pay(
    terms: Sequence[Mapping[str, Any]], hourly: Sequence[int | None], floor: int | None
) -> bool:
    """Whether some term pays the work itself, at or above the floor; hours that nobody declared
    meet no floor."""
    return any(
        term["pay"] in vocabulary()["work"]
        and _least(term) > 0
        and (floor is None or (each is not None and each >= floor))
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


def of_clause(words: str, reader: str) -> list[Finding]:
    """What is found in words that stand by themselves, as in a clause of a term."""
    return [
        _finding(tie.family, words[tie.start : tie.end], tie.start, reader) for tie in ties(words)
    ]


def hourly_of(terms: Sequence[Mapping[str, Any]]) -> list[int | None]:
    """What each term comes to an hour, whole minor units rounded down; None where nobody said how
    long it takes."""
    return [_hourly(term) for term in terms]


def reason(family: str, reader: str) -> tuple[str, str]:
    """Why pay of this family is refused, and the honest way, to a reader of en, it or fr."""
    row = vocabulary()["rules"][family]
    return _said(row["why"], reader), _said(row["alternative"], reader)


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
