"""When a post asked its readers to click: those clicks count nothing.

A post's words are checked anew with each snapshot of its page. It incites from the first snapshot
rejected for asking until a later one is found clean; what is under way, failed or with a reviewer
changes nothing yet.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from campaigns.agreements.models import PostCheck
from campaigns.quality.queries import Standing, standings
from campaigns.quality.states import DECIDED, CheckStatus

Span = tuple[datetime, datetime | None]

ASKS = "click.incitement"
MAY_ASK = frozenset({"engagement.exchange", "engagement.bait"})  # where a click is what is asked
# The gesture in five languages (click, clicca, clique, clica, pincha, klick), or a link to visit.
_CLICK = re.compile(r"cli[ckq]|klick|pinch[ae]|\blinks?\b|\bliens?\b|enlace", re.IGNORECASE)


def incites(standing: Standing) -> bool | None:
    """Whether the words ask for clicks by what stands of them; None while nobody can say."""
    if standing.status not in DECIDED:
        return None
    if standing.status == CheckStatus.ACCEPTED:
        return False
    asking = [each for each in standing.findings if _asks(each)]
    if not asking:
        return False
    ruled = bool(standing.ruling_reason)
    refused = ruled or any(each["severity"] == "reject" for each in asking)
    return True if standing.status == CheckStatus.REJECTED and refused else None


def spans(looks: Iterable[tuple[datetime, bool | None]]) -> tuple[Span, ...]:
    """[from, until) of each stretch in which a post asked; looks in the order they were taken."""
    found: list[Span] = []
    since: datetime | None = None
    for at, asking in looks:
        if asking and since is None:
            since = at
        elif asking is False and since is not None:
            found.append((since, at))
            since = None
    return (*found, (since, None)) if since else tuple(found)


def spans_of(publication_ids: Collection[int]) -> dict[int, tuple[Span, ...]]:
    """The stretches of each publication; one that never asked is not in the answer."""
    rows = list(
        PostCheck.objects.filter(fulfilment__publication__in=publication_ids)
        .order_by("snapshot__taken_at", "pk")
        .values_list("fulfilment__publication_id", "snapshot__taken_at", "submission_id")
    )
    known = standings(submission for *_, submission in rows)
    looks: dict[int, list[tuple[datetime, bool | None]]] = {}
    for publication, at, submission in rows:
        looks.setdefault(publication, []).append((at, incites(known[submission])))
    found = {publication: spans(each) for publication, each in looks.items()}
    return {publication: each for publication, each in found.items() if each}


def _asks(finding: Mapping[str, Any]) -> bool:
    family = finding["family"]
    return family == ASKS or (family in MAY_ASK and bool(_CLICK.search(str(finding["quote"]))))
