"""`manage.py up` itself: started, hurt, stopped and started again, with real services."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings

from config.up import where

pytestmark = pytest.mark.slow


class Patto:
    """All of Patto under a folder of its own, begun with `manage.py up`."""

    def __init__(self, var: Path, port: int) -> None:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PATTO_") and name not in {"DATABASE_URL", "CELERY_BROKER_URL"}
        }
        self.var, self.port, self.lines = var, port, list[str]()
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env=kept | {"PATTO_VAR": str(var)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as pipe:
            self.lines.extend(iter(pipe.readline, ""))

    def said(self) -> str:
        return "".join(self.lines)

    def wait_for(self, words: str, seconds: float = 60) -> None:
        ends = time.monotonic() + seconds
        while words not in self.said():
            assert time.monotonic() < ends, self.said()
            assert self.process.poll() is None or words in self.said(), self.said()
            time.sleep(0.05)

    def wait_until_it_answers(self) -> None:
        ends = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/").close()
                return
            except urllib.error.HTTPError as answer:
                answer.close()
                return
            except OSError:
                assert time.monotonic() < ends, self.said()
                time.sleep(0.1)

    def wait_until_it_stores(self) -> None:
        ends = time.monotonic() + 30
        while True:
            try:
                self.run("SELECT 1")
                return
            except psycopg.OperationalError:
                assert time.monotonic() < ends, self.said()
                time.sleep(0.1)

    def below(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def service(self, word: str) -> psutil.Process:
        """The process begun by the supervisor itself whose command has this word."""
        children = psutil.Process(self.process.pid).children()
        return next(child for child in children if word in " ".join(child.cmdline()[:5]))

    def stop(self) -> None:
        everything = self.below()
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(timeout=40) == 0, self.said()
        self._reader.join(timeout=5)
        _, left = psutil.wait_procs(everything, timeout=2)
        assert left == []

    def run(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(where.database_url(self.var), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def own_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="patto-up-") as folder:
        yield Path(folder)


def test_up_restarts_what_dies_keeps_data_and_leaves_no_process(
    own_folder: Path, port: int
) -> None:
    patto = Patto(own_folder, port)
    try:
        patto.wait_for(f"Patto is running at http://127.0.0.1:{port}/")
        patto.wait_until_it_answers()
        patto.run("CREATE TABLE kept AS SELECT 'yes' AS word")

        second = Patto(own_folder, port + 1)
        assert second.process.wait(timeout=20) == 1
        assert "Patto already runs from this checkout" in second.said()

        for name, word in (("web", "granian"), ("worker", "celery"), ("database", "/postgres")):
            patto.service(word).kill()
            patto.wait_for(f"{name:8} | was killed by SIGKILL; starting again")
        patto.wait_until_it_answers()
        patto.wait_until_it_stores()
        patto.stop()

        patto = Patto(own_folder, port)
        patto.wait_for("Patto is running")
        assert patto.run("SELECT word FROM kept") == [("yes",)]
        patto.stop()
    finally:
        patto.process.kill()


def test_a_busy_port_is_said_in_one_plain_line(own_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        patto = Patto(own_folder, port)
        assert patto.process.wait(timeout=20) == 1
    patto._reader.join(timeout=5)
    assert len(patto.lines) == 1
    assert f"Patto can't listen on 127.0.0.1:{port} (Address already in use)." in patto.said()
    assert f"make run PORT={port + 10}" in patto.said()
