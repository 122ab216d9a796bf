"""A post that registers itself from the feed of its blog, over a real loopback site."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from campaigns.agreements import actions
from campaigns.agreements import tasks as agreements_tasks
from campaigns.agreements.errors import FOUND_BUT_REFUSED, AlreadyFulfilled
from campaigns.agreements.models import FeedWatch, Fulfilment
from campaigns.codesign.models import Participant
from config.identity.models import User
from config.kernel.fetching import fetcher
from disclosures import actions as disclosures
from disclosures import feeds, tasks
from disclosures.models import Feed, FeedEntry
from disclosures.queries import state_of
from tests import factories
from tests.disclosures.site import Page, Site, serve
from tests.factories import Scene

pytestmark = pytest.mark.django_db

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Il pane di Ada</title><link>https://blog.example/</link>{}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>{link}</link><guid>{link}</guid>{day}
<description>{words}</description></item>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Ada</title>
<id>urn:x</id><updated>{day}</updated><entry><title type="html">Il pane</title><id>urn:y</id>
<link rel="alternate" href="{link}"/><published>{day}</published><updated>{day}</updated>
<content type="html">{words}</content></entry></feed>"""


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    fetcher.sites.forget()
    with serve() as served:
        settings.FETCH_ALLOW = served.allow
        yield served
    fetcher.sites.forget()


@pytest.fixture
def scene() -> Scene:
    return factories.live(1)


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The entries whose bell rang."""
    entries: list[int] = []
    monkeypatch.setattr(agreements_tasks.register_found, "delay", entries.append)
    monkeypatch.setattr(tasks.take_look, "delay", lambda look_id: None)
    return entries


def item(link: str, words: str, at: datetime | None, title: str = "Il pane") -> str:
    day = f"<pubDate>{format_datetime(at)}</pubDate>" if at else ""
    return ITEM.format(title=title, link=link, words=words, day=day)


def feed(site: Site, *items: str) -> str:
    body = RSS.format("".join(items)).encode()
    site.pages["/feed"] = Page(body, media_type="application/rss+xml")
    return site.url("/feed")


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def hour_passes() -> None:
    Feed.objects.update(next_read_at=timezone.now())


def test_a_new_post_that_names_the_brand_registers_itself_and_is_read(
    site: Site,
    scene: Scene,
    rung: list[int],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client, brand, now = browser(scene.creators[0].user), scene.campaign.brand.name, timezone.now()
    old = item(site.url("/old"), f"Ancora {brand}", now - timedelta(days=3))
    address = feed(site, old)
    posts = f"{scene.url}posts/"
    watched = client.post(f"{posts}{scene.work().pk}/feed/", {"feed": address})
    assert watched.status_code == 302
    assert address in client.get(posts).content.decode()
    assert feeds.read_feed(feed_id=Feed.objects.get().pk) == []

    new = site.post("/new", f"Pubblicità {brand}. Ho provato la farina.")
    other = item(site.url("/other"), "Una gita in montagna", now)
    feed(site, old, other, item(new, f"Ho provato la farina di {brand}", now))
    hour_passes()
    assert feeds.due() == [Feed.objects.get().pk]
    with django_capture_on_commit_callbacks(execute=True):
        feeds.read_feed(feed_id=Feed.objects.get().pk)
    (entry_id,) = rung
    for _ in range(2):
        agreements_tasks.register_found(entry_id)

    publication = Fulfilment.objects.get().publication
    assert (publication.url, publication.published_on) == (new, timezone.localdate())
    disclosures.take_look(look_id=publication.looks.get().pk)
    assert state_of([publication.pk])[publication.pk].last_verdict == "sufficient"
    assert feeds.due() == []


def found(site: Site, scene: Scene, by: User, *paths: str) -> Feed:
    """A watched feed that told of these posts some time ago, listed from the newest."""
    words = f"Ho provato {scene.campaign.brand.name}"
    posts = [site.post(path, f"Pubblicità {words}") for path in paths]
    now = timezone.now()
    days = [now + timedelta(seconds=nth) for nth in range(len(posts))]
    items = [item(post, words, at) for post, at in zip(posts, days, strict=True)]
    address = feed(site, *reversed(items))
    watch = actions.watch_feed(deliverable_id=scene.work().pk, by=by, url=address)
    assert len(feeds.read_feed(feed_id=watch.feed_id)) == len(paths)
    FeedEntry.objects.update(found_at=now - timedelta(minutes=1))
    return watch.feed


def test_a_found_post_whose_bell_was_lost_is_rung_again_until_it_is_registered(
    site: Site, scene: Scene, rung: list[int]
) -> None:
    found(site, scene, scene.creators[0].user, "/new")
    assert agreements_tasks.sweep() == 1
    assert rung == [FeedEntry.objects.get().pk]

    agreements_tasks.register_found(rung[0])
    assert Fulfilment.objects.count() == 1
    assert agreements_tasks.sweep() == 0


def test_a_found_post_that_is_refused_says_why_and_is_asked_again_an_hour_later(
    site: Site, scene: Scene, rung: list[int]
) -> None:
    told = found(site, scene, scene.client, "/new")
    membership = scene.client.memberships.get()
    membership.delete()
    agreements_tasks.sweep()
    agreements_tasks.register_found(rung.pop())
    assert not Fulfilment.objects.exists()
    page = browser(scene.creators[0].user).get(f"{scene.url}posts/").content.decode()
    assert str(FOUND_BUT_REFUSED["not_a_party"]) in page
    assert agreements_tasks.sweep() == 0

    hour_passes()
    feeds.read_feed(feed_id=told.pk)
    assert agreements_tasks.sweep() == 1
    membership.save()
    agreements_tasks.register_found(rung.pop())
    assert Fulfilment.objects.count() == 1


def test_of_posts_found_together_the_oldest_is_registered_whichever_rings_first(
    site: Site, scene: Scene, rung: list[int]
) -> None:
    found(site, scene, scene.creators[0].user, "/first", "/second", "/third")
    assert agreements_tasks.sweep() == 1  # once a feed
    for entry in FeedEntry.objects.order_by("-pk"):
        agreements_tasks.register_found(entry.pk)
    assert Fulfilment.objects.get().publication.url == site.url("/first")


def test_a_post_that_is_the_same_creators_work_elsewhere_fulfils_nothing_here(
    site: Site, scene: Scene, rung: list[int]
) -> None:
    found(site, scene, scene.creators[0].user, "/new")
    other = factories.live(1)
    actions.register_publication(
        deliverable_id=other.work().pk,
        by=other.creators[0].user,
        url=site.url("/new"),
        platform="blog",
        published_on=timezone.localdate(),
    )
    assert agreements_tasks.sweep() == 1  # somebody else's there
    Participant.objects.filter(campaign=other.id).update(influencer=scene.creators[0])
    assert agreements_tasks.sweep() == 0
    agreements_tasks.register_found(rung[0])
    assert Fulfilment.objects.count() == 1


def test_a_feed_whose_year_is_over_says_so(site: Site, scene: Scene) -> None:
    creator = scene.creators[0].user
    actions.watch_feed(deliverable_id=scene.work().pk, by=creator, url=site.url("/feed"))
    assert "si legge ogni ora" in browser(creator).get(f"{scene.url}posts/").content.decode()
    Feed.objects.update(next_read_at=None)
    page = browser(creator).get(f"{scene.url}posts/").content.decode()
    assert "si legge ogni ora" not in page
    assert "non si legge più" in page


def test_an_atom_entry_that_only_links_to_the_brand_is_found(site: Site, scene: Scene) -> None:
    brand = "".join(c for c in scene.campaign.brand.name.lower() if c.isalnum())
    words = f'Ecco &lt;a href="https://www.{brand}.example/farro"&gt;la farina&lt;/a&gt;'
    day = timezone.now().isoformat()
    body = ATOM.format(day=day, link=site.url("/new"), words=words).encode()
    site.pages["/feed"] = Page(body, media_type="application/atom+xml")
    watch = actions.watch_feed(
        deliverable_id=scene.work().pk, by=scene.creators[0].user, url=site.url("/feed")
    )

    (entry,) = feeds.read_feed(feed_id=watch.feed_id)
    assert entry.url == site.url("/new")


def test_an_entry_is_told_once_and_a_quiet_feed_costs_no_body(site: Site, scene: Scene) -> None:
    words = f"Ho provato {scene.campaign.brand.name}"
    address = feed(site, item(site.url("/new"), words, timezone.now()))
    watch = actions.watch_feed(
        deliverable_id=scene.work().pk, by=scene.creators[0].user, url=address
    )
    assert len(feeds.read_feed(feed_id=watch.feed_id)) == 1
    assert feeds.read_feed(feed_id=watch.feed_id) == []  # not yet its hour
    hour_passes()
    assert feeds.read_feed(feed_id=watch.feed_id) == []
    assert FeedEntry.objects.count() == 1
    assert site.asked.count("/feed") == 2


@pytest.mark.parametrize(
    "bad",
    [
        {"link": "http://10.0.0.1/inside"},
        {"link": "javascript:alert(1)"},
        {"link": "https://blog.example/" + "a" * 500},
        {"at": None},
    ],
)
def test_entries_that_lead_nowhere_or_have_no_day_are_left(
    site: Site, scene: Scene, bad: dict[str, str | None]
) -> None:
    words = f"Ho provato {scene.campaign.brand.name}"
    told = {"link": site.url("/new"), "at": timezone.now()} | bad
    address = feed(site, item(str(told["link"]), words, told["at"]))  # type: ignore[arg-type]
    watch = actions.watch_feed(
        deliverable_id=scene.work().pk, by=scene.creators[0].user, url=address
    )

    assert feeds.read_feed(feed_id=watch.feed_id) == []
    assert Feed.objects.get().reason == ""


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b']><rss version="2.0"><channel><title>&a11;</title></channel></rss>'
)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page(b"<html><body>A blog</body></html>"), "not_a_feed"),
        (Page(b"", media_type="application/rss+xml"), "not_a_feed"),
        (Page(b"\x00\xff\xfe", media_type="application/rss+xml"), "not_a_feed"),
        (Page(b"gone", status=410), "http_410"),
        (Page(BOMB, media_type="application/rss+xml"), ""),
        (Page(b"<rss version='2.0'>" + b"<a>" * 59_000, media_type="text/xml"), ""),
        (Page(b"<rss version='2.0'>" + b"<a>" * 60_000, media_type="text/xml"), "too_large"),
        (Page(b"<rss version='2.0'>" + b" " * 1_500_000, media_type="text/xml"), "too_large"),
    ],
)
def test_a_feed_that_is_none_says_why_and_is_asked_again(
    site: Site, scene: Scene, page: Page, reason: str
) -> None:
    site.pages["/feed"] = page
    creator = scene.creators[0].user
    watch = actions.watch_feed(deliverable_id=scene.work().pk, by=creator, url=site.url("/feed"))
    assert feeds.read_feed(feed_id=watch.feed_id) == []

    told = Feed.objects.get()
    assert told.reason == reason
    assert told.next_read_at
    assert browser(creator).get(f"{scene.url}posts/").status_code == 200


def test_another_feed_takes_the_place_of_the_first(site: Site, scene: Scene) -> None:
    work, creator = scene.work().pk, scene.creators[0].user
    first = actions.watch_feed(deliverable_id=work, by=creator, url=site.url("/a"))
    second = actions.watch_feed(deliverable_id=work, by=creator, url=site.url("/b"))
    again = actions.watch_feed(deliverable_id=work, by=creator, url=site.url("/b"))

    assert FeedWatch.objects.get().feed_id == second.feed_id == again.feed_id
    assert feeds.due() == [second.feed_id]
    assert first.feed_id != second.feed_id


def test_work_that_is_out_needs_no_feed(site: Site, scene: Scene) -> None:
    creator = scene.creators[0].user
    actions.watch_feed(deliverable_id=scene.work().pk, by=creator, url=site.url("/feed"))
    scene.publish()

    assert feeds.due() == []
    with pytest.raises(AlreadyFulfilled):
        actions.watch_feed(deliverable_id=scene.work().pk, by=creator, url=site.url("/feed"))


@pytest.mark.parametrize("bad", ["", "http://127.0.0.1:1/feed", "ftp://blog.example/", "x" * 600])
def test_a_feed_that_can_not_be_read_is_refused_beside_its_field(scene: Scene, bad: str) -> None:
    client = browser(scene.creators[0].user)
    answer = client.post(f"{scene.url}posts/{scene.work().pk}/feed/", {"feed": bad})

    assert answer.status_code == 422
    assert not Feed.objects.exists()


def test_a_stranger_watches_nothing(scene: Scene) -> None:
    stranger = User.objects.create_user("x@else.example", "X")
    url = f"{scene.url}posts/{scene.work().pk}/feed/"

    assert browser(stranger).post(url, {"feed": "https://blog.example/feed"}).status_code == 404
