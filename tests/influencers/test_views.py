from typing import Any

import pytest
from django.test import Client

from config.identity.models import User
from influencers.actions import add_influencer
from influencers.models import Channel, Influencer
from tests.identity.people import member, person
from tests.influencers.people import agency, influencer

pytestmark = pytest.mark.django_db
HANA = {
    "name": "Hana Kovač",
    "email": "hana@pane.example",
    "language": "it",
    "platform": "blog",
    "url": "https://pane.example/blog",
}


@pytest.fixture
def vera(client: Client) -> User:
    user, _ = agency()
    client.force_login(user)
    return user


@pytest.fixture
def hana(client: Client) -> Influencer:
    found = influencer()
    client.force_login(found.user)
    return found


def page(answer: Any) -> str:
    words: str = answer.content.decode()
    return words


def test_an_empty_list_says_what_to_do(client: Client, vera: User) -> None:
    assert "Nobody is on your list yet" in page(client.get("/people/"))


def test_a_person_is_added_and_shown(client: Client, vera: User) -> None:
    answer = client.post("/people/", HANA)

    hana = Influencer.objects.get()
    assert answer["Location"] == f"/people/{hana.public_id}/"
    assert "pane.example" in page(client.get(answer["Location"]))
    assert "Hana Kovač" in page(client.get("/people/?q=kova"))


def test_a_double_submit_adds_one(client: Client, vera: User) -> None:
    for _ in range(2):
        assert client.post("/people/", HANA).status_code == 302

    assert (Influencer.objects.count(), Channel.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "H" * 121),
        ("name", "H\0"),
        ("email", "hana"),
        ("email", "a" * 250 + "@pane.example"),
        ("language", "xx"),
        ("platform", "myspace"),
        ("url", "http://10.0.0.1/"),
        ("url", "javascript:alert(1)"),
        ("url", "https://pane.example/" + "a" * 600),
    ],
)
def test_what_can_t_be_added_is_refused_and_kept_on_the_page(
    client: Client, vera: User, field: str, value: str
) -> None:
    answer = client.post("/people/", {**HANA, field: value})

    assert answer.status_code == 422
    assert "https://pane.example/blog" in page(answer) or field == "url"
    assert not Influencer.objects.exists()


def test_somebody_else_s_address_is_refused_in_the_form(client: Client, vera: User) -> None:
    client.post("/people/", HANA)

    answer = client.post("/people/", {**HANA, "email": "bruno@pane.example"})

    assert answer.status_code == 422
    assert "bruno@pane.example" in page(answer)
    assert Influencer.objects.count() == 1


def test_a_list_has_pages(client: Client, vera: User) -> None:
    for number in range(30):
        influencer(by=vera, email=f"p{number}@pane.example", name=f"Person {number:02}")

    assert "Person 00" in page(client.get("/people/"))
    assert "Person 29" in page(client.get("/people/?page=2"))
    assert client.get("/people/?page=x").status_code == 200
    assert client.get("/people/?page=-3&q=%00").status_code == 200


def test_names_stay_words(client: Client, vera: User) -> None:
    client.post("/people/", {**HANA, "name": "<img src=x onerror=alert(1)>"})

    assert "<img src=x" not in page(client.get("/people/"))


def test_a_stranger_to_the_roster_is_not_there(client: Client, vera: User) -> None:
    other, _ = agency("ada@altra.example", "Altra")
    hers = influencer(by=other)

    assert client.get(f"/people/{hers.public_id}/").status_code == 404
    assert "Hana" not in page(client.get("/people/"))


@pytest.mark.parametrize("path", ["/people/%00/", "/people/x/", "/people/..%2fme/"])
def test_a_guessed_address_is_not_there(client: Client, vera: User, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/people/", "/me/"])
def test_a_stranger_is_asked_to_sign_in(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == f"/sign-in/?next={path}"


def test_the_list_is_for_agencies_and_the_page_for_influencers(client: Client) -> None:
    client.force_login(member("ada@alba.example", "brand", "Alba"))
    assert [client.get(path).status_code for path in ("/people/", "/me/")] == [404, 404]

    client.force_login(person("nobody@alba.example"))
    assert [client.get(path).status_code for path in ("/people/", "/me/")] == [404, 404]


def test_my_page_says_how_i_write_and_what_i_ask(client: Client, hana: Influencer) -> None:
    answer = client.post(
        "/me/",
        {"name": "Hana", "voice": "Piano", "refuses": "Vino", "least_fee_minor": "1.250,50"},
    )

    hana.refresh_from_db()
    assert answer["Location"] == "/me/"
    assert (hana.voice, hana.refuses, hana.least_fee_minor) == ("Piano", "Vino", 125050)
    assert "1250,50" in page(client.get("/me/"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("voice", "v" * 2001),
        ("refuses", "r\0"),
        ("least_fee_minor", "-5"),
        ("least_fee_minor", "zero"),
        ("least_fee_minor", "9" * 25),
    ],
)
def test_my_page_refuses_what_it_can_t_hold(
    client: Client, hana: Influencer, field: str, value: str
) -> None:
    typed = {"name": "Hana", "voice": "Piano", "refuses": "", "least_fee_minor": ""}

    answer = client.post("/me/", {**typed, field: value})

    hana.refresh_from_db()
    assert answer.status_code == 422
    assert (hana.name, hana.voice) == ("Hana Kovač", "")


def test_i_name_my_channels(client: Client, hana: Influencer) -> None:
    channel = {
        "platform": "blog",
        "channel_name": "Pane",
        "url": "https://pane.example/",
        "channel_language": "it",
    }

    for _ in range(2):
        assert client.post("/me/channels/", channel)["Location"] == "/me/"
    refused = client.post("/me/channels/", {**channel, "url": "http://192.168.1.1/"})

    assert refused.status_code == 422
    assert [each.name for each in hana.channels.all()] == ["Pane"]


def test_my_page_does_not_change_somebody_else_s(client: Client, hana: Influencer) -> None:
    bruno = add_influencer(email="bruno@pane.example", name="Bruno", language="it", by=None)

    client.post("/me/", {"name": "Hana", "influencer_id": bruno.pk, "voice": "", "refuses": ""})

    bruno.refresh_from_db()
    assert bruno.name == "Bruno"
