"""One judging from what is known to what is kept: figures of each creator and of each link.

Reads and computes; `actions.judging` records. Verdicts on single clicks are not kept: a judging
names the clicks (all up to `until`), what the engine was told and its rule set, and keeps the
digest of all verdicts, so that judging again proves that the same figures come out.
"""

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import polars as pl
from django.conf import settings

from campaigns.links import streams
from campaigns.links.models import Judging
from campaigns.links.streams import Source
from campaigns.links.values import Tally
from campaigns.quality import clicks as engine
from campaigns.quality.clicks import Account, Judged, agents


@dataclass(frozen=True)
class LinkFigures:
    """A link, whose it is, and its clicks by day (of the installation's zone) and kind."""

    link: str
    creator: str
    tally: Tally


@dataclass(frozen=True)
class Figures:
    """What one judging found. sources and digest: see models.Judging."""

    until: datetime
    rule_set: str
    sources: list[Source]
    digest: str
    creators: dict[str, Account]
    links: tuple[LinkFigures, ...]


def judge(judging: Judging, until: datetime) -> Figures:
    """Judge the clicks of a campaign up to `until`, or those of its submission."""
    return _figures(judging, sources_of(judging), until)


def sources_of(judging: Judging) -> list[Source]:
    """What the engine would be told of the links now."""
    if judging.submission:
        return streams.material_sources_of(judging.campaign, judging.submission)
    return streams.sources_of(judging.campaign)


def judge_again(judging: Judging) -> Figures:
    """The same clicks with what the engine was told then: equal, where the rules are the same."""
    assert judging.until is not None
    return _figures(judging, judging.sources, judging.until)


def _figures(judging: Judging, sources: list[Source], until: datetime) -> Figures:
    if judging.submission:
        given = streams.clicks_in(judging.submission)
    else:
        given = streams.clicks_until(sources, until)
    judged = _judged(given, sources)
    return Figures(
        until=until,
        rule_set=rule_set(),
        sources=sources,
        digest=_digest(judged),
        creators={
            each["creator"]: judged.influencers.get(each["creator"], NOTHING) for each in sources
        },
        links=_links(given, judged, sources),
    )


def _judged(given: pl.DataFrame, sources: list[Source]) -> Judged:
    if given.is_empty():
        return Judged(pl.DataFrame(schema=VERDICTS), {})
    return engine.judge(given, streams.links_of(sources))


@cache
def rule_set() -> str:
    """Names the engine's rules: it changes with any line of it and any list it reads."""
    digest = hashlib.sha256("\n".join(agents.crawlers()).encode())
    for path in sorted(Path(engine.__file__).parent.glob("*.[py]*")):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"clicks-{digest.hexdigest()[:16]}"


VERDICTS = {"line": pl.UInt32, "verdict": pl.String, "reason": pl.String}
NOTHING = Account(verdict="clear", raw=0, unique=0, counted=0, excluded={}, evidence=[])


def _links(given: pl.DataFrame, judged: Judged, sources: list[Source]) -> tuple[LinkFigures, ...]:
    days: dict[str, dict[str, dict[str, int]]] = {each["link"]: {} for each in sources}
    day = pl.col("ts").dt.convert_time_zone(settings.TIME_ZONE).dt.date()
    kind = pl.when(pl.col("verdict") == "excluded").then("reason").otherwise("verdict")
    tallied = (
        given.select("link_id", day.alias("day"))
        .with_row_index("line")
        .join(judged.clicks, on="line")
        .group_by("link_id", "day", kind.alias("kind"))
        .len()
        .sort("day", "kind")
    )
    for link, on, name, count in tallied.iter_rows():
        days[link].setdefault(on.isoformat(), {})[name] = count
    return tuple(
        LinkFigures(each["link"], each["creator"], Tally(days[each["link"]])) for each in sources
    )


def _digest(judged: Judged) -> str:
    """SHA-256 over "verdict,reason" of every click in order, as CSV."""
    written = io.BytesIO()
    judged.clicks.sort("line").select("verdict", "reason").write_csv(written)
    return hashlib.sha256(written.getbuffer()).hexdigest()
