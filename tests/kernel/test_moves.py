"""One table of moves: the guard in Python says what the table says."""

import itertools
from typing import ClassVar

import pytest

from config.kernel.moves import IllegalMove, Moves, Moving, pairs

LAMP: Moves = {"off": {"on", "broken"}, "on": {"off", "broken"}, "broken": set()}
ALL = list(itertools.product(LAMP, LAMP))


class Lamp(Moving):
    MOVES: ClassVar[Moves] = LAMP

    def __init__(self, status: str) -> None:
        self.status = status


class Door(Moving):
    MOVES: ClassVar[Moves] = {"shut": {"open"}, "open": {"shut"}}
    STATUS: ClassVar[str] = "stand"

    def __init__(self) -> None:
        self.stand = "shut"


def test_the_pairs_are_the_table_in_order() -> None:
    assert pairs(LAMP) == [("off", "broken"), ("off", "on"), ("on", "broken"), ("on", "off")]


@pytest.mark.parametrize(("before", "after"), ALL)
def test_a_move_is_taken_if_the_table_has_it_and_refused_otherwise(before: str, after: str) -> None:
    lamp = Lamp(before)
    if after in LAMP[before]:
        lamp.move_to(after)
        assert lamp.status == after
    else:
        with pytest.raises(IllegalMove):
            lamp.move_to(after)
        assert lamp.status == before


def test_a_status_nobody_knows_is_no_move() -> None:
    with pytest.raises(IllegalMove):
        Lamp("off").move_to("green")


def test_must_be_takes_any_of_the_named_statuses() -> None:
    Lamp("on").must_be("off", "on")
    with pytest.raises(IllegalMove) as refused:
        Lamp("on").must_be("off", "broken")
    assert (refused.value.code, refused.value.status) == ("illegal_move", 409)


def test_the_status_may_have_a_name_of_its_own() -> None:
    door = Door()
    door.move_to("open")
    assert door.stand == "open"
