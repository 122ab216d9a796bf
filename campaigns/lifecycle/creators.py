"""What waits for a creator, over all their campaigns, in a constant number of queries."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.agreements.models import Agreement, Deliverable, OfferRound
from campaigns.agreements.states import AgreementStatus, Side
from campaigns.briefs.states import Stage
from campaigns.codesign.models import Participant, Position
from campaigns.codesign.queries import consents
from campaigns.codesign.states import ParticipantStatus, Stance
from campaigns.codesign.values import Consent
from campaigns.lifecycle.waiting import Task
from campaigns.reports.models import CreatorReply
from config.identity.models import User
from disclosures.queries import newest_state_of


def tasks_of(user: User) -> list[Task]:
    """Everything that waits for the creator, what has a deadline first, soonest first."""
    mine = list(
        Participant.objects.filter(influencer__user=user)
        .exclude(campaign__stage__in=[Stage.CLOSED, Stage.CANCELLED])
        .select_related("campaign")
        .order_by("pk")
    )
    joined = [each for each in mine if each.status == ParticipantStatus.JOINED]
    tasks = [
        *_invitations(mine),
        *_positions(joined),
        *_offers(joined),
        *_posts(joined),
        *_replies(joined),
    ]
    return sorted(tasks, key=lambda task: (task.due is None, task.due or 0))


def _invitations(mine: list[Participant]) -> Iterator[Task]:
    for each in mine:
        if each.status == ParticipantStatus.INVITED:
            yield Task(
                _("Answer an invitation"),
                reverse("codesign:invitation", args=[each.campaign.public_id]),
                _("%(title)s. Saying no is one tap.") % {"title": each.campaign.title},
            )


def _positions(joined: list[Participant]) -> Iterator[Task]:
    asked = [each for each in joined if each.campaign.stage in {Stage.CODESIGN, Stage.CONTRACTING}]
    known = consents([each.campaign_id for each in asked])
    for each in asked:
        consent = known.get(each.campaign_id)
        if consent:
            yield from _stand(each, consent)


def _stand(each: Participant, consent: Consent) -> Iterator[Task]:
    url = reverse("codesign:mechanic", args=[each.campaign.public_id])
    own = [x for x in consent.open_objections if x.participant_id == each.pk]
    if any(_has_an_answer(objection, consent) for objection in own):
        yield Task(
            _("Say whether your objection is answered"),
            url,
            _("%(title)s, version %(n)d. Only you can close it.")
            % {"title": each.campaign.title, "n": consent.mechanic.number},
            consent.mechanic.round.deadline,
        )
    elif not own and each.pk in {seat.participant.pk for seat in consent.silent}:
        yield Task(
            _("Say where you stand"),
            url,
            _("%(title)s, version %(n)d. Your silence does not count as a yes.")
            % {"title": each.campaign.title, "n": consent.mechanic.number},
            consent.mechanic.round.deadline,
        )


def _has_an_answer(objection: Position, consent: Consent) -> bool:
    return objection.stance == Stance.OBJECTION and objection.mechanic_id != consent.mechanic.pk


def _offers(joined: list[Participant]) -> Iterator[Task]:
    agreements = Agreement.objects.filter(
        participant__in=joined, status=AgreementStatus.NEGOTIATING
    ).select_related("campaign")
    newest = {
        offer.agreement_id: offer
        for offer in OfferRound.objects.filter(agreement__in=agreements)
        .order_by("agreement_id", "-number")
        .distinct("agreement_id")
        .prefetch_related("acceptances")
    }
    for agreement in agreements:
        offer = newest.get(agreement.pk)
        said_yes = {x.side for x in offer.acceptances.all()} if offer else set()
        if offer and offer.side == Side.PAYER and Side.INFLUENCER not in said_yes:
            yield Task(
                _("Answer proposal %(n)d") % {"n": offer.number},
                reverse(
                    "agreements:detail", args=[agreement.campaign.public_id, agreement.public_id]
                ),
                _("%(title)s. Change any row, or accept.") % {"title": agreement.campaign.title},
            )


def _posts(joined: list[Participant]) -> Iterator[Task]:
    work = list(
        Deliverable.objects.filter(agreement__participant__in=joined)
        .filter(Q(agreement__campaign__stage=Stage.LIVE) | Q(fulfilment__isnull=False))
        .select_related("agreement__campaign", "fulfilment")
        .order_by("pk")
    )
    states = newest_state_of(
        [x.fulfilment.publication_id for x in work if hasattr(x, "fulfilment")]
    )
    for each in work:
        campaign = each.agreement.campaign
        url = reverse("agreements:publications", args=[campaign.public_id])
        if not hasattr(each, "fulfilment"):
            yield Task(_("Register a post once it is out"), url, f"{campaign.title}: {each.title}")
        elif states[each.fulfilment.publication_id].conformity in {"to_improve", "not_conforming"}:
            yield Task(
                _("Correct a label"),
                url,
                _("%(title)s. Your pay does not change.") % {"title": campaign.title},
            )


def _replies(joined: list[Participant]) -> Iterator[Task]:
    closing = [each for each in joined if each.campaign.stage == Stage.CLOSING]
    replied = set(
        CreatorReply.objects.filter(participant__in=closing).values_list(
            "participant_id", flat=True
        )
    )
    for each in closing:
        if each.pk not in replied:
            yield Task(
                _("Reply to the report, or waive it"),
                reverse("reports:edit", args=[each.campaign.public_id]),
                _("%(title)s. It can't close without your word.") % {"title": each.campaign.title},
            )
