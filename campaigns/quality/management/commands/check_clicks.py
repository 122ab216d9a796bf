"""Says of each click of a campaign whether it counts, and of each influencer what was seen."""

from __future__ import annotations

import json
import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaigns.quality.clicks import Account, Judged, judge, reading
from campaigns.quality.clicks.reasons import LANGUAGES, reason


class Command(BaseCommand):
    help = (
        "Reads one click a line (JSON, .gz too) and the campaign's links (YAML); writes clicks.csv "
        "(line from 0, verdict, reason) and influencers.json under DIR, or nothing where a line is "
        "bad: then exit 2 and its number, from 1."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file of JSON lines, perhaps gzipped")
        parser.add_argument("--campaign", type=Path, required=True, help="YAML: the links")
        parser.add_argument("--out", type=Path, required=True, help="the directory to write in")
        parser.add_argument("--lang", choices=LANGUAGES, default="en", help="the reader's language")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            links = reading.campaign(options["campaign"])
            clicks = reading.clicks(options["file"], {link.link_id for link in links})
        except reading.BadCampaign as bad:
            raise CommandError(f"{options['campaign']}: {bad}", returncode=2) from bad
        except reading.BadClick as bad:
            raise CommandError(f"line {bad.number}: {bad}", returncode=2) from bad
        except OSError as error:
            raise CommandError(f"can't read: {error}", returncode=2) from error
        try:
            _write(options["out"], judge(clicks, links), options["lang"])
        except OSError as error:
            raise CommandError(f"can't write under {options['out']}: {error}") from error


def _write(out: Path, judged: Judged, language: str) -> None:
    """Each file appears whole or not at all."""
    out.mkdir(parents=True, exist_ok=True)
    accounts = {name: _worded(each, language) for name, each in judged.influencers.items()}
    _replace(out / "clicks.csv", judged.clicks.write_csv)
    _replace(
        out / "influencers.json",
        lambda path: Path(path).write_text(json.dumps(accounts, ensure_ascii=False, indent=1)),
    )


def _worded(account: Account, language: str) -> dict[str, Any]:
    """With the words of each reason beside its figures."""
    words = [reason(each["reason"], language) for each in account.evidence]
    evidence = [
        {**each, "title": said.title, "why": said.why, "source": said.source}
        for each, said in zip(account.evidence, words, strict=True)
    ]
    return {**asdict(account), "evidence": evidence}


def _replace(path: Path, write: Callable[[str], object]) -> None:
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    try:
        write(made)
        Path(made).chmod(0o644)
        Path(made).replace(path)
    finally:
        Path(made).unlink(missing_ok=True)
