"""A post described in JSON, read strictly: what cannot be judged is refused with the reason."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from disclosures.rules import jurisdictions
from disclosures.values import Case, Context, Relationship, Timed

_ASIDE = (
    "comments",
    "alt_text",
    "bio",
    "description",
    "links",
    "image_captions",
    "landing_page_text",
)
LONGEST_TEXT = 1_000_000
_LONGEST_RECORDING = 10_000_000  # seconds


class BadCase(ValueError):
    """The case cannot be judged as it is written."""


def case_from(raw: Any) -> Case:
    """The case as values. Raises BadCase, naming the field."""
    if not isinstance(raw, Mapping):
        raise BadCase("a case is a JSON object")
    return Case(
        id=_id(raw.get("id")),
        jurisdiction=_jurisdiction(raw),
        content_language=_text(raw, "content_language").lower(),
        platform=_text(raw, "platform").lower(),
        format=_text(raw, "format").lower(),
        relationship=_relationship(raw),
        published=_published(raw),
        brand=_text(raw, "brand"),
        text=_text(raw, "text"),
        context=_context(raw.get("context") or {}),
    )


def _id(value: Any) -> str | int | None:
    if isinstance(value, str):
        return _string(value, "id")
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise BadCase("id: a string or a whole number")


def _text(raw: Mapping[str, Any], name: str) -> str:
    if name not in raw:
        raise BadCase(f"{name}: missing")
    return _string(raw[name], name)


def _string(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise BadCase(f"{name}: a string")
    if len(value) > LONGEST_TEXT:
        raise BadCase(f"{name}: longer than {LONGEST_TEXT} characters")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadCase(f"{name}: half a character (a lone surrogate)") from error
    return value


def _jurisdiction(raw: Mapping[str, Any]) -> str:
    code = _text(raw, "jurisdiction")
    if code not in jurisdictions():
        raise BadCase(f"jurisdiction: {code!r} has no rules; known: {', '.join(jurisdictions())}")
    return code


def _relationship(raw: Mapping[str, Any]) -> Relationship:
    said = _text(raw, "relationship")
    if said not in list(Relationship):
        raise BadCase(f"relationship: {said!r}; known: {', '.join(Relationship)}")
    return Relationship(said)


def _published(raw: Mapping[str, Any]) -> date:
    said = _text(raw, "published")
    try:
        return date.fromisoformat(said[:10])
    except ValueError as error:
        raise BadCase(f"published: {said!r} is not a date like 2026-03-02") from error


def _context(raw: Any) -> Context:
    if not isinstance(raw, Mapping):
        raise BadCase("context: a JSON object")
    return Context(
        frames=_frames(raw.get("frames")),
        overlay=_overlay(raw.get("overlay")),
        overlay_text=_optional(raw, "overlay_text"),
        spoken=_timed_list(raw.get("spoken"), "spoken"),
        promo=_promo(raw.get("promo")),
        duration_s=_seconds(raw.get("duration_s"), "duration_s"),
        platform_label=_optional(raw, "platform_label"),
        title=_optional(raw, "title"),
        field=_optional(raw, "field"),
        html=_optional(raw, "html"),
        image_position=_optional(raw, "image_position"),
        obscured=_flag(raw.get("obscured", False), "obscured"),
        font_px=_seconds(raw.get("font_px"), "font_px"),
        aside=tuple(p for name in _ASIDE for p in _words(raw.get(name), name)),
    )


def _optional(raw: Mapping[str, Any], name: str) -> str | None:
    value = raw.get(name)
    return None if value is None else _string(value, f"context.{name}")


def _flag(value: Any, name: str) -> bool:
    if not isinstance(value, bool):
        raise BadCase(f"context.{name}: true or false")
    return value


def _seconds(value: Any, name: str) -> float | None:
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 <= value <= _LONGEST_RECORDING:
        raise BadCase(f"context.{name}: a number from 0")
    return float(value)


def _list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadCase(f"context.{name}: a list")
    return value


def _frames(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return None
    frames = _list(value, "frames")
    return tuple(_frame(frame, number) for number, frame in enumerate(frames))


def _frame(frame: Any, number: int) -> str:
    overlay = frame.get("overlay", "") if isinstance(frame, Mapping) else frame
    return _string("" if overlay is None else overlay, f"context.frames[{number}].overlay")


def _overlay(value: Any) -> tuple[Timed, ...] | str | None:
    if isinstance(value, str):
        return value
    return _timed_list(value, "overlay")


def _timed_list(value: Any, name: str) -> tuple[Timed, ...] | None:
    if value is None:
        return None
    return tuple(_timed(entry, f"{name}[{i}]") for i, entry in enumerate(_list(value, name)))


def _timed(entry: Any, name: str) -> Timed:
    if isinstance(entry, str):
        return Timed(entry)
    if not isinstance(entry, Mapping):
        raise BadCase(f"context.{name}: an object with a text")
    begins = entry.get("from_s", entry.get("at_s"))
    return Timed(
        _string(entry.get("text"), f"context.{name}.text"),
        _seconds(begins, f"{name}.from_s"),
        _seconds(entry.get("to_s"), f"{name}.to_s"),
    )


def _promo(value: Any) -> tuple[float, float] | None:
    if value is None:
        return None
    ends = [_seconds(entry, "promo") for entry in _list(value, "promo")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0] > ends[1]:
        raise BadCase("context.promo: two seconds, from and to")
    return ends[0], ends[1]


def _words(value: Any, name: str) -> list[tuple[str, str]]:
    """The words of a comment, a profile ...: one text, a list of them, or objects with texts."""
    if value is None:
        return []
    if isinstance(value, str):
        return [(name, _string(value, name))]
    if isinstance(value, list):
        return [pair for i, entry in enumerate(value) for pair in _words(entry, f"{name}[{i}]")]
    if isinstance(value, Mapping):
        return [
            (f"{name}.{key}", _string(entry, name))
            for key, entry in value.items()
            if isinstance(entry, str)
        ]
    raise BadCase(f"context.{name}: a text or a list of texts")
