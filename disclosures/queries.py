"""What readers were told in each publication: by every look, and now."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from config.theme.formatting import territory
from disclosures.channels.values import Told
from disclosures.models import (
    DisclosureCheck,
    Finding,
    Look,
    Publication,
    Snapshot,
    SnapshotContent,
)
from disclosures.reasons import GONE, sentence
from disclosures.rules import Rule, jurisdictions, rulebook
from disclosures.states import OPEN_FINDINGS, LookStatus, ProofLevel
from disclosures.telling import Telling, telling
from disclosures.values import SEEN_FIRST, WORST_FIRST

_UNKNOWN_RANK = WORST_FIRST.index("")
_AROUND = 140  # characters shown on either side of the quoted words


@dataclass(frozen=True)
class LookState:
    """What one look found: the worst of its jurisdictions, and the words it was read in."""

    at: datetime
    verdict: str
    conformity: str
    proof_level: str
    jurisdiction: str
    rule: str
    source: str
    verified: bool
    reason: str
    quote: str
    before: str
    after: str
    place: str
    digest: str
    look: int
    snapshot: int | None = None
    is_unchanged: bool = False
    start: int | None = None
    end: int | None = None

    @cached_property
    def rule_found(self) -> Rule | None:
        if self.jurisdiction not in jurisdictions():
            return None
        return rulebook(self.jurisdiction).rules.get(self.rule)

    @property
    def why(self) -> str:
        """The rule, or the reason why the page could not be read, in the reader's language."""
        if self.reason:
            return sentence(self.reason)
        rule = self.rule_found
        return rule.said_in((get_language() or "en")[:2]) if rule else ""

    @property
    def source_url(self) -> str:
        return (self.rule_found.source.url or "") if self.rule_found else ""

    @property
    def is_seen_first(self) -> bool:
        """Whether the words lie in what is shown of the post, and not in a hidden part."""
        return self.place in ("", "text", *SEEN_FIRST)

    @property
    def is_in_text(self) -> bool:
        """Whether the offsets count in the text of the post."""
        return self.place in ("", "text")

    @property
    def country(self) -> str:
        """The jurisdiction's name in the reader's language."""
        return territory(self.jurisdiction)

    @property
    def is_attested(self) -> bool:
        return self.proof_level == ProofLevel.ATTESTED

    @property
    def tone(self) -> str:
        return {"conforming": "yes", "to_improve": "care", "not_conforming": "stop"}.get(
            self.conformity, "none"
        )

    @property
    def icon(self) -> str:
        return {"yes": "conforming", "care": "improve", "stop": "failing"}.get(self.tone, "unknown")


@dataclass(frozen=True)
class PublicationState:
    """A publication and its looks, oldest first."""

    publication: Publication
    history: tuple[LookState, ...] = ()
    is_being_read: bool = False
    suggestion: str = ""
    findings: tuple[Finding, ...] = ()  # oldest first
    told: Told = field(default_factory=Told)  # as of the newest whole look

    @property
    def first(self) -> LookState | None:
        return self.history[0] if self.history else None

    @property
    def last(self) -> LookState | None:
        """The newest look at the page. What a person attests stands in its place only while no
        machine can read the page, and not once the post is found gone."""
        newest = self.machine
        if newest is None or self.attested is None or newest.conformity:
            return newest or self.attested
        since = self.history[self.history.index(self.attested) :]
        is_overtaken = any(
            not look.is_attested and (look.conformity or look.reason in GONE) for look in since
        )
        return newest if is_overtaken else self.attested

    @property
    def machine(self) -> LookState | None:
        """The newest look a machine took, with or without the creator's token."""
        return next((look for look in self.newest_first if not look.is_attested), None)

    @property
    def attested(self) -> LookState | None:
        """What a person attested last: never merged with what a machine read."""
        return next((look for look in self.newest_first if look.is_attested), None)

    @property
    def first_verdict(self) -> str:
        return self.first.verdict if self.first else ""

    @property
    def last_verdict(self) -> str:
        return self.last.verdict if self.last else ""

    @property
    def conformity(self) -> str | None:
        """Of the newest look; None where nothing can be said yet."""
        return (self.last.conformity or None) if self.last else None

    @property
    def proof_level(self) -> str:
        return self.last.proof_level if self.last else ""

    @property
    def quote(self) -> str:
        return self.last.quote if self.last else ""

    @property
    def rule(self) -> str:
        return self.last.rule if self.last else ""

    @property
    def waits_for_writer(self) -> bool:
        """Whether there is something its writer can still put right."""
        is_wrong = self.conformity in ("to_improve", "not_conforming")
        return is_wrong or any(each.status in OPEN_FINDINGS for each in self.findings)

    @property
    def looked_at(self) -> datetime | None:
        return self.last.at if self.last else None

    @property
    def looks(self) -> int:
        return len(self.history)

    @cached_property
    def telling(self) -> Telling:
        """What the channel says beside the words, as of the newest whole look."""
        return telling(self.publication, self.told)

    @property
    def newest_first(self) -> tuple[LookState, ...]:
        return self.history[::-1]

    @property
    def kept(self) -> list[int]:
        """The snapshots, newest first; several looks may have found the page as one of them."""
        return list(dict.fromkeys(x.snapshot for x in self.newest_first if x.snapshot))


def state_of(publication_ids: Iterable[int]) -> dict[int, PublicationState]:
    """The state of each publication, in five queries."""
    ids = set(publication_ids)
    return _states(ids, DisclosureCheck.objects.filter(publication__in=ids))


def newest_state_of(publication_ids: Iterable[int]) -> dict[int, PublicationState]:
    """The same for a long list: of the history, only the newest look by each level of proof, and
    the newest that ends what a person attested before it."""
    ids = set(publication_ids)
    checks = DisclosureCheck.objects.filter(publication__in=ids)
    levels = checks.order_by("publication_id", "proof_level", "-look_id")
    newest = levels.distinct("publication_id", "proof_level").values_list("look_id", flat=True)
    endings = checks.filter(_ends_an_attestation()).order_by("publication_id", "-look_id")
    ending = endings.distinct("publication_id").values_list("look_id", flat=True)
    looks = list(newest.union(ending))
    return _states(ids, DisclosureCheck.objects.filter(look__in=looks))


def worst_first(publication: str) -> Coalesce:
    """0 to 3 by `PublicationState.last` of a publication, the outer query's field of that name."""
    ranks = [When(conformity=code, then=Value(nth)) for nth, code in enumerate(WORST_FIRST)]
    rank = Case(*ranks, output_field=IntegerField())
    checks = DisclosureCheck.objects.filter(publication=OuterRef(publication))
    newest = checks.order_by("-look_id", rank).values_list(rank)
    later = DisclosureCheck.objects.filter(
        _ends_an_attestation(), publication=OuterRef("publication"), look__gt=OuterRef("look")
    )
    read = newest.exclude(proof_level=ProofLevel.ATTESTED)
    attested = newest.filter(~Exists(later), proof_level=ProofLevel.ATTESTED)
    is_read = NullIf(Subquery(read[:1]), Value(_UNKNOWN_RANK))
    return Coalesce(is_read, Subquery(attested[:1]), Value(_UNKNOWN_RANK))


def _ends_an_attestation() -> Q:
    """Checks of a machine's look that has a conformity as a whole, or found the post gone."""
    unknown = DisclosureCheck.objects.filter(look=OuterRef("look"), conformity="")
    is_wrong = Q(conformity__in=WORST_FIRST[:_UNKNOWN_RANK])
    is_right = ~Q(conformity="") & ~Exists(unknown)
    return ~Q(proof_level=ProofLevel.ATTESTED) & (is_wrong | is_right | Q(reason__in=GONE))


def _states(ids: set[int], checks: QuerySet[DisclosureCheck]) -> dict[int, PublicationState]:
    found: dict[int, dict[int, list[DisclosureCheck]]] = {pk: {} for pk in ids}
    for check in checks.order_by("pk"):
        found[check.publication_id].setdefault(check.look_id, []).append(check)
    open_looks = Look.objects.filter(publication__in=ids).exclude(status=LookStatus.DONE)
    under_way = set(open_looks.values_list("publication_id", flat=True))
    findings: dict[int, list[Finding]] = {pk: [] for pk in ids}
    for finding in Finding.objects.filter(publication__in=ids).order_by("pk"):
        findings[finding.publication_id].append(finding)
    states = {
        publication.pk: _state(
            publication,
            found[publication.pk],
            tuple(findings[publication.pk]),
            publication.pk in under_way,
        )
        for publication in Publication.objects.filter(pk__in=ids)
    }
    # Unbounded, so read once a publication and not with every check.
    newest = {pk: state.kept[0] for pk, state in states.items() if state.kept}
    contents = SnapshotContent.objects.filter(pk__in=newest.values())
    told = dict(contents.values_list("pk", "told"))
    return {
        pk: replace(state, told=Told.read(told.get(newest.get(pk, 0), {})))
        for pk, state in states.items()
    }


def snapshots_of(publication: Publication) -> QuerySet[Snapshot]:
    """Every snapshot of a publication, newest first, with its content."""
    mine = Snapshot.objects.filter(look__publication=publication)
    with_words = mine.select_related("look", "content")
    return with_words.defer("content__archive", "content__body").order_by("-pk")


def _state(
    publication: Publication,
    looks: dict[int, list[DisclosureCheck]],
    findings: tuple[Finding, ...],
    is_being_read: bool,
) -> PublicationState:
    history = tuple(look_state(checks) for checks in looks.values())
    return PublicationState(
        publication=publication,
        history=history,
        is_being_read=is_being_read,
        findings=findings,
        suggestion=suggestion_for(publication),
    )


def suggestion_for(publication: Publication) -> str:
    """Words the post could begin with, in the language of its first audience with rules."""
    for code in publication.jurisdictions:
        if code in jurisdictions():
            words = rulebook(code).suggested.get(publication.relationship, "")
            return words.replace("{brand}", publication.brand_name)
    return ""


def look_state(checks: list[DisclosureCheck]) -> LookState:
    """The strictest jurisdiction wins."""
    check = min(checks, key=lambda each: WORST_FIRST.index(each.conformity))
    snapshot = check.look.reading
    content = check.look.content
    words = content.words_at(check.place or "text") if content else ""
    start, end = (check.start, check.end or 0) if check.start is not None else (0, 0)
    return LookState(
        at=check.checked_at,
        verdict=check.verdict,
        conformity=check.conformity,
        proof_level=check.proof_level,
        jurisdiction=check.jurisdiction,
        rule=check.rule,
        source=check.source,
        verified=check.verified,
        reason=check.reason,
        quote=words[start:end],
        before=_shortened(words[:start], from_end=True),
        after=_shortened(words[end:], from_end=False),
        place=check.place,
        digest=snapshot.digest if snapshot else "",
        look=check.look_id,
        snapshot=snapshot.pk if snapshot else None,
        is_unchanged=check.look.unchanged_since_id is not None,
        start=check.start,
        end=check.end,
    )


def _shortened(words: str, *, from_end: bool) -> str:
    if len(words) <= _AROUND:
        return words
    return f"…{words[-_AROUND:]}" if from_end else f"{words[:_AROUND]}…"
