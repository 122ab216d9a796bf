"""Workers die, the broker forgets: every check is decided, and once."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.models import Sum

from campaigns.quality import judging, text
from campaigns.quality.models import QualityCheck
from config.kernel.models import Event
from tests.faults.brokers import Broker
from tests.faults.house import House, house

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

CHECKS = 1000
LEAST_KILLS, LEAST_LOSSES = 12, 3
BETWEEN_KILLS = 40  # decided, so that the work goes on however slow the machine
MOST_SECONDS = 900  # a guard, not a figure: on an idle machine it takes far less
# In a long text one such sentence may be talked about, and goes to a reviewer.
REFUSED = "Like the page, share it with three friends and get 1 cent at once."
ENDINGS = (
    "The crumb is dense, the taste is good.",
    "Vote for our candidate in the regional election on Sunday.",
)
PADDING = (
    "I baked with rye for the first time. The dough was heavy and my kitchen was cold. My "
    "grandmother would have laughed at the crust. We ate it with butter and a little salt. On "
    "Tuesday I tried again with warmer water. The second loaf rose higher than the first. Rain "
    "kept us inside, so we read by the oven. A neighbour brought plums from her garden. "
)
LASTS_SECONDS = 0.006  # so that a worker that is killed is most often at work


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="faults-") as made:
        yield Path(made)


def texts() -> list[str]:
    """A thousand, a third to be accepted, to be refused, and for a reviewer; two thirds are long
    enough for their worker to be killed in the middle."""
    padding = PADDING
    while _seconds(padding) < LASTS_SECONDS and 2 * len(padding) < text.LONGEST:
        padding *= 2
    begun = (padding + ENDINGS[0], padding + ENDINGS[1], REFUSED)
    return [f"{begun[nth % 3]} {nth}" for nth in range(CHECKS)]


def _seconds(words: str) -> float:
    return min(_one(words) for _ in range(5))


def _one(words: str) -> float:
    began = time.monotonic()
    text.judge(words + ENDINGS[1], kind="post")
    return time.monotonic() - began


def verdicts(of: list[str]) -> Counter[str]:
    """What the checks of these texts must come to, whoever dies meanwhile."""
    return Counter(
        str(judging.VERDICTS[text.judge(words, kind="post", lang="en").verdict]) for words in of
    )


def look_after(house: House, ends: float) -> None:
    """A moment in which what has died is started again. Fails when it has taken too long."""
    assert time.monotonic() < ends, f"{_counts()}\n{house.log.read_text()[-3000:]}"
    house.restart_the_dead()
    time.sleep(0.1)


def _counts() -> Counter[str]:
    return Counter(QualityCheck.objects.values_list("status", flat=True))


def _open() -> int:
    return QualityCheck.objects.filter(status__in=["queued", "running"]).count()


def _losses() -> int:
    return QualityCheck.objects.aggregate(n=Sum("losses"))["n"] or 0


def test_every_check_is_decided_once_whoever_dies_meanwhile(broker: Broker, folder: Path) -> None:
    broker.check_empty()
    queue = f"patto-faults-{os.getpid()}"
    dice = random.Random(2022_2065)
    given = texts()
    with house(
        folder, CELERY_BROKER_URL=broker.url, PATTO_QUEUE=queue, PATTO_SWEEP_SECONDS="3"
    ) as built:
        try:
            kills = _hurt(built, given, broker, queue, dice)
        finally:
            built.stop()
            broker.clear(folder, queue)
    assert kills >= LEAST_KILLS
    assert _losses() >= LEAST_LOSSES  # some did hold a check when they died
    assert _counts() == verdicts(given)
    assert len(_counts()) == 3
    _decided_once()


def _hurt(built: House, given: list[str], broker: Broker, queue: str, dice: random.Random) -> int:
    """Kill while they work, wipe the broker half-way, then let them finish. How many kills."""
    ends = time.monotonic() + MOST_SECONDS
    built.start_all()
    submitter = built.hand_in(given)
    kills, is_wiped, next_at = 0, False, 1
    while _open() or submitter.poll() is None:
        look_after(built, ends)
        decided = QualityCheck.objects.count() - _open()
        is_busy = QualityCheck.objects.filter(status="running").exists()
        if decided >= next_at and is_busy and built.kill_one(dice):
            kills, next_at = kills + 1, decided + BETWEEN_KILLS
        if not is_wiped and decided > CHECKS // 2:
            broker.wipe(built.var, queue)
            is_wiped = True
    assert submitter.returncode == 0
    assert is_wiped
    return kills


def _decided_once() -> None:
    decided = Event.objects.filter(kind="quality.decided")
    times = Counter(facts["check"] for facts in decided.values_list("facts", flat=True))
    assert set(times) == set(QualityCheck.objects.values_list("pk", flat=True))
    assert set(times.values()) == {1}
    assert not QualityCheck.objects.exclude(failure="").exists()
    assert not QualityCheck.objects.filter(breaks__gt=0).exists()
