"""The brokers a machine has: the embedded one always, real servers where they answer."""

from __future__ import annotations

import shutil
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kombu import Connection

WAIT_SECONDS = 5
REDIS_DATABASE = 13  # refused unless it is empty; empty afterwards


class InUse(Exception):
    """The database holds what is not ours."""


@dataclass(frozen=True)
class Broker:
    """url: as CELERY_BROKER_URL takes it; port: where its server listens, 0 for the embedded."""

    name: str
    url: str
    port: int = 0

    def missing(self) -> str:
        """Why it can't be used here; "" where it can."""
        if not self.port:
            return ""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=WAIT_SECONDS).close()
        except OSError as error:
            return f"no {self.name} at 127.0.0.1:{self.port} ({error})"
        return ""

    def check_empty(self) -> None:
        """Raises InUse where wiping it would take somebody's keys."""
        if self.name != "redis":
            return
        with Connection(self.url, connect_timeout=WAIT_SECONDS) as connection:
            channel: Any = connection.default_channel
            keys = channel.client.dbsize()
        if keys:
            raise InUse(
                f"{self.url} holds {keys} key{'' if keys == 1 else 's'}, and this test empties it. "
                "Empty it yourself if nobody needs them, or leave Redis out: "
                "make faults ARGS=\"-k 'not redis'\""
            )

    def wipe(self, var: Path, queue: str) -> None:
        """Everything it keeps for us is gone, as after a crash without a disk."""
        if not self.port:
            shutil.rmtree(var / "broker", ignore_errors=True)
            return
        with Connection(self.url, connect_timeout=WAIT_SECONDS) as connection:
            channel: Any = connection.default_channel
            if self.name == "redis":
                channel.client.flushdb()
            else:
                channel.queue_purge(queue)

    def clear(self, var: Path, queue: str) -> None:
        """Nothing of ours stays behind on a server others use."""
        if self.name == "rabbitmq":
            with Connection(self.url, connect_timeout=WAIT_SECONDS) as connection:
                channel: Any = connection.default_channel
                channel.queue_delete(queue)
                channel.exchange_delete(queue)
        else:
            self.wipe(var, queue)

    def __str__(self) -> str:
        return self.name


EMBEDDED = Broker("embedded", "filesystem://")
KNOWN = (
    EMBEDDED,
    Broker("redis", f"redis://127.0.0.1:6379/{REDIS_DATABASE}", 6379),
    Broker("rabbitmq", "amqp://guest:guest@127.0.0.1:5672//", 5672),
)


def at_hand(marks: str) -> dict[Broker, str]:
    """The brokers to be played with or not, each with why not, "" for those that are.

    marks: the expression that selects the tests; no server is looked for unless it is `faults`.
    """
    if marks != "faults":
        return {EMBEDDED: ""}
    return {broker: broker.missing() for broker in KNOWN}
