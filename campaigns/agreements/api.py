"""The API of agreements and publications."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.agreements import actions, queries
from campaigns.agreements.models import Agreement, OfferRound
from campaigns.agreements.rules import MOST_DELIVERABLES, MOST_MINOR
from campaigns.agreements.values import Exclusivity, KillFees, Split, Terms, Usage
from campaigns.briefs.models import Brief
from campaigns.briefs.queries import newest_brief
from campaigns.codesign.queries import joined
from config.kernel.rest import CampaignView, taken
from influencers.models import Platform


class KillFeesIn(serializers.Serializer[Any]):
    not_started = serializers.IntegerField(min_value=0, max_value=100, default=0)
    in_work = serializers.IntegerField(min_value=0, max_value=100, default=50)
    delivered = serializers.IntegerField(min_value=0, max_value=100, default=100)


class UsageIn(serializers.Serializer[Any]):
    months = serializers.IntegerField(min_value=0, max_value=120, default=0)
    media = serializers.CharField(max_length=200, allow_blank=True, default="")
    territory = serializers.CharField(max_length=200, allow_blank=True, default="")
    paid_ads = serializers.BooleanField(default=False)
    ai_likeness = serializers.BooleanField(default=False)
    price_minor = serializers.IntegerField(min_value=0, max_value=MOST_MINOR, default=0)


class ExclusivityIn(serializers.Serializer[Any]):
    rivals = serializers.ListField(
        child=serializers.CharField(max_length=200), min_length=1, max_length=50
    )
    months = serializers.IntegerField(min_value=1, max_value=120)
    price_minor = serializers.IntegerField(min_value=1, max_value=MOST_MINOR)


class TermsIn(serializers.Serializer[Any]):
    fee_minor = serializers.IntegerField(min_value=1, max_value=MOST_MINOR)
    currency = serializers.RegexField(r"^[A-Z]{3}$")
    declared_hours = serializers.IntegerField(min_value=1, max_value=10_000)
    deliverables = serializers.ListField(
        child=serializers.CharField(max_length=200), min_length=1, max_length=MOST_DELIVERABLES
    )
    revisions = serializers.IntegerField(min_value=0, max_value=20, default=1)
    payment_days = serializers.IntegerField(min_value=0, max_value=60, default=30)
    kill_fees = KillFeesIn(required=False)
    usage = UsageIn(required=False)
    exclusivity = ExclusivityIn(required=False, allow_null=True, default=None)
    clauses = serializers.CharField(max_length=5000, allow_blank=True, default="")
    note = serializers.CharField(max_length=1000, allow_blank=True, default="")


class OfferOut(serializers.Serializer[Any]):
    agreement = serializers.CharField(help_text="The agreement's public id.")
    round = serializers.IntegerField()
    side = serializers.CharField()


class AgreementOut(serializers.Serializer[Any]):
    id = serializers.CharField(help_text="The public id.")
    status = serializers.CharField()
    participant = serializers.IntegerField()
    round = serializers.IntegerField(allow_null=True)
    terms = serializers.JSONField(allow_null=True)
    hourly_minor = serializers.IntegerField(
        allow_null=True, help_text="What the fee comes to an hour, minor units rounded down."
    )
    floor_hourly_minor = serializers.IntegerField(
        allow_null=True, help_text="The least an hour may come to; null: no floor is known."
    )
    floor_source = serializers.CharField(
        help_text="The law that sets the floor; empty where the brief does, or nobody."
    )
    split = serializers.JSONField(help_text="Who gets what of the brand's money.")
    terms_digest = serializers.CharField(allow_null=True, help_text="What an acceptance names.")
    agreed_at = serializers.DateTimeField(allow_null=True)


class AcceptIn(serializers.Serializer[Any]):
    terms_digest = serializers.RegexField(
        r"^[0-9a-f]{64}$", help_text="The digest of the terms as they were read."
    )


class PublicationIn(serializers.Serializer[Any]):
    url = serializers.URLField(max_length=500)
    platform = serializers.ChoiceField(choices=Platform.choices)
    published_on = serializers.DateField()


class PublicationOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    url = serializers.CharField()


class Agreements(CampaignView):
    @extend_schema(responses=AgreementOut(many=True))
    def get(self, request: Request, campaign: str) -> Response:
        """The agreements you may read: payers all of the campaign's, a creator their own."""
        found = queries.agreements_for(self.by, self.campaign, self.roles)
        newest, split = queries.newest_rounds(found), queries.split_of(self.campaign)
        brief = newest_brief(self.campaign)
        return Response([_out(each, newest.get(each.pk), split, brief) for each in found])


class OfferTerms(CampaignView):
    @extend_schema(request=TermsIn, responses={201: OfferOut})
    def post(self, request: Request, campaign: str, participant: int) -> Response:
        """Put a complete proposal on the table as the next round."""
        if not joined(self.campaign).filter(pk=participant).exists():
            raise Http404
        given = taken(TermsIn, request)
        note = given.pop("note")
        offer = actions.offer_terms(
            campaign_id=self.campaign.pk,
            participant_id=participant,
            by=self.by,
            terms=_terms(given),
            note=note,
        )
        said = {
            "agreement": offer.agreement.public_id,
            "round": offer.number,
            "side": offer.side,
        }
        return Response(said, status=201)


class AcceptTerms(CampaignView):
    @extend_schema(request=AcceptIn, responses=AgreementOut)
    def post(self, request: Request, campaign: str, agreement: str) -> Response:
        """Accept the round on the table, by the digest of what you read."""
        found = queries.agreement_for(self.by, self.campaign, self.roles, agreement)
        given = taken(AcceptIn, request)
        accepted = actions.accept_terms(agreement_id=found.pk, by=self.by, **given)
        offer = queries.newest_round(accepted)
        split, brief = queries.split_of(self.campaign), newest_brief(self.campaign)
        return Response(_out(accepted, offer, split, brief))


class RegisterPublication(CampaignView):
    @extend_schema(request=PublicationIn, responses={201: PublicationOut})
    def post(self, request: Request, campaign: str, deliverable: int) -> Response:
        """Register the address of a post; a look at its live page is queued."""
        if not queries.deliverables_of(self.campaign).filter(pk=deliverable).exists():
            raise Http404
        given = taken(PublicationIn, request)
        made = actions.register_publication(deliverable_id=deliverable, by=self.by, **given)
        said = {"id": made.publication.public_id, "url": made.publication.url}
        return Response(said, status=201)


def _terms(given: dict[str, Any]) -> Terms:
    exclusivity = given.pop("exclusivity")
    return Terms(
        kill_fees=KillFees(**given.pop("kill_fees", {})),
        usage=Usage(**given.pop("usage", {})),
        exclusivity=Exclusivity(**{**exclusivity, "rivals": tuple(exclusivity["rivals"])})
        if exclusivity
        else None,
        deliverables=tuple(given.pop("deliverables")),
        **given,
    )


def _out(
    agreement: Agreement, offer: OfferRound | None, split: Split, brief: Brief | None
) -> dict[str, Any]:
    """The floor is the one the round on the table was judged by; before any, the brief's."""
    floor = brief.floor_hourly_minor if brief else None
    if offer:
        floor = offer.submission.floor_hourly_minor
    return {
        "id": agreement.public_id,
        "status": agreement.status,
        "participant": agreement.participant_id,
        "round": offer.number if offer else None,
        "terms": offer.terms if offer else None,
        "hourly_minor": offer.as_terms.hourly.minor if offer else None,
        "floor_hourly_minor": floor,
        "floor_source": brief.floor_source if brief and floor is not None else "",
        "split": split.as_json(),
        "terms_digest": queries.digest_of(offer, split) if offer else None,
        "agreed_at": agreement.agreed_at,
    }
