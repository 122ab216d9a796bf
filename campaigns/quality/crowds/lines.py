"""One line of a list as it is handed in: a JSON object, with nothing in it that can't be kept."""

import json
from math import isfinite
from typing import Any


def row_of(line: str) -> dict[str, Any]:
    """Raises ValueError: no object, nested without end, or with a letter or figure no database
    takes (half a surrogate pair, NUL, NaN)."""
    try:
        row = json.loads(line)
        json.dumps(row, ensure_ascii=False, allow_nan=False).encode()
    except RecursionError as error:
        raise ValueError from error
    if not isinstance(row, dict) or any("\0" in str(value) for value in row.values()):
        raise ValueError
    return row


def age_of(given: Any) -> float | None:
    """Days an account has existed; None where nobody knows. Raises ValueError, TypeError."""
    if given is None:
        return None
    try:
        age = float(given)
    except OverflowError as error:
        raise ValueError from error
    if not isfinite(age) or age < 0:
        raise ValueError
    return age
