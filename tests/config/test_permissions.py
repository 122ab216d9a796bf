"""Every route, every role, a campaign that is not theirs: nothing is there."""

import pytest
from django.http import HttpResponseBase
from django.test import Client

from config.identity.models import User
from config.identity.permissions import TABLE, Kind, Role
from tests import factories
from tests.config import sent
from tests.config.world import Route, World, fingerprint, live, routes

pytestmark = pytest.mark.django_db
ROUTES = routes()
OF_A_CAMPAIGN = [each for each in ROUTES if "campaign" in each.arguments]


@pytest.fixture
def world() -> World:
    return live()


def ask(client: Client, method: str, route: Route, world: World) -> HttpResponseBase:
    url = route.url(world)
    if method == "GET":
        return client.get(url)
    body = sent.to(route.name, world)
    return (
        client.post(url, body, content_type="application/json")
        if route.is_api
        else (client.post(url, body))
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def answers(user: User, world: World, wanted: list[Route]) -> dict[tuple[str, str], int]:
    client = signed_in(user)
    return {
        (method, route.name): ask(client, method, route, world).status_code
        for route in wanted
        for method in ("GET", "POST")
    }


def test_every_route_is_declared_and_nothing_else_is() -> None:
    assert {route.name for route in ROUTES} == set(TABLE)


def test_what_has_a_campaign_in_its_address_asks_for_a_role_in_it() -> None:
    for route in ROUTES:
        asks = TABLE[route.name].kind is Kind.CAMPAIGN
        assert asks == ("campaign" in route.arguments), route.name
        assert not asks or TABLE[route.name].roles


def outsiders() -> dict[str, User]:
    """Everybody who has no part in a campaign, each at home in another where they can be."""
    other = factories.live(1)
    return {
        "stranger": factories.person(),
        "manager of another agency": other.manager,
        "reader of another agency": factories.member(other.campaign.agency, "reader"),
        "another brand": other.client,
        "creator of another campaign": other.creators[0].user,
    }


@pytest.mark.parametrize("who", list(range(5)))
def test_a_foreign_campaign_is_not_there_for_anybody_on_any_route(world: World, who: int) -> None:
    name, user = list(outsiders().items())[who]
    before = fingerprint()
    wrong = {
        key: status for key, status in answers(user, world, OF_A_CAMPAIGN).items() if status != 404
    }
    assert wrong == {}, name
    assert fingerprint() == before


def test_a_campaign_that_exists_and_one_that_does_not_answer_alike(world: World) -> None:
    user = factories.person()
    client = signed_in(user)
    none = World(world.scene, {**world.rows, "campaign": "nowherenowhe"})
    for route in OF_A_CAMPAIGN:
        there, not_there = (ask(client, "GET", route, each) for each in (world, none))
        assert there.status_code == not_there.status_code == 404
        if route.is_api:
            assert there.content == not_there.content  # type: ignore[attr-defined]


def test_a_reviewer_reads_what_readers_may_and_nothing_else_of_a_foreign_campaign(
    world: World,
) -> None:
    found = answers(factories.reviewer(), world, OF_A_CAMPAIGN)
    for (method, name), status in found.items():
        if Role.REVIEWER not in TABLE[name].roles:
            assert status == 404, (method, name)
        else:
            assert status in {200, 403, 404, 405, 409}, (method, name)  # 409: nothing to rule on
    assert found["GET", "briefs:edit"] == 200


def test_whoever_has_no_account_is_asked_to_sign_in(world: World) -> None:
    before = fingerprint()
    for route in ROUTES:
        if TABLE[route.name].kind in {Kind.PUBLIC, Kind.DEMO} or set(route.arguments) - set(
            world.rows
        ):
            continue
        for method in ("GET", "POST"):
            answer = ask(Client(), method, route, world)
            if route.is_api:
                assert answer.status_code == 401, route.name
                assert answer.headers["Content-Type"] == "application/problem+json"
            else:
                assert answer.status_code == 302, route.name
                assert answer.headers["Location"].startswith("/sign-in/"), route.name
    assert fingerprint() == before


def test_demonstration_routes_are_not_there_without_the_demonstration(world: World) -> None:
    for route in ROUTES:
        if TABLE[route.name].kind is Kind.DEMO:
            there = World(world.scene, {**world.rows, "token": "any"})
            for client in (Client(), signed_in(world.scene.manager)):
                assert ask(client, "GET", route, there).status_code == 404


PLAYERS = {
    Role.AGENCY: lambda scene: scene.manager,
    Role.BRAND: lambda scene: scene.client,
    Role.INFLUENCER: lambda scene: scene.creators[0].user,
}


@pytest.mark.parametrize("role", PLAYERS, ids=str)
def test_inside_a_campaign_each_role_reaches_its_own_routes_and_no_others(
    world: World, role: Role
) -> None:
    client = signed_in(PLAYERS[role](world.scene))
    for route in OF_A_CAMPAIGN:
        got = ask(client, "GET", route, world)
        if role not in TABLE[route.name].roles:
            assert got.status_code == 404, route.name
            assert ask(client, "POST", route, world).status_code == 404, route.name
        elif not (role is Role.INFLUENCER and route.names_a_row):  # of others it may be 404
            assert got.status_code in {200, 302, 405}, (route.name, got.status_code)


STORES_NOTHING = {"briefs:hints", "agreements:draft"}  # read what is typed, and only answer


@pytest.mark.parametrize("of", ["agency", "brand"])
def test_a_reader_changes_nothing(world: World, of: str) -> None:
    campaign = world.scene.campaign
    house = campaign.agency if of == "agency" else campaign.brand
    reader = factories.member(house, "reader")
    client = signed_in(reader)
    before = fingerprint()
    wrong, changed = {}, []
    for route in OF_A_CAMPAIGN:
        status = ask(client, "POST", route, world).status_code
        if status not in {403, 404, 405} and route.name not in STORES_NOTHING:
            wrong[route.name] = status
        if fingerprint() != before:
            changed.append(route.name)
            before = fingerprint()
    assert (changed, wrong) == ([], {})


def test_the_rows_of_another_campaign_are_not_there_in_ones_own(world: World) -> None:
    """The campaign is mine, what else the address names is not."""
    own = live()
    mixed = World(own.scene, {**world.rows, "campaign": own.rows["campaign"], "number": 99})
    client = signed_in(own.scene.manager)
    before, wrong = fingerprint(), {}
    for route in OF_A_CAMPAIGN:
        if len(route.arguments) > 1 and Role.AGENCY in TABLE[route.name].roles:
            for method in ("GET", "POST"):
                status = ask(client, method, route, mixed).status_code
                if status not in {404, 405}:
                    wrong[method, route.name] = status
    assert wrong == {}
    assert fingerprint() == before


def test_a_creator_neither_sees_nor_changes_the_terms_of_another(world: World) -> None:
    theirs = next(route for route in ROUTES if route.name == "agreements:detail")
    client = signed_in(world.scene.creators[0].user)  # the agreement is the second creator's
    before = fingerprint()
    for name in ("agreements:detail", "agreements:accept", "api:acceptance", "api:offer"):
        route = next(each for each in ROUTES if each.name == name)
        assert ask(client, "POST", route, world).status_code in {403, 404}, name
    assert ask(client, "GET", theirs, world).status_code == 404
    assert fingerprint() == before


def test_the_token_of_somebody_else_cant_be_revoked(world: World) -> None:
    from config.identity.actions import make_token

    make_token(user_id=world.scene.manager.pk, name="cli")
    row = world.scene.manager.api_tokens.get()
    stranger = signed_in(factories.person())
    assert stranger.post(f"/account/tokens/{row.pk}/revoke/").status_code == 404
    assert world.scene.manager.api_tokens.exists()


@pytest.mark.parametrize("name", ["influencers:roster", "briefs:new"])
def test_what_is_for_agencies_is_not_there_for_others(world: World, name: str) -> None:
    route = next(each for each in ROUTES if each.name == name)
    for user in (world.scene.client, world.scene.creators[0].user, factories.reviewer()):
        assert ask(signed_in(user), "GET", route, world).status_code == 404


def test_the_desk_of_reviewers_and_the_administration_are_not_there_for_others(
    world: World,
) -> None:
    for user in (world.scene.manager, world.scene.creators[0].user):
        client = signed_in(user)
        assert client.get("/reviews/").status_code == 404
        assert client.get("/reviews/1/").status_code == 404
        assert client.get("/admin/").status_code == 404
        assert client.get("/admin/briefs/campaign/").status_code == 404


def test_the_roster_of_another_agency_is_not_there(world: World) -> None:
    other = factories.in_codesign(1)
    person = world.scene.creators[0].public_id
    assert signed_in(world.scene.manager).get(f"/people/{person}/").status_code == 200
    assert signed_in(other.manager).get(f"/people/{person}/").status_code == 404
