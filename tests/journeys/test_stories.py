"""The nine stories, each through the real actions and a real worker, in one run of the command."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from config.stories import reading

pytestmark = pytest.mark.slow
PATIENCE = 900
PENDING = {
    "01-paid-likes": [],
    "02-pay-per-click-primary": [],
    "03-ten-pioneer-blogs": [],
    "04-traffic-share": [],
    "05-bought-followers": [],
    "06-members-own-it": ["each_member_can_export_everything", "surplus_lines_minor"],
    "07-piloted-contest": [],
    "08-platform-block": [],
    "09-profiled-audience": ["fit_order"],
}


@dataclass(frozen=True)
class Ran:
    code: int
    lines: dict[str, dict[str, Any]]
    said: str


def story(var: Path, *arguments: str) -> Ran:
    """`manage.py story` in a process of its own, on a database and a worker of its own."""
    inherited = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "PATTO_DEMO"}}
    done = subprocess.run(
        [sys.executable, "manage.py", "story", *arguments],
        cwd=settings.BASE_DIR,
        env={**inherited, "PATTO_VAR": str(var)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return Ran(done.returncode, {line["story"]: line for line in lines}, done.stderr)


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return story(tmp_path_factory.mktemp("stories"), "--all")


def test_every_story_is_played_and_the_command_is_content(played: Ran) -> None:
    assert played.code == 0, played.said
    assert played.lines.keys() == PENDING.keys()
    assert {path.stem for path in reading.every()} == PENDING.keys()


@pytest.mark.parametrize("name", PENDING)
def test_a_story_comes_out_as_it_is_told(played: Ran, name: str) -> None:
    line = played.lines[name]
    due = {key: value for key, value in line["expected"].items() if key not in PENDING[name]}
    assert line["pending"] == PENDING[name]
    assert line["got"] == due
    assert line["ok"] is True


@pytest.mark.parametrize(
    "text",
    [
        "title: [",
        "- a list",
        "",
        "title: Una storia",
        "title: 7\njurisdiction: IT\nbrief: {}\nexpect: {}",
        "title: Una storia\njurisdiction: IT\nbrief: parole\nexpect: {}",
    ],
)
def test_a_file_that_tells_no_story_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(text)
    ran = story(tmp_path, str(file))
    assert (ran.code, ran.lines) == (2, {})
    assert len(ran.said.strip().splitlines()) == 1
    assert "bad.yaml" in ran.said
    assert "Traceback" not in ran.said


def test_no_file_at_all_and_one_that_is_not_there_are_refused(tmp_path: Path) -> None:
    for arguments in ([], [str(tmp_path / "none.yaml")]):
        ran = story(tmp_path, *arguments)
        assert (ran.code, ran.lines) == (2, {})
        assert len(ran.said.strip().splitlines()) == 1


def test_a_story_that_comes_out_otherwise_ends_with_1_and_shows_both(tmp_path: Path) -> None:
    told = yaml.safe_load((reading.DATA / "01-paid-likes.yaml").read_text())
    told["expect"] = {"outcome": "accepted", "unheard_of": 1}
    file = tmp_path / "otherwise.yaml"
    file.write_text(yaml.safe_dump(told, allow_unicode=True))
    ran = story(tmp_path, str(file))
    line = ran.lines["otherwise"]
    assert ran.code == 1
    assert (line["ok"], line["got"]) == (False, {"outcome": "rejected"})
    assert line["expected"] == told["expect"]
