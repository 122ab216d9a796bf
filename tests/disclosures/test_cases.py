"""A described post is read strictly, and refused with the name of the field."""

from typing import Any

import pytest

from disclosures.cases import BadCase, case_from
from disclosures.values import Timed

POST: dict[str, Any] = {
    "id": "a",
    "jurisdiction": "IT",
    "content_language": "it",
    "platform": "Instagram",
    "format": "post",
    "relationship": "paid",
    "published": "2026-03-02",
    "brand": "Mulino Alba",
    "text": "Il pane",
}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": None}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"published": "soon"}, "published"),
        ({"relationship": "friend"}, "relationship"),
        ({"jurisdiction": "XX"}, "jurisdiction"),
        ({"id": ["a"]}, "id"),
        ({"context": "x"}, "context"),
        ({"context": {"frames": "x"}}, "frames"),
        ({"context": {"promo": [3, 1]}}, "promo"),
        ({"context": {"duration_s": float("nan")}}, "duration_s"),
        ({"context": {"duration_s": 10**400}}, "duration_s"),
        ({"context": {"overlay": [{"from_s": 1}]}}, "overlay"),
        ({"context": {"comments": 3}}, "comments"),
        ({"context": {"obscured": "yes"}}, "obscured"),
        ({"text": "x" * 1_000_001}, "text"),
    ],
)
def test_a_bad_field_is_named(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadCase, match=field):
        case_from(POST | changes)


def test_a_missing_field_is_named() -> None:
    with pytest.raises(BadCase, match="brand: missing"):
        case_from({key: value for key, value in POST.items() if key != "brand"})


def test_context_comes_in_several_shapes() -> None:
    context = {
        "frames": [{"overlay": "Pubblicità"}, {}],
        "overlay": [{"text": "Adv", "from_s": 0, "to_s": 4}],
        "spoken": [{"text": "Adv", "at_s": 3}],
        "comments": ["uno", {"author": "Ada", "text": "due"}],
        "bio": "tre",
    }
    read = case_from(POST | {"context": context}).context

    assert read.frames == ("Pubblicità", "")
    assert read.overlay == (Timed("Adv", 0.0, 4.0),)
    assert read.spoken == (Timed("Adv", 3.0),)
    assert ("comments[1].text", "due") in read.aside
    assert ("bio", "tre") in read.aside
