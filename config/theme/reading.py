"""Views pass mappings or rows; the tags read both."""

from typing import Any


def value_of(thing: Any, name: str) -> Any:
    """A key of a mapping or an attribute of a row; None where there is none."""
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)
