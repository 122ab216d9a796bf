"""The statement of reasons: a decision in full, as article 17 of Regulation (EU) 2022/2065 (the
Digital Services Act, 2022) asks for it.

What is restricted, where and for how long (17(3)(a)); the facts (b); whether they were found, and
the decision taken, by automated means (c); the ground, with why the words fall under it (d, e); and
the redress (f). In the reader's language, from rows that never change.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.quality import queries
from campaigns.quality.models import Submission
from campaigns.quality.states import DECIDED, CheckStatus, Kind
from campaigns.quality.values import LANGUAGES
from campaigns.quality.wording import worded

OF_FIGURES = frozenset({Kind.SERIES, Kind.VOTES, Kind.CLICKS})
LAW = gettext_lazy("Regulation (EU) 2022/2065, article 17")

REFUSED: Mapping[str, str | Promise] = {
    Kind.BRIEF: gettext_lazy(
        "This version of the brief can't move on: the campaign stays where it is."
    ),
    Kind.MECHANIC: gettext_lazy(
        "This version of the mechanic can't move on: nobody is bound by it, nothing starts on it."
    ),
    Kind.TERMS: gettext_lazy("These terms can't be accepted by anybody."),
    Kind.POST: gettext_lazy(
        "This text is marked as refused in the campaign. No pay is withheld by a machine for it."
    ),
}
OTHERWISE = gettext_lazy("What was handed in can't be used in the campaign.")


@dataclass(frozen=True)
class Ground:
    """One rule, the words it stands on, and why they are incompatible with it.

    start, end: half-open, in code points of the text as handed in; term: the line of the terms.
    """

    rule: str
    title: str
    quote: str
    start: int | None
    end: int | None
    term: int | None
    why: str
    alternative: str
    source: str


@dataclass(frozen=True)
class Statement:
    """decided_by: `machine` or `person`; found_by_machine: whether automated means found the words.
    may_appeal: whether its reader can still ask a reviewer of this installation."""

    submission: int
    kind: str
    status: str
    decided_at: datetime
    rule_set: str
    language: str
    law: str
    restriction: str
    scope: str
    facts: str
    found_by_machine: bool
    decided_by: str
    automated_means: str
    grounds: tuple[Ground, ...]
    ruling_reason: str
    redress: tuple[str, ...]
    may_appeal: bool

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "decided_at": self.decided_at.isoformat()}


def statement_of(
    submission: Submission, language: str, *, party_id: int | None = None
) -> Statement | None:
    """The statement in the reader's language (en, it or fr, else English); None while undecided.

    party_id: the reader, where they may appeal at all; to others no appeal is promised.
    """
    stands = queries.standing(submission.pk)
    if stands.status not in DECIDED or stands.decided_at is None:
        return None
    spoken = language if language in LANGUAGES else "en"
    with translation.override(spoken):
        return Statement(
            submission=submission.pk,
            kind=str(submission.get_kind_display()),
            status=stands.status,
            decided_at=stands.decided_at,
            rule_set=stands.rule_set,
            language=spoken,
            law=str(LAW),
            restriction=_restriction(submission.kind, stands.status),
            scope=_scope(stands.status),
            facts=_facts(submission, stands),
            found_by_machine=bool(stands.findings),
            decided_by="person" if stands.ruling_reason else "machine",
            automated_means=_means(submission.kind, stands),
            grounds=tuple(_ground(each) for each in worded(stands.findings, spoken)),
            ruling_reason=stands.ruling_reason,
            redress=tuple(_redress(stands, party_id)),
            may_appeal=party_id is not None and stands.may_be_appealed_by(party_id),
        )


def _ground(found: Mapping[str, Any]) -> Ground:
    quote = "" if found.get("field") == "hourly" else found.get("quote", "")  # a sum: nobody's word
    in_words = bool(quote) and "term" not in found
    return Ground(
        rule=found["rule"],
        title=str(found["title"]),
        quote=quote,
        start=found["start"] if in_words else None,
        end=found["end"] if in_words else None,
        term=found.get("term"),
        why=found["why"],
        alternative=found["alternative"],
        source=found["source"],
    )


def _restriction(kind: str, status: str) -> str:
    if status == CheckStatus.ACCEPTED:
        return _("Nothing is restricted: it may go on.")
    if status == CheckStatus.REVIEW:
        return _("It waits: until a reviewer has decided, it can't move on.")
    return str(REFUSED.get(kind, OTHERWISE))


def _scope(status: str) -> str:
    if status == CheckStatus.ACCEPTED:
        return ""
    return _(
        "It holds in every country the campaign runs in, until a newer version passes or a "
        "reviewer decides otherwise."
    )


def _facts(submission: Submission, stands: queries.Standing) -> str:
    handed_in = _(
        "%(what)s was handed in on %(at)s and read by the quality check, which reads every version "
        "by itself. Nobody reported it."
    ) % {
        "what": submission.get_kind_display(),
        "at": f"{submission.submitted_at:%Y-%m-%d %H:%M} UTC",
    }
    return f"{handed_in} {_found(len(stands.findings))}"


def _found(n: int) -> str:
    if not n:
        return _("The check found nothing that its rules name.")
    said = ngettext(
        "The check found one point that its rules name; it is the ground below.",
        "The check found %(n)d points that its rules name; they are the grounds below.",
        n,
    )
    return said % {"n": n}


def _means(kind: str, stands: queries.Standing) -> str:
    """Who found and who decided, and what the automated means are."""
    if kind in OF_FIGURES:
        means = _("They are fixed rules over the figures.")
    else:
        means = _(
            "They are fixed rules, and a small statistical model that weighs what the rules find "
            "and may send a text to a person, but never refuses one."
        )
    return f"{_decision(stands)} {means}"


def _decision(stands: queries.Standing) -> str:
    if stands.ruling_reason:
        if stands.findings:
            return _("The words were found by automated means. A person decided.")
        return _("Automated means found nothing. A person decided.")
    if not stands.findings:
        return _(
            "It was read, and the decision was taken, by automated means, which found nothing."
        )
    if stands.status == CheckStatus.REVIEW:
        return _(
            "The words were found by automated means, which decide nothing here: a person will."
        )
    return _("The words were found, and the decision was taken, by automated means.")


def _redress(stands: queries.Standing, party_id: int | None) -> list[str]:
    if stands.status == CheckStatus.ACCEPTED:
        return []
    return [
        _appeal(stands, party_id),
        _(
            "You can turn to a certified out-of-court dispute settlement body (article 21 of the "
            "same regulation) where it applies to whoever runs this installation."
        ),
        _("You can go to court at any time. Nothing said here limits that."),
    ]


def _appeal(stands: queries.Standing, party_id: int | None) -> str:
    if stands.appealed:
        return _("A reviewer has been asked to decide.")
    if party_id is None:
        return _("Those who take part in the campaign can ask a reviewer to decide, once each.")
    if stands.may_be_appealed_by(party_id):
        return _(
            "You can ask a reviewer to decide, in one click and free of charge. It is a person who "
            "has no part in this campaign and has not decided on it before."
        )
    return _("You asked a reviewer, who has decided.")
