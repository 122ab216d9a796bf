"""The pages of terms and posts: who reads them, what they take, what they keep of the rest."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.agreements.models import Acceptance, Fulfilment, OfferRound
from config.identity.models import User
from disclosures.models import Look
from tests import factories
from tests.factories import Scene

pytestmark = pytest.mark.django_db
TYPED: dict[str, Any] = {
    "fee": "1,100.50",
    "declared_hours": "16",
    "deliverables": "Un racconto\n\n Due foto ",
    "revisions": "1",
    "payment_days": "30",
    "kill_not_started": "10",
    "kill_in_work": "50",
    "kill_delivered": "100",
    "usage_months": "0",
    "note": "Perché sono due",
}
BAD: list[tuple[str, Any]] = [
    ("fee", ""),
    ("fee", "0"),
    ("fee", "-5"),
    ("fee", "a lot"),
    ("fee", "9" * 30),
    ("fee", "1.005"),
    ("declared_hours", "0"),
    ("declared_hours", "1e3"),
    ("declared_hours", "9" * 400),
    ("deliverables", ""),
    ("deliverables", "a" * 4001),
    ("deliverables", "a\0b"),
    ("revisions", "21"),
    ("payment_days", "61"),
    ("payment_days", "-1"),
    ("kill_in_work", "101"),
    ("kill_not_started", "60"),
    ("usage_months", "121"),
    ("rivals", "Altro"),
    ("exclusivity_price", "5"),
    ("clauses", "a" * 5001),
    ("note", "a" * 1001),
]


@pytest.fixture
def scene() -> Scene:
    return factories.contracting(1)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["language"] = "en"
    return client


def form_of(answer: Any) -> Any:
    return answer.context["form"]


def first_offer(scene: Scene) -> str:
    return f"{scene.url}terms/with/{scene.seat().pk}/"


def detail(scene: Scene) -> str:
    return f"{scene.url}terms/{scene.agreement().public_id}/"


def test_the_payers_make_the_first_offer_and_are_led_to_it(scene: Scene) -> None:
    client = browser(scene.manager)
    assert client.get(first_offer(scene)).status_code == 200
    answer = client.post(first_offer(scene), TYPED)
    assert (answer.status_code, answer.headers["Location"]) == (302, detail(scene))
    terms = OfferRound.objects.get().as_terms
    assert (terms.fee_minor, terms.deliverables) == (110_050, ("Un racconto", "Due foto"))


def test_sending_the_form_twice_makes_one_round(scene: Scene) -> None:
    client = browser(scene.manager)
    for _ in range(2):
        assert client.post(first_offer(scene), TYPED).status_code == 302
    assert OfferRound.objects.count() == 1


def test_what_cant_be_taken_comes_back_with_every_word_kept(scene: Scene) -> None:
    client = browser(scene.manager)
    for field, bad in BAD:
        typed = {**TYPED, field: bad}
        answer = client.post(first_offer(scene), typed)
        assert answer.status_code == 422, (field, bad[:20])
        form = form_of(answer)
        assert form.errors, field
        assert {name: form[name].value() for name in typed} == typed
        assert typed["note"] in answer.content.decode()
    assert not OfferRound.objects.exists()


def test_a_creator_reads_the_grid_and_counters_any_row(scene: Scene) -> None:
    scene.offer()
    client = browser(scene.creators[0].user)
    page = client.get(detail(scene))
    assert page.status_code == 200
    assert page.context["budget"]
    assert client.post(detail(scene), TYPED).status_code == 302
    newest = scene.agreement().rounds.last()
    assert newest is not None
    assert (newest.number, newest.side) == (2, "influencer")


def test_a_creator_with_one_agreement_goes_straight_to_it(scene: Scene) -> None:
    scene.offer()
    client = browser(scene.creators[0].user)
    assert client.get(f"{scene.url}terms/").headers["Location"] == detail(scene)
    assert browser(scene.manager).get(f"{scene.url}terms/").status_code == 200


def test_both_accept_what_they_read_and_twice_is_once(scene: Scene) -> None:
    scene.offer()
    for user in (scene.creators[0].user, scene.manager):
        client = browser(user)
        digest = client.get(detail(scene)).context["digest"]
        for _ in range(2):
            answer = client.post(f"{detail(scene)}accept/", {"terms_digest": digest})
            assert answer.status_code == 302
    assert scene.agreement().status == "agreed"
    assert Acceptance.objects.count() == 2
    assert browser(scene.client).get(detail(scene)).status_code == 200


@pytest.mark.parametrize("digest", ["", "0" * 64, "x", "0" * 63 + "\0"])
def test_a_stale_page_accepts_nothing(scene: Scene, digest: str) -> None:
    scene.offer()
    client = browser(scene.manager)
    answer = client.post(f"{detail(scene)}accept/", {"terms_digest": digest})
    assert answer.status_code == 409
    assert not Acceptance.objects.exists()


def test_a_reader_reads_and_is_offered_nothing_to_send(scene: Scene) -> None:
    scene.offer()
    client = browser(factories.member(scene.campaign.agency, "reader"))
    for url in (detail(scene), f"{scene.url}terms/", scene.url):
        page = client.get(url)
        assert page.status_code == 200
        main = page.content.decode().partition("<main")[2].partition("</main>")[0]
        assert 'method="post"' not in main, url


def test_a_post_is_registered_once_and_looked_at_again_by_its_sides() -> None:
    scene = factories.live(1)
    client = browser(scene.creators[0].user)
    posts = f"{scene.url}posts/"
    typed = {
        "url": "https://blog.example/pane",
        "platform": "blog",
        "published_on": timezone.localdate().isoformat(),
    }
    work = scene.work().pk
    assert client.get(posts).status_code == 200
    for _ in range(2):
        assert client.post(f"{posts}{work}/register/", typed).status_code == 302
    assert Fulfilment.objects.count() == 1
    Look.objects.update(status="running")
    assert client.post(f"{posts}{work}/look/").status_code == 302
    assert Look.objects.count() == 1  # one is under way
    assert client.get(posts).status_code == 200


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("url", ""),
        ("url", "javascript:alert(1)"),
        ("url", "http://127.0.0.1/"),
        ("url", "http://10.0.0.1/"),
        ("url", "https://user:pw@blog.example/"),
        ("url", "https://blog.example/" + "a" * 500),
        ("url", "https://blog.example/\0"),
        ("platform", "fax"),
        ("published_on", ""),
        ("published_on", "9999-12-31"),
        ("published_on", "yesterday"),
    ],
)
def test_a_post_that_cant_be_registered_keeps_what_was_typed(field: str, bad: str) -> None:
    scene = factories.live(1)
    typed = {
        "url": "https://blog.example/pane",
        "platform": "blog",
        "published_on": timezone.localdate().isoformat(),
        field: bad,
    }
    url = f"{scene.url}posts/{scene.work().pk}/register/"
    answer = browser(scene.manager).post(url, typed)
    assert answer.status_code == 422
    assert form_of(answer)[field].value() == bad
    assert not Fulfilment.objects.exists()


@pytest.mark.parametrize("language", ["it", "fr"])
def test_the_pages_are_in_the_readers_language(scene: Scene, language: str) -> None:
    scene.offer()
    client = browser(scene.manager)
    client.cookies["language"] = language
    html = client.get(detail(scene)).content.decode()
    assert f'<html lang="{language}"' in html
    for english in ("Side by side", "Propose a change", "Rounds", "Payment", "Hours of work"):
        assert english not in html, english
