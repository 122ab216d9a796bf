"""Offer terms, accept them, withdraw."""

from django.db import transaction
from django.utils import timezone

from campaigns.agreements import policies, queries, rules
from campaigns.agreements.errors import NotAParty, TermsChanged, TermsNotAccepted
from campaigns.agreements.models import Acceptance, Agreement, Deliverable, OfferRound
from campaigns.agreements.states import AgreementStatus, Side
from campaigns.agreements.values import Terms
from campaigns.briefs.models import Campaign
from campaigns.briefs.policies import check_stage
from campaigns.briefs.queries import newest_brief
from campaigns.briefs.states import Stage
from campaigns.codesign.models import Participant
from campaigns.codesign.states import ParticipantStatus
from campaigns.quality import actions as quality
from campaigns.quality.queries import standing
from config.identity.models import User
from config.kernel import events
from config.kernel.errors import InvalidInput

NEGOTIATING = frozenset({Stage.CONTRACTING})


@transaction.atomic
def offer_terms(
    *, campaign_id: int, participant_id: int, by: User, terms: Terms, note: str = ""
) -> OfferRound:
    """Put a complete proposal on the table as the next round; its pay is checked.

    The first offer opens the agreement. The same terms as the newest round of the same side are
    that round. Raises NotAParty, IllegalMove, NotInThisStage, InvalidInput.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    agreement = _agreement(campaign, participant_id, by)
    side = policies.side_of(by, agreement)
    newest = agreement.rounds.last()
    if newest and newest.as_terms == terms and newest.side == side:
        return newest
    agreement.must_be(AgreementStatus.NEGOTIATING)
    check_stage(campaign, NEGOTIATING)
    words = {**terms.words(), "note": note}
    if found := rules.problems(terms, campaign.currency) | rules.pay_by_attention(words):
        raise InvalidInput(found)
    brief = newest_brief(campaign)
    offer = OfferRound.objects.create(
        agreement=agreement,
        number=newest.number + 1 if newest else 1,
        side=side,
        offered_by=by,
        terms=terms.as_json(),
        note=note,
        submission=quality.submit(
            kind="terms",
            language=campaign.language,
            words="\n\n".join(part for part in (terms.clauses, note) if part.strip()),
            terms=terms.pay_lines(),
            floor_hourly_minor=brief.floor_hourly_minor if brief else None,
            author_id=by.pk,
        ),
        offered_at=timezone.now(),
    )
    events.record(
        "agreements.terms_offered",
        subject=agreement,
        by=by,
        round=offer.number,
        side=side,
    )
    return offer


@transaction.atomic
def accept_terms(*, agreement_id: int, by: User, terms_digest: str) -> Agreement:
    """Record one side's yes to the round on the table; the second side's yes seals it.

    terms_digest: SHA-256 (hex) of terms and split as shown, so that nobody accepts what changed
    while they read. Accepting twice is the same as accepting once.
    Raises NotAParty, IllegalMove, NotInThisStage, TermsChanged, TermsNotAccepted.
    """
    agreement = _locked(agreement_id)
    campaign = agreement.campaign
    side = policies.side_of(by, agreement)
    offer = agreement.rounds.select_related("agreement").last()
    if offer and offer.acceptances.filter(side=side, terms_digest=terms_digest).exists():
        return agreement
    if agreement.participant.status != ParticipantStatus.JOINED:
        raise NotAParty
    agreement.must_be(AgreementStatus.NEGOTIATING)
    check_stage(campaign, NEGOTIATING)
    split = queries.split_of(campaign)
    if offer is None or terms_digest != queries.digest_of(offer, split):
        raise TermsChanged
    if standing(offer.submission_id).status != "accepted":
        raise TermsNotAccepted
    now = timezone.now()
    Acceptance.objects.create(
        round=offer,
        side=side,
        by=by,
        terms_digest=terms_digest,
        split=split.as_json(),
        accepted_at=now,
    )
    both = offer.acceptances.filter(terms_digest=terms_digest).values("side").distinct().count()
    events.record(
        "agreements.terms_accepted",
        subject=agreement,
        by=by,
        round=offer.number,
        side=side,
        terms_digest=terms_digest,
    )
    if both == len(Side):
        _seal(agreement, offer, by)
    return agreement


@transaction.atomic
def withdraw(*, agreement_id: int, by: User) -> Agreement:
    """End the negotiation without an agreement; twice is once. Raises NotAParty, IllegalMove."""
    agreement = _locked(agreement_id)
    policies.side_of(by, agreement)
    if agreement.status == AgreementStatus.WITHDRAWN:
        return agreement
    agreement.move_to(AgreementStatus.WITHDRAWN)
    agreement.save(update_fields=["status"])
    events.record("agreements.withdrawn", subject=agreement, by=by)
    return agreement


def _seal(agreement: Agreement, offer: OfferRound, by: User) -> None:
    agreement.move_to(AgreementStatus.AGREED)
    agreement.agreed_round, agreement.agreed_at = offer, timezone.now()
    agreement.save(update_fields=["status", "agreed_round", "agreed_at"])
    Deliverable.objects.bulk_create(
        Deliverable(agreement=agreement, number=number, title=title)
        for number, title in enumerate(offer.as_terms.deliverables, start=1)
    )
    events.record("agreements.agreed", subject=agreement, by=by, round=offer.number)


def _agreement(campaign: Campaign, participant_id: int, by: User) -> Agreement:
    participant = Participant.objects.filter(
        pk=participant_id, campaign=campaign, status=ParticipantStatus.JOINED
    ).first()
    if participant is None:
        raise NotAParty
    known = _locked_of(participant)
    if known is None:
        if not policies.is_payer(by, campaign):
            raise NotAParty
        known = Agreement.objects.create(campaign=campaign, participant=participant)
    return known


def _locked_of(participant: Participant) -> Agreement | None:
    return (
        Agreement.objects.select_for_update(of=("self",))
        .select_related("campaign", "participant__influencer")
        .filter(participant=participant)
        .first()
    )


def _locked(agreement_id: int) -> Agreement:
    """The agreement, read again under the campaign's lock and its own."""
    campaign_id = Agreement.objects.values_list("campaign_id", flat=True).get(pk=agreement_id)
    Campaign.objects.select_for_update().get(pk=campaign_id)
    return (
        Agreement.objects.select_for_update(of=("self",))
        .select_related("campaign", "participant__influencer")
        .get(pk=agreement_id)
    )
