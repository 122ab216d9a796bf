"""Amounts, dates and counts, exactly as the voice table has them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from config.kernel.money import Money
from config.theme import formatting

ROME = ZoneInfo("Europe/Rome")
DEADLINE = datetime(2026, 10, 15, 18, 0, tzinfo=ROME)
OBJECTED = datetime(2026, 10, 10, 9, 42, tzinfo=ROME)
IN_2026 = date(2026, 10, 12)
N = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("it", f"15.000,00{N}€"),
        ("fr", f"15\N{NARROW NO-BREAK SPACE}000,00{N}€"),
        ("en", "€15,000.00"),
    ],
)
def test_an_amount_is_written_to_the_cent_and_never_breaks(language: str, written: str) -> None:
    with translation.override(language):
        assert formatting.money(Money(1_500_000, "EUR")) == written


@pytest.mark.parametrize(
    ("amount", "written"),
    [(Money(1500, "JPY"), "¥1,500"), (Money(1500, "TND"), f"TND{N}1.500")],
)
def test_each_currency_has_its_own_digits(amount: Money, written: str) -> None:
    assert formatting.money(amount) == written


def test_an_unknown_amount_is_said_in_words_and_is_not_zero() -> None:
    assert formatting.money(None) == "Not measured"
    assert formatting.percent(None) == "Not measured"
    assert formatting.number(None) == "Not measured"
    assert formatting.money(Money(0, "EUR")) == "€0.00"


@pytest.mark.parametrize(
    ("language", "written"), [("it", f"66,67{N}%"), ("fr", f"66,67{N}%"), ("en", "66.67%")]
)
def test_basis_points_read_as_a_percentage(language: str, written: str) -> None:
    with translation.override(language):
        assert formatting.percent(6667) == written


@pytest.mark.parametrize(
    ("language", "day", "day_hour", "minutes", "short"),
    [
        ("it", "giovedì 15 ottobre", "giovedì 15 ottobre, ore 18", "9.42", "gio 15 ott"),
        ("fr", "jeudi 15 octobre", f"jeudi 15 octobre, 18{N}h", f"9{N}h{N}42", "jeu. 15 oct."),
        ("en", "Thursday 15 October", "Thursday 15 October, 18:00", "9:42", "Thu 15 Oct"),
    ],
)
def test_a_day_has_its_weekday_and_binds_to_the_hour(
    language: str, day: str, day_hour: str, minutes: str, short: str
) -> None:
    with translation.override(language):
        assert formatting.day(DEADLINE, IN_2026) == day
        assert formatting.day_hour(DEADLINE, IN_2026) == day_hour
        assert formatting.hour(OBJECTED) == minutes
        assert formatting.short_day(DEADLINE, IN_2026) == short


def test_the_year_stands_only_where_it_is_not_the_running_one() -> None:
    with translation.override("it"):
        assert formatting.day(DEADLINE, date(2027, 1, 1)) == "giovedì 15 ottobre 2026"


def test_the_first_of_a_month_is_an_ordinal_in_french() -> None:
    with translation.override("fr"):
        assert formatting.day(date(2026, 10, 1), IN_2026) == "jeudi 1er octobre"
        assert formatting.day(date(2026, 10, 11), IN_2026) == "dimanche 11 octobre"


def test_a_moment_is_told_in_the_zone_of_the_site() -> None:
    at = datetime(2026, 10, 14, 22, 30, tzinfo=UTC)  # half past midnight in Rome
    assert formatting.day_hour(at, IN_2026) == "Thursday 15 October, 0:30"


def test_what_happened_today_and_yesterday_says_so() -> None:
    assert formatting.moment(OBJECTED, OBJECTED.date()) == "today, 9:42"
    assert formatting.moment(OBJECTED, date(2026, 10, 11)) == "yesterday, 9:42"
    assert formatting.moment(OBJECTED, date(2026, 10, 20)) == "Saturday 10 October, 9:42"


@pytest.mark.parametrize(
    ("days", "written"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (3, "in three days"),
        (-3, "three days ago"),
        (25, "in 25 days"),
    ],
)
def test_how_far_off_is_counted_in_days(days: int, written: str) -> None:
    assert formatting.ago(OBJECTED + timedelta(days=days), now=OBJECTED) == written


def test_small_counts_are_words_and_large_ones_figures() -> None:
    assert [formatting.count_word(n) for n in (2, 10, 11, 6212)] == ["two", "ten", "11", "6,212"]


@pytest.mark.parametrize(
    ("language", "written"), [("it", "«sì»"), ("fr", f"«{N}sì{N}»"), ("en", "“sì”")]
)
def test_words_of_people_stand_between_the_marks_of_the_language(
    language: str, written: str
) -> None:
    with translation.override(language):
        assert formatting.quoted("sì") == written


def test_a_language_without_patterns_is_still_readable() -> None:
    with translation.override("de"):
        assert formatting.day_hour(DEADLINE, IN_2026) == "Donnerstag 15 Oktober, 18:00"
