"""What each stage asks for: every check, met and not met."""

from dataclasses import replace
from typing import Any

import pytest

from campaigns.briefs.states import Stage
from campaigns.lifecycle.gates import GATES, Situation, checklist
from campaigns.lifecycle.values import Check

DONE = Situation(
    brief_number=2,
    brief_standing="accepted",
    mechanic_number=4,
    mechanic_standing="accepted",
    joined=3,
    quorum_is_met=True,
    has_lessons=True,
    report_published=True,
)
UNMET: list[tuple[str, str, dict[str, Any]]] = [
    (Stage.CODESIGN, "brief_written", {"brief_number": 0}),
    (Stage.CODESIGN, "brief_clear", {"questions": 2}),
    *(
        (Stage.CODESIGN, "brief_accepted", {"brief_standing": s})
        for s in ("", "queued", "running", "review", "rejected", "failed")
    ),
    (Stage.CODESIGN, "materials_accepted", {"materials_refused": 1}),
    (Stage.CONTRACTING, "mechanic_written", {"mechanic_number": 0}),
    *(
        (Stage.CONTRACTING, "mechanic_accepted", {"mechanic_standing": s})
        for s in ("", "queued", "running", "review", "rejected", "failed")
    ),
    (Stage.CONTRACTING, "somebody_joined", {"joined": 0}),
    (Stage.CONTRACTING, "no_open_objection", {"objectors": ("Ada",)}),
    (Stage.CONTRACTING, "everyone_answered", {"waiting": ("Ada",)}),
    (Stage.CONTRACTING, "quorum", {"quorum_is_met": False}),
    (Stage.LIVE, "political_notice", {"political": 2, "without_notice": 1}),
    (Stage.LIVE, "everyone_agreed", {"without_agreement": ("Ada",)}),
    (Stage.LIVE, "no_open_objection", {"objectors": ("Ada",)}),
    (Stage.LIVE, "brief_accepted", {"brief_standing": "rejected"}),
    (Stage.CLOSING, "everything_published", {"unpublished": 1}),
    (Stage.CLOSED, "everyone_paid", {"owed": 1}),
    (Stage.CLOSED, "balance_is_zero", {"balance_minor": 1}),
    (Stage.CLOSED, "balance_is_zero", {"balance_minor": -1}),
    (Stage.CLOSED, "lessons_written", {"has_lessons": False}),
    (Stage.CLOSED, "incidents_answered", {"unanswered_incidents": 1}),
    (Stage.CLOSED, "replies_heard", {"without_reply": ("Ada",)}),
    (Stage.CLOSED, "report_published", {"report_published": False}),
]


def lacking(now: Situation, to: str) -> list[Check]:
    return [check for check in checklist(now, to) if not check.ok]


@pytest.mark.parametrize("to", GATES)
def test_when_everything_is_done_nothing_is_lacking(to: str) -> None:
    assert lacking(DONE, to) == []


@pytest.mark.parametrize(("to", "code", "changed"), UNMET)
def test_what_is_not_done_is_lacking_and_says_so(
    to: str, code: str, changed: dict[str, Any]
) -> None:
    found = lacking(replace(DONE, **changed), to)
    assert code in [check.code for check in found]
    follow = {"everyone_answered", "everyone_agreed", "brief_clear"}  # from the same fact
    assert {check.code for check in found} <= {code, *follow}
    assert all(str(check.sentence) for check in found)


def test_every_check_has_a_case_above() -> None:
    everything = replace(DONE, political=1)
    known = {check.code for to in GATES for check in checklist(everything, to)}
    assert known == {code for _, code, _ in UNMET}


def test_an_empty_campaign_lacks_what_its_first_stage_asks() -> None:
    codes = [check.code for check in lacking(Situation(), Stage.CODESIGN)]
    assert codes == ["brief_written", "brief_clear", "brief_accepted"]


def test_stages_that_ask_nothing_have_no_list() -> None:
    assert checklist(Situation(), Stage.CANCELLED) == []
    assert checklist(Situation(), Stage.DRAFT) == []


def test_who_is_waited_for_is_named_and_a_long_list_is_cut() -> None:
    now = replace(DONE, waiting=tuple(f"Persona {n}" for n in range(20)))
    (check,) = lacking(now, Stage.CONTRACTING)
    assert str(check.detail).startswith("Persona 0, ")
    assert str(check.detail).endswith("…")
    assert check.waits_for == "influencers"


def test_a_check_under_way_waits_for_nobody_and_a_rejected_one_for_the_agency() -> None:
    waits = {
        status: lacking(replace(DONE, brief_standing=status), Stage.CODESIGN)[0].waits_for
        for status in ("queued", "review", "rejected")
    }
    assert waits == {"queued": "check", "review": "reviewer", "rejected": "agency"}
