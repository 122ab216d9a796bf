"""The click account's pages and API: who sees whose clicks, and figures that belong together."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from campaigns.links import accounts, actions
from campaigns.links.models import Judging, Word
from campaigns.links.pictures import picture_of, title_of
from campaigns.links.values import Tally
from campaigns.quality.clicks.reasons import reason as engine_words
from config.identity.models import User
from tests import factories
from tests.links.scene import Linked, judged, linked

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Linked:
    found = linked()
    judged(found, "flagged", "clear")
    return found


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(made: Linked, user: User, path: str = "clicks/") -> Any:
    return signed_in(user).get(made.scene.url + path)


def words(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_before_a_judging_nothing_is_called_counted() -> None:
    made = linked(1)

    for path in ("clicks/", f"clicks/{made.scene.seat(0).pk}/"):
        said = words(page(made, made.scene.manager, path))
        assert "Not judged yet" in said
        assert "clicks counted" not in said
    assert "0 clicks, not judged yet" in words(page(made, made.scene.manager, "links/"))


def test_a_judging_under_way_and_one_that_broke_off_are_said(made: Linked) -> None:
    queued = actions.queue_judging(campaign_id=made.scene.id)
    assert "A newer judging is under way." in words(page(made, made.scene.manager))

    Judging.objects.filter(pk=queued.pk).update(status="running")
    Judging.objects.filter(pk=queued.pk).update(status="failed", failure="MemoryError")
    said = words(page(made, made.scene.manager))
    assert "The last judging broke off" in said
    assert "MemoryError" in said
    assert "60 of 200 clicks counted" in said


def test_those_inside_and_a_reviewer_see_every_creator(made: Linked) -> None:
    names = [creator.name for creator in made.scene.creators]
    for user in (made.scene.manager, made.scene.client, factories.reviewer()):
        said = words(page(made, user))
        assert all(name in said for name in names)
        assert "60 of 200 clicks counted" in said
        assert "A farm of devices" in said
        for nth in range(2):
            words(page(made, user, f"clicks/{made.scene.seat(nth).pk}/"))


def test_a_creator_sees_their_own_clicks_and_nobody_elses(made: Linked) -> None:
    mine, theirs = made.scene.creators[1], made.scene.creators[0]
    said = words(page(made, mine.user))

    assert mine.name in said
    assert theirs.name not in said
    assert "30 of 100 clicks counted" in said
    words(page(made, mine.user, f"clicks/{made.scene.seat(1).pk}/"))
    assert page(made, mine.user, f"clicks/{made.scene.seat(0).pk}/").status_code == 404
    body = (
        page(made, mine.user, "").wsgi_request
        and signed_in(mine.user).get(made.scene.api + "clicks/").json()
    )
    assert [each["name"] for each in body["creators"]] == [mine.name]
    assert body["sum"]["raw"] == 100


def test_whoever_is_outside_finds_nothing(made: Linked) -> None:
    other = factories.live(1)
    for user in (other.manager, other.creators[0].user, factories.person()):
        client = signed_in(user)
        for path in ("clicks/", f"clicks/{made.scene.seat(0).pk}/"):
            assert client.get(made.scene.url + path).status_code == 404
        assert client.get(made.scene.api + "clicks/").status_code == 404
        assert client.post(made.scene.url + "clicks/judge/").status_code == 404


def test_the_evidence_stands_in_figures_beside_what_is_usual(made: Linked) -> None:
    said = words(page(made, made.scene.creators[0].user, f"clicks/{made.scene.seat(0).pk}/"))

    assert "Variety of device models" in said
    assert '<td class="num">3</td><td class="num">41</td>' in said
    assert "66.00%" in said
    assert "It changes nothing until a person has said a word" in said


def test_the_creator_replies_and_agency_or_reviewer_say_a_word_on_the_page(made: Linked) -> None:
    seat = made.scene.seat(0).pk
    own, agency = signed_in(made.scene.creators[0].user), signed_in(made.scene.manager)

    replied = own.post(made.scene.url + "clicks/reply/", {"text": "Era una newsletter."})
    said = agency.post(
        made.scene.url + f"clicks/{seat}/word/", {"kind": "explained", "reason": "È vero."}
    )

    assert (replied.status_code, said.status_code) == (302, 302)
    for user in (made.scene.creators[0].user, made.scene.manager, factories.reviewer()):
        shown = words(page(made, user, f"clicks/{seat}/"))
        assert "Era una newsletter." in shown
        assert "È vero." in shown


def test_what_was_typed_stays_where_it_is_refused(made: Linked) -> None:
    seat = made.scene.seat(0).pk
    agency = signed_in(made.scene.manager)

    answer = agency.post(
        made.scene.url + f"clicks/{seat}/word/", {"kind": "", "reason": "<b>Perché sì"}
    )

    assert answer.status_code == 422
    assert "&lt;b&gt;Perché sì" in answer.content.decode()
    assert not Word.objects.exists()


def test_a_word_on_calm_clicks_is_a_conflict(made: Linked) -> None:
    answer = signed_in(made.scene.manager).post(
        made.scene.url + f"clicks/{made.scene.seat(1).pk}/word/",
        {"kind": "explained", "reason": "Boh."},
    )

    assert answer.status_code == 409


def test_a_creator_says_no_word_and_a_brand_neither(made: Linked) -> None:
    path = made.scene.url + f"clicks/{made.scene.seat(0).pk}/word/"
    for user in (made.scene.creators[0].user, made.scene.client):
        answer = signed_in(user).post(path, {"kind": "explained", "reason": "Sì."})
        assert answer.status_code == 404


def test_the_agency_asks_for_a_judging_now(made: Linked) -> None:
    answer = signed_in(made.scene.manager).post(made.scene.url + "clicks/judge/")

    assert answer.status_code == 302
    assert Judging.objects.order_by("-pk")[0].status == "queued"


def test_page_api_and_report_say_the_same(made: Linked) -> None:
    body = signed_in(made.scene.manager).get(made.scene.api + "clicks/").json()
    report = signed_in(made.scene.manager).get(made.scene.api + "report/").json()["clicks"]

    assert (body["sum"]["raw"], body["sum"]["counted"]) == (200, 60)
    assert (report["raw"]["value"], report["counted"]["value"]) == (200, 60)
    assert [(each["code"], each["clicks"]) for each in body["sum"]["excluded"]] == [
        ("click.device_farm", 132)
    ]
    assert [(e["reason"], e["clicks"]["value"]) for e in report["excluded"]] == [
        ("click.device_farm", 132)
    ]
    assert body["sum"]["days"] == [
        {
            "day": "2026-03-10",
            "counted": 60,
            "duplicate": 8,
            "excluded": {"click.device_farm": 132},
        }
    ]
    assert "60 of 200 clicks counted" in words(page(made, made.scene.manager, "report/"))


def test_more_creators_cost_no_more_queries() -> None:
    costs = []
    for creators in (1, 4):
        made = linked(creators)
        judged(made, *["flagged"] * creators)
        client = signed_in(made.scene.manager)
        for path in (made.scene.url + "clicks/", made.scene.api + "clicks/"):
            client.get(path)
            with CaptureQueriesContext(
                connection,
            ) as caught:
                assert client.get(path).status_code == 200
            costs.append(len(caught))
    assert costs[:2] == costs[2:]


def test_the_api_says_how_many_pages_of_creators_there_are(
    made: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "A_PAGE", 1)
    agency = signed_in(made.scene.manager)
    url = made.scene.api + "clicks/"

    bodies = [agency.get(f"{url}?page={nth}").json() for nth in (1, 2)]

    assert [each["pages"] for each in bodies] == [2, 2]
    assert [creator["verdict"] for each in bodies for creator in each["creators"]] == [
        "flagged",
        "clear",
    ]


# The picture.


def test_days_without_clicks_stand_in_the_picture_too() -> None:
    found = picture_of(Tally({"2026-03-10": {"counted": 3}, "2026-03-13": {"duplicate": 2}}))

    assert not found.by_week
    assert [row.values for row in found.parts] == [(3, 0, 0, 0), (0, 0, 0, 2), (0, 0, 0, 0)]
    assert [each.counted for each in found.spans] == [3, 0, 0, 0]
    assert found.title == "3 of 5 clicks counted"


def test_months_are_drawn_by_week_from_its_monday() -> None:
    found = picture_of(Tally({"2026-03-11": {"counted": 3}, "2026-06-01": {"counted": 2}}))

    assert found.by_week
    assert found.spans[0].since.isoformat() == "2026-03-09"
    assert (found.spans[0].counted, found.spans[-1].counted) == (3, 2)
    assert sum(each.counted for each in found.spans) == 5


def test_each_reason_has_its_row_the_most_frequent_first() -> None:
    found = picture_of(
        Tally({"2026-03-10": {"click.crawler": 2, "click.preview": 7, "counted": 1}})
    )

    assert [each.label for each in found.reasons] == [
        "A page preview",
        "A declared robot",
    ]
    assert found.parts[2].values == (9,)
    assert found.excluded_sum == 9


def test_nothing_to_draw_is_said() -> None:
    assert picture_of(Tally()).said == "No click so far"
    assert title_of(Tally({"2026-03-10": {"counted": 1}})) == "1 of 1 click counted"


def test_every_link_a_reviewer_meets_there_opens_for_them(made: Linked) -> None:
    reviewer = signed_in(factories.reviewer())
    brief = made.scene.campaign.briefs.get()
    for path in (
        "clicks/",
        f"clicks/{made.scene.seat(0).pk}/",
        f"checks/{brief.submission_id}/",
    ):
        main = reviewer.get(made.scene.url + path).content.decode().split("<main")[1]
        for link in set(re.findall(r'<a [^>]*href="(/[^"]*)"', main)):
            assert reviewer.get(link).status_code == 200, (path, link)


@pytest.mark.parametrize(("language", "title"), [("it", "Fattoria di telefoni"), ("fr", "Ferme")])
def test_page_and_api_word_a_reason_as_the_engine_does(
    made: Linked, language: str, title: str
) -> None:
    said = engine_words("click.device_farm", language)
    User.objects.filter(pk=made.scene.manager.pk).update(language=language)
    agency = signed_in(User.objects.get(pk=made.scene.manager.pk))

    shown = agency.get(made.scene.url + "clicks/").content.decode()
    (excluded,) = agency.get(made.scene.api + "clicks/").json()["sum"]["excluded"]
    report = agency.get(made.scene.url + "report/").content.decode()

    assert title in said.title
    assert (excluded["title"], excluded["why"]) == (said.title, said.why)
    for page in (shown, report):
        assert escape(said.why) in page
