"""Where the money went: one stream in, one stream out to each, thick as the sum."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from config.theme.pictures.svg import NARROW, WIDE, Slice, line, n, plot, rect, text

BIG = 70  # from this thickness on a stream has room for three lines of words


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where the parts of a drawing stand."""

    size: str
    width: int
    top: float
    thickness: float  # of the whole sum
    start: float  # where the streams part
    end: float  # where they arrive
    pitch: float  # least distance between two labels


_SHAPES = (
    _Shape("narrow", NARROW, top=50, thickness=250, start=12, end=120, pitch=46),
    _Shape("wide", WIDE, top=46, thickness=300, start=222, end=500, pitch=34),
)


@dataclass(frozen=True, slots=True)
class _Stream:
    each: Slice
    leaves: float
    arrives: float
    height: float

    @property
    def middle(self) -> float:
        return self.arrives + self.height / 2


def flow(source: str, shown: str, slices: Sequence[Slice], said: str) -> SafeString:
    """From `source`, whose whole sum reads `shown`, to each slice in the order given."""
    drawings = (_drawing(shape, source, shown, slices, said) for shape in _SHAPES)
    return format_html_join("", "{}", ((each,) for each in drawings))


def _drawing(
    shape: _Shape, source: str, shown: str, slices: Sequence[Slice], said: str
) -> SafeString:
    streams = list(_streams(shape, slices))
    height = max((max(s.arrives + s.height, s.middle + 28) for s in streams), default=0)
    height = max(height, shape.top + shape.thickness) + 8
    shapes = [*_source(shape, source, shown), *_arrivals(shape, streams)]
    return plot(shape.size, shape.width, height, said, shapes)


def _streams(shape: _Shape, slices: Sequence[Slice]) -> Iterator[_Stream]:
    """Each stream below the one before, far enough for both labels to be read."""
    total = sum(each.value for each in slices) or 1
    leaves, below, label = shape.top, shape.top, float("-inf")
    for each in slices:
        height = max(shape.thickness * each.value / total, 1)
        arrives = max(below, label + shape.pitch - height / 2)
        yield _Stream(each, leaves, arrives, height)
        leaves += shape.thickness * each.value / total
        below = arrives + height + 12
        label = arrives + height / 2 + (16 if height >= BIG else 0)


def _source(shape: _Shape, source: str, shown: str) -> Iterator[SafeString]:
    yield text(0, shape.top - 30, source, "t-b")
    yield text(0, shape.top - 10, shown)
    yield rect(0, shape.top, shape.start, shape.thickness, "f-money-3")
    yield rect(0, shape.top, 12, shape.thickness, "f-money")
    yield rect(shape.start - 12, shape.top, 12, shape.thickness, "f-money")


def _arrivals(shape: _Shape, streams: Sequence[_Stream]) -> Iterator[SafeString]:
    for stream in streams:
        yield line(_curve(shape, stream), _wash(stream.each))
    for stream in streams:
        yield rect(shape.end, stream.arrives, 12, stream.height, "f-money")
        yield from _words(shape, stream)


def _wash(each: Slice) -> str:
    return "f-money-3" if each.kind == "rest" else "f-money-2"


def _curve(shape: _Shape, stream: _Stream) -> str:
    x1, x2 = shape.start, shape.end
    half = n((x1 + x2) / 2)
    a, b = n(stream.leaves), n(stream.arrives)
    c, d = n(stream.leaves + stream.height), n(stream.arrives + stream.height)
    return f"M{n(x1)} {a}C{half} {a} {half} {b} {n(x2)} {b}V{d}C{half} {d} {half} {c} {n(x1)} {c}Z"


def _words(shape: _Shape, stream: _Stream) -> Iterator[SafeString]:
    x, y, each = shape.end + 24, stream.middle, stream.each
    if stream.height >= BIG:
        yield text(x, y - 12, each.label, "t-xl")
        yield text(x, y + 12, each.shown, "t-b")
        if each.note:
            yield text(x, y + 32, each.note, "t-soft")
    elif shape.size == "wide":
        yield text(x, y + 5, each.label, strong=each.shown)
    else:
        yield text(x, y - 3, each.label)
        yield text(x, y + 14, each.shown, "t-b")
