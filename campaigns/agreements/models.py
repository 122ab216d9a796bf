"""Terms negotiated in one grid: numbered, immutable rounds, accepted by digest by both sides."""

from typing import ClassVar

import pgtrigger
from django.db import models

from campaigns.agreements.states import AGREEMENT_MOVES, AgreementStatus, Side
from campaigns.agreements.values import Terms
from config.kernel.fields import PUBLIC_ID_LENGTH, public_id
from config.kernel.models import AppendOnly
from config.kernel.moves import Moves, Moving, pairs


class Agreement(Moving, models.Model):
    """Between the payers and one participant. `agreed_round` holds the terms that bind."""

    MOVES: ClassVar[Moves] = AGREEMENT_MOVES

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, default=public_id, unique=True, editable=False
    )
    campaign = models.ForeignKey(
        "briefs.Campaign", on_delete=models.PROTECT, related_name="agreements"
    )
    participant = models.OneToOneField(
        "codesign.Participant", on_delete=models.PROTECT, related_name="agreement"
    )
    status = models.CharField(
        max_length=12, choices=AgreementStatus.choices, default=AgreementStatus.NEGOTIATING
    )
    agreed_round = models.OneToOneField(
        "OfferRound", on_delete=models.PROTECT, null=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    status="agreed", agreed_at__isnull=False, agreed_round__isnull=False
                )
                | ~models.Q(status="agreed")
                & models.Q(agreed_at__isnull=True, agreed_round__isnull=True),
                name="agreement_agreed_iff_dated",
            )
        ]
        triggers = [
            pgtrigger.FSM(
                name="agreement_status_moves", field="status", transitions=pairs(AGREEMENT_MOVES)
            )
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def stream(self) -> str:
        return self.campaign.stream


class OfferRound(AppendOnly):
    """One side's complete proposal. The newest is the one on the table."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveIntegerField()
    side = models.CharField(max_length=10, choices=Side.choices)
    offered_by = models.ForeignKey("identity.User", on_delete=models.PROTECT)
    terms = models.JSONField()  # values.Terms.as_json()
    note = models.TextField(blank=True)
    submission = models.OneToOneField("quality.Submission", on_delete=models.PROTECT)
    offered_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="offer_number_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def as_terms(self) -> Terms:
        return Terms.from_json(self.terms)


class Acceptance(AppendOnly):
    """One side's yes to one round, with the digest of terms and split as they were shown."""

    round = models.ForeignKey(OfferRound, on_delete=models.PROTECT, related_name="acceptances")
    side = models.CharField(max_length=10, choices=Side.choices)
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT)
    terms_digest = models.CharField(max_length=64)
    split = models.JSONField()  # values.Split.as_json(): what each saw before saying yes
    accepted_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["round", "side", "terms_digest"], name="acceptance_once_a_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.round_id}"


class Deliverable(models.Model):
    """A piece of work the agreed terms name."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="deliverables")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="deliverable_number_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Fulfilment(AppendOnly):
    """The publication that fulfils a deliverable."""

    deliverable = models.OneToOneField(
        Deliverable, on_delete=models.PROTECT, related_name="fulfilment"
    )
    publication = models.OneToOneField("disclosures.Publication", on_delete=models.PROTECT)
    registered_by = models.ForeignKey("identity.User", on_delete=models.PROTECT)
    registered_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return str(self.deliverable_id)


class FeedWatch(models.Model):
    """A piece of work that will appear in a blog's feed; found there, it registers itself."""

    deliverable = models.OneToOneField(
        Deliverable, on_delete=models.PROTECT, related_name="feed_watch"
    )
    feed = models.OneToOneField("disclosures.Feed", on_delete=models.PROTECT)
    asked_by = models.ForeignKey("identity.User", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return str(self.feed_id)


class PostCheck(models.Model):
    """The quality check of a publication's words as one snapshot found them."""

    fulfilment = models.ForeignKey(Fulfilment, on_delete=models.PROTECT, related_name="post_checks")
    snapshot = models.OneToOneField("disclosures.Snapshot", on_delete=models.PROTECT)
    submission = models.OneToOneField("quality.Submission", on_delete=models.PROTECT)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.submission_id)
