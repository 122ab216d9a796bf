"""Tracked links, the clicks on them, and what was judged of those clicks.

Clicks say whether readers came; they pay nobody. A judging is a job whose row comes first. Its
accounts are written once, in the transaction that finishes it, and nothing changes them later.
"""

from typing import ClassVar

import pgtrigger
from django.db import models

from campaigns.links.states import JUDGING_MOVES, JudgingStatus, Verdict, WordKind
from campaigns.links.values import MOST_AGENT, MOST_HOST, MOST_TAG
from config.kernel.fields import PUBLIC_ID_LENGTH, public_id
from config.kernel.models import AppendOnly
from config.kernel.moves import Moves, Moving, pairs

MOST_WORDS = 4_000  # characters of one reply or word


class TrackedLink(models.Model):
    """The one link of a publication; `code` is what readers see: /l/<code>."""

    code = models.CharField(
        max_length=PUBLIC_ID_LENGTH, default=public_id, unique=True, editable=False
    )
    publication = models.OneToOneField(
        "disclosures.Publication", on_delete=models.PROTECT, related_name="tracked_link"
    )
    target_url = models.URLField(max_length=500)
    made_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target_url__regex="^https?://[^/]"),
                name="link_target_is_on_the_web",
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        return f"link/{self.code}"


class Click(AppendOnly):
    """One visit. network: /24, or /48 of IPv6; visitor: keyed by the day; referer: its host.

    language: the first tag of Accept-Language, such as "it" or "fr-ca". country (ISO 3166-1) and
    asn (number of the network's operator) come from the operator's files, "" and null without.
    """

    link = models.ForeignKey(
        TrackedLink, on_delete=models.PROTECT, related_name="clicks", db_index=False
    )
    at = models.DateTimeField()
    network = models.CharField(max_length=43)
    visitor = models.CharField(max_length=32)
    user_agent = models.CharField(max_length=MOST_AGENT, blank=True)
    referer_host = models.CharField(max_length=MOST_HOST, blank=True)
    language = models.CharField(max_length=MOST_TAG, blank=True, default="", db_default="")
    country = models.CharField(max_length=2, blank=True)
    asn = models.BigIntegerField(null=True)

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["link", "at"], name="click_by_time")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.at}"


class Judging(Moving, models.Model):
    """One judging of a campaign's clicks, or of clicks handed in as material. A row first.

    until: clicks up to this moment were judged. rule_set: of the engine. sources: what the engine
    was told of each link (audience, posts, incited spans). digest: SHA-256 over every verdict in
    the order of the clicks. From clicks, which never change, up to `until`, these sources and this
    rule set the same verdicts follow again, so they are not kept one by one.
    """

    MOVES: ClassVar[Moves] = JUDGING_MOVES

    campaign = models.ForeignKey(
        "briefs.Campaign", on_delete=models.PROTECT, related_name="judgings"
    )
    submission = models.ForeignKey(
        "quality.Submission", on_delete=models.PROTECT, null=True, related_name="judgings"
    )
    status = models.CharField(
        max_length=10, choices=JudgingStatus.choices, default=JudgingStatus.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=200, blank=True)
    rule_set = models.CharField(max_length=40, blank=True)
    sources = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    until = models.DateTimeField(null=True)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["queued_at"],
                name="judging_open",
                condition=models.Q(status__in=["queued", "running"]),
            ),
            models.Index(fields=["campaign", "-id"], name="judging_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "submission"],
                condition=models.Q(status="queued"),
                nulls_distinct=False,
                name="judging_queued_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="finished")
                | models.Q(finished_at__isnull=False, until__isnull=False)
                & ~models.Q(rule_set="")
                & ~models.Q(digest=""),
                name="judging_finished_is_dated_and_says_its_rules",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="failed") | ~models.Q(failure=""),
                name="judging_failed_says_why",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="judging_status_moves", field="status", transitions=pairs(JUDGING_MOVES)
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.status}"

    @property
    def stream(self) -> str:
        """Its own, so that hourly judgings don't crowd the campaign's history."""
        return f"clicks/{self.campaign.public_id}"


class Counts(AppendOnly):
    """raw = unique + duplicates; unique = counted + excluded, by reason: {"click.crawler": 3}."""

    raw = models.PositiveBigIntegerField()
    unique = models.PositiveBigIntegerField()
    counted = models.PositiveBigIntegerField()
    excluded = models.JSONField(default=dict)

    class Meta(AppendOnly.Meta):
        abstract = True


class CreatorAccount(Counts):
    """What one judging says of one creator's clicks, with the evidence in figures.

    participant: null for material, whose links name people by a word of their own (`name`).
    """

    judging = models.ForeignKey(Judging, on_delete=models.PROTECT, related_name="creators")
    participant = models.ForeignKey(
        "codesign.Participant", on_delete=models.PROTECT, null=True, related_name="click_accounts"
    )
    name = models.CharField(max_length=100, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    evidence = models.JSONField(default=list)

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict__in=Verdict.values), name="account_verdict_is_known"
            ),
            models.UniqueConstraint(
                fields=["judging", "participant", "name"],
                nulls_distinct=False,
                name="account_once_a_creator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.judging_id} {self.participant_id or self.name}"


class LinkAccount(Counts):
    """The same of one link. days: {"2026-03-10": {"counted": 5, "duplicate": 1, reason: n}}."""

    judging = models.ForeignKey(Judging, on_delete=models.PROTECT, related_name="links")
    creator = models.ForeignKey(CreatorAccount, on_delete=models.PROTECT, related_name="links")
    link = models.ForeignKey(
        TrackedLink, on_delete=models.PROTECT, null=True, related_name="accounts"
    )
    name = models.CharField(max_length=100, blank=True)
    days = models.JSONField(default=dict)

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["judging", "link", "name"],
                nulls_distinct=False,
                name="account_once_a_link",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.judging_id} {self.link_id or self.name}"


class Reply(AppendOnly):
    """What a creator answers to the account of their clicks; the newest stands first."""

    account = models.ForeignKey(CreatorAccount, on_delete=models.PROTECT, related_name="replies")
    participant = models.ForeignKey(
        "codesign.Participant", on_delete=models.PROTECT, related_name="click_replies"
    )
    text = models.TextField()
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(text__regex=r"\S"), name="reply_says_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.at}"


class Word(AppendOnly):
    """What agency or reviewer says of a creator's clicks, with a reason; the newest stands."""

    account = models.ForeignKey(CreatorAccount, on_delete=models.PROTECT, related_name="words")
    participant = models.ForeignKey(
        "codesign.Participant", on_delete=models.PROTECT, related_name="click_words"
    )
    kind = models.CharField(max_length=10, choices=WordKind.choices)
    reason = models.TextField()
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=WordKind.values), name="word_kind_is_known"
            ),
            models.CheckConstraint(condition=models.Q(reason__regex=r"\S"), name="word_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.participant_id}"
