"""Where a post speaks: its texts, and which of them a reader meets first."""

from dataclasses import dataclass, replace
from enum import Enum

from disclosures.reading.page import read_page
from disclosures.rules import language
from disclosures.values import Case, Timed


class Role(Enum):
    TEXT = "text"  # the caption or body: the fold applies
    TITLE = "title"
    FRAME = "frame"  # one picture of a story
    IMAGE = "image"  # words on a picture, no time known
    TIMED = "timed"  # words on a moving picture
    SPOKEN = "spoken"
    TOOL = "tool"  # the platform's own label
    ASIDE = "aside"  # seen only by who goes looking


@dataclass(frozen=True, slots=True)
class Place:
    """`name` says where offsets count; `field` is the kind of aside; `at` when it is seen."""

    name: str
    text: str
    role: Role
    field: str = ""
    at: Timed | None = None


MENU = "menu"  # the kind of aside that is a site's navigation
_FIELDS_SEEN_FIRST = {"", "text", "caption", "body", "content", "post", "title", "headline"}


def places(case: Case) -> list[Place]:
    context = case.context
    found = [_main(case)]
    if context.title is not None:
        found.append(Place("title", context.title, Role.TITLE))
    if context.platform_label is not None:
        found.append(Place("platform_label", context.platform_label, Role.TOOL))
    for number, overlay in enumerate(context.frames or ()):
        found.append(Place(f"frames[{number}].overlay", overlay, Role.FRAME))
    found += _overlays(case)
    for number, said in enumerate(context.spoken or ()):
        found.append(Place(f"spoken[{number}].text", said.text, Role.SPOKEN, at=said))
    found += [Place(name, words, Role.ASIDE, _kind(name)) for name, words in context.aside]
    return found + _of_page(context.html)


def _main(case: Case) -> Place:
    field = (case.context.field or "").lower()
    if field in ("title", "headline"):
        return Place("text", case.text, Role.TITLE)
    if field in _FIELDS_SEEN_FIRST:
        return Place("text", case.text, Role.TEXT)
    return Place("text", case.text, Role.ASIDE, field)


def _overlays(case: Case) -> list[Place]:
    context, found = case.context, []
    if isinstance(context.overlay, str):
        found.append(Place("overlay", context.overlay, Role.IMAGE))
    else:
        for number, shown in enumerate(context.overlay or ()):
            timed = shown.from_s is not None
            role = Role.TIMED if timed else Role.IMAGE
            found.append(Place(f"overlay[{number}].text", shown.text, role, at=shown))
    if context.overlay_text is not None:
        found.append(Place("overlay_text", context.overlay_text, Role.IMAGE))
    if context.image_position and not _is_first_picture(context.image_position):
        found = [replace(p, role=Role.ASIDE, field="image_position") for p in found]
    return found


def _is_first_picture(position: str) -> bool:
    """`2/10`, `last`, `third slide` lie behind a swipe; a corner of the picture does not."""
    said = position.casefold()
    digits = "".join(c if c.isdigit() else " " for c in said).split()
    if digits:
        return int(digits[0]) <= 1
    later = ("last", "second", "third", "fourth", "final", "end", "ultim", "second", "terz", "dern")
    return not any(word in said for word in later)


def _of_page(html: str | None) -> list[Place]:
    if html is None:
        return []
    page = read_page(html)
    found = [Place("html", page.text, Role.TEXT)]
    if page.above:
        found.append(Place("html.above", page.above, Role.TITLE))
    if page.title:
        found.append(Place("html.title", page.title, Role.ASIDE, "page_title"))
    for number, part in enumerate(page.hidden):
        found.append(Place(f"html.{part.where}[{number}]", part.text, Role.ASIDE, part.where))
    return found


def _kind(name: str) -> str:
    return name.split("[")[0].split(".")[0]


def fold_of(case: Case) -> int:
    """How many characters of the text are seen before the reader has to ask for more."""
    folds = language()["fold_chars"]
    limit = folds.get(case.platform.lower(), language()["fold_chars_default"])
    assert isinstance(limit, int)
    if is_page(case):
        return limit
    lines = case.text.splitlines(keepends=True)
    shown = language()["fold_lines"]
    by_lines = sum(map(len, lines[:shown])) if len(lines) > shown else limit
    return min(limit, by_lines)


def is_page(case: Case) -> bool:
    return case.platform.lower() in language()["pages"]
