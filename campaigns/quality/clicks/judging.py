"""One judgement over a whole campaign: every click's verdict, every influencer's account."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from campaigns.quality.clicks import (
    accounts,
    devices,
    features,
    laid_on,
    rows_of_phones,
    searching,
)
from campaigns.quality.clicks.cohorts import Cohort
from campaigns.quality.clicks.table import Bools, Ints, Table, compact
from campaigns.quality.clicks.values import Judged, Link

REASONS = (
    "click.incitement",
    "click.preview",
    "click.crawler",
    "click.datacentre",
    "click.device_farm",
    "click.paid_crowd",
    "click.self",
    "click.exchange",
    "click.slow_drip",
    "click.sabotage",
    "click.repeat",
)
CODE = {reason: code for code, reason in enumerate(REASONS, start=1)}
VISIT = 30 * 60 * 1_000_000  # microseconds in which a device's next click is the same visit
VISITS_A_DAY = 6  # of one device on one link, beyond which it only repeats itself
RELOAD = 5 * 60 * 1_000_000  # the same where many people share the address and the agent


def judge(clicks: pl.DataFrame, links: Sequence[Link]) -> Judged:
    """Every click counted, a duplicate, or excluded with one reason; an account per influencer.

    clicks: ts, ip (whole, or a prefix), user_agent, referer, accept_language, country, link_id,
    influencer_id, dwell_ms, converted, and perhaps asn and visitor. A missing dwell, referer or
    language proves nothing. Time and memory grow linearly with the clicks.
    """
    whole = features.read(clicks, links)
    reason = _said(whole)
    cohorts = _cohorts(whole, reason)
    for cohort in cohorts:
        if not cohort.doubtful:
            reason[cohort.rows] = CODE[cohort.reason]
    duplicate = _again(whole, reason)
    verdicts = _verdicts(whole.row, reason, duplicate)
    return Judged(verdicts, accounts.write(whole, reason, duplicate, cohorts, REASONS))


def _said(whole: Table) -> Ints:
    """The reason a click gives itself: asked for, or a declared machine, or sent by such a site."""
    of_sites = np.array([0, CODE["click.paid_crowd"], CODE["click.exchange"]])
    of_agents = np.array(
        [0, CODE["click.preview"], CODE["click.crawler"], CODE["click.datacentre"]]
    )
    said = np.where(whole.declared > 0, of_agents[whole.declared], of_sites[whole.sent_by])
    return np.where(whole.incited, CODE["click.incitement"], said)


def _cohorts(whole: Table, said: Ints) -> list[Cohort]:
    found = [
        Cohort(inf, REASONS[code - 1], rows[said[rows] == code])
        for inf, rows in enumerate(whole.slices)
        for code in np.unique(said[rows]).tolist()
        if code > CODE["click.crawler"]
    ]
    active = said == 0
    steps = (rows_of_phones.standing, devices.returning, devices.going_round, searching.search)
    for step in steps:
        cohorts = step(whole, active)
        for cohort in cohorts:
            active[cohort.rows] &= cohort.doubtful
        found += cohorts
    laid_on.tell(whole, [cohort for cohort in found if not cohort.doubtful], active)
    return found


def _again(whole: Table, reason: Ints) -> Bools:
    """Marks duplicates, and writes click.repeat where one device keeps opening one link."""
    duplicate = np.zeros(whole.size, dtype=bool)
    rows = np.flatnonzero(reason == 0)
    order = rows[np.lexsort((whole.ts[rows], whole.link[rows], whole.device[rows]))]
    each_day = compact(whole.device[order], whole.link[order], whole.day[order])
    many = np.bincount(each_day)[each_day] > VISITS_A_DAY
    crowd = devices.in_a_crowd(whole, order)
    same = (np.diff(whole.device[order]) == 0) & (np.diff(whole.link[order]) == 0)
    soon = np.diff(whole.ts[order]) < np.where(crowd & many, RELOAD, VISIT)[1:]
    duplicate[order[1:][same & soon]] = True
    kept = ~duplicate[order]
    nth = _nth(each_day[kept])
    reason[order[kept][(nth >= VISITS_A_DAY) & ~crowd[kept]]] = CODE["click.repeat"]
    return duplicate


def _nth(codes: Ints) -> Ints:
    """The how manieth of its code each is, from 0."""
    order = np.argsort(codes, kind="stable")
    begins = np.flatnonzero(np.diff(codes[order], prepend=-1))
    nth = np.zeros(len(codes), dtype=np.int64)
    nth[order] = np.arange(len(codes)) - np.repeat(begins, np.diff(begins, append=len(codes)))
    return nth


def _verdicts(row: Ints, reason: Ints, duplicate: Bools) -> pl.DataFrame:
    told = pl.DataFrame({"line": row, "code": reason, "duplicate": duplicate})
    reasons = pl.DataFrame({"code": range(1, len(REASONS) + 1), "reason": list(REASONS)})
    return (
        told.join(reasons, on="code", how="left")
        .with_columns(
            verdict=pl.when(pl.col("code") > 0)
            .then(pl.lit("excluded"))
            .when("duplicate")
            .then(pl.lit("duplicate"))
            .otherwise(pl.lit("counted"))
        )
        .sort("line")
        .select(pl.col("line").cast(pl.UInt32), "verdict", "reason")
    )
