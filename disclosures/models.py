"""Publications, the looks taken at them, what was seen and what was found. Knows no campaign."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from config.kernel.fields import PUBLIC_ID_LENGTH, public_id
from config.kernel.models import AppendOnly
from config.kernel.moves import Moves, Moving, pairs
from disclosures.schedule import TERM_MONTHS
from disclosures.states import (
    FINDING_MOVES,
    LOOK_MOVES,
    FindingKind,
    FindingStatus,
    LookStatus,
    ProofLevel,
)


class Publication(models.Model):
    """A post at its address, with what its disclosure is judged by."""

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, default=public_id, unique=True, editable=False
    )
    url = models.URLField(max_length=500)
    platform = models.CharField(max_length=12)
    format = models.CharField(max_length=12, default="post")
    relationship = models.CharField(max_length=12)
    jurisdictions = ArrayField(models.CharField(max_length=2))
    language = models.CharField(max_length=5)
    brand_name = models.CharField(max_length=120)
    published_on = models.DateField()
    registered_by_id = models.BigIntegerField()
    registered_at = models.DateTimeField()
    watched_months = models.PositiveSmallIntegerField(default=TERM_MONTHS)
    next_look_at = models.DateTimeField(null=True, default=timezone.now)  # None: no more
    # What the site called the page as the newest snapshot has it (RFC 9110, 8.8).
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["next_look_at"],
                name="publication_due",
                condition=models.Q(next_look_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def stream(self) -> str:
        return f"publication/{self.public_id}"


class Feed(models.Model):
    """A blog's feed that is read until a new post in it speaks of the brand.

    since: entries of earlier days are old. next_read_at: none once it has ended. reason: why the
    last reading failed or what it found was refused, empty where neither.
    """

    url = models.URLField(max_length=500)
    brand_name = models.CharField(max_length=120)
    since = models.DateField()
    registered_by_id = models.BigIntegerField()
    registered_at = models.DateTimeField()
    next_read_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=60, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.url

    @property
    def stream(self) -> str:
        return f"feed/{self.pk}"


class FeedEntry(models.Model):
    """A new post a feed told of, which speaks of the brand."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="entries")
    url = models.URLField(max_length=500)
    published_on = models.DateField()
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["feed", "url"], name="feed_tells_of_a_post_once")
        ]

    def __str__(self) -> str:
        return self.url


class Look(Moving, models.Model):
    """A fetch of a publication's page that is owed, under way or done."""

    MOVES: ClassVar[Moves] = LOOK_MOVES

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="looks")
    status = models.CharField(max_length=10, choices=LookStatus.choices, default=LookStatus.QUEUED)
    asked_by_id = models.BigIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()  # to come, where it is another try
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    unchanged_since = models.ForeignKey(  # the site said so, and sent no page (304)
        "Snapshot", on_delete=models.PROTECT, related_name="later_looks", null=True
    )

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["queued_at"],
                name="look_open",
                condition=models.Q(status__in=["queued", "running"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="done", finished_at__isnull=False)
                | ~models.Q(status="done") & models.Q(finished_at__isnull=True),
                name="look_done_iff_dated",
            )
        ]
        triggers = [
            pgtrigger.FSM(name="look_status_moves", field="status", transitions=pairs(LOOK_MOVES))
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.status}"

    @property
    def reading(self) -> "Snapshot | None":
        """What was read: its own snapshot, or the earlier one that still holds; None if nothing."""
        return getattr(self, "snapshot", None) or self.unchanged_since

    @property
    def content(self) -> "SnapshotContent | AttestationContent | None":
        """The words that were judged; None once they are erased, or where there were none."""
        source = self.reading or getattr(self, "attestation", None)
        return getattr(source, "content", None)


class Snapshot(AppendOnly):
    """That a page was fetched whole, and the salted digest of what it held."""

    look = models.OneToOneField(Look, on_delete=models.PROTECT, related_name="snapshot")
    final_url = models.CharField(max_length=2000)
    status_code = models.PositiveSmallIntegerField()
    digest = models.CharField(
        max_length=64
    )  # SHA-256(salt || archive), of the oldest (salt || body)
    taken_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.digest

    @property
    def text(self) -> str:
        """The words a reader meets first; empty once erased."""
        content = SnapshotContent.objects.filter(snapshot=self).first()
        return content.text if content else ""


class SnapshotContent(models.Model):
    """What the page held: its writer's words, removable with their salt."""

    snapshot = models.OneToOneField(
        Snapshot, on_delete=models.PROTECT, primary_key=True, related_name="content"
    )
    salt = models.BinaryField(max_length=32)
    archive = models.BinaryField(default=b"")  # archives.py: every answer, gzipped WARC
    payloads = ArrayField(models.CharField(max_length=64), default=list)  # bodies it holds itself
    body = models.BinaryField(null=True)  # zlib; only of pages kept before there were archives
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    parts = models.JSONField(default=dict)  # by place, what stands on the page beside the text
    links = models.JSONField(default=list)  # where the post's links lead
    told = models.JSONField(default=dict)  # channels.values.Told: dates, links, earlier versions

    def __str__(self) -> str:
        return str(self.snapshot_id)

    def words_at(self, place: str) -> str:
        """The text in which the offsets of a check at this place count."""
        return self.text if place == "text" else str(self.parts.get(place, ""))


class Attestation(AppendOnly):
    """That a person says what a post tells its readers, and the salted digest of what they gave.

    Its look is theirs (`asked_by_id`) and fetched nothing.
    """

    look = models.OneToOneField(Look, on_delete=models.PROTECT, related_name="attestation")
    seen_on = models.DateField()
    digest = models.CharField(max_length=64)  # attesting.digest_of
    attested_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.digest


class AttestationContent(models.Model):
    """What the person copied from the post and the picture they took: removable with the salt."""

    attestation = models.OneToOneField(
        Attestation, on_delete=models.PROTECT, primary_key=True, related_name="content"
    )
    salt = models.BinaryField(max_length=32)
    text = models.TextField()
    platform_label = models.CharField(max_length=200, blank=True)  # what the platform adds
    picture = models.BinaryField()  # as it was given
    media_type = models.CharField(max_length=20)

    def __str__(self) -> str:
        return str(self.attestation_id)

    def words_at(self, place: str) -> str:
        """The text in which the offsets of a check at this place count."""
        return self.platform_label if place == "platform_label" else self.text


class CheckManager(models.Manager["DisclosureCheck"]):
    """Checks come with what was read, since their quoted words lie there."""

    def get_queryset(self) -> models.QuerySet["DisclosureCheck"]:
        read = ("look__snapshot__content", "look__unchanged_since__content")
        attested = "look__attestation__content"
        rows = super().get_queryset().select_related(*read, attested)
        unquoted = ("archive", "body", "links", "told")
        large = [f"{each}__{part}" for each in read for part in unquoted]
        return rows.defer(*large, f"{attested}__picture")


class DisclosureCheck(AppendOnly):
    """What one look found by the rules of one jurisdiction.

    verdict: sufficient, insufficient, missing, misplaced, wrong_language, or not_verifiable with
    its reason. start, end: code points in `place` as it was read: the row holds figures, the
    words themselves lie in the snapshot's content.
    """

    look = models.ForeignKey(Look, on_delete=models.PROTECT, related_name="checks")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="checks")
    jurisdiction = models.CharField(max_length=2)
    verdict = models.CharField(max_length=16)
    conformity = models.CharField(max_length=16, blank=True)
    rule = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=200, blank=True)
    verified = models.BooleanField(default=False)
    place = models.CharField(max_length=40, blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    proof_level = models.CharField(max_length=16, choices=ProofLevel.choices)
    reason = models.CharField(max_length=60, blank=True)
    checked_at = models.DateTimeField()

    objects = CheckManager()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["look", "jurisdiction"], name="check_once_a_look_and_jurisdiction"
            ),
            models.CheckConstraint(
                condition=models.Q(proof_level="not_verifiable")
                & models.Q(verdict="not_verifiable")
                & ~models.Q(reason="")
                | ~models.Q(proof_level="not_verifiable") & ~models.Q(verdict="not_verifiable"),
                name="check_not_verifiable_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.verdict

    @property
    def quote(self) -> str:
        """The words of the label as they stood on the page; empty once erased, or with none."""
        content = self.look.content
        if self.start is None or content is None:
            return ""
        return str(content.words_at(self.place)[self.start : self.end])


class Finding(Moving, models.Model):
    """What a look found wrong or changed, from then until it is put right.

    before: the reading it is compared with; none where a label was never in order. It counts only
    once its writer was told and a look after `reply_until` finds it still there.
    """

    MOVES: ClassVar[Moves] = FINDING_MOVES

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="findings")
    look = models.ForeignKey(Look, on_delete=models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=16, choices=FindingKind.choices)
    status = models.CharField(
        max_length=8, choices=FindingStatus.choices, default=FindingStatus.FOUND
    )
    before = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, related_name="findings_since", null=True
    )
    found_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    reply_until = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "kind"],
                name="finding_open_once_a_kind",
                condition=models.Q(status__in=["found", "told", "counted"]),
            ),
            models.CheckConstraint(
                condition=models.Q(told_at__isnull=True, reply_until__isnull=True)
                | models.Q(
                    told_at__isnull=False,
                    reply_until__isnull=False,
                    reply_until__gt=models.F("told_at"),
                ),
                name="finding_told_with_time_to_reply",
            ),
            models.CheckConstraint(
                condition=models.Q(counted_at__isnull=True)
                | models.Q(reply_until__isnull=False, counted_at__gte=models.F("reply_until")),
                name="finding_counts_only_after_the_reply",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="told") & ~models.Q(status="counted")
                | models.Q(status="told", told_at__isnull=False)
                | models.Q(status="counted", counted_at__isnull=False),
                name="finding_status_is_dated",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="finding_status_moves", field="status", transitions=pairs(FINDING_MOVES)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"
