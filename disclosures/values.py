"""What is judged and answered: a post as its readers meet it, and a verdict on its label."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

# What a person may hand in as seen of a post: characters of its words and of the platform's label,
# bytes of a picture.
LONGEST_TEXT, LONGEST_LABEL, LARGEST_PICTURE = 20_000, 200, 5_000_000


class Relationship(StrEnum):
    """What ties the writer to the brand; it decides which wording is owed."""

    PAID = "paid"
    GIFTED = "gifted"
    AFFILIATE = "affiliate"
    EVENT_INVITE = "event_invite"
    OWN_BRAND = "own_brand"
    EMPLOYEE = "employee"


class VerdictCode(StrEnum):
    SUFFICIENT = "sufficient"
    INSUFFICIENT = "insufficient"
    MISSING = "missing"
    MISPLACED = "misplaced"
    WRONG_LANGUAGE = "wrong_language"


class Conformity(StrEnum):
    CONFORMING = "conforming"
    TO_IMPROVE = "to_improve"
    NOT_CONFORMING = "not_conforming"


CONFORMITY = {
    VerdictCode.SUFFICIENT: Conformity.CONFORMING,
    VerdictCode.INSUFFICIENT: Conformity.TO_IMPROVE,
    VerdictCode.MISPLACED: Conformity.TO_IMPROVE,
    VerdictCode.WRONG_LANGUAGE: Conformity.TO_IMPROVE,
    VerdictCode.MISSING: Conformity.NOT_CONFORMING,
}


WORST_FIRST = ("not_conforming", "to_improve", "", "conforming")  # "": not verifiable
SEEN_FIRST = ("title", "platform_label")  # places a reader meets before the text


@dataclass(frozen=True, slots=True)
class Timed:
    """Words shown or spoken in a recording, in seconds from its start; None: not stated."""

    text: str
    from_s: float | None = None
    to_s: float | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds the text of a post. None: not known; an empty tuple: known to be empty."""

    frames: tuple[str, ...] | None = None
    overlay: tuple[Timed, ...] | str | None = None
    overlay_text: str | None = None
    spoken: tuple[Timed, ...] | None = None
    promo: tuple[float, float] | None = None
    duration_s: float | None = None
    platform_label: str | None = None
    title: str | None = None
    field: str | None = None
    html: str | None = None
    image_position: str | None = None
    obscured: bool = False
    font_px: float | None = None
    aside: tuple[tuple[str, str], ...] = ()  # (place, words): comments, alt_text, bio ...


@dataclass(frozen=True, slots=True)
class Case:
    """One post, one audience, one relationship: everything a verdict depends on."""

    jurisdiction: str
    content_language: str
    platform: str
    format: str
    relationship: Relationship
    published: date
    brand: str
    text: str
    id: str | int | None = None
    context: Context = field(default_factory=Context)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. `place` names the text in which `start` and `end` count code points, and
    `label` is what stands there. Rule texts and sources are found by `rule` in the rulebook."""

    code: VerdictCode
    rule: str
    source: str
    verified: bool
    label: str | None = None
    place: str | None = None
    start: int | None = None
    end: int | None = None

    @property
    def conformity(self) -> Conformity:
        return CONFORMITY[self.code]
