"""Home, the campaign's page, and the reviewers' desk."""

import pytest
from django.test import Client

from campaigns.briefs import actions as briefs
from campaigns.quality import actions as quality
from campaigns.quality.models import Ruling
from config.identity.models import User
from tests import factories
from tests.factories import CLICKBAIT, Scene

pytestmark = pytest.mark.django_db


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["language"] = "en"
    return client


def waiting(user: User) -> list[str]:
    return [str(task.text) for task in browser(user).get("/").context["waiting"]]


def test_home_says_to_each_what_waits_for_them_at_every_stage() -> None:
    scene = factories.draft(written=False)
    assert waiting(scene.manager) == ["Write the brief"]
    scene.write_brief()
    assert waiting(scene.manager) == ["Open the co-design"]
    scene.advance("codesign")
    scene.invite()
    creator = scene.creators[0].user
    assert waiting(creator) == ["Answer an invitation"]
    from campaigns.codesign import actions as codesign

    codesign.answer_invitation(campaign_id=scene.id, by=creator, joins=True)
    scene.propose()
    assert waiting(creator) == ["Say where you stand"]
    scene.stand()
    assert waiting(creator) == []
    scene.advance("contracting")
    scene.offer()
    assert waiting(creator) == ["Answer proposal 1"]
    scene.agree()
    scene.advance("live")
    assert waiting(creator) == ["Register a post once it is out"]
    scene.publish()
    scene.advance("closing")
    assert waiting(creator) == ["Reply to the report, or waive it"]
    assert waiting(scene.client) == []


@pytest.mark.parametrize("stage", ["draft", "in_codesign", "contracting", "live", "closing"])
def test_home_and_campaign_open_for_everybody_in_it_at_every_stage(stage: str) -> None:
    scene: Scene = getattr(factories, stage)()
    people = [scene.manager, scene.client, *(each.user for each in scene.creators)]
    for user in people:
        client = browser(user)
        assert client.get("/").status_code == 200
        page = client.get(scene.url)
        assert page.status_code == 200
        assert scene.campaign.title in page.content.decode()
    assert browser(factories.person()).get(scene.url).status_code == 404


def test_somebody_without_any_campaign_has_a_home_too() -> None:
    member = factories.member(factories.organisation())
    for user in (factories.person(), factories.reviewer(), member):
        assert browser(user).get("/").status_code == 200


def test_the_button_moves_the_stage_and_pressed_twice_moves_it_once() -> None:
    scene = factories.draft()
    client = browser(scene.manager)
    for _ in range(2):
        assert client.post(f"{scene.url}advance/", {"to": "codesign"}).status_code == 302
    assert scene.fresh().stage == "codesign"


@pytest.mark.parametrize("to", ["", "paused", "a\0b", "live"])
def test_a_stage_that_cant_be_opened_moves_nothing(to: str) -> None:
    scene = factories.draft()
    answer = browser(scene.manager).post(f"{scene.url}advance/", {"to": to})
    assert answer.status_code in {302, 409}
    assert scene.fresh().stage == "draft"


def test_a_blocked_stage_answers_409() -> None:
    scene = factories.draft(written=False)
    answer = browser(scene.manager).post(f"{scene.url}advance/", {"to": "codesign"})
    assert answer.status_code == 409


def test_calling_off_is_asked_first_and_then_done() -> None:
    scene = factories.agreed_by_all(1)
    client = browser(scene.manager)
    assert client.get(f"{scene.url}cancel/").status_code == 200
    assert scene.fresh().stage == "contracting"
    for _ in range(2):
        assert client.post(f"{scene.url}cancel/").status_code == 302
    assert scene.fresh().stage == "cancelled"
    assert client.get(scene.url).status_code == 200


def appealed() -> tuple[Scene, int]:
    """A brief that was refused, with an appeal."""
    scene = factories.draft(written=False)
    brief = scene.write_brief(how=CLICKBAIT)
    quality.appeal(submission_id=brief.submission_id, by=scene.client, reason="È una citazione.")
    return scene, brief.submission_id


def test_a_reviewer_rules_with_a_reason_and_the_campaign_goes_on() -> None:
    scene, submission = appealed()
    client = browser(factories.reviewer())
    assert client.get("/reviews/").status_code == 200
    assert client.get(f"/reviews/{submission}/").status_code == 200
    ruling = {"decision": "accepted", "reason": "Le parole sono citate per rifiutarle."}
    assert client.post(f"/reviews/{submission}/", ruling).status_code == 302
    assert Ruling.objects.get().decision == "accepted"
    assert scene.advance("codesign").stage == "codesign"


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("decision", ""),
        ("decision", "maybe"),
        ("reason", ""),
        ("reason", "a\0b"),
        ("reason", "a" * 4001),
    ],
)
def test_a_ruling_that_cant_be_taken_keeps_what_was_typed(field: str, bad: str) -> None:
    _, submission = appealed()
    typed = {"decision": "accepted", "reason": "Le parole sono citate.", field: bad}
    answer = browser(factories.reviewer()).post(f"/reviews/{submission}/", typed)
    assert answer.status_code == 422
    assert answer.context["form"]["reason"].value() == typed["reason"]
    assert not Ruling.objects.exists()


def test_a_member_of_the_campaigns_houses_does_not_rule() -> None:
    from config.identity.actions import make_reviewer

    scene, submission = appealed()
    ruling = {"decision": "accepted", "reason": "Perché sì."}
    for user in (scene.manager, scene.client):
        make_reviewer(user=user)
        answer = browser(user).post(f"/reviews/{submission}/", ruling)
        assert answer.status_code == 403
    assert not Ruling.objects.exists()


def test_what_does_not_wait_for_a_ruling_is_not_at_the_desk() -> None:
    scene = factories.draft()
    brief = scene.campaign.briefs.last()
    assert brief is not None
    client = browser(factories.reviewer())
    assert client.get(f"/reviews/{brief.submission_id}/").status_code == 404
    assert client.get("/reviews/999999999999999999999/").status_code == 404


def test_material_that_was_refused_holds_the_draft_and_is_named() -> None:
    scene = factories.draft()
    briefs.hand_in(campaign_id=scene.id, by=scene.manager, kind="post", words=CLICKBAIT)
    factories.check_all()
    page = browser(scene.manager).get(scene.url)
    assert [str(each["message"]) for each in page.context["lacking"]] == [
        "What was handed in with the draft passes the quality check"
    ]


@pytest.mark.parametrize("language", ["it", "fr"])
def test_home_and_campaign_are_in_the_readers_language(language: str) -> None:
    scene = factories.contracting(1)
    client = browser(scene.manager)
    client.cookies["language"] = language
    for url in ("/", scene.url):
        html = client.get(url).content.decode()
        assert f'<html lang="{language}"' in html
        for english in ("What waits for me", "What happened", "The mechanic", "Overview"):
            assert f">{english}<" not in html, english
