"""Findings: opened by a look, told to the writer, counted or settled by a later look.

Nothing counts against a writer who was not told, or before the time to put it right is over and
another look still finds it. What is only noted (an edited text) never counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from config.kernel import events
from disclosures.changes import LABELLED, Seen, changes_between, is_swapped
from disclosures.looking import Found, PageRead
from disclosures.models import DisclosureCheck, Finding, Look, Publication, Snapshot
from disclosures.reasons import GONE
from disclosures.states import OPEN_FINDINGS, FindingKind, FindingStatus
from disclosures.values import Conformity, VerdictCode

REPLY_TIME = timedelta(days=3)
_WRONG = frozenset({Conformity.TO_IMPROVE, Conformity.NOT_CONFORMING})


@dataclass(frozen=True)
class _Reading:
    """What a look has to say of each finding. seen: None where the post is gone."""

    seen: Seen | None
    is_label_wrong: bool

    def still_shows(self, finding: Finding) -> bool:
        if self.seen is None or finding.kind == FindingKind.POST_DELETED:
            return self.seen is None
        if finding.kind == FindingKind.LABEL:
            return self.is_label_wrong
        if finding.kind == FindingKind.LABEL_REMOVED:
            return bool(self.seen.missing)
        if finding.kind == FindingKind.LINK_SWAPPED and finding.before:
            return is_swapped(_links_at(finding.before), self.seen.links)
        return False


def reckon(
    *,
    look: Look,
    page: PageRead | None,
    found: Sequence[Found],
    before: Snapshot | None,
    at: datetime,
) -> list[Finding]:
    """Settle and count what is open, open what is new; in the caller's transaction, under the
    publication's lock. Returns the new findings.

    page: None where nothing was read; then only a post that is gone is a finding.
    before: the reading to compare with, if there is one.
    """
    if page is None and not (before and found and found[0].reason in GONE):
        return []
    reading = _Reading(
        seen=_seen(page, found) if page else None,
        is_label_wrong=any(each.conformity in _WRONG for each in found),
    )
    known = _review(look, reading, at)
    kinds = _kinds(reading, before) - known.keys()
    if known.get(FindingKind.LABEL_REMOVED) or FindingKind.LABEL_REMOVED in kinds:
        kinds -= {FindingKind.LABEL}  # the removal says it
    return [_open(look, kind, before, at) for kind in sorted(kinds)]


def _review(look: Look, reading: _Reading, at: datetime) -> dict[str, bool]:
    """Each open finding settled, counted or left; returns by kind whether it is still open.

    What this look settles it does not open again: a link put back is no second swap.
    """
    known = {}
    mine = Finding.objects.select_for_update(of=("self",)).select_related("before")
    open_ones = mine.filter(publication=look.publication_id, status__in=OPEN_FINDINGS)
    if reading.seen is None:  # of a post that is gone nothing else can be said
        open_ones = open_ones.filter(kind=FindingKind.POST_DELETED)
    for finding in open_ones:
        known[finding.kind] = reading.still_shows(finding)
        if not known[finding.kind]:
            _move(finding, FindingStatus.SETTLED, "settled_at", at)
            continue
        is_over = finding.reply_until is not None and finding.reply_until <= at
        if finding.status == FindingStatus.TOLD and is_over:
            _move(finding, FindingStatus.COUNTED, "counted_at", at)
    return known


def _kinds(reading: _Reading, before: Snapshot | None) -> set[str]:
    if reading.seen is None:
        return {FindingKind.POST_DELETED}
    kinds: set[str] = {FindingKind.LABEL} if reading.is_label_wrong else set()
    earlier = _seen_at(before) if before else None
    return kinds | set(changes_between(earlier, reading.seen)) if earlier else kinds


def _open(look: Look, kind: str, before: Snapshot | None, at: datetime) -> Finding:
    is_noted = kind == FindingKind.TEXT_EDITED
    return Finding.objects.create(
        publication_id=look.publication_id,
        look=look,
        kind=kind,
        status=FindingStatus.NOTED if is_noted else FindingStatus.FOUND,
        before=None if kind == FindingKind.LABEL else before,
        found_at=at,
    )


@transaction.atomic
def tell(*, finding_ids: Sequence[int]) -> None:
    """Record that the writer was told of these findings: REPLY_TIME begins, and a look is due at
    its end. Told twice is told once."""
    asked = Publication.objects.filter(findings__in=finding_ids).order_by("pk").distinct()
    now = timezone.now()
    for pk in list(asked.values_list("pk", flat=True)):
        publication = Publication.objects.select_for_update().get(pk=pk)
        mine = publication.findings.select_for_update().filter(pk__in=finding_ids)
        for finding in mine.filter(status=FindingStatus.FOUND):
            finding.reply_until = now + REPLY_TIME
            _move(finding, FindingStatus.TOLD, "told_at", now)
        ends = reply_ends(publication, after=now)
        if ends and (publication.next_look_at is None or ends < publication.next_look_at):
            publication.next_look_at = ends
            publication.save(update_fields=["next_look_at"])


def reply_ends(publication: Publication, *, after: datetime) -> datetime | None:
    """When the next of its writer's times to reply is over, if one is running."""
    told = publication.findings.filter(status=FindingStatus.TOLD, reply_until__gt=after)
    return told.order_by("reply_until").values_list("reply_until", flat=True).first()


def _move(finding: Finding, status: FindingStatus, dated: str, at: datetime) -> None:
    finding.move_to(status)
    setattr(finding, dated, at)
    finding.save(update_fields=["status", dated, "reply_until"])
    events.record(
        f"disclosures.{status}",
        subject=finding.publication,
        by=None,
        finding=finding.pk,
        finding_kind=finding.kind,
    )


def _seen(page: PageRead, found: Iterable[Found]) -> Seen:
    return Seen(
        text=page.text,
        parts=tuple(page.parts.values()),
        links=page.links,
        labelled=frozenset(each.jurisdiction for each in found if _has_label(each)),
        missing=frozenset(
            each.jurisdiction for each in found if each.verdict == VerdictCode.MISSING
        ),
    )


def _seen_at(snapshot: Snapshot) -> Seen | None:
    """What an earlier look saw; None once its words are erased."""
    content = getattr(snapshot, "content", None)
    if content is None:
        return None
    checks = snapshot.look.checks.all()
    return Seen(
        text=content.text,
        parts=tuple(content.parts.values()),
        links=tuple(content.links),
        labelled=frozenset(each.jurisdiction for each in checks if _has_label(each)),
        missing=frozenset(
            each.jurisdiction for each in checks if each.verdict == VerdictCode.MISSING
        ),
    )


def _has_label(each: Found | DisclosureCheck) -> bool:
    return each.verdict in LABELLED and each.start is not None


def _links_at(snapshot: Snapshot) -> tuple[str, ...]:
    content = getattr(snapshot, "content", None)
    return tuple(content.links) if content else ()
