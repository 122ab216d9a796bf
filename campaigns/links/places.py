"""The country and the network an address belongs to, from files the operator may have.

MaxMind's format (MMDB, https://maxmind.github.io/MaxMind-DB/). Read as written by MaxMind and
DB-IP (`country.iso_code`, `autonomous_system_number`) and by IPinfo (`country` or `country_code`
"IT", `asn` "AS3269"). A file that is missing, unreadable or of another kind is named once in the
log, at start; readers of links never notice.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

import maxminddb
from django.conf import settings

from config.identity.visitors import Address

log = logging.getLogger(__name__)
Found = TypeVar("Found", str, int)
TRIED = 2_000  # entries looked at before a file is called one of another kind
_COUNTRY = re.compile("[A-Z]{2}")
_NUMBER = re.compile("(?:AS)?([0-9]{1,10})")


@dataclass(frozen=True)
class Places(Generic[Found]):
    """One opened file and how its entries are read; without a file nothing is known."""

    file: Any
    read: Callable[[Any], Found | None]

    def of(self, address: Address) -> Found | None:
        if self.file is None:
            return None
        try:
            return self.read(self.file.get(address))
        except (ValueError, maxminddb.InvalidDatabaseError):
            return None  # an IPv6 address in a file of IPv4, or a file cut short


def country_of(address: Address) -> str:
    """ISO 3166-1 alpha-2, or "" where it is not known."""
    return _countries(settings.GEO_COUNTRY).of(address) or ""


def network_number_of(address: Address) -> int | None:
    """The number of the autonomous system that announces the address."""
    return _numbers(settings.GEO_ASN).of(address)


def look_over() -> None:
    """Open both files now, so that the log says at start what can't be used."""
    _countries(settings.GEO_COUNTRY)
    _numbers(settings.GEO_ASN)


@cache
def _countries(path: Path | None) -> Places[str]:
    return Places(_opened("PATTO_GEO_COUNTRY", path, _country), _country)


@cache
def _numbers(path: Path | None) -> Places[int]:
    return Places(_opened("PATTO_GEO_ASN", path, _number), _number)


def _opened(name: str, path: Path | None, read: Callable[[Any], object]) -> Any:
    """The opened file, or None after a line in the log."""
    if path is None:
        return None
    try:
        file = maxminddb.open_database(path)
        if any(read(entry) is not None for _, entry in islice(file, TRIED)):
            return file
        why = "it holds nothing of the kind"
    except (OSError, ValueError, maxminddb.InvalidDatabaseError) as error:
        why = f"{type(error).__name__}: {error}"
    log.warning("%s: %s can't be used (%s). Clicks are kept without it.", name, path, why)
    return None


def _country(entry: Any) -> str | None:
    found = _member(entry, "country")
    found = _member(found, "iso_code") if isinstance(found, dict) else found
    for code in (found, _member(entry, "country_code")):
        if isinstance(code, str) and _COUNTRY.fullmatch(code):
            return code
    return None


def _number(entry: Any) -> int | None:
    found = _member(entry, "autonomous_system_number") or _member(entry, "asn")
    match = _NUMBER.fullmatch(str(found or ""))
    return int(match[1]) if match else None


def _member(entry: Any, name: str) -> Any:
    return entry.get(name) if isinstance(entry, dict) else None
