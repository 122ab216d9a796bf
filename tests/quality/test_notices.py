"""What is political is accepted only with its transparency notice, and never on days of silence."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from campaigns.quality import actions, elections, queries
from campaigns.quality.elections import NewNotice, Silence
from campaigns.quality.errors import NoticeMissing
from campaigns.quality.models import PoliticalNotice, QualityCheck, Submission
from config.identity.models import User

POLITICAL = "Vote for our candidate in the regional election on Sunday."
PAID_LIKES = "Like the page, share it with three friends and get 1 cent at once."
VOTE = date(2027, 6, 13)
NOTICE = NewNotice(
    sponsor=" Lista Chiara ",
    controlled_by="Associazione Chiara",
    election="Regional election in Piedmont",
    voting_on=VOTE,
    text="Political advertising, paid for by Lista Chiara.",
    silences=elections.silences(["IT"], VOTE),
)


def reviewer() -> User:
    return User.objects.create_user("sara@people.example", "Sara", is_reviewer=True)


def checked(words: str) -> Submission:
    submission = actions.submit(kind="post", language="en", words=words, author_id=999_999)
    actions.run_check(check_id=submission.checks.get().pk)
    return submission


def lacks_notice(submission: Submission) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT quality_lacks_notice(%s)", [submission.pk])
        row = cursor.fetchone()
    assert row is not None
    return bool(row[0])


@pytest.mark.django_db
def test_what_is_political_is_accepted_with_its_notice_and_not_without() -> None:
    submission, by = checked(POLITICAL), reviewer()
    assert queries.is_political(submission.pk)
    lacking = queries.lacking_notice(queries.standings([submission.pk]))
    assert (lacking, lacks_notice(submission)) == ({submission.pk}, True)
    with pytest.raises(NoticeMissing):
        actions.rule(submission_id=submission.pk, by=by, decision="accepted", reason="Fine.")
    actions.rule(
        submission_id=submission.pk, by=by, decision="accepted", reason="Fine.", notice=NOTICE
    )

    kept = PoliticalNotice.objects.get(submission=submission)
    assert (kept.sponsor, kept.controlled_by) == ("Lista Chiara", "Associazione Chiara")
    assert [Silence.from_json(row) for row in kept.silences] == list(NOTICE.silences)
    lacking = queries.lacking_notice(queries.standings([submission.pk]))
    assert (lacking, lacks_notice(submission)) == (set(), False)


@pytest.mark.django_db
def test_a_refusal_and_what_is_not_political_need_no_notice() -> None:
    political, paid, by = checked(POLITICAL), checked(PAID_LIKES), reviewer()
    actions.rule(submission_id=political.pk, by=by, decision="rejected", reason="No sponsor.")
    assert not queries.is_political(paid.pk)
    assert not lacks_notice(paid)
    actions.appeal(submission_id=paid.pk, by=by)
    other = User.objects.create_user("leo@people.example", "Leo", is_reviewer=True)
    actions.rule(
        submission_id=paid.pk, by=other, decision="accepted", reason="Quoted.", notice=NOTICE
    )
    assert not PoliticalNotice.objects.exists()


@pytest.mark.django_db
def test_what_newer_rules_find_political_needs_a_notice_to_stay_accepted() -> None:
    submission = actions.submit(kind="post", language="en", words=POLITICAL, author_id=999_999)
    for step in ("running", "accepted"):
        QualityCheck.objects.filter(submission=submission).update(
            status=step, rule_set="older", finished_at=submission.submitted_at
        )
    assert not queries.is_political(submission.pk)
    run = actions.start_recheck(submission_ids=lambda: [submission.pk])
    actions.run_check(check_id=run.checks.get().pk)
    assert queries.is_political(submission.pk)
    assert not lacks_notice(submission)  # what stands is not taken back by a machine
    with pytest.raises(NoticeMissing):
        actions.rule(
            submission_id=submission.pk, by=reviewer(), decision="accepted", reason="Fine."
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "holed",
    [replace(NOTICE, sponsor=" "), replace(NOTICE, election=""), replace(NOTICE, text="  ")],
    ids=["sponsor", "election", "text"],
)
def test_the_database_keeps_no_notice_with_a_hole(holed: NewNotice) -> None:
    submission, by = checked(POLITICAL), reviewer()
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.rule(
            submission_id=submission.pk,
            by=by,
            decision="accepted",
            reason="Fine.",
            notice=holed,
        )


@pytest.mark.parametrize(
    ("jurisdiction", "first"),
    [("IT", date(2027, 6, 12)), ("FR", date(2027, 6, 12)), ("ES", date(2027, 6, 12))],
)
def test_silence_begins_the_day_before_and_lasts_to_the_vote(
    jurisdiction: str, first: date
) -> None:
    (silence,) = elections.silences([jurisdiction], VOTE)
    assert (silence.first, silence.last) == (first, VOTE)
    assert silence.covers(first)
    assert silence.covers(VOTE)
    assert not silence.covers(date(2027, 6, 11))
    assert not silence.covers(date(2027, 6, 14))


def test_where_the_law_knows_no_silence_or_we_know_no_law_none_is_foretold() -> None:
    assert elections.silences(["DE"], VOTE) == ()
    assert elections.silences(["BR"], VOTE) == ()
    assert elections.duties(["BR"]) == []
    assert [duty.jurisdiction for duty in elections.duties(["IT", "BR", "DE"])] == [
        "EU",
        "IT",
        "DE",
    ]


@pytest.mark.parametrize("duty", elections.duties(["IT", "FR", "ES", "DE"]), ids=str)
def test_every_duty_names_a_dated_source_and_its_limits_in_three_languages(
    duty: elections.Duty,
) -> None:
    assert any(str(year) in duty.source for year in range(1950, 2030))
    assert duty.url.startswith("https://")
    assert {"en", "it", "fr"} == set(duty.limits)
    assert all(sentence.endswith(".") for sentence in duty.limits.values())


@pytest.mark.parametrize("language", ["en", "it", "fr", "de"])
def test_the_proposed_notice_names_sponsor_vote_and_campaign(language: str) -> None:
    told = elections.notice_text(
        language, sponsor="Lista Chiara", election="the vote", campaign="Pane"
    )
    assert all(each in told for each in ("Lista Chiara", "the vote", "Pane"))
