"""Co-design and contracts: letters, amendments, the answer to an objection, terms for each."""

from typing import Any

from campaigns.agreements import actions as agreements
from campaigns.agreements import queries as terms_queries
from campaigns.agreements.values import KillFees, Terms, Usage
from campaigns.briefs.states import Stage
from campaigns.codesign import actions as codesign
from campaigns.codesign.models import Mechanic
from campaigns.codesign.values import Letter
from campaigns.lifecycle.actions import advance
from campaigns.payouts import actions as payouts
from config.identity.models import User
from config.stories.cast import BLOGGERS
from config.stories.play import Play, day_of, decided, fresh, joined

WORK = {"it": "Un racconto sul blog", "fr": "Un récit sur le blog", "en": "A story on the blog"}


def agree_on_how(played: Play) -> None:
    """Ten letters, ten yeses, the amendments one by one, and the answer to the objection."""
    campaign, cast = fresh(played), played.cast
    if campaign.stage == Stage.DRAFT:
        advance(campaign_id=campaign.pk, by=cast.manager, to=Stage.CODESIGN)
    if fresh(played).stage != Stage.CODESIGN:
        return
    for nth, creator in enumerate(cast.creators):
        codesign.invite(
            campaign_id=campaign.pk,
            by=cast.manager,
            influencer=creator,
            letter=_letter(played, nth),
        )
        codesign.answer_invitation(campaign_id=campaign.pk, by=creator.user, joins=True)
    mechanic = campaign.mechanics.order_by("number")[0]
    for amendment in played.told.get("amendments", ()):
        mechanic = _amend(played, mechanic, amendment)
    for creator in cast.creators:
        _stand(played, creator.user, mechanic, "consent")
    advance(campaign_id=campaign.pk, by=cast.manager, to=Stage.CONTRACTING)


def _letter(played: Play, nth: int) -> Letter:
    name, blog = BLOGGERS[nth % len(BLOGGERS)]
    told = played.told
    return Letter(
        why_you=f"{blog}: {told['brief']['why']}. {name}, {told['brief']['to_whom']}.",
        who_knows_you=f"{played.cast.manager.name} → {blog} ({nth + 1})",
        what_is_asked=str(told["brief"]["how"]),
        what_is_paid=f"{told['terms_each']['amount_minor'] / 100:.2f} {played.story.currency}",
        how_to_say_no="Un tocco, senza spiegazioni.",
    )


def _amend(played: Play, mechanic: Mechanic, amendment: dict[str, Any]) -> Mechanic:
    """A creator proposes; the others say where they stand; an objection is answered and cleared."""
    creators = played.cast.creators
    author = creators[amendment["by"] - 1].user
    text = f"{mechanic.text}\n{amendment['change']}."
    proposed = _propose(played, author, text, amendment["change"])
    stances = amendment["stance_of_others"]
    objector = creators[stances["objection_from"] - 1].user if isinstance(stances, dict) else None
    for creator in creators:
        if creator.user == objector:
            _stand(played, objector, proposed, "objection", stances["reason"])
        else:
            _stand(played, creator.user, proposed, "consent")
    if objector is None:
        return proposed
    objection = proposed.positions.filter(stance="objection").order_by("-pk")[0]
    resolved = str(amendment["resolved_by"])
    resolved = resolved[:1].upper() + resolved[1:]
    answer = text.replace(amendment["change"], resolved)
    answered = _propose(played, author, answer, resolved, objection.pk)
    codesign.clear_objection(campaign_id=played.campaign.pk, by=objector, objection_id=objection.pk)
    return answered


def _propose(
    played: Play, by: User, text: str, note: str, answers_id: int | None = None
) -> Mechanic:
    proposed = codesign.propose_mechanic(
        campaign_id=played.campaign.pk, by=by, text=text, note=note, answers_id=answers_id
    )
    decided(proposed.submission_id)
    return proposed


def _stand(played: Play, by: User, mechanic: Mechanic, stance: str, reason: str = "") -> None:
    codesign.take_position(
        campaign_id=played.campaign.pk,
        by=by,
        mechanic=mechanic.number,
        stance=stance,
        reason=reason,
    )


def agree_on_terms(played: Play) -> None:
    """One offer to each, accepted by both sides after its check; the brand's money comes in."""
    if fresh(played).stage != Stage.CONTRACTING:
        return
    offers = [
        agreements.offer_terms(
            campaign_id=played.campaign.pk,
            participant_id=participant.pk,
            by=played.cast.manager,
            terms=_terms(played),
        )
        for participant in joined(played)
    ]
    split = terms_queries.split_of(played.campaign)
    for offer in offers:
        decided(offer.submission_id)
        digest = terms_queries.digest_of(offer, split)
        writer = offer.agreement.participant.influencer.user
        for by in (writer, played.cast.manager):
            agreements.accept_terms(agreement_id=offer.agreement_id, by=by, terms_digest=digest)
    payouts.record_funding(
        campaign_id=played.campaign.pk,
        amount_minor=played.told["brand"]["funds_minor"],
        currency=played.story.currency,
        statement="EC-2026-001",
        received_on=day_of(played),
        by=played.cast.manager,
        key=f"{played.campaign.public_id}/funds",
    )


def _terms(played: Play) -> Terms:
    each = played.told["terms_each"]
    return Terms(
        fee_minor=each["amount_minor"],
        currency=each["currency"],
        declared_hours=each["declared_hours"],
        deliverables=(WORK[played.story.language],),
        revisions=each.get("revisions", 1),
        payment_days=each.get("payment_days", 30),
        kill_fees=KillFees(not_started=0, in_work=each.get("kill_fee_percent", 50)),
        usage=Usage(
            months=each.get("usage_months", 0),
            media=played.cast.brand.name if each.get("usage_months") else "",
        ),
    )
