from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from campaigns.links.actions import make_link
from campaigns.links.models import TrackedLink
from campaigns.links.queries import links_of
from config.kernel.errors import DomainError
from tests.identity.people import member
from tests.links.posts import bruno, campaign, hana, post, publication

pytestmark = pytest.mark.django_db
TARGET = "https://alba.example/farro"


def refused(code: str) -> Any:
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def test_the_agency_and_the_author_make_the_link_once() -> None:
    ours, vera = campaign()
    author = hana()
    made = post(ours, author)

    first = make_link(publication_id=made.pk, target_url=TARGET, by=author.user)
    second = make_link(publication_id=made.pk, target_url=TARGET, by=vera)

    assert first == second
    assert links_of([made.pk]) == {made.pk: first}


def test_a_link_that_readers_may_have_stays_as_it_is() -> None:
    made = publication()
    make_link(publication_id=made.pk, target_url=TARGET, by=None)

    with refused("link_points_elsewhere"):
        make_link(publication_id=made.pk, target_url="https://other.example/", by=None)


def test_nobody_else_makes_it() -> None:
    ours, _ = campaign()
    made = post(ours, hana())
    post(ours, bruno(), 2)

    for stranger in (bruno().user, member("ada@altra.example", "agency", "Altra")):
        with refused("not_allowed"):
            make_link(publication_id=made.pk, target_url=TARGET, by=stranger)
    with refused("not_found"):
        make_link(publication_id=publication(3).pk, target_url=TARGET, by=hana().user)


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//alba.example",
        "alba.example",
        "http://10.0.0.1/",
        "http://127.0.0.1:8400/l/abcdefghjkmn",
        "http://intranet/",
        "https://alba.example\\@evil.example/",
        "https://alba.example/\r\nSet-Cookie: a=b",
        "https://u:p@alba.example/",
        "https://alba.example/" + "a" * 500,
        "",
    ],
)
def test_a_link_leads_to_the_public_web(target: str) -> None:
    with refused("invalid_input"):
        make_link(publication_id=publication().pk, target_url=target, by=None)

    assert not TrackedLink.objects.exists()


def test_a_link_does_not_lead_to_a_link(settings: Any) -> None:
    settings.SITE_URL = "https://patto.example"

    with refused("target_is_a_link"):
        make_link(
            publication_id=publication().pk,
            target_url="https://patto.example/l/abcdefghjkmn",
            by=None,
        )


def test_the_database_refuses_a_target_off_the_web() -> None:
    with pytest.raises(IntegrityError, match="link_target_is_on_the_web"):
        TrackedLink.objects.create(publication=publication(), target_url="javascript:alert(1)")


def test_the_page_makes_a_link_and_shows_what_to_copy(client: Client) -> None:
    ours, vera = campaign()
    made = post(ours, hana())
    client.force_login(vera)
    page = f"/c/{ours.public_id}/links/"

    assert "Make the link" in client.get(page).content.decode()
    for _ in range(2):
        answer = client.post(f"{page}{made.public_id}/", {"target_url": TARGET})
        assert answer["Location"] == page

    words = client.get(page).content.decode()
    assert f"/l/{TrackedLink.objects.get().code}" in words
    assert "Clicks pay nobody" in words


def test_a_wrong_address_is_refused_and_kept_on_the_page(client: Client) -> None:
    ours, vera = campaign()
    made = post(ours, hana())
    client.force_login(vera)

    answer = client.post(
        f"/c/{ours.public_id}/links/{made.public_id}/", {"target_url": "http://10.0.0.1/<b>"}
    )

    assert answer.status_code == 422
    assert "http://10.0.0.1/&lt;b&gt;" in answer.content.decode()
    assert not TrackedLink.objects.exists()


def test_an_influencer_meets_only_their_own_posts(client: Client) -> None:
    ours, _ = campaign()
    mine, other = post(ours, hana()), post(ours, bruno(), 2)
    client.force_login(hana().user)

    words = client.get(f"/c/{ours.public_id}/links/").content.decode()

    assert mine.url in words
    assert other.url not in words
    answer = client.post(f"/c/{ours.public_id}/links/{other.public_id}/", {"target_url": TARGET})
    assert answer.status_code == 404


def test_the_brand_reads_and_a_stranger_finds_nothing(client: Client) -> None:
    ours, _ = campaign()
    made = post(ours, hana())
    page = f"/c/{ours.public_id}/links/"
    ada = member("ada@altra.example", "agency", "Altra")

    client.force_login(ada)
    assert client.get(page).status_code == 404
    assert client.post(f"{page}{made.public_id}/", {"target_url": TARGET}).status_code == 404

    ada.memberships.update(organisation=ours.brand)
    assert client.get(page).status_code == 200
    assert client.post(f"{page}{made.public_id}/", {"target_url": TARGET}).status_code == 404
