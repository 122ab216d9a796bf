"""The database's own guard of a stage: it holds in Python, by raw SQL, and for the owner."""

import itertools
from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from campaigns.agreements.models import Agreement
from campaigns.agreements.states import AGREEMENT_MOVES, AgreementStatus
from campaigns.briefs.models import Campaign
from campaigns.briefs.states import STAGE_MOVES, Stage
from campaigns.codesign import actions as codesign
from campaigns.codesign.models import Participant
from campaigns.codesign.states import PARTICIPANT_MOVES, ParticipantStatus
from campaigns.quality.models import QualityCheck
from config.kernel.moves import IllegalMove, Moves
from tests import factories
from tests.factories import Scene
from tests.kernel.rows import as_owner_with_triggers, forge, run

pytestmark = pytest.mark.django_db
LAUNCH = "UPDATE briefs_campaign SET stage = 'live' WHERE id = %s"


def wrong(moves: Moves) -> list[tuple[str, str]]:
    pairs = itertools.permutations(map(str, moves), 2)
    return [(a, b) for a, b in pairs if b not in moves[a]]


def brought_to(scene: Scene, stage: str) -> None:
    """Whatever the way: only the next move is what is tried."""
    forge("UPDATE briefs_campaign SET stage = %s WHERE id = %s", [stage, scene.id])


def test_every_wrong_move_of_a_stage_is_refused_in_python_and_by_update() -> None:
    scene = factories.draft(written=False)
    for before, after in wrong(STAGE_MOVES):
        brought_to(scene, before)
        with pytest.raises(IllegalMove):
            scene.fresh().move_to(after)
        with pytest.raises(DatabaseError), transaction.atomic():
            Campaign.objects.filter(pk=scene.id).update(stage=after)
        assert scene.fresh().stage == before


def test_every_right_move_but_the_launch_is_taken_by_update() -> None:
    scene = factories.draft(written=False)
    for before, after in ((a, b) for a in STAGE_MOVES for b in STAGE_MOVES[a] if b != Stage.LIVE):
        brought_to(scene, before)
        Campaign.objects.filter(pk=scene.id).update(stage=after)
        assert scene.fresh().stage == after


def test_a_stage_nobody_knows_is_refused() -> None:
    scene = factories.draft(written=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        Campaign.objects.filter(pk=scene.id).update(stage="paused")


def test_a_campaign_begins_as_a_draft() -> None:
    scene = factories.draft(written=False)
    other = scene.campaign
    other.pk, other.public_id, other.stage = None, "anothercampa", Stage.LIVE
    other._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save(force_insert=True)


def refused(scene: Scene) -> bool:
    """Whether neither the application nor the owner of the tables can write the launch."""
    with pytest.raises(IntegrityError), transaction.atomic():
        run(LAUNCH, [scene.id])
    with pytest.raises(IntegrityError), transaction.atomic(), as_owner_with_triggers():
        run(LAUNCH, [scene.id])
    run("SET ROLE patto_app")
    return scene.fresh().stage == Stage.CONTRACTING


def objecting(scene: Scene) -> None:
    scene.stand(1, "objection", "Manca il burro.")


def doubting(scene: Scene) -> None:
    scene.stand(0, "concern")


def aside(scene: Scene) -> None:
    for nth in range(2):
        scene.stand(nth, "stand_aside")


def left(scene: Scene) -> None:
    for creator in scene.creators:
        codesign.leave(campaign_id=scene.id, by=creator.user)


def without_agreement(scene: Scene) -> None:
    forge(
        "UPDATE agreements_agreement SET status = 'withdrawn', agreed_at = NULL,"
        " agreed_round_id = NULL WHERE id = %s",
        [scene.agreement(1).pk],
    )


def standing(kind: str, status: str) -> Callable[[Scene], None]:
    def change(scene: Scene) -> None:
        newest = (
            scene.campaign.briefs.last() if kind == "brief" else scene.campaign.mechanics.last()
        )
        assert newest is not None
        check = QualityCheck.objects.get(submission=newest.submission_id)
        finished = "NULL" if status in {"queued", "running"} else "finished_at"
        forge(
            f"UPDATE quality_qualitycheck SET status = %s, finished_at = {finished},"
            " failure = %s WHERE id = %s",
            [status, "it broke" if status == "failed" else "", check.pk],
        )

    return change


MISSING: dict[str, Callable[[Scene], None]] = {
    "an open objection": objecting,
    "a doubt": doubting,
    "no consent, all aside": aside,
    "nobody left": left,
    "a missing agreement": without_agreement,
    **{
        f"a {kind} that stands {status}": standing(kind, status)
        for kind in ("brief", "mechanic")
        for status in ("queued", "running", "review", "rejected", "failed")
    },
}


@pytest.mark.parametrize("missing", MISSING)
def test_a_launch_that_lacks_something_cant_be_written_even_by_sql(missing: str) -> None:
    scene = factories.agreed_by_all()
    MISSING[missing](scene)
    assert refused(scene)


def test_a_launch_that_lacks_nothing_can_be_written() -> None:
    scene = factories.agreed_by_all()
    run(LAUNCH, [scene.id])
    assert scene.fresh().stage == Stage.LIVE


def test_an_objection_cleared_by_its_author_no_longer_holds_the_launch() -> None:
    scene = factories.agreed_by_all()
    objection = scene.stand(1, "objection", "Manca il burro.")
    codesign.clear_objection(
        campaign_id=scene.id, by=scene.creators[1].user, objection_id=objection.pk
    )
    assert refused(scene)  # the consent has lapsed with the objection
    scene.stand(1)
    run(LAUNCH, [scene.id])
    assert scene.fresh().stage == Stage.LIVE


def test_a_newer_check_that_is_under_way_keeps_what_was_decided() -> None:
    scene = factories.agreed_by_all()
    brief = scene.campaign.briefs.last()
    assert brief is not None
    check = QualityCheck.objects.get(submission=brief.submission_id)
    QualityCheck.objects.create(submission=brief.submission, queued_at=check.queued_at)
    run(LAUNCH, [scene.id])
    assert scene.fresh().stage == Stage.LIVE


def test_every_wrong_move_of_an_agreement_is_refused() -> None:
    scene = factories.contracting(1)
    offer = scene.offer()
    dated = {"agreed_at": offer.offered_at, "agreed_round": offer}
    for before, after in wrong(AGREEMENT_MOVES):
        agreed = before == AgreementStatus.AGREED
        at, binding = (offer.offered_at, offer.pk) if agreed else (None, None)
        forge(
            "UPDATE agreements_agreement SET status = %s, agreed_at = %s, agreed_round_id = %s"
            " WHERE id = %s",
            [before, at, binding, offer.agreement_id],
        )
        with pytest.raises(IllegalMove):
            scene.agreement().move_to(after)
        also = dated if after == AgreementStatus.AGREED else dict.fromkeys(dated)
        with pytest.raises(DatabaseError), transaction.atomic():
            Agreement.objects.filter(pk=offer.agreement_id).update(status=after, **also)


def test_an_agreement_is_agreed_if_and_only_if_it_is_dated() -> None:
    scene = factories.contracting(1)
    offer = scene.offer()
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=offer.agreement_id).update(status="agreed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=offer.agreement_id).update(agreed_at=offer.offered_at)


def test_every_wrong_move_of_a_participant_is_refused() -> None:
    scene = factories.draft()
    scene.advance("codesign")
    participant = scene.invite()
    for before, after in wrong(PARTICIPANT_MOVES):
        dated = {ParticipantStatus.JOINED, ParticipantStatus.LEFT}
        forge(
            "UPDATE codesign_participant SET status = %s, joined_at = %s WHERE id = %s",
            [before, participant.invited_at if before in dated else None, participant.pk],
        )
        with pytest.raises(IllegalMove):
            Participant.objects.get(pk=participant.pk).move_to(after)
        joined = participant.invited_at if after in dated else None
        with pytest.raises(DatabaseError), transaction.atomic():
            Participant.objects.filter(pk=participant.pk).update(status=after, joined_at=joined)
