"""The page on which a writer checks a draft: who may, what it says, that nothing is kept."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from config.identity.models import User
from disclosures.drafts import DraftCheck
from disclosures.models import Publication
from tests import factories
from tests.factories import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return factories.contracting(1)


def browser(user: User, language: str = "en") -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["language"] = language
    return client


def typed(scene: Scene, **changed: str) -> dict[str, str]:
    return {
        "text": "Il pane di oggi.",
        "platform": "blog",
        "format": "post",
        "language": "it",
        "published": "2026-11-22",
    } | changed


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_posts_page_leads_there(scene: Scene) -> None:
    client = browser(scene.seat().influencer.user)
    assert f"{scene.url}posts/draft/" in words(client.get(f"{scene.url}posts/"))
    assert client.get(f"{scene.url}posts/draft/").status_code == 200


def test_a_stranger_finds_nothing(scene: Scene) -> None:
    stranger = browser(factories.person("Nives"))
    assert stranger.get(f"{scene.url}posts/draft/").status_code == 404
    assert stranger.post(f"{scene.url}posts/draft/", typed(scene)).status_code == 404


@pytest.mark.parametrize(
    ("language", "said", "place"),
    [
        ("en", "Nothing says that this is advertising.", "Put it at the very beginning"),
        ("it", "Nulla dice che è pubblicità.", "Mettila proprio all’inizio"),
        ("fr", "Rien ne dit qu’il s’agit de publicité.", "Placez-la au tout début"),
    ],
)
def test_the_draft_is_judged_and_a_label_offered(
    scene: Scene, language: str, said: str, place: str
) -> None:
    client = browser(scene.seat().influencer.user, language)
    answer = client.post(f"{scene.url}posts/draft/", typed(scene))

    assert answer.status_code == 200
    assert "Il pane di oggi." in words(answer)
    assert "Pubblicità" in words(answer)
    assert said in words(answer)
    assert place in words(answer)


def test_a_good_draft_is_told_so_with_its_rule(scene: Scene) -> None:
    client = browser(scene.seat().influencer.user)
    labelled = f"Pubblicità {scene.fresh().brand.name}. Il pane."
    answer = client.post(f"{scene.url}posts/draft/", typed(scene, text=labelled))

    assert "It is said, in good words and in the right place." in words(answer)
    assert "/rules/#IT-" in words(answer)
    assert "Copy this" not in words(answer)


def test_nothing_is_kept_and_nothing_pasted_is_run(scene: Scene) -> None:
    client = browser(scene.seat().influencer.user)
    answer = client.post(f"{scene.url}posts/draft/", typed(scene, text="<script>x</script> #adv"))

    assert "<script>x" not in words(answer)
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "a" * 10_001),
        ("text", "a\0b"),
        ("platform", "fax"),
        ("format", "opera"),
        ("language", "xx"),
        ("published", "soon"),
        ("picture", "a" * 1001),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    scene: Scene, field: str, value: str
) -> None:
    client = browser(scene.seat().influencer.user)
    answer = client.post(f"{scene.url}posts/draft/", typed(scene, **{field: value}))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "A story of at most 30 pictures can be checked; this one has 31."),
        ("it", "Si può controllare una storia di al massimo 30 immagini; questa ne ha 31."),
        ("fr", "On peut vérifier une story de 30 images au plus ; celle-ci en compte 31."),
    ],
)
def test_a_story_of_too_many_pictures_is_refused(scene: Scene, language: str, said: str) -> None:
    client = browser(scene.seat().influencer.user, language)
    story = typed(scene, text="#ad\r\n\r\n" * 31, format="story")
    answer = client.post(f"{scene.url}posts/draft/", story)

    assert answer.status_code == 422
    assert said in words(answer).replace("\xa0", " ").replace("\u202f", " ")
    for changed in ({"format": "post"}, {"text": "#ad\r\n\r\n" * 30}):
        assert client.post(f"{scene.url}posts/draft/", story | changed).status_code == 200


def test_a_country_without_rules_is_called_by_its_name() -> None:
    with translation.override("it"):
        checked = DraftCheck(said=(), advice=(), unknown=("Polonia",))
        html = render_to_string("disclosures/_draft.html", {"checked": checked})
    assert "Polonia: qui non ci sono ancora regole per questo paese." in html
