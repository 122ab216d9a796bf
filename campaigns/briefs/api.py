"""The API of briefs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.briefs import actions
from campaigns.briefs.models import MOST_MINOR, Brief, LineKind
from campaigns.briefs.values import Answers, Line
from config.kernel.rest import CampaignView, taken

LONGEST = 5_000


class LineIn(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=LineKind.choices)
    label = serializers.CharField(max_length=120)  # type: ignore[assignment]
    amount_minor = serializers.IntegerField(min_value=1, max_value=MOST_MINOR)


class BriefIn(serializers.Serializer[Any]):
    to_whom = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    what = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    why = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    how = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    not_wanted = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    if_it_goes_wrong = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    lines = serializers.ListField(child=LineIn(), default=list, max_length=actions.MOST_LINES)
    floor_hourly_minor = serializers.IntegerField(
        min_value=1,
        max_value=MOST_MINOR,
        allow_null=True,
        default=None,
        help_text="Minor units an hour; null takes the jurisdictions' statutory floor, if any.",
    )


class BriefOut(serializers.ModelSerializer[Brief]):
    class Meta:
        model = Brief
        fields = ["number", "written_at", "floor_hourly_minor", "floor_source"]


class WriteBrief(CampaignView):
    @extend_schema(request=BriefIn, responses={201: BriefOut})
    def post(self, request: Request, campaign: str) -> Response:
        """Write the next version of the brief; its quality check is queued."""
        given = taken(BriefIn, request)
        lines = [Line(**line) for line in given.pop("lines")]
        floor = given.pop("floor_hourly_minor")
        brief = actions.write_brief(
            campaign_id=self.campaign.pk,
            by=self.by,
            answers=Answers(**given),
            lines=lines,
            floor_hourly_minor=floor,
        )
        return Response(BriefOut(brief).data, status=201)
