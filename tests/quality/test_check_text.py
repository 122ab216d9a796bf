"""The command, as a user types it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def check_text(given: str, *options: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, without a variable set and without a database."""
    return subprocess.run(
        [sys.executable, "manage.py", "check_text", *options],
        cwd=ROOT,
        input=given,
        capture_output=True,
        encoding="utf-8",
        env={"PATH": os.environ["PATH"]},
        check=False,
    )


def line(**given: object) -> str:
    return json.dumps({"id": "x", "kind": "post", "text": "Ciao"} | given) + "\n"


def test_each_line_is_answered_in_order() -> None:
    words = "Ciao 🙂 seguimi e ti seguo"
    given = line(id="a", text=words) + line(id=2, lang="it")
    done = check_text(given + line(id="c", kind="link", text="x.example"), "--lang", "en")
    answers = [json.loads(each) for each in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [answer["id"] for answer in answers] == ["a", 2, "c"]
    assert [answer["verdict"] for answer in answers] == ["reject", "accept", "accept"]
    found = answers[0]["findings"][0]
    assert found["family"] == "engagement.exchange"
    assert words[found["start"] : found["end"]] == found["quote"] == "seguimi e ti seguo"
    assert found["why"].startswith("A follow")


def test_terms_are_read_for_formulas_too_each_family_once() -> None:
    words = "Three reels. The fee is max(300, likes / 10)."
    done = check_text(line(kind="terms", text=words, lang="fr") + line(kind="brief", text=words))
    terms, brief = (json.loads(each) for each in done.stdout.splitlines())
    assert terms["verdict"] == "reject"
    [found] = (each for each in terms["findings"] if each["family"] == "pay.per_action")
    assert words[found["start"] : found["end"]] == found["quote"] == "likes / 10"
    assert "rémunération" in found["why"]
    assert "pay.per_action" not in {each["family"] for each in brief["findings"]}

    done = check_text(line(kind="terms", text="You get 2 euros for every like."))
    found = json.loads(done.stdout)["findings"]
    assert "pay.per_action" in {each["family"] for each in found}
    assert "pay.per_action" not in {each["rule"] for each in found}  # as a clause would add it


def test_a_bad_line_ends_with_its_number_after_earlier_answers() -> None:
    done = check_text(line() + line() + "{nonsense\n" + line())
    assert done.returncode == 2
    assert "line 3" in done.stderr
    assert len(done.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "[]",
        '{"kind": "post", "text": "no id"}',
        '{"id": 1, "kind": "poem", "text": "x"}',
        '{"id": 1, "kind": ["post"], "text": "x"}',
        '{"id": 1, "kind": "post"}',
        '{"id": 1, "kind": "post", "text": 5}',
        '{"id": 1, "kind": "post", "text": "x", "lang": 5}',
        '{"id": 1, "kind": "post", "text": "' + "x" * 200_001 + '"}',
    ],
    ids=lambda bad: bad[:40],
)
def test_what_cannot_be_answered_is_said_in_one_line(bad: str) -> None:
    done = check_text(bad + "\n")
    assert done.returncode == 2
    assert "line 1" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_file_is_read_as_stdin_is(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text(line(text="Half \ud800 follow me, I follow back"), "ascii")
    done = check_text("", str(file))
    assert done.returncode == 0
    assert json.loads(done.stdout)["verdict"] == "reject"


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = check_text("", str(tmp_path / "none.jsonl"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
