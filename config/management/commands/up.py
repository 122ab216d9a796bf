"""Runs all of Patto on this machine: `manage.py up`."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
from argparse import ArgumentParser
from contextlib import closing
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.demo import loopback
from config.up import services
from config.up.errors import CantStart
from config.up.postgres import START_SECONDS, is_ready
from config.up.processes import sole_owner
from config.up.services import Place, Service
from config.up.supervisor import Supervisor
from config.up.voices import Voices

NAMES = ["database", "migrate", "web", "worker", "beat", "site", "demo"]
WEB_SECONDS = 60.0


class Command(BaseCommand):
    help = "Start database, web, worker and beat; restart what dies; Ctrl-C stops them all."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT, help="default: %(default)s")

    def handle(self, *args: Any, **options: Any) -> None:
        if dangers := loopback.dangers():
            raise CommandError("\n".join(dangers))
        place = _place(options["port"])
        with sole_owner(settings.VAR / "up.lock") as other:
            if other is not None:
                raise CommandError(
                    f"Patto already runs from this checkout (process {other}). Stop that one first."
                )
            _check_is_free(place.host, place.port)
            if settings.DEMO:
                _check_is_free("127.0.0.1", place.port + 1)
            voices = Voices(NAMES)
            supervisor = Supervisor(voices)
            with supervisor.running():
                try:
                    _start(place, supervisor, voices)
                except CantStart as error:
                    raise CommandError(str(error)) from error


def _place(port: int) -> Place:
    if not 0 < port < 65536:
        raise CommandError(f"{port} is not a port: choose one from 1 to 65535.")
    env = dict(os.environ) | {"PATTO_PORT": str(port), "PYTHONUNBUFFERED": "1"}
    env.setdefault("PATTO_SITE_URL", f"http://127.0.0.1:{port}")
    if settings.DEMO:
        env.setdefault("PATTO_FETCH_ALLOW", f"127.0.0.1:{port + 1}")
    return Place(settings.BASE_DIR, settings.VAR, settings.BIND, port, env)


def _check_is_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Patto can't listen on {host}:{port} ({error.strerror}). Stop what uses that "
                f"port, or choose another: make run PORT={port + 10}"
            ) from error


def _start(place: Place, supervisor: Supervisor, voices: Voices) -> None:
    _empty_broker()
    if not os.environ.get("DATABASE_URL"):
        supervisor.start(services.database(place))
        supervisor.wait_for(lambda: is_ready(place.var), seconds=START_SECONDS, what="The database")
    migrating = Service("migrate", lambda: place.command("migrate", "--no-input", "-v", "1"))
    if supervisor.run_once(migrating):
        raise CantStart("The database could not be brought up to date; the lines above say why.")
    for service in (services.web(place), services.worker(place), services.beat(place)):
        supervisor.start(service)
    if settings.DEMO:
        _begin_demo(place, supervisor)  # while the web server is still starting
    supervisor.wait_for(lambda: _answers(place), seconds=WEB_SECONDS, what="The web server")
    voices.announce(f"Patto is running at {place.url}   (Ctrl-C stops it)")
    if settings.DEMO and _demo(place, supervisor, "--rest"):
        voices.say("demo", "some stories could not be loaded; the lines above say why")
    supervisor.keep()


def _begin_demo(place: Place, supervisor: Supervisor) -> None:
    """The first story, its posts on a site of their own, and a sign-in link for each role."""
    port = str(place.port + 1)
    supervisor.start(Service("site", lambda: place.command("demo_site", "--port", port)))
    if _demo(place, supervisor, "--first"):
        raise CantStart("The demonstration could not be loaded; the lines above say why.")


def _demo(place: Place, supervisor: Supervisor, part: str) -> int:
    return supervisor.run_once(Service("demo", lambda: place.command("demo", part)))


def _answers(place: Place) -> bool:
    with closing(http.client.HTTPConnection(place.local_host, place.port, timeout=5)) as connection:
        try:
            connection.request("GET", "/", headers={"Host": f"127.0.0.1:{place.port}"})
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
    return True


def _empty_broker() -> None:
    """Messages of the last run: what they rang for is still in the database, and is rung again."""
    if settings.CELERY_BROKER_URL.startswith("filesystem:"):
        shutil.rmtree(settings.BROKER_DIR, ignore_errors=True)
