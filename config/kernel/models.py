"""The event log: what happened, in order, for each stream, so that nothing can be rewritten.

A stream is one subject's history, such as `campaign/k3m…`. Each event holds the digest of the one
before. Facts are ids, figures and salted digests: never names or words, so that erasing a person's
content leaves the chain whole.
"""

from typing import Any

import pgtrigger
from django.db import models

APPEND_ONLY: pgtrigger.Trigger = pgtrigger.Protect(
    name="append_only", operation=pgtrigger.Update | pgtrigger.Delete
)


class AppendOnly(models.Model):
    """A row that is written once. The database refuses changes, the application's role too."""

    class Meta:
        abstract = True
        triggers = [APPEND_ONLY]


class Event(AppendOnly):
    stream = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    actor_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    facts = models.JSONField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "position"], name="event_stream_has_one_event_a_position"
            ),
            models.CheckConstraint(
                condition=models.Q(position=1, previous="")
                | models.Q(position__gt=1) & ~models.Q(previous=""),
                name="event_first_has_no_previous",
            ),
        ]
        indexes = [models.Index(fields=["kind", "at"], name="event_kind_at")]

    def __str__(self) -> str:
        return f"{self.stream}#{self.position} {self.kind}"

    def content(self) -> dict[str, Any]:
        """What the digest is taken of."""
        return {
            "version": 1,
            "stream": self.stream,
            "position": self.position,
            "kind": self.kind,
            "subject": [self.subject_type, self.subject_id],
            "actor": self.actor_id,
            "at": self.at.isoformat(),
            "facts": self.facts,
            "previous": self.previous,
        }


class Pending(models.Model):
    """An event whose listeners have not been called yet; the sweep calls them if the commit's own
    call was lost."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True)

    def __str__(self) -> str:
        return str(self.event_id)
