"""What the writer of a post is told of a finding: the words it rests on, why, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from disclosures.models import DisclosureCheck, Finding, Look, Snapshot
from disclosures.queries import LookState, look_state, suggestion_for
from disclosures.states import FindingStatus


@dataclass(frozen=True)
class Ask:
    """One finding, put to the writer. label: what is said of the label, and its quoted words, by
    the look that found it; where it was removed, by the last look that saw it."""

    kind: str
    url: str
    seen_at: datetime
    reply_until: datetime | None
    label: LookState | None
    suggestion: str
    links_gone: tuple[str, ...]
    links_new: tuple[str, ...]


def asks_of(finding_ids: Iterable[int]) -> list[Ask]:
    """The findings that wait for their writer's reply, in the order they were found."""
    waiting = Finding.objects.filter(pk__in=list(finding_ids), status=FindingStatus.TOLD)
    rows = waiting.select_related("publication", "look", "before__look", "before__content")
    return [_ask(finding) for finding in rows.defer("before__content__body").order_by("pk")]


def _ask(finding: Finding) -> Ask:
    before, now = _links(finding.before), _links(finding.look.reading)
    seen_by = finding.before.look if finding.before else finding.look
    return Ask(
        kind=finding.kind,
        url=finding.publication.url,
        seen_at=finding.found_at,
        reply_until=finding.reply_until,
        label=_label(seen_by),
        suggestion=suggestion_for(finding.publication),
        links_gone=tuple(link for link in before if link not in now),
        links_new=tuple(link for link in now if link not in before),
    )


def _label(look: Look) -> LookState | None:
    checks = list(DisclosureCheck.objects.filter(look=look).order_by("pk"))
    return look_state(checks) if checks else None


def _links(snapshot: Snapshot | None) -> tuple[str, ...]:
    content = getattr(snapshot, "content", None)
    return tuple(content.links) if content else ()
