from datetime import timedelta
from typing import Any

import pytest

from campaigns.codesign import mails
from config.identity.actions import choose_language
from config.identity.models import Mail
from config.kernel.events import dispatch_lost
from config.kernel.models import Event
from tests.codesign.scene import MECHANIC, Table, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Table:
    made = table(3)
    for creator in made.creators:
        choose_language(user_id=creator.pk, language="en")
    return made


def newest(kind: str) -> int:
    return Event.objects.filter(kind=kind).order_by("-pk").values_list("pk", flat=True)[0]


def test_a_letter_arrives_as_it_was_written_with_where_to_answer(made: Table) -> None:
    event = newest("codesign.invited")
    for _ in range(2):
        mails.letter(event)
    mail = Mail.objects.get()
    assert mail.to == made.creators[2]
    assert "In cucina insieme" in mail.subject
    assert f"/c/{made.campaign.public_id}/invitation/" in mail.body
    assert "Premi «No, grazie»" in mail.body
    assert "&" not in mail.body


def test_a_new_version_asks_everybody_but_its_proposer(made: Table) -> None:
    made.propose(MECHANIC + " E basta.", by=made.creators[0], note="Più corto")
    event = newest("codesign.mechanic_proposed")
    for _ in range(2):
        mails.ask(event)
    assert {mail.to for mail in Mail.objects.all()} == set(made.creators[1:])
    mail = Mail.objects.first()
    assert mail is not None
    assert "v2" in mail.subject
    assert "Your silence does not count as a yes." in mail.body
    assert f"/c/{made.campaign.public_id}/mechanic/" in mail.body
    assert "Più corto" in mail.body


def test_an_objection_reaches_the_agency(made: Table) -> None:
    made.say(0, "objection", "Sei mesi <sono> pochi.")
    event = newest("codesign.position_taken")
    for _ in range(2):
        mails.objection(event)
    mail = Mail.objects.get()
    assert mail.to == made.agency
    assert "Ada Serra objects to v1" in mail.subject
    assert "Sei mesi <sono> pochi." in mail.body


@pytest.mark.parametrize(("language", "hour"), [("it", "ore 18"), ("fr", "18\u00a0h")])
def test_mails_are_written_in_the_readers_language(made: Table, language: str, hour: str) -> None:
    choose_language(user_id=made.creators[0].pk, language=language)
    mails.ask(newest("codesign.mechanic_proposed"))
    assert hour in Mail.objects.get(to=made.creators[0]).body


def test_a_mail_is_owed_as_soon_as_the_act_is_committed(
    made: Table, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made.say(0, "consent")
    assert not Mail.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        made.say(1, "objection", "No.")
    assert Mail.objects.get().to == made.agency


def test_a_mail_whose_bell_was_lost_is_owed_by_the_sweep(made: Table) -> None:
    made.say(1, "objection", "No.")
    assert not Mail.objects.exists()
    dispatch_lost(older_than=timedelta(0))
    assert Mail.objects.filter(to=made.agency).count() == 1
