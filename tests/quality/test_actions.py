"""The check as a service: a row first, decided once, appealed and ruled by a person."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from campaigns.quality import actions, queries, tasks
from campaigns.quality.elections import NewNotice
from campaigns.quality.errors import (
    NotAReviewer,
    NothingToRetry,
    NothingToRule,
    OwnCase,
    ReasonMissing,
)
from campaigns.quality.models import QualityCheck, Submission
from campaigns.quality.states import CHECK_MOVES, CheckStatus
from config.identity.models import User
from config.kernel.models import Event

pytestmark = pytest.mark.django_db

PAID_LIKES = "Like the page, share it with three friends and get 1 cent at once."
HONEST = "I baked with rye for the first time. The crumb is dense, the taste is good."
POLITICAL = "Vote for our candidate in the regional election on Sunday."
NOTICE = NewNotice(
    sponsor="Lista Chiara", election="Regional election", text="Political advertising, paid."
)


def person(name: str, **fields: bool) -> User:
    return User.objects.create_user(f"{name}@people.example", name, **fields)


def submitted(words: str, author_id: int = 999_999, kind: str = "post") -> Submission:
    return actions.submit(kind=kind, language="en", words=words, author_id=author_id)


def checked(words: str, author_id: int = 999_999) -> Submission:
    submission = submitted(words, author_id)
    actions.run_check(check_id=submission.checks.get().pk)
    return submission


def test_a_submission_has_its_check_queued_and_its_bell_owed() -> None:
    submission = submitted(HONEST)

    assert queries.standing(submission.pk).status == CheckStatus.QUEUED
    event = Event.objects.get(kind="quality.check_queued", subject_id=submission.pk)
    assert event.facts == {"check": submission.checks.get().pk}


@pytest.mark.parametrize(
    ("words", "status"), [(HONEST, "accepted"), (PAID_LIKES, "rejected"), (POLITICAL, "review")]
)
def test_a_check_decides_and_says_by_which_rules(words: str, status: str) -> None:
    submission = checked(words)

    standing = queries.standing(submission.pk)
    assert standing.status == status
    assert standing.rule_set
    assert bool(standing.findings) == (status != "accepted")
    for finding in standing.findings:
        assert words[finding["start"] : finding["end"]] == finding["quote"]


def test_terms_are_judged_by_their_pay_and_their_words() -> None:
    submission = actions.submit(
        kind="terms",
        language="en",
        words="",
        terms=[{"pay": "fixed", "amount_minor": 1000, "currency": "EUR", "declared_hours": 10}],
        floor_hourly_minor=1200,
        author_id=999_999,
    )
    actions.run_check(check_id=submission.checks.get().pk)

    standing = queries.standing(submission.pk)
    assert standing.status == "rejected"
    assert standing.findings[0]["family"] == "pay.below_floor"
    assert standing.findings[0]["hourly_minor"] == 100


def test_run_twice_a_check_decides_once() -> None:
    submission = checked(PAID_LIKES)
    check = submission.checks.get()
    again = actions.run_check(check_id=check.pk)

    assert again.finished_at == check.finished_at
    assert Event.objects.filter(kind="quality.decided", subject_id=submission.pk).count() == 1


def test_a_check_that_breaks_is_tried_again_and_then_fails_with_its_reason() -> None:
    submission = actions.submit(  # terms no engine can read
        kind="terms",
        language="en",
        terms=[{"pay": "fixed", "amount_minor": "x"}],
        author_id=999_999,
    )
    check = submission.checks.get()
    for time in range(1, actions.MOST_BREAKS + 1):
        with pytest.raises(ValueError, match="amount_minor"):
            actions.run_check(check_id=check.pk)
        check.refresh_from_db()
        assert check.breaks == time

    assert check.status == CheckStatus.FAILED
    assert check.failure == "BadTerms"
    assert queries.standing(submission.pk).status == CheckStatus.FAILED
    assert queries.standing(submission.pk).failure == "BadTerms"
    assert Event.objects.filter(kind="quality.broke_off", subject_id=submission.pk).count() == 1


def test_the_sweep_rings_again_for_lost_checks_and_for_those_nobody_is_at() -> None:
    lost, dead, fresh = (submitted(HONEST).checks.get() for _ in range(3))
    long_ago = timezone.now() - actions.LOST_AFTER * 1.5
    QualityCheck.objects.filter(pk=lost.pk).update(queued_at=long_ago)
    QualityCheck.objects.filter(pk=dead.pk).update(status="running", started_at=timezone.now())

    assert actions.lost_checks() == [dead.pk, lost.pk]
    dead.refresh_from_db()
    assert (dead.status, dead.losses, dead.breaks) == (CheckStatus.QUEUED, 1, 0)
    assert tasks.sweep() == 0  # each bell has just been rung
    QualityCheck.objects.update(queued_at=long_ago, started_at=None)
    assert tasks.sweep() == 3
    fresh.refresh_from_db()
    assert fresh.status == CheckStatus.QUEUED


def test_a_long_queue_is_not_made_longer_but_a_bell_lost_in_it_is_rung_again() -> None:
    lost, answered, waiting = (submitted(HONEST).checks.get() for _ in range(3))
    for nth, check in enumerate((lost, answered, waiting)):
        rung = timezone.now() - actions.LOST_AFTER * (4 - nth)
        QualityCheck.objects.filter(pk=check.pk).update(queued_at=rung)
    actions.run_check(check_id=answered.pk)

    assert actions.lost_checks() == [lost.pk]


def test_a_bell_that_rings_for_a_check_nobody_is_at_any_more_runs_it() -> None:
    check = submitted(HONEST).checks.get()
    QualityCheck.objects.filter(pk=check.pk).update(status="running", started_at=timezone.now())

    assert actions.run_check(check_id=check.pk).status == CheckStatus.ACCEPTED
    check.refresh_from_db()
    assert (check.losses, check.breaks) == (1, 0)


def test_a_text_that_stops_every_worker_ends_in_failed() -> None:
    check = submitted(HONEST).checks.get()
    for _ in range(actions.MOST_LOSSES):
        QualityCheck.objects.filter(pk=check.pk).update(status="running")
        actions.lost_checks()
    check.refresh_from_db()
    assert (check.status, check.failure) == (CheckStatus.FAILED, "WorkerLost")


def test_what_broke_off_is_tried_again_when_somebody_asks_and_once() -> None:
    author = person("ada")
    submission = submitted(HONEST, author.pk)
    check = submission.checks.get()
    for _ in range(actions.MOST_LOSSES):
        QualityCheck.objects.filter(pk=check.pk).update(status="running")
        actions.lost_checks()

    again = actions.retry(submission_id=submission.pk, by=author)
    assert (again.status, again.losses, again.failure) == (CheckStatus.QUEUED, 0, "")
    actions.retry(submission_id=submission.pk, by=author)
    queued = Event.objects.filter(kind="quality.check_queued", subject_id=submission.pk)
    assert [event.actor_id for event in queued.order_by("pk")] == [None, author.pk]
    actions.run_check(check_id=check.pk)
    assert queries.standing(submission.pk).status == CheckStatus.ACCEPTED
    with pytest.raises(NothingToRetry):
        actions.retry(submission_id=submission.pk, by=author)


def test_an_appeal_needs_a_refusal_and_is_made_once() -> None:
    author = person("ada")
    refused, accepted = checked(PAID_LIKES, author.pk), checked(HONEST, author.pk)

    with pytest.raises(NothingToRule):
        actions.appeal(submission_id=accepted.pk, by=author, reason="It is fine.")
    first = actions.appeal(submission_id=refused.pk, by=author, reason="It is a quotation.")
    assert actions.appeal(submission_id=refused.pk, by=author, reason="Again") == first
    assert list(queries.waiting_for_a_reviewer()) == [refused]
    assert queries.standing(refused.pk).status == "rejected"


def test_an_appeal_takes_one_click_and_says_honestly_that_no_reason_was_given() -> None:
    author = person("ada")
    refused = checked(PAID_LIKES, author.pk)
    assert actions.appeal(submission_id=refused.pk, by=author).reason == ""
    assert queries.standing(refused.pk).appealed


def test_who_never_appealed_may_do_so_after_a_ruling_and_another_reviewer_decides() -> None:
    author, first, second = person("ada"), person("sara", is_reviewer=True), person("leo")
    second.is_reviewer = True
    review = checked(POLITICAL, author.pk)
    actions.rule(submission_id=review.pk, by=first, decision="rejected", reason="No sponsor.")
    assert not queries.waiting_for_a_reviewer().exists()
    actions.appeal(submission_id=review.pk, by=author)
    assert list(queries.waiting_for_a_reviewer()) == [review]
    for decision in ("accepted", "rejected"):
        with pytest.raises(OwnCase):
            actions.rule(submission_id=review.pk, by=first, decision=decision, reason="Well.")
    actions.rule(
        submission_id=review.pk, by=second, decision="accepted", reason="A sponsor.", notice=NOTICE
    )
    assert queries.standing(review.pk).status == "accepted"
    actions.appeal(submission_id=review.pk, by=author)  # the same appeal: nothing opens
    assert not queries.waiting_for_a_reviewer().exists()


def test_a_ruling_stands_above_every_check() -> None:
    author, reviewer = person("ada"), person("sara", is_reviewer=True)
    refused = checked(PAID_LIKES, author.pk)
    actions.appeal(submission_id=refused.pk, by=author, reason="It is a quotation.")
    ruling = actions.rule(
        submission_id=refused.pk, by=reviewer, decision="accepted", reason="A quotation indeed."
    )

    assert queries.standing(refused.pk).status == "accepted"
    assert queries.standing(refused.pk).ruling_reason == "A quotation indeed."
    assert not queries.waiting_for_a_reviewer().exists()
    assert (
        actions.rule(submission_id=refused.pk, by=reviewer, decision="accepted", reason="Twice")
        == ruling
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT quality_standing(%s)", [refused.pk])
        assert cursor.fetchone() == ("accepted",)


def test_only_a_reviewer_without_a_part_in_it_rules() -> None:
    author = person("ada", is_reviewer=True)
    member, stranger = person("marta", is_reviewer=True), person("bruno")
    review = checked(POLITICAL, author.pk)

    for by, refusal in ((stranger, NotAReviewer), (author, OwnCase), (member, OwnCase)):
        with pytest.raises(refusal):
            actions.rule(
                submission_id=review.pk,
                by=by,
                decision="accepted",
                reason="Because.",
                excluded_ids={member.pk},
            )
    with pytest.raises(ReasonMissing):
        actions.rule(
            submission_id=review.pk,
            by=person("sara", is_reviewer=True),
            decision="accepted",
            reason="",
        )


def test_nothing_is_ruled_where_nothing_is_open() -> None:
    with pytest.raises(NothingToRule):
        actions.rule(
            submission_id=checked(HONEST).pk,
            by=person("sara", is_reviewer=True),
            decision="rejected",
            reason="I do not like it.",
        )


def test_what_was_appealed_once_and_ruled_on_is_not_ruled_on_again() -> None:
    author = person("ada")
    refused = checked(PAID_LIKES, author.pk)
    actions.appeal(submission_id=refused.pk, by=author)
    first, second = person("sara", is_reviewer=True), person("leo", is_reviewer=True)
    actions.rule(submission_id=refused.pk, by=first, decision="rejected", reason="It pays.")
    with pytest.raises(NothingToRule):
        actions.rule(submission_id=refused.pk, by=second, decision="accepted", reason="Well.")
    assert queries.standing(refused.pk).status == "rejected"


def test_standings_of_many_take_three_queries(django_assert_num_queries: object) -> None:
    many = [checked(HONEST).pk for _ in range(4)]
    with django_assert_num_queries(3):  # type: ignore[operator]
        found = queries.standings(many)
    assert {each.status for each in found.values()} == {"accepted"}


@pytest.mark.parametrize("before", CheckStatus.values)
@pytest.mark.parametrize("after", CheckStatus.values)
def test_the_database_allows_only_the_moves_of_the_table(before: str, after: str) -> None:
    check = submitted(HONEST).checks.get()
    _force(check.pk, before)
    allowed = after == before or after in CHECK_MOVES[before]
    try:
        with transaction.atomic():
            QualityCheck.objects.filter(pk=check.pk).update(
                status=after, finished_at=timezone.now(), rule_set="x", failure="x"
            )
        moved = True
    except DatabaseError:
        moved = False
    assert moved == allowed


def _force(pk: int, status: str) -> None:
    """Reach a status by the moves of the table."""
    path = {"queued": [], "running": ["running"]}.get(status, ["running", status])
    for step in path:
        QualityCheck.objects.filter(pk=pk).update(
            status=step, finished_at=timezone.now(), rule_set="x", failure="x"
        )
