"""Pictures: true to the numbers, inside their frame, and harmless."""

import itertools
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.theme.pictures import (
    Point,
    Row,
    Slice,
    Span,
    bar,
    columns,
    course,
    flow,
    scale,
    split,
    stack,
)

KINDS = st.sampled_from(["creators", "others", "rest", "own"])
SLICES = st.lists(
    st.builds(
        Slice,
        label=st.text(st.characters(categories=("L", "P", "Zs")), max_size=25),
        value=st.integers(0, 10**12),
        shown=st.just("€1,000.00"),
        kind=KINDS,
    ),
    max_size=9,
)
PARTS = [
    Slice("Creators", 1_000_000, "€10,000.00", "creators"),
    Slice("Agency", 300_000, "€3,000.00", "others"),
    Slice("The rest", 200_000, "€2,000.00"),
]


def _drawings(html: str) -> list[ET.Element]:
    return list(ET.fromstring(f"<figure>{html}</figure>"))


def _rects(drawing: ET.Element) -> list[tuple[float, float, float, float]]:
    """x, y, width and height of each rectangle."""
    names = ("x", "y", "width", "height")
    rects = [[float(r.get(name, 0)) for name in names] for r in drawing.iter("rect")]
    return [(x, y, width, height) for x, y, width, height in rects]


@pytest.mark.parametrize("draw", [split, bar, scale])
@given(slices=SLICES)
def test_every_shape_stays_inside_its_frame(draw, slices) -> None:  # type: ignore[no-untyped-def]
    for drawing in _drawings(draw(slices, "said")):
        width, height = map(float, drawing.attrib["viewBox"].split()[2:])
        for x, y, w, h in _rects(drawing):
            assert x >= -0.1
            assert y >= -0.1
            assert x + w <= width + len(slices) + 0.1  # what is not zero is seen: one unit each
            assert y + h <= height + 0.1


@given(SLICES.filter(lambda slices: sum(s.value for s in slices) > 0))
def test_streams_are_as_thick_as_their_sums(slices: list[Slice]) -> None:
    total = sum(each.value for each in slices)
    _, wide = _drawings(flow("Brand", "€1", slices, "said"))
    arrivals = [rect for rect in _rects(wide) if rect[0] == 500]
    for each, (_, _, _, height) in zip(slices, arrivals, strict=True):
        assert height == pytest.approx(max(300 * each.value / total, 1), abs=0.1)


@given(SLICES)
def test_labels_of_a_flow_are_far_enough_apart_to_be_read(slices: list[Slice]) -> None:
    for drawing, least in zip(_drawings(flow("Brand", "€1", slices, "s")), (15, 15), strict=True):
        lines = [
            float(t.attrib["y"])
            for t in drawing.iter("text")
            if t.get("y") and float(t.get("x", 0)) > 100
        ]
        assert all(b - a >= least for a, b in itertools.pairwise(lines))  # fmt: skip


def test_the_sentence_stands_for_the_drawing() -> None:
    html = split(PARTS, 'Creators "two thirds"')
    assert html.count('role="img"') == 2
    assert "&quot;two thirds&quot;" in html


def test_the_part_of_the_creators_is_the_full_tone() -> None:
    wide = _drawings(split(PARTS, "said"))[1]
    assert [r.attrib["class"] for r in wide.iter("rect")] == ["f-money", "f-money-2", "f-money-3"]


def test_labels_that_would_touch_are_set_in_rows() -> None:
    crowd = [*PARTS, *(Slice(f"A very long name {n}", 100, "€1.00") for n in range(4))]
    wide = _drawings(split(crowd, "said"))[1]
    assert len({rect[1] for rect in _rects(wide)}) == len(crowd)


def test_all_rows_of_days_share_one_scale() -> None:
    rows = [Row("Counted", [10, 20]), Row("Excluded", [40, 0], kind="excluded")]
    wide = _drawings(columns(rows, "said"))[1]
    heights = [rect[3] for rect in _rects(wide)]
    assert heights == pytest.approx([26.8, 53.5, 107, 0], abs=0.1)


def test_the_parts_of_a_day_stand_on_one_another_on_one_scale() -> None:
    rows = [Row("Counted", [10, 20]), Row("Excluded", [5, 10], kind="excluded")]
    wide = _drawings(stack(rows, "said"))[1]
    shapes = _rects(wide)[2:]  # after the two marks beside the names
    heights = [shape[3] for shape in shapes]
    assert heights == pytest.approx([50, 100, 25, 50], abs=0.1)
    counted, excluded = shapes[1], shapes[3]
    assert excluded[1] + excluded[3] == pytest.approx(counted[1], abs=0.1)


def test_each_part_of_a_stack_is_named_beside_its_mark() -> None:
    rows = [Row("Counted", [1]), Row("Excluded", [1], kind="excluded")]
    for drawing in _drawings(stack(rows, "said")):
        marks = [each.attrib["class"] for each in drawing.iter("rect")][:2]
        assert marks == ["f-counted", "f-exc"]
        assert [each.text for each in drawing.iter("text")][::2] == ["Counted", "Excluded"]


def test_the_readers_own_value_stands_above_the_line() -> None:
    points = [Slice("floor", 4500, "45"), Slice("you", 6250, "62.50", "own")]
    (drawing,) = _drawings(scale(points, "said"))
    own = next(t for t in drawing.iter("text") if t.text == "you")
    assert own.attrib["y"] == "26"


@pytest.mark.parametrize(
    "html",
    [
        split([Slice("<b>", 1, "<b>")], "<b>"),
        flow("<b>", "<b>", [Slice("<b>", 1, "<b>", note="<b>")], "<b>"),
        scale([Slice("<b>", 1, "<b>")], "<b>"),
        columns([Row("<b>", [1], note="<b>", days=["<b>"])], "<b>"),
        stack([Row("<b>", [1], note="<b>", days=["<b>"])], "<b>"),
    ],
)
def test_labels_are_escaped_and_nothing_is_styled_inline(html: str) -> None:
    assert "<b>" not in html
    assert not re.search(r"\s(style|on\w+)=", html)


def test_nothing_to_draw_is_drawn_as_nothing() -> None:
    for html in (
        split([], "s"),
        bar([], "s"),
        flow("a", "b", [], "s"),
        scale([], "s"),
        columns([], "s"),
        stack([], "s"),
    ):
        assert _drawings(html)


COURSES = st.lists(
    st.tuples(st.integers(0, 4_000), st.integers(0, 10**10)), max_size=80, unique_by=lambda p: p[0]
)


@given(COURSES)
def test_a_course_stays_inside_its_frame_with_all_its_spans(pairs: list[tuple[int, int]]) -> None:
    points = [Point(day, value) for day, value in sorted(pairs)]
    spans = [
        Span(a.day, b.day, str(nth)) for nth, (a, b) in enumerate(itertools.pairwise(points), 1)
    ]
    for drawing in _drawings(course(points, spans, ("9", "1 May", "9 May"), "said")):
        width, height = map(float, drawing.attrib["viewBox"].split()[2:])
        rects = _rects(drawing)
        assert len(rects) == len(spans)
        for x, y, w, h in rects:
            assert x >= -0.1
            assert x + w <= width + 0.2
            assert y + h <= height
        lines = [path.attrib["d"] for path in drawing.iter("path")][2:]
        places = [tuple(map(float, place.split())) for d in lines for place in d[1:].split("L")]
        assert len(places) == len(points)
        assert all(-0.1 <= x <= width + 0.1 and 0 <= y <= height for x, y in places)


def test_a_course_is_drawn_from_zero_and_missing_days_leave_room() -> None:
    points = [Point(0, 50), Point(1, 100), Point(10, 0)]
    narrow, _ = _drawings(course(points, [], ("100", "a", "b"), "said"))
    *_, drawn = [path.attrib["d"] for path in narrow.iter("path")]
    (_, half), (near, top), (far, base) = (
        map(float, place.split()) for place in drawn[1:].split("L")
    )
    assert half == pytest.approx((top + base) / 2)
    assert near == pytest.approx(far / 10)
