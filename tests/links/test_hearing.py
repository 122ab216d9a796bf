"""A verdict changes nothing: the creator replies, and a person's word decides what is reported."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from campaigns.links import accounts, actions
from campaigns.links.models import Reply, Word
from config.identity.actions import make_reviewer
from config.kernel.errors import DomainError
from config.kernel.models import Event
from tests import factories
from tests.links.scene import Linked, judged, linked

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Linked:
    found = linked()
    judged(found, "flagged", "clear")
    return found


def refused(code: str, act: Any, **arguments: Any) -> None:
    """It is refused with this code, and nothing of it is written."""
    before = written()
    with pytest.raises(DomainError) as error:
        act(**arguments)
    assert error.value.code == code
    assert written() == before


def written() -> tuple[int, ...]:
    return tuple(model._default_manager.count() for model in (Reply, Word, Event))


def reply(made: Linked, nth: int = 0, text: str = "Era una newsletter.") -> Reply:
    return actions.reply(campaign_id=made.scene.id, by=made.scene.creators[nth].user, text=text)


def word(made: Linked, kind: str, nth: int = 0, by: Any = None, reason: str = "Visto.") -> Word:
    return actions.say_word(
        campaign_id=made.scene.id,
        participant_id=made.scene.seat(nth).pk,
        by=by or made.scene.manager,
        kind=kind,
        reason=reason,
    )


def counted(made: Linked) -> tuple[int, dict[str, int]]:
    reported = accounts.report_tally(made.scene.campaign)
    assert reported is not None
    return reported[1].counted, reported[1].excluded


def test_a_flag_alone_changes_no_figure(made: Linked) -> None:
    assert counted(made) == (60, {"click.device_farm": 132})


def test_the_creator_replies_and_saying_it_again_is_saying_it_once(made: Linked) -> None:
    first = reply(made)

    assert reply(made, text=" Era una newsletter.\r\n ") == first
    assert reply(made, text="E un ufficio.") != first
    assert Reply.objects.count() == 2
    assert counted(made) == (60, {"click.device_farm": 132})


def test_only_the_creator_in_question_replies(made: Linked) -> None:
    for stranger in (made.scene.manager, made.scene.client, factories.reviewer()):
        refused(
            "not_your_clicks", actions.reply, campaign_id=made.scene.id, by=stranger, text="No."
        )
    refused(
        "nothing_to_answer",
        actions.reply,
        campaign_id=made.scene.id,
        by=made.scene.creators[1].user,
        text="E io?",
    )


@pytest.mark.parametrize("text", ["", "  \n", "a\x00b", "a" * 4001])
def test_a_reply_that_says_nothing_or_too_much_is_refused(made: Linked, text: str) -> None:
    refused(
        "invalid_input",
        actions.reply,
        campaign_id=made.scene.id,
        by=made.scene.creators[0].user,
        text=text,
    )


@pytest.mark.parametrize("kind", ["accepted", "explained"])
def test_a_word_that_accepts_leaves_the_figures_as_they_were_judged(
    made: Linked, kind: str
) -> None:
    word(made, kind)

    assert counted(made) == (60, {"click.device_farm": 132})


def test_a_word_that_discounts_takes_the_clicks_out_of_the_report(made: Linked) -> None:
    said = word(made, "discounted")

    assert word(made, "discounted") == said
    assert counted(made) == (30, {"click.device_farm": 132, "click.discounted": 30})


def test_the_newest_word_stands(made: Linked) -> None:
    word(made, "discounted")
    word(made, "explained", reason="La newsletter c'era davvero.")

    assert counted(made) == (60, {"click.device_farm": 132})


def test_a_word_outlives_the_next_judging(made: Linked) -> None:
    word(made, "discounted")
    judged(made, "flagged", "clear")

    assert counted(made) == (30, {"click.device_farm": 132, "click.discounted": 30})


def test_a_reviewer_outside_the_campaign_may_say_a_word(made: Linked) -> None:
    assert word(made, "explained", by=factories.reviewer()).kind == "explained"


def test_brand_creators_and_reviewers_of_the_house_may_not(made: Linked) -> None:
    inside = make_reviewer(user=factories.member(made.scene.campaign.brand))
    reader = factories.member(made.scene.campaign.agency, "reader")
    for person in (made.scene.client, made.scene.creators[0].user, inside, reader):
        refused(
            "not_allowed",
            actions.say_word,
            campaign_id=made.scene.id,
            participant_id=made.scene.seat(0).pk,
            by=person,
            kind="explained",
            reason="Visto.",
        )


def test_no_word_is_said_of_clicks_in_which_nothing_stands_out(made: Linked) -> None:
    refused(
        "nothing_to_answer",
        actions.say_word,
        campaign_id=made.scene.id,
        participant_id=made.scene.seat(1).pk,
        by=made.scene.manager,
        kind="discounted",
        reason="Per prudenza.",
    )


def test_a_creator_of_another_campaign_has_no_account_here(made: Linked) -> None:
    other = linked(1)
    judged(other, "flagged")
    refused(
        "nothing_to_answer",
        actions.say_word,
        campaign_id=made.scene.id,
        participant_id=other.scene.seat(0).pk,
        by=made.scene.manager,
        kind="discounted",
        reason="Di un'altra campagna.",
    )
    refused(
        "not_your_clicks",
        actions.reply,
        campaign_id=made.scene.id,
        by=other.scene.creators[0].user,
        text="E io?",
    )


def test_before_a_judging_there_is_nothing_to_answer() -> None:
    unjudged = linked(1)
    refused(
        "nothing_to_answer",
        actions.reply,
        campaign_id=unjudged.scene.id,
        by=unjudged.scene.creators[0].user,
        text="Chi mi chiede?",
    )


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("guilty", "Visto."), ("explained", " "), ("explained", "a\x00b"), ("explained", "a" * 4001)],
)
def test_a_word_is_one_of_three_and_says_why(made: Linked, kind: str, reason: str) -> None:
    refused(
        "invalid_input",
        actions.say_word,
        campaign_id=made.scene.id,
        participant_id=made.scene.seat(0).pk,
        by=made.scene.manager,
        kind=kind,
        reason=reason,
    )


def test_what_was_said_is_never_changed(made: Linked) -> None:
    reply(made)
    word(made, "explained")

    for model in (Reply, Word):
        rows: Any = model._default_manager.all()
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(at=None)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_whose_account_waits_for_a_word_is_known(made: Linked) -> None:
    (waiting,) = accounts.waiting_for_a_word(factories.reviewer())
    assert waiting.participant == made.scene.seat(0)

    word(made, "explained")

    assert not accounts.waiting_for_a_word(factories.reviewer()).exists()
