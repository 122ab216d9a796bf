"""When a post asked for clicks: from the first rejected snapshot until a clean one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from campaigns.links.incitement import incites, spans
from campaigns.quality.queries import Standing

T0 = datetime(2026, 3, 10, tzinfo=UTC)


def at(hour: int) -> datetime:
    return T0 + timedelta(hours=hour)


def finding(family: str, quote: str = "clicca qui", severity: str = "reject") -> dict[str, Any]:
    return {"family": family, "quote": quote, "severity": severity}


@pytest.mark.parametrize(
    ("looks", "expected"),
    [
        ([], []),
        ([False, False], []),
        ([True], [(0, None)]),
        ([False, True, True], [(1, None)]),
        ([True, False], [(0, 1)]),
        ([True, None, False], [(0, 2)]),  # what nobody can say yet changes nothing
        ([None, True, None], [(1, None)]),
        ([True, False, True, False, True], [(0, 1), (2, 3), (4, None)]),
    ],
)
def test_a_post_incites_until_it_is_found_clean(
    looks: list[bool | None], expected: list[tuple[int, int | None]]
) -> None:
    found = spans((at(hour), asking) for hour, asking in enumerate(looks))

    assert list(found) == [(at(a), at(b) if b is not None else None) for a, b in expected]


@pytest.mark.parametrize(
    ("status", "findings", "expected"),
    [
        ("queued", [], None),
        ("failed", [], None),
        ("accepted", [], False),
        ("rejected", [finding("click.incitement")], True),
        ("rejected", [finding("engagement.exchange", "click my link, I click yours")], True),
        ("rejected", [finding("engagement.exchange", "je clique si tu cliques")], True),
        ("rejected", [finding("engagement.bait", "Klick und gewinne")], True),
        ("rejected", [finding("engagement.exchange", "follow me, I follow you")], False),
        ("rejected", [finding("opinion.dictated")], False),
        ("review", [finding("click.incitement", severity="review")], None),
        ("review", [finding("opinion.dictated", severity="review")], False),
        (
            "rejected",
            [finding("opinion.dictated"), finding("click.incitement", severity="review")],
            None,
        ),
    ],
)
def test_what_stands_of_the_words_says_whether_they_ask(
    status: str, findings: list[dict[str, Any]], expected: bool | None
) -> None:
    assert incites(Standing(1, status, findings)) is expected


def test_a_reviewer_has_the_last_word() -> None:
    asked = [finding("click.incitement", severity="review")]

    assert incites(Standing(1, "rejected", asked, ruling_reason="È una spinta")) is True
    assert incites(Standing(1, "accepted", asked, ruling_reason="È onesto")) is False
