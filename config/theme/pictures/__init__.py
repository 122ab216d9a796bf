"""Pictures drawn on the server as SVG: no script, no style attribute, the same on page and paper.

Each drawing comes twice, `narrow` (340 units, a phone) and `wide` (840), so that text never
shrinks; the stylesheet shows one. Values are drawn from zero. Words arrive written and translated;
`said` is the sentence a screen reader speaks in place of the drawing. Fields are escaped here.
"""

from config.theme.pictures.bars import bar, split
from config.theme.pictures.columns import Row, columns
from config.theme.pictures.course import Point, Span, course
from config.theme.pictures.flow import flow
from config.theme.pictures.scale import scale
from config.theme.pictures.stack import stack
from config.theme.pictures.svg import Slice

__all__ = [
    "Point",
    "Row",
    "Slice",
    "Span",
    "bar",
    "columns",
    "course",
    "flow",
    "scale",
    "split",
    "stack",
]
