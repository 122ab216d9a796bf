"""The API of campaigns and their stages."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.briefs.models import Campaign
from campaigns.briefs.states import Stage as Stages
from campaigns.codesign.queries import campaigns_of
from campaigns.lifecycle import actions, queries
from config.identity.models import User
from config.kernel.rest import CampaignView, taken


class BlockerOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    sentence = serializers.CharField()
    waits_for = serializers.CharField()


class CampaignOut(serializers.ModelSerializer[Campaign]):
    id = serializers.CharField(source="public_id", help_text="The public id.")
    brand = serializers.CharField(source="brand.name")
    agency = serializers.CharField(source="agency.name")

    class Meta:
        model = Campaign
        fields = [
            "id",
            "title",
            "language",
            "jurisdictions",
            "currency",
            "brand",
            "agency",
            "stage",
        ]


class OneCampaignOut(serializers.Serializer[Any]):
    campaign = CampaignOut()
    next_stage = serializers.CharField(allow_null=True)
    blockers = BlockerOut(many=True, help_text="What is missing before the next stage.")


class StageIn(serializers.Serializer[Any]):
    to = serializers.ChoiceField(choices=[s for s in Stages.choices if s[0] != Stages.DRAFT])


class ByAge(CursorPagination):
    ordering = "-pk"


class Campaigns(APIView):
    @extend_schema(responses=CampaignOut(many=True))
    def get(self, request: Request) -> Response:
        """The campaigns you belong to, newest first, fifty a page."""
        pages = ByAge()
        found = pages.paginate_queryset(campaigns_of(cast(User, request.user)), request, self)
        return pages.get_paginated_response(CampaignOut(found, many=True).data)


class OneCampaign(CampaignView):
    @extend_schema(responses=OneCampaignOut)
    def get(self, request: Request, campaign: str) -> Response:
        """A campaign, its stage, and what is missing before the next."""
        return Response(_out(self.campaign))


class Stage(CampaignView):
    @extend_schema(request=StageIn, responses=OneCampaignOut)
    def post(self, request: Request, campaign: str) -> Response:
        """Move the campaign to its next stage, or call it off."""
        to = taken(StageIn, request)["to"]
        if to == Stages.CANCELLED:
            moved = actions.cancel(campaign_id=self.campaign.pk, by=self.by)
        else:
            moved = actions.advance(campaign_id=self.campaign.pk, by=self.by, to=to)
        return Response(_out(moved))


def _out(campaign: Campaign) -> dict[str, Any]:
    return {
        "campaign": CampaignOut(campaign).data,
        "next_stage": queries.NEXT.get(campaign.stage),
        "blockers": [
            {
                "code": each.code,
                "sentence": str(each.sentence),
                "waits_for": each.waits_for,
            }
            for each in queries.blockers(campaign)
        ],
    }
