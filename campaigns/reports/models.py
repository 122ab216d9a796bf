"""What is said of a campaign afterwards: incidents, lessons, replies, and signed versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.reports.states import IncidentKind
from config.kernel.fields import PUBLIC_ID_LENGTH, public_id
from config.kernel.models import AppendOnly

MOST_WORDS = 5_000  # characters of one text


class Incident(models.Model):
    """Something that went wrong, and what agency or brand answered to it in the open."""

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, default=public_id, unique=True, editable=False
    )
    campaign = models.ForeignKey(
        "briefs.Campaign", on_delete=models.PROTECT, related_name="incidents"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=IncidentKind.choices)
    text = models.TextField(_("what happened"), max_length=MOST_WORDS)
    raised_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answer = models.TextField(_("answer"), null=True, max_length=MOST_WORDS)  # noqa: DJ001
    answered_by = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=IncidentKind.values), name="incident_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    answer__regex=r"\S", answered_by__isnull=False, answered_at__isnull=False
                )
                | models.Q(answer__isnull=True, answered_by__isnull=True, answered_at__isnull=True),
                name="incident_answered_iff_by_someone_and_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None


class Lesson(AppendOnly):
    """One version of "what went wrong". The newest counts."""

    campaign = models.ForeignKey(
        "briefs.Campaign", on_delete=models.PROTECT, related_name="lessons"
    )
    number = models.PositiveIntegerField()
    text = models.TextField()
    written_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="lesson_number_once"),
            models.CheckConstraint(
                condition=models.Q(text__regex=r"\S"), name="lesson_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"


class CreatorReply(AppendOnly):
    """A creator's own words in the report, or that they waive them. The newest counts."""

    participant = models.ForeignKey(
        "codesign.Participant", on_delete=models.PROTECT, related_name="replies"
    )
    campaign = models.ForeignKey(
        "briefs.Campaign", on_delete=models.PROTECT, related_name="replies"
    )
    text = models.TextField(blank=True)
    waived = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(waived=True, text="")
                | models.Q(waived=False, text__regex=r"\S"),
                name="reply_has_words_or_is_waived",
            )
        ]

    def __str__(self) -> str:
        return str(self.participant_id)


class ReportVersion(AppendOnly):
    """The whole report as it was published, with its digest and signature (see `signing`)."""

    campaign = models.ForeignKey(
        "briefs.Campaign", on_delete=models.PROTECT, related_name="report_versions"
    )
    number = models.PositiveIntegerField()
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=88)
    published_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="report_number_once"),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"


class ShareLink(models.Model):
    """An address that shows the newest published version to whoever has it, until revoked.

    Its token is shown once; only the SHA-256 is kept.
    """

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, default=public_id, unique=True, editable=False
    )
    campaign = models.ForeignKey(
        "briefs.Campaign", on_delete=models.PROTECT, related_name="share_links"
    )
    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=5)
    created_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True)
                | models.Q(revoked_at__gte=models.F("created_at")),
                name="share_link_revoked_after_it_was_made",
            )
        ]

    def __str__(self) -> str:
        return self.public_id
