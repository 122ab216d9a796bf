"""Material handed in by a program: kept once, checked, explained by the statement of reasons."""

import pytest

from tests import factories
from tests.api.callers import Caller, problem, said
from tests.quality.crowds.contests import as_lines, piloted

pytestmark = pytest.mark.django_db


def test_votes_are_handed_in_and_what_stands_out_is_told_in_figures() -> None:
    scene = factories.draft()
    brand = Caller(scene.client)
    body = {"kind": "votes", "words": as_lines(piloted())}
    made = said(brand.post(scene.api + "materials/", body), 201)
    assert said(brand.post(scene.api + "materials/", body), 201) == made  # once
    factories.check_all()

    told = said(brand.get(f"{scene.api}checks/{made['submission']}/"), 200)

    assert (made["kind"], told["status"]) == ("votes", "review")
    rules = {each["rule"].rsplit(".", 1)[1] for each in told["grounds"]}
    assert {"burst", "night", "one_network"} <= rules
    assert all("80" in each["why"] for each in told["grounds"] if each["rule"].endswith("network"))


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "votes", "words": "{}"},
        {"kind": "series", "words": "many"},
        {"kind": "clicks", "words": "{}"},
        {"kind": "post", "words": "Pane. " * 4_000},
        {"kind": "post", "words": " "},
        {"kind": "post"},
    ],
)
def test_what_can_not_be_read_is_422(body: dict[str, str]) -> None:
    scene = factories.draft()
    problem(Caller(scene.manager).post(scene.api + "materials/", body), 422, "invalid_input")
    assert not scene.campaign.materials.exists()


def test_whoever_has_no_part_finds_nothing_and_a_creator_hands_nothing_in() -> None:
    scene = factories.in_codesign(1)
    body = {"kind": "post", "words": "Il mio pane."}
    for user in (factories.draft().manager, scene.creators[0].user):
        problem(Caller(user).post(scene.api + "materials/", body), 404, "not_found")
