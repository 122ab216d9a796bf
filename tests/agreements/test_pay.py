"""Pay by attention slips in by no door, and what an hour comes to stands beside the floor."""

import io
import json
import tempfile
from typing import Any

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.agreements.models import Agreement, OfferRound
from campaigns.briefs import actions as briefs
from campaigns.briefs.models import BudgetLine
from campaigns.briefs.values import Line
from campaigns.codesign.models import Invitation, Mechanic, Participant
from campaigns.quality import actions as quality
from campaigns.quality.models import QualityCheck, Submission
from campaigns.quality.queries import standing
from config.identity.models import User
from config.kernel.errors import InvalidInput
from tests import factories
from tests.agreements.test_views import TYPED
from tests.factories import ANSWERS, LINES, Scene
from tests.quality import pay_words

pytestmark = pytest.mark.django_db
FEW = settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FIELDS = ("clauses", "deliverables", "note", "usage_media", "rivals")


@pytest.fixture
def scene() -> Scene:
    return factories.contracting(1)


def browser(user: User, language: str = "en") -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["language"] = language
    return client


def page_of(scene: Scene) -> str:
    return f"{scene.url}terms/with/{scene.seat().pk}/"


def typed(field: str, words: str) -> dict[str, Any]:
    priced = {"usage_months": "1", "usage_media": "Web", "usage_price": "10"}
    barred = {"rivals": "Altro", "exclusivity_months": "1", "exclusivity_price": "10"}
    return {**TYPED, **priced, **barred, field: words}


@FEW
@given(clause=pay_words.refused_clauses, field=st.sampled_from(FIELDS))
def test_no_page_takes_a_generated_clause_in_any_row(scene: Scene, clause: str, field: str) -> None:
    answer = browser(scene.manager).post(page_of(scene), typed(field, clause))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not OfferRound.objects.exists()


@FEW
@given(clause=pay_words.refused_clauses)
def test_no_api_takes_a_generated_clause_in_any_row(scene: Scene, clause: str) -> None:
    client = browser(scene.manager)
    body = {"fee_minor": 100_000, "currency": "EUR", "declared_hours": 16}
    for more in (
        {"deliverables": ["Un racconto"], "clauses": clause},
        {"deliverables": ["Un racconto", clause[:200]]},
        {"deliverables": ["Un racconto"], "note": clause},
    ):
        answer = client.post(
            f"{scene.api}participants/{scene.seat().pk}/offers/",
            {**body, **more},
            content_type="application/json",
        )
        assert answer.status_code == 422, clause
        assert answer.json()["code"] == "invalid_input"
    assert not OfferRound.objects.exists()


@FEW
@given(formula=pay_words.refused_formulas, field=st.sampled_from(FIELDS))
def test_neither_page_nor_api_takes_a_generated_formula(
    scene: Scene, formula: str, field: str
) -> None:
    client = browser(scene.manager)
    answer = client.post(page_of(scene), typed(field, formula))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    body = {"fee_minor": 100_000, "currency": "EUR", "declared_hours": 16}
    body |= {"deliverables": ["Un racconto"], "clauses": formula}
    url = f"{scene.api}participants/{scene.seat().pk}/offers/"
    assert client.post(url, body, content_type="application/json").status_code == 422
    unknown = body | {"clauses": "", "formula": formula}
    client.post(url, unknown, content_type="application/json")
    assert not any("formula" in offer.terms for offer in OfferRound.objects.all())


@FEW
@given(words=st.one_of(pay_words.refused_formulas, pay_words.refused_clauses))
def test_a_sentence_about_pay_that_is_handed_in_is_rejected(words: str) -> None:
    draft = factories.draft()
    client = browser(draft.manager)
    typed_in = {"kind": "terms", "language": "it", "words": words}
    assert client.post(f"{draft.url}draft-material/", typed_in).status_code == 302
    sent = {"kind": "terms", "words": f"Compenso: {words}"}
    made = client.post(f"{draft.api}materials/", sent, content_type="application/json")
    assert made.status_code == 201
    factories.check_all()
    for material in draft.campaign.materials.all():
        assert standing(material.submission_id).status == "rejected", words


@FEW
@given(clause=pay_words.honest_clauses)
def test_every_door_takes_an_honest_clause(scene: Scene, clause: str) -> None:
    assert browser(scene.manager).post(page_of(scene), typed("clauses", clause)).status_code == 302


@FEW
@given(clause=pay_words.refused_clauses)
def test_handed_in_terms_with_a_generated_clause_are_rejected(scene: Scene, clause: str) -> None:
    term = {"pay": "fixed", "amount_minor": 100_000, "currency": "EUR", "clause": clause}
    made = quality.submit(kind="terms", language="it", terms=[term], author_id=scene.manager.pk)
    check = QualityCheck.objects.get(submission=made)
    quality.run_check(check_id=check.pk)
    assert standing(made.pk).status == "rejected"


@settings(max_examples=4, deadline=None)
@given(st.lists(st.one_of(pay_words.refused_formulas, pay_words.refused_clauses), min_size=1))
def test_no_command_takes_a_generated_formula_or_clause(given_words: list[str]) -> None:
    lines = [
        json.dumps({"id": nth, "terms": [{"pay": "fixed", "amount_minor": 1, field: words}]})
        for nth, words in enumerate(given_words)
        for field in ("formula", "clause")
    ]
    out = io.StringIO()
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write("\n".join(lines))
        file.flush()
        call_command("check_terms", file.name, stdout=out)
    said = [json.loads(line)["verdict"] for line in out.getvalue().splitlines()]
    assert said == ["reject"] * len(lines)


@pytest.mark.parametrize("words", ["2 € per 100 views", "Bonus de 50 € tous les 1 000 vues"])
def test_neither_a_letter_nor_a_budget_line_promises_pay_by_attention(words: str) -> None:
    scene = factories.in_codesign(1)
    lines = (*LINES, Line("creators", words, 100))
    with pytest.raises(InvalidInput) as refused:
        briefs.write_brief(campaign_id=scene.id, by=scene.manager, answers=ANSWERS, lines=lines)
    assert list(refused.value.facts["fields"]) == ["lines"]
    sent = {
        "name": "Hana", "email": "hana@pane.example", "channel_name": "Pane",
        "channel_url": "https://pane.example/", "platform": "blog", "language": "it",
        "why_you": "Il tuo pane", "who_knows_you": "Ada", "what_is_asked": "Un racconto",
        "what_is_paid": words, "how_to_say_no": "Dillo",
    }  # fmt: skip
    answer = browser(scene.manager).post(f"{scene.url}people/invite/", sent)
    assert answer.status_code == 422
    assert Invitation.objects.count() == 1


def test_the_administration_writes_nothing_that_pays() -> None:
    request = RequestFactory().get("/admin/")
    request.user = User(is_staff=True, is_superuser=True, is_active=True)
    for model in (Agreement, OfferRound, BudgetLine, Invitation, Mechanic, Participant, Submission):
        site = admin.site._registry.get(model)
        for may in ("add", "change", "delete"):
            assert site is None or not getattr(site, f"has_{may}_permission")(request)


def offered(floor: int | None) -> Scene:
    scene = factories.in_codesign(1)
    briefs.write_brief(
        campaign_id=scene.id,
        by=scene.manager,
        answers=ANSWERS,
        lines=LINES,
        floor_hourly_minor=floor,
    )
    factories.check_all()
    scene.advance("contracting")
    scene.offer()
    return scene


def read(scene: Scene, user: User) -> str:
    client = browser(user)
    said = client.get(f"{scene.url}terms/{scene.agreement().public_id}/").content.decode()
    return " ".join(said.split())


@pytest.mark.parametrize(
    ("floor", "says"),
    [
        (5_000, "floor is €50.00 an hour"),
        (7_000, "An hour comes to less than the floor"),
        (None, "No floor is known"),
    ],
)
def test_the_hour_stands_beside_the_floor_before_anybody_signs(
    floor: int | None, says: str
) -> None:
    scene = offered(floor)
    for user in (scene.manager, scene.creators[0].user):
        page = read(scene, user)
        before_the_yes = page[: page.index("Your yes binds you")]
        assert "€62.50" in before_the_yes
        assert says in before_the_yes
        [said] = browser(user).get(f"{scene.api}agreements/").json()
        assert (said["hourly_minor"], said["floor_hourly_minor"]) == (6_250, floor)


def test_a_round_below_the_floor_shows_its_reason_and_marks_no_words() -> None:
    scene = offered(7_000)
    page = read(scene, scene.manager)
    assert "pay.below_floor" in page
    assert "<mark>" not in page
