"""Says of each web address whether Patto would read it, without reading it."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from config.kernel.fetching import FetchError
from config.kernel.fetching.network import Deadline, resolve
from config.kernel.fetching.targets import read_target

MAX_LINE = 65_536
RESOLVE_SECONDS = 10.0


class Command(BaseCommand):
    help = (
        "Reads one address a line and answers with JSON lines: url, allowed, why. No connection "
        "is made, and PATTO_FETCH_ALLOW is not looked at."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="a file of addresses; standard input if absent")
        parser.add_argument(
            "--resolve", action="store_true", help="also look names up and judge their addresses"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"] is None:
            self._answer(sys.stdin.buffer, resolve_names=options["resolve"])
            return
        try:
            lines = open(options["file"], "rb")  # noqa: SIM115 (closed below, opened apart)
        except OSError as error:
            raise CommandError(f"can't read {options['file']}: {error}", returncode=2) from error
        with lines:
            self._answer(lines, resolve_names=options["resolve"])

    def _answer(self, lines: BinaryIO, *, resolve_names: bool) -> None:
        for url in _lines(lines):
            allowed, why = _judge(url, resolve_names=resolve_names)
            answer = {"url": url, "allowed": allowed, "why": why}
            self.stdout.write(json.dumps(answer))
            self.stdout.flush()


def _lines(stream: BinaryIO) -> Iterator[str]:
    """One string a line, without its end; of a line beyond all measure only the beginning."""
    while line := stream.readline(MAX_LINE):
        rest = line
        while not rest.endswith(b"\n") and (rest := stream.readline(MAX_LINE)):
            pass
        yield line.rstrip(b"\r\n").decode("utf-8", "replace")


def _judge(url: str, *, resolve_names: bool) -> tuple[bool, str]:
    try:
        target = read_target(url.strip(" \t"))
        if not resolve_names or target.address is not None:
            return True, "public: this is the address or name of a public place"
        resolve(target, Deadline(RESOLVE_SECONDS))
    except FetchError as refusal:
        return False, str(refusal)
    return True, "public: every address of this name is public"
