from django.contrib import admin

from campaigns.codesign.models import (
    Clearance,
    Comment,
    Invitation,
    Mechanic,
    Participant,
    Position,
    Round,
)
from config.kernel.admin import ReadOnly


@admin.register(Participant)
class ParticipantAdmin(ReadOnly):
    list_display = ("influencer", "campaign", "status", "invited_at", "joined_at", "left_at")
    list_filter = ("status",)


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    list_display = ("participant", "sent_by", "sent_at")


@admin.register(Mechanic)
class MechanicAdmin(ReadOnly):
    list_display = ("campaign", "number", "proposed_by", "proposed_at")


@admin.register(Round)
class RoundAdmin(ReadOnly):
    list_display = ("mechanic", "deadline", "quorum_bps", "opened_by")


@admin.register(Position)
class PositionAdmin(ReadOnly):
    list_display = ("participant", "mechanic", "stance", "taken_at")
    list_filter = ("stance",)


@admin.register(Clearance)
class ClearanceAdmin(ReadOnly):
    list_display = ("objection", "by", "on", "cleared_at")


@admin.register(Comment)
class CommentAdmin(ReadOnly):
    list_display = ("author", "mechanic", "written_at")
