from django.contrib import admin

from campaigns.briefs.models import Brief, BudgetLine, Campaign, Material
from config.kernel.admin import ReadOnly


@admin.register(Campaign)
class CampaignAdmin(ReadOnly):
    """A campaign is changed by its rooms; its stage only by the lifecycle."""

    list_display = ("title", "brand", "agency", "stage", "created_at")
    list_filter = ("stage",)
    search_fields = ("title", "public_id")


@admin.register(Brief)
class BriefAdmin(ReadOnly):
    list_display = ("campaign", "number", "written_by", "written_at")


@admin.register(BudgetLine)
class BudgetLineAdmin(ReadOnly):
    list_display = ("brief", "position", "kind", "label", "amount_minor")
    list_filter = ("kind",)


@admin.register(Material)
class MaterialAdmin(ReadOnly):
    list_display = ("campaign", "submission", "handed_in_by", "handed_in_at")
