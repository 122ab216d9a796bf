"""The report as it stands: from where, and at what cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.agreements.actions import register_publication
from campaigns.briefs.models import Campaign
from campaigns.codesign import actions as codesign
from campaigns.links import actions as links
from campaigns.payouts import actions as payouts
from campaigns.reports import actions, queries
from campaigns.reports.figures import NOT_MEASURED
from disclosures.models import DisclosureCheck, Look, Publication
from tests.reports import scene
from tests.reports.scene import Scene


def publish_work(live: Scene, number: int) -> int:
    """The creator's post is registered; returns the publication's id."""
    work = live.works()[number]
    fulfilment = register_publication(
        deliverable_id=work.pk,
        by=live.creators[number],
        url=f"https://cucchiaio-{number}.example/pane",
        platform="blog",
        published_on=date(2026, 3, 10),
    )
    return fulfilment.publication_id


def cost_of(live: Scene) -> int:
    fresh = Campaign.objects.get(pk=live.campaign.pk)
    with CaptureQueriesContext(connection) as found:
        queries.report_of(fresh)
    return len(found)


def test_a_live_campaign_has_a_report_from_its_first_day(live: Scene) -> None:
    body = queries.report_of(live.campaign)

    assert body["campaign"]["stage"] == "live"
    assert body["done"]["on_last_version"]["consent"]["value"] == 3
    assert body["paid"]["received"]["value"] == 0
    assert body["paid"]["creators_share"] == NOT_MEASURED
    assert body["paid"]["hourly"]["value"] == 6250
    assert body["clicks"]["raw"] == NOT_MEASURED
    assert body["replies_missing"]["value"] == 3


def test_money_is_told_class_by_class(live: Scene) -> None:
    payouts.record_funding(
        campaign_id=live.campaign.pk,
        by=live.agency,
        amount_minor=450_000,
        currency="EUR",
        statement="2026-03/1",
        received_on=timezone.localdate(),
        key="funds",
    )
    payouts.book_agency_fee(
        campaign_id=live.campaign.pk, due_on=timezone.localdate(), by=live.agency, key="fee"
    )

    paid = queries.report_of(live.campaign)["paid"]

    assert paid["received"]["value"] == 450_000
    assert paid["received"]["unit"] == "EUR"
    assert [(each["kinds"], each["earned"]["value"]) for each in paid["classes"]] == [
        (["agency"], 90_000)
    ]
    assert paid["open_dues"]["value"] == 1


def test_clicks_are_measured_once_a_post_has_a_link(live: Scene) -> None:
    publication = publish_work(live, 0)
    links.make_link(
        publication_id=publication, target_url="https://mulino.example/farro", by=live.agency
    )

    body = queries.report_of(live.campaign)

    assert body["clicks"]["raw"]["value"] == 0
    assert body["disclosure"]["unchecked"]["value"] == 1
    assert body["disclosure"]["posts"][0]["by"] == "Il cucchiaio 1"


def test_more_people_posts_and_words_cost_no_more_queries(live: Scene) -> None:
    publish_work(live, 0)
    live.complete(silent=2)
    before = cost_of(live)

    for number in (1, 2):
        publish_work(live, number)
    live.complete()
    actions.raise_incident(
        campaign_id=live.campaign.pk, by=live.agency, kind="flame", text="Una lite"
    )

    assert cost_of(live) == before
    assert before < 40


@pytest.mark.parametrize("count", [1, 3])
def test_the_ends_of_many_campaigns_cost_four_queries(live: Scene, count: int) -> None:
    with CaptureQueriesContext(connection) as found:
        queries.closing_states([live.campaign.pk] * count)

    assert len(found) == 4


def test_an_objection_and_its_answer_stand_in_the_report(db: None) -> None:
    early = scene.in_codesign("presto")
    pk, objector = early.campaign.pk, early.creators[1]
    objection = codesign.take_position(
        campaign_id=pk, by=objector, mechanic=1, stance="objection", reason="Sei mesi sono pochi"
    )
    codesign.propose_mechanic(
        campaign_id=pk,
        by=early.agency,
        text=scene.MECHANIC + " Dodici mesi.",
        note="Dodici mesi",
        answers_id=objection.pk,
    )
    codesign.clear_objection(campaign_id=pk, by=objector, objection_id=objection.pk)

    done = queries.report_of(early.campaign)["done"]

    assert done["mechanic_versions"]["value"] == 2
    assert done["rounds"][1]["answers_objection"] is True
    assert done["rounds"][0]["positions"]["objection"]["value"] == 1
    assert done["on_last_version"]["consent"]["value"] == 0
    said = done["objections"][0]
    assert (said["by"], said["on"], said["state"]) == ("Il cucchiaio 2", "v1", "cleared")
    assert (said["answered_by"], said["cleared_on"]) == (["v2"], "v2")


def test_a_creator_who_left_keeps_their_word_in_the_report(live: Scene) -> None:
    live.complete()
    codesign.leave(campaign_id=live.campaign.pk, by=live.creators[0])

    body = queries.report_of(live.campaign)

    assert len(body["replies"]) == 3
    assert body["done"]["joined"]["value"] == 2


def test_the_first_and_the_newest_verdict_of_a_post_are_both_told(live: Scene) -> None:
    publication = Publication.objects.get(pk=publish_work(live, 0))
    for verdict, conformity in (("misplaced", "to_improve"), ("sufficient", "conforming")):
        found(publication, verdict, conformity)

    labels = queries.report_of(live.campaign)["disclosure"]

    assert {name: n["value"] for name, n in labels["first"].items()} == {"misplaced": 1}
    assert {name: n["value"] for name, n in labels["last"].items()} == {"sufficient": 1}
    assert labels["proofs"]["machine_read"]["value"] == 1
    assert labels["unchecked"]["value"] == 0


def found(publication: Publication, verdict: str, conformity: str) -> DisclosureCheck:
    """What a look at the page brought, as the checking room records it."""
    now = timezone.now()
    look = Look.objects.create(
        publication=publication, status="done", queued_at=now, finished_at=now
    )
    return DisclosureCheck.objects.create(
        look=look,
        publication=publication,
        jurisdiction="IT",
        verdict=verdict,
        conformity=conformity,
        rule="IT-HASHTAG",
        proof_level="machine_read",
        checked_at=now,
    )
