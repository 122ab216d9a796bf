"""The mails the demonstration kept as files, read back for the page that shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

BETWEEN = b"-" * 79  # what Django's file backend writes after each message
MOST = 100


@dataclass(frozen=True)
class KeptMail:
    to: str
    subject: str
    body: str
    at: datetime | None


def kept() -> list[KeptMail]:
    """The newest mails first."""
    folder = Path(settings.MAILS_DIR)
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return [mail for file in files[:MOST] for mail in reversed(list(_read(file)))][:MOST]


def _read(file: Path) -> Iterator[KeptMail]:
    for part in file.read_bytes().split(b"\n" + BETWEEN + b"\n"):
        if part.strip():
            yield _mail(message_from_bytes(part.lstrip(), policy=policy.default))


def _mail(message: EmailMessage) -> KeptMail:
    body = message.get_body(("plain",))
    at = parsedate_to_datetime(message["Date"]) if message["Date"] else None
    return KeptMail(
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        body=body.get_content() if body else "",
        at=at.replace(tzinfo=UTC) if at and at.tzinfo is None else at,  # "-0000" says UTC
    )
