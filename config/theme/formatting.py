"""Dates, amounts and counts as the reader's language writes them.

Amounts to the cent, dates with their weekday, hours when they bind, and a space that never breaks
before a unit. Languages without a line in `_DAYS` get the patterns of "en".
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext, to_locale
from django.utils.translation import gettext as _

from config.kernel.money import minor_digits

NBSP = "\N{NO-BREAK SPACE}"
BASIS_POINTS = 10_000
_CODE_BEFORE_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")  # CLDR parts them, Babel does not


class Amount(Protocol):
    """What `money` can write: whole minor units of an ISO 4217 currency."""

    @property
    def minor(self) -> int: ...
    @property
    def currency(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Patterns:
    """CLDR date patterns of one language, and how it joins an hour to a day."""

    day: str = "EEEE d MMMM"
    short_day: str = "EEE d MMM"
    full_hour: str = "H:mm"
    hour: str = "H:mm"
    with_hour: str = "{day}, {hour}"
    percent: str = "{number}%"


_DAYS = {
    "en": _Patterns(),
    "it": _Patterns(
        full_hour="H", hour="H.mm", with_hour="{day}, ore {hour}", percent="{number}" + NBSP + "%"
    ),
    "fr": _Patterns(
        full_hour=f"H'{NBSP}h'",
        hour=f"H'{NBSP}h{NBSP}'mm",
        percent="{number}" + NBSP + "%",
    ),
}


def money(amount: Amount | None) -> str:
    """ "15.000,00 €" in Italian, "€15,000.00" in English; an unknown amount is said in words."""
    if amount is None:
        return _("Not measured")
    digits = minor_digits(amount.currency)
    value = Decimal(amount.minor).scaleb(-digits)
    written = format_currency(value, amount.currency, locale=_locale())
    return _CODE_BEFORE_DIGIT.sub(NBSP, written)


def percent(basis_points: int | None, digits: int = 2) -> str:
    """6667 is "66,67 %" in Italian and French, "66.67%" in English."""
    if basis_points is None:
        return _("Not measured")
    value = Decimal(basis_points) / (BASIS_POINTS // 100)
    number = format_decimal(value, "#,##0." + "0" * digits if digits else "#,##0", _locale())
    return _patterns().percent.format(number=number)


def number(value: int | Decimal | None) -> str:
    """A count with the thousands of the language: "6.212" in Italian."""
    return _("Not measured") if value is None else format_decimal(value, locale=_locale())


def day(at: date | datetime, today: date | None = None) -> str:
    """ "giovedì 15 ottobre"; the year follows when it is not the running one."""
    return _day(at, _patterns().day, today)


def short_day(at: date | datetime, today: date | None = None) -> str:
    """ "gio 15 ott", for lists and tables."""
    return _day(at, _patterns().short_day, today)


def day_hour(at: datetime, today: date | None = None) -> str:
    """ "giovedì 15 ottobre, ore 18", for what binds to the hour."""
    return _patterns().with_hour.format(day=day(at, today), hour=hour(at))


def short_day_hour(at: datetime, today: date | None = None) -> str:
    """ "gio 15 ott, ore 18"."""
    return _patterns().with_hour.format(day=short_day(at, today), hour=hour(at))


def hour(at: datetime) -> str:
    """ "18" or "9.42" in Italian, "18 h" in French, "18:00" in English."""
    local = _local(at)
    pattern = _patterns().hour if local.minute else _patterns().full_hour
    return format_time(local.time(), pattern, locale=_locale())


def moment(at: datetime, today: date | None = None) -> str:
    """When something happened, for a timeline: "today, 8:50", "Sunday 11 October, 20:31"."""
    local, today = _local(at), today or timezone.localdate()
    clock = format_time(local.time(), _patterns().hour, locale=_locale())
    if local.date() == today:
        return _("today, %(hour)s") % {"hour": clock}
    if local.date() == today - timedelta(days=1):
        return _("yesterday, %(hour)s") % {"hour": clock}
    return f"{day(local, today)}, {clock}"


def ago(at: date | datetime, now: datetime | None = None) -> str:
    """How far off in whole days, in words up to ten: "three days ago", "in three days", "today"."""
    now = now or timezone.now()
    days = (_date(at) - _date(now)).days
    if days == 0:
        return _("today")
    if days in (-1, 1):
        return _("tomorrow") if days == 1 else _("yesterday")
    words = {"count": count_word(abs(days))}
    if days > 0:
        return ngettext("in %(count)s day", "in %(count)s days", days) % words
    return ngettext("%(count)s day ago", "%(count)s days ago", -days) % words


def count_word(count: int) -> str:
    """Two to ten as a word, other counts in figures; one has a gender: say it in `ngettext`."""
    words = {
        2: pgettext("count", "two"),
        3: pgettext("count", "three"),
        4: pgettext("count", "four"),
        5: pgettext("count", "five"),
        6: pgettext("count", "six"),
        7: pgettext("count", "seven"),
        8: pgettext("count", "eight"),
        9: pgettext("count", "nine"),
        10: pgettext("count", "ten"),
    }
    return words.get(count) or number(count)


def quoted(words: str) -> str:
    """A person's words between the quotation marks of the reader's language."""
    marks = {"en": ("“", "”"), "fr": (f"«{NBSP}", f"{NBSP}»")}
    before, after = marks.get(_language(), ("«", "»"))
    return f"{before}{words}{after}"


def _day(at: date | datetime, pattern: str, today: date | None) -> str:
    on = _date(at)
    if on.year != (today or timezone.localdate()).year:
        pattern += " y"
    written = format_date(on, pattern, locale=_locale())
    if _language() == "fr" and on.day == 1:
        written = written.replace(" 1 ", " 1er ", 1)
    return written


def _date(at: date | datetime) -> date:
    return _local(at).date() if isinstance(at, datetime) else at


def _local(at: datetime) -> datetime:
    return timezone.localtime(at) if timezone.is_aware(at) else at


def _patterns() -> _Patterns:
    return _DAYS.get(_language(), _DAYS["en"])


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def territory(code: str) -> str:
    """A country's name by its ISO code (UK too); the code where it has none."""
    return str(_locale().territories.get("GB" if code == "UK" else code, code))


def _locale() -> Locale:
    return Locale.parse(to_locale(get_language() or "en"))
