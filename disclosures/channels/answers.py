"""JSON answers of networks, taken apart with care: they come from strangers."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn

from config.kernel.fetching import Fetched, FetchError
from disclosures.channels.values import Json, Unreadable
from disclosures.reading.linked_data import moment

_NOT_THERE = frozenset({"http_400", "http_404", "http_410"})


def opened(fetched: Fetched) -> Any:
    """The answer's JSON. Raises Unreadable."""
    try:
        return json.loads(fetched.text or "")
    except (ValueError, RecursionError):
        raise Unreadable("not_understood") from None


def refused(error: FetchError) -> NoReturn:
    """By a network's own API: that it knows no such method says nothing of a post."""
    if error.reason in _NOT_THERE:
        raise Unreadable("not_understood") from error
    raise error


def mapping(value: Any) -> Json:
    """A JSON object, or an empty one in its place."""
    return value if isinstance(value, dict) else {}


def listing(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def words(value: Any) -> str:
    return value if isinstance(value, str) else ""


def count(value: Any) -> int | None:
    """A whole number, written as one or as text; None for anything else."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    return value if type(value) is int and 0 <= value < 10**18 else None


def figures(of: Json, **names: str) -> dict[str, int]:
    """The counts an answer gives, under our names for them."""
    found = {ours: count(of.get(theirs)) for ours, theirs in names.items()}
    return {ours: number for ours, number in found.items() if number is not None}


def when(value: Any) -> datetime | None:
    return moment(value)
