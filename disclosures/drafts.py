"""A draft before it is published: what will be said of it, and a label that will do.

A label is offered only after the same reading has found it sufficient, at the mildest place that
satisfies every jurisdiction: so the strictest placement wins without being written down twice.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils.translation import get_language

from config.theme.formatting import territory
from disclosures.reading import judge
from disclosures.rules import Rule, jurisdictions, rulebook
from disclosures.values import (
    WORST_FIRST,
    Case,
    Conformity,
    Context,
    Relationship,
    Timed,
    Verdict,
    VerdictCode,
)

_SHORT_S, _LONG_S = 10.0, 60.0  # a label that opens a video, and one that stays to its end
_BETWEEN = " / "
_FEWEST_PICTURES = 3  # so that first and last differ from every one


class Format(StrEnum):
    POST = "post"
    STORY = "story"
    VIDEO = "video"


class Spot(StrEnum):
    """Where a label goes."""

    START = "start"  # the first words
    FIRST = "first"  # the first picture of a story
    EDGES = "edges"  # its first and its last
    EVERY = "every"
    OPENING = "opening"  # over a video, as it begins
    WHOLE = "whole"  # over a video, as long as it promotes


SPOTS = {  # the mildest first
    Format.POST: (Spot.START,),
    Format.STORY: (Spot.FIRST, Spot.EDGES, Spot.EVERY),
    Format.VIDEO: (Spot.OPENING, Spot.WHOLE),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be published. text: of a story, the words on its pictures, an empty line between
    two of them. picture: the words over a video."""

    text: str
    platform: str
    format: Format
    language: str
    brand: str
    published: date
    relationship: Relationship = Relationship.PAID
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the rules of one jurisdiction say of a draft."""

    jurisdiction: str
    found: Verdict
    law: Rule

    @property
    def name(self) -> str:
        names = rulebook(self.jurisdiction).names
        return names.get(_reader(), names["en"])

    @property
    def verdict(self) -> VerdictCode:
        return self.found.code

    @property
    def conformity(self) -> Conformity:
        return self.found.conformity

    @property
    def quote(self) -> str:
        return self.found.label or ""

    @property
    def rule(self) -> str:
        return self.found.rule

    @property
    def why(self) -> str:
        return self.law.said_in(_reader())

    @property
    def source(self) -> str:
        return self.found.source

    @property
    def source_url(self) -> str:
        return self.law.source.url or ""

    @property
    def verified(self) -> bool:
        return self.found.verified


@dataclass(frozen=True, slots=True)
class Advice:
    """A label to copy and where it goes. against: the draft's own words undo it, even there."""

    label: str
    spot: Spot
    said: tuple[Said, ...]
    against: bool = False


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """said: the worst first. advice: one label for all, or one for each that is not content.
    unknown: the names of countries without rules."""

    said: tuple[Said, ...]
    advice: tuple[Advice, ...]
    unknown: tuple[str, ...]

    @property
    def without_label(self) -> list[str]:
        """The names of those where no label is known for a draft in this language."""
        helped = {each.jurisdiction for advice in self.advice for each in advice.said}
        unmet = [each for each in self.said if each.conformity != Conformity.CONFORMING]
        return [each.name for each in unmet if each.jurisdiction not in helped]

    @property
    def is_conforming(self) -> bool:
        return all(each.conformity == Conformity.CONFORMING for each in self.said)


def check_draft(draft: Draft, wanted: Sequence[str]) -> DraftCheck:
    """What will be said of a draft in each jurisdiction, and how to say it where it isn't."""
    codes = [code for code in wanted if code in jurisdictions()]
    said = [_said(draft, code) for code in codes]
    said.sort(key=lambda each: WORST_FIRST.index(each.conformity))
    return DraftCheck(
        said=tuple(said),
        advice=tuple(_advice(draft, said)),
        unknown=tuple(territory(code) for code in wanted if code not in codes),
    )


def _said(draft: Draft, code: str) -> Said:
    found = judge(_case(draft, code))
    return Said(code, found, rulebook(code).rules[found.rule])


def _advice(draft: Draft, said: list[Said]) -> list[Advice]:
    alone = {each.jurisdiction: _advised(draft, [each]) for each in said}
    able = [each for each in said if alone[each.jurisdiction]]
    unmet = [each for each in able if each.conformity != Conformity.CONFORMING]
    if not unmet:
        return []
    for_all = _advised(draft, able)
    if for_all:
        return [for_all]
    found: dict[tuple[str, Spot, bool], Advice] = {}
    for each in unmet:
        if advice := alone[each.jurisdiction]:
            same = (advice.label, advice.spot, advice.against)
            said_before = found[same].said if same in found else ()
            found[same] = replace(advice, said=said_before + advice.said)
    return list(found.values())


def _advised(draft: Draft, said: list[Said]) -> Advice | None:
    """The first label and mildest spot that are enough in all of these jurisdictions."""
    bare = replace(draft, text=draft.brand, picture="")
    labels = _labels(draft, [each.jurisdiction for each in said])
    places = [(label, spot) for label in labels for spot in SPOTS[draft.format]]
    fit = [place for place in places if _is_enough(bare, *place, said)]
    for label, spot in fit:
        if _is_enough(draft, label, spot, said):
            return Advice(label, spot, tuple(said))
    return Advice(*fit[0], tuple(said), against=True) if fit else None


def _labels(draft: Draft, codes: list[str]) -> list[str]:
    """One that does for all, the draft's own language first; else two in one, else all of them;
    else one of another country, for those that take any label in the language of the post."""
    spoken = [code for code in codes if draft.language in rulebook(code).accepted_languages]
    ordered = sorted(codes, key=lambda code: code not in spoken)
    ours = _suggestions(draft, ordered)
    several = [*itertools.combinations(ours, 2), tuple(ours)] if len(ours) > 1 else []
    joined = [_BETWEEN.join(labels) for labels in several]
    return list(dict.fromkeys([*ours, *joined, *_suggestions(draft, jurisdictions())]))


def _suggestions(draft: Draft, codes: Sequence[str]) -> list[str]:
    """The words of each jurisdiction for a paid post, or whatever ties the writer, in order."""
    words = (rulebook(code).suggested.get(draft.relationship, "") for code in codes)
    return [each.replace("{brand}", draft.brand) for each in dict.fromkeys(words) if each]


def _is_enough(draft: Draft, label: str, spot: Spot, said: list[Said]) -> bool:
    return all(
        judge(_labelled(draft, label, spot, each.jurisdiction)).code == VerdictCode.SUFFICIENT
        for each in said
    )


def _case(draft: Draft, code: str) -> Case:
    if draft.format == Format.STORY:
        return _of(draft, code, "", Context(frames=tuple(pictures(draft.text))))
    if draft.format == Format.VIDEO:
        shown = (Timed(draft.picture, 0.0),) if draft.picture else ()
        return _of(draft, code, draft.text, Context(overlay=shown, field=_field(draft)))
    return _of(draft, code, draft.text, Context())


def _labelled(draft: Draft, label: str, spot: Spot, code: str) -> Case:
    """The same draft with a label at a spot."""
    if spot == Spot.START:
        return _case(replace(draft, text=f"{label}\n\n{draft.text}"), code)
    if draft.format == Format.STORY:
        return _of(draft, code, "", Context(frames=_frames(draft, label, spot)))
    until = _LONG_S if spot == Spot.WHOLE else _SHORT_S
    shown = Timed(f"{label}\n{draft.picture}", 0.0, until)
    context = Context(overlay=(shown,), duration_s=_LONG_S, field=_field(draft))
    return _of(draft, code, f"{label}\n\n{draft.text}", context)


def _frames(draft: Draft, label: str, spot: Spot) -> tuple[str, ...]:
    shown = pictures(draft.text)
    shown += [""] * (_FEWEST_PICTURES - len(shown))
    last = len(shown) - 1
    labelled = {Spot.FIRST: {0}, Spot.EDGES: {0, last}}.get(spot, set(range(last + 1)))
    return tuple(f"{label}\n{p}" if n in labelled else p for n, p in enumerate(shown))


def pictures(text: str) -> list[str]:
    """The words on each picture of a story, an empty line between two; at least one."""
    pieces = text.replace("\r\n", "\n").split("\n\n")
    return [piece.strip() for piece in pieces if piece.strip()] or [""]


def _field(draft: Draft) -> str | None:
    """Where the words beside a video stand: those of YouTube are folded away."""
    return "description" if draft.platform == "youtube" else None


def _of(draft: Draft, code: str, text: str, context: Context) -> Case:
    return Case(
        jurisdiction=code,
        content_language=draft.language,
        platform=draft.platform,
        format=draft.format,
        relationship=draft.relationship,
        published=draft.published,
        brand=draft.brand,
        text=text,
        context=context,
    )


def _reader() -> str:
    return (get_language() or "en")[:2]
