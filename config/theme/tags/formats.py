"""Filters that write dates, amounts and counts in the reader's language; nothing for nothing."""

from collections.abc import Callable
from typing import Any

from django.template import Library

from config.kernel.money import Money
from config.theme import formatting

register = Library()


def _unless_missing(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """A name that is not there ("") and an empty column (None) both write nothing."""

    def written(value: Any) -> str:
        return "" if value is None or value == "" else write(value)

    return written


for _name in ("day", "short_day", "day_hour", "short_day_hour", "hour", "moment", "ago"):
    register.filter(_name, _unless_missing(getattr(formatting, _name)))


@register.filter
def money(value: Any, currency: str | None = None) -> str:
    """`{{ share|money }}` for a Money, `{{ line.amount_minor|money:line.currency }}` for columns.

    An amount nobody knows (None) reads "Not measured"; zero is never its stand-in.
    """
    if value is None or value == "":
        return formatting.money(None)
    return formatting.money(Money(value, currency) if currency else value)


@register.filter
def percent_bps(basis_points: int | None) -> str:
    """6667 basis points read "66,67 %"."""
    return formatting.percent(basis_points)


@register.filter
def counted(value: Any) -> str:
    """A count with its thousands."""
    return formatting.number(value)


@register.filter
def count_word(value: int) -> str:
    """Two to ten in words, for sentences that count people."""
    return formatting.count_word(value)


@register.filter
def quoted(words: str) -> str:
    """Somebody's words between the quotation marks of the reader's language."""
    return formatting.quoted(words)
