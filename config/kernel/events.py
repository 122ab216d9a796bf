"""Record what happened, tell who listens, verify that nothing was rewritten."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any, ClassVar, Protocol

from django.db import connection, models, transaction
from django.utils import timezone

from config.kernel.models import Event, Pending

Listener = Callable[[int], None]
_listeners: dict[str, list[Listener]] = {}


class Subject(Protocol):
    """A saved row that knows the stream its history is told in."""

    pk: Any
    _meta: ClassVar[Any]

    @property
    def stream(self) -> str: ...


class Actor(Protocol):
    pk: Any


def listen(kind: str, listener: Listener) -> None:
    """Call `listener(event_id)` after each event of this kind commits, at least once.

    It only enqueues: a task, or a mail as a row. What it raises is logged, and the sweep calls it
    again.
    """
    _listeners.setdefault(kind, []).append(listener)


def record(kind: str, *, subject: Subject, by: Actor | None, **facts: Any) -> Event:
    """Append an event to the subject's stream, in the caller's transaction.

    facts: JSON values; ids, figures and digests only, whole numbers. Raises TypeError.
    """
    stream = subject.stream
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [stream])
    last = Event.objects.filter(stream=stream).order_by("-position").first()
    event = Event(
        stream=stream,
        position=last.position + 1 if last else 1,
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        actor_id=by.pk if by else None,
        at=timezone.now().astimezone(UTC),
        facts=_plain(facts),
        previous=last.digest if last else "",
    )
    event.digest = digest_of(event)
    event.save(force_insert=True)
    if kind in _listeners:
        Pending.objects.create(event=event)
        transaction.on_commit(lambda: dispatch(event.pk), robust=True)  # else the sweep
    return event


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as the database gives them back: a fraction has no one spelling to be digested."""
    written = json.dumps(facts)
    plain: dict[str, Any] = json.loads(written, parse_float=_refuse, parse_constant=_refuse)
    return plain


def _refuse(number: str) -> float:
    raise TypeError(f"The facts of an event are whole numbers, not {number}.")


def dispatch(event_id: int) -> None:
    """Call the listeners of an event, then forget that they were owed a call."""
    event = Event.objects.only("kind").get(pk=event_id)
    for listener in _listeners.get(event.kind, []):
        listener(event_id)
    Pending.objects.filter(event_id=event_id).delete()


def dispatch_lost(*, older_than: timedelta = timedelta(seconds=10)) -> int:
    """Call the listeners of events whose own call was lost; returns how many there were."""
    lost = Pending.objects.filter(event__at__lt=timezone.now() - older_than)
    ids = list(lost.order_by("event_id").values_list("event_id", flat=True)[:1000])
    for event_id in ids:
        dispatch(event_id)
    return len(ids)


def digest_of(event: Event) -> str:
    """SHA-256 (hex) of the event's content as canonical JSON."""
    text = json.dumps(event.content(), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Verification:
    """first_broken: `stream#position` of the first event that does not follow, or None."""

    checked: int
    first_broken: str | None


def verify() -> Verification:
    """Read every chain from its start."""
    checked, stream, previous, position = 0, "", "", 0
    for event in _in_order():
        if event.stream != stream:
            stream, previous, position = event.stream, "", 0
        position += 1
        follows = event.previous == previous and event.position == position
        if not follows or event.digest != digest_of(event):
            return Verification(checked, f"{event.stream}#{event.position}")
        previous = event.digest
        checked += 1
    return Verification(checked, None)


def _in_order() -> Iterator[Event]:
    return Event.objects.order_by("stream", "position").iterator(chunk_size=2000)


def history(stream: str) -> models.QuerySet[Event]:
    """The events of a stream, newest first."""
    return Event.objects.filter(stream=stream).order_by("-position")
