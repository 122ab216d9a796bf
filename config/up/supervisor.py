"""Keeps services running: says what they say, restarts what dies, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import FrameType

from config.up import processes
from config.up.errors import CantStart
from config.up.services import Service
from config.up.voices import Voices

TICK = 0.1
MAX_DEATHS = 5  # within DEATHS_WINDOW seconds, after which restarting is no help
DEATHS_WINDOW = 60.0
PAUSES = (0.2, 0.5, 1.0, 2.0)  # seconds before each restart


class Stopped(Exception):
    """The person at the keyboard, or the machine, asked us to stop."""


@dataclass
class _Kept:
    service: Service
    process: subprocess.Popen[bytes]
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=MAX_DEATHS))
    restart_at: float | None = None


class Supervisor:
    """Services start in the order they are given and stop together, those they stand on last.

    Use `running()` around it all; `start`, `run_once` and `keep` inside, from the main thread.
    """

    def __init__(self, voices: Voices) -> None:
        self._voices = voices
        self._kept: list[_Kept] = []
        self._asked_to_stop = False

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Whatever ends the block, no process that began in it outlives it."""
        processes.adopt_orphans()
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, self._ask_to_stop) for number in numbers}
        try:
            yield
        except Stopped:
            self._voices.announce("Stopping.")
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def start(self, service: Service) -> subprocess.Popen[bytes]:
        process = service.begin()
        self._voices.listen(service.name, process)
        self._kept.append(_Kept(service, process))
        return process

    def run_once(self, service: Service) -> int:
        """Run to its end what is no lasting service; its exit status."""
        process = service.begin()
        self._voices.listen(service.name, process)
        try:
            while process.poll() is None:
                self._tick()
        finally:
            processes.end((process, service.stop))
        return process.returncode

    def wait_for(self, is_ready: Callable[[], bool], *, seconds: float, what: str) -> None:
        """Keep everything running until `is_ready`. Raises CantStart, Stopped."""
        ends = time.monotonic() + seconds
        while not is_ready():
            if time.monotonic() > ends:
                raise CantStart(f"{what} did not answer within {seconds:.0f} seconds.")
            self._tick()

    def keep(self) -> None:
        """Keep everything running until asked to stop. Raises CantStart, Stopped."""
        while True:
            self._tick()

    def _tick(self) -> None:
        if self._asked_to_stop:
            raise Stopped
        for kept in self._kept:
            self._look_after(kept)
        time.sleep(TICK)

    def _look_after(self, kept: _Kept) -> None:
        now = time.monotonic()
        if kept.restart_at is not None:
            if now >= kept.restart_at:
                kept.restart_at = None
                kept.process = kept.service.begin()
                self._voices.listen(kept.service.name, kept.process)
        elif kept.process.poll() is not None:
            processes.end_group(kept.process)
            kept.deaths.append(now)
            self._plan_restart(kept, now)

    def _plan_restart(self, kept: _Kept, now: float) -> None:
        name, how = kept.service.name, _how_it_ended(kept.process.returncode)
        recent = [died for died in kept.deaths if now - died < DEATHS_WINDOW]
        if len(recent) == MAX_DEATHS:
            raise CantStart(
                f"The {name} {how} {MAX_DEATHS} times within a minute, so Patto stops here. "
                f"The lines of {name} above say why."
            )
        pause = PAUSES[len(recent) - 1]
        kept.restart_at = now + pause
        self._voices.say(name, f"{how}; starting again in {pause:g} s")

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def _stop_all(self) -> None:
        for is_ground in (False, True):
            leaving = [kept for kept in self._kept if kept.service.is_ground is is_ground]
            processes.end(*((kept.process, kept.service.stop) for kept in leaving))
        self._kept.clear()
        processes.end_descendants()
        self._voices.finish()


def _how_it_ended(status: int) -> str:
    if status < 0:
        return f"was killed by {signal.Signals(-status).name}"
    return f"ended with status {status}"
