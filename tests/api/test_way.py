"""The way of a campaign by the API alone, as in the third story, each with their own token."""

from typing import Any

import pytest
from django.utils import timezone

from campaigns.payouts.models import Funding
from tests import factories
from tests.api.callers import Caller, problem, said
from tests.factories import ANSWERS, MECHANIC, Scene

pytestmark = pytest.mark.django_db
LINES = [
    {"kind": "creators", "label": "Due blog", "amount_minor": 200_000},
    {"kind": "agency", "label": "Conversa", "amount_minor": 50_000},
]
TERMS: dict[str, Any] = {
    "fee_minor": 100_000,
    "currency": "EUR",
    "declared_hours": 16,
    "deliverables": ["Un racconto"],
    "kill_fees": {"not_started": 10},
    "usage": {"months": 12, "media": "sito del marchio"},
}


def blockers(caller: Caller, scene: Scene) -> list[str]:
    return [each["code"] for each in said(caller.get(scene.api), 200)["blockers"]]


def test_a_campaign_goes_from_its_brief_to_its_published_report() -> None:
    scene = factories.draft(written=False)
    agency, brand = Caller(scene.manager), Caller(scene.client)
    assert "brief_written" in blockers(brand, scene)
    body = {**ANSWERS.as_dict(), "lines": LINES}
    assert said(agency.post(scene.api + "brief/", body), 201)["number"] == 1
    assert said(agency.post(scene.api + "brief/", body), 201)["number"] == 1  # the same again
    factories.check_all()
    assert blockers(agency, scene) == []
    moved = said(agency.post(scene.api + "stage/", {"to": "codesign"}), 200)
    assert moved["campaign"]["stage"] == "codesign"
    creators = _join(scene)
    _consent(scene, agency, creators)
    said(agency.post(scene.api + "stage/", {"to": "contracting"}), 200)
    for nth, creator in enumerate(creators):
        _agree(scene, nth, agency, creator)
    assert said(agency.post(scene.api + "stage/", {"to": "live"}), 200)["next_stage"] == "closing"
    _fund(scene, agency)
    for nth, creator in enumerate(creators):
        _publish(scene, nth, creator)
    said(agency.post(scene.api + "stage/", {"to": "closing"}), 200)
    problem(agency.post(scene.api + "report/"), 409, "lessons_missing")
    scene.tell()
    published = said(brand.post(scene.api + "report/"), 201)
    assert published["number"] == 1
    assert len(published["digest"]) == 64
    assert said(creators[0].get(scene.api + "report/"), 200)["lessons"]


def _join(scene: Scene) -> list[Caller]:
    creators = []
    for _ in range(2):
        scene.invite()
        creator = Caller(scene.creators[-1].user)
        for _ in range(2):
            answer = said(creator.post(scene.api + "invitation/", {"joins": True}), 200)
            assert answer["status"] == "joined"
        creators.append(creator)
    return creators


def _consent(scene: Scene, agency: Caller, creators: list[Caller]) -> None:
    first = said(agency.post(scene.api + "mechanic/", {"text": MECHANIC, "replaces": 0}), 201)
    assert first["number"] == 1
    objection = {"mechanic": 1, "stance": "objection", "reason": "Manca il burro."}
    raised = said(creators[0].post(scene.api + "position/", objection), 201)
    assert said(creators[0].post(scene.api + "position/", objection), 201)["id"] == raised["id"]
    answer = {"text": f"{MECHANIC} Col burro.", "answers": raised["id"], "replaces": 1}
    assert said(creators[1].post(scene.api + "mechanic/", answer), 201)["number"] == 2
    stale = {"text": "Ancora altro.", "replaces": 1}
    problem(agency.post(scene.api + "mechanic/", stale), 409, "stale_version")
    clearance = f"{scene.api}objections/{raised['id']}/clearance/"
    problem(creators[1].post(clearance), 403, "not_the_objector")
    cleared = said(creators[0].post(clearance), 201)
    assert said(creators[0].post(clearance), 201) == cleared
    old = {"mechanic": 1, "stance": "consent"}
    problem(creators[0].post(scene.api + "position/", old), 409, "stale_version")
    factories.check_all()
    for creator in creators:
        said(creator.post(scene.api + "position/", {"mechanic": 2, "stance": "consent"}), 201)


def _agree(scene: Scene, nth: int, agency: Caller, creator: Caller) -> None:
    offers = f"{scene.api}participants/{scene.seat(nth).pk}/offers/"
    first = said(agency.post(offers, TERMS), 201)
    assert said(agency.post(offers, TERMS), 201) == first
    counter = said(creator.post(offers, {**TERMS, "fee_minor": 110_000}), 201)
    assert (counter["round"], counter["side"]) == (2, "influencer")
    acceptance = f"{scene.api}agreements/{first['agreement']}/acceptance/"
    digest = _digest(creator, scene)
    refused = creator.post(acceptance, {"terms_digest": digest})
    problem(refused, 409, "terms_not_accepted")
    factories.check_all()
    for _ in range(2):
        waits = said(creator.post(acceptance, {"terms_digest": digest}), 200)
        assert waits["status"] == "negotiating"
    problem(agency.post(acceptance, {"terms_digest": "0" * 64}), 409, "terms_changed")
    agreed = said(agency.post(acceptance, {"terms_digest": digest}), 200)
    assert (agreed["status"], agreed["terms"]["fee_minor"]) == ("agreed", 110_000)


def _digest(creator: Caller, scene: Scene) -> str:
    own = said(creator.get(scene.api + "agreements/"), 200)
    assert len(own) == 1  # a creator reads their own
    return str(own[0]["terms_digest"])


def _fund(scene: Scene, agency: Caller) -> None:
    body = {
        "amount_minor": 250_000,
        "currency": "EUR",
        "statement": "EC-2026-001",
        "received_on": timezone.localdate().isoformat(),
        "key": "first",
    }
    for _ in range(2):
        assert said(agency.post(scene.api + "funding/", body), 201)["amount_minor"] == 250_000
    assert Funding.objects.filter(campaign=scene.campaign).count() == 1


def _publish(scene: Scene, nth: int, creator: Caller) -> None:
    work = scene.work(nth)
    body = {
        "url": f"https://blog-{nth}.example/pane",
        "platform": "blog",
        "published_on": timezone.localdate().isoformat(),
    }
    url = f"{scene.api}deliverables/{work.pk}/publication/"
    first = said(creator.post(url, body), 201)
    assert said(creator.post(url, body), 201) == first
    other = {**body, "url": f"https://blog-{nth}.example/altro"}
    problem(creator.post(url, other), 409, "already_fulfilled")


def test_a_campaign_is_called_off_by_the_api() -> None:
    scene = factories.draft()
    agency = Caller(scene.manager)
    for _ in range(2):
        moved = said(agency.post(scene.api + "stage/", {"to": "cancelled"}), 200)
        assert (moved["campaign"]["stage"], moved["next_stage"]) == ("cancelled", None)


def test_a_stage_that_lacks_something_says_what() -> None:
    scene = factories.draft(written=False)
    answer = Caller(scene.manager).post(scene.api + "stage/", {"to": "codesign"})
    facts = problem(answer, 409, "blocked")
    assert facts["blockers"] == ["brief_written", "brief_clear", "brief_accepted"]


def test_the_list_of_campaigns_holds_ones_own_and_turns_its_pages() -> None:
    scene = factories.draft(written=False)
    factories.draft(written=False)
    found = said(Caller(scene.client).get("/api/v1/campaigns/"), 200)
    assert [each["id"] for each in found["results"]] == [scene.campaign.public_id]
    assert found["next"] is None
