"""Signing in by a code, through the pages a person meets."""

import re
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from config.identity import mail
from config.identity.models import Mail
from tests.identity.people import person

pytestmark = pytest.mark.django_db
EMAIL = "vera@conversa.example"


def ask(client: Client, email: str = EMAIL, **more: str) -> Any:
    answer = client.post("/sign-in/", {"email": email, **more})
    mail.send_owed()
    return answer


def code_in(outbox: list[EmailMessage]) -> str:
    found = re.search(r"\n\s+([0-9A-Z-]{4,})\n", str(outbox[-1].body))
    assert found
    return found[1]


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_code_from_the_mail_signs_in(client: Client, mailoutbox: list[EmailMessage]) -> None:
    person()

    answer = ask(client)
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/code/")
    assert client.get("/sign-in/code/").status_code == 200
    answer = client.post("/sign-in/code/", {"code": code_in(mailoutbox)})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert mailoutbox[-1].to == [EMAIL]
    assert is_signed_in(client)


def test_an_address_is_the_same_in_any_case(client: Client, mailoutbox: list[EmailMessage]) -> None:
    person()

    ask(client, "Vera@Conversa.EXAMPLE")
    client.post("/sign-in/code/", {"code": code_in(mailoutbox)})

    assert is_signed_in(client)


def test_a_wrong_code_is_refused_and_the_right_one_still_works(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    person()
    ask(client)

    answer = client.post("/sign-in/code/", {"code": "NOT-IT"})

    assert answer.status_code == 422
    assert not is_signed_in(client)
    client.post("/sign-in/code/", {"code": code_in(mailoutbox)})
    assert is_signed_in(client)


def test_five_wrong_codes_end_the_attempt(client: Client, mailoutbox: list[EmailMessage]) -> None:
    person()
    ask(client)

    answers = [client.post("/sign-in/code/", {"code": "NOT-IT"}) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [422] * 4 + [302]
    client.post("/sign-in/code/", {"code": code_in(mailoutbox)})
    assert not is_signed_in(client)


def test_a_code_signs_in_only_where_it_was_asked_for(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    person()
    ask(client)

    elsewhere = Client()
    elsewhere.post("/sign-in/code/", {"code": code_in(mailoutbox)})

    assert not is_signed_in(elsewhere)


def test_a_code_works_once(client: Client, mailoutbox: list[EmailMessage]) -> None:
    person()
    ask(client)
    client.post("/sign-in/code/", {"code": code_in(mailoutbox)})
    client.post("/sign-out/")

    client.post("/sign-in/code/", {"code": code_in(mailoutbox)})

    assert not is_signed_in(client)


def test_an_old_code_is_refused(
    client: Client, mailoutbox: list[EmailMessage], settings: Any
) -> None:
    person()
    ask(client)

    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    answer = client.post("/sign-in/code/", {"code": code_in(mailoutbox)})

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
    assert not is_signed_in(client)


def test_an_unknown_address_is_answered_like_a_known_one(
    mailoutbox: list[EmailMessage],
) -> None:
    person()
    known, unknown = Client(), Client()

    first, second = ask(known), ask(unknown, "anna@conversa.example")

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    pages = [browser.get("/sign-in/code/") for browser in (known, unknown)]
    words = [_without_what_differs(page.content.decode()) for page in pages]
    assert words[0] == words[1]
    assert [message.to for message in mailoutbox] == [[EMAIL], ["anna@conversa.example"]]
    assert not re.search(r"\n\s+[0-9A-Z-]{4,}\n", str(mailoutbox[-1].body))


def _without_what_differs(page: str) -> str:
    page = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": ")"?\w+', "", page)
    return re.sub(r"\w+@conversa\.example", "", page)


def test_a_stranger_s_address_is_forgotten_once_told(client: Client) -> None:
    ask(client, "anna@conversa.example")

    row = Mail.objects.get()
    assert (row.status, row.address, row.to) == ("sent", "", None)


def test_who_may_no_longer_sign_in_gets_no_code(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    user = person()
    user.is_active = False
    user.save(update_fields=["is_active"])

    ask(client)

    assert "Nobody is known here" in mailoutbox[-1].body


def test_another_address_can_be_asked_for(client: Client, mailoutbox: list[EmailMessage]) -> None:
    person()
    ask(client, "vrea@conversa.example")

    assert client.get("/sign-in/").status_code == 200
    ask(client)
    client.post("/sign-in/code/", {"code": code_in(mailoutbox)})

    assert is_signed_in(client)


def test_a_code_can_be_sent_again(client: Client, mailoutbox: list[EmailMessage]) -> None:
    person()
    ask(client)

    client.post("/sign-in/code/", {"action": "resend"})
    mail.send_owed()
    client.post("/sign-in/code/", {"code": code_in(mailoutbox)})

    assert len(mailoutbox) == 2
    assert is_signed_in(client)


def test_asking_too_often_is_refused(mailoutbox: list[EmailMessage]) -> None:
    person()

    answers = [ask(Client()).status_code for _ in range(4)]

    assert answers == [302, 302, 302, 422]
    assert len(mailoutbox) == 3


@pytest.mark.parametrize(
    "email", ["", "vera", "a" * 300 + "@conversa.example", "vera\0@conversa.example", "<b>@x"]
)
def test_what_is_no_address_is_refused_in_words(client: Client, email: str) -> None:
    answer = client.post("/sign-in/", {"email": email})

    assert answer.status_code == 422
    assert "<b>@x" not in answer.content.decode()
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example", "/\\x.example"]
)
def test_signing_in_leads_to_no_other_site(
    client: Client, mailoutbox: list[EmailMessage], away: str
) -> None:
    person()
    ask(client, next=away)

    answer = client.post("/sign-in/code/", {"code": code_in(mailoutbox), "next": away})

    assert answer["Location"] == "/"


def test_a_page_asked_for_waits_behind_the_sign_in(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    person()

    asked = client.get("/account/")
    assert asked["Location"] == "/sign-in/?next=/account/"
    answer = client.post(asked["Location"], {"email": EMAIL, "next": "/account/"})
    mail.send_owed()
    answer = client.post(answer["Location"], {"code": code_in(mailoutbox), "next": "/account/"})

    assert answer["Location"] == "/account/"


def test_signing_out_asks_first_and_then_ends_the_session(client: Client) -> None:
    client.force_login(person())

    assert client.get("/sign-out/").status_code == 200
    assert is_signed_in(client)
    client.post("/sign-out/", {"next": "https://elsewhere.example/"})

    assert not is_signed_in(client)


def test_nobody_signs_up_alone(client: Client) -> None:
    answer = client.post("/sign-up/", {"email": "anna@conversa.example"})

    assert "Nobody signs up here alone" in answer.content.decode()
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    "path", ["/password/reset/", "/accounts/login/", "/email/", "/login/", "/reauthenticate/"]
)
def test_passwords_and_address_books_have_no_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_form_is_refused_without_its_token() -> None:
    careful = Client(enforce_csrf_checks=True)

    assert careful.post("/sign-in/", {"email": EMAIL}).status_code == 403
