"""The board of all posts, the page of one, two of its snapshots side by side, an attestation."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from campaigns.agreements import actions, publications
from campaigns.agreements.models import Fulfilment
from config import uploads
from config.identity.models import User
from config.kernel.fetching import fetcher
from config.kernel.models import Event
from disclosures import actions as disclosures
from disclosures import archives, findings
from disclosures.models import Attestation, Snapshot
from tests import factories
from tests.disclosures.site import Site, serve
from tests.factories import Scene

pytestmark = pytest.mark.django_db
MISPLACED = "Ho provato la farina di farro. #pane #farro #forno #ricette #adv #mulinodellalba"
CORRECTED = "Pubblicità Mulino dell'Alba. Ho provato la farina di farro."


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    fetcher.sites.forget()
    with serve() as served:
        settings.FETCH_ALLOW = served.allow
        yield served
    fetcher.sites.forget()


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["language"] = "en"
    return client


def publish(scene: Scene, site: Site, text: str, nth: int = 0) -> Fulfilment:
    return actions.register_publication(
        deliverable_id=scene.work(nth).pk,
        by=scene.creators[nth].user,
        url=site.post(f"/{scene.work(nth).pk}", text),
        platform="blog",
        published_on=timezone.localdate(),
    )


def look(fulfilment: Fulfilment) -> int:
    asked = disclosures.look_again(publication_id=fulfilment.publication_id, by=None)
    return int(disclosures.take_look(look_id=asked.pk).snapshot.pk)


def page_of(scene: Scene, nth: int = 0) -> str:
    return f"{scene.url}posts/{scene.work(nth).pk}/"


def test_the_board_puts_first_what_needs_somebody(site: Site) -> None:
    scene = factories.live(3)
    good = publish(scene, site, CORRECTED, 0)
    bad = publish(scene, site, MISPLACED, 1)
    unread = publish(scene, site, CORRECTED, 2)
    look(good), look(bad)

    rows = browser(scene.manager).get("/posts/").context["rows"]
    assert [row.fulfilment for row in rows] == [bad, unread, good]
    html = browser(scene.manager).get("/posts/").content.decode()
    assert "Conforming" in html
    assert html.count("Machine-read") == 2
    assert page_of(scene) in html


def test_the_board_holds_the_posts_of_ones_own_campaigns_only(site: Site) -> None:
    scene, other = factories.live(1), factories.live(1)
    mine = publish(scene, site, CORRECTED)
    publish(other, site, CORRECTED)

    for user in (scene.manager, scene.client, scene.creators[0].user):
        rows = browser(user).get("/posts/").context["rows"]
        assert [row.fulfilment for row in rows] == [mine]
    assert browser(factories.person()).get("/posts/").context["rows"] == []


def test_the_board_is_paged_and_costs_the_same_however_long(
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(publications, "A_PAGE", 2)
    scene = factories.live(3)
    for nth in range(3):
        look(publish(scene, site, CORRECTED, nth))
    client = browser(scene.manager)
    with django_assert_num_queries(11):
        first = client.get("/posts/")
    assert [len(first.context["rows"]), first.context["page"].paginator.num_pages] == [2, 2]
    assert len(client.get("/posts/?page=2").context["rows"]) == 1


def test_the_page_of_a_post_shows_the_newest_snapshot_or_the_one_asked_for(site: Site) -> None:
    scene = factories.live(1)
    post = publish(scene, site, MISPLACED)
    first = look(post)
    site.post(f"/{scene.work().pk}", CORRECTED)
    second = look(post)

    for user in (scene.manager, scene.client, scene.creators[0].user):
        answer = browser(user).get(page_of(scene))
        assert answer.status_code == 200
        assert answer.context["reading"].snapshot == second
    older = browser(scene.manager).get(page_of(scene), {"snapshot": first})
    assert older.context["reading"].text == MISPLACED
    both = browser(scene.manager).get(
        page_of(scene) + "compare/", {"one": str(first), "other": str(second)}
    )
    assert both.status_code == 200
    assert b"<del>" in both.content


def test_a_post_nobody_has_read_yet_says_so(site: Site) -> None:
    scene = factories.live(1)
    publish(scene, site, CORRECTED)
    answer = browser(scene.manager).get(page_of(scene))
    assert answer.status_code == 200
    assert answer.context["reading"] is None


def test_the_page_of_a_post_says_what_was_found_until_when_and_what_the_page_tells(
    site: Site,
) -> None:
    scene = factories.live(1)
    link = '<a href="https://mulinodellalba.example/">Mulino dell\'Alba</a>'
    post = publish(scene, site, f"{MISPLACED} {link}")
    look(post)
    findings.tell(finding_ids=[post.publication.findings.get().pk])
    html = browser(scene.manager).get(page_of(scene)).content.decode()
    assert "until then it does not count" in html
    assert '<code>rel="sponsored"</code>' in html


def test_whoever_has_a_finding_to_put_right_is_asked_whether_it_is(site: Site) -> None:
    scene = factories.live(1)
    post = publish(scene, site, CORRECTED)
    look(post)
    client = browser(scene.creators[0].user)
    assert "I corrected it" not in client.get(page_of(scene)).content.decode()
    site.pages.clear()
    asked = disclosures.look_again(publication_id=post.publication_id, by=None)
    disclosures.take_look(look_id=asked.pk)
    assert "I corrected it" in client.get(page_of(scene)).content.decode()


@pytest.mark.parametrize(
    "query",
    ["?snapshot=0", "?snapshot=x", "?snapshot=²", f"?snapshot={'9' * 30}", "compare/?one=1&other="],
)
def test_a_snapshot_that_is_not_there_is_not_found(site: Site, query: str) -> None:
    scene = factories.live(1)
    look(publish(scene, site, CORRECTED))
    assert browser(scene.manager).get(page_of(scene) + query).status_code == 404


def test_snapshots_of_another_campaign_are_not_there(site: Site) -> None:
    scene, other = factories.live(1), factories.live(1)
    look(publish(scene, site, CORRECTED))
    foreign = look(publish(other, site, CORRECTED))

    client = browser(scene.manager)
    assert client.get(page_of(scene), {"snapshot": foreign}).status_code == 404
    query = {"one": foreign, "other": foreign}
    assert client.get(page_of(scene) + "compare/", query).status_code == 404
    assert client.get(page_of(other)).status_code == 404


def test_comparing_without_two_chosen_leads_back(site: Site) -> None:
    scene = factories.live(1)
    look(publish(scene, site, CORRECTED))
    answer = browser(scene.manager).get(page_of(scene) + "compare/")
    assert answer.headers["Location"] == page_of(scene)


def test_the_parties_download_all_that_a_site_sent(site: Site) -> None:
    scene = factories.live(1)
    post = publish(scene, site, CORRECTED)
    snapshot = look(post)
    url = f"{page_of(scene)}archive/{snapshot}/"

    assert url in browser(scene.manager).get(page_of(scene)).content.decode()
    for user in (scene.manager, scene.client, scene.creators[0].user):
        answer = browser(user).get(url)
        assert answer.headers["Content-Type"] == "application/warc"
        assert answer.headers["Content-Disposition"].endswith('.warc.gz"')
        [record] = archives.read(answer.content)
        assert record.body == site.pages[f"/{scene.work().pk}"].body
    assert browser(scene.manager).get(f"{page_of(scene)}archive/0/").status_code == 404


def test_each_snapshot_is_in_the_campaigns_own_chain_once(site: Site) -> None:
    scene = factories.live(1)
    snapshot = Snapshot.objects.get(pk=look(publish(scene, site, CORRECTED)))
    for _ in range(2):
        actions.check_post(snapshot_id=snapshot.pk)

    event = Event.objects.get(kind="agreements.post_kept")
    assert event.stream == scene.campaign.stream
    assert event.facts == {"snapshot": snapshot.pk, "digest": snapshot.digest}


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 50


def typed(**changes: Any) -> dict[str, Any]:
    usual = {
        "text": "Ho provato.\r\n" + CORRECTED,
        "platform_label": "",
        "seen_on": str(timezone.localdate()),
        "picture": SimpleUploadedFile("../x.html", PNG, content_type="text/html"),
    }
    return usual | changes


def test_a_creator_attests_a_post_and_the_parties_download_the_picture() -> None:
    scene = factories.live(1)
    scene.publish()
    client = browser(scene.creators[0].user)
    assert client.get(page_of(scene) + "attest/").status_code == 200
    answer = client.post(page_of(scene) + "attest/", typed())
    assert answer.headers["Location"] == page_of(scene)

    page = client.get(page_of(scene))
    attested = page.context["attested"]
    assert attested.reading.text == f"Ho provato.\n{CORRECTED}"
    assert attested.reading.verdicts[0].quote == "Pubblicità"
    assert "Attested by a person" in page.content.decode()
    url = f"{page_of(scene)}picture/{attested.number}/"
    assert url in page.content.decode()
    for user in (scene.manager, scene.client, scene.creators[0].user):
        picture = browser(user).get(url)
        assert picture.content == PNG
        assert picture.headers["Content-Type"] == "image/png"
        assert picture.headers["Content-Disposition"].startswith("attachment; filename=")
        assert ".html" not in picture.headers["Content-Disposition"]
        assert picture.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert client.get(f"{page_of(scene)}picture/0/").status_code == 404


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("text", ""),
        ("text", "a\0b"),
        ("seen_on", "2020-01-01"),
        ("seen_on", "x"),
        ("platform_label", "a" * 201),
        ("picture", SimpleUploadedFile("x.png", b"<svg/>", content_type="image/png")),
        ("picture", ""),
    ],
)
def test_an_attestation_that_cannot_be_taken_keeps_what_was_typed(field: str, bad: Any) -> None:
    scene = factories.live(1)
    scene.publish()
    answer = browser(scene.manager).post(page_of(scene) + "attest/", typed(**{field: bad}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    if field != "text":
        assert CORRECTED in answer.context["form"]["text"].value()
    assert not Attestation.objects.exists()


def test_another_creators_post_is_not_attested_for_them() -> None:
    scene = factories.live(2)
    scene.publish(0)
    client = browser(scene.creators[1].user)
    assert client.get(page_of(scene)).status_code == 200
    assert client.get(page_of(scene) + "attest/").status_code == 403
    assert client.post(page_of(scene) + "attest/", typed()).status_code == 403
    assert not Attestation.objects.exists()


def test_an_upload_without_end_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST", 1000)
    scene = factories.live(1)
    scene.publish()
    large = SimpleUploadedFile("x.png", PNG + b"\0" * 100_000)
    answer = browser(scene.manager).post(page_of(scene) + "attest/", typed(picture=large))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["picture"]
