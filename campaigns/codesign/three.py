"""The three answers on top of the mechanic: where we are, who moves next, what if nobody does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.briefs.models import Campaign
from campaigns.briefs.states import Stage
from campaigns.codesign.models import Mechanic, Position
from campaigns.codesign.states import LETS_PASS
from campaigns.codesign.values import Consent
from config.theme.formatting import count_word

NAMED = 3
SETTLED = frozenset({Stage.LIVE, Stage.CLOSING, Stage.CLOSED, Stage.CANCELLED})


@dataclass(frozen=True)
class Look:
    """What the answers are read from. me: the reader's participant, if they joined."""

    campaign: Campaign
    consent: Consent | None
    standing: str
    now: datetime
    me: int | None = None
    is_agency: bool = False

    @property
    def names(self) -> dict[str, object]:
        assert self.consent is not None
        return {
            "version": f"v{self.consent.mechanic.number}",
            "agency": self.campaign.agency.name,
        }


@dataclass(frozen=True)
class Three:
    """Short answer and sentence of each; `yours`: the reader moves next."""

    where: tuple[str, str]
    mover: tuple[str, str]
    otherwise: tuple[str, str]
    yours: bool = False
    due: datetime | None = None


def three(look: Look) -> Three:
    """The answers of the first case that holds."""
    consent = look.consent
    if consent is None:
        return _unwritten(look)
    if look.campaign.stage in SETTLED:
        return _settled(look)
    if look.standing == "rejected":
        return _rejected(look)
    if not consent.seats:
        return _nobody_joined(look)
    if consent.open_objections:
        return _objected(look, consent)
    if consent.waiting:
        return _waiting(look, consent)
    return _passed(look, consent)


def people(names: Sequence[str]) -> str:
    """Up to three names; of more, three and how many others."""
    listed = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    if more <= 0:
        return listed
    return ngettext("%(names)s and %(n)d other", "%(names)s and %(n)d others", more) % {
        "names": listed,
        "n": more,
    }


def _agency(look: Look, to_them: str, about_them: str) -> tuple[tuple[str, str], bool]:
    if look.is_agency:
        return (_("You"), to_them), True
    return (look.campaign.agency.name, about_them), False


def _unwritten(look: Look) -> Three:
    mover, yours = _agency(
        look,
        _("Write the first version. Whoever joins can change it."),
        _("The agency writes the first version. Whoever joins can change it."),
    )
    return Three(
        (_("No mechanic yet"), _("How the campaign is done is still to be proposed.")),
        mover,
        (_("Nothing is asked of anybody"), _("The campaign waits here.")),
        yours,
    )


def _settled(look: Look) -> Three:
    return Three(
        (_("%(version)s is settled") % look.names, _("It is what everybody let pass.")),
        (_("Nobody, here"), _("The campaign goes on from this text.")),
        (_("It holds"), _("A launched campaign's mechanic stays as it was agreed.")),
    )


def _rejected(look: Look) -> Three:
    mover, yours = _agency(
        look,
        _("Propose a version without what the check names."),
        _("The agency proposes another version. You can propose one too."),
    )
    return Three(
        (
            _("%(version)s can't go on") % look.names,
            _("The quality check found reasons against it."),
        ),
        mover,
        (_("It stops here"), _("Nothing that the check rejects can start.")),
        yours,
    )


def _nobody_joined(look: Look) -> Three:
    if look.campaign.stage == Stage.DRAFT:
        mover, yours = _agency(
            look,
            _("Make the brief clear and open the co-design; then invite people."),
            _("The agency opens the co-design once the brief is clear."),
        )
    else:
        mover, yours = _agency(
            look, _("Invite people, one by one."), _("The agency is inviting people.")
        )
    return Three(
        (_("%(version)s is written") % look.names, _("Nobody has joined yet.")),
        mover,
        (_("Nothing starts"), _("Without creators there is no co-design.")),
        yours,
    )


def _objected(look: Look, consent: Consent) -> Three:
    open_ones = consent.open_objections
    mine = look.me in [seat.participant.pk for seat in consent.silent]
    if mine and not any(each.participant_id == look.me for each in open_ones):
        return replace(_waiting(look, consent), where=_objections_open(consent))
    answered = [each for each in open_ones if answer_to(each)]
    return Three(
        _objections_open(consent),
        *_who_moves_on(look, open_ones, answered),
        due=consent.mechanic.round.deadline,
    )


def _objections_open(consent: Consent) -> tuple[str, str]:
    count = len(consent.open_objections)
    said = ngettext("An objection is open", "%(n)s objections are open", count)
    return said % {"n": count_word(count).capitalize()}, _count(consent)


def answer_to(objection: Position) -> Mechanic | None:
    """The newest version proposed as its answer, if there is one."""
    return max(objection.answered_by.all(), key=lambda each: each.number, default=None)


def _who_moves_on(
    look: Look, open_ones: Sequence[Position], answered: Sequence[Position]
) -> tuple[tuple[str, str], tuple[str, str], bool]:
    """Who moves, what if nobody does, and whether it is the reader."""
    authors = people([each.participant.influencer.name for each in open_ones])
    named = look.names | {"names": authors}
    otherwise = (
        _("%(version)s doesn't pass") % named,
        _("An objection stays open on every later version, until its author closes it or leaves."),
    )
    if any(each.participant_id == look.me for each in answered):
        mine: tuple[str, str] = (
            _("You"),
            _("Say whether the answer is enough. Nobody else can close your objection."),
        )
        return mine, otherwise, True
    if len(answered) == len(open_ones):
        return (
            (authors, _("They say whether the answer is enough. Nobody else can.")),
            otherwise,
            False,
        )
    if any(each.participant_id == look.me for each in open_ones):
        return (
            (_("The others, then you"), _("Somebody proposes an answer; it can be you.")),
            otherwise,
            False,
        )
    if look.is_agency:
        yours = _("Propose a version that answers the objection.")
        return (_("You, then %(names)s") % named, yours), otherwise, True
    anybody = _("Anybody in the campaign can propose a version that answers it.")
    return (_("%(agency)s, then %(names)s") % named, anybody), otherwise, False


def _waiting(look: Look, consent: Consent) -> Three:
    deadline = consent.mechanic.round.deadline
    where = (_("%(version)s is before everybody") % look.names, _count(consent))
    otherwise = (
        _("%(version)s doesn't pass") % look.names,
        _("Silence does not count as a yes."),
    )
    if deadline < look.now:
        mover, yours = _agency(
            look,
            _("The deadline has passed. Give it more time, or propose another version."),
            _("The deadline has passed. The agency can give it more time."),
        )
        return Three(where, mover, otherwise, yours, deadline)
    ids = [seat.participant.pk for seat in consent.waiting]
    names = [seat.participant.influencer.name for seat in consent.waiting]
    if look.me in ids:
        silent = look.me in [seat.participant.pk for seat in consent.silent]
        word = _("Your answer is missing.") if silent else _("Your concern still stands.")
        return Three(where, (_("You"), word), otherwise, True, deadline)
    word = (
        _("Their answer is missing.")
        if consent.silent
        else _("Their concern is written down; they say when it is settled.")
    )
    return Three(where, (people(names), word), otherwise, False, deadline)


def _passed(look: Look, consent: Consent) -> Three:
    if not consent.quorum_is_met:
        mover, yours = _agency(
            look,
            _("Propose a version that more people consent to."),
            _("The agency proposes another version. You can propose one too."),
        )
        return Three(
            (_("Too few consent to %(version)s") % look.names, _count(consent)),
            mover,
            (_("%(version)s doesn't pass") % look.names, _("Standing aside is not consent.")),
            yours,
        )
    if look.campaign.stage == Stage.CODESIGN:
        mover, yours = _agency(
            look,
            _("Go on to the contracts, from the campaign's page."),
            _("The agency goes on to the contracts."),
        )
    else:
        mover, yours = (_("Nobody, here"), _("The terms are agreed with each person now.")), False
    return Three(
        (_("%(version)s passes") % look.names, _count(consent)),
        mover,
        (_("It stays agreed"), _("Until the launch an objection can still be raised.")),
        yours,
    )


def _count(consent: Consent) -> str:
    passing = sum(consent.counts[stance] for stance in LETS_PASS)
    return ngettext(
        "%(passing)d of %(n)d creator lets it pass.",
        "%(passing)d of %(n)d creators let it pass.",
        len(consent.seats),
    ) % {"passing": passing, "n": len(consent.seats)}
