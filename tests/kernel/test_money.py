"""No cent is lost or made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.kernel.money import CurrencyMismatch, Money, is_currency, minor_digits

AMOUNTS = st.integers(min_value=-(10**15), max_value=10**15)
WEIGHTS = st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=40).filter(any)


def minors(shares: list[Money]) -> list[int]:
    return [share.minor for share in shares]


@given(AMOUNTS, WEIGHTS)
def test_the_shares_of_a_split_add_up_to_the_amount(minor: int, weights: list[int]) -> None:
    shares = Money(minor, "EUR").split(weights)
    assert sum(minors(shares)) == minor
    assert {share.currency for share in shares} == {"EUR"}
    assert len(shares) == len(weights)


@given(AMOUNTS, WEIGHTS)
def test_no_share_is_a_whole_unit_away_from_its_exact_part(minor: int, weights: list[int]) -> None:
    total = sum(weights)
    for share, weight in zip(Money(minor, "EUR").split(weights), weights, strict=True):
        assert abs(share.minor * total - minor * weight) < total


@given(AMOUNTS, WEIGHTS)
def test_a_debt_is_split_as_the_credit_it_mirrors(minor: int, weights: list[int]) -> None:
    there, back = Money(minor, "EUR").split(weights), Money(-minor, "EUR").split(weights)
    assert minors(back) == [-each for each in minors(there)]


@given(AMOUNTS, WEIGHTS)
def test_whoever_weighs_nothing_gets_nothing(minor: int, weights: list[int]) -> None:
    shares = Money(minor, "EUR").split(weights)
    assert all(s.minor == 0 for s, w in zip(shares, weights, strict=True) if w == 0)


def test_the_largest_remainder_takes_the_cent_left_over() -> None:
    assert minors(Money(100, "EUR").split([1, 1, 4])) == [17, 17, 66]
    assert minors(Money(100, "EUR").split([10, 1, 7])) == [56, 5, 39]
    assert minors(Money(10, "EUR").split([1, 2])) == [3, 7]


def test_of_equal_remainders_the_earlier_share_takes_the_cent() -> None:
    assert minors(Money(100, "EUR").split([1, 1, 1])) == [34, 33, 33]
    assert minors(Money(-100, "EUR").split([1, 1, 1])) == [-34, -33, -33]
    assert minors(Money(5, "EUR").split([1, 1, 1, 1])) == [2, 1, 1, 1]


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [1, -1], [-1], [3, -1]])
def test_weights_that_share_nothing_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="Weights"):
        Money(100, "EUR").split(weights)


def test_currencies_do_not_mix() -> None:
    euro, pound = Money(1, "EUR"), Money(1, "GBP")
    for mixed in (lambda: euro + pound, lambda: euro - pound, lambda: euro < pound):
        with pytest.raises(CurrencyMismatch):
            mixed()
    assert euro != pound


@given(AMOUNTS, AMOUNTS)
def test_sums_and_order_are_those_of_the_whole_units(first: int, second: int) -> None:
    a, b = Money(first, "EUR"), Money(second, "EUR")
    assert (a + b).minor == first + second
    assert (a - b).minor == first - second
    assert (-a).minor == -first
    assert (a < b, a <= b, a == b) == (first < second, first <= second, first == second)
    assert bool(a) == bool(first)
    assert sum([a, b], Money(0, "EUR")) == a + b


@pytest.mark.parametrize("minor", [1.0, "1", True, None])
def test_only_whole_units_are_money(minor: object) -> None:
    with pytest.raises(TypeError):
        Money(minor, "EUR")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("currency", "digits"), [("EUR", 2), ("JPY", 0), ("TND", 3), ("CHF", 2), ("ISK", 0)]
)
def test_currencies_have_the_digits_of_their_minor_unit(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits


def test_currencies_are_known_by_their_three_letters() -> None:
    assert all(map(is_currency, ["EUR", "CHF", "JPY"]))
    assert not any(map(is_currency, ["eur", "EURO", "", "ZZZ", "€", "EUR\n"]))
    assert not any(map(is_currency, ["XXX", "XTS", "DEM", "ITL"]))  # none, for tests, withdrawn
