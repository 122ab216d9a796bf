"""A campaign and the brief it starts from. Each change of the brief is a new version."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.briefs.states import STAGE_MOVES, Stage
from config.kernel.fields import PUBLIC_ID_LENGTH, public_id
from config.kernel.models import AppendOnly
from config.kernel.moves import Moves, Moving

MOST_MINOR = 10**12  # ten thousand million euro: past it somebody mistyped


class InvitationMode(models.TextChoices):
    ONE_BY_ONE = "one_by_one", _("One by one")
    OPEN_CALL = "open_call", _("By open call")


class Campaign(Moving, models.Model):
    """One brand, one agency, one currency; `stage` says how far it has come."""

    MOVES: ClassVar[Moves] = STAGE_MOVES
    STATUS: ClassVar[str] = "stage"

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, default=public_id, unique=True, editable=False
    )
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=5)
    jurisdictions = ArrayField(models.CharField(max_length=2), verbose_name=_("rules of"))
    currency = models.CharField(_("currency"), max_length=3)
    brand = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="campaigns_as_brand"
    )
    agency = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="campaigns_as_agency"
    )
    stage = models.CharField(
        max_length=12, choices=Stage.choices, default=Stage.DRAFT, editable=False
    )
    invitation_mode = models.CharField(
        max_length=12, choices=InvitationMode.choices, default=InvitationMode.ONE_BY_ONE
    )
    created_by = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, related_name="campaigns_created"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values), name="campaign_stage_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(currency__regex="^[A-Z]{3}$"), name="campaign_currency_is_iso"
            ),
            models.CheckConstraint(
                condition=models.Q(jurisdictions__len__gt=0),
                name="campaign_has_a_jurisdiction",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        return f"campaign/{self.public_id}"


class Brief(AppendOnly):
    """One version of what the brand asks. The newest decides."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="briefs")
    number = models.PositiveIntegerField()
    to_whom = models.TextField(_("To whom"), blank=True)
    what = models.TextField(_("What"), blank=True)
    why = models.TextField(_("Why"), blank=True)
    how = models.TextField(_("How"), blank=True)
    not_wanted = models.TextField(_("What is not wanted"), blank=True)
    if_it_goes_wrong = models.TextField(_("If it goes wrong"), blank=True)
    floor_hourly_minor = models.BigIntegerField(_("hourly floor"), null=True, blank=True)
    floor_source = models.CharField(max_length=200, blank=True)
    submission = models.OneToOneField("quality.Submission", on_delete=models.PROTECT)
    written_by = models.ForeignKey("identity.User", on_delete=models.PROTECT)
    written_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="brief_number_once"),
            models.CheckConstraint(
                condition=models.Q(floor_hourly_minor__isnull=True)
                | models.Q(floor_hourly_minor__gt=0, floor_hourly_minor__lte=MOST_MINOR),
                name="brief_floor_is_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"


class LineKind(models.TextChoices):
    CREATORS = "creators", _("Creators")
    AGENCY = "agency", _("Agency")
    COSTS = "costs", _("Costs")
    PLATFORM = "platform", _("Platform")
    TAX = "tax", _("Tax")
    BANK = "bank", _("Bank")


class BudgetLine(AppendOnly):
    """What the brief foresees for whom, in minor units of the campaign's currency."""

    brief = models.ForeignKey(Brief, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=LineKind.choices)
    label = models.CharField(max_length=120)
    amount_minor = models.BigIntegerField()

    class Meta(AppendOnly.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["brief", "position"], name="budget_line_position_once"),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0, amount_minor__lte=MOST_MINOR),
                name="budget_line_is_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Material(models.Model):
    """A post, comment, link or series handed in on the draft, checked before anything runs."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="materials")
    submission = models.OneToOneField("quality.Submission", on_delete=models.PROTECT)
    handed_in_by = models.ForeignKey("identity.User", on_delete=models.PROTECT)
    handed_in_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.submission_id)
