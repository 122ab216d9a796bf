"""Agreed text on the page: marks where they belong, and nobody's words become markup."""

import re
from dataclasses import dataclass
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from config.theme.tags.texts import diff, diff_line, marked, paragraphs

EVIL = '<script>alert(1)</script> & "x"'


@dataclass
class Found:
    start: int
    end: int


def test_added_and_removed_words_are_marked_without_their_spaces() -> None:
    assert diff("for six months", "for twelve months") == (
        "<p>for <del>six</del> <ins>twelve</ins> months</p>"
    )


def test_a_diff_is_cut_where_a_line_ends() -> None:
    assert diff("One.", "One.\nTwo.") == "<p>One.</p>\n<p><ins>Two.</ins></p>"


def test_a_diff_of_one_line_has_no_paragraphs() -> None:
    assert diff_line("six months", "six weeks") == "six <del>months</del><ins>weeks</ins>"


def test_words_of_people_are_escaped_everywhere() -> None:
    for html in (
        diff("", EVIL),
        diff(EVIL, ""),
        diff_line(EVIL, "b"),
        marked(EVIL, [Found(0, 8)]),
        paragraphs(EVIL),
    ):
        assert "<script" not in html
        assert "&lt;script&gt;" in html


def test_quoted_words_link_to_their_finding_and_can_be_linked_to() -> None:
    assert marked("Pay per click, now", [Found(4, 13)]) == (
        '<p>Pay <mark><a href="#f1" id="q1">per click<sup>1</sup></a></mark>, now</p>'
    )


def test_where_findings_overlap_each_is_linked_and_places_outside_are_cut() -> None:
    html = marked("abcdef", [Found(0, 3), Found(2, 99)])
    assert html == (
        '<p><mark><a href="#f1" id="q1">ab</a></mark>'
        '<span id="q2"></span><mark><a href="#f1">c<sup>1</sup></a></mark>'
        '<mark><a href="#f2">def<sup>2</sup></a></mark></p>'
    )


def test_a_finding_within_another_is_linked_by_its_own_words() -> None:
    assert marked("abcdef", [Found(0, 6), Found(2, 4)]) == (
        '<p><mark><a href="#f1" id="q1">ab</a></mark>'
        '<mark><a href="#f2" id="q2">cd<sup>2</sup></a></mark>'
        '<mark><a href="#f1">ef<sup>1</sup></a></mark></p>'
    )


def test_two_findings_of_the_same_words_are_both_linked() -> None:
    assert marked("abc", [Found(0, 3), Found(0, 3)]) == (
        '<p><span id="q2"></span><mark><a href="#f1" id="q1">abc<sup>1</sup></a>'
        '<sup><a href="#f2">2</a></sup></mark></p>'
    )


def test_words_over_several_lines_have_one_anchor() -> None:
    assert marked("ab\ncd", [Found(0, 5)]) == (
        '<p><mark><a href="#f1" id="q1">ab<sup>1</sup></a></mark></p>\n'
        '<p><mark><a href="#f1">cd<sup>1</sup></a></mark></p>'
    )


def test_a_finding_whose_words_are_not_there_marks_nothing() -> None:
    found = {"start": 0, "end": 4, "quote": "1200"}
    assert marked("Pay the work", [found, {"start": 0, "end": 3, "quote": "Pay"}]) == (
        '<p><mark><a href="#f2" id="q2">Pay<sup>2</sup></a></mark> the work</p>'
    )


def test_a_finding_anchored_elsewhere_has_no_anchor_here() -> None:
    found = {"start": 0, "end": 3, "number": 2, "anchored": False}
    assert marked("abc", [found]) == '<p><mark><a href="#f2">abc<sup>2</sup></a></mark></p>'
    assert 'id="q2"' in marked("abcd", [found, {**found, "start": 3, "end": 4, "anchored": True}])


def test_a_finding_may_bring_its_number() -> None:
    assert 'href="#f7" id="q7"' in marked("abc", [{"start": 0, "end": 3, "number": 7}])


@given(st.text(), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40))))
def test_marking_never_lets_markup_through_and_keeps_every_word(
    text: str, places: list[tuple[int, int]]
) -> None:
    html = str(marked(text, [Found(*place) for place in places]))
    bare = re.sub(r'<(?:a href="#f\d+"(?: id="q\d+")?|span id="q\d+")>', "", html)
    for known in ("<p>", "</p>", "<mark>", "</mark>", "</a>", "<sup>", "</sup>", "</span>"):
        bare = bare.replace(known, "")
    assert "<" not in bare
    words = re.sub(r"<sup>.*?</sup>", "", html)
    said = "".join(unescape(re.sub(r"<[^>]*>", "", words)).split())
    assert said == "".join(text.split())
    anchors = re.findall(r'id="(q\d+)"', html)
    assert len(anchors) == len(set(anchors))
