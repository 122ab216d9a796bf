"""The API of co-design."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.codesign import actions
from campaigns.codesign.models import Clearance, Mechanic, Participant, Position
from campaigns.codesign.states import Stance
from config.kernel.rest import CampaignView, taken

LONGEST = 20_000


class AnswerIn(serializers.Serializer[Any]):
    joins = serializers.BooleanField(help_text="true: I take part; false: no, thank you.")


class ParticipantOut(serializers.ModelSerializer[Participant]):
    class Meta:
        model = Participant
        fields = ["id", "status", "invited_at", "joined_at"]


class MechanicIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST)
    note = serializers.CharField(max_length=500, allow_blank=True, default="")
    answers = serializers.IntegerField(
        allow_null=True, default=None, min_value=1, help_text="The objection this answers, if any."
    )
    replaces = serializers.IntegerField(
        allow_null=True,
        default=None,
        min_value=0,
        help_text="The number of the version that was read; refused when a newer one exists.",
    )


class MechanicOut(serializers.ModelSerializer[Mechanic]):
    class Meta:
        model = Mechanic
        fields = ["number", "text", "note", "proposed_at"]


class PositionIn(serializers.Serializer[Any]):
    mechanic = serializers.IntegerField(min_value=1, help_text="The version's number, as read.")
    stance = serializers.ChoiceField(choices=Stance.choices)
    reason = serializers.CharField(
        max_length=4000, allow_blank=True, default="", help_text="Needed for an objection."
    )


class PositionOut(serializers.ModelSerializer[Position]):
    class Meta:
        model = Position
        fields = ["id", "stance", "reason", "taken_at"]


class ClearanceOut(serializers.ModelSerializer[Clearance]):
    class Meta:
        model = Clearance
        fields = ["id", "cleared_at"]


class AnswerInvitation(CampaignView):
    @extend_schema(request=AnswerIn, responses=ParticipantOut)
    def post(self, request: Request, campaign: str) -> Response:
        """Say yes or no to the invitation you were sent."""
        given = taken(AnswerIn, request)
        participant = actions.answer_invitation(
            campaign_id=self.campaign.pk, by=self.by, joins=given["joins"]
        )
        return Response(ParticipantOut(participant).data)


class ProposeMechanic(CampaignView):
    @extend_schema(request=MechanicIn, responses={201: MechanicOut})
    def post(self, request: Request, campaign: str) -> Response:
        """Put a new version of the mechanic on the table; its quality check is queued."""
        given = taken(MechanicIn, request)
        mechanic = actions.propose_mechanic(
            campaign_id=self.campaign.pk,
            by=self.by,
            text=given["text"],
            note=given["note"],
            answers_id=given["answers"],
            replaces=given["replaces"],
        )
        return Response(MechanicOut(mechanic).data, status=201)


class TakePosition(CampaignView):
    @extend_schema(request=PositionIn, responses={201: PositionOut})
    def post(self, request: Request, campaign: str) -> Response:
        """Say where you stand on the newest version."""
        given = taken(PositionIn, request)
        position = actions.take_position(campaign_id=self.campaign.pk, by=self.by, **given)
        return Response(PositionOut(position).data, status=201)


class ClearObjection(CampaignView):
    @extend_schema(request=None, responses={201: ClearanceOut})
    def post(self, request: Request, campaign: str, objection: int) -> Response:
        """Say that your own objection is answered."""
        clearance = actions.clear_objection(
            campaign_id=self.campaign.pk, by=self.by, objection_id=objection
        )
        return Response(ClearanceOut(clearance).data, status=201)
