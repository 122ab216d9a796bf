"""The frame around every page, on the running site."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client, override_settings
from django.urls import reverse

from config.identity import mail
from config.identity.actions import add_membership, add_organisation, add_user
from config.identity.models import User
from config.theme.navigation import PLACES

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta() -> User:
    """Somebody of an agency, who reads Italian."""
    user = add_user(email="marta@conversa.example", name="Marta Rizzi", language="it")
    add_membership(user=user, organisation=add_organisation(name="Conversa <b>", kind="agency"))
    return user


def test_every_link_of_a_menu_leads_somewhere() -> None:
    for places in PLACES.values():
        for place in places:
            assert reverse(place.route)


def test_the_frame_names_the_person_and_speaks_their_language(client: Client, marta: User) -> None:
    client.force_login(marta)
    html = client.get(reverse("identity:account")).content.decode()
    assert '<html lang="it"' in html
    assert "Marta Rizzi" in html
    assert "Conversa &lt;b&gt;" in html
    assert reverse("influencers:roster") in html
    assert "Vai al contenuto" in html


def test_a_chosen_language_is_kept_with_the_person(client: Client, marta: User) -> None:
    client.force_login(marta)
    client.post(reverse("set_language"), {"language": "fr", "next": "/account/"})
    assert '<html lang="fr"' in client.get(reverse("identity:account")).content.decode()
    assert User.objects.get().language == "fr"


def test_a_stranger_may_choose_a_language_too(client: Client) -> None:
    answer = client.post(reverse("set_language"), {"language": "it", "next": "/sign-in/"})
    assert answer.headers["Location"] == "/sign-in/"
    assert "Mandami il codice" in client.get("/sign-in/").content.decode()


def test_a_theme_holds_on_the_next_page(client: Client) -> None:
    client.post(reverse("theme"), {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/sign-in/").content.decode()
    client.post(reverse("theme"), {"theme": ""})
    assert "data-theme" not in client.get("/sign-in/").content.decode()


def test_the_code_is_asked_for_and_written_in_the_readers_language(
    client: Client, marta: User, mailoutbox: list[EmailMessage]
) -> None:
    client.post(reverse("set_language"), {"language": "it"})
    answer = client.post("/sign-in/", {"email": marta.email}, follow=True)
    assert "Scrivi il codice" in answer.content.decode()
    mail.send_owed()
    (sent,) = mailoutbox
    assert "è il tuo codice per Patto" in sent.subject
    assert "Il tuo codice:" in str(sent.body)
    assert "&" not in str(sent.body)
    wrong = client.post("/sign-in/code/", {"code": "WRONG"})
    assert 'class="error"' in wrong.content.decode()
    assert 'value="WRONG"' in wrong.content.decode()


def test_an_address_that_is_no_address_is_said_beside_the_field(client: Client) -> None:
    html = client.post("/sign-in/", {"email": "<i>nobody"}).content.decode()
    assert 'aria-invalid="true"' in html
    assert "&lt;i&gt;nobody" in html


def test_what_is_not_there_is_a_page_in_the_look(client: Client, marta: User) -> None:
    client.force_login(marta)
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "Qui non c’è nulla" in answer.content.decode()


def test_a_form_without_its_token_is_refused_kindly(marta: User) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"email": marta.email})
    assert answer.status_code == 403
    assert "This form was open too long" in answer.content.decode()


def test_the_style_guide_is_not_there_outside_the_demonstration(client: Client) -> None:
    assert client.get(reverse("styleguide")).status_code == 404
    with override_settings(DEMO=True):
        assert client.get(reverse("styleguide")).status_code == 200
