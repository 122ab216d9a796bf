"""Is a good label where its jurisdiction wants it? Answers with the rule that decides."""

import itertools
from dataclasses import dataclass
from typing import Any

from disclosures.reading.places import Place, Role, fold_of, is_page
from disclosures.reading.sightings import Sighting
from disclosures.reading.tokens import Gap
from disclosures.rules import Rule, Rulebook, language
from disclosures.values import Case, Relationship, Timed


@dataclass(frozen=True, slots=True)
class Seen:
    """A label that counts as a label, and where it was seen."""

    place: Place
    sighting: Sighting
    rule: Rule
    verified: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """`ok` and the rule: of the place where the place decides, else of the wording."""

    ok: bool
    rule: Rule


class Placement:
    """The placement rules of one jurisdiction on one day, asked about one case."""

    def __init__(self, book: Rulebook, case: Case) -> None:
        self.book, self.case = book, case
        self.wants: dict[str, Any] = book.placement
        self._together: dict[Role, Placed] = {}

    def of(self, seen: Seen, all_seen: list[Seen]) -> Placed:
        """Where one label stands; the others tell whether it is on every frame, or repeated, and
        are the same at every call: what they say together is asked once."""
        role = seen.place.role
        if role == Role.ASIDE:
            return Placed(False, self._elsewhere(seen.place.field))
        if role == Role.TEXT:
            return self._in_text(seen)
        wholes = {
            Role.FRAME: self._on_frames,
            Role.TIMED: self._over_time,
            Role.SPOKEN: self._spoken,
        }
        if role not in wholes:
            return Placed(True, seen.rule)
        if role not in self._together:
            self._together[role] = wholes[role](all_seen)
        return self._together[role]

    def rule(self, *names: str) -> Rule:
        """The first of the rules in force; the last resort is our own order of reading."""
        wanted: list[str] = []
        for name in names:
            entry = self.wants.get(name, [])
            entry = entry.get("rule", []) if isinstance(entry, dict) else entry
            wanted += [entry] if isinstance(entry, str) else entry
        return self._first(wanted)

    def _first(self, ids: list[str]) -> Rule:
        found = self.book.first_in_force(tuple(ids), self.case.published)
        return found or self.book.rules["ENG-ORDER"]

    def _elsewhere(self, field: str) -> Rule:
        entries: dict[str, list[str]] = self.wants["elsewhere"]
        return self._first(entries.get(field, entries["default"]))

    def _in_text(self, seen: Seen) -> Placed:
        start, end = seen.sighting.span
        if self._behind_fold(start, end):
            return Placed(False, self.rule("page_fold" if is_page(self.case) else "fold"))
        if self._stories_lack_it() and self.case.format == "story":
            return Placed(False, self.rule("story"))
        if self._whole_recording_wanted() and self.case.format in ("video", "live"):
            return Placed(False, self.rule("video"))
        if seen.sighting.hashtag and not self._hashtag_early(seen):
            return Placed(False, self.rule("hashtag"))
        if self._not_at_end() and _ends_the_text(seen.sighting):
            return Placed(False, self.rule("fold"))
        return Placed(True, seen.rule)

    def _behind_fold(self, start: int, end: int) -> bool:
        return end > fold_of(self.case) and (start > 0 or end > 4 * fold_of(self.case))

    def _not_at_end(self) -> bool:
        """Words about a link or a code stand beside it, wherever that is."""
        name = self.wants.get("not_at_end")
        by_link = self.case.relationship == Relationship.AFFILIATE
        return isinstance(name, str) and not by_link and self._is_in_force(name)

    def _stories_lack_it(self) -> bool:
        frames = self.case.context.frames
        return frames is not None and len(frames) > 1

    def _whole_recording_wanted(self) -> bool:
        """The whole promotion must carry it, and what lies over the picture is known."""
        context = self.case.context
        known = context.overlay is not None or context.promo is not None
        return known and self._must_last()

    def _must_last(self) -> bool:
        video = self.wants["video"]
        if video.get("lasts") == "whole":
            return True
        name = video.get("whole_while")
        return bool(name) and self._is_in_force(name)

    def _hashtag_early(self, seen: Seen) -> bool:
        wanted = self.wants.get("hashtag", {})
        passage, position = seen.sighting.passage, seen.sighting.first
        rank = passage.hashtag_rank(position)
        if rank > wanted.get("among_first", rank):
            return False
        if wanted.get("edge"):
            block = _hashtag_block(seen.sighting)
            return position in (block[0], block[-1])
        if wanted.get("not_in_block"):
            block = _hashtag_block(seen.sighting)
            return len(block) == 1 or position == 0 or len(block) - 1 < 2
        return True

    def _on_frames(self, all_seen: list[Seen]) -> Placed:
        frames = self.case.context.frames or ()
        labelled = {s.place.name for s in all_seen if s.place.role == Role.FRAME}
        numbers = [i for i in range(len(frames)) if f"frames[{i}].overlay" in labelled]
        rule = self.rule("story")
        return Placed(self._frames_wanted(len(frames)) <= set(numbers), rule)

    def _frames_wanted(self, count: int) -> set[int]:
        wanted = self.wants["story"]
        every = wanted.get("every_while")
        if wanted["frames"] == "every" or (every and self._is_in_force(every)):
            return set(range(count))
        return {0, count - 1} if wanted["frames"] == "first_and_last" else {0}

    def _is_in_force(self, rule: str) -> bool:
        return self.book.rules[rule].in_force(self.case.published)

    def _over_time(self, all_seen: list[Seen]) -> Placed:
        shown = [s.place.at for s in all_seen if s.place.role == Role.TIMED and s.place.at]
        rule, (begins, ends) = self.rule("video"), self._promotion()
        opening = any(s.sighting.wording.opening and s.place.role == Role.TIMED for s in all_seen)
        if self._must_last() and ends is not None and not opening:
            return Placed(_covers(shown, begins, ends), rule)
        return Placed(any(self._at_start(t, begins) for t in shown), rule)

    def _at_start(self, shown: Timed, begins: float) -> bool:
        """On screen when the promotion begins, or soon after."""
        late_by = language()["at_start_s"]
        began = (shown.from_s or 0.0) <= begins + late_by
        return began and (shown.to_s is None or shown.to_s > begins)

    def _promotion(self) -> tuple[float, float | None]:
        context = self.case.context
        return context.promo or (0.0, context.duration_s)

    def _spoken(self, all_seen: list[Seen]) -> Placed:
        said = [s.place.at for s in all_seen if s.place.role == Role.SPOKEN and s.place.at]
        times = sorted(t.from_s or 0.0 for t in said)
        begins, ends = self._promotion()
        kind = self.case.format
        if kind == "live":
            return Placed(_repeated(times, begins, ends), self.rule("live"))
        early = times[0] <= begins + language()["at_start_s"]
        if kind == "audio" or self.case.platform == "podcast":
            return Placed(early, self.rule("audio"))
        return Placed(
            early and not self.wants["video"].get("must_be_seen", True), self.rule("video")
        )


def _ends_the_text(sighting: Sighting) -> bool:
    """Behind a sentence, and nothing after it but hashtags and handles."""
    tokens = sighting.passage.tokens
    behind = tokens[sighting.last + 1 :]
    opens = any(t.gap == Gap.HARD for t in tokens[1 : sighting.first + 1])
    return opens and all(token.kind != "word" for token in behind)


def _hashtag_block(sighting: Sighting) -> list[int]:
    """The unbroken row of hashtags in which one stands, as token positions."""
    tokens = sighting.passage.tokens
    first = last = sighting.first
    while first > 0 and tokens[first - 1].kind == "#":
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].kind == "#":
        last += 1
    return list(range(first, last + 1))


def _covers(shown: list[Timed], begins: float, ends: float) -> bool:
    tolerated = language()["gap_s"]
    reached = begins
    for timed in sorted(shown, key=lambda t: t.from_s or 0.0):
        if (timed.from_s or 0.0) > reached + tolerated:
            return False
        reached = max(reached, ends if timed.to_s is None else timed.to_s)
    return bool(shown) and reached >= ends - tolerated


def _repeated(times: list[float], begins: float, ends: float | None) -> bool:
    every = language()["repeat_every_s"]
    if times[0] > begins + language()["at_start_s"] * 4:
        return False
    marks = [*times, ends if ends is not None else times[-1]]
    return all(later - earlier <= every for earlier, later in itertools.pairwise(marks))
