from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.briefs.models import Campaign
from campaigns.codesign import queries
from campaigns.codesign.three import Look, people, three
from tests.codesign.scene import MECHANIC, Table, opened, table

pytestmark = pytest.mark.django_db
BETTER = MECHANIC + "\nMai di notte."


def look(made: Table, **more: object) -> Look:
    consent = queries.consent(made.campaign)
    given: dict[str, object] = {"standing": "accepted", "now": timezone.now()}
    return Look(campaign=made.campaign, consent=consent, **(given | more))  # type: ignore[arg-type]


def test_before_there_is_a_version_the_agency_moves() -> None:
    made = opened()
    assert three(look(made, is_agency=True)).yours
    assert three(look(made)).mover[0] == made.campaign.agency.name


def test_with_nobody_there_somebody_is_invited() -> None:
    made = opened()
    made.propose()
    assert "Invite people" in three(look(made, is_agency=True)).mover[1]


def test_the_silent_move_next_and_by_when() -> None:
    made = table(3)
    made.say(0, "consent")
    answers = three(look(made))
    assert answers.mover[0] == "Bruno Salis, Chiara Monti"
    assert "1 of 3" in answers.where[1]
    assert answers.due is not None
    mine = three(look(made, me=made.seat(1).pk))
    assert (mine.mover[0], mine.yours) == ("You", True)
    assert not three(look(made, me=made.seat(0).pk)).yours


def test_after_the_deadline_the_agency_moves() -> None:
    made = table(2)
    late = look(made, now=timezone.now() + timedelta(days=8))
    assert three(replace(late, is_agency=True)).yours
    assert "deadline has passed" in three(late).mover[1]


def test_an_objection_is_answered_by_anybody_and_closed_by_its_author() -> None:
    made = table(2)
    objection = made.say(0, "objection", "Sei mesi sono pochi.")
    assert three(look(made, is_agency=True)).mover[0] == "You, then Ada Serra"
    assert not three(look(made, me=made.seat(0).pk)).yours
    assert three(look(made, me=made.seat(1).pk)).mover == ("You", "Your answer is missing.")
    made.say(1, "consent")
    assert "then Ada Serra" in three(look(made, me=made.seat(1).pk)).mover[0]
    made.propose(BETTER, answers_id=objection.pk)
    assert three(look(made, me=made.seat(0).pk)).yours
    agency = three(look(made, is_agency=True))
    assert (agency.mover[0], agency.yours) == ("Ada Serra", False)


def test_a_rejected_version_stops_here() -> None:
    made = table(2)
    assert "can't go on" in three(look(made, standing="rejected")).where[0]


def test_once_all_let_it_pass_the_contracts_come() -> None:
    made = table(2)
    for nth in range(2):
        made.say(nth, "consent")
    assert "contracts" in three(look(made, is_agency=True)).mover[1]
    Campaign.objects.filter(pk=made.campaign.pk).update(stage="contracting")
    made.campaign.refresh_from_db()
    assert not three(look(made, is_agency=True)).yours
    Campaign.objects.filter(pk=made.campaign.pk).update(stage="cancelled")
    made.campaign.refresh_from_db()
    assert "settled" in three(look(made)).where[0]


def test_standing_aside_alone_is_too_little() -> None:
    made = table(2)
    for nth in range(2):
        made.say(nth, "stand_aside")
    assert "Too few" in three(look(made)).where[0]


def test_three_names_and_the_rest_as_a_number() -> None:
    assert people(["Ada", "Bruno"]) == "Ada, Bruno"
    assert people(["Ada", "Bruno", "Chiara", "Davide"]) == "Ada, Bruno, Chiara and 1 other"
    assert people(list("abcdef")) == "a, b, c and 3 others"
