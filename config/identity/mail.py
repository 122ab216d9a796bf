"""Mails: a row in the caller's transaction, sent by the worker in the reader's language."""

import smtplib
from typing import Any

from celery import current_app
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from config.identity.models import Mail, MailStatus, User

MOST_ATTEMPTS = 5


def owe(to: User, *, template: str, key: str, **context: Any) -> None:
    """Owe `to` the mail `template` (its first line is the subject); the same key is owed once."""
    with translation.override(to.language):
        text = render_to_string(template, {"to": to, **context})
    subject, _, body = text.strip().partition("\n")
    owe_text(to=to, key=key, subject=subject, body=body)


def owe_text(
    *, key: str, subject: str, body: str, to: User | None = None, address: str = ""
) -> None:
    """Owe a mail that is already written; `address` only where no person is known by it."""
    words = {"subject": " ".join(subject.split())[:200], "body": body.strip() + "\n"}
    Mail.objects.get_or_create(key=key, defaults={"to": to, "address": address, **words})
    transaction.on_commit(_ring, robust=True)  # if the broker sleeps, the sweep sends it


def _ring() -> None:
    current_app.send_task("identity.send_mails", retry=False)


def send_owed() -> int:
    """Send what is queued, each under its lock, so that two workers never send one twice."""
    sent = 0
    while _send_one():
        sent += 1
    return sent


@transaction.atomic
def _send_one() -> bool:
    mail = (
        Mail.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("to")
        .filter(status=MailStatus.QUEUED)
        .order_by("attempts", "pk")
        .first()
    )
    if mail is None:
        return False
    mail.attempts += 1
    try:
        send_mail(mail.subject, mail.body, None, [mail.to.email if mail.to else mail.address])
    except (OSError, smtplib.SMTPException):
        if mail.attempts >= MOST_ATTEMPTS:
            mail.status, mail.address = MailStatus.FAILED, ""
        mail.save(update_fields=["attempts", "status", "address"])
        return False  # the server is unwell: the sweep tries again later
    mail.status, mail.sent_at, mail.address = MailStatus.SENT, timezone.now(), ""
    mail.save(update_fields=["attempts", "status", "sent_at", "address"])
    return True
