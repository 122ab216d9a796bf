import re
from typing import Any

import pytest
from django.test import Client, RequestFactory

from config.identity import tokens
from config.identity.actions import MOST_TOKENS, make_token
from config.identity.models import ApiToken, User
from tests.identity.people import member, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client: Client) -> User:
    user = member()
    client.force_login(user)
    return user


def token_on(answer: Any) -> str:
    found = re.search(r"patto_[\w-]{20,}", answer.content.decode())
    assert found
    return found[0]


def who_sends(token: str) -> User | None:
    headers = {"Authorization": f"Bearer {token}"}
    return tokens.user_of(RequestFactory(headers=headers).get("/api/v1/"))


def test_the_page_names_the_person_and_their_organisations(client: Client, user: User) -> None:
    page = client.get("/account/").content.decode()

    assert user.email in page
    assert "Conversa" in page


def test_name_and_language_are_saved_and_the_browser_follows(client: Client, user: User) -> None:
    client.cookies["language"] = "fr"

    answer = client.post("/account/", {"name": "Vera M.", "language": "it"})

    user.refresh_from_db()
    assert (user.name, user.language) == ("Vera M.", "it")
    assert answer["Location"] == "/account/"
    assert 'lang="it"' in client.get("/account/").content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "", "language": "it"},
        {"name": "V" * 121, "language": "it"},
        {"name": "V\0", "language": "it"},
        {"name": "Vera", "language": "xx"},
        {},
    ],
)
def test_what_can_t_be_saved_is_refused_and_nothing_changes(
    client: Client, user: User, typed: dict[str, str]
) -> None:
    assert client.post("/account/", typed).status_code == 422
    user.refresh_from_db()
    assert (user.name, user.language) == ("Vera Monti", "en")


def test_html_in_a_name_stays_words(client: Client, user: User) -> None:
    client.post("/account/", {"name": "<script>x</script>", "language": "en"})

    assert "<script>x" not in client.get("/account/").content.decode()


def test_a_token_is_shown_once_and_kept_as_a_digest(client: Client, user: User) -> None:
    answer = client.post("/account/tokens/", {"token_name": "ledger export"})

    token = token_on(answer)
    assert "no-store" in answer["Cache-Control"]
    assert token not in client.get("/account/").content.decode()
    assert token not in str(ApiToken.objects.values().get())
    assert who_sends(token) == user


def test_making_a_token_twice_makes_one(client: Client, user: User) -> None:
    client.post("/account/tokens/", {"token_name": "export"})

    assert client.post("/account/tokens/", {"token_name": "export"}).status_code == 409
    assert ApiToken.objects.count() == 1


def test_there_is_an_end_to_tokens(client: Client, user: User) -> None:
    for number in range(MOST_TOKENS):
        make_token(user_id=user.pk, name=f"token {number}")

    answer = client.post("/account/tokens/", {"token_name": "one more"})

    assert answer.status_code == 409
    assert ApiToken.objects.count() == MOST_TOKENS


@pytest.mark.parametrize("name", ["", "t" * 61, "\0"])
def test_a_token_needs_a_name(client: Client, user: User, name: str) -> None:
    assert client.post("/account/tokens/", {"token_name": name}).status_code == 422


def test_a_revoked_token_opens_nothing(client: Client, user: User) -> None:
    token = make_token(user_id=user.pk, name="export")

    client.post(f"/account/tokens/{ApiToken.objects.get().pk}/revoke/")

    assert who_sends(token) is None


def test_somebody_else_s_token_is_not_there(client: Client, user: User) -> None:
    make_token(user_id=person("ada@altra.example").pk, name="hers")

    answer = client.post(f"/account/tokens/{ApiToken.objects.get().pk}/revoke/")

    assert answer.status_code == 404
    assert ApiToken.objects.count() == 1


def test_a_token_of_somebody_shut_out_opens_nothing(user: User) -> None:
    token = make_token(user_id=user.pk, name="export")
    user.is_active = False
    user.save(update_fields=["is_active"])

    assert who_sends(token) is None


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic eDp5", "Bearer é", "Bearer x y"]
)
def test_a_bad_header_is_nobody(header: str) -> None:
    request = RequestFactory(headers={"Authorization": header}).get("/api/v1/")

    assert tokens.user_of(request) is None


def test_the_language_switch_is_kept_with_the_person(client: Client, user: User) -> None:
    client.post("/language/", {"language": "fr", "next": "/account/"})

    user.refresh_from_db()
    assert user.language == "fr"
    assert 'lang="fr"' in client.get("/account/").content.decode()


def test_the_account_asks_a_stranger_to_sign_in(client: Client) -> None:
    for path in ("/account/tokens/", "/account/tokens/1/revoke/"):
        assert client.post(path)["Location"].startswith("/sign-in/")
