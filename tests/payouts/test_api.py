"""Funding over the API: the same action, the same refusals, as problem+json."""

from typing import Any

import pytest
from django.test import Client

from campaigns.payouts.models import Funding
from config.identity import tokens
from config.identity.models import User
from config.kernel.fields import public_id
from tests.payouts.world import World, campaign_of

pytestmark = pytest.mark.django_db

GOOD = {
    "amount_minor": 1_500_000,
    "currency": "EUR",
    "statement": "2026-03/14",
    "received_on": "2026-03-10",
    "key": "transfer-14",
}


@pytest.fixture
def world(db: None) -> World:
    return campaign_of(creators=1)


def send(world: World, by: User, body: dict[str, Any]) -> Any:
    return Client().post(
        f"/api/v1/campaigns/{world.campaign.public_id}/funding/",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {tokens.make(by, public_id())}"},
    )


def test_the_same_funding_sent_twice_is_booked_once(world: World) -> None:
    for _ in range(2):
        response = send(world, world.agency, GOOD)
        assert response.status_code == 201
        assert response.json()["amount_minor"] == 1_500_000
    assert Funding.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("amount_minor", 0),
        ("amount_minor", -1),
        ("amount_minor", 12.5),
        ("amount_minor", 10**12 + 1),
        ("amount_minor", 2**80),
        ("currency", "USD"),
        ("currency", "euro"),
        ("statement", "Mario Rossi"),
        ("received_on", "9999-12-31"),
        ("received_on", "soon"),
        ("key", ""),
        ("key", "clé"),
    ],
)
def test_what_cannot_be_booked_is_a_problem_with_its_field(
    world: World, field: str, wrong: object
) -> None:
    response = send(world, world.agency, GOOD | {field: wrong})
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["code"] == "invalid_input"
    assert set(problem["facts"]["fields"]) & {field, "amount"}
    assert not Funding.objects.exists()


def test_the_same_key_for_another_amount_is_refused(world: World) -> None:
    send(world, world.agency, GOOD)
    response = send(world, world.agency, GOOD | {"amount_minor": 1})
    assert (response.status_code, response.json()["code"]) == (409, "already_booked")


def test_nobody_but_the_agency_finds_the_address(world: World) -> None:
    for by in (world.brand, world.creators[0], campaign_of(creators=1).agency):
        assert send(world, by, GOOD).status_code == 404
