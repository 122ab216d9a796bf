"""Amounts as people write them, to whole minor units: "1.500,00", "1,500.00", "1 500", "1500"."""

import re

from babel.numbers import get_decimal_symbol, get_group_symbol
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from config.kernel.money import MOST_MINOR, minor_digits

SPACES = re.compile(r"[\s\u00a0\u202f'’]")


class AmountField(forms.CharField):
    """Cleans to an int of minor units of `currency`, above zero; None when empty and optional."""

    default_error_messages = {
        "amount": _("Write an amount above zero, as 1500 or %(example)s."),
        "digits": _("%(currency)s has %(digits)s digits after the point, not more."),
        "large": _("This amount is too large."),
    }

    def __init__(self, *, currency: str = "EUR", **options: object) -> None:
        super().__init__(max_length=30, **options)  # type: ignore[arg-type]
        self.currency = currency
        self.widget.attrs |= {"inputmode": "decimal", "class": "input input-num"}

    def clean(self, value: object) -> int | None:
        text = super().clean(value)
        return parse(text, self.currency) if text else None

    def prepare_value(self, value: object) -> object:
        return written(value, self.currency) if isinstance(value, int) else value


def written(minor: int, currency: str) -> str:
    """An amount as the reader's language writes it in a field, without grouping: 1500,00."""
    digits = minor_digits(currency)
    whole, part = divmod(minor, 10**digits)
    point = get_decimal_symbol(get_language() or "en")
    return f"{whole}{point}{part:0{digits}d}" if digits else str(whole)


def parse(text: str, currency: str) -> int:
    """Minor units of what was written. Raises ValidationError with what to write instead.

    The reader's own decimal sign counts; the other one is read as grouping only where it groups
    threes, and as a decimal sign otherwise, so that 12.50 is never read as 1250. Three digits
    after a decimal sign are refused, zeros too: 1.500 may well have been meant as 1500.
    """
    language = get_language() or "en"
    digits = minor_digits(currency)
    plain = SPACES.sub("", text)
    point, group = get_decimal_symbol(language), get_group_symbol(language)
    other = "," if point == "." else "."
    grouped = re.fullmatch(rf"\d{{1,3}}(?:\{other}\d{{3}})+(\{point}\d+)?", plain)
    if grouped:
        plain = plain.replace(other, "")
    elif plain.count(other) == 1 and point not in plain:
        plain = plain.replace(other, point)
    match = re.fullmatch(rf"([0-9]{{1,20}})(?:\{point}([0-9]*))?", plain)
    if match is None or not group:
        raise _refuse("amount", currency)
    whole, part = match[1], match[2] or ""
    if len(part) > digits:
        raise _refuse("digits", currency)
    minor: int = int(whole) * 10**digits + int((part or "0").ljust(digits, "0") or "0")
    if minor > MOST_MINOR:
        raise _refuse("large", currency)
    if minor <= 0:
        raise _refuse("amount", currency)
    return minor


def _refuse(code: str, currency: str) -> ValidationError:
    return ValidationError(
        AmountField.default_error_messages[code],
        code=code,
        params={
            "currency": currency,
            "digits": minor_digits(currency),
            "example": written(150050, currency),
        },
    )
