"""The publication that fulfils a piece of work, and the quality check of its words."""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from campaigns.agreements import policies, queries
from campaigns.agreements.errors import AlreadyFulfilled, DayOfSilence
from campaigns.agreements.models import Deliverable, FeedWatch, Fulfilment, PostCheck
from campaigns.briefs.models import Campaign
from campaigns.briefs.policies import check_stage
from campaigns.briefs.states import Stage
from campaigns.quality import actions as quality
from config.identity.models import User
from config.kernel import events
from config.kernel.errors import DomainError
from config.kernel.models import Event
from disclosures import actions as disclosures
from disclosures import attesting, feeds
from disclosures.models import FeedEntry, Look, Snapshot
from disclosures.schedule import TERM_MONTHS

PUBLISHING = frozenset({Stage.LIVE, Stage.CLOSING})


@transaction.atomic
def register_publication(
    *,
    deliverable_id: int,
    by: User,
    url: str,
    platform: str,
    published_on: date,
    language: str = "",
) -> Fulfilment:
    """Register the address where a piece of work was published; a look at the page is queued.

    The same address again is the same as once. Raises NotAParty, NotInThisStage, DayOfSilence,
    AlreadyFulfilled, InvalidInput (from disclosures).
    """
    campaign, deliverable = _locked(deliverable_id)
    policies.side_of(by, deliverable.agreement)
    known = Fulfilment.objects.filter(deliverable=deliverable).first()
    if known:
        if known.publication.url == url:
            return known
        raise AlreadyFulfilled
    check_stage(campaign, PUBLISHING)
    _check_silence(campaign, published_on)
    publication = disclosures.register(
        url=url,
        platform=platform,
        relationship="paid",
        jurisdictions=campaign.jurisdictions,
        language=language or campaign.language,
        brand_name=campaign.brand.name,
        published_on=published_on,
        by=by,
        watched_months=max(TERM_MONTHS, _months(deliverable)),
    )
    fulfilment = Fulfilment.objects.create(
        deliverable=deliverable,
        publication=publication,
        registered_by=by,
        registered_at=timezone.now(),
    )
    for feed_id in FeedWatch.objects.filter(deliverable=deliverable).values_list("feed", flat=True):
        feeds.end_feed(feed_id=feed_id)
    events.record(
        "agreements.publication_registered",
        subject=deliverable.agreement,
        by=by,
        deliverable=deliverable.pk,
        publication=publication.pk,
    )
    return fulfilment


def _months(deliverable: Deliverable) -> int:
    agreed = deliverable.agreement.agreed_round
    return agreed.as_terms.months if agreed else 0


@transaction.atomic
def watch_feed(*, deliverable_id: int, by: User, url: str) -> FeedWatch:
    """Wait for a piece of work in a blog's feed: the first new post there that speaks of the brand
    and is not yet registered fulfils it. Another address takes the place of the one before.

    Raises NotAParty, NotInThisStage, AlreadyFulfilled, InvalidInput (from disclosures).
    """
    campaign, deliverable = _locked(deliverable_id)
    policies.side_of(by, deliverable.agreement)
    known = FeedWatch.objects.filter(deliverable=deliverable).select_related("feed").first()
    if known and known.feed.url == url and known.feed.next_read_at:
        return known
    check_stage(campaign, PUBLISHING)
    if Fulfilment.objects.filter(deliverable=deliverable).exists():
        raise AlreadyFulfilled
    feed = feeds.register_feed(url=url, brand_name=campaign.brand.name, by=by)
    if known:
        feeds.end_feed(feed_id=known.feed_id)
    watch, _ = FeedWatch.objects.update_or_create(
        deliverable=deliverable, defaults={"feed": feed, "asked_by": by}
    )
    events.record(
        "agreements.feed_watched",
        subject=deliverable.agreement,
        by=by,
        deliverable=deliverable.pk,
        feed=feed.pk,
    )
    return watch


def entries_waiting() -> QuerySet[FeedEntry]:
    """Posts told of by feeds that are watched for work not yet out, in campaigns that publish.

    Left out are addresses registered in the same campaign, or for the same influencer in any.
    """
    agreement = "feed__feedwatch__deliverable__agreement"
    known = Fulfilment.objects.filter(
        Q(deliverable__agreement__campaign=OuterRef(f"{agreement}__campaign"))
        | Q(
            deliverable__agreement__participant__influencer=OuterRef(
                f"{agreement}__participant__influencer"
            )
        ),
        publication__url=OuterRef("url"),
    )
    return FeedEntry.objects.filter(
        feed__feedwatch__isnull=False,
        feed__feedwatch__deliverable__fulfilment__isnull=True,
        feed__feedwatch__deliverable__agreement__campaign__stage__in=PUBLISHING,
    ).exclude(Exists(known))


@transaction.atomic
def register_found(*, entry_id: int) -> Fulfilment | None:
    """Register the oldest post the feed of this one told of, for who asked to watch it; run twice,
    it registers once.

    Posts found together ring together, in any order. A refused one holds back the later ones,
    since a person must say which is the work.

    None where it fulfils nothing: the work is fulfilled, the campaign is over, the address is
    another piece of work's. None too where it is refused; the feed then holds the reason.
    """
    watch = FeedWatch.objects.filter(feed__entries=entry_id).select_related("asked_by").first()
    if watch is None:
        return None
    _locked(watch.deliverable_id)
    waiting = entries_waiting().filter(feed=watch.feed_id)
    entry = waiting.order_by("published_on", "pk").first()
    if entry is None:
        return None
    try:
        return register_publication(
            deliverable_id=watch.deliverable_id,
            by=watch.asked_by,
            url=entry.url,
            platform="blog",
            published_on=entry.published_on,
        )
    except DomainError as refusal:  # nobody waits for the answer of a task
        feeds.refuse_found(feed_id=watch.feed_id, reason=refusal.code)
        return None


def _check_silence(campaign: Campaign, day: date) -> None:
    """Nothing political is published on a day of silence. Raises DayOfSilence."""
    for silence in queries.silences_of(campaign):
        if silence.covers(day):
            raise DayOfSilence(
                first=str(silence.first), last=str(silence.last), source=silence.source
            )


def _locked(deliverable_id: int) -> tuple[Campaign, Deliverable]:
    """The piece of work, read under its campaign's lock."""
    asked = Deliverable.objects.values_list("agreement__campaign_id", flat=True)
    campaign = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("brand")
        .get(pk=asked.get(pk=deliverable_id))
    )
    deliverable = Deliverable.objects.select_related(
        "agreement__campaign", "agreement__participant__influencer", "agreement__agreed_round"
    ).get(pk=deliverable_id)
    return campaign, deliverable


@transaction.atomic
def look_again(*, deliverable_id: int, by: User) -> Look:
    """Queue another look at the page where a piece of work was published.

    Raises NotAParty, and what disclosures raises.
    """
    fulfilment = Fulfilment.objects.select_related(
        "deliverable__agreement__campaign", "deliverable__agreement__participant__influencer"
    ).get(deliverable=deliverable_id)
    policies.side_of(by, fulfilment.deliverable.agreement)
    return disclosures.look_again(publication_id=fulfilment.publication_id, by=by)


@transaction.atomic
def attest_post(
    *,
    deliverable_id: int,
    by: User,
    text: str,
    platform_label: str,
    seen_on: date,
    picture: bytes,
) -> Look:
    """Keep what a person of either side saw of the post, with their picture of it.

    Raises NotAParty, and what disclosures raises.
    """
    fulfilment = Fulfilment.objects.select_related(
        "deliverable__agreement__campaign", "deliverable__agreement__participant__influencer"
    ).get(deliverable=deliverable_id)
    policies.side_of(by, fulfilment.deliverable.agreement)
    return attesting.attest(
        publication_id=fulfilment.publication_id,
        by=by,
        text=text,
        platform_label=platform_label,
        seen_on=seen_on,
        picture=picture,
    )


@transaction.atomic
def check_post(*, snapshot_id: int) -> PostCheck | None:
    """Submit the words of a new snapshot to the quality check, once a snapshot, and record its
    digest in the campaign's own chain.

    None where the publication fulfils nothing here, or the snapshot holds no words.
    """
    snapshot = Snapshot.objects.select_related("look__publication").get(pk=snapshot_id)
    publication = snapshot.look.publication
    fulfilment = (
        Fulfilment.objects.filter(publication=publication)
        .select_related(
            "deliverable__agreement__campaign", "deliverable__agreement__participant__influencer"
        )
        .first()
    )
    if fulfilment is None:
        return None
    agreement = fulfilment.deliverable.agreement
    Deliverable.objects.select_for_update().get(pk=fulfilment.deliverable_id)
    kept = Event.objects.filter(kind="agreements.post_kept", facts__snapshot=snapshot.pk)
    if not kept.exists():
        events.record(
            "agreements.post_kept",
            subject=agreement,
            by=None,
            snapshot=snapshot.pk,
            digest=snapshot.digest,
        )
    known = PostCheck.objects.filter(snapshot_id=snapshot_id).first()
    words = snapshot.text
    if known or not words.strip():
        return known
    author = agreement.participant.influencer.user_id
    return PostCheck.objects.create(
        fulfilment=fulfilment,
        snapshot=snapshot,
        submission=quality.submit(
            kind="post", language=publication.language, words=words, author_id=author
        ),
    )
