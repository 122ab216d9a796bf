"""Says of each described post whether its label tells readers what it owes them."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from disclosures.cases import BadCase, case_from
from disclosures.reading import judge
from disclosures.values import Case, Verdict, VerdictCode

LONGEST_LINE = 8_000_000


class Command(BaseCommand):
    help = (
        "Reads one post a line (JSON: id, jurisdiction, content_language, platform, format, "
        "relationship, published, brand, text, context) and answers each with its verdict."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="a file of posts; standard input if absent")
        parser.add_argument(
            "--lang",
            choices=["en", "it", "fr"],
            help="the reader's language; the answer holds only codes and quoted words, so it "
            "changes nothing here",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"] in (None, "-"):
            self._answer_all(sys.stdin.buffer)
            return
        try:
            lines = open(options["file"], "rb")  # noqa: SIM115 (closed below, opened apart)
        except OSError as error:
            raise CommandError(f"can't read {options['file']}: {error}", returncode=2) from error
        with lines:
            self._answer_all(lines)

    def _answer_all(self, lines: BinaryIO) -> None:
        number = 0
        while line := lines.readline(LONGEST_LINE):
            number += 1
            try:
                case = _case(line)
            except BadCase as bad:
                raise CommandError(f"line {number}: {bad}", returncode=2) from bad
            self.stdout.write(json.dumps(_answer(case, judge(case))))
            self.stdout.flush()


def _case(line: bytes) -> Case:
    """The post on a line. Raises BadCase."""
    if len(line) >= LONGEST_LINE:
        raise BadCase(f"longer than {LONGEST_LINE} bytes")
    try:
        raw = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadCase(f"not a JSON object in UTF-8 ({type(error).__name__})") from error
    return case_from(raw)


def _answer(case: Case, verdict: Verdict) -> dict[str, Any]:
    quoted = verdict.code != VerdictCode.MISSING
    return {
        "id": case.id,
        "verdict": verdict.code,
        "conformity": verdict.conformity,
        "rule": verdict.rule,
        "source": verdict.source,
        "verified": verdict.verified,
        "label": verdict.label if quoted else None,
        "place": verdict.place if quoted else None,
        "start": verdict.start if quoted else None,
        "end": verdict.end if quoted else None,
    }
