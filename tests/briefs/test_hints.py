"""Hints while somebody writes: said once, in the reader's language, kept nowhere."""

import logging
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.briefs import hinting
from campaigns.briefs.hinting import Pace
from config.identity.models import User
from tests import factories
from tests.config.world import fingerprint
from tests.factories import Scene

pytestmark = pytest.mark.django_db
BAD = "Ogni blog riceve 2 € per ogni 100 mi piace."
GOOD = "Ogni blog riceve 400 € per otto ore di lavoro."


@pytest.fixture
def scene() -> Scene:
    return factories.in_codesign(1)


def browser(user: User, language: str = "en") -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(user)
    client.cookies["language"] = language
    return client


def asked(client: Client, scene: Scene, words: str, kind: str = "mechanic", **more: str) -> Any:
    of = more.pop("of", "text")
    return client.post(f"{scene.url}hints/", {"kind": kind, "of": of, of: words, **more})


@pytest.mark.parametrize("kind", ["brief", "mechanic", "terms"])
def test_what_the_check_would_stop_is_quoted_with_an_honest_way(scene: Scene, kind: str) -> None:
    said = asked(browser(scene.manager), scene, f"{GOOD} {BAD}", kind).content.decode()
    assert "2 € per ogni 100 mi piace" in said
    assert "This would pass:" in said
    assert "whatever the number of readers" in said


def test_hints_are_read_in_the_readers_language(scene: Scene) -> None:
    said = asked(browser(scene.creators[0].user, "fr"), scene, BAD).content.decode()
    assert "quel que soit le nombre de lecteurs" in said


def test_what_is_said_already_is_not_said_again_and_what_is_mended_is(scene: Scene) -> None:
    client = browser(scene.manager)
    first = asked(client, scene, BAD)
    shown = first.context["hinted"].shown
    assert asked(client, scene, f"{GOOD} {BAD}", **{"shown-text": shown}).status_code == 204
    mended = asked(client, scene, GOOD, **{"shown-text": shown})
    assert "Nothing here is stopped any more" in mended.content.decode()
    assert asked(client, scene, GOOD, **{"shown-text": "clear"}).status_code == 204
    assert asked(client, scene, GOOD).status_code == 204


def test_a_list_of_what_is_not_wanted_is_not_accused(scene: Scene) -> None:
    words = "Like per like, premi a chi condivide"
    client = browser(scene.manager)
    assert asked(client, scene, words, "brief", of="not_wanted").status_code == 204
    assert asked(client, scene, words, "brief", of="how").status_code == 200


def test_words_are_neither_kept_nor_logged(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    client = browser(scene.manager)
    before = fingerprint()
    with caplog.at_level(logging.DEBUG):
        assert asked(client, scene, BAD).status_code == 200
    assert fingerprint() == before
    assert "100 mi piace" not in caplog.text


def test_words_of_people_are_no_markup(scene: Scene) -> None:
    words = "<b>2 €</b> per ogni 100 mi piace <img src=x>"
    said = asked(browser(scene.manager), scene, words).content.decode()
    assert "<img" not in said
    assert "<b>2" not in said


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "post", "of": "text", "text": BAD},
        {"kind": "mechanic", "of": "te<xt", "te<xt": BAD},
        {"kind": "mechanic", "of": ""},
        {},
    ],
)
def test_what_no_editor_sends_is_not_there(scene: Scene, sent: dict[str, str]) -> None:
    assert browser(scene.manager).post(f"{scene.url}hints/", sent).status_code == 404


def test_what_is_too_long_waits_for_the_check(scene: Scene) -> None:
    said = asked(browser(scene.manager), scene, "a" * 20_001).content.decode()
    assert "too long for hints" in said


def test_the_longest_words_are_read_under_every_field(scene: Scene) -> None:
    words = (f"{GOOD} " * 500)[: 20_000 - len(BAD)] + BAD
    for kind in ("brief", "mechanic", "terms"):
        for of in ("text", "not_wanted"):
            answer = asked(browser(scene.manager), scene, words, kind, of=of)
            assert answer.status_code in {200, 204}, (kind, of)


def test_a_stranger_and_a_visitor_get_no_hints(scene: Scene) -> None:
    assert asked(browser(factories.person()), scene, BAD).status_code == 404
    assert asked(Client(), scene, BAD).status_code == 302
    assert browser(scene.manager).get(f"{scene.url}hints/").status_code == 405


def test_a_form_of_another_site_gets_no_hints(scene: Scene) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.manager)
    assert asked(client, scene, BAD).status_code == 403


def test_nobody_is_answered_past_the_pace(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hinting, "PACE", Pace(2))
    client, other = browser(scene.manager), browser(scene.client)
    assert [asked(client, scene, BAD).status_code for _ in range(3)] == [200, 200, 429]
    assert asked(other, scene, BAD).status_code == 200


def test_the_pace_begins_anew_each_minute() -> None:
    pace = Pace(1)
    assert [pace.allows(7, at) for at in (0.0, 59.0, 60.0, 61.0)] == [True, False, True, False]


def test_without_a_script_the_hints_stand_under_the_fields_once_saved(scene: Scene) -> None:
    scene.write_brief(how=BAD)
    said = browser(scene.manager).get(reverse("briefs:edit", args=[scene.campaign.public_id]))
    assert "The check would stop this." in said.content.decode()


def test_the_editor_of_the_mechanic_shows_them_too(scene: Scene) -> None:
    scene.propose(BAD)
    said = browser(scene.creators[0].user).get(f"{scene.url}mechanic/propose/")
    assert "The check would stop this." in said.content.decode()
