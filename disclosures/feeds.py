"""Feeds that find a new post by themselves: registered, read every hour, ended.

A feed knows nothing of campaigns: whoever registered it hears `disclosures.feed_found`.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from config.identity.models import User
from config.kernel import events
from config.kernel.errors import InvalidInput
from config.kernel.fetching import Conditional, Fetched, FetchError, FetchRefused, fetch
from config.kernel.fetching.targets import read_target
from disclosures.channels.feeds import Entry, entries
from disclosures.channels.values import Unreadable
from disclosures.models import Feed, FeedEntry
from disclosures.reasons import sentence

EVERY = timedelta(hours=1)
TERM = timedelta(days=366)  # a feed nobody ended
LONGEST_URL = 500


@transaction.atomic
def register_feed(*, url: str, brand_name: str, by: User) -> Feed:
    """Read this feed from now on, for posts of today and later. Raises InvalidInput."""
    try:
        read_target(url, allow=settings.FETCH_ALLOW)
    except FetchRefused as refused:
        raise InvalidInput({"feed": [sentence(refused.reason)]}) from refused
    now = timezone.now()
    return Feed.objects.create(
        url=url,
        brand_name=brand_name,
        since=timezone.localdate(),
        registered_by_id=by.pk,
        registered_at=now,
        next_read_at=now,
    )


@transaction.atomic
def end_feed(*, feed_id: int) -> Feed:
    """Read it no more. Ending twice is the same as once."""
    feed = Feed.objects.select_for_update().get(pk=feed_id)
    feed.next_read_at = None
    feed.save(update_fields=["next_read_at"])
    return feed


@transaction.atomic
def refuse_found(*, feed_id: int, reason: str) -> Feed:
    """Keep why whoever registered the feed can't take a post it told of, until the next reading."""
    feed = Feed.objects.select_for_update().get(pk=feed_id)
    feed.reason = reason
    feed.save(update_fields=["reason"])
    return feed


def due() -> list[int]:
    """The feeds to read now, the longest waiting first."""
    waiting = Feed.objects.filter(next_read_at__lte=timezone.now()).order_by("next_read_at")
    return list(waiting.values_list("pk", flat=True)[:1000])


def read_feed(*, feed_id: int) -> list[FeedEntry]:
    """Read a feed whose hour has come and keep the new posts that speak of its brand.

    Fetching and parsing hold no lock and no transaction.
    """
    feed = _claim(feed_id)
    if feed is None:
        return []
    try:
        fetched = fetch(feed.url, conditional=Conditional(feed.etag, feed.last_modified))
        told = [] if fetched.is_unchanged else entries(fetched)
    except (FetchError, Unreadable) as error:
        return _record(feed_id, None, [], error.reason)
    return _record(feed_id, fetched, [each for each in told if _is_wanted(each, feed)], "")


@transaction.atomic
def _claim(feed_id: int) -> Feed | None:
    """The feed, if it is due; its next hour is fixed at once, so that two workers read it once."""
    feed = Feed.objects.select_for_update().get(pk=feed_id)
    now = timezone.now()
    if feed.next_read_at is None or feed.next_read_at > now:
        return None
    feed.next_read_at = now + EVERY if now < feed.registered_at + TERM else None
    feed.save(update_fields=["next_read_at"])
    return feed


def _is_wanted(entry: Entry, feed: Feed) -> bool:
    is_new = feed.since <= timezone.localdate(entry.published_at) <= timezone.localdate()
    return is_new and _is_readable(entry.url) and entry.speaks_of(feed.brand_name)


def _is_readable(url: str) -> bool:
    try:
        read_target(url, allow=settings.FETCH_ALLOW)
    except FetchRefused:
        return False
    return len(url) <= LONGEST_URL


@transaction.atomic
def _record(
    feed_id: int, fetched: Fetched | None, wanted: list[Entry], reason: str
) -> list[FeedEntry]:
    feed = Feed.objects.select_for_update().get(pk=feed_id)
    feed.read_at, feed.reason = timezone.now(), reason
    if fetched and not fetched.is_unchanged:
        # One too long to be kept is no use to ask with.
        state = fetched.conditional()
        feed.etag = state.etag if len(state.etag) <= 200 else ""
        feed.last_modified = state.last_modified if len(state.last_modified) <= 60 else ""
    feed.save(update_fields=["read_at", "reason", "etag", "last_modified"])
    known = set(feed.entries.values_list("url", flat=True))
    found = []
    for entry in sorted(wanted, key=lambda each: each.published_at):
        if entry.url in known:
            continue
        known.add(entry.url)
        row = feed.entries.create(
            url=entry.url,
            published_on=timezone.localdate(entry.published_at),
            found_at=feed.read_at,
        )
        events.record("disclosures.feed_found", subject=feed, by=None, entry=row.pk)
        found.append(row)
    return found
