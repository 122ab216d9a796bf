"""Co-design by consent: who is invited, the versions of the mechanic, where each stands on them."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from campaigns.codesign.states import PARTICIPANT_MOVES, ParticipantStatus, Stance
from config.kernel.models import APPEND_ONLY, AppendOnly
from config.kernel.moves import Moves, Moving, pairs

models.TextField.register_lookup(Length)


class Participant(Moving, models.Model):
    """An influencer's place in a campaign, from the invitation on."""

    MOVES: ClassVar[Moves] = PARTICIPANT_MOVES

    campaign = models.ForeignKey(
        "briefs.Campaign", on_delete=models.PROTECT, related_name="participants"
    )
    influencer = models.ForeignKey(
        "influencers.Influencer", on_delete=models.PROTECT, related_name="participations"
    )
    status = models.CharField(
        max_length=10, choices=ParticipantStatus.choices, default=ParticipantStatus.INVITED
    )
    invited_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "influencer"], name="participant_once_a_campaign"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["joined", "left"], joined_at__isnull=False)
                | models.Q(status__in=["invited", "declined"], joined_at__isnull=True),
                name="participant_joined_iff_dated",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="participant_status_moves",
                field="status",
                transitions=pairs(PARTICIPANT_MOVES),
            )
        ]

    def __str__(self) -> str:
        return str(self.influencer)


class Invitation(AppendOnly):
    """Written to one person. `text_digest` finds the same words sent to many."""

    participant = models.OneToOneField(
        Participant, on_delete=models.PROTECT, related_name="invitation"
    )
    why_you = models.TextField(_("Why you"))
    who_knows_you = models.TextField(_("Who knows you"))
    what_is_asked = models.TextField(_("What is asked"))
    what_is_paid = models.TextField(_("What is paid"))
    how_to_say_no = models.TextField(_("How to say no"))
    text_digest = models.CharField(max_length=64, db_index=True)
    sent_by = models.ForeignKey("identity.User", on_delete=models.PROTECT)
    sent_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return str(self.participant_id)


class Mechanic(AppendOnly):
    """One version of how the campaign is done. An amendment is a new version."""

    campaign = models.ForeignKey(
        "briefs.Campaign", on_delete=models.PROTECT, related_name="mechanics"
    )
    number = models.PositiveIntegerField()
    text = models.TextField()
    note = models.CharField(max_length=500, blank=True)
    answers = models.ForeignKey(
        "Position", on_delete=models.PROTECT, null=True, related_name="answered_by"
    )
    submission = models.OneToOneField("quality.Submission", on_delete=models.PROTECT)
    proposed_by = models.ForeignKey("identity.User", on_delete=models.PROTECT)
    proposed_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="mechanic_number_once"),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"


class Round(models.Model):
    """One ask about one version, with one deadline and the quorum its consents must meet."""

    mechanic = models.OneToOneField(Mechanic, on_delete=models.PROTECT, related_name="round")
    ask = models.CharField(max_length=300)
    deadline = models.DateTimeField()
    quorum_bps = models.PositiveIntegerField(default=5000)
    opened_by = models.ForeignKey("identity.User", on_delete=models.PROTECT)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quorum_bps__gte=1, quorum_bps__lte=10_000),
                name="round_quorum_is_a_share",
            ),
            models.CheckConstraint(
                condition=models.Q(deadline__gt=models.F("opened_at")),
                name="round_deadline_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.ask


class Position(AppendOnly):
    """Where a participant stands on a version; the newest counts. An objection says why."""

    mechanic = models.ForeignKey(Mechanic, on_delete=models.PROTECT, related_name="positions")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="positions")
    stance = models.CharField(max_length=12, choices=Stance.choices)
    reason = models.TextField(blank=True)
    taken_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["mechanic", "participant", "-id"], name="position_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stance__in=Stance.values), name="position_stance_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(stance="objection") | models.Q(reason__regex=r"\S"),
                name="position_objection_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.stance


class Clearance(AppendOnly):
    """The author of an objection says it is answered. Nobody else can."""

    objection = models.OneToOneField(Position, on_delete=models.PROTECT, related_name="clearance")
    by = models.ForeignKey(Participant, on_delete=models.PROTECT)
    on = models.ForeignKey(Mechanic, on_delete=models.PROTECT)
    cleared_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        triggers = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="clearance_by_its_author",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=pgtrigger.Func("""
                    IF NOT EXISTS (
                        SELECT 1 FROM codesign_position
                        WHERE id = NEW.objection_id AND stance = 'objection'
                          AND participant_id = NEW.by_id
                    ) THEN
                        RAISE EXCEPTION 'only its author clears objection %', NEW.objection_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """),
            ),
        ]

    def __str__(self) -> str:
        return str(self.objection_id)


class Comment(models.Model):
    """A word in the discussion of a version."""

    mechanic = models.ForeignKey(Mechanic, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey("identity.User", on_delete=models.PROTECT)
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)
