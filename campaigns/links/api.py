"""The API of the click account, and of the accounts that wait for a reviewer."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.links import accounts
from campaigns.links.accounts import CreatorClicks
from campaigns.links.models import CreatorAccount
from campaigns.links.reasons import reason
from campaigns.links.values import Tally, together
from config.identity.models import User
from config.kernel.rest import CampaignView


class ReasonOut(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="Such as click.crawler.")
    title = serializers.CharField()
    why = serializers.CharField(help_text="One sentence in the reader's language.")
    clicks = serializers.IntegerField()


class DayOut(serializers.Serializer[Any]):
    day = serializers.DateField()
    counted = serializers.IntegerField()
    duplicate = serializers.IntegerField()
    excluded = serializers.DictField(child=serializers.IntegerField(), help_text="By reason.")


class SumOut(serializers.Serializer[Any]):
    raw = serializers.IntegerField(help_text="Every request of a link: duplicates and unique.")
    unique = serializers.IntegerField(help_text="Counted and excluded.")
    counted = serializers.IntegerField()
    duplicate = serializers.IntegerField()
    excluded = ReasonOut(many=True)
    days = DayOut(many=True)


class LinkOut(SumOut):
    code = serializers.CharField(help_text="Of the link, as in /l/<code>.")
    publication = serializers.CharField(help_text="The public id.")


class CreatorOut(serializers.Serializer[Any]):
    participant = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    verdict = serializers.CharField(help_text="clear, look or flagged; it has no consequence.")
    word = serializers.CharField(allow_blank=True, help_text="accepted, explained or discounted.")
    evidence = serializers.JSONField()
    sum = SumOut(help_text="As judged, whatever was said since.")
    links = LinkOut(many=True)


class AccountOut(serializers.Serializer[Any]):
    judged_at = serializers.DateTimeField(allow_null=True)
    until = serializers.DateTimeField(allow_null=True, help_text="Clicks up to here are judged.")
    rule_set = serializers.CharField(allow_blank=True)
    status = serializers.CharField(
        allow_null=True,
        help_text="Of the last judging: queued, running, finished, failed; or none.",
    )
    sum = SumOut(allow_null=True, help_text="Without what a person discounted.")
    pages = serializers.IntegerField(help_text="Of creators; 0 before a judging.")
    creators = CreatorOut(many=True)


class WaitingOut(serializers.ModelSerializer[CreatorAccount]):
    campaign = serializers.CharField(
        source="judging.campaign.public_id", help_text="Its account is at campaigns/<id>/clicks/."
    )
    title = serializers.CharField(source="judging.campaign.title")
    name = serializers.CharField(source="participant.influencer.name")
    since = serializers.DateTimeField(help_text="Flagged from then on.")

    class Meta:
        model = CreatorAccount
        fields = [
            "campaign",
            "title",
            "participant",
            "name",
            "verdict",
            "raw",
            "counted",
            "excluded",
            "since",
        ]


class Clicks(CampaignView):
    @extend_schema(responses=AccountOut)
    def get(self, request: Request, campaign: str) -> Response:
        """What was counted of the clicks the reader may see, by the newest judging.

        Creators come twenty a page (`?page=2`), those whose clicks ask for a person first.
        """
        state = accounts.state_of(self.campaign)
        body: dict[str, Any] = {
            "judged_at": None,
            "until": None,
            "rule_set": "",
            "status": state.newest.status if state.newest else None,
            "sum": None,
            "pages": 0,
            "creators": [],
        }
        if shown := state.shown:
            seen = accounts.accounts_of(shown, self.by, self.roles)
            page = accounts.pages_of(seen, request.query_params.get("page"))
            body |= {
                "judged_at": shown.finished_at,
                "until": shown.until,
                "rule_set": shown.rule_set,
                "sum": _sum(accounts.tally_of(seen)),
                "pages": page.paginator.num_pages,
                "creators": [_creator(accounts.read(each)) for each in page.object_list],
            }
        return Response(AccountOut(body).data)


class LongestFirst(CursorPagination):
    ordering = ("since", "pk")


class Waiting(APIView):
    @extend_schema(responses=WaitingOut(many=True))
    def get(self, request: Request) -> Response:
        """Creators whose clicks wait for a person's word, the longest flagged first, fifty a page.

        Those of campaigns in which the reviewer has a part are not among them.
        """
        pages = LongestFirst()
        waiting = accounts.waiting_for_a_word(cast(User, request.user))
        found = pages.paginate_queryset(waiting, request, self)
        return pages.get_paginated_response(WaitingOut(found, many=True).data)


def _creator(found: CreatorClicks) -> dict[str, Any]:
    return {
        "participant": found.account.participant_id,
        "name": found.name,
        "verdict": found.account.verdict,
        "word": found.word.kind if found.word else "",
        "evidence": found.account.evidence,
        "sum": _sum(found.tally),
        "links": [
            {
                "code": each.link.code if each.link else each.name,
                "publication": each.link.publication.public_id if each.link else "",
                **_sum(together([each.days])),
            }
            for each in found.links
        ],
    }


def _sum(tally: Tally) -> dict[str, Any]:
    return {
        "raw": tally.raw,
        "unique": tally.unique,
        "counted": tally.counted,
        "duplicate": tally.duplicate,
        "excluded": [
            {"code": code, "title": reason(code).title, "why": reason(code).why, "clicks": clicks}
            for code, clicks in tally.excluded.items()
        ],
        "days": [
            {
                "day": day,
                "counted": one.counted,
                "duplicate": one.duplicate,
                "excluded": one.excluded,
            }
            for day, one in ((day, Tally({day: kinds})) for day, kinds in tally.days.items())
        ],
    }
