"""The reviewer's desk: political content, finds of newer rules, and how far those have come."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from campaigns.agreements import actions as agreements
from campaigns.agreements.errors import DayOfSilence
from campaigns.agreements.models import Fulfilment
from campaigns.briefs.models import Campaign
from campaigns.briefs.states import Stage
from campaigns.lifecycle import actions, queries, tasks
from campaigns.lifecycle.submissions import (
    campaign_of,
    members_of_campaign,
    newest_of_open_campaigns,
)
from campaigns.quality import judging
from campaigns.quality import queries as quality
from campaigns.quality.actions import finish_rechecks
from campaigns.quality.models import PoliticalNotice, QualityCheck, Recheck, Ruling
from config.identity.actions import make_reviewer
from config.identity.models import User
from tests import factories
from tests.factories import CLICKBAIT, MECHANIC, Scene
from tests.kernel.rows import forge
from tests.links.scene import NOON, linked

pytestmark = pytest.mark.django_db

POLITICAL = f"{MECHANIC} Sosteniamo la candidata alle elezioni comunali."
VOTE = date(2027, 6, 13)
RULING: dict[str, Any] = {"decision": "accepted", "reason": "Il finanziatore è dichiarato."}
NOTICE = {
    "sponsor": "Lista Chiara",
    "controlled_by": "",
    "election": "Elezioni comunali",
    "voting_on": VOTE.isoformat(),
    "text": "Pubblicità politica, pagata dalla Lista Chiara.",
}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def political() -> tuple[Scene, str]:
    """Contracts agreed, all but the ruling on the political mechanic; the desk's address of it."""
    scene = factories.in_codesign(1)
    mechanic = scene.propose(POLITICAL)
    return scene, f"/reviews/{mechanic.submission_id}/"


def ruled() -> Scene:
    """Everything agreed, the political mechanic accepted with its notice."""
    scene, desk = political()
    assert signed_in(factories.reviewer()).post(desk, RULING | NOTICE).status_code == 302
    scene.stand(0)
    scene.advance("contracting")
    scene.agree(0)
    return scene


def older() -> None:
    """As if all of it had been checked by older rules."""
    QualityCheck.objects.update(rule_set="older")


def test_the_desk_asks_for_the_notice_and_proposes_what_the_law_says() -> None:
    scene, desk = political()
    client = signed_in(factories.reviewer())
    page = client.get(desk).content.decode()
    assert "2024/900" in page
    assert "n. 212" in page
    assert "Mulino dell&#x27;Alba" in page  # the brand, until somebody says who pays

    missing = client.post(desk, RULING | NOTICE | {"sponsor": " "})
    assert missing.status_code == 422
    assert missing.context["form"]["election"].value() == NOTICE["election"]
    assert not PoliticalNotice.objects.exists()
    assert client.post(desk, RULING | NOTICE).status_code == 302
    notice = PoliticalNotice.objects.get()
    assert (notice.sponsor, notice.voting_on) == ("Lista Chiara", VOTE)
    assert [(row["jurisdiction"], row["first"], row["last"]) for row in notice.silences] == [
        ("IT", "2027-06-12", "2027-06-13")
    ]
    assert queries.situation(scene.campaign).without_notice == 0


@pytest.mark.parametrize(
    "days",
    [
        {"silent_from": "2027-06-10"},
        {"silent_until": "2027-06-10"},
        {"silent_from": "2027-06-11", "silent_until": "2027-06-10"},
    ],
)
def test_days_of_silence_come_in_pairs_on_the_page_and_by_the_api(days: dict[str, str]) -> None:
    _, desk = political()
    client = signed_in(factories.reviewer())
    page = client.post(desk, RULING | NOTICE | days)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["silent_until"]
    url = f"/api/v1{desk}ruling/"
    refused = client.post(url, RULING | {"notice": NOTICE | days}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")
    assert list(refused.json()["facts"]["fields"]) == ["silent_until"]
    assert not PoliticalNotice.objects.exists()


def test_a_reviewer_adds_days_to_those_of_the_law() -> None:
    _, desk = political()
    days = {"silent_from": "2027-06-01", "silent_until": "2027-06-01"}
    signed_in(factories.reviewer()).post(desk, RULING | NOTICE | days)
    silences = PoliticalNotice.objects.get().silences
    assert [(row["jurisdiction"], row["first"], row["last"]) for row in silences] == [
        ("IT", "2027-06-12", "2027-06-13"),
        ("", "2027-06-01", "2027-06-01"),
    ]


def test_a_refusal_of_political_content_asks_for_nothing_more() -> None:
    scene, desk = political()
    sara = factories.reviewer()
    refusal = {"decision": "rejected", "reason": "Nessuno dice chi paga."}
    assert signed_in(sara).post(desk, refusal).status_code == 302
    ruling = Ruling.objects.get()
    assert (ruling.by, ruling.decision, ruling.reason) == (sara, *refusal.values())
    assert not PoliticalNotice.objects.exists()
    assert queries.situation(scene.campaign).mechanic_standing == "rejected"
    check = signed_in(scene.creators[0].user).get(f"{scene.url}mechanic/check/2/")
    assert "Nessuno dice chi paga." in check.content.decode()


def test_the_next_version_finds_the_earlier_notice_filled_in() -> None:
    scene = factories.in_codesign(1)
    first = scene.propose(POLITICAL)
    client = signed_in(factories.reviewer())
    client.post(f"/reviews/{first.submission_id}/", RULING | NOTICE)
    second = scene.propose(f"{POLITICAL} Due volte.")
    form = client.get(f"/reviews/{second.submission_id}/").context["form"]
    assert form["sponsor"].value() == "Lista Chiara"
    assert form["text"].value() == NOTICE["text"]


def test_a_reviewer_rules_by_the_api_too() -> None:
    scene, _ = political()
    client = signed_in(factories.reviewer())
    waiting = client.get("/api/v1/reviews/").json()["results"]
    (one,) = [each for each in waiting if each["words"] == POLITICAL]
    url = f"/api/v1/reviews/{one['id']}/ruling/"
    bare = client.post(url, RULING, content_type="application/json")
    assert (bare.status_code, bare.json()["code"]) == (422, "notice_missing")
    made = client.post(url, RULING | {"notice": NOTICE}, content_type="application/json")
    assert (made.status_code, made.json()["decision"]) == (201, "accepted")
    assert PoliticalNotice.objects.get().election == "Elezioni comunali"
    assert queries.situation(scene.campaign).political == 1


def test_a_political_campaign_goes_live_with_its_notice() -> None:
    scene = ruled()
    codes = {check.code: check.ok for check in queries.checks(scene.campaign, Stage.LIVE)}
    assert codes["political_notice"]
    assert scene.advance("live").stage == Stage.LIVE


def test_without_the_notice_nothing_launches_by_action_or_by_sql() -> None:
    scene = ruled()
    forge("DELETE FROM quality_politicalnotice")
    codes = [each.code for each in queries.blockers(scene.campaign, Stage.LIVE)]
    assert codes == ["political_notice"]
    with pytest.raises(IntegrityError, match="transparency notice"), transaction.atomic():
        Campaign.objects.filter(pk=scene.id).update(stage=Stage.LIVE)


@pytest.mark.parametrize(("day", "refused"), [(11, False), (12, True), (13, True), (14, False)])
def test_nothing_is_registered_as_published_on_a_day_of_silence(day: int, refused: bool) -> None:
    scene = ruled()
    scene.advance("live")

    def register() -> Fulfilment:
        return agreements.register_publication(
            deliverable_id=scene.work(0).pk,
            by=scene.creators[0].user,
            url="https://blog.example/voto",
            platform="blog",
            published_on=date(2027, 6, day),
        )

    if refused:
        with pytest.raises(DayOfSilence) as told:
            register()
        assert told.value.facts["first"] == "2027-06-12"
    else:
        assert register().pk


def test_new_rules_start_one_run_over_open_campaigns_and_change_nothing() -> None:
    scene = factories.live(1)
    older()
    tasks.recheck()
    tasks.recheck()
    run = Recheck.objects.get()
    assert (run.rule_set, run.total) == (judging.RULE_SET, len(newest_of_open_campaigns()))
    assert run.total == 3  # brief, mechanic, terms
    factories.check_all()
    assert {check.compared for check in run.checks.all()} == {"same"}
    assert scene.fresh().stage == Stage.LIVE


def test_what_the_installed_rules_have_checked_is_not_checked_again() -> None:
    factories.live(1)
    assert actions.recheck_open_campaigns().total == 0


def test_a_worse_find_waits_on_the_desk_side_by_side_and_the_live_campaign_goes_on() -> None:
    scene = factories.live(1)
    brief = scene.campaign.briefs.last()
    assert brief is not None
    changed = [CLICKBAIT, brief.submission_id]
    forge("UPDATE quality_submission SET words = %s WHERE id = %s", changed)
    older()
    run = actions.recheck_open_campaigns()
    factories.check_all()

    client = signed_in(factories.reviewer())
    page = client.get(f"/reviews/{brief.submission_id}/").content.decode()
    assert "Newer rules find more than what stands" in page
    assert "older" in page
    assert run.rule_set in page
    assert scene.fresh().stage == Stage.LIVE
    assert quality.standing(brief.submission_id).status == "accepted"
    assert queries.situation(scene.campaign).brief_standing == "accepted"
    client.post(
        f"/reviews/{brief.submission_id}/", {"decision": "rejected", "reason": "Paga i clic."}
    )
    assert quality.standing(brief.submission_id).status == "rejected"
    assert scene.fresh().stage == Stage.LIVE


def test_the_bar_shows_how_far_a_run_has_come_with_and_without_scripts() -> None:
    factories.live(1)
    older()
    staff = factories.person()
    User.objects.filter(pk=staff.pk).update(is_staff=True)
    client = signed_in(User.objects.get(pk=staff.pk))
    assert client.post("/rechecks/start/").status_code == 302

    page = client.get("/rechecks/").content.decode()
    assert '<progress max="3" value="0"' in page
    assert 'hx-trigger="every 2s"' in page
    part = client.get("/rechecks/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div class="stack gap-5" id="rechecks"')
    factories.check_all()
    done = client.get("/rechecks/").content.decode()
    assert '<progress max="3" value="3"' in done
    assert "hx-trigger" not in done
    (run,) = client.get("/api/v1/rechecks/").json()
    assert (run["total"], run["done"], run["worse"]) == (3, 3, 0)
    assert client.post("/api/v1/rechecks/").status_code == 202


def test_a_run_with_nothing_to_check_says_so() -> None:
    tasks.recheck()
    page = signed_in(factories.reviewer()).get("/rechecks/").content.decode()
    assert "there was nothing to check again" in page
    assert "<progress" not in page
    assert "of 0" not in page


def test_asking_again_where_nothing_is_open_adds_no_run_and_says_so() -> None:
    tasks.recheck()
    finish_rechecks()
    client = signed_in(factories.reviewer())
    page = client.post("/rechecks/start/", follow=True).content.decode()
    assert "has been checked by these rules already" in page
    answer = client.post("/api/v1/rechecks/")
    assert (answer.status_code, answer.json()["total"]) == (202, 0)
    assert Recheck.objects.count() == 1


def test_the_beat_looks_for_a_run_of_its_rules_and_no_further(
    django_assert_max_num_queries: Any,
) -> None:
    tasks.recheck()
    with django_assert_max_num_queries(4):
        tasks.recheck()


def test_the_bar_is_not_there_for_others() -> None:
    scene = factories.draft()
    for url in ("/rechecks/", "/api/v1/rechecks/"):
        assert signed_in(scene.manager).get(url).status_code == 404
    assert signed_in(factories.reviewer()).get("/rechecks/").status_code == 200


def test_only_the_newest_version_decides() -> None:
    scene = factories.draft(written=False)
    first = scene.write_brief(how=CLICKBAIT)
    assert queries.situation(scene.campaign).brief_standing == "rejected"
    second = scene.write_brief()
    assert queries.situation(scene.campaign).brief_standing == "accepted"
    assert quality.standing(first.submission_id).status == "rejected"
    assert newest_of_open_campaigns() == {second.submission_id}
    third = scene.write_brief(how=CLICKBAIT)
    assert queries.situation(scene.campaign).brief_standing == "rejected"
    assert newest_of_open_campaigns() == {third.submission_id}
    assert "brief_accepted" in [each.code for each in queries.blockers(scene.campaign)]


def test_terms_and_posts_belong_to_their_campaign_whose_members_do_not_rule() -> None:
    made = linked(2)
    scene = made.scene
    offer = scene.agreement(0).rounds.last()
    assert offer is not None
    post = made.snapshot(0, CLICKBAIT, NOON)
    assert {campaign_of(each) for each in (offer.submission_id, post.pk)} == {scene.campaign}
    people = members_of_campaign(scene.campaign)
    assert {scene.manager.pk, scene.client.pk, scene.creators[0].user.pk} <= set(people)
    assert members_of_campaign(None) == set()

    statement = f"{scene.url}checks/{post.pk}/"
    own, other = (signed_in(each.user) for each in scene.creators)
    assert (own.get(statement).status_code, other.get(statement).status_code) == (200, 404)
    assert own.post(f"{statement}appeal/").status_code == 302
    ruling = {"decision": "accepted", "reason": "È una citazione."}
    for member in (scene.manager, scene.creators[1].user):
        make_reviewer(user=member)
        assert signed_in(member).post(f"/reviews/{post.pk}/", ruling).status_code == 403
    assert not Ruling.objects.exists()
    assert signed_in(factories.reviewer()).post(f"/reviews/{post.pk}/", ruling).status_code == 302
    assert quality.standing(post.pk).status == "accepted"


def test_the_newest_words_of_a_post_are_checked_by_newer_rules() -> None:
    made = linked(1)
    first = made.snapshot(0, CLICKBAIT, NOON)
    second = made.snapshot(0, MECHANIC, NOON + timedelta(hours=1))
    assert quality.standing(first.pk).status == "rejected"
    assert newest_of_open_campaigns() & {first.pk, second.pk} == {second.pk}
    older()
    run = actions.recheck_open_campaigns()
    assert second.pk in run.checks.values_list("submission", flat=True)
    assert run.total == 4  # brief, mechanic, terms, post
