"""A text that takes too long: stopped, said so, and tried again when somebody asks."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from campaigns.quality import actions, queries
from campaigns.quality.models import QualityCheck
from tests import factories
from tests.faults.brokers import EMBEDDED
from tests.faults.house import House, house

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

MOST_SECONDS = 120
SLOW = "sleeps"  # stands for a rule that takes a minute over these words


@pytest.fixture
def sleepy(tmp_path: Path) -> str:
    """A start-up file that makes the worker's judging as slow as no rule of ours is."""
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.abc, sys, time\n"
        "class Late(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name != 'campaigns.quality.actions': return None\n"
        "        sys.meta_path.remove(self)\n"
        "        from campaigns.quality import judging\n"
        "        judge = judging.judge\n"
        "        def slow(submission):\n"
        f"            time.sleep(60 if {SLOW!r} in submission.words else 0)\n"
        "            return judge(submission)\n"
        "        judging.judge = slow\n"
        "        return None\n"
        "sys.meta_path.insert(0, Late())\n"
    )
    return str(tmp_path)


def wait_until(status: str, check: QualityCheck, built: House) -> None:
    ends = time.monotonic() + MOST_SECONDS
    while check.status != status:
        assert time.monotonic() < ends, built.log.read_text()[-3000:]
        time.sleep(0.2)
        check.refresh_from_db()


def test_a_check_is_bounded_in_time_and_can_be_tried_again(sleepy: str, tmp_path: Path) -> None:
    var = tmp_path / "var"
    var.mkdir()
    author = factories.person()
    slow, quick = (
        actions.submit(kind="post", language="en", words=words, author_id=author.pk)
        for words in (f"This {SLOW}.", "I baked with rye.")
    )
    first, second = slow.checks.get(), quick.checks.get()
    path = os.pathsep.join([sleepy, os.environ.get("PYTHONPATH", "")])
    env = {"CELERY_BROKER_URL": EMBEDDED.url, "PATTO_SWEEP_SECONDS": "2"}
    with house(var, PATTO_CHECK_SECONDS="2", PYTHONPATH=path, **env) as built:
        built.start_all()
        wait_until("failed", first, built)
        wait_until("accepted", second, built)
    assert first.failure == queries.standing(slow.pk).failure == "TookTooLong"
    assert actions.retry(submission_id=slow.pk, by=author).status == "queued"
    with house(var, **env) as built:
        built.start_all()
        wait_until("accepted", first, built)
