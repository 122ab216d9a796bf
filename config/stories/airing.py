"""Posts go out and are put right, people are paid, what went wrong is told, the books close."""

from datetime import date
from typing import Any

from campaigns.agreements import actions as agreements
from campaigns.agreements.models import Deliverable
from campaigns.briefs.states import Stage
from campaigns.lifecycle.actions import advance
from campaigns.links import actions as links
from campaigns.payouts import actions as payouts
from campaigns.payouts.models import Due
from campaigns.reports import actions as reports
from config.stories.play import Play, day_of, fresh, joined
from config.stories.stage import until
from disclosures import actions as disclosures
from disclosures.models import Look, Publication


def go_live(played: Play) -> None:
    if fresh(played).stage == Stage.CONTRACTING:
        advance(campaign_id=played.campaign.pk, by=played.cast.manager, to=Stage.LIVE)


def publish(played: Play) -> None:
    """Each post goes out on its writer's site; one whose label is wrong is put right."""
    if fresh(played).stage != Stage.LIVE:
        return
    work = list(
        Deliverable.objects.filter(agreement__campaign=played.campaign)
        .select_related("agreement__participant__influencer__user")
        .order_by("agreement__participant__joined_at", "pk")
    )
    posts = posts_of(played.told)
    published = [_publish_one(played, work[post["by"] - 1], post) for post in posts]
    for publication, post in zip(published, posts, strict=True):
        _looked(publication.pk)
        if post.get("corrected_text") and publication.looks.count() == 1:
            _correct(played, work[post["by"] - 1], post, publication)


def posts_of(told: Any) -> list[dict[str, Any]]:
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


def pay(played: Play) -> None:
    """Costs and fee are booked, what is due is paid, each with its line of the bank statement."""
    campaign, by = fresh(played), played.cast.manager
    if campaign.stage != Stage.LIVE:
        return
    today = day_of(played)
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
    until(lambda: owed.count() >= len(posts_of(played.told)), "the creators' fees to be owed")
    for nth, due in enumerate(Due.objects.filter(campaign=campaign, status="open").order_by("pk")):
        payouts.pay(
            due_id=due.pk,
            paid_on=today,
            statement=f"EC-2026-{nth + 2:03d}",
            by=by,
            key=f"{campaign.public_id}/pay/{due.pk}",
        )
    advance(campaign_id=campaign.pk, by=by, to=Stage.CLOSING)


def close(played: Play) -> None:
    """What went wrong is told, everyone may reply, the report is published, the books close."""
    campaign, cast = fresh(played), played.cast
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
    for nth, participant in enumerate(joined(played)):
        by = participant.influencer.user
        if nth == 0:
            reports.reply(campaign_id=campaign.pk, by=by, text=str(played.told["brief"]["how"]))
        else:
            reports.reply(campaign_id=campaign.pk, by=by, waive=True)
    reports.publish(campaign_id=campaign.pk, by=cast.manager)
    advance(campaign_id=campaign.pk, by=cast.manager, to=Stage.CLOSED)
