"""The command: one answer a line, bad input by its line number, nothing else needed."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
POST = {
    "id": "a",
    "jurisdiction": "IT",
    "content_language": "it",
    "platform": "instagram",
    "format": "post",
    "relationship": "paid",
    "published": "2026-03-02",
    "brand": "Mulino Alba",
    "text": "Pubblicità | il pane",
}


def run(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check_disclosure", *arguments],
        input=text,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        check=False,
    )


def test_each_line_is_answered_with_all_its_keys() -> None:
    done = run(json.dumps(POST) + "\n" + json.dumps(POST | {"id": 2, "text": "Il pane"}) + "\n")

    first, second = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 0
    assert first == {
        "id": "a",
        "verdict": "sufficient",
        "conformity": "conforming",
        "rule": "IT-LABEL-OK",
        "source": "IAP Digital Chart, version of 1 June 2023, art. 1 and 2",
        "verified": True,
        "label": "Pubblicità",
        "place": "text",
        "start": 0,
        "end": 10,
    }
    assert (second["id"], second["verdict"], second["label"]) == (2, "missing", None)


def test_a_file_and_a_language_can_be_named(tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_text(json.dumps(POST), encoding="utf-8")

    done = run("", str(file), "--lang", "fr")

    assert json.loads(done.stdout)["verdict"] == "sufficient"


def test_a_bad_line_ends_with_its_number_after_the_earlier_answers() -> None:
    for bad in ("{", "[]", "", json.dumps(POST | {"jurisdiction": "XX"}), '{"id": 1}'):
        done = run(f"{json.dumps(POST)}\n{bad}\n{json.dumps(POST)}\n")

        assert done.returncode == 2
        assert len(done.stdout.splitlines()) == 1
        assert "line 2" in done.stderr


def test_an_unknown_jurisdiction_names_the_known_ones() -> None:
    done = run(json.dumps(POST | {"jurisdiction": "XX"}))

    assert "FR, " in done.stderr or "FR" in done.stderr.split("known:")[1]
