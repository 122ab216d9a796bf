"""The API of briefs."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.briefs import actions
from campaigns.briefs.models import MOST_MINOR, Brief, LineKind
from campaigns.briefs.values import Answers, Line
from campaigns.quality.material import LONGEST_LIST
from campaigns.quality.states import Kind
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


class MaterialIn(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(
        choices=[Kind.POST, Kind.COMMENT, Kind.LINK, Kind.TERMS, Kind.SERIES, Kind.VOTES],
        help_text="comment: one, or a list as JSON lines; series: a table; votes: JSON lines.",
    )
    words = serializers.CharField(max_length=LONGEST_LIST)
    language = serializers.ChoiceField(
        choices=settings.LANGUAGES,
        required=False,
        help_text="The campaign's, where it is not said.",
    )


class MaterialOut(serializers.Serializer[Any]):
    submission = serializers.IntegerField(help_text="Its check is at checks/<submission>/.")
    kind = serializers.CharField()
    handed_in_at = serializers.DateTimeField()


class HandInMaterial(CampaignView):
    @extend_schema(request=MaterialIn, responses={201: MaterialOut})
    def post(self, request: Request, campaign: str) -> Response:
        """Hand in words, figures, comments or votes on the draft; their check is queued."""
        made = actions.hand_in(
            campaign_id=self.campaign.pk, by=self.by, **taken(MaterialIn, request)
        )
        body = {
            "submission": made.submission_id,
            "kind": made.submission.kind,
            "handed_in_at": made.handed_in_at,
        }
        return Response(MaterialOut(body).data, status=201)


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
