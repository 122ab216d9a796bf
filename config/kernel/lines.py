"""Commands that answer JSON lines with JSON lines: one answer a line, in order, flushed as it goes.

A line that can't be read ends the command with exit 2 and its number; earlier lines have been
answered by then. Needs no database, broker or environment variable.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

LONGEST_LINE = 8_000_000  # bytes
LANGUAGES = ("en", "it", "fr")


class BadLine(ValueError):
    """What is wrong with a line, in one sentence."""


class JsonLinesCommand(BaseCommand):
    """Subclasses give `answer`, from an object to an object."""

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="a file of JSON lines; default: standard input")
        parser.add_argument("--lang", choices=LANGUAGES, help="the reader's language")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"] in (None, "-"):
            self._answer_all(sys.stdin.buffer, options["lang"])
            return
        try:
            lines = open(options["file"], "rb")  # noqa: SIM115 (closed below, opened apart)
        except OSError as error:
            raise CommandError(f"can't read {options['file']}: {error}", returncode=2) from error
        with lines:
            self._answer_all(lines, options["lang"])

    def answer(self, row: dict[str, Any], reader: str | None) -> dict[str, Any]:
        """The answer to one line. Raises BadLine."""
        raise TypeError(f"{type(self).__name__} gives no answer")

    def _answer_all(self, lines: BinaryIO, reader: str | None) -> None:
        number = 0
        while line := lines.readline(LONGEST_LINE):
            number += 1
            try:
                said = self.answer(_row(line), reader)
            except BadLine as bad:
                raise CommandError(f"line {number}: {bad}", returncode=2) from bad
            self.stdout.write(_written(said))
            self.stdout.flush()


def _written(said: dict[str, Any]) -> str:
    """As JSON, in plain letters; half a surrogate pair that came in escaped goes out escaped."""
    written = json.dumps(said)
    halved = any("\ud800" <= char <= "\udfff" for char in written)
    return json.dumps(said) if halved else written


def _row(line: bytes) -> dict[str, Any]:
    if len(line) >= LONGEST_LINE:
        raise BadLine(f"It is longer than {LONGEST_LINE} bytes.")
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadLine("It is not a JSON object in UTF-8.") from error
    if not isinstance(row, dict):
        raise BadLine("It is not a JSON object.")
    return row


def identifier(row: dict[str, Any]) -> str | int:
    """The line's own id, which the answer carries back. Raises BadLine."""
    found = row.get("id")
    if isinstance(found, str) or (isinstance(found, int) and not isinstance(found, bool)):
        return found
    raise BadLine("It has no id. Give each line an id of text or a whole number.")
