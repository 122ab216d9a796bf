from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.briefs.errors import NotInThisStage
from campaigns.briefs.models import Campaign
from campaigns.codesign import actions, queries
from campaigns.codesign.errors import (
    NotAParticipant,
    NotTheObjector,
    NotYetAnswered,
    OwnObjectionOpen,
    ReasonMissing,
    RoundClosed,
    StaleVersion,
)
from campaigns.codesign.models import Clearance, Position, Round
from config.kernel.errors import InvalidInput, NotAllowed, NotFound
from config.kernel.models import Event
from tests.briefs.scene import reader_of
from tests.codesign.scene import MECHANIC, Table, known, letter, opened, table

pytestmark = pytest.mark.django_db

BETTER = MECHANIC.replace("una ricetta propria", "due ricette libere")


@pytest.fixture
def made() -> Table:
    return table(3)


def clear(made: Table, nth: int, objection: Position) -> Clearance:
    return actions.clear_objection(
        campaign_id=made.campaign.pk, by=made.creators[nth], objection_id=objection.pk
    )


def stances(made: Table) -> list[str | None]:
    consent = queries.consent(made.campaign)
    assert consent is not None
    return [seat.position.stance if seat.position else None for seat in consent.seats]


def close_round(made: Table) -> None:
    now = timezone.now()
    Round.objects.filter(mechanic__campaign=made.campaign).update(
        opened_at=now - timedelta(days=9), deadline=now - timedelta(days=1)
    )


def test_each_says_where_they_stand_and_the_newest_word_counts(made: Table) -> None:
    made.say(0, "consent")
    made.say(1, "concern", "Chi controlla?")
    made.say(1, "stand_aside")
    assert stances(made) == ["consent", "stand_aside", None]
    assert Position.objects.count() == 3


def test_the_same_word_again_is_one_word(made: Table) -> None:
    assert made.say(0, "concern", "Chi controlla?") == made.say(0, "concern", " Chi controlla? ")
    assert Position.objects.count() == 1
    assert Event.objects.filter(kind="codesign.position_taken").count() == 1


def test_only_who_joined_takes_a_position(made: Table) -> None:
    given: dict[str, Any] = {"campaign_id": made.campaign.pk, "mechanic": 1, "stance": "consent"}
    for other in (made.agency, made.brand, made.stranger, known(made, 3).user):
        with pytest.raises(NotAParticipant):
            actions.take_position(by=other, **given)


def test_an_objection_says_why(made: Table) -> None:
    with pytest.raises(ReasonMissing):
        made.say(0, "objection", " \n ")
    assert not Position.objects.exists()


def test_the_database_knows_no_objection_without_a_reason(made: Table) -> None:
    given: dict[str, Any] = {"mechanic": made.campaign.mechanics.get(), "participant": made.seat(0)}
    for stance, reason in (("objection", " \n"), ("perhaps", "Forse")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Position.objects.create(**given, stance=stance, reason=reason, taken_at=timezone.now())


def test_a_position_on_a_version_that_is_not_newest_is_refused(made: Table) -> None:
    made.propose(BETTER)
    for number in (1, 3):
        with pytest.raises(StaleVersion):
            made.say(0, "consent", on=number)
    assert made.say(0, "consent", on=2).mechanic.number == 2


def test_there_is_no_position_before_there_is_a_version() -> None:
    empty = opened()
    ada = known(empty, 0)
    actions.invite(
        campaign_id=empty.campaign.pk,
        by=empty.agency,
        influencer=ada,
        letter=letter(),
    )
    actions.answer_invitation(campaign_id=empty.campaign.pk, by=ada.user, joins=True)
    empty.creators.append(ada.user)
    with pytest.raises(StaleVersion):
        empty.say(0, "consent")
    assert queries.consent(empty.campaign) is None


def test_positions_lapse_on_a_new_version_and_objections_do_not(made: Table) -> None:
    made.say(0, "consent")
    made.say(1, "objection", "Sei mesi sono pochi.")
    made.say(2, "stand_aside")
    made.propose(BETTER)
    made.propose(BETTER + " E basta.")
    assert stances(made) == [None, None, None]
    assert [each.mechanic.number for each in queries.open_objections(made.campaign)] == [1]


def test_only_its_author_closes_an_objection(made: Table) -> None:
    objection = made.say(1, "objection", "Sei mesi sono pochi.")
    with pytest.raises(NotTheObjector):
        clear(made, 0, objection)
    with pytest.raises(NotAParticipant):
        actions.clear_objection(
            campaign_id=made.campaign.pk, by=made.agency, objection_id=objection.pk
        )
    first = clear(made, 1, objection)
    assert clear(made, 1, objection) == first
    assert not queries.open_objections(made.campaign).exists()


def test_the_database_lets_only_the_author_close_it(made: Table) -> None:
    objection = made.say(1, "objection", "Sei mesi sono pochi.")
    consent = made.say(0, "consent")
    given: dict[str, Any] = {"on": objection.mechanic, "cleared_at": timezone.now()}
    for position, nth in ((objection, 0), (consent, 0)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Clearance.objects.create(objection=position, by=made.seat(nth), **given)
    Clearance.objects.create(objection=objection, by=made.seat(1), **given)


def test_what_is_no_objection_of_this_campaign_cant_be_closed(made: Table) -> None:
    consent = made.say(0, "consent")
    elsewhere = table(1, "altrove")
    foreign = elsewhere.say(0, "objection", "No.")
    for wrong in (consent.pk, foreign.pk, 10**9):
        with pytest.raises(NotFound):
            actions.clear_objection(
                campaign_id=made.campaign.pk, by=made.creators[0], objection_id=wrong
            )


def test_an_own_open_objection_comes_before_another_position(made: Table) -> None:
    objection = made.say(1, "objection", "Sei mesi sono pochi.")
    made.propose(BETTER, answers_id=objection.pk)
    with pytest.raises(OwnObjectionOpen):
        made.say(1, "consent")
    clear(made, 1, objection)
    assert made.say(1, "consent").stance == "consent"


def test_an_objection_that_is_closed_leaves_its_author_silent_on_that_version(made: Table) -> None:
    objection = made.say(1, "objection", "Sei mesi sono pochi.")
    clear(made, 1, objection)
    consent = queries.consent(made.campaign)
    assert consent is not None
    assert not consent.open_objections
    assert made.seat(1) in [seat.participant for seat in consent.waiting]
    assert made.seat(1) in [seat.participant for seat in consent.silent]


def test_after_the_deadline_only_an_objection_is_heard(made: Table) -> None:
    close_round(made)
    for stance in ("consent", "concern", "stand_aside"):
        with pytest.raises(RoundClosed):
            made.say(0, stance)
    assert made.say(0, "objection", "Adesso ho letto.").stance == "objection"
    actions.extend_round(
        campaign_id=made.campaign.pk,
        by=made.agency,
        deadline=timezone.now() + timedelta(days=2),
    )
    assert made.say(1, "consent").stance == "consent"


def test_until_the_launch_an_objection_is_never_too_late(made: Table) -> None:
    Campaign.objects.filter(pk=made.campaign.pk).update(stage="contracting")
    assert made.say(0, "objection", "Ripensandoci.").stance == "objection"
    Campaign.objects.filter(pk=made.campaign.pk).update(stage="cancelled")
    with pytest.raises(NotInThisStage):
        made.say(1, "objection", "Tardi.")
    with pytest.raises(NotInThisStage):
        clear(made, 0, made.seat(0).positions.get())


def test_silence_is_never_consent(made: Table) -> None:
    made.say(0, "consent")
    made.say(1, "consent")
    consent = queries.consent(made.campaign)
    assert consent is not None
    assert consent.quorum_is_met
    assert [seat.participant for seat in consent.silent] == [made.seat(2)]
    assert consent.waiting == consent.silent


def test_a_concern_is_waited_for_and_standing_aside_is_not_consent(made: Table) -> None:
    made.say(0, "concern", "Chi controlla?")
    made.say(1, "stand_aside")
    made.say(2, "stand_aside")
    consent = queries.consent(made.campaign)
    assert consent is not None
    assert [seat.participant for seat in consent.waiting] == [made.seat(0)]
    assert not consent.quorum_is_met


def test_a_version_is_proposed_by_any_party_and_nobody_else(made: Table) -> None:
    for n, party in enumerate((made.agency, made.brand, made.creators[0])):
        assert made.propose(f"{MECHANIC} {n}", by=party).number == n + 2
    for other in (made.stranger, reader_of(made.campaign.agency), known(made, 3).user):
        with pytest.raises(NotAllowed):
            made.propose("Altro", by=other)


def test_the_same_words_are_the_same_version(made: Table) -> None:
    assert made.propose(f"  {MECHANIC}\n", by=made.brand).number == 1


def test_an_amendment_of_words_that_changed_is_refused(made: Table) -> None:
    made.propose(BETTER, replaces=1)
    with pytest.raises(StaleVersion):
        made.propose("Tutt'altro", replaces=1, by=made.creators[0])


def test_each_version_opens_a_round_of_seven_days_that_ends_in_the_evening(made: Table) -> None:
    newest = queries.newest_mechanic(made.campaign)
    assert newest is not None
    days = newest.round.deadline - newest.round.opened_at
    assert timedelta(days=6) < days < timedelta(days=8)
    assert timezone.localtime(newest.round.deadline).hour == 18
    assert newest.round.quorum_bps == 5_000


@pytest.mark.parametrize("days", [-1, 0, 181])
def test_a_deadline_passed_or_too_far_is_refused(made: Table, days: int) -> None:
    late = timezone.now() + timedelta(days=days, hours=1 if days > 0 else 0)
    with pytest.raises(InvalidInput):
        made.propose(BETTER, deadline=late)
    with pytest.raises(InvalidInput):
        actions.extend_round(campaign_id=made.campaign.pk, by=made.agency, deadline=late)


def test_only_the_agency_moves_a_deadline(made: Table) -> None:
    later = timezone.now() + timedelta(days=3)
    for other in (made.brand, made.creators[0], made.stranger):
        with pytest.raises(NotAllowed):
            actions.extend_round(campaign_id=made.campaign.pk, by=other, deadline=later)


def test_there_is_no_round_to_move_before_there_is_a_version() -> None:
    empty = opened()
    with pytest.raises(NotYetAnswered):
        actions.extend_round(
            campaign_id=empty.campaign.pk,
            by=empty.agency,
            deadline=timezone.now() + timedelta(days=1),
        )


def test_a_version_answers_an_objection_of_this_campaign_only(made: Table) -> None:
    objection = made.say(0, "objection", "Sei mesi sono pochi.")
    assert made.propose(BETTER, answers_id=objection.pk).answers == objection
    foreign = table(1, "altrove").say(0, "objection", "No.")
    with pytest.raises(InvalidInput):
        made.propose("Ancora altro", answers_id=foreign.pk)


def test_a_comment_outlives_its_version(made: Table) -> None:
    given: dict[str, Any] = {"campaign_id": made.campaign.pk, "by": made.creators[0], "mechanic": 1}
    first = actions.comment(**given, text="E il libro?")
    assert actions.comment(**given, text=" E il libro? ") == first
    made.propose(BETTER)
    actions.comment(**(given | {"mechanic": 2}), text="Meglio.")
    assert [each.text for each in queries.comments(made.campaign)] == ["E il libro?", "Meglio."]
    with pytest.raises(NotFound):
        actions.comment(**(given | {"mechanic": 9}), text="Dove?")
    with pytest.raises(NotAllowed):
        actions.comment(**(given | {"by": made.stranger}), text="Io?")


def test_where_everybody_stands_is_read_in_a_constant_number_of_queries(
    made: Table, django_assert_num_queries: Any
) -> None:
    for nth in range(3):
        made.say(nth, "consent")
    campaign = Campaign.objects.get(pk=made.campaign.pk)
    with django_assert_num_queries(5):
        queries.consent(campaign)
