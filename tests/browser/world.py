"""All of Patto on free loopback ports: database, web, worker, beat, and the bloggers' sites.

Nothing here touches the tests' own database: the site's is reached by management commands, as by
whoever runs it.
"""

import contextlib
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.test import override_settings
from psycopg import sql

from config.demo import mails
from config.stories import site
from config.up import processes, services, where

Found = TypeVar("Found")
HOST = "127.0.0.1"
CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}(?= )")


def until(look: Callable[[], Found], what: str, seconds: float = 90.0) -> Found:
    """What `look` finds, once it finds something."""
    ends = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < ends, f"waited {seconds:.0f} seconds for {what}"
        time.sleep(0.1)
    return found


@dataclass
class World:
    """A running Patto. `lines`: the last words of each of its programs. `jars`: the cookies of
    those who signed in: an address may ask for few codes a minute."""

    place: services.Place
    sites: site.Site
    lines: dict[str, list[str]] = field(default_factory=dict)
    jars: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.place.url.rstrip("/")

    def manage(self, *arguments: str, **changed: str) -> str:
        """What a management command on this Patto prints; `changed`: variables of its own."""
        done = subprocess.run(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
            cwd=settings.BASE_DIR,
            env={**self.place.env, **changed},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def prepare(self, *scenes: str) -> list[dict[str, Any]]:
        """Campaigns brought to a stage by the real actions, with checks run on the spot."""
        code = f"from tests.browser import scenes; scenes.say(*{scenes!r})"
        said = self.manage("shell", "--no-imports", "-c", code, CELERY_BROKER_URL="memory://")
        return [json.loads(line) for line in said.splitlines()[-len(scenes) :]]

    def mails_to(self, address: str) -> list[str]:
        """Subject and body of each mail sent to this address, the newest first."""
        with override_settings(MAILS_DIR=self.place.var / "mails"):
            kept = mails.kept()
        return [f"{mail.subject}\n\n{mail.body}" for mail in kept if mail.to == address]

    def codes_of(self, address: str) -> list[str]:
        """Every sign-in code sent to this address, the newest first."""
        found = (CODE.match(mail) for mail in self.mails_to(address))
        return [each.group() for each in found if each]


@contextlib.contextmanager
def running(var: Path) -> Iterator[World]:
    """Everything started, and afterwards stopped with no process left."""
    with database(var) as url, neighbours() as port:
        var = var / "browser"
        var.mkdir(parents=True)
        place = services.Place(settings.BASE_DIR, var, HOST, port, _environment(url, var, port))
        with _sites(var / "sites", port + 1) as sites:
            world = World(place, sites)
            world.manage("migrate", "--no-input", "-v", "0")
            with _services(world):
                until(lambda: _answers(port), "the web server", 30)
                yield world


@contextlib.contextmanager
def database(var: Path) -> Iterator[str]:
    """A new database on the tests' own server, dropped afterwards."""
    server = os.environ.get("DATABASE_URL") or where.database_url(var)
    name = f"patto_browser_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            connection.execute(drop)


@contextlib.contextmanager
def neighbours() -> Iterator[int]:
    """A free port whose next one is free too: the demonstration's sites live next door."""
    for _ in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind((HOST, 0))
            port = int(first.getsockname()[1])
            with contextlib.suppress(OSError, OverflowError):
                second.bind((HOST, port + 1))
                break
    else:
        raise AssertionError("no two free ports beside each other")
    yield port


def _environment(url: str, var: Path, port: int) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PATTO_")},
        "DATABASE_URL": url,
        "CELERY_BROKER_URL": "",
        "PATTO_VAR": str(var),
        "PATTO_DEMO": "1",
        "PATTO_PORT": str(port),
        "PATTO_SITE_URL": f"http://{HOST}:{port}",
        "PATTO_FETCH_ALLOW": f"{HOST}:{port + 1}",
        "PATTO_SECRET_KEY": "of the browser tests, and of nothing else",
        "PYTHONUNBUFFERED": "1",
    }


@contextlib.contextmanager
def _sites(folder: Path, port: int) -> Iterator[site.Site]:
    server = site.serve(folder, port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site.Site(folder, port)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


@contextlib.contextmanager
def _services(world: World) -> Iterator[None]:
    begun: list[tuple[services.Service, subprocess.Popen[bytes], threading.Thread]] = []
    try:
        for make in (services.web, services.worker, services.beat):
            service = make(world.place)
            process = service.begin()
            kept = world.lines.setdefault(service.name, [])
            reader = threading.Thread(target=_keep, args=(process, kept), daemon=True)
            reader.start()
            begun.append((service, process, reader))
        yield
    finally:
        processes.end(*((process, service.stop) for service, process, _ in begun))
        for _, process, reader in begun:
            reader.join(timeout=5)
            if process.stdout:
                process.stdout.close()


def _keep(process: subprocess.Popen[bytes], lines: list[str]) -> None:
    if process.stdout:
        for line in process.stdout:
            lines.append(line.decode(errors="replace").rstrip())


def _answers(port: int) -> bool:
    with contextlib.closing(http.client.HTTPConnection(HOST, port, timeout=5)) as connection:
        try:
            connection.request("GET", "/sign-in/")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
