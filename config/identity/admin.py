from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from config.identity.models import ApiToken, Mail, Membership, Organisation, User
from config.kernel.admin import ModelAdmin, ReadOnly


@admin.register(User)
class UserAdmin(ModelAdmin):
    """People are brought in by `add_member` or an agency; here one opens or closes the door."""

    list_display = ("email", "name", "language", "is_reviewer", "is_staff", "is_active")
    list_filter = ("is_reviewer", "is_staff", "is_active")
    search_fields = ("email", "name")
    fields = ("email", "name", "language", "is_reviewer", "is_staff", "is_active", "last_login")
    readonly_fields = ("email", "name", "language", "is_reviewer", "last_login")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(ReadOnly):
    list_display = ("name", "kind", "created_at")
    list_filter = ("kind",)
    search_fields = ("name",)


@admin.register(Membership)
class MembershipAdmin(ReadOnly):
    list_display = ("user", "organisation", "role")
    list_filter = ("role",)


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnly):
    list_display = ("user", "name", "created_at", "last_used_on")
    fields = ("user", "name", "created_at", "last_used_on")


@admin.register(Mail)
class MailAdmin(ReadOnly):
    """Whether mails go out; what they say is between Patto and the person."""

    list_display = ("to", "status", "attempts", "created_at", "sent_at")
    list_filter = ("status",)
    fields = ("to", "status", "attempts", "created_at", "sent_at")
