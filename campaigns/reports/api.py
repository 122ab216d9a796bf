"""The API of reports."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.reports import actions, queries
from campaigns.reports.models import ReportVersion
from config.kernel.rest import CampaignView


class ReportVersionOut(serializers.ModelSerializer[ReportVersion]):
    class Meta:
        model = ReportVersion
        fields = ["number", "digest", "signature", "at"]


class Report(CampaignView):
    @extend_schema(responses=serializers.JSONField)
    def get(self, request: Request, campaign: str) -> Response:
        """The report as it stands now."""
        return Response(queries.report_of(self.campaign))

    @extend_schema(request=None, responses={201: ReportVersionOut})
    def post(self, request: Request, campaign: str) -> Response:
        """Publish the report as its next signed version."""
        made = actions.publish(campaign_id=self.campaign.pk, by=self.by)
        return Response(ReportVersionOut(made).data, status=201)
