"""The pages: who sees them, what is typed stays, and what a share link shows."""

import json
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.reports import actions, signing
from campaigns.reports.models import CreatorReply, Incident, Lesson, ReportVersion, ShareLink
from config.identity.models import User
from tests.reports.scene import Scene

INSIDE = ("edit", "raise_incident", "lessons", "reply", "publish", "share")


def page(live: Scene, name: str = "edit", *args: str) -> str:
    return reverse(f"reports:{name}", args=[live.campaign.public_id, *args])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def agency(live: Scene) -> Client:
    return signed_in(live.agency)


@pytest.fixture
def creator(live: Scene) -> Client:
    return signed_in(live.creators[0])


@pytest.fixture
def token(live: Scene) -> str:
    live.published()
    return actions.share(campaign_id=live.campaign.pk, by=live.agency)


@pytest.mark.parametrize("name", INSIDE)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_finds_nothing(live: Scene, stranger: User, name: str, method: str) -> None:
    answer = getattr(signed_in(stranger), method)(page(live, name))

    assert answer.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("name", ["lessons", "publish", "share"])
def test_what_payers_do_is_hidden_from_creators(live: Scene, creator: Client, name: str) -> None:
    assert creator.post(page(live, name)).status_code == HTTPStatus.NOT_FOUND


def test_a_payer_has_no_reply(live: Scene, agency: Client) -> None:
    assert agency.post(page(live, "reply"), {"text": "Noi"}).status_code == HTTPStatus.NOT_FOUND


def test_another_campaigns_incident_is_not_found(live: Scene, agency: Client) -> None:
    answer = agency.post(page(live, "answer_incident", "nothing"), {"answer": "Ecco"})

    assert answer.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("who", ["agency", "creator"])
def test_those_inside_read_the_report(
    live: Scene, who: str, request: pytest.FixtureRequest
) -> None:
    answer = request.getfixturevalue(who).get(page(live))

    assert answer.status_code == HTTPStatus.OK
    assert "In cucina insieme" in answer.text
    assert "style=" not in answer.text


def test_the_whole_way_to_a_published_report_without_javascript(
    live: Scene, agency: Client, creator: Client
) -> None:
    creator.post(page(live, "raise_incident"), {"kind": "boycott", "text": "Un appello"})
    incident = Incident.objects.get()
    agency.post(page(live, "answer_incident", incident.public_id), {"answer": "Un incontro"})
    agency.post(page(live, "lessons"), {"text": "La meccanica prima."})
    for user in live.creators:
        signed_in(user).post(page(live, "reply"), {"waive": "on"})
    asked = agency.get(page(live, "publish"))
    answer = agency.post(page(live, "publish"), follow=True)

    assert "Publish and sign" in asked.text
    assert "Version 1 of the report is published and signed." in answer.text
    assert ReportVersion.objects.get().body["incidents"][0]["answer"] == "Un incontro"


def test_sending_every_form_twice_makes_one_thing(live: Scene, agency: Client) -> None:
    for _ in range(2):
        agency.post(page(live, "raise_incident"), {"kind": "late", "text": "Farina tardi"})
        agency.post(page(live, "lessons"), {"text": "La meccanica prima."})
        raised = Incident.objects.get()
        agency.post(page(live, "answer_incident", raised.public_id), {"answer": "Scusate"})
    live.published()
    once = agency.get(page(live)).context["once"]
    for _ in range(2):
        agency.post(page(live, "share"), {"once": once})

    assert Incident.objects.count() == Lesson.objects.count() - 1 == ShareLink.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "sent", "kept"),
    [
        ("raise_incident", {"kind": "", "text": "Una lite fra lettori"}, "Una lite fra lettori"),
        (
            "raise_incident",
            {"kind": "joy", "text": "Una <b>lite</b>"},
            "Una &lt;b&gt;lite&lt;/b&gt;",
        ),
        ("lessons", {"text": "x" * 5001}, "x" * 5001),
        ("lessons", {"text": "  "}, "Write at least one sentence."),
        ("lessons", {}, "Write at least one sentence."),
        ("share", {"once": "forged"}, "This page has grown old."),
    ],
)
def test_a_wrong_form_says_why_and_keeps_what_was_typed(
    live: Scene, agency: Client, name: str, sent: dict[str, str], kept: str
) -> None:
    answer = agency.post(page(live, name), sent)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert kept in answer.text
    assert not Incident.objects.exists()
    assert not Lesson.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"text": "Bene", "waive": "on"}])
def test_a_reply_is_words_or_a_waiver(live: Scene, creator: Client, sent: dict[str, str]) -> None:
    answer = creator.post(page(live, "reply"), sent)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "one of the two" in answer.text
    assert sent.get("text", "") in answer.text
    assert not CreatorReply.objects.exists()


def test_an_answer_that_came_too_late_is_not_lost(live: Scene, agency: Client) -> None:
    raised = actions.raise_incident(
        campaign_id=live.campaign.pk, by=live.agency, kind="flame", text="Una lite"
    )
    actions.answer_incident(incident_id=raised.pk, by=live.brand, answer="Un incontro")

    answer = agency.post(page(live, "answer_incident", raised.public_id), {"answer": "La mia"})

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "La mia" in answer.text
    assert "already has its answer" in answer.text


def test_publishing_too_early_says_what_is_missing(live: Scene, agency: Client) -> None:
    answer = agency.post(page(live, "publish"))

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Write what went wrong before you publish" in answer.text
    assert not ReportVersion.objects.exists()


def test_a_new_address_is_shown_once(live: Scene, agency: Client) -> None:
    live.published()
    once = agency.get(page(live)).context["once"]

    shown = agency.post(page(live, "share"), {"once": once}, follow=True)

    address = next(word for word in shown.text.split() if "/r/" in word).split("<")[0]
    assert Client().get(address.partition("8400")[2]).status_code == HTTPStatus.OK
    assert address not in agency.get(page(live)).text


def test_a_revoked_address_shows_nothing(live: Scene, agency: Client, token: str) -> None:
    link = ShareLink.objects.get()

    asked = agency.get(page(live, "revoke", link.public_id))
    agency.post(page(live, "revoke", link.public_id))

    assert "Revoke this address?" in asked.text

    for name in ("shared", "shared_json"):
        answer = Client().get(reverse(f"reports:{name}", args=[token]))
        assert answer.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("name", ["shared", "shared_json"])
def test_an_unknown_address_shows_nothing(db: None, name: str) -> None:
    answer = Client().get(reverse(f"reports:{name}", args=["no-such-token"]))

    assert answer.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("version", ["2", "99999999"])
def test_a_version_that_is_not_there_shows_nothing(token: str, version: str) -> None:
    answer = Client().get(reverse("reports:shared", args=[token]), {"v": version})

    assert answer.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("name", ["shared", "shared_json"])
def test_a_shared_page_is_neither_indexed_nor_passed_on(token: str, name: str) -> None:
    answer = Client().get(reverse(f"reports:{name}", args=[token]))

    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("headers", "language"),
    [({"Accept-Language": "fr"}, "fr"), ({"Accept-Language": "en"}, "en"), ({}, "it")],
)
def test_a_shared_page_is_in_its_readers_language(
    token: str, headers: dict[str, str], language: str
) -> None:
    answer = Client().get(reverse("reports:shared", args=[token]), headers=headers)

    assert f'<html lang="{language}"' in answer.text
    assert '<h1 lang="it">In cucina insieme</h1>' in answer.text


def test_the_shared_data_verify_without_patto(token: str) -> None:
    answer = Client().get(reverse("reports:shared_json", args=[token]))

    sealed = json.loads(answer.content)
    key = sealed["report"]["signed_with"]["public_key"]
    assert signing.verify(
        sealed["report"], digest=sealed["digest"], signature=sealed["signature"], key=key
    )


def test_an_older_version_stays_readable(live: Scene, token: str) -> None:
    actions.reply(campaign_id=live.campaign.pk, by=live.creators[0], text="Anzi, era buono")
    actions.publish(campaign_id=live.campaign.pk, by=live.agency)
    address = reverse("reports:shared", args=[token])

    reader = Client()
    reader.cookies["language"] = "en"
    newest, first = reader.get(address), reader.get(address, {"v": "1"})

    assert "Anzi, era buono" in newest.text
    assert "Anzi, era buono" not in first.text
    assert "Signed and verifiable" in first.text
