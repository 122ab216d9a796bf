"""Newer rules look again at what stands; they tell a reviewer, and change nothing by themselves."""

import pytest
from django.db import IntegrityError, connection, transaction

from campaigns.quality import actions, judging, queries
from campaigns.quality.errors import NothingToRule
from campaigns.quality.models import QualityCheck, Recheck, Submission
from campaigns.quality.near_misses import examples
from campaigns.quality.statements import statement_of
from campaigns.quality.states import DECIDED, CheckStatus, compare
from config.identity.models import User
from config.kernel.models import Event
from tests.kernel.rows import forge

pytestmark = pytest.mark.django_db

PAID_LIKES = "Like the page, share it with three friends and get 1 cent at once."
HONEST = "I baked with rye for the first time. The crumb is dense, the taste is good."
POLITICAL = "Vote for our candidate in the regional election on Sunday."
OF = frozenset({"engagement.bait"})


def person(name: str, **fields: bool) -> User:
    return User.objects.create_user(f"{name}@people.example", name, **fields)


def stood(words: str, status: str, author_id: int = 999_999) -> Submission:
    """Checked by older rules, which found it `status`."""
    submission = actions.submit(kind="post", language="en", words=words, author_id=author_id)
    check = submission.checks.get()
    for step in ("running", status):
        QualityCheck.objects.filter(pk=check.pk).update(
            status=step, rule_set="older", finished_at=submission.submitted_at
        )
    return submission


def rechecked(*submissions: Submission, by: User | None = None) -> Recheck:
    run = actions.start_recheck(submission_ids=lambda: [each.pk for each in submissions], by=by)
    for check in run.checks.filter(status="queued"):
        actions.run_check(check_id=check.pk)
    return run


@pytest.mark.parametrize(
    ("words", "before", "compared"),
    [
        (PAID_LIKES, "accepted", "worse"),
        (PAID_LIKES, "review", "worse"),
        (POLITICAL, "accepted", "worse"),
        (PAID_LIKES, "rejected", "same"),
        (HONEST, "accepted", "same"),
        (HONEST, "rejected", "better"),
        (POLITICAL, "rejected", "better"),
    ],
)
def test_what_stands_stays_whatever_newer_rules_find(
    words: str, before: str, compared: str
) -> None:
    submission = stood(words, before)
    run = rechecked(submission)

    check = run.checks.get()
    assert (check.status in DECIDED, check.compared) == (True, compared)
    assert check.rule_set == judging.RULE_SET
    assert queries.standing(submission.pk).status == before
    assert queries.standing(submission.pk).rule_set == "older"
    with connection.cursor() as cursor:
        cursor.execute("SELECT quality_standing(%s)", [submission.pk])
        assert cursor.fetchone() == (before,)
    assert not Event.objects.filter(kind="quality.decided", subject_id=submission.pk).exists()
    waits = compared == "worse" or before == "review"
    assert queries.is_open(submission.pk) == waits


def test_a_worse_find_waits_for_a_reviewer_until_one_rules() -> None:
    reviewer = person("sara", is_reviewer=True)
    submission = stood(PAID_LIKES, "accepted")
    with pytest.raises(NothingToRule):
        actions.rule(submission_id=submission.pk, by=reviewer, decision="rejected", reason="No.")
    run = rechecked(submission)
    assert queries.worse_find(submission.pk) == run.checks.get()
    assert list(queries.waiting_for_a_reviewer()) == [submission]

    actions.rule(submission_id=submission.pk, by=reviewer, decision="rejected", reason="It pays.")
    assert queries.standing(submission.pk).status == CheckStatus.REJECTED
    assert queries.worse_find(submission.pk) is None
    assert not queries.waiting_for_a_reviewer().exists()


def test_a_worse_find_that_still_newer_rules_no_longer_make_waits_for_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    submission = stood(PAID_LIKES, "accepted")
    rechecked(submission)
    assert queries.is_open(submission.pk)
    forge("UPDATE quality_submission SET words = %s WHERE id = %s", [HONEST, submission.pk])
    monkeypatch.setattr(judging, "RULE_SET", "newer")
    run = actions.start_recheck(submission_ids=lambda: [submission.pk])
    assert queries.is_open(submission.pk)  # until it is decided
    actions.run_check(check_id=run.checks.get().pk)
    assert run.checks.get().compared == "same"
    assert queries.worse_find(submission.pk) is None
    assert not queries.is_open(submission.pk)


def test_what_a_person_let_pass_is_not_worse_for_being_found_again() -> None:
    reviewer = person("sara", is_reviewer=True)
    submission = actions.submit(kind="post", language="en", words=PAID_LIKES, author_id=999_999)
    actions.run_check(check_id=submission.checks.get().pk)
    actions.appeal(submission_id=submission.pk, by=person("ada"))
    actions.rule(submission_id=submission.pk, by=reviewer, decision="accepted", reason="Quoted.")
    run = rechecked(submission, by=reviewer)
    assert run.checks.get().compared == "same"
    assert not queries.is_open(submission.pk)


@pytest.mark.parametrize("decision", ["accepted", "rejected"])
def test_a_ruling_on_a_worse_find_stands_on_what_was_found(
    decision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewer = person("sara", is_reviewer=True)
    submission = stood(PAID_LIKES, "accepted")
    found = rechecked(submission).checks.get()
    actions.rule(submission_id=submission.pk, by=reviewer, decision=decision, reason="Read.")
    stands, said = queries.standing(submission.pk), statement_of(submission, "en")
    assert (stands.findings, stands.rule_set) == (found.findings, found.rule_set)
    assert said
    assert {ground.rule for ground in said.grounds} == {each["rule"] for each in found.findings}
    assert [each.id for each in examples()[0]] == sorted({each["rule"] for each in found.findings})

    monkeypatch.setattr(judging, "RULE_SET", "newer")
    assert rechecked(submission).checks.get().compared == "same"
    assert not queries.is_open(submission.pk)


def test_a_reviewer_has_read_what_the_first_check_found_and_what_newer_rules_do() -> None:
    submission = stood(POLITICAL, "accepted")
    submission.checks.update(findings=[{"family": "pay.per_click"}])
    rechecked(submission)
    actions.rule(
        submission_id=submission.pk,
        by=person("sara", is_reviewer=True),
        decision="rejected",
        reason="Nobody says who pays.",
    )
    stands = queries.standing(submission.pk)
    assert stands.families == {"pay.per_click", queries.POLITICAL}
    assert [each["family"] for each in stands.findings] == [queries.POLITICAL]


def test_a_new_reason_is_worse_than_what_a_person_let_pass() -> None:
    seen, new = frozenset({"engagement.bait"}), frozenset({"engagement.bait", "pay.per_click"})
    assert compare("accepted", seen, "rejected", seen) == "same"
    assert compare("accepted", seen, "rejected", new) == "worse"
    assert compare("accepted", None, "rejected", seen) == "worse"
    assert compare("rejected", seen, "accepted", frozenset()) == "better"


def test_a_run_is_started_once_a_rule_set_however_often_it_is_asked_for() -> None:
    submission = stood(HONEST, "accepted")
    first = actions.start_recheck(submission_ids=lambda: [submission.pk])
    assert actions.start_recheck(submission_ids=lambda: [submission.pk]) == first
    assert actions.start_recheck(submission_ids=lambda: [submission.pk], by=person("ada")) == first
    rechecked(submission)
    assert actions.finish_rechecks() == 1
    assert actions.finish_rechecks() == 0
    assert actions.start_recheck(submission_ids=lambda: [submission.pk]) == first
    again = actions.start_recheck(submission_ids=lambda: [submission.pk], by=person("leo"))
    assert again != first


def test_a_run_that_is_known_looks_for_nothing_to_check() -> None:
    submission = stood(HONEST, "accepted")
    first = rechecked(submission)

    def heavy() -> list[int]:
        raise AssertionError("nobody needs to know")

    assert actions.start_recheck(submission_ids=heavy) == first
    assert actions.start_recheck(submission_ids=heavy, by=person("ada")) == first


def test_who_asks_again_where_nothing_is_left_is_shown_the_last_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = rechecked(stood(HONEST, "accepted"))
    actions.finish_rechecks()
    assert actions.start_recheck(submission_ids=list, by=person("ada")) == first
    monkeypatch.setattr(judging, "RULE_SET", "newer")
    second = actions.start_recheck(submission_ids=list)
    assert (second.rule_set, second.total) == ("newer", 0)
    monkeypatch.undo()
    assert actions.start_recheck(submission_ids=list) == first  # by the rules of before
    assert queries.progress_of(first).done == 1


def test_the_ten_newest_runs_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for nth in range(12):
        monkeypatch.setattr(judging, "RULE_SET", f"newer {nth}")
        actions.start_recheck(submission_ids=list)
    assert [each.run.rule_set for each in queries.progress()] == [
        f"newer {nth}" for nth in range(11, 1, -1)
    ]


def test_new_rules_start_a_new_run(monkeypatch: pytest.MonkeyPatch) -> None:
    submission = stood(HONEST, "accepted")
    first = rechecked(submission)
    monkeypatch.setattr(judging, "RULE_SET", "newer")
    second = actions.start_recheck(submission_ids=lambda: [submission.pk])
    assert (second != first, second.rule_set) == (True, "newer")


def test_a_run_that_was_stopped_half_way_goes_on_where_it_was() -> None:
    many = [stood(PAID_LIKES if nth % 2 else HONEST, "accepted") for nth in range(6)]
    run = actions.start_recheck(submission_ids=lambda: [each.pk for each in many])
    for check in run.checks.order_by("pk")[:3]:
        actions.run_check(check_id=check.pk)
    half = queries.progress()[0]
    assert (half.run, half.done, half.worse, half.is_over) == (run, 3, 1, False)
    assert actions.finish_rechecks() == 0

    QualityCheck.objects.filter(recheck=run, status="queued").update(
        queued_at=run.started_at - 2 * actions.LOST_AFTER
    )
    for pk in actions.lost_checks():
        actions.run_check(check_id=pk)
    whole = queries.progress()[0]
    assert (whole.done, whole.worse, whole.better, whole.failed) == (6, 3, 0, 0)
    assert whole.is_over
    assert actions.finish_rechecks() == 1


def test_the_database_holds_a_submission_once_in_a_run_and_compares_only_there() -> None:
    submission = stood(HONEST, "accepted")
    run = rechecked(submission)
    with pytest.raises(IntegrityError), transaction.atomic():
        QualityCheck.objects.create(
            submission=submission, recheck=run, queued_at=submission.submitted_at
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        QualityCheck.objects.filter(submission=submission, recheck=None).update(compared="same")
