import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from campaigns.codesign import actions
from campaigns.codesign.models import Participant, Position, Round
from campaigns.codesign.states import PARTICIPANT_MOVES, ParticipantStatus
from config.kernel.moves import IllegalMove
from tests.codesign.scene import known, letter, opened, table

pytestmark = pytest.mark.django_db

PAIRS = list(itertools.product(ParticipantStatus.values, repeat=2))
DATED = {"joined", "left"}


def at(status: str) -> Participant:
    """A participant of that status, reached by allowed moves."""
    made = opened()
    ada = known(made, 0)
    given: dict[str, Any] = {"campaign_id": made.campaign.pk}
    found = actions.invite(**given, by=made.agency, influencer=ada, letter=letter())
    if status != "invited":
        joins = status != "declined"
        found = actions.answer_invitation(**given, by=ada.user, joins=joins)
    return actions.leave(**given, by=ada.user) if status == "left" else found


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_every_pair_of_statuses_in_python(before: str, after: str) -> None:
    participant = Participant(status=before)
    if after in PARTICIPANT_MOVES[before]:
        participant.move_to(after)
        assert participant.status == after
        return
    with pytest.raises(IllegalMove):
        participant.move_to(after)


@pytest.mark.parametrize(("before", "after"), [p for p in PAIRS if p[0] != p[1]])
def test_every_pair_of_statuses_by_raw_sql(before: str, after: str) -> None:
    participant = at(before)
    dated = timezone.now() if after in DATED else None
    rows = Participant.objects.filter(pk=participant.pk)
    if after in PARTICIPANT_MOVES[before]:
        assert rows.update(status=after, joined_at=participant.joined_at or dated) == 1
        return
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(status=after, joined_at=dated)
    assert rows.get().status == before


def test_who_joined_is_dated_and_who_did_not_is_not() -> None:
    rows = Participant.objects.filter(pk=at("invited").pk)
    for status, joined_at in (("joined", None), ("invited", timezone.now())):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(status=status, joined_at=joined_at)


@pytest.mark.parametrize("name", ["invitation", "mechanic", "position", "clearance"])
@pytest.mark.parametrize("change", ["UPDATE {0} SET id = id", "DELETE FROM {0}", "TRUNCATE {0}"])
def test_what_was_said_is_never_changed(name: str, change: str) -> None:
    made = table(1)
    made.say(0, "consent")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(f"codesign_{name}"))
    assert Position.objects.count() == 1


def test_a_round_ends_after_it_opened_and_its_quorum_is_a_share() -> None:
    round_ = Round.objects.filter(mechanic__campaign=table(1).campaign)
    opened_at = round_.get().opened_at
    for wrong in (
        {"deadline": opened_at},
        {"deadline": opened_at - timedelta(days=1)},
        {"quorum_bps": 0},
        {"quorum_bps": 10_001},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            round_.update(**wrong)


def test_nobody_takes_part_twice() -> None:
    participant = at("declined")
    with pytest.raises(DatabaseError), transaction.atomic():
        Participant.objects.create(
            campaign=participant.campaign,
            influencer=participant.influencer,
            invited_at=timezone.now(),
        )
