"""Play a story through the real actions, as its people would; a worker does what workers do."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone, translation

from campaigns.agreements import actions as agreements
from campaigns.agreements import queries as terms_queries
from campaigns.agreements.models import Deliverable
from campaigns.agreements.values import KillFees, Terms, Usage
from campaigns.briefs import actions as briefs
from campaigns.briefs.models import Campaign, LineKind
from campaigns.briefs.states import Stage
from campaigns.briefs.values import Answers, Line
from campaigns.codesign import actions as codesign
from campaigns.codesign.models import Mechanic, Participant
from campaigns.codesign.values import Letter
from campaigns.lifecycle.actions import advance
from campaigns.links import actions as links
from campaigns.payouts import actions as payouts
from campaigns.payouts.models import Due
from campaigns.quality.queries import standing
from campaigns.reports import actions as reports
from config.identity.models import User
from config.kernel.fields import PUBLIC_ID_LENGTH
from config.stories.cast import BLOGGERS, Cast, gather
from config.stories.reading import Story
from config.stories.site import Site
from config.stories.stage import until
from disclosures import actions as disclosures
from disclosures.models import Look, Publication

WORK = {"it": "Un racconto sul blog", "fr": "Un récit sur le blog", "en": "A story on the blog"}
DECIDED = frozenset({"accepted", "review", "rejected", "failed"})


@dataclass
class Play:
    """A story under way. refused: what the platform would not let pass, by submission id."""

    story: Story
    cast: Cast
    campaign: Campaign
    sites: Site
    submissions: dict[str, list[int]] = field(default_factory=dict)

    @property
    def told(self) -> Any:
        return self.story.told

    def of(self, name: str) -> list[int]:
        return self.submissions.get(name, [])


def play(story: Story, sites: Site) -> Play:
    """Tell the whole story. Playing it again finds everything done already."""
    cast = gather(story)
    campaign = briefs.create_campaign(
        by=cast.manager,
        agency=cast.agency,
        brand=cast.brand,
        title=story.title,
        language=story.language,
        jurisdictions=[story.told["jurisdiction"]],
        currency=story.currency,
        public_id=public_id(story),
    )
    played = Play(story, cast, campaign, sites)
    if campaign.stage == Stage.DRAFT:
        _hand_in(played)
    if "terms_each" in story.told and _all_accepted(played):
        for act in (_codesign, _contracts, _go_live, _publish, _pay, _close):
            act(played)
    return played


def public_id(story: Story) -> str:
    """The same story is the same campaign."""
    digest = hashlib.sha256(f"{story.name}/{story.title}".encode()).hexdigest()
    return f"story{digest}"[:PUBLIC_ID_LENGTH]


def _hand_in(played: Play) -> None:
    """The brief, the mechanic and all material, and their checks waited for."""
    told, campaign, by = played.told, played.campaign, played.cast.manager
    answers = Answers(**{name: str(said) for name, said in told["brief"].items()})
    brief = briefs.write_brief(
        campaign_id=campaign.pk,
        by=by,
        answers=answers,
        lines=_budget(played),
        floor_hourly_minor=told.get("floor_hourly_minor"),
    )
    played.submissions["brief"] = [brief.submission_id]
    if told.get("mechanic"):
        mechanic = codesign.propose_mechanic(
            campaign_id=campaign.pk, by=by, text=str(told["mechanic"])
        )
        played.submissions["mechanic"] = [mechanic.submission_id]
    _materials(played)
    if refused := told.get("refused_request"):
        _material(played, "refused_request", kind="brief", words=str(refused))
    for ids in played.submissions.values():
        for each in ids:
            _decided(each)


def _materials(played: Play) -> None:
    told = played.told
    if told.get("terms"):
        _material(played, "terms", kind="terms", terms=told["terms"])
    if "terms_each" not in told:
        for post in told.get("posts", ()):
            _material(played, "posts", kind="post", words=post["text"], language=post.get("lang"))
    for comment in told.get("comments", ()):
        _material(played, "comments", kind="comment", words=comment["text"])
    for link in told.get("links", ()):
        _material(played, "links", kind="link", words=link)


def _material(
    played: Play,
    name: str,
    *,
    kind: str,
    words: str = "",
    terms: Any = (),
    language: str | None = None,
) -> None:
    made = briefs.hand_in(
        campaign_id=played.campaign.pk,
        by=played.cast.manager,
        kind=kind,
        words=words,
        terms=terms,
        floor_hourly_minor=played.told.get("floor_hourly_minor") if terms else None,
        language=language or played.story.language,
    )
    played.submissions.setdefault(name, []).append(made.submission_id)


def _decided(submission_id: int) -> str:
    def status() -> str:
        found = standing(submission_id).status
        return found if found in DECIDED else ""

    return until(status, f"the check of submission {submission_id}")


def _all_accepted(played: Play) -> bool:
    ids = [*played.of("brief"), *played.of("mechanic"), *played.of("terms")]
    return all(standing(each).is_accepted for each in ids)


def _budget(played: Play) -> list[Line]:
    told = played.told
    lines = []
    each, people = told.get("terms_each"), int(told.get("influencers", 0))
    if each and people:
        with translation.override(played.story.language):
            label = str(LineKind.CREATORS.label)
        lines.append(Line("creators", label, each["amount_minor"] * people))
    if told.get("agency", {}).get("fee_minor"):
        lines.append(Line("agency", played.cast.agency.name, told["agency"]["fee_minor"]))
    lines += [Line("costs", cost["to"], cost["amount_minor"]) for cost in told.get("costs", ())]
    return lines


def _codesign(played: Play) -> None:
    """Ten letters, ten yeses, the amendments one by one, and the answer to the objection."""
    campaign, cast = _fresh(played), played.cast
    if campaign.stage == Stage.DRAFT:
        advance(campaign_id=campaign.pk, by=cast.manager, to=Stage.CODESIGN)
    if _fresh(played).stage != Stage.CODESIGN:
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
    _decided(proposed.submission_id)
    return proposed


def _stand(played: Play, by: User, mechanic: Mechanic, stance: str, reason: str = "") -> None:
    codesign.take_position(
        campaign_id=played.campaign.pk,
        by=by,
        mechanic=mechanic.number,
        stance=stance,
        reason=reason,
    )


def _contracts(played: Play) -> None:
    """One offer to each, accepted by both sides after its check; the brand's money comes in."""
    if _fresh(played).stage != Stage.CONTRACTING:
        return
    offers = [
        agreements.offer_terms(
            campaign_id=played.campaign.pk,
            participant_id=participant.pk,
            by=played.cast.manager,
            terms=_terms(played),
        )
        for participant in _joined(played)
    ]
    split = terms_queries.split_of(played.campaign)
    for offer in offers:
        _decided(offer.submission_id)
        digest = terms_queries.digest_of(offer, split)
        writer = offer.agreement.participant.influencer.user
        for by in (writer, played.cast.manager):
            agreements.accept_terms(agreement_id=offer.agreement_id, by=by, terms_digest=digest)
    payouts.record_funding(
        campaign_id=played.campaign.pk,
        amount_minor=played.told["brand"]["funds_minor"],
        currency=played.story.currency,
        statement="EC-2026-001",
        received_on=_day(played),
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


def _go_live(played: Play) -> None:
    if _fresh(played).stage == Stage.CONTRACTING:
        advance(campaign_id=played.campaign.pk, by=played.cast.manager, to=Stage.LIVE)


def _publish(played: Play) -> None:
    """Each post goes out on its writer's site; one whose label is wrong is put right."""
    if _fresh(played).stage != Stage.LIVE:
        return
    work = list(
        Deliverable.objects.filter(agreement__campaign=played.campaign)
        .select_related("agreement__participant__influencer__user")
        .order_by("agreement__participant__joined_at", "pk")
    )
    posts = _posts(played.told)
    published = [_publish_one(played, work[post["by"] - 1], post) for post in posts]
    for publication, post in zip(published, posts, strict=True):
        _looked(publication.pk)
        if post.get("corrected_text") and publication.looks.count() == 1:
            _correct(played, work[post["by"] - 1], post, publication)


def _posts(told: Any) -> list[dict[str, Any]]:
    posts = list(told.get("posts", ()))
    others = told.get("other_posts")
    return posts + [{**others, "by": by} for by in others["by"]] if others else posts


def _publish_one(played: Play, work: Deliverable, post: dict[str, Any]) -> Publication:
    creator = work.agreement.participant.influencer
    published = post["published"]
    fulfilment = agreements.register_publication(
        deliverable_id=work.pk,
        by=creator.user,
        url=_write(played, work, post, post["text"]),
        platform=post["platform"],
        published_on=published if isinstance(published, date) else date.fromisoformat(published),
        language=post["lang"],
    )
    links.make_link(
        publication_id=fulfilment.publication_id,
        target_url=f"https://{played.campaign.public_id}.example/",
        by=creator.user,
    )
    return fulfilment.publication


def _correct(
    played: Play, work: Deliverable, post: dict[str, Any], publication: Publication
) -> None:
    _write(played, work, post, post["corrected_text"])
    disclosures.look_again(
        publication_id=publication.pk, by=work.agreement.participant.influencer.user
    )
    _looked(publication.pk)


def _write(played: Play, work: Deliverable, post: dict[str, Any], text: str) -> str:
    blog = work.agreement.participant.influencer.channels.all()[0].name
    return played.sites.write(
        f"{played.campaign.public_id}-{post['by']}",
        blog=blog,
        title=played.story.title,
        text=text,
        language=post["lang"],
    )


def _looked(publication_id: int) -> None:
    open_looks = Look.objects.filter(publication=publication_id).exclude(status="done")
    until(lambda: not open_looks.exists(), f"the look at publication {publication_id}")


def _pay(played: Play) -> None:
    """Costs and fee are booked, what is due is paid, each with its line of the bank statement."""
    campaign, by = _fresh(played), played.cast.manager
    if campaign.stage != Stage.LIVE:
        return
    today = _day(played)
    for nth, cost in enumerate(played.told.get("costs", ())):
        payouts.book_cost(
            campaign_id=campaign.pk,
            label=cost["to"],
            amount_minor=cost["amount_minor"],
            due_on=today,
            by=by,
            key=f"{campaign.public_id}/cost/{nth}",
        )
    if played.told.get("agency", {}).get("fee_minor"):
        payouts.book_agency_fee(
            campaign_id=campaign.pk, due_on=today, by=by, key=f"{campaign.public_id}/fee"
        )
    owed = Due.objects.filter(campaign=campaign, kind="creators")
    until(lambda: owed.count() >= len(_posts(played.told)), "the creators' fees to be owed")
    for nth, due in enumerate(Due.objects.filter(campaign=campaign, status="open").order_by("pk")):
        payouts.pay(
            due_id=due.pk,
            paid_on=today,
            statement=f"EC-2026-{nth + 2:03d}",
            by=by,
            key=f"{campaign.public_id}/pay/{due.pk}",
        )
    advance(campaign_id=campaign.pk, by=by, to=Stage.CLOSING)


def _close(played: Play) -> None:
    """What went wrong is told, everyone may reply, the report is published, the books close."""
    campaign, cast = _fresh(played), played.cast
    if campaign.stage != Stage.CLOSING:
        return
    said = []
    for each in played.told.get("incidents", ()):
        incident = reports.raise_incident(
            campaign_id=campaign.pk, by=cast.manager, kind=each["kind"], text=each["text"]
        )
        reports.answer_incident(incident_id=incident.pk, by=cast.manager, answer=each["answer"])
        said.append(f"{each['text']}: {each['answer']}")
    lessons = ". ".join(said) or str(played.told["brief"]["if_it_goes_wrong"])
    reports.write_lessons(campaign_id=campaign.pk, by=cast.manager, text=lessons)
    for nth, participant in enumerate(_joined(played)):
        by = participant.influencer.user
        if nth == 0:
            reports.reply(campaign_id=campaign.pk, by=by, text=str(played.told["brief"]["how"]))
        else:
            reports.reply(campaign_id=campaign.pk, by=by, waive=True)
    reports.publish(campaign_id=campaign.pk, by=cast.manager)
    advance(campaign_id=campaign.pk, by=cast.manager, to=Stage.CLOSED)


def _day(played: Play) -> date:
    """The day the story began: the same when it is taken up again tomorrow."""
    return timezone.localdate(played.campaign.created_at)


def _joined(played: Play) -> list[Participant]:
    return list(
        played.campaign.participants.filter(status="joined")
        .select_related("influencer__user")
        .order_by("joined_at", "pk")
    )


def _fresh(played: Play) -> Campaign:
    played.campaign = Campaign.objects.select_related("brand", "agency").get(pk=played.campaign.pk)
    return played.campaign
