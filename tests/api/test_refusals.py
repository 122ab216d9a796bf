"""What the API can't take: always RFC 9457, never a half-written row, never a 500."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.quality.models import Submission
from config.identity.models import User
from config.kernel.models import Event
from tests import factories
from tests.api.callers import Caller, problem, said
from tests.config.world import fingerprint
from tests.factories import ANSWERS, Scene

pytestmark = pytest.mark.django_db
GONE = object()


@pytest.fixture
def scene() -> Scene:
    return factories.agreed_by_all(1)


@pytest.fixture
def agency(scene: Scene) -> Caller:
    return Caller(scene.manager)


@pytest.mark.parametrize("body", ["{", "[1,", "\x00", '{"to": NaN}', '{"to": 1e', '"\\ud8"', ""])
def test_what_is_no_json_is_400(agency: Caller, scene: Scene, body: str) -> None:
    answer = agency.post(scene.api + "stage/", body)
    if body == "":
        problem(answer, 422, "invalid_input")
    else:
        problem(answer, 400, "malformed")


def test_bytes_that_are_no_text_are_400(agency: Caller, scene: Scene) -> None:
    problem(agency.post(scene.api + "stage/", b'{"to": "\xff"}'), 400, "malformed")


@pytest.mark.parametrize("body", [[], [1], "text", 7, None, True])
def test_json_that_is_no_object_is_422(agency: Caller, scene: Scene, body: Any) -> None:
    import json

    problem(agency.post(scene.api + "stage/", json.dumps(body)), 422, "invalid_input")


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data"])
def test_another_kind_of_body_is_415(agency: Caller, scene: Scene, kind: str) -> None:
    problem(agency.post(scene.api + "stage/", "to=live", kind), 415, "unsupported_media_type")


def test_another_method_is_405(agency: Caller, scene: Scene) -> None:
    problem(agency.get(scene.api + "stage/"), 405, "method_not_allowed")
    problem(agency.put(scene.api, {}), 405, "method_not_allowed")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer nobody", "Basic YTpi", "é"])
def test_without_a_good_token_it_is_401(scene: Scene, header: str) -> None:
    client = Client()
    for answer in (
        client.get(scene.api, headers={"Authorization": header}),
        client.post(scene.api + "stage/", {"to": "live"}, headers={"Authorization": header}),
    ):
        problem(answer, 401, "sign_in_first")  # type: ignore[arg-type]
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_token_of_somebody_who_may_no_longer_sign_in_is_401(
    agency: Caller, scene: Scene
) -> None:
    User.objects.filter(pk=scene.manager.pk).update(is_active=False)
    problem(agency.get(scene.api), 401, "sign_in_first")


def test_what_somebody_else_has_to_do_is_403(scene: Scene) -> None:
    reader = Caller(factories.member(scene.campaign.agency, "reader"))
    problem(reader.post(scene.api + "stage/", {"to": "live"}), 403, "not_allowed")


def test_a_session_of_a_browser_needs_its_csrf_token(scene: Scene) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.manager)
    answer = client.post(scene.api + "stage/", {"to": "live"}, content_type="application/json")
    assert answer.status_code in {401, 403}
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert scene.fresh().stage == "contracting"


@pytest.mark.parametrize("path", ["nothing/", "agreements/zzzzzzzzzzzz/acceptance/"])
def test_an_address_that_leads_nowhere_is_404(agency: Caller, scene: Scene, path: str) -> None:
    problem(agency.post(scene.api + path, {"terms_digest": "0" * 64}), 404, "not_found")


@pytest.mark.parametrize("pk", ["0", "1", str(2**31), str(2**63), "9" * 40, "9" * 5000])
def test_a_number_of_nothing_is_404(agency: Caller, scene: Scene, pk: str) -> None:
    post = {
        "url": "https://blog.example/a",
        "platform": "blog",
        "published_on": timezone.localdate().isoformat(),
    }
    work = str(scene.work().pk)
    creator = Caller(scene.creators[0].user)
    problem(creator.post(f"{scene.api}objections/{pk}/clearance/"), 404, "not_found")
    if pk != work:
        url = f"{scene.api}deliverables/{pk}/publication/"
        problem(agency.post(url, post), 404, "not_found")


def bodies(scene: Scene) -> dict[str, dict[str, Any]]:
    """A good body of each endpoint that takes one."""
    today = timezone.localdate().isoformat()
    terms = factories.TERMS.as_json()
    terms["kill_fees"] = {"not_started": 10}
    terms["usage"] = {"months": 1, "media": "sito", "price_minor": 5}
    terms["exclusivity"] = {"rivals": ["Altro"], "months": 1, "price_minor": 5}
    return {
        "stage/": {"to": "live"},
        "brief/": {
            **ANSWERS.as_dict(),
            "lines": [{"kind": "agency", "label": "Noi", "amount_minor": 5}],
            "floor_hourly_minor": 900,
        },
        "materials/": {"kind": "votes", "words": '{"entry": "A"}', "language": "it"},
        "mechanic/": {"text": "Un'altra via.", "note": "", "answers": None, "replaces": 1},
        f"participants/{scene.seat().pk}/offers/": terms,
        f"agreements/{scene.agreement().public_id}/acceptance/": {"terms_digest": "0" * 64},
        f"deliverables/{scene.work().pk}/publication/": {
            "url": "https://blog.example/pane",
            "platform": "blog",
            "published_on": today,
        },
        "funding/": {
            "amount_minor": 5,
            "currency": "EUR",
            "statement": "EC/1",
            "received_on": today,
            "key": "one",
        },
    }


WRONG: list[Any] = [
    GONE,
    None,
    "",
    " ",
    "a" * 30_000,
    "\0",
    "a\0b",
    "\ud800",
    "‮txt\u200b\ufeff",
    "<script>alert(1)</script>",
    -1,
    0,
    1.5,
    2**31,
    2**53,
    2**63,
    10**40,
    "1e400",
    True,
    [],
    {},
    [None],
    ["\0"],
    [["a"]],
    "ZZZ",
    "9999-99-99",
    "0000-00-00",
    "javascript:alert(1)",
    "http://127.0.0.1/",
    "https://[::1/",
]


def variants(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The body with one value gone wrong at a time."""
    found = []
    for name, value in body.items():
        for bad in WRONG:
            found.append(
                {k: v for k, v in body.items() if k != name} | ({} if bad is GONE else {name: bad})
            )
        if isinstance(value, dict):
            found += [{**body, name: inner} for inner in variants(value)]
    return found


def rows() -> tuple[int, int]:
    """Every act of ours leaves an event; what is handed in, a submission as well."""
    return Event.objects.count(), Submission.objects.count()


@pytest.mark.slow
def test_no_bad_value_of_any_field_breaks_an_endpoint(agency: Caller, scene: Scene) -> None:
    """Each answer is a 2xx that changed something it may, or a problem that changed nothing."""
    creator = Caller(scene.creators[0].user)
    position = {"mechanic": 1, "stance": "objection", "reason": "Manca il burro."}
    tried: list[tuple[Caller, str, dict[str, Any]]] = [
        (creator, "position/", position),
        (creator, "invitation/", {"joins": True}),
    ]
    tried += [(agency, path, body) for path, body in bodies(scene).items() if path != "stage/"]
    before = rows()
    for caller, path, body in tried:
        for each in variants(body):
            answer = caller.post(scene.api + path, each)
            assert answer.status_code < 500, (path, each)
            if answer.status_code >= 300:
                assert answer.status_code in {400, 403, 404, 409, 422}, (path, each)
                code = answer.json()["code"]  # type: ignore[attr-defined]
                problem(answer, answer.status_code, code)
                assert rows() == before, (path, each)
            before = rows()


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("amount_minor", 0),
        ("amount_minor", -5),
        ("amount_minor", 2**53 + 1),
        ("amount_minor", 10**30),
        ("amount_minor", "a lot"),
        ("amount_minor", 1.5),
        ("amount_minor", GONE),
        ("currency", "eur"),
        ("currency", 978),
        ("statement", ""),
        ("statement", "a" * 61),
        ("statement", "a\0b"),
        ("received_on", "9999-12-31"),
        ("received_on", "yesterday"),
        ("key", ""),
    ],
)
def test_a_wrong_funding_is_422_and_names_its_field(
    agency: Caller, scene: Scene, field: str, bad: Any
) -> None:
    body = bodies(scene)["funding/"]
    sent = {k: v for k, v in body.items() if k != field} | ({} if bad is GONE else {field: bad})
    before = fingerprint()
    facts = problem(agency.post(scene.api + "funding/", sent), 422, "invalid_input")
    assert set(facts["fields"]) == {field}
    assert fingerprint() == before


@pytest.mark.parametrize("currency", ["USD", "ZZZ"])
def test_money_of_another_currency_is_refused(agency: Caller, scene: Scene, currency: str) -> None:
    body = {**bodies(scene)["funding/"], "currency": currency}
    problem(agency.post(scene.api + "funding/", body), 422, "invalid_input")


def test_html_and_odd_letters_are_kept_as_they_were_typed(scene: Scene) -> None:
    words = "<b>Manca</b> il burro & l'\u202eodio 🧈"
    creator = Caller(scene.creators[0].user)
    body = {"mechanic": 1, "stance": "objection", "reason": words}
    assert said(creator.post(scene.api + "position/", body), 201)["reason"] == words
    page = Client()
    page.force_login(scene.manager)
    html = page.get(scene.url + "mechanic/").content.decode()
    assert "<b>Manca</b>" not in html
    assert "&lt;b&gt;Manca&lt;/b&gt;" in html


def test_an_answer_after_the_deadline_is_refused(scene: Scene) -> None:
    from datetime import timedelta

    from campaigns.codesign.models import Round
    from tests.kernel.rows import forge

    late = Round.objects.get(mechanic__campaign=scene.campaign)
    past = timezone.now() - timedelta(days=30)
    forge(
        "UPDATE codesign_round SET opened_at = %s, deadline = %s WHERE id = %s",
        [past - timedelta(days=1), past, late.pk],
    )
    creator = Caller(scene.creators[0].user)
    doubt = {"mechanic": 1, "stance": "concern", "reason": "Il burro?"}
    problem(creator.post(scene.api + "position/", doubt), 409, "round_closed")


def test_the_deepest_json_is_no_bug_of_ours(agency: Caller, scene: Scene) -> None:
    answer = agency.post(scene.api + "stage/", '{"to":' + "[" * 50_000 + "]" * 50_000 + "}")
    assert answer.status_code in {400, 422}


def test_a_body_past_the_limit_is_refused(agency: Caller, scene: Scene) -> None:
    answer = agency.post(scene.api + "mechanic/", '{"text": "' + "a" * 3_000_000 + '"}')
    assert answer.status_code in {400, 413}
    assert answer.headers["Content-Type"] == "application/problem+json"
