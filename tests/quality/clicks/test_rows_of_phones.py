"""A farm with nobody beside it, and lone readers who only look a little like one."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl

from campaigns.quality.clicks import Link, judge

LINK = Link("L", "ada", ("FR",), (datetime(2026, 5, 4, 9, tzinfo=UTC),))
MODELS = ("SM-A105F", "Redmi 8A", "M2006C3LG")
BY_DAY = np.array([3, 2, 1, 1, 1, 2, 4, 8, 9, 9, 9, 10, 13, 12, 9, 9, 9, 10, 12, 13, 15, 15, 11, 6])


def clicks(hours: np.ndarray, *, addresses: int = 2000, agent: str | None = None) -> pl.DataFrame:
    draw = np.random.default_rng(3)
    many = 3000
    begin = datetime(2026, 5, 4, tzinfo=UTC)
    at = draw.choice(24, many, p=hours / hours.sum()) + draw.random(many) + 24 * draw.integers(3)
    days = draw.integers(0, 3, many)
    which = draw.integers(0, addresses, many)
    return pl.DataFrame(
        {
            "ts": [
                begin + timedelta(hours=float(hour % 24), days=int(day))
                for hour, day in zip(at, days, strict=True)
            ],
            "ip": [f"41.{n % 4}.{n // 4 % 250}.{n % 240}" if addresses > 1 else "" for n in which],
            "user_agent": [agent if agent is not None else _agent(n) for n in which],
            "referer": [""] * many,
            "accept_language": ["fr-FR"] * many,
            "country": ["FR"] * many,
            "link_id": ["L"] * many,
            "influencer_id": ["ada"] * many,
            "dwell_ms": draw.integers(1200, 2400, many),
            "converted": [False] * many,
        },
        schema_overrides={"ts": pl.Datetime("us", "UTC")},
    )


def _agent(number: int) -> str:
    model = MODELS[number % len(MODELS)]
    return (
        f"Mozilla/5.0 (Linux; Android 9; {model}) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/120.0.0.0 Mobile Safari/537.36"
    )


def test_a_farm_alone_in_its_campaign_is_flagged() -> None:
    account = judge(clicks(np.ones(24)), [LINK]).influencers["ada"]
    assert account.verdict == "flagged"
    assert account.counted <= account.raw // 100
    assert set(account.excluded) == {"click.device_farm"}


def test_readers_who_sleep_are_no_farm_however_few_their_phones() -> None:
    account = judge(clicks(BY_DAY), [LINK]).influencers["ada"]
    assert account.verdict == "clear"
    assert "click.device_farm" not in account.excluded


def test_what_was_not_recorded_makes_no_farm() -> None:
    account = judge(clicks(np.ones(24), addresses=1, agent=""), [LINK]).influencers["ada"]
    assert account.verdict == "clear"
