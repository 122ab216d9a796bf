from django.contrib import admin

from config.kernel.admin import ReadOnly
from influencers.models import AudienceEvidence, Channel, ChannelDay, Influencer, RosterEntry


@admin.register(Influencer)
class InfluencerAdmin(ReadOnly):
    list_display = ("name", "user", "created_at")
    search_fields = ("name", "user__email")


@admin.register(Channel)
class ChannelAdmin(ReadOnly):
    list_display = ("name", "platform", "url", "influencer")
    list_filter = ("platform",)
    search_fields = ("name", "url")


@admin.register(AudienceEvidence)
class AudienceEvidenceAdmin(ReadOnly):
    list_display = ("channel", "readers_monthly", "shown_on")


@admin.register(ChannelDay)
class ChannelDayAdmin(ReadOnly):
    list_display = ("channel", "day", "followers", "event")


@admin.register(RosterEntry)
class RosterEntryAdmin(ReadOnly):
    list_display = ("organisation", "influencer", "added_at")
    list_filter = ("organisation",)
