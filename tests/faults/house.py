"""Workers and a beat as `manage.py up` runs them, that can be killed at any moment."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil
from django.conf import settings
from django.db import connection

from config.up import processes

WORKERS, POOL = 2, 1
CELERY = ("-m", "celery", "--quiet", "--app", "config.celery")
QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat")


def database_url() -> str:
    """The database of this test, as a worker's environment takes it."""
    known = {name: str(value or "") for name, value in connection.settings_dict.items()}
    who = quote(known["USER"]) + (f":{quote(known['PASSWORD'])}" if known["PASSWORD"] else "")
    where = urlencode({"host": known["HOST"]}) if known["HOST"].startswith("/") else ""
    host = "" if where else known["HOST"] + (f":{known['PORT']}" if known["PORT"] else "")
    return f"postgresql://{who}@{host}/{known['NAME']}{'?' + where if where else ''}"


class House:
    """What runs, by name; `log` is what it all said."""

    def __init__(self, var: Path, env: Mapping[str, str]) -> None:
        self.var, self.log = var, var / "said.log"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PATTO_")}
        self.env = {
            **kept,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database_url(),
            "PATTO_VAR": str(var),
            "PATTO_LOG_LEVEL": "WARNING",
            **env,
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.guests: list[subprocess.Popen[bytes]] = []  # not started again when they end

    def start(self, name: str) -> None:
        arguments = (
            [*CELERY, "beat", "--pidfile="]
            if name == "beat"
            else [*CELERY, "worker", "--concurrency", str(POOL), *QUIET]
        )
        with self.log.open("ab") as log:
            self.running[name] = subprocess.Popen(
                processes.launched([sys.executable, *arguments], farewell=signal.SIGKILL),
                cwd=settings.BASE_DIR,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_all(self) -> None:
        for name in ["beat", *(f"worker {nth}" for nth in range(WORKERS))]:
            self.start(name)

    def hand_in(self, texts: list[str]) -> subprocess.Popen[bytes]:
        """Begin to hand in the texts, from a process of its own."""
        with self.log.open("ab") as log:
            submitter = subprocess.Popen(
                processes.launched(
                    [sys.executable, "-m", "tests.faults.submitter"], farewell=signal.SIGKILL
                ),
                cwd=settings.BASE_DIR,
                env=self.env,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        assert submitter.stdin
        submitter.stdin.write(json.dumps(texts).encode())
        submitter.stdin.close()
        self.guests.append(submitter)
        return submitter

    def kill_one(self, dice: random.Random) -> bool:
        """Kill -9 a process at work: most often of a pool, sometimes a worker with all it has."""
        name = f"worker {dice.randrange(WORKERS)}"
        pool = psutil.Process(self.running[name].pid).children(recursive=True)
        if not pool:
            return False
        if dice.random() < 0.2:
            os.killpg(self.running[name].pid, signal.SIGKILL)
            self.running[name].wait()
            self.start(name)
        else:
            with contextlib.suppress(psutil.NoSuchProcess):
                dice.choice(pool).kill()
        return True

    def restart_the_dead(self) -> None:
        """As the supervisor does."""
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                self.start(name)

    def stop(self) -> None:
        for process in [*self.running.values(), *self.guests]:
            processes.end_group(process)


@contextlib.contextmanager
def house(var: Path, **env: str) -> Iterator[House]:
    built = House(var, env)
    try:
        yield built
    finally:
        built.stop()
