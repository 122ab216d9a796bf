"""What goes into the click engine and what comes out: plain values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl


@dataclass(frozen=True, slots=True)
class Link:
    """A tracked link of one influencer.

    audience: ISO 3166 countries the audience evidence foretells; posts: when the link was posted
    (UTC); incited: spans [from, until) in which the post asked for clicks, until None if it stays.
    """

    link_id: str
    influencer_id: str
    audience: tuple[str, ...] = ()
    posts: tuple[datetime, ...] = ()
    incited: tuple[tuple[datetime, datetime | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """Of one influencer's clicks; raw = duplicates + unique, unique = counted + all excluded.

    verdict: clear, look (a person should look) or flagged. Evidence holds figures, no sentences:
    {"reason", "code", "figures", "compared_with"}.
    """

    verdict: str
    raw: int
    unique: int
    counted: int
    excluded: dict[str, int]
    evidence: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Judged:
    """clicks: line (row number as given), verdict counted|duplicate|excluded, reason or null."""

    clicks: pl.DataFrame
    influencers: dict[str, Account]
