"""The API's description: valid OpenAPI 3.1, and no body made after it breaks an endpoint."""

import json
from typing import Any

import pytest
import schemathesis
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, Phase, given, settings

from tests import factories
from tests.api.callers import PROBLEM, Caller, said
from tests.config.world import routes
from tests.factories import Scene

pytestmark = pytest.mark.django_db
METHODS = ("get", "post", "put", "patch", "delete")


def description() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(Client().get("/api/schema/").content)
    return found


def test_the_description_is_valid_openapi_3_1_for_everybody_to_read() -> None:
    found = description()
    assert found["openapi"].startswith("3.1")
    validate_schema(found)
    as_json = Client().get("/api/schema/", {"format": "json"})
    assert said(as_json, 200) == json.loads(json.dumps(found))  # type: ignore[arg-type]


def test_every_route_of_the_api_is_described_with_a_sentence() -> None:
    found = description()["paths"]
    apart = {"api:schema", "api:docs"}
    assert len(found) == sum(each.is_api and each.name not in apart for each in routes())
    calls = [item[method] for item in found.values() for method in METHODS if method in item]
    assert all(call["description"] for call in calls)
    assert len({call["operationId"] for call in calls}) == len(calls)


def test_the_reference_is_a_page_that_names_every_call() -> None:
    page = Client().get("/api/docs/")
    assert page.status_code == 200
    html = page.content.decode()
    for path in description()["paths"]:
        assert path in html, path


def _operations() -> list[Any]:
    schema: Any = schemathesis.openapi.from_dict(description())
    return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.slow
def test_no_call_made_after_the_description_breaks_the_api() -> None:
    scene = factories.agreed_by_all(1)
    scene.fund()
    caller = Caller(scene.manager)
    for operation in _operations():
        _many_calls(caller, scene, operation)


def _many_calls(caller: Caller, scene: Scene, operation: Any) -> None:
    @settings(
        max_examples=12,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy())
    def call(case: Any) -> None:
        _never_breaks(caller, scene, case)

    call()


def _never_breaks(caller: Caller, scene: Scene, case: Any) -> None:
    own = {
        "campaign": scene.campaign.public_id,
        "agreement": scene.agreement().public_id,
        "participant": scene.seat().pk,
        "deliverable": scene.work().pk,
    }
    url = case.path.format(**{**(case.path_parameters or {}), **own})
    try:
        body = json.dumps(case.body)
    except TypeError:  # it has none
        body = ""
    answer = caller.client.generic(
        case.method, url, body, content_type="application/json", headers=caller.headers
    )
    assert answer.status_code < 500, (url, body)
    if answer.status_code >= 400:
        assert answer.json().keys() == PROBLEM, (url, body)


def _queries(caller: Any, url: str) -> int:
    caller.get(url)  # what is read once a process is read
    with CaptureQueriesContext(connection) as seen:
        assert caller.get(url).status_code == 200
    return len(seen)


def _more(scene: Scene, campaigns: int) -> None:
    from campaigns.briefs import actions as briefs

    for nth in range(campaigns):
        made = briefs.create_campaign(
            by=scene.manager,
            agency=scene.campaign.agency,
            brand=scene.campaign.brand,
            title=f"Campagna {nth}",
            language="it",
            jurisdictions=["IT"],
            currency="EUR",
        )
        other = Scene(made, scene.manager, scene.client)
        other.write_brief()
        other.advance("codesign")
        other.join()
        other.propose()
        other.stand()


@pytest.mark.parametrize("url", ["/", "/api/v1/campaigns/"])
def test_a_list_of_campaigns_asks_as_often_for_twelve_as_for_three(url: str) -> None:
    scene = factories.draft(written=False)
    _more(scene, 3)
    browser = Client()
    browser.force_login(scene.manager)
    few = _queries(browser, url)
    _more(scene, 9)
    assert _queries(browser, url) == few


def test_the_agreements_of_a_campaign_are_read_as_often_for_five_as_for_two() -> None:
    few, many = factories.agreed_by_all(2), factories.agreed_by_all(5)
    asked = [_queries(Caller(each.manager), each.api + "agreements/") for each in (few, many)]
    assert asked[0] == asked[1]
