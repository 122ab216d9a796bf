import smtplib
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError

from config.identity import mail
from config.identity.models import Mail
from tests.identity.people import person

pytestmark = pytest.mark.django_db


class Unwell(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: Any) -> int:
        raise smtplib.SMTPServerDisconnected


@pytest.fixture
def unwell(settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.identity.test_mail.Unwell"


def owe(key: str = "k") -> None:
    mail.owe_text(to=person(), key=key, subject="One\nline", body="Words")


def test_a_mail_is_owed_once_a_key(mailoutbox: list[EmailMessage]) -> None:
    owe()
    owe()

    assert mail.send_owed() == 1
    assert mail.send_owed() == 0
    assert [message.subject for message in mailoutbox] == ["One line"]


def test_an_unwell_server_is_tried_again_and_in_the_end_given_up(unwell: None) -> None:
    owe()

    for _ in range(mail.MOST_ATTEMPTS - 1):
        assert mail.send_owed() == 0
    assert Mail.objects.get().status == "queued"
    mail.send_owed()

    row = Mail.objects.get()
    assert (row.status, row.attempts, row.sent_at) == ("failed", mail.MOST_ATTEMPTS, None)


def test_a_mail_that_failed_lets_the_next_pass(mailoutbox: list[EmailMessage]) -> None:
    owe("first")
    Mail.objects.update(attempts=3)
    owe("second")

    assert mail.send_owed() == 2
    assert len(mailoutbox) == 2


def test_a_mail_without_an_addressee_can_t_be_owed() -> None:
    with pytest.raises(IntegrityError, match="mail_queued_has_one_addressee"):
        mail.owe_text(key="k", subject="One", body="Words")


def test_the_outbox_of_tests_sends_nothing_out() -> None:
    assert django_mail.get_connection().__class__.__module__.endswith("locmem")
