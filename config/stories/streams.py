"""The clicks a story tells of, one by one, as a log of links would hold them.

Made, not recorded: from the story's own numbers and its seed, the same each time.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

Click = dict[str, Any]

SPEAK = {"fr": "fr-FR,fr;q=0.9,en;q=0.6", "it": "it-IT,it;q=0.9,en;q=0.6", "en": "en-GB,en;q=0.9"}
BY_HOUR = (2, 1, 1, 1, 1, 2, 4, 8, 10, 9, 8, 9, 12, 11, 9, 8, 9, 11, 13, 15, 16, 14, 9, 5)
READERS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_{n} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.{n} Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 14; Pixel {n}) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/12{n}.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 13; SM-A5{n}6B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/12{n}.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/12{n}.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:12{n}.0) Gecko/20100101 Firefox/12{n}.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.{n} Safari/605.1.15",
)
HANDSETS = (
    "Mozilla/5.0 (Linux; Android 9; Redmi {n}A) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/101.0.4951.61 Mobile Safari/537.36"
)
FROM = ("https://www.facebook.example/", "https://t.example/", "", "https://blog.example/")


def written(clicks: Iterator[Click]) -> str:
    """In the order of time, one JSON object a line."""
    return "\n".join(json.dumps(each) for each in sorted(clicks, key=lambda each: each["ts"]))


def readers(
    link: str, creator: str, count: int, *, country: str, language: str, since: date
) -> Iterator[Click]:
    """People who came by the post, once each, over three days."""
    chance = Random(f"{link}/{count}")
    for nth in range(count):
        hour = chance.choices(range(24), BY_HOUR)[0]
        at = _moment(since, chance.randrange(3), hour, chance)
        yield {
            "ts": _iso(at),
            "ip": f"{81 + nth % 9}.{chance.randrange(256)}.{chance.randrange(256)}.{nth % 250 + 1}",
            "user_agent": chance.choice(READERS).replace("{n}", str(chance.randrange(1, 9))),
            "referer": chance.choice(FROM),
            "accept_language": SPEAK.get(language, language),
            "country": country,
            "link_id": link,
            "influencer_id": creator,
            "dwell_ms": round(1000 * chance.lognormvariate(3.2, 0.9)),
            "converted": chance.random() < 0.03,
        }


def device_farm(
    link: str, creator: str, told: Mapping[str, Any], *, country: str, language: str, since: date
) -> Iterator[Click]:
    """Phones on shelves: few models, the addresses of few carriers, round the clock."""
    chance = Random(told["seed"])
    models = [HANDSETS.replace("{n}", str(7 + n)) for n in range(told["handset_models"])]
    ranges = [f"{90 + n}.{chance.randrange(256)}" for n in range(told["carrier_ranges"])]
    awake = told.get("hours_active", 24)
    for _ in range(told["count"]):
        device = chance.randrange(told["devices"])
        at = _moment(since, chance.randrange(3), chance.randrange(awake), chance)
        yield {
            "ts": _iso(at),
            "ip": f"{chance.choice(ranges)}.{chance.randrange(256)}.{chance.randrange(1, 255)}",
            "user_agent": models[device % len(models)],
            "referer": "",
            "accept_language": SPEAK.get(language, language),
            "country": country,
            "link_id": link,
            "influencer_id": creator,
            "dwell_ms": round(chance.gauss(1800, 250)),
            "converted": False,
        }


def _moment(since: date, day: int, hour: int, chance: Random) -> datetime:
    start = datetime(since.year, since.month, since.day, tzinfo=UTC)
    return start + timedelta(days=day, hours=hour, milliseconds=chance.randrange(3_600_000))


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
