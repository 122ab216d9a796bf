"""What is said of each influencer, in figures a person can check against the clicks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from campaigns.quality.clicks.cohorts import Cohort
from campaigns.quality.clicks.table import Bools, Ints, Table
from campaigns.quality.clicks.values import Account

FLAG_CLICKS, FLAG_SHARE = 25, 0.04
LOOK_CLICKS, LOOK_SHARE = 10, 0.01


def write(
    table: Table, reason: Ints, duplicate: Bools, cohorts: list[Cohort], names: Sequence[str]
) -> dict[str, Account]:
    of: dict[int, list[Cohort]] = {}
    for cohort in cohorts:
        of.setdefault(cohort.inf, []).append(cohort)
    return {
        name: _account(table, reason, duplicate, table.slices[inf], of.get(inf, []), names)
        for inf, name in enumerate(table.names)
    }


def _account(
    table: Table,
    reason: Ints,
    duplicate: Bools,
    rows: Ints,
    cohorts: list[Cohort],
    names: Sequence[str],
) -> Account:
    counts = np.bincount(reason[rows], minlength=len(names) + 1)
    again = int(duplicate[rows].sum())
    return Account(
        verdict=_verdict(rows, cohorts),
        raw=len(rows),
        unique=len(rows) - again,
        counted=int(counts[0]) - again,
        excluded={name: int(n) for name, n in zip(names, counts[1:], strict=True) if n},
        evidence=[_evidence(table, cohort, rows) for cohort in cohorts],
    )


def _verdict(rows: Ints, cohorts: list[Cohort]) -> str:
    own = sum(len(each.rows) for each in cohorts if not each.laid_on and not each.doubtful)
    if own >= FLAG_CLICKS and own >= FLAG_SHARE * len(rows):
        return "flagged"
    unsure = own + sum(len(each.rows) for each in cohorts if each.doubtful or each.unsure)
    if unsure >= LOOK_CLICKS and unsure >= LOOK_SHARE * len(rows):
        return "look"
    return "clear"


def _evidence(table: Table, cohort: Cohort, rows: Ints) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "clicks": len(cohort.rows),
        "share": round(len(cohort.rows) / len(rows), 4),
        "agents": len(np.unique(table.agent[cohort.rows])),
        "models": len(np.unique(table.model[cohort.rows])),
        "addresses": len(np.unique(table.addr[cohort.rows])),
        "networks": len(np.unique(table.block[cohort.rows])),
    }
    traits = {name: trait for name, trait in cohort.traits.items() if trait.fails}
    figures |= {name: round(trait.value, 3) for name, trait in traits.items()}
    return {
        "reason": cohort.reason,
        "code": "laid_on" if cohort.laid_on else "unsure" if cohort.doubtful else "not_readers",
        "figures": figures,
        "compared_with": {name: round(trait.usual, 3) for name, trait in traits.items()},
    }
