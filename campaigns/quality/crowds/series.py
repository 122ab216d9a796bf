"""Findings on a channel's figures: what `influencers.figures` reads in them, said as findings."""

from collections.abc import Sequence

from campaigns.quality.crowds.rules import Figure, Found
from influencers import figures
from influencers.figures import Change, Day, Flat, Reacting

FAMILY = "audience.unexplained"
FEW = {"published": "few_reacting", "campaign": "fewer_than_here"}


def judge(days: Sequence[Day], text: str = "", others: Sequence[Sequence[Day]] = ()) -> list[Found]:
    """What stands out: jumps that nothing documented explains, falls that take one back, few or
    flat reactions.

    text: what the days were read from, to quote their lines. others: the campaign's other channels,
    the reference where there are enough of them.
    """
    found = [_jump(change, text) for change in figures.jumps(days) if not change.is_explained]
    for fall in figures.falls(days, others):
        if fall.jump_on and not (fall.first.event or fall.last.event):
            found.append(_fall(fall, text))
    peers = [peer for other in others if (peer := figures.rate_of(other))]
    found += [_few(each) for each in figures.reacting(days, peers) if each.is_low]
    if same := figures.flat(days):
        found.append(_flat(same))
    return found


def _jump(change: Change, text: str) -> Found:
    return _placed("jump", change, text, {**_of(change), "times": change.times})


def _fall(change: Change, text: str) -> Found:
    jump_on = change.jump_on.isoformat() if change.jump_on else ""
    more: dict[str, Figure] = {"jump_on": jump_on, "gave_back": change.gave_back}
    return _placed("fall", change, text, {**_of(change), **more})


def _of(change: Change) -> dict[str, Figure]:
    return {
        "start": change.first.day.isoformat(),
        "end": change.last.day.isoformat(),
        "before": change.first.followers,
        "after": change.last.followers,
        "gain": change.gain,
        "usual": change.usual,
        "low": change.low,
        "high": change.high,
    }


def _placed(name: str, change: Change, text: str, shown: dict[str, Figure]) -> Found:
    """With the lines of the first and the last day, where they follow each other in the text."""
    start, end = sorted((change.first.span, change.last.span))
    at = (start[0], end[1]) if text else (0, 0)
    return Found(f"{FAMILY}.{name}", shown, at[0], at[1], text[at[0] : at[1]])


def _few(each: Reacting) -> Found:
    name = "few_active" if each.kind == "active" else FEW[each.by]
    shown: dict[str, Figure] = {
        "followers": each.followers,
        "rate": each.rate_bps,
        "expected": each.expected_bps,
        "posts": each.posts,
    }
    return Found(f"{FAMILY}.{name}", shown)


def _flat(same: Flat) -> Found:
    shown: dict[str, Figure] = {
        "posts": same.posts,
        "median": same.median,
        "least": same.least,
        "most": same.most,
        "spread": same.spread_bps,
    }
    return Found(f"{FAMILY}.flat", shown)
