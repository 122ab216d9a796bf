"""The word diff: nothing lost, nothing invented, and never slow."""

import itertools
import time

from hypothesis import given
from hypothesis import strategies as st

from config.theme.diff import Kind, Span, word_diff

TEXTS = st.text(st.sampled_from("ab cé’.,;\n\t<"), max_size=60) | st.text(max_size=80)


def _without(spans: list[Span], kind: Kind) -> str:
    return "".join(span.text for span in spans if span.kind is not kind)


@given(TEXTS, TEXTS)
def test_the_spans_give_both_texts_back(old: str, new: str) -> None:
    spans = word_diff(old, new)
    assert _without(spans, Kind.ADDED) == old
    assert _without(spans, Kind.REMOVED) == new


@given(TEXTS, TEXTS)
def test_no_span_is_empty_and_neighbours_differ(old: str, new: str) -> None:
    kinds = [span.kind for span in word_diff(old, new)]
    assert all(span.text for span in word_diff(old, new))
    assert all(a is not b for a, b in itertools.pairwise(kinds))


def test_equal_texts_are_one_span() -> None:
    assert word_diff("Nobody approves.", "Nobody approves.") == [
        Span(Kind.SAME, "Nobody approves.")
    ]


def test_only_the_words_that_changed_are_marked() -> None:
    assert word_diff(
        "per sei mesi, poi li toglie.", "per dodici mesi, poi li toglie; altro no."
    ) == [
        Span(Kind.SAME, "per "),
        Span(Kind.REMOVED, "sei "),
        Span(Kind.ADDED, "dodici "),
        Span(Kind.SAME, "mesi, poi li toglie"),
        Span(Kind.ADDED, "; altro no"),
        Span(Kind.SAME, "."),
    ]


def test_a_text_that_repeats_itself_does_not_take_longer_than_a_request_may() -> None:
    began = time.monotonic()
    spans = word_diff("a b " * 5_000, "b a " * 5_000)
    assert time.monotonic() - began < 2
    assert _without(spans, Kind.REMOVED) == "b a " * 5_000
