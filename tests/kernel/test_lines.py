"""JSON lines in, JSON lines out: one answer a line, in order, and a bad line said by its number."""

import json
import sys
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from config.kernel.lines import LONGEST_LINE, BadLine, JsonLinesCommand, identifier


class Echo(JsonLinesCommand):
    def answer(self, row: dict[str, Any], reader: str | None) -> dict[str, Any]:
        if row.get("bad"):
            raise BadLine("It is bad.")
        return {"id": identifier(row), "said": row.get("said"), "reader": reader}


Told = Callable[[bytes], tuple[list[dict[str, Any]], str]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """The answers to what comes by standard input, and the refusal that ended it, if any."""

    def run(lines: bytes, **options: Any) -> tuple[list[dict[str, Any]], str]:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(lines)))
        out, refusal = StringIO(), ""
        try:
            call_command(Echo(), stdout=out, **options)
        except CommandError as error:
            refusal = f"exit {error.returncode}: {error}"
        return [json.loads(line) for line in out.getvalue().splitlines()], refusal

    return run


def test_each_line_is_answered_in_order(told: Told) -> None:
    answers, refusal = told(b'{"id": 1}\n{"id": "two", "said": "\xc3\xa8"}\r\n{"id": 3}')
    assert [each["id"] for each in answers] == [1, "two", 3]
    assert answers[1]["said"] == "è"
    assert refusal == ""


def test_nothing_in_is_nothing_out(told: Told) -> None:
    assert told(b"") == ([], "")


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"words"',
        b"\xff\xfe",
        b'{"id": 1} {"id": 2}',
        b"[" * 100_000,
        b"{}",
        b'{"id": null}',
        b'{"id": true}',
        b'{"id": 1.5}',
        b'{"id": 1, "bad": true}',
    ],
)
def test_a_line_that_cant_be_read_ends_with_its_number_after_earlier_answers(
    told: Told, line: bytes
) -> None:
    answers, refusal = told(b'{"id": 1}\n{"id": 2}\n' + line + b'\n{"id": 4}\n')
    assert [each["id"] for each in answers] == [1, 2]
    assert refusal.startswith("exit 2: line 3: ")


def test_a_line_past_the_limit_is_refused(told: Told) -> None:
    answers, refusal = told(b'{"id": 1, "said": "' + b"a" * LONGEST_LINE + b'"}\n')
    assert (answers, refusal[:15]) == ([], "exit 2: line 1:")


def test_a_byte_order_mark_is_no_part_of_the_line(told: Told) -> None:
    assert told(b'\xef\xbb\xbf{"id": 1}\n')[0][0]["id"] == 1


def test_half_a_surrogate_pair_comes_back_escaped(told: Told) -> None:
    answers, _ = told(rb'{"id": 1, "said": "\ud83d"}')
    assert answers[0]["said"] == "\ud83d"


def test_a_file_is_read_like_standard_input(tmp_path: Path) -> None:
    file, out = tmp_path / "lines.jsonl", StringIO()
    file.write_text('{"id": 7}\n')
    call_command(Echo(), str(file), "--lang", "fr", stdout=out)
    assert json.loads(out.getvalue()) == {"id": 7, "said": None, "reader": "fr"}


def test_a_file_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command(Echo(), str(tmp_path / "none.jsonl"))
    assert refused.value.returncode == 2
    assert "none.jsonl" in str(refused.value)


def test_answers_are_written_as_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    out = StringIO()
    seen: list[int] = []

    class Watched(BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            seen.append(out.getvalue().count("\n"))
            return super().readline(size)

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Watched(b'{"id":1}\n{"id":2}\n')))
    call_command(Echo(), stdout=out)
    assert seen == [0, 1, 2]
