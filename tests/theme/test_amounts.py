import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from config.theme.amounts import parse, written


@pytest.mark.parametrize(
    ("language", "text", "minor"),
    [
        ("it", "1.500,00", 150000),
        ("it", "1500", 150000),
        ("it", "12.50", 1250),
        ("it", "1.500", 150000),
        ("en", "1,500.00", 150000),
        ("en", "12,50", 1250),
        ("en", "1,500", 150000),
        ("fr", "1 500,5", 150050),
        ("fr", "1\u202f500,50", 150050),
        ("en", "0.01", 1),
    ],
)
def test_amounts_are_read_as_the_reader_writes_them(language: str, text: str, minor: int) -> None:
    with translation.override(language):
        assert parse(text, "EUR") == minor


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0", "amount"),
        ("-5", "amount"),
        ("ten", "amount"),
        ("1e5", "amount"),
        ("٣", "amount"),
        ("1.2.3", "amount"),
        ("<b>5</b>", "amount"),
        ("10.005", "digits"),
        ("9" * 19, "large"),
    ],
)
def test_what_is_no_amount_is_said(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse(text, "EUR")
    assert refused.value.code == code


def test_currencies_without_minor_units_take_whole_numbers() -> None:
    assert parse("1500", "JPY") == 1500
    assert parse("1.234", "TND") == 1234
    with pytest.raises(ValidationError):
        parse("1.5", "JPY")


@given(st.integers(1, 10**12), st.sampled_from(["en", "it", "fr"]))
def test_what_is_written_is_read_back(minor: int, language: str) -> None:
    with translation.override(language):
        assert parse(written(minor, "EUR"), "EUR") == minor
