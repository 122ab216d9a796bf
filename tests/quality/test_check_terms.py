"""The command `check_terms`, as a program that others call."""

import io
import json
import sys
from typing import Any

import pytest
from django.core.management import CommandError, call_command


def answers(
    lines: list[str], monkeypatch: pytest.MonkeyPatch, **options: Any
) -> tuple[list[dict[str, Any]], CommandError | None]:
    given = io.TextIOWrapper(io.BytesIO("\n".join(lines).encode()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", given)
    out, refused = io.StringIO(), None
    try:
        call_command("check_terms", stdout=out, **options)
    except CommandError as error:
        refused = error
    return [json.loads(line) for line in out.getvalue().splitlines()], refused


def test_each_line_is_answered_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    first = {"id": "a", "terms": [{"pay": "fixed", "amount_minor": 1000, "currency": "EUR"}]}
    like = {"pay": "per_action", "unit": "like", "amount_minor": 1, "seconds": 20}
    second = {"id": 2, "floor_hourly_minor": 1200, "terms": [like]}
    said, refused = answers([json.dumps(first), json.dumps(second)], monkeypatch)

    assert refused is None
    assert [line["id"] for line in said] == ["a", 2]
    assert said[0] == {"id": "a", "verdict": "accept", "findings": [], "hourly_minor": [None]}
    assert said[1]["verdict"] == "reject"
    assert {finding["family"] for finding in said[1]["findings"]} == {
        "pay.per_action",
        "pay.below_floor",
    }
    assert all(f["term"] == 0 and f["hourly_minor"] == 180 for f in said[1]["findings"])


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        '{"terms": []}',
        '{"id": "x"}',
        '{"id": "x", "terms": {}}',
        '{"id": "x", "terms": [], "floor_hourly_minor": 0}',
        '{"id": "x", "terms": [], "floor_hourly_minor": 1.5}',
        '{"id": "x", "terms": [{"pay": "fixed", "amount_minor": -3}]}',
        '{"id": true, "terms": []}',
    ],
)
def test_a_bad_line_ends_with_its_number_after_the_good_ones(
    bad: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = '{"id": 1, "terms": []}'
    said, refused = answers([good, bad, good], monkeypatch)

    assert len(said) == 1
    assert refused is not None
    assert refused.returncode == 2
    assert str(refused).startswith("line 2:")
