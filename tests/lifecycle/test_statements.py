"""The statement of reasons, as page, JSON, text and mail; the appeal in one click; the retry."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.briefs import actions as briefs
from campaigns.quality import actions as quality
from campaigns.quality.models import Appeal, QualityCheck, Submission
from campaigns.quality.statements import statement_of
from config.identity.models import Mail, User
from tests import factories
from tests.factories import CLICKBAIT, Scene
from tests.quality.crowds.contests import as_lines, piloted

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def refused() -> tuple[Scene, Submission]:
    scene = factories.draft(written=False)
    return scene, scene.write_brief(how=CLICKBAIT).submission


def at(scene: Scene, submission: Submission, name: str = "statement") -> str:
    return reverse(f"lifecycle:{name}", args=[scene.campaign.public_id, submission.pk])


@pytest.mark.parametrize("language", ["en", "it", "fr"])
def test_a_statement_holds_all_that_the_article_asks_for(language: str) -> None:
    scene, submission = refused()
    said = statement_of(submission, language, party_id=scene.manager.pk)
    assert said is not None
    assert (said.status, said.language, said.decided_by) == ("rejected", language, "machine")
    assert all(
        [said.restriction, said.scope, said.facts, said.automated_means, said.rule_set, said.law]
    )
    assert said.found_by_machine
    assert len(said.redress) == 3
    for ground in said.grounds:
        assert submission.words[ground.start : ground.end] == ground.quote
        assert all([ground.rule, ground.title, ground.why, ground.alternative, ground.source])


def test_statements_speak_their_readers_language() -> None:
    _, submission = refused()
    spoken = [statement_of(submission, language) for language in ("en", "it", "fr")]
    assert len({said.restriction for said in spoken if said}) == 3
    assert len({said.grounds[0].why for said in spoken if said}) == 3


def test_a_ruling_has_a_statement_of_its_own_and_says_that_a_person_decided() -> None:
    scene, submission = refused()
    quality.appeal(submission_id=submission.pk, by=scene.manager)
    quality.rule(
        submission_id=submission.pk,
        by=factories.reviewer(),
        decision="rejected",
        reason="Paga ogni clic.",
    )
    said = statement_of(submission, "it")
    assert said is not None
    assert (said.decided_by, said.ruling_reason) == ("person", "Paga ogni clic.")


def test_the_statement_names_its_means_and_counts_what_they_found() -> None:
    scene, submission = refused()
    said = statement_of(submission, "en")
    assert said
    assert "statistical model" in said.automated_means
    assert f"{len(said.grounds)} points" in said.facts
    accepted = statement_of(scene.write_brief().submission, "en")
    assert accepted
    assert not accepted.found_by_machine
    assert "found nothing" in accepted.automated_means
    assert "found nothing" in accepted.facts
    assert not any(each in accepted.facts for each in (" 0 ", "below"))
    votes = briefs.hand_in(
        campaign_id=scene.id, by=scene.manager, kind="votes", words=as_lines(piloted())
    ).submission
    factories.check_all()
    of_votes = statement_of(votes, "en")
    assert of_votes
    assert "statistical model" not in of_votes.automated_means
    assert f"{len(of_votes.grounds)} points" in of_votes.facts


def test_a_ground_of_terms_has_no_place_in_a_text_and_a_sum_is_nobodys_words() -> None:
    scene = factories.draft(written=False)
    briefs.write_brief(
        campaign_id=scene.id,
        by=scene.manager,
        answers=factories.ANSWERS,
        lines=factories.LINES,
        floor_hourly_minor=1_200,
    )
    factories.check_all()
    scene.advance("codesign")
    scene.join()
    scene.propose()
    scene.stand()
    scene.advance("contracting")
    low = replace(factories.TERMS, fee_minor=1_000)
    submission = scene.offer(terms=low).submission
    said = statement_of(submission, "en")
    assert said
    hourly = [each for each in said.grounds if each.rule == "pay.below_floor"]
    assert hourly
    for ground in said.grounds:
        assert ground.term is not None
        assert (ground.start, ground.end) == (None, None)
    assert [each.quote for each in hourly] == [""]
    page = signed_in(scene.manager).get(at(scene, submission)).content.decode()
    assert 'id="h-text"' not in page


def test_only_who_can_still_appeal_is_told_so(
    django_capture_on_commit_callbacks: object,
) -> None:
    scene, submission = refused()
    quality.appeal(submission_id=submission.pk, by=scene.manager)
    reader = factories.member(scene.campaign.agency, "reader")
    readers = {"asked": scene.manager, "new": scene.client, "reads": reader}
    readers["rules"] = factories.reviewer()

    def told(name: str) -> tuple[bool, bool, str]:
        client = signed_in(readers[name])
        data = client.get(at(scene, submission, "statement_json")).json()
        assert data == client.get(f"{scene.api}checks/{submission.pk}/").json()
        page = client.get(at(scene, submission)).content.decode()
        has_form = at(scene, submission, "appeal") in page
        return data["may_appeal"], has_form, data["redress"][0]

    assert {told(name) for name in readers} == {
        (False, False, "A reviewer has been asked to decide.")
    }
    Mail.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        quality.rule(
            submission_id=submission.pk,
            by=readers["rules"],
            decision="rejected",
            reason="Paga ogni clic.",
        )
    (mail,) = Mail.objects.all()
    assert (mail.to, "the appeal in one click" in mail.body) == (scene.manager, False)
    assert [told(name)[:2] for name in readers] == [
        (False, False),
        (True, True),
        (False, False),
        (False, False),
    ]
    said = {told(name)[2] for name in readers}
    assert sum("You can ask a reviewer" in each for each in said) == 1
    check = f"{scene.url}brief/check/1/"
    assert f"{check}appeal/" not in signed_in(scene.manager).get(check).content.decode()
    assert f"{check}appeal/" in signed_in(scene.client).get(check).content.decode()


def test_nothing_is_stated_while_nothing_is_decided() -> None:
    scene = factories.draft(written=False)
    submission = briefs.write_brief(
        campaign_id=scene.id, by=scene.manager, answers=factories.ANSWERS
    ).submission
    assert statement_of(submission, "en") is None
    client = signed_in(scene.manager)
    assert client.get(at(scene, submission)).status_code == 200
    assert client.get(at(scene, submission, "statement_json")).status_code == 404


def test_the_same_statement_is_a_page_json_and_plain_text() -> None:
    scene, submission = refused()
    client = signed_in(scene.manager)
    page = client.get(at(scene, submission)).content.decode()
    data = client.get(at(scene, submission, "statement_json")).json()
    text = client.get(at(scene, submission, "statement_text"))
    api = client.get(f"{scene.api}checks/{submission.pk}/").json()

    assert data == api
    assert text.headers["Content-Disposition"].startswith("attachment")
    for ground in data["grounds"]:
        assert ground["rule"] in page
        assert ground["quote"] in text.content.decode()
        assert ground["source"] in text.content.decode()
    for each in [data["restriction"], *data["redress"]]:
        assert each in text.content.decode()


def test_each_check_page_leads_to_its_statement() -> None:
    scene, submission = refused()
    client = signed_in(scene.manager)
    page = client.get(reverse("briefs:check", args=[scene.campaign.public_id, 1]))
    assert at(scene, submission) in page.content.decode()


def test_one_click_is_an_appeal_and_the_next_changes_nothing() -> None:
    scene, submission = refused()
    client = signed_in(scene.manager)
    for _ in range(2):
        answer = client.post(at(scene, submission, "appeal"))
        assert answer.status_code == 302
    assert Appeal.objects.get().reason == ""
    assert at(scene, submission, "appeal") not in client.get(at(scene, submission)).content.decode()


def test_an_appeal_by_the_api_needs_no_body() -> None:
    scene, submission = refused()
    answer = signed_in(scene.client).post(
        f"{scene.api}checks/{submission.pk}/appeal/", {}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["reason"]) == (201, "")


def test_a_check_that_broke_off_says_why_and_is_tried_again_by_who_wrote_it() -> None:
    scene = factories.draft(written=False)
    submission = briefs.write_brief(
        campaign_id=scene.id, by=scene.manager, answers=factories.ANSWERS
    ).submission
    for _ in range(quality.MOST_LOSSES):
        QualityCheck.objects.filter(submission=submission).update(status="running")
        quality.lost_checks()
    client = signed_in(scene.manager)
    for url in (at(scene, submission), f"{scene.url}brief/check/1/"):
        page = client.get(url).content.decode()
        assert "stopped again and again" in page
        assert at(scene, submission, "retry") in page
    reader = factories.member(scene.campaign.agency, "reader")
    assert signed_in(reader).post(at(scene, submission, "retry")).status_code == 403
    assert client.post(at(scene, submission, "retry")).status_code == 302
    factories.check_all()
    assert client.get(at(scene, submission, "statement_json")).json()["status"] == "accepted"
    answer = client.post(f"{scene.api}checks/{submission.pk}/retry/")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_retry")


def test_terms_of_another_creator_have_no_statement_for_a_creator() -> None:
    scene = factories.contracting(2)
    offers = [scene.offer(nth).submission for nth in range(2)]
    creator = signed_in(scene.creators[0].user)
    assert creator.get(at(scene, offers[0])).status_code == 200
    assert creator.get(at(scene, offers[1])).status_code == 404
    assert signed_in(scene.manager).get(at(scene, offers[1])).status_code == 200
    assert signed_in(factories.reviewer()).get(at(scene, offers[1])).status_code == 404


def test_the_author_is_mailed_the_statement_of_what_was_refused_and_not_of_what_passed(
    django_capture_on_commit_callbacks: object,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        scene, submission = refused()
        factories.draft()
    found = Mail.objects.filter(key__startswith="quality.decided/")
    assert [mail.to for mail in found] == [scene.manager]
    said = statement_of(submission, scene.manager.language, party_id=scene.manager.pk)
    assert said is not None
    assert said.grounds[0].quote in found[0].body
    assert said.redress[0] in found[0].body
    assert "the appeal in one click" in found[0].body
    assert said.redress[-1] in found[0].body
    assert at(scene, submission) in found[0].body


def test_a_ruling_is_mailed_to_the_author_and_to_who_appealed(
    django_capture_on_commit_callbacks: object,
) -> None:
    scene, submission = refused()
    quality.appeal(submission_id=submission.pk, by=scene.client)
    Mail.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        quality.rule(
            submission_id=submission.pk,
            by=factories.reviewer(),
            decision="accepted",
            reason="È una citazione.",
        )
    mails = Mail.objects.filter(key__startswith="quality.decided/").order_by("to_id")
    assert [mail.to for mail in mails] == [scene.manager, scene.client]
    assert all("È una citazione." in mail.body for mail in mails)
