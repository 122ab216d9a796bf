"""Votes piloted at night, from one block, by young accounts, in exchange; and honest ones."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from campaigns.quality.crowds import handed_in
from campaigns.quality.crowds.rules import Found
from campaigns.quality.crowds.votes import BadVote, Vote, judge, read
from tests.quality.crowds.contests import START, as_lines, contest, people


def rules(found: Sequence[Found]) -> set[str]:
    return {each.rule.rsplit(".", 1)[1] for each in found}


@pytest.mark.parametrize("seed", range(15))
def test_an_honest_contest_has_nothing_to_show(seed: int) -> None:
    assert judge(contest(seed)) == {entry: [] for entry in "ABCDE"}


def test_a_night_hour_full_of_votes_is_shown_with_what_was_usual() -> None:
    night = [
        replace(vote, at=START.replace(hour=3) + timedelta(minutes=nth % 60))
        for nth, vote in enumerate(people("B", 120, 9))
    ]

    found = judge([*contest(), *night])

    assert {entry for entry, each in found.items() if each} == {"B"}
    assert rules(found["B"]) == {"burst", "night"}
    figures = next(each.figures for each in found["B"] if each.rule.endswith("burst"))
    assert figures["votes"] in range(120, 125)
    assert figures["all"] == 330
    assert figures["at"] == "2026-05-04T03:00:00+02:00"


def test_an_honest_burst_by_day_is_a_post_that_was_read() -> None:
    noon = [replace(vote, at=START.replace(hour=18)) for vote in people("B", 120, 9)]

    assert judge([*contest(), *noon])["B"] == []


def test_one_block_of_addresses_is_shown_and_one_that_votes_for_all_is_not() -> None:
    block = [replace(vote, network="203.0.113.0/24") for vote in people("C", 80, 9)]
    carrier = [
        replace(vote, network="198.51.100.0/24") for e in "ABCDE" for vote in people(e, 80, 8)
    ]

    found = judge([*contest(), *block, *carrier])

    assert {entry: rules(each) for entry, each in found.items() if each} == {"C": {"one_network"}}
    assert found["C"][0].figures["network"] == "203.0.113.0/24"


def test_young_accounts_of_one_entry_are_shown() -> None:
    young = [replace(vote, age_days=1) for vote in people("D", 120, 9)]

    assert rules(judge([*contest(), *young])["D"]) == {"young_accounts"}


def test_a_country_that_votes_for_one_is_shown() -> None:
    far = [replace(vote, country="VN") for vote in people("D", 120, 9)]

    assert rules(judge([*contest(), *far])["D"]) == {"one_country"}


def test_votes_given_to_be_returned_are_an_exchange() -> None:
    names = "ABCDEFGH"
    owners = {entry: f"owner{entry}" for entry in names}
    ring = [Vote(e, START, voter=owners[o]) for e in names[:6] for o in names[:6] if o != e]
    fan = [Vote("G", START, voter=owners["H"])]

    found = judge([*ring, *fan], owners)

    assert {entry for entry, each in found.items() if rules(each) == {"exchange"}} == set("ABCDEF")
    assert found["A"][0].figures == {"entry": "A", "partners": 5, "share": 10_000}
    assert found["G"] == []


def test_an_entry_alone_and_a_small_contest_are_compared_with_nothing() -> None:
    night = [replace(vote, at=START.replace(hour=3)) for vote in people("A", 300, 1)]

    assert judge(night) == {"A": []}
    assert judge([*people("A", 20, 1), *people("B", 25, 1)]) == {"A": [], "B": []}
    assert judge([]) == {}


def test_what_is_not_known_finds_nothing() -> None:
    bare = [replace(vote, network="", country="", age_days=None, voter="") for vote in contest()]

    assert judge(bare) == {entry: [] for entry in "ABCDE"}


def test_votes_are_read_line_by_line() -> None:
    row = {"entry": "A", "at": "2026-05-04T03:00:00+02:00", "account_age_days": 2, "country": "IT"}

    (vote,) = read(json.dumps(row) + "\n\n").votes

    assert (vote.entry, vote.at.hour, vote.age_days, vote.country) == ("A", 3, 2, "IT")


def test_a_list_says_who_stands_behind_an_entry() -> None:
    ring = [Vote(e, START, voter=f"o{o}") for e in "ABCDEF" for o in "ABCDEF" if o != e]
    behind = "".join(json.dumps({"entry": e, "owner": f"o{e}"}) + "\n" for e in "ABCDEF")

    found = handed_in.of_votes(behind + as_lines(ring))

    assert [each.figures["entry"] for each in found] == list("ABCDEF")
    assert rules(found) == {"exchange"}
    assert handed_in.of_votes(as_lines(ring)) == []


def test_a_list_without_a_vote_is_no_contest() -> None:
    for words in ("", '{"entry": "A", "owner": "a"}'):
        with pytest.raises(BadVote):
            read(words)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "3",
        "{}",
        '{"entry": "A", "at": "2026-05-04T03:00"}',
        '{"entry": "", "at": "2026"}',
        '{"entry": "A", "at": 5}',
        '{"entry": "A\\u0000", "at": "2026-05-04T03:00:00+02:00"}',
        '{"entry": "A\\ud800", "at": "2026-05-04T03:00:00+02:00"}',
        '{"entry": "A", "at": "2026-05-04T03:00:00+02:00", "account_age_days": -1}',
        '{"entry": "A", "at": "2026-05-04T03:00:00+02:00", "account_age_days": NaN}',
        '{"entry": "A", "at": "2026-05-04T03:00:00+02:00", "account_age_days": 1' + 400 * "0" + "}",
        5_000 * "[",
    ],
    ids=range(12),
)
def test_a_line_that_is_no_vote_is_named(line: str) -> None:
    with pytest.raises(BadVote) as refused:
        read(line)
    assert refused.value.line == 1
