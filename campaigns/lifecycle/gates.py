"""What each stage asks for. Pure over a `Situation`, so that page, API and action agree."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.briefs.states import Stage
from campaigns.lifecycle.values import Check, Sentence

STANDING_SENTENCES: dict[str, Sentence] = {
    "accepted": _("accepted"),
    "rejected": _("rejected: the findings say why, and what passes instead"),
    "review": _("with a reviewer"),
    "queued": _("the check is under way"),
    "running": _("the check is under way"),
    "failed": _("the check broke off: its page says why, and tries it again"),
}


@dataclass(frozen=True)
class Situation:
    """Everything the gates look at, as plain values. Names are of people still to answer."""

    brief_number: int = 0
    brief_standing: str = ""
    questions: int = 0
    mechanic_number: int = 0
    mechanic_standing: str = ""
    materials_refused: int = 0
    political: int = 0  # texts found political, and of those the ones without a notice
    without_notice: int = 0
    joined: int = 0
    unanswered_invitations: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    objectors: tuple[str, ...] = ()
    quorum_is_met: bool = False
    without_agreement: tuple[str, ...] = ()
    unpublished: int = 0
    owed: int = 0
    funded_minor: int = 0
    balance_minor: int = 0
    has_lessons: bool = False
    unanswered_incidents: int = 0
    without_reply: tuple[str, ...] = ()
    report_published: bool = False


Gate = Callable[[Situation], list[Check]]


def checklist(situation: Situation, to: str) -> list[Check]:
    """Every condition of the stage `to`, met or not, in the order they are dealt with."""
    return [check for gate in GATES.get(to, ()) for check in gate(situation)]


def _brief(now: Situation) -> list[Check]:
    written = bool(now.brief_number)
    return [
        Check("brief_written", written, _("The brief is written"), waits_for="agency"),
        Check(
            "brief_clear",
            written and not now.questions,
            _("The brief leaves no question open"),
            ngettext("%(n)d answer is asked back", "%(n)d answers are asked back", now.questions)
            % {"n": now.questions}
            if now.questions
            else "",
        ),
        _standing("brief", _("The brief passes the quality check"), now.brief_standing),
        Check(
            "materials_accepted",
            not now.materials_refused,
            _("What was handed in with the draft passes the quality check"),
        ),
    ]


def _mechanic(now: Situation) -> list[Check]:
    return [
        Check("mechanic_written", bool(now.mechanic_number), _("The mechanic is written")),
        _standing("mechanic", _("The mechanic passes the quality check"), now.mechanic_standing),
    ]


def _notice(now: Situation) -> list[Check]:
    """Only asked where something is political."""
    if not now.political:
        return []
    return [
        Check(
            "political_notice",
            not now.without_notice,
            _("Who pays for what is political, the vote and the notice to readers are on record"),
            waits_for="reviewer",
        )
    ]


def _consent(now: Situation) -> list[Check]:
    return [
        Check(
            "somebody_joined",
            now.joined > 0,
            _("At least one creator has joined"),
            _names(now.unanswered_invitations),
            "influencers",
        ),
        Check(
            "no_open_objection",
            not now.objectors,
            _("No objection is open"),
            _names(now.objectors),
            "influencers",
        ),
        Check(
            "everyone_answered",
            now.joined > 0 and not now.waiting,
            _("Everyone who joined lets the newest version pass"),
            _names(now.waiting),
            "influencers",
        ),
        Check("quorum", now.quorum_is_met, _("Enough of them consent"), waits_for="influencers"),
    ]


def _agreements(now: Situation) -> list[Check]:
    return [
        Check(
            "everyone_agreed",
            now.joined > 0 and not now.without_agreement,
            _("Everyone who joined has an agreed agreement"),
            _names(now.without_agreement),
            "influencers",
        )
    ]


def _published(now: Situation) -> list[Check]:
    return [
        Check(
            "everything_published",
            not now.unpublished,
            _("Every agreed piece of work is published"),
            ngettext("%(n)d piece is missing", "%(n)d pieces are missing", now.unpublished)
            % {"n": now.unpublished}
            if now.unpublished
            else "",
            "influencers",
        )
    ]


def _money(now: Situation) -> list[Check]:
    return [
        Check(
            "everyone_paid",
            not now.owed,
            _("Everyone is paid"),
            ngettext("%(n)d payment is open", "%(n)d payments are open", now.owed) % {"n": now.owed}
            if now.owed
            else "",
        ),
        Check("balance_is_zero", now.balance_minor == 0, _("The campaign's balance is zero")),
    ]


def _report(now: Situation) -> list[Check]:
    return [
        Check("lessons_written", now.has_lessons, _("“What went wrong” is written")),
        Check("incidents_answered", not now.unanswered_incidents, _("Every incident is answered")),
        Check(
            "replies_heard",
            not now.without_reply,
            _("Every creator has replied, or waived the reply"),
            _names(now.without_reply),
            "influencers",
        ),
        Check("report_published", now.report_published, _("The report is published")),
    ]


GATES: dict[str, tuple[Gate, ...]] = {
    Stage.CODESIGN: (_brief,),
    Stage.CONTRACTING: (_brief, _mechanic, _consent),
    Stage.LIVE: (_brief, _mechanic, _notice, _consent, _agreements),
    Stage.CLOSING: (_published,),
    Stage.CLOSED: (_money, _report),
}


def _standing(code: str, sentence: Sentence, standing: str) -> Check:
    waits = {"review": "reviewer", "rejected": "agency"}.get(standing, "check")
    detail = STANDING_SENTENCES.get(standing, "")
    ok = standing == "accepted"
    return Check(f"{code}_accepted", ok, sentence, "" if ok else detail, waits)


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(names[:12]) + ("…" if len(names) > 12 else "")
