"""What may be written on a booking, and which day a moment is where the agreement holds. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

MOST_LABEL = 120
MOST_REFERENCE = 60
MOST_KEY = 80
EARLIEST = date(2000, 1, 1)
LONGEST_TERM = timedelta(days=3660)
# A reference is a number, not words: it enters the books, from which nothing can be erased.
REFERENCE = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9 ./:_#-]*")
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

# Where payment days are counted, by the campaign's first jurisdiction; elsewhere the site's zone.
ZONES = {
    "AT": "Europe/Vienna",
    "BE": "Europe/Brussels",
    "CH": "Europe/Zurich",
    "DE": "Europe/Berlin",
    "ES": "Europe/Madrid",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "IE": "Europe/Dublin",
    "IT": "Europe/Rome",
    "LU": "Europe/Luxembourg",
    "NL": "Europe/Amsterdam",
    "PT": "Europe/Lisbon",
    "UK": "Europe/London",
}


def local_day(at: datetime, jurisdictions: Sequence[str], site_zone: str) -> date:
    """The day of a moment where the agreement holds."""
    zone = ZONES.get(jurisdictions[0], site_zone) if jurisdictions else site_zone
    return at.astimezone(ZoneInfo(zone)).date()


def days_late(due_on: date, at: date) -> int:
    """Whole days past the due date; the due date itself is in time."""
    return max((at - due_on).days, 0)


def problems_of_amount(minor: int, currency: str, *, expected: str, most: int) -> list[str]:
    found = []
    if minor <= 0:
        found.append(_("Write an amount above zero."))
    elif minor > most:
        found.append(_("This amount is too large."))
    if currency != expected:
        found.append(
            _("This campaign is kept in %(expected)s. Write the amount in %(expected)s.")
            % {"expected": expected}
        )
    return found


def problems_of_reference(text: str) -> list[str]:
    """Of the number of a bank statement or an invoice."""
    if len(text) <= MOST_REFERENCE and REFERENCE.fullmatch(text):
        return []
    return [
        _(
            "Write its number, as 2026-03/14: letters, digits, spaces and . / : _ # - only, "
            "at most %(most)d, and no names."
        )
        % {"most": MOST_REFERENCE}
    ]


def problems_of_label(text: str) -> list[str]:
    if not text.strip():
        return [_("Say what it is for.")]
    if len(text) > MOST_LABEL:
        return [_("Say it in %(most)d characters or fewer.") % {"most": MOST_LABEL}]
    if any(unicodedata.category(letter) in HIDDEN for letter in text):
        return [_("This holds characters that can't be seen. Write it again by hand.")]
    return []


def problems_of_past(day: date, today: date) -> list[str]:
    """Of a day a bank statement names."""
    if day > today:
        return [_("This day is to come. Record it once the statement shows it.")]
    if day < EARLIEST:
        return [_("This day is too long ago. Check the year.")]
    return []


def problems_of_due(day: date, today: date) -> list[str]:
    if not EARLIEST <= day <= today + LONGEST_TERM:
        return [_("This day is too far off. Check the year.")]
    return []


def problems_of_key(key: str) -> list[str]:
    if 0 < len(key) <= MOST_KEY and key.isascii() and key.isprintable():
        return []
    return [_("Send a key of 1 to %(most)d printable ASCII characters.") % {"most": MOST_KEY}]
