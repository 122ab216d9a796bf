"""How long a person who types waits for the server: the view of the hints, through Django's test
client, with texts of 300 to 3,000 characters, mostly honest, in five languages.
"""

import os
import random
import tempfile
import time
from pathlib import Path

import django
import yaml

from campaigns.quality import training
from tests.benchmarks.figures import Figures

TEXTS = Path(__file__).parents[1] / "quality"
ASKED, WARM = 200, 20
LIMIT_MS = 50


def main() -> None:
    """Measure on a database of its own, thrown away afterwards."""
    from config.up import postgres

    with tempfile.TemporaryDirectory(prefix="patto-bench-") as var:
        server = postgres.start(Path(var), throwaway=True)
        try:
            os.environ.update(
                DATABASE_URL=server.url,
                PATTO_VAR=var,
                CELERY_BROKER_URL="memory://",
                DJANGO_SETTINGS_MODULE="config.settings",
            )
            django.setup()
            prepare()
            measure()
        finally:
            server.stop()


def prepare() -> None:
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0, interactive=False)


def sentences() -> tuple[list[str], list[str]]:
    """(honest, refused): every text, plan and clause the tests know, in five languages."""
    honest: list[str] = []
    refused: list[str] = []
    for path in sorted(Path(training.__path__[0]).glob("texts_*.yaml")):
        known = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        honest += map(words_of, known.get("honest", []))
        refused += map(words_of, known.get("bad", []))
    clauses = yaml.load((TEXTS / "pay_clauses.yaml").read_bytes(), yaml.CSafeLoader)
    honest += [each for listed in clauses["allowed"].values() for each in listed]
    refused += [each for listed in clauses["refused"].values() for each in listed]
    return honest, refused


def words_of(known: str | dict[str, str]) -> str:
    return known if isinstance(known, str) else known["text"]


def texts(many: int) -> list[str]:
    """One sentence in ten is to be refused, and the first of each text."""
    draw, (honest, refused), made = random.Random(7), sentences(), []
    for _ in range(many):
        length, words = draw.randint(300, 3_000), draw.choice(refused)
        while len(words) < length:
            words += " " + draw.choice(refused if draw.random() < 0.1 else honest)
        made.append(words[:length])
    return made


def measure() -> None:
    from django.test import Client

    from campaigns.briefs import hinting
    from tests import factories

    hinting.PACE = hinting.Pace(10**9)
    scene = factories.in_codesign(1)
    client, figures = Client(), Figures()
    client.force_login(scene.manager)
    for kind in ("mechanic", "terms"):
        spent = []
        for words in texts(WARM + ASKED):
            sent = {"kind": kind, "of": "text", "text": words, "shown-text": "other"}
            begun = time.perf_counter()
            answer = client.post(f"{scene.url}hints/", sent)
            spent.append((time.perf_counter() - begun) * 1000)
            assert answer.status_code in {200, 204}
        spent = sorted(spent[WARM:])
        name = f"hints for {kind}, {ASKED} texts of 300 to 3,000 characters"
        figures.told(f"{name}: median", spent[len(spent) // 2], "ms")
        figures.at_most(f"{name}: 95th of 100", spent[len(spent) * 95 // 100], LIMIT_MS, "ms")
    figures.done()


if __name__ == "__main__":
    main()
