"""The event log: dense, chained, told to its listeners, and any change of it found."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks

from config.identity.models import User
from config.kernel import events, tasks
from config.kernel.models import Event, Pending
from tests.factories import at_once, person
from tests.kernel.rows import forge

pytestmark = pytest.mark.django_db
AT_ONCE = timedelta(seconds=-1)


@pytest.fixture
def user() -> User:
    return person()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of events of kind `lamp.lit` a listener was called with."""
    monkeypatch.setattr(events, "_listeners", {})
    calls: list[int] = []
    events.listen("lamp.lit", calls.append)
    return calls


def chain(user: User, length: int = 5) -> list[Event]:
    return [events.record("lamp.lit", subject=user, by=user, nth=nth) for nth in range(length)]


def verified() -> dict[str, Any]:
    out = StringIO()
    call_command("events", "verify", stdout=out)
    said: dict[str, Any] = json.loads(out.getvalue())
    return said


def test_an_event_says_what_happened_to_whom_by_whom(user: User) -> None:
    made = events.record("lamp.lit", subject=user, by=user, watts=40)
    kept = Event.objects.get(pk=made.pk)
    assert (kept.stream, kept.position, kept.kind) == (f"user/{user.pk}", 1, "lamp.lit")
    assert (kept.subject_type, kept.subject_id) == ("identity.user", user.pk)
    assert (kept.actor_id, kept.facts, kept.previous) == (user.pk, {"watts": 40}, "")
    assert kept.digest == events.digest_of(kept)


def test_each_event_names_the_digest_of_the_one_before(user: User) -> None:
    made = chain(user)
    assert [each.position for each in made] == [1, 2, 3, 4, 5]
    assert [each.previous for each in made] == ["", *[each.digest for each in made[:-1]]]


def test_streams_are_counted_apart(user: User) -> None:
    chain(user, 2)
    other = person()
    assert events.record("lamp.lit", subject=other, by=None).position == 1


def test_history_is_told_newest_first(user: User) -> None:
    made = chain(user, 3)
    assert [each.pk for each in events.history(user.stream)] == [e.pk for e in reversed(made)]


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(10**30), max_value=10**30)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abé"), inner),
    max_leaves=8,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["one", "two", "drei"]), PLAIN))
def test_whatever_facts_are_recorded_the_chain_verifies(user: User, facts: dict[str, Any]) -> None:
    events.record("lamp.lit", subject=user, by=user, **facts)
    assert events.verify().first_broken is None


@pytest.mark.parametrize("fact", [1.0, 1e16, -0.0, float("nan"), float("inf"), [{"a": 0.5}]])
def test_facts_are_whole_numbers_for_a_database_writes_others_its_own_way(
    user: User, fact: object
) -> None:
    with pytest.raises(TypeError):
        events.record("lamp.lit", subject=user, by=user, fact=fact)
    assert not Event.objects.filter(stream=user.stream).exists()


def test_an_untouched_log_verifies(user: User) -> None:
    chain(user)
    said = verified()
    assert said == {
        "ok": True,
        "checked": Event.objects.count(),
        "unsealed": 0,
        "first_broken": None,
    }


CHANGES = {
    "stream": "stream || 'x'",
    "position": "position + 100",
    "kind": "'lamp.broken'",
    "subject_type": "'briefs.campaign'",
    "subject_id": "subject_id + 1",
    "actor_id": "NULL",
    "at": "at + interval '1 microsecond'",
    "facts": """'{"nth": 99}'""",
    "previous": "repeat('0', 64)",
    "digest": "repeat('0', 64)",
}


@pytest.mark.parametrize("column", CHANGES)
def test_any_single_change_is_found_and_the_command_says_so(user: User, column: str) -> None:
    third = chain(user)[2]
    forge(f"UPDATE kernel_event SET {column} = {CHANGES[column]} WHERE id = %s", [third.pk])
    assert events.verify().first_broken is not None
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("events", "verify", stdout=out)
    said = json.loads(out.getvalue())
    assert ended.value.code == 1
    assert said["ok"] is False
    assert said["first_broken"] is not None


def test_every_column_of_an_event_is_tried_above() -> None:
    assert set(CHANGES) == {f.attname for f in Event._meta.concrete_fields} - {"id"}


def test_a_deleted_middle_is_found(user: User) -> None:
    third = chain(user)[2]
    forge("DELETE FROM kernel_event WHERE id = %s", [third.pk])
    assert events.verify().first_broken == f"{user.stream}#4"


def test_a_deleted_first_event_is_found(user: User) -> None:
    first = chain(user)[0]
    forge("DELETE FROM kernel_event WHERE id = %s", [first.pk])
    assert events.verify().first_broken == f"{user.stream}#2"


def test_a_change_with_a_new_digest_breaks_at_the_next_event(user: User) -> None:
    third = chain(user)[2]
    third.facts = {"nth": 99}
    forge(
        "UPDATE kernel_event SET facts = %s, digest = %s WHERE id = %s",
        [json.dumps(third.facts), events.digest_of(third), third.pk],
    )
    assert events.verify().first_broken == f"{user.stream}#4"


def test_the_command_knows_one_act() -> None:
    with pytest.raises(CommandError):
        call_command("events", "rewrite")


def test_two_events_never_share_a_position(user: User) -> None:
    first = chain(user, 1)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(
            stream=first.stream,
            position=1,
            kind="lamp.lit",
            subject_type="identity.user",
            subject_id=user.pk,
            at=first.at,
            facts={},
            previous="",
            digest="0" * 64,
        )


def test_listeners_are_called_once_the_event_has_committed(
    user: User,
    heard: list[int],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = events.record("lamp.lit", subject=user, by=user)
        assert heard == []
        assert Pending.objects.filter(event=made).exists()
    assert heard == [made.pk]
    assert not Pending.objects.filter(event=made).exists()


def test_what_nobody_listens_to_is_owed_to_nobody(user: User, heard: list[int]) -> None:
    made = events.record("lamp.cleaned", subject=user, by=user)
    assert not Pending.objects.filter(event=made).exists()


def test_a_lost_call_is_made_by_the_sweep_once(user: User, heard: list[int]) -> None:
    made = events.record("lamp.lit", subject=user, by=user)
    assert events.dispatch_lost() == 0  # it may still be on its way
    assert events.dispatch_lost(older_than=AT_ONCE) == 1
    assert heard == [made.pk]
    assert events.dispatch_lost(older_than=AT_ONCE) == 0
    assert tasks.dispatch_lost() == 0


def test_a_listener_that_breaks_is_called_again_by_the_sweep(
    user: User, heard: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(event_id: int) -> None:
        raise ConnectionError("the broker is away")

    made = events.record("lamp.lit", subject=user, by=user)
    monkeypatch.setattr(events, "_listeners", {"lamp.lit": [breaks]})
    with pytest.raises(ConnectionError):
        events.dispatch_lost(older_than=AT_ONCE)
    monkeypatch.setattr(events, "_listeners", {"lamp.lit": [heard.append]})
    assert events.dispatch_lost(older_than=AT_ONCE) == 1
    assert heard == [made.pk]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_recorders_at_once_leave_no_gap_and_a_chain_that_verifies() -> None:
    user = person()

    def record() -> None:
        for _ in range(10):
            with transaction.atomic():
                events.record("lamp.cleaned", subject=user, by=user)

    at_once(*[record] * 6)
    positions = Event.objects.filter(stream=user.stream).order_by("position")
    assert list(positions.values_list("position", flat=True)) == list(range(1, 61))
    assert events.verify().first_broken is None


@pytest.mark.django_db(transaction=True)
def test_an_event_of_a_transaction_that_fails_never_happened(heard: list[int]) -> None:
    user = person()
    with transaction.atomic():
        events.record("lamp.lit", subject=user, by=user)
        transaction.set_rollback(True)
    assert not Event.objects.filter(stream=user.stream).exists()
    assert heard == []
    assert events.record("lamp.lit", subject=user, by=user).position == 1
    assert connection.in_atomic_block is False
