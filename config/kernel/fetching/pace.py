"""What this process remembers of the sites it reads: their robots.txt, and when it last asked."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import TypeVar

from .robots import Robots
from .values import FetchFailed

ROBOTS_SECONDS = 3600.0
MAX_SITES = 4096
MAX_WAIT_SECONDS = 5.0

T = TypeVar("T")


class Sites:
    """Bounded memory by origin (scheme, host and port); safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next_turn: OrderedDict[str, float] = OrderedDict()
        self._robots: OrderedDict[str, tuple[float, Robots]] = OrderedDict()

    def wait_turn(self, origin: str, pace_seconds: float) -> None:
        """Returns when it is our turn to ask this site, at most MAX_WAIT_SECONDS later.

        Raises FetchFailed (host_busy) with the seconds until then where it would take longer: a
        worker has other sites to read meanwhile.
        """
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next_turn.get(origin, now))
            if turn - now > MAX_WAIT_SECONDS:
                raise FetchFailed(
                    "host_busy", f"{origin} is not to be asked yet", retry_after=turn - now
                )
            _remember(self._next_turn, origin, turn + pace_seconds)
        time.sleep(max(0.0, turn - now))

    def rest(self, origin: str, seconds: float) -> None:
        """Ask this site nothing for so long: it said Retry-After."""
        with self._lock:
            turn = time.monotonic() + seconds
            _remember(self._next_turn, origin, max(turn, self._next_turn.get(origin, turn)))

    def robots(self, origin: str) -> Robots | None:
        """What the site's robots.txt said in the last hour, if we asked."""
        with self._lock:
            asked, robots = self._robots.get(origin, (float("-inf"), Robots()))
            return robots if time.monotonic() - asked < ROBOTS_SECONDS else None

    def learn_robots(self, origin: str, robots: Robots) -> None:
        with self._lock:
            _remember(self._robots, origin, (time.monotonic(), robots))

    def forget(self) -> None:
        with self._lock:
            self._next_turn.clear()
            self._robots.clear()


def _remember(memory: OrderedDict[str, T], key: str, value: T) -> None:
    memory[key] = value
    memory.move_to_end(key)
    while len(memory) > MAX_SITES:
        memory.popitem(last=False)
