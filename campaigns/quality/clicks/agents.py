"""What a user agent and a referring page say of themselves.

Declared crawlers come from the kept list of the crawler-user-agents package, preview fetchers,
programs and the exceptions from agents.yaml, sites that pay for clicks from referers.yaml.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml
from crawleruseragents import CRAWLER_USER_AGENTS_DATA  # type: ignore[import-untyped]

HERE = Path(__file__).parent
LITERAL = re.compile(r"(?:[\w \-:@,;=]|\\[./\-+()!])+")  # a pattern that is one plain string

# The handset an Android agent names; "K" is what Chrome says of every phone since version 110.
HANDSET = (
    r"(?i)Android[ /-]?[\d.]*[;,)]?\s*(?:[a-z]{2}[-_][a-z]{2,4};\s*)?"
    r"(?:[a-z]{2};\s*)?([^;)(/]{2,}?)(?:\s+Build|\s*[;)]|\s+AppleWebKit|/)"
)
NO_HANDSET = ["K", "WV", "U", "HARMONYOS", "MOBILE", "TABLET", "ARM", "ARM_64", "LINUX"]
SYSTEM = (
    r"(iPhone OS|CPU OS|iPhone|iPad|Windows NT|Windows Phone|Mac OS X|CrOS|Android|Linux)[ \d._]*"
)
BROWSER = (
    r"(Edg|EdgA|OPR|YaBrowser|SamsungBrowser|UCBrowser|Firefox|FxiOS|CriOS|Chrome|Version)/\d+"
)

PHONE = "Mobile|Android|iPhone"
PREVIEW, CRAWLER, TOOL = 1, 2, 3  # what an agent declares itself to be
PAID, EXCHANGE = 1, 2  # what kind of site sent a click


@cache
def _kept(name: str) -> dict[str, Any]:
    with (HERE / name).open(encoding="utf-8") as file:
        return dict(yaml.safe_load(file))


def _either(patterns: list[str]) -> str:
    return "(?i)" + "|".join(f"(?:{pattern})" for pattern in patterns)


@cache
def hosting_networks() -> list[int]:
    """Autonomous system numbers of companies that rent out servers."""
    return list(_kept("agents.yaml")["hosting_asn"])


def crawlers() -> list[str]:
    """The package's list, without what also matches readers."""
    left_out = set(_kept("agents.yaml")["not_crawlers"])
    patterns = [row["pattern"] for row in CRAWLER_USER_AGENTS_DATA]
    return [pattern for pattern in patterns if pattern not in left_out]


@cache
def _crawler_patterns() -> tuple[list[str], str]:
    """The list as plain strings, and the rest as one pattern."""
    kept = crawlers()
    plain = [pattern.replace("\\", "") for pattern in kept if LITERAL.fullmatch(pattern)]
    return plain, "|".join(pattern for pattern in kept if not LITERAL.fullmatch(pattern))


def told(texts: pl.Series) -> pl.DataFrame:
    """What distinct user agents say of themselves.

    declared: PREVIEW, CRAWLER, TOOL or 0. phone: a handset. model: the handset
    where one is named, else system and browser with its version.
    """
    kept, agent = _kept("agents.yaml"), pl.col("text")
    plain, rest = _crawler_patterns()
    read = texts.to_frame("text").with_columns(
        owned=agent.str.contains(_either(kept["declared"])),
        handset=agent.str.extract(HANDSET).str.strip_chars().str.to_uppercase(),
        shape=pl.concat_str(
            agent.str.extract("(" + SYSTEM + ")").fill_null(""),
            pl.lit(" "),
            agent.str.extract("(" + BROWSER + ")").fill_null(""),
        ),
    )
    listed = agent.str.contains_any(plain) | agent.str.contains(rest)
    in_app = agent.str.contains(kept["in_app"]) & agent.str.starts_with("Mozilla/")
    declared = (
        pl.when(agent.str.contains_any(kept["preview"]))
        .then(PREVIEW)
        .when(in_app & ~pl.col("owned"))
        .then(0)
        .when(agent.str.contains(_either(kept["tools"])))
        .then(TOOL)
        .when(listed | pl.col("owned"))
        .then(CRAWLER)
        .otherwise(0)
    )
    named = pl.col("handset").is_not_null() & ~pl.col("handset").is_in(NO_HANDSET)
    model = pl.when(named).then("handset").when(pl.col("shape") != " ").then("shape")
    phone = agent.str.contains(PHONE)
    return read.select(declared=declared, model=model.otherwise(agent), phone=phone)


def referring(texts: pl.Series) -> pl.DataFrame:
    """Of distinct referers the `host` and `sent_by`: PAID, EXCHANGE or 0."""
    kept = _kept("referers.yaml")
    host = (
        pl.col("text")
        .str.to_lowercase()
        .str.replace(r"^[a-z][a-z0-9+.-]*://", "")
        .str.extract(r"^(?:[^/@?#]*@)?(?:www\.)?([^/:?#]*)")
        .fill_null("")
    )
    sent = (
        pl.when(pl.col("host").str.contains(_either(kept["exchange"])))
        .then(EXCHANGE)
        .when(pl.col("host").str.contains(_either(kept["paid"])))
        .then(PAID)
        .otherwise(0)
    )
    return texts.to_frame("text").select(host=host).with_columns(sent_by=sent)
