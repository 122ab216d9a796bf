"""Moving a stage: only the agency, only when nothing is lacking, only along the table."""

from functools import partial

import pytest
from django.test import Client

from campaigns.codesign import actions as codesign
from campaigns.codesign.models import Position
from campaigns.lifecycle import actions, queries
from campaigns.lifecycle.errors import Blocked
from campaigns.payouts.models import Due
from config.kernel import events
from config.kernel.errors import NotAllowed
from config.kernel.moves import IllegalMove
from tests import factories
from tests.api.callers import Caller, said
from tests.factories import Scene, at_once

pytestmark = pytest.mark.django_db


def codes(scene: Scene) -> list[str]:
    return [each.code for each in queries.blockers(scene.fresh())]


def test_a_stage_moves_once_nothing_blocks_it_and_the_log_says_so() -> None:
    scene = factories.draft()
    assert codes(scene) == []
    assert scene.advance("codesign").stage == "codesign"
    newest = events.history(scene.campaign.stream)[0]
    assert (newest.kind, newest.facts) == (
        "lifecycle.stage_moved",
        {"before": "draft", "after": "codesign"},
    )


def test_moving_twice_is_moving_once() -> None:
    scene = factories.draft()
    scene.advance("codesign")
    before = events.history(scene.campaign.stream).count()
    scene.advance("codesign")
    assert events.history(scene.campaign.stream).count() == before


def test_a_blocked_move_says_what_blocks_it_and_moves_nothing() -> None:
    scene = factories.in_codesign(consenting=False)
    scene.stand(0, "objection", "Manca il burro.")
    with pytest.raises(Blocked) as refused:
        scene.advance("contracting")
    assert refused.value.facts["blockers"] == codes(scene)
    assert "no_open_objection" in codes(scene)
    assert scene.fresh().stage == "codesign"


def test_page_api_and_action_name_the_same_blockers() -> None:
    scene = factories.in_codesign(consenting=False)
    scene.stand(0, "objection", "Manca il burro.")
    browser = Client()
    browser.force_login(scene.manager)
    page = browser.get(scene.url)
    shown = [str(each["message"]) for each in page.context["lacking"]]
    answered = said(Caller(scene.manager).get(scene.api), 200)["blockers"]
    with pytest.raises(Blocked) as refused:
        scene.advance("contracting")
    assert [each["code"] for each in answered] == refused.value.facts["blockers"]
    assert [each["sentence"] for each in answered] == shown


@pytest.mark.parametrize("to", ["draft", "contracting", "live", "closed", "cancelled", "paused"])
def test_a_stage_can_neither_be_skipped_nor_taken_back(to: str) -> None:
    scene = factories.draft(written=False)
    if to == "draft":
        assert scene.advance(to).stage == "draft"
        return
    with pytest.raises(IllegalMove):
        scene.advance(to)


def test_only_the_agency_moves_a_stage() -> None:
    scene = factories.draft()
    reader = factories.member(scene.campaign.agency, "reader")
    for by in (scene.client, reader, factories.person()):
        with pytest.raises(NotAllowed):
            actions.advance(campaign_id=scene.id, by=by, to="codesign")
        with pytest.raises(NotAllowed):
            actions.cancel(campaign_id=scene.id, by=by)


def test_contracts_can_go_back_to_co_design() -> None:
    scene = factories.contracting()
    assert scene.advance("codesign").stage == "codesign"


def test_calling_off_before_the_launch_owes_the_first_step_of_the_ladder() -> None:
    scene = factories.agreed_by_all(2)
    actions.cancel(campaign_id=scene.id, by=scene.manager)
    dues = Due.objects.filter(campaign=scene.campaign)
    assert [due.amount_minor for due in dues] == [10_000, 10_000]  # a tenth, not started
    assert scene.fresh().stage == "cancelled"


def test_calling_off_once_live_owes_the_step_of_work_under_way_and_twice_is_once() -> None:
    scene = factories.live(2)
    for _ in range(2):
        actions.cancel(campaign_id=scene.id, by=scene.manager)
    dues = Due.objects.filter(campaign=scene.campaign)
    assert [due.amount_minor for due in dues] == [50_000, 50_000]


def test_what_is_closing_can_no_longer_be_called_off() -> None:
    scene = factories.closing(1)
    with pytest.raises(IllegalMove):
        actions.cancel(campaign_id=scene.id, by=scene.manager)


def test_work_of_somebody_who_left_does_not_hold_up_the_closing() -> None:
    scene = factories.live(2)
    scene.publish(0)
    assert codes(scene) == ["everything_published"]
    codesign.leave(campaign_id=scene.id, by=scene.creators[1].user)
    assert codes(scene) == []


def test_the_situations_of_many_campaigns_are_those_of_each() -> None:
    scenes = [factories.draft(), factories.contracting(1), factories.live(1)]
    campaigns = [scene.fresh() for scene in scenes]
    together = queries.situations(campaigns)
    assert together == {each.pk: queries.situation(each) for each in campaigns}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_never_live_with_an_open_objection_however_close_they_come() -> None:
    scene = factories.agreed_by_all(1)
    for _ in range(50):
        objection, launch = at_once(partial(_object, scene), partial(scene.advance, "live"))
        live = scene.fresh().stage == "live"
        assert live != isinstance(objection, Position), (objection, launch)
        scene = factories.agreed_by_all(1) if live else _answered(scene, objection)


def _object(scene: Scene) -> Position:
    return scene.stand(0, "objection", "Manca il burro.")


def _answered(scene: Scene, objection: object) -> Scene:
    """Its author clears the objection and consents anew."""
    assert isinstance(objection, Position)
    by = scene.creators[0].user
    codesign.clear_objection(campaign_id=scene.id, by=by, objection_id=objection.pk)
    scene.stand(0)
    return scene
