"""The log lines of all services in one stream, each with the name of who said it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import TextIO

COLOURS = (36, 32, 33, 35, 34, 96, 92, 93)  # as ECMA-48 numbers them


class Voices:
    """Prints whole lines only, names aligned; coloured when a person looks at a terminal."""

    def __init__(self, names: list[str], out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._width = max(len(name) for name in names)
        self._colours = dict(zip(names, COLOURS * len(names), strict=False))
        self._is_coloured = self._out.isatty() and "NO_COLOR" not in os.environ
        self._lock = threading.Lock()
        self._readers: list[threading.Thread] = []

    def say(self, name: str, text: str) -> None:
        label = name.ljust(self._width)
        if self._is_coloured:
            label = f"\x1b[{self._colours.get(name, 37)}m{label}\x1b[0m"
        with self._lock:
            for line in text.splitlines() or [""]:
                self._out.write(f"{label} | {line}\n")
            self._out.flush()

    def announce(self, text: str) -> None:
        """Words for the person, not a log line."""
        with self._lock:
            self._out.write(f"\n{text}\n\n")
            self._out.flush()

    def listen(self, name: str, process: subprocess.Popen[bytes]) -> None:
        """Repeat what a process says until it has nothing more to say."""
        reader = threading.Thread(target=self._repeat, args=(name, process), daemon=True)
        reader.start()
        self._readers = [*(known for known in self._readers if known.is_alive()), reader]

    def finish(self) -> None:
        """Wait a moment for last words."""
        for reader in self._readers:
            reader.join(timeout=1)

    def _repeat(self, name: str, process: subprocess.Popen[bytes]) -> None:
        if process.stdout is None:
            return
        with process.stdout as pipe:
            for line in pipe:
                self.say(name, line.decode("utf-8", "replace").rstrip())
