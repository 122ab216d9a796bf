from django.contrib import admin

from campaigns.links.models import TrackedLink
from config.kernel.admin import ReadOnly


@admin.register(TrackedLink)
class TrackedLinkAdmin(ReadOnly):
    list_display = ("code", "publication", "target_url", "created_at")
