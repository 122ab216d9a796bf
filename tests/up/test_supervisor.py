"""The supervisor with small programs in its care: they die, are deaf, have children."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from config.up.processes import sole_owner

pytestmark = pytest.mark.slow


class House:
    """A running supervisor, and the process numbers its services noted."""

    def __init__(self, folder: Path, *names: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.up.toy", str(folder), *names],
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        )
        for name in names:
            wait_until(partial(self.numbers, name))

    def numbers(self, name: str) -> list[int]:
        note = self.folder / name
        return [int(line) for line in note.read_text().split()] if note.exists() else []

    def end(self, number: signal.Signals) -> tuple[int, str]:
        """Its exit status, and all it said."""
        self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=10)
        return self.process.returncode, said


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Callable[..., House]]:
    houses: list[House] = []

    def build(*names: str) -> House:
        houses.append(House(tmp_path, *names))
        return houses[-1]

    yield build
    for built in houses:
        built.process.kill()
        built.process.communicate()


def wait_until(is_so: Callable[[], object], seconds: float = 10) -> None:
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.02)


def is_alive(number: int) -> bool:
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_and_leaves_nothing(
    house: Callable[..., House], number: signal.Signals
) -> None:
    built = house("steady", "deaf", "parent")
    wait_until(lambda: len(built.numbers("parent.children")) == 2)
    below = [p.pid for p in psutil.Process(built.process.pid).children(recursive=True)]
    assert len(below) == 5
    status, said = built.end(number)
    assert status == 0
    assert "Stopping." in said
    assert not any(is_alive(pid) for pid in below)


def test_what_is_killed_starts_again_and_its_children_do_not_stay(
    house: Callable[..., House],
) -> None:
    built = house("steady", "parent")
    wait_until(lambda: len(built.numbers("parent.children")) == 2)
    same_group, _own_session = built.numbers("parent.children")
    os.kill(built.numbers("parent")[0], signal.SIGKILL)
    wait_until(lambda: len(built.numbers("parent")) == 2)
    assert not is_alive(same_group)
    assert len(built.numbers("steady")) == 1
    _, said = built.end(signal.SIGINT)
    assert "parent | was killed by SIGKILL; starting again in 0.2 s" in said


def test_what_dies_again_and_again_ends_it_all_with_a_sentence(
    house: Callable[..., House],
) -> None:
    built = house("steady", "frail")
    said, _ = built.process.communicate(timeout=20)
    assert built.process.returncode == 1
    assert said.count("frail  | I can not go on") == 5
    assert "The frail ended with status 3 5 times within a minute, so Patto stops here." in said
    assert not is_alive(built.numbers("steady")[0])


def test_the_death_of_the_supervisor_is_the_death_of_all(house: Callable[..., House]) -> None:
    built = house("steady")
    built.end(signal.SIGKILL)
    wait_until(lambda: not is_alive(built.numbers("steady")[0]))


def test_each_line_is_whole_and_named(house: Callable[..., House]) -> None:
    built = house("steady", "noisy")
    time.sleep(0.5)
    _, said = built.end(signal.SIGINT)
    lines = said.splitlines()
    assert "steady | I am steady" in lines
    assert "noisy  | half a line" in lines
    assert "noisy  | café" in lines
    assert "noisy  | �" in lines
    assert "\x1b" not in said


def test_one_checkout_has_one_owner(tmp_path: Path) -> None:
    lock = tmp_path / "var" / "up.lock"
    with sole_owner(lock) as other:
        assert other is None
        with sole_owner(lock) as second:
            assert second == os.getpid()
    with sole_owner(lock) as other:
        assert other is None
