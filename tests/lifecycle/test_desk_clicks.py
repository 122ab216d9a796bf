"""Click accounts on the reviewer's desk: which wait for a word, for whom, and since when."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns.lifecycle import desk
from campaigns.links import actions
from campaigns.links.api import LongestFirst
from campaigns.links.models import Judging
from config.identity.actions import add_membership
from config.identity.models import User
from tests import factories
from tests.api.callers import Caller, problem, said
from tests.links.scene import Linked, judged, linked

pytestmark = pytest.mark.django_db

API = "/api/v1/reviews/clicks/"
FIRST = datetime(2026, 3, 10, 12, tzinfo=UTC)
NONE = "No clicks wait for a word"


def read(user: User, query: str = "", language: str = "en") -> str:
    User.objects.filter(pk=user.pk).update(language=language)
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    answer = client.get(f"/reviews/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def told(user: User, url: str = API) -> Any:
    client = Client()
    client.force_login(user)
    return said(cast(HttpResponse, client.get(url)), 200)


def href(made: Linked, nth: int = 0) -> str:
    return f'href="{made.scene.url}clicks/{made.scene.seat(nth).pk}/"'


def test_a_flagged_creator_waits_with_campaign_verdict_and_first_day_until_a_word() -> None:
    made, reviewer = linked(2), factories.reviewer()
    assert NONE in read(reviewer)
    first = judged(made, "flagged", "look")
    Judging.objects.filter(pk=first.pk).update(finished_at=FIRST)
    judged(made, "flagged", "clear")

    page = read(reviewer)

    assert href(made) in page
    assert made.scene.creators[0].name in page
    assert made.scene.campaign.title in page
    assert "Clicks that readers did not make" in page
    assert 'datetime="2026-03-10T' in page
    assert href(made, 1) not in page
    actions.say_word(
        campaign_id=made.scene.id,
        participant_id=made.scene.seat(0).pk,
        by=made.scene.manager,
        kind="explained",
        reason="Una newsletter.",
    )
    assert NONE in read(reviewer)


def test_a_newer_judging_that_clears_takes_the_account_off_the_desk() -> None:
    made = linked(1)
    judged(made, "flagged")
    judged(made, "clear")

    assert NONE in read(factories.reviewer())


def test_whoever_was_cleared_between_waits_since_the_newer_flag() -> None:
    made = linked(1)
    for nth, verdict in enumerate(("flagged", "clear", "flagged", "flagged")):
        when = FIRST + timedelta(days=nth)
        Judging.objects.filter(pk=judged(made, verdict).pk).update(finished_at=when)

    (waiting,) = told(factories.reviewer())["results"]

    assert datetime.fromisoformat(waiting["since"]) == FIRST + timedelta(days=2)


@pytest.mark.parametrize("part", ["agency", "brand", "creator"])
def test_a_reviewer_with_a_part_in_the_campaign_does_not_meet_it(part: str) -> None:
    made, reviewer = linked(1), factories.reviewer()
    judged(made, "flagged")
    if part == "creator":
        reviewer = made.scene.creators[0].user
        User.objects.filter(pk=reviewer.pk).update(is_reviewer=True)
    else:
        house = getattr(made.scene.campaign, part)
        add_membership(user=reviewer, organisation=house, by=made.scene.manager)

    assert href(made) not in read(reviewer)
    assert href(made) in read(factories.reviewer())
    assert told(User.objects.get(pk=reviewer.pk))["results"] == []
    assert len(told(factories.reviewer())["results"]) == 1


def test_whoever_is_no_reviewer_finds_no_desk() -> None:
    made = linked(1)
    judged(made, "flagged")
    for user in (made.scene.manager, made.scene.client, made.scene.creators[0].user):
        client = Client()
        client.force_login(user)
        assert client.get("/reviews/").status_code == 404
        problem(Caller(user).get(API), 404, "not_found")
    assert Client().get("/reviews/").status_code == 302
    problem(Caller(None).get(API), 401, "sign_in_first")


def test_the_longest_wait_comes_first_and_pages_of_both_lists_are_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desk, "A_PAGE", 2)
    made, reviewer = linked(3), factories.reviewer()
    for nth, verdicts in enumerate(
        [("clear", "flagged", "clear"), ("flagged", "flagged", "clear"), ("flagged",) * 3]
    ):
        newest = judged(made, *verdicts)
        when = FIRST + timedelta(days=nth)
        Judging.objects.filter(pk=newest.pk).update(finished_at=when)

    first, second = read(reviewer), read(reviewer, "?clicks=2")

    assert first.index(href(made, 1)) < first.index(href(made, 0))
    assert href(made, 2) not in first
    assert 'href="?clicks=2#clicks"' in first
    assert href(made, 2) in second
    assert href(made, 0) not in second


def test_the_api_tells_what_the_desk_shows() -> None:
    made, reviewer = linked(2), factories.reviewer()
    first = judged(made, "flagged", "look")
    Judging.objects.filter(pk=first.pk).update(finished_at=FIRST)
    judged(made, "flagged", "clear")

    (waiting,) = told(reviewer)["results"]

    assert datetime.fromisoformat(waiting.pop("since")) == FIRST
    assert waiting == {
        "campaign": made.scene.campaign.public_id,
        "title": made.scene.campaign.title,
        "participant": made.scene.seat(0).pk,
        "name": made.scene.creators[0].name,
        "verdict": "flagged",
        "raw": 100,
        "counted": 30,
        "excluded": {"click.device_farm": 66},
    }
    account = told(reviewer, f"/api/v1/campaigns/{waiting['campaign']}/clicks/")
    assert waiting["participant"] in [each["participant"] for each in account["creators"]]
    actions.say_word(
        campaign_id=made.scene.id,
        participant_id=made.scene.seat(0).pk,
        by=reviewer,
        kind="explained",
        reason="Una newsletter.",
    )
    assert told(reviewer)["results"] == []


def test_the_api_goes_through_all_of_them_page_by_page_the_longest_wait_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(LongestFirst, "page_size", 2)
    made, reviewer = linked(4), factories.reviewer()
    for nth, verdicts in enumerate(
        [("clear", "clear", "flagged", "clear"), ("clear", "flagged", "flagged", "clear")]
    ):
        when = FIRST + timedelta(days=nth)
        Judging.objects.filter(pk=judged(made, *verdicts).pk).update(finished_at=when)
    judged(made, *["flagged"] * 4)

    found, url = [], API
    while url:
        page = told(reviewer, url)
        assert len(page["results"]) <= 2
        found += [each["participant"] for each in page["results"]]
        url = page["next"]

    assert found == [made.scene.seat(nth).pk for nth in (2, 1, 0, 3)]


def test_more_accounts_cost_no_more_queries() -> None:
    reviewer = factories.reviewer()
    client = Client()
    client.force_login(reviewer)
    costs = []
    for creators in (1, 4):
        judged(linked(creators), *["flagged"] * creators)
        for url in ("/reviews/", API):
            client.get(url)
            with CaptureQueriesContext(connection) as caught:
                assert client.get(url).status_code == 200
            costs.append(len(caught))
    assert costs[:2] == costs[2:]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("it", "Clic su cui qualcuno deve esprimersi"),
        ("fr", "Des clics sur lesquels il faut se prononcer"),
    ],
)
def test_the_desk_speaks_the_readers_language(language: str, words: str) -> None:
    assert words in read(factories.reviewer(), language=language)


def test_the_home_page_of_a_reviewer_leads_there() -> None:
    made, reviewer = linked(1), factories.reviewer()
    judged(made, "flagged")
    client = Client()
    client.force_login(reviewer)

    page = client.get("/").content.decode()

    assert 'href="/reviews/#clicks"' in page
    assert "Say a word on 1 creator" in page
