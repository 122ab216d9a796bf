"""The embedded broker: kombu's messages in files, put and taken whole.

kombu's own transport shows a message under its final name before it is written, so that a quick
reader finds half of it and dies; and it takes messages by way of the system's temporary folder,
open to others and perhaps on another disk, where moving is copying. Here both ways are renames in
one private folder. https://github.com/celery/kombu/issues/425 has part of the story.
"""

from __future__ import annotations

import contextlib
import os
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem, virtual
from kombu.utils.json import dumps, loads

POLLING_SECONDS = 0.2
PATIENCE_SECONDS = 0.5
_DRAFT, _TAKEN = ".draft", ".taken"


class Channel(filesystem.Channel):
    """Messages are files named `<nanoseconds>_<random>.<queue>.msg`, oldest first."""

    def _put(self, queue: str, payload: Any, **_options: Any) -> None:  # type: ignore[override]
        folder = _there(self.data_folder_out)
        name = f"{time.time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        draft = folder / (name + _DRAFT)
        draft.write_text(dumps(payload))
        draft.rename(folder / name)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        folder = _there(self.data_folder_in)
        for name in sorted(os.listdir(folder)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = folder / (name + _TAKEN)
            try:
                (folder / name).rename(taken)
            except FileNotFoundError:
                continue  # another worker was quicker
            payload = loads(taken.read_text())
            taken.unlink()
            return payload
        raise Empty

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str | None, queue: str) -> None:
        """The first to bind makes the table; the others must never find it empty."""
        table = _there(self.control_folder) / f"{exchange}.exchange"
        draft = table.with_name(f"{table.name}.{uuid.uuid4().hex}")
        draft.write_text("[]")
        with contextlib.suppress(FileExistsError):
            os.link(draft, table)
        draft.unlink()
        super()._queue_bind(exchange, routing_key, pattern, queue)


class Transport(filesystem.Transport):
    Channel = Channel

    def __init__(self, client: Any, **options: Any) -> None:
        super().__init__(client, **options)
        # kombu shares this between connections, so that one thread may take for bound what
        # another is still binding, and its message goes nowhere.
        self.state = virtual.BrokerState()

    def drain_events(  # type: ignore[override]  # kombu's own two signatures differ
        self, connection: Any, **options: Any
    ) -> None:
        """As kombu's, but never long deaf: a worker asked to stop waits this out twice."""
        if options.get("timeout") is not None:
            options["timeout"] = min(options["timeout"], PATIENCE_SECONDS)
        super().drain_events(connection, **options)


def _there(folder: str | Path) -> Path:
    """The folder, made anew if somebody has removed it: what was in it is rung again."""
    path = Path(folder)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def transport_options(folder: Path) -> dict[str, Any]:
    """The options for `filesystem://` under a private folder, which is made."""
    queue = str(_there(folder / "queue"))  # what one side sends is what the other receives
    return {
        "data_folder_in": queue,
        "data_folder_out": queue,
        "control_folder": str(_there(folder / "control")),
        "polling_interval": POLLING_SECONDS,
    }


def install() -> None:
    """From now on `filesystem://` means this transport."""
    TRANSPORT_ALIASES["filesystem"] = "config.up.broker:Transport"
