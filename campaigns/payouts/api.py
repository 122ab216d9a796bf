"""The API of payouts."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.payouts import actions
from config.kernel.money import MOST_MINOR
from config.kernel.rest import CampaignView, taken


class FundingIn(serializers.Serializer[Any]):
    amount_minor = serializers.IntegerField(min_value=1, max_value=MOST_MINOR)
    currency = serializers.RegexField(r"^[A-Z]{3}$")
    statement = serializers.CharField(max_length=60, help_text="The bank statement's line.")
    received_on = serializers.DateField()
    key = serializers.CharField(
        max_length=60, help_text="Yours to choose: the same key twice records one funding."
    )


class FundingOut(serializers.Serializer[Any]):
    amount_minor = serializers.IntegerField()
    currency = serializers.CharField()
    received_on = serializers.DateField()


class RecordFunding(CampaignView):
    @extend_schema(request=FundingIn, responses={201: FundingOut})
    def post(self, request: Request, campaign: str) -> Response:
        """Record that the brand's money came in, with the bank statement's line."""
        given = taken(FundingIn, request)
        made = actions.record_funding(campaign_id=self.campaign.pk, by=self.by, **given)
        return Response(FundingOut(made).data, status=201)
