from datetime import UTC, date, datetime

import pytest

from campaigns.payouts import rules


@pytest.mark.parametrize(
    ("due", "at", "late"),
    [
        (date(2026, 3, 10), date(2026, 3, 9), 0),
        (date(2026, 3, 10), date(2026, 3, 10), 0),
        (date(2026, 3, 10), date(2026, 3, 11), 1),
        (date(2028, 2, 28), date(2028, 3, 1), 2),
        (date(2027, 2, 28), date(2027, 3, 1), 1),
    ],
)
def test_the_due_date_itself_is_in_time(due: date, at: date, late: int) -> None:
    assert rules.days_late(due, at) == late


@pytest.mark.parametrize(
    ("jurisdictions", "day"),
    [
        (["IT"], date(2026, 7, 1)),
        (["PT"], date(2026, 6, 30)),
        (["ZZ"], date(2026, 6, 30)),
        ([], date(2026, 6, 30)),
    ],
)
def test_the_day_is_the_one_where_the_agreement_holds(jurisdictions: list[str], day: date) -> None:
    at = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert rules.local_day(at, jurisdictions, "UTC") == day


@pytest.mark.parametrize("number", ["7", "2026-03/14", "EC 12 #4", "A1:b_2.3"])
def test_a_number_is_a_reference(number: str) -> None:
    assert rules.problems_of_reference(number) == []


@pytest.mark.parametrize("text", ["", " ", "Rossi", "Rossi, 7", "-7", "7\n", "٧", "7é", "9" * 61])
def test_words_are_not_a_reference(text: str) -> None:
    assert rules.problems_of_reference(text)
