"""What the administration may show: rows of rooms are read there, and changed by their actions."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from config.kernel.models import Event

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin  # takes no type while it runs


class ReadOnly(ModelAdmin):
    """Every field can be read and none written."""

    def has_add_permission(self, request: HttpRequest, *_: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, *_: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, *_: Any) -> bool:
        return False


@admin.register(Event)
class EventAdmin(ReadOnly):
    list_display = ("at", "stream", "position", "kind", "actor_id")
    list_filter = ("kind",)
    search_fields = ("stream",)
    ordering = ("-pk",)
