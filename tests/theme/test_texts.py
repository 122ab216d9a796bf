"""Agreed text on the page: marks where they belong, and nobody's words become markup."""

from dataclasses import dataclass

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


def test_quoted_words_link_to_their_finding() -> None:
    assert marked("Pay per click, now", [Found(4, 13)]) == (
        '<p>Pay <mark><a href="#f1">per click<sup>1</sup></a></mark>, now</p>'
    )


def test_where_findings_overlap_the_first_wins_and_places_outside_are_cut() -> None:
    html = marked("abcdef", [Found(0, 3), Found(2, 99)])
    assert html == (
        '<p><mark><a href="#f1">ab<sup>1</sup></a></mark>'
        '<mark><a href="#f1">c<sup>1</sup></a></mark>'
        '<mark><a href="#f2">def<sup>2</sup></a></mark></p>'
    )


@given(st.text(), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40))))
def test_marking_never_lets_markup_through(text: str, places: list[tuple[int, int]]) -> None:
    html = marked(text, [Found(*place) for place in places])
    bare = str(html)
    for known in ("<p>", "</p>", "<mark>", "</mark>", "</a>", "<sup>", "</sup>"):
        bare = bare.replace(known, "")
    assert bare.count("<") == bare.count('<a href="#f')
