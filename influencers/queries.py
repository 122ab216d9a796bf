"""Reads about those who speak. An agency sees whom it knows, and nobody else."""

from django.db.models import Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast

from config.identity.models import User
from config.identity.queries import agencies_of
from config.kernel.errors import NotFound
from influencers.figures import Day
from influencers.models import AudienceEvidence, Channel, ChannelDay, Influencer

SHOWN = ("day", "followers", "posts", "likes", "comments", "views", "active_bps", "event")


def roster_of(user: User, search: str = "") -> QuerySet[Influencer]:
    """Whom the person's agencies know, by name; `search` looks at names, channels and topics."""
    known = Influencer.objects.filter(rosters__organisation__in=agencies_of(user))
    for word in search.split()[:8]:
        named = Q(name__icontains=word) | Q(voice__icontains=word)
        shown = AudienceEvidence.objects.annotate(
            about=Cast("topics", TextField()), where=Cast("regions", TextField())
        ).filter(Q(about__icontains=word) | Q(where__icontains=word))
        channels = Channel.objects.filter(
            Q(name__icontains=word) | Q(url__icontains=word) | Q(pk__in=shown.values("channel_id"))
        )
        known = known.filter(named | Q(pk__in=channels.values("influencer_id")))
    return known.distinct().prefetch_related("channels").order_by("name", "pk")


def person_for(user: User, public_id: str) -> Influencer:
    """Somebody on the roster of the person's agencies. Raises NotFound for everybody else."""
    found = _whole().filter(public_id=public_id, rosters__organisation__in=agencies_of(user))
    return _one(found)


def own_profile(user: User) -> Influencer:
    """Raises NotFound where the person is no influencer."""
    return _one(_whole().filter(user=user))


def influencer_by_email(email: str) -> Influencer | None:
    return Influencer.objects.filter(user__email=email.strip().lower()).first()


def channel_at(url: str) -> Channel | None:
    return Channel.objects.filter(url=url).first()


def newest_evidence(channel: Channel) -> AudienceEvidence | None:
    return channel.evidence.first()


def own_channel(user: User, channel_id: int) -> Channel:
    """Raises NotFound where it is not the person's."""
    found = Channel.objects.filter(influencer__user=user, pk=channel_id).first()
    if found is None:
        raise NotFound
    return found


def days_of(channel: Channel) -> list[Day]:
    """The days a channel has shown, oldest first."""
    return [
        Day(**row)
        for row in ChannelDay.objects.filter(channel=channel).order_by("day").values(*SHOWN)
    ]


def _whole() -> QuerySet[Influencer]:
    evidence = Prefetch("channels__evidence", AudienceEvidence.objects.order_by("-shown_on", "-pk"))
    return Influencer.objects.select_related("user").prefetch_related("channels", evidence)


def _one(found: QuerySet[Influencer]) -> Influencer:
    influencer = found.first()
    if influencer is None:
        raise NotFound
    return influencer
