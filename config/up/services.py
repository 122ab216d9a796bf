"""What Patto is made of when it runs: a database, a web server, a worker and a clock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from config.up import postgres, processes

#: Seconds a service may take to finish what it is at before it is killed.
PATIENCE = 8.0


@dataclass(frozen=True)
class Service:
    """Something that runs until it is told to stop; `begin` starts it anew each time.

    is_ground: the others stand on it, so it stops when they have.
    """

    name: str
    begin: Callable[[], subprocess.Popen[bytes]]
    stop: processes.Steps = ((signal.SIGTERM, PATIENCE),)
    is_ground: bool = False


@dataclass(frozen=True)
class Place:
    """The checkout, where its files go, where it listens, and what its programs are told."""

    base: Path
    var: Path
    host: str
    port: int
    env: Mapping[str, str]

    @property
    def local_host(self) -> str:
        """Where this machine itself finds what listens on `host`."""
        return {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)

    @property
    def url(self) -> str:
        host = f"[{self.local_host}]" if ":" in self.local_host else self.local_host
        return f"http://{host}:{self.port}/"

    def command(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A management command of this checkout, begun."""
        manage = [sys.executable, str(self.base / "manage.py"), *arguments]
        return processes.begin(manage, env=self.env, cwd=self.base)

    def module(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A Python program of the environment, begun."""
        program = [sys.executable, "-m", *arguments]
        return processes.begin(program, env=self.env, cwd=self.base)


def database(place: Place) -> Service:
    def begin() -> subprocess.Popen[bytes]:
        postgres.prepare(place.var)
        return postgres.begin(place.var)

    return Service("database", begin, stop=postgres.STOP, is_ground=True)


def web(place: Place) -> Service:
    arguments = ["granian", "--interface", "wsgi", "--no-ws", "--http", "1", "--workers", "1"]
    arguments += ["--host", place.host, "--port", str(place.port)]
    arguments += ["--blocking-threads", str(2 * (os.cpu_count() or 1))]
    arguments += ["--workers-kill-timeout", "3", "--log-level", "warning"]
    return Service("web", lambda: place.module(*arguments, "config.wsgi:application"))


def worker(place: Place) -> Service:
    """Gossip, mingling and heartbeats are talk between many workers; on files it only piles up."""
    arguments = ["celery", "--quiet", "--app", "config.celery", "worker", "--loglevel", "INFO"]
    arguments += ["--concurrency", str(os.cpu_count() or 1)]
    arguments += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return Service("worker", lambda: place.module(*arguments))


def beat(place: Place) -> Service:
    arguments = ["celery", "--quiet", "--app", "config.celery", "beat", "--pidfile="]
    return Service("beat", lambda: place.module(*arguments))
