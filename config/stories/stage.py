"""Where a story is played on its own: a throw-away database, a real worker, the bloggers' sites."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from config import environment
from config.celery import app
from config.stories import site
from config.up import broker, postgres, processes

Found = TypeVar("Found")
PATIENCE = 90.0


class Stuck(RuntimeError):
    """The worker did not do in time what a story waits for."""


def until(look: Callable[[], Found], what: str, seconds: float = PATIENCE) -> Found:
    """What `look` finds, once it finds something. Raises Stuck."""
    ends = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > ends:
            raise Stuck(f"Waited {seconds:.0f} seconds for {what}.")
        time.sleep(0.05)
    return found


@contextmanager
def throwaway() -> Iterator[site.Site]:
    """Everything a story needs, gone afterwards. This process uses it too."""
    with tempfile.TemporaryDirectory(prefix="patto-story-") as name:
        var = Path(name)
        server = postgres.start(var, throwaway=True)
        try:
            _use(server.url)
            call_command("migrate", verbosity=0)
            with site.running(var / "sites") as sites, worker(server.url, var, sites.port):
                yield sites
        finally:
            connection.close()
            server.stop()


@contextmanager
def worker(url: str, var: Path, port: int) -> Iterator[None]:
    """A Celery worker on the database `url`, allowed to fetch from the sites at `port`; what this
    process enqueues reaches it."""
    folder = var / "broker"
    allow = f"{site.HOST}:{port}"
    ring(folder, allow)
    command = [
        *(sys.executable, "-m", "celery", "--app", "config.celery", "worker"),
        *("--loglevel", "INFO", "--concurrency", "2", "--beat"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]
    with (var / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            processes.launched(command, farewell=signal.SIGTERM),
            cwd=settings.BASE_DIR,
            env=_environment(url, var, allow),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield
        finally:
            processes.end((process, ((signal.SIGTERM, 20.0),)))


def ring(folder: Path, allow: str) -> None:
    """Point this process at the broker under `folder`, and let it name the sites' addresses."""
    broker.install()
    app.conf.update(
        broker_url="filesystem://", broker_transport_options=broker.transport_options(folder)
    )
    settings.FETCH_ALLOW = _pairs(allow)


def _use(url: str) -> None:
    """Make this process work on the database `url`."""
    connection.close()
    known = environment.database(url)
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    connection.settings_dict.update({name: known[name] for name in names})


def _environment(url: str, var: Path, allow: str) -> Mapping[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": url,
        "CELERY_BROKER_URL": "",
        "PATTO_VAR": str(var),
        "PATTO_DEMO": "0",
        "PATTO_FETCH_ALLOW": allow,
        "PATTO_SECRET_KEY": settings.SECRET_KEY,
    }


def _pairs(allow: str) -> frozenset[tuple[str, int]]:
    host, _, port = allow.rpartition(":")
    return frozenset({(host, int(port))})
