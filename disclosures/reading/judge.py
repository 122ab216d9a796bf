"""The verdict on one post, in the order of ENG-ORDER.

0. no duty for this relationship and day: sufficient, by the rule that exempts
1. nothing, or only denied, or only about something else: missing
2. only refused wordings, or contradicted, or illegible: insufficient
3. a label good elsewhere, in a language this audience need not know: wrong_language
4. a label of another relationship: insufficient
5. a good label in the wrong place: misplaced
6. otherwise sufficient; one good label is enough, even beside bad ones
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from disclosures.reading.meaning import Meaning, denied_hashtags, denies_pay, meaning
from disclosures.reading.placement import Placed, Placement, Seen
from disclosures.reading.places import MENU, Place, Role, is_page, places
from disclosures.reading.sightings import Brand, Sighting, sightings
from disclosures.reading.tokens import Passage
from disclosures.reading.words import index
from disclosures.rules import Duty, Rule, Rulebook, language, rulebook
from disclosures.values import Case, Relationship, Verdict, VerdictCode


@dataclass
class Findings:
    """What was read in all places of a post."""

    good: list[Seen] = field(default_factory=list)
    weak: list[Seen] = field(default_factory=list)
    foreign: list[Seen] = field(default_factory=list)
    denied: list[Seen] = field(default_factory=list)
    elsewhere: bool = False


def judge(case: Case) -> Verdict:
    """What is to be said of the label of a post. Raises UnknownJurisdiction."""
    book = rulebook(case.jurisdiction)
    duty, owed_by = _duty(book, case)
    if duty is None:
        return _answer(VerdictCode.SUFFICIENT, owed_by)
    return _Judgement(book, case, duty, owed_by).verdict()


def _duty(book: Rulebook, case: Case) -> tuple[Duty | None, Rule]:
    """What is owed on that day and by which rule; None where the rule exempts."""
    for duty in book.duties[case.relationship]:
        rule = book.first_in_force(duty.rules, case.published)
        fits = duty.pages is None or duty.pages == is_page(case)
        if rule is not None and fits:
            return (None if duty.none else duty), rule
    return None, book.rules["ENG-ORDER"]


class _Judgement:
    def __init__(self, book: Rulebook, case: Case, duty: Duty, owed_by: Rule) -> None:
        self.book, self.case, self.duty, self.owed_by = book, case, duty, owed_by
        self.brand = Brand(case.brand)
        self.placement = Placement(book, case)
        self.places = places(case)
        self.passages = {place.name: Passage(place.text) for place in self.places}
        self.found = Findings()
        self._naming: dict[str, bool] = {}

    def verdict(self) -> Verdict:
        for place in self.places:
            self._read(place)
        return (
            self._contradicted()
            or self._good()
            or self._other_kind()
            or self._foreign()
            or self._weak()
            or self._missing()
        )

    @cached_property
    def brand_seen(self) -> bool:
        if not self.brand:
            return True
        front = (p for p in self.places if p.role != Role.ASIDE)
        return any(self._names_brand(p) for p in front)

    def _names_brand(self, place: Place) -> bool:
        """Asked once of each place: a long one may hold hundreds of labels."""
        if place.name not in self._naming:
            self._naming[place.name] = self.brand.is_named_in(self.passages[place.name])
        return self._naming[place.name]

    # Reading: every wording found goes into one of the piles of Findings.

    def _read(self, place: Place) -> None:
        passage = self.passages[place.name]
        known = index(self.book)
        for sighting in sightings(passage, known, self.brand):
            if sighting.wording.tool_only and place.role != Role.TOOL:
                continue
            self._sort(place, sighting)
        if place.role == Role.ASIDE:
            return
        for position in denied_hashtags(passage, known):
            any_label = next(iter(self.book.wordings))
            sighting = Sighting(passage, any_label, position, position)
            self.found.denied.append(Seen(place, sighting, self.owed_by, True))

    def _sort(self, place: Place, sighting: Sighting) -> None:
        meant = meaning(sighting, self.brand, self.case.content_language)
        if place.field == MENU and not self._names_brand(place):
            meant = Meaning.ELSEWHERE
        if meant == Meaning.ELSEWHERE:
            self.found.elsewhere = True
        elif meant == Meaning.DENIED:
            if place.role != Role.ASIDE:
                self.found.denied.append(Seen(place, sighting, self.owed_by, True))
            self.found.elsewhere = True
        else:
            self._file(place, sighting)

    def _file(self, place: Place, sighting: Sighting) -> None:
        wording = sighting.wording
        if wording.exact and not _is_exact(sighting):
            return
        if wording.foreign:
            accepted = self.book.accepts_language(wording.lang, self.case.content_language)
            ids = self.book.unlisted_rules if accepted else self.book.language_rules
            pile = self.found.weak if accepted else self.found.foreign
            pile.append(self._seen(place, sighting, self._first(ids), wording.verified))
            return
        ids = wording.hashtag_rules + wording.rules if sighting.hashtag else wording.rules
        rule = self.book.first_in_force(ids, self.case.published)
        if rule is None and not wording.otherwise and not wording.weak:
            return
        if wording.weak and place.field == "comments" and not sighting.hashtag:
            return  # anybody's thanks
        if wording.weak or rule is None:
            rule = rule or self._first(wording.otherwise)
            self.found.weak.append(self._seen(place, sighting, rule, wording.verified))
            return
        if wording.named and not (self.brand_seen or self._names_brand(place)):
            self.found.weak.append(self._seen(place, sighting, rule, wording.verified))
            return
        if not self._language_accepted(wording.lang):
            language_rule = self._first(self.book.language_rules)
            self.found.foreign.append(self._seen(place, sighting, language_rule, True))
            return
        self.found.good.append(self._seen(place, sighting, rule, wording.verified))

    def _language_accepted(self, lang: str) -> bool:
        return lang == "any" or self.book.accepts_language(lang, self.case.content_language)

    def _seen(self, place: Place, sighting: Sighting, rule: Rule, verified: bool) -> Seen:
        return Seen(place, self._with_brand(sighting), rule, verified and rule.verified)

    def _with_brand(self, sighting: Sighting) -> Sighting:
        """A label that needs the brand is quoted with it where it follows at once."""
        if not sighting.wording.named:
            return sighting
        last = self.brand.at(sighting.passage, sighting.last + 1)
        if last is None:
            return sighting
        return Sighting(sighting.passage, sighting.wording, sighting.first, last)

    def _first(self, ids: Iterable[str]) -> Rule:
        return self.book.first_in_force(tuple(ids), self.case.published) or self.owed_by

    def _denies_pay(self) -> bool:
        front = (p for p in self.places if p.role != Role.ASIDE)
        return any(denies_pay(self.passages[p.name]) for p in front)

    # Deciding, step by step; each step answers or passes on.

    def _contradicted(self) -> Verdict | None:
        labels = self.found.good + self.found.foreign
        if not labels:
            return None
        kinds = {seen.sighting.wording.kind for seen in self.found.good}
        only_gift = bool(kinds) and not kinds & {"advertising"}
        paid_like = self.case.relationship in (Relationship.PAID, Relationship.EMPLOYEE)
        denied = bool(self.found.denied) and not only_gift
        if denied or (paid_like and self._denies_pay()):
            return _answer(VerdictCode.INSUFFICIENT, self.book.rules["ENG-NEG"], labels[0])
        return None

    def _good(self) -> Verdict | None:
        right_kind = [s for s in self.found.good if self._is_of_kind(s)]
        if not right_kind:
            return None
        best: list[tuple[Seen, Placed]] = []
        for seen in right_kind:
            best.append((seen, self._placed(seen, right_kind)))
        well = [pair for pair in best if pair[1].ok]
        if self.duty.together and not self._all_kinds(well, best):
            return self._incomplete(right_kind)
        well.sort(key=lambda pair: not pair[0].verified)
        for seen, placed in well:
            by_duty = Placed(True, self.owed_by)
            return self._legible(seen, by_duty if self.duty.names_itself else placed)
        seen, placed = best[0]
        code = VerdictCode.MISPLACED
        if seen.place.role == Role.TOOL:
            code = VerdictCode.INSUFFICIENT
        return _answer(code, placed.rule, seen)

    def _is_of_kind(self, seen: Seen) -> bool:
        return seen.sighting.wording.kind in self.duty.accepts

    def _placed(self, seen: Seen, others: list[Seen]) -> Placed:
        if seen.place.role != Role.TOOL:
            return self.placement.of(seen, others)
        for entry in self.book.placement["tool"]:
            ids = (entry["rule"],) if isinstance(entry["rule"], str) else tuple(entry["rule"])
            rule = self.book.first_in_force(ids, self.case.published)
            if rule is not None:
                return Placed(entry["counts"], rule)
        return Placed(True, seen.rule)

    def _all_kinds(self, well: list[tuple[Seen, Placed]], best: list[tuple[Seen, Placed]]) -> bool:
        """All wordings owed together are there; where they stand is asked afterwards."""
        kinds = {seen.sighting.wording.kind for seen, _ in (well or best)}
        everywhere = {seen.sighting.wording.kind for seen, _ in best}
        wanted = set(self.duty.accepts)
        return wanted <= kinds or (wanted <= everywhere and "advertising" in kinds)

    def _incomplete(self, seen: list[Seen]) -> Verdict:
        return _answer(VerdictCode.INSUFFICIENT, self.owed_by, seen[0])

    def _legible(self, seen: Seen, placed: Placed) -> Verdict:
        context = self.case.context
        on_picture = seen.place.role in (Role.FRAME, Role.IMAGE, Role.TIMED)
        only_text = seen.place.role == Role.TEXT and not any(
            p.role in (Role.FRAME, Role.IMAGE, Role.TIMED) for p in self.places
        )
        small = context.font_px is not None and context.font_px < language()["legible_px"]
        if (on_picture or only_text) and (small or context.obscured):
            return _answer(VerdictCode.INSUFFICIENT, self.placement.rule("legible"), seen)
        return _answer(VerdictCode.SUFFICIENT, placed.rule, seen)

    def _other_kind(self) -> Verdict | None:
        if not self.found.good:
            return None
        seen = self.found.good[0]
        return _answer(VerdictCode.INSUFFICIENT, seen.rule, seen)

    def _foreign(self) -> Verdict | None:
        refused_here = [(s.place.name, *s.sighting.span) for s in self.found.weak]
        for seen in self.found.foreign:
            start, end = seen.sighting.span
            if any(p == seen.place.name and a < end and start < b for p, a, b in refused_here):
                continue  # this jurisdiction's own list names these words
            return _answer(VerdictCode.WRONG_LANGUAGE, seen.rule, seen)
        return None

    def _weak(self) -> Verdict | None:
        for seen in self.found.weak:
            return _answer(VerdictCode.INSUFFICIENT, seen.rule, seen)
        return None

    def _missing(self) -> Verdict:
        if self.found.denied:
            return _answer(VerdictCode.MISSING, self.book.rules["ENG-NEG"])
        if self.found.elsewhere:
            return _answer(VerdictCode.MISSING, self.book.rules["ENG-SUBJECT"])
        return _answer(VerdictCode.MISSING, self.owed_by)


def _is_exact(sighting: Sighting) -> bool:
    """Spelt with its accents, or in capitals, which may go without."""
    start, end = sighting.span
    raw = unicodedata.normalize("NFC", sighting.passage.raw[start:end])
    return raw.isupper() or raw.casefold() == " ".join(sighting.wording.words).casefold()


def _answer(code: VerdictCode, rule: Rule, seen: Seen | None = None) -> Verdict:
    verified = rule.verified if seen is None else seen.verified and rule.verified
    if seen is None:
        return Verdict(code, rule.id, str(rule.source), verified)
    start, end = seen.sighting.span
    label = seen.place.text[start:end]
    return Verdict(code, rule.id, str(rule.source), verified, label, seen.place.name, start, end)
