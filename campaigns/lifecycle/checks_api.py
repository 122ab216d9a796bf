"""The API of checks: the statement of reasons, the appeal, the retry; the reviewer's desk."""

from typing import Any, cast

from django.http import Http404
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.briefs import policies
from campaigns.briefs.forms import LONGEST_APPEAL
from campaigns.lifecycle import actions as lifecycle
from campaigns.lifecycle import desk
from campaigns.lifecycle.statements import party_id
from campaigns.lifecycle.submissions import campaign_of, members_of_campaign, submission_for
from campaigns.quality import actions, queries
from campaigns.quality.models import Appeal, QualityCheck, Ruling, Submission
from campaigns.quality.statements import statement_of
from config.identity.models import User
from config.kernel.rest import CampaignView, taken


class GroundOut(serializers.Serializer[Any]):
    rule = serializers.CharField()
    title = serializers.CharField()
    quote = serializers.CharField()
    start = serializers.IntegerField(allow_null=True)
    end = serializers.IntegerField(allow_null=True)
    term = serializers.IntegerField(allow_null=True)
    why = serializers.CharField()
    alternative = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # a Field has one of its own


class StatementOut(serializers.Serializer[Any]):
    submission = serializers.IntegerField()
    kind = serializers.CharField()
    status = serializers.CharField()
    decided_at = serializers.DateTimeField()
    rule_set = serializers.CharField()
    language = serializers.CharField()
    law = serializers.CharField()
    restriction = serializers.CharField()
    scope = serializers.CharField()
    facts = serializers.CharField()
    found_by_machine = serializers.BooleanField()
    decided_by = serializers.CharField(help_text="machine or person")
    automated_means = serializers.CharField()
    grounds = GroundOut(many=True)
    ruling_reason = serializers.CharField()
    redress = serializers.ListField(child=serializers.CharField())
    may_appeal = serializers.BooleanField()


class AppealIn(serializers.Serializer[Any]):
    reason = serializers.CharField(
        max_length=LONGEST_APPEAL, allow_blank=True, default="", help_text="May be left out."
    )


class AppealOut(serializers.ModelSerializer[Appeal]):
    class Meta:
        model = Appeal
        fields = ["id", "reason", "appealed_at"]


class CheckOut(serializers.ModelSerializer[QualityCheck]):
    class Meta:
        model = QualityCheck
        fields = ["id", "status", "failure", "queued_at"]


class ReviewOut(serializers.ModelSerializer[Submission]):
    class Meta:
        model = Submission
        fields = ["id", "kind", "language", "words", "terms", "submitted_at"]


class NoticeIn(serializers.Serializer[Any]):
    sponsor = serializers.CharField(max_length=300)
    controlled_by = serializers.CharField(max_length=300, allow_blank=True, default="")
    election = serializers.CharField(max_length=300)
    voting_on = serializers.DateField(allow_null=True, default=None)
    text = serializers.CharField(max_length=4000)
    silent_from = serializers.DateField(allow_null=True, default=None)
    silent_until = serializers.DateField(allow_null=True, default=None)


class RulingIn(serializers.Serializer[Any]):
    decision = serializers.ChoiceField(choices=["accepted", "rejected"])
    reason = serializers.CharField(max_length=4000)
    notice = NoticeIn(
        required=False, help_text="Asked for when what is accepted is political or electoral."
    )


class RulingOut(serializers.ModelSerializer[Ruling]):
    class Meta:
        model = Ruling
        fields = ["id", "decision", "reason", "ruled_at"]


class RecheckOut(serializers.Serializer[Any]):
    rule_set = serializers.CharField(source="run.rule_set")
    total = serializers.IntegerField(source="run.total")
    done = serializers.IntegerField()
    worse = serializers.IntegerField()
    better = serializers.IntegerField()
    failed = serializers.IntegerField()
    started_at = serializers.DateTimeField(source="run.started_at")
    finished_at = serializers.DateTimeField(source="run.finished_at", allow_null=True)


class OfACheck(CampaignView):
    def submission(self, pk: int) -> Submission:
        return submission_for(self.by, self.campaign, self.roles, pk)

    def check_takes_part(self) -> None:
        policies.check_takes_part(self.by, self.campaign, self.roles)


class OneStatement(OfACheck):
    @extend_schema(responses=StatementOut)
    def get(self, request: Request, campaign: str, submission: int) -> Response:
        """The statement of reasons of a check, in your language; 404 while it is undecided."""
        reader = party_id(self.by, self.campaign, self.roles)
        said = statement_of(self.submission(submission), get_language() or "en", party_id=reader)
        if said is None:
            raise Http404
        return Response(said.as_dict())


class AppealIt(OfACheck):
    @extend_schema(request=AppealIn, responses={201: AppealOut})
    def post(self, request: Request, campaign: str, submission: int) -> Response:
        """Ask a reviewer to decide. Once a person; a reason is welcome and not needed."""
        found = self.submission(submission)
        self.check_takes_part()
        reason = taken(AppealIn, request)["reason"]
        made = actions.appeal(submission_id=found.pk, by=self.by, reason=reason)
        return Response(AppealOut(made).data, status=201)


class RetryIt(OfACheck):
    @extend_schema(request=None, responses=CheckOut)
    def post(self, request: Request, campaign: str, submission: int) -> Response:
        """Queue a check that broke off once more."""
        found = self.submission(submission)
        self.check_takes_part()
        return Response(CheckOut(actions.retry(submission_id=found.pk, by=self.by)).data)


class ByAge(CursorPagination):
    ordering = "pk"


class Reviews(APIView):
    @extend_schema(responses=ReviewOut(many=True))
    def get(self, request: Request) -> Response:
        """What waits for a reviewer, oldest first, fifty a page."""
        pages = ByAge()
        found = pages.paginate_queryset(queries.waiting_for_a_reviewer(), request, self)
        return pages.get_paginated_response(ReviewOut(found, many=True).data)


class RuleOnIt(APIView):
    @extend_schema(request=RulingIn, responses={201: RulingOut})
    def post(self, request: Request, submission: int) -> Response:
        """Decide on what waits for a reviewer, with a reason."""
        found = Submission.objects.filter(pk=submission).first()
        if found is None:
            raise Http404
        given, campaign = taken(RulingIn, request), campaign_of(submission)
        places = campaign.jurisdictions if campaign else []
        notice = desk.new_notice(places, **given["notice"]) if given.get("notice") else None
        ruling = actions.rule(
            submission_id=submission,
            by=cast(User, request.user),
            decision=given["decision"],
            reason=given["reason"],
            excluded_ids=members_of_campaign(campaign),
            notice=notice,
        )
        return Response(RulingOut(ruling).data, status=201)


class Rechecks(APIView):
    @extend_schema(responses=RecheckOut(many=True))
    def get(self, request: Request) -> Response:
        """The runs of newer rules, newest first, ten at most."""
        return Response(RecheckOut(queries.progress(), many=True).data)

    @extend_schema(request=None, responses={202: RecheckOut})
    def post(self, request: Request) -> Response:
        """Check what decides over open campaigns again, where older rules decided it.

        Where nothing is left to check, the answer is the last run of these rules.
        """
        run = lifecycle.recheck_open_campaigns(by=cast(User, request.user))
        return Response(RecheckOut(queries.progress_of(run)).data, status=202)
