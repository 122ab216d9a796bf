"""What of a page is there but not shown: collapsed, or hidden by attribute, class or style."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_ATTRIBUTES = "[hidden], [aria-hidden=true], dialog:not([open])"
_HIDING_CLASS = re.compile(
    r"(^|[\s_-])(sr-only|visually-hidden|screen-reader-text|d-none|hidden|hide|invisible)($|\s)"
    r"|^(?!.*\bshow\b)(.*\s)?collapse($|\s)"
)
_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|opacity\s*:\s*0?(\.0\d*)?\s*(;|!|$)"
    r"|font-size\s*:\s*[0-3](\.\d+)?(px|pt)?\s*(;|!|$)|clip(-path)?\s*:\s*(rect\(\s*0|inset\(\s*(50|100)%)"
    r"|(left|top|text-indent|margin-left)\s*:\s*-\d{3,}|scale\(\s*0?(\.0\d*)?\s*\)",
    re.IGNORECASE,
)
_NO_HEIGHT = re.compile(r"(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|!|$)", re.I)
_CUT_OFF = re.compile(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_COLOUR = re.compile(r"(?:^|;)\s*(background(?:-color)?|color)\s*:\s*([^;!]+)", re.IGNORECASE)
_CLEAR = re.compile(r"transparent|(?:rgba|hsla)\(.*[,/]\s*0?(?:\.0\d*)?\s*\)")
_NAMED = {"white": "#ffffff", "black": "#000000"}
_FURTHEST = 12  # ancestors asked for the colour behind a text

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLOCK = re.compile(r"[{}]")
# A class or an id, alone or right inside one: what is asked of any ancestor could take for ever.
_PLAIN_SELECTOR = re.compile(r"(?:[\w.#-]+\s*>\s*)*[\w-]*[.#][\w.#-]+")
_SHOWS = re.compile(r"display\s*:\s*(?!none)\w|visibility\s*:\s*visible", re.IGNORECASE)
_LONGEST_SHEET, _MOST_HIDING, _MOST_SHOWING = 200_000, 60, 300


class HidingRules:
    """The rules of a page's own style sheets that hide what they select, and those that show."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        hiding: list[str] = []
        showing: list[str] = []
        for node in tree.css("style"):
            for selectors, style in _rules(node.text()[:_LONGEST_SHEET]):
                pile = hiding if _hides(style) else showing if _SHOWS.search(style) else None
                if pile is not None:
                    pile += selectors
        self.hiding = ", ".join(hiding[:_MOST_HIDING])
        self.showing = ", ".join(showing[:_MOST_SHOWING])

    def hidden(self, tree: LexborHTMLParser) -> list[LexborNode]:
        if not self.hiding:
            return []
        shown = {node.mem_id for node in tree.css(self.showing)} if self.showing else set()
        return [node for node in tree.css(self.hiding) if node.mem_id not in shown]


def unseen(tree: LexborHTMLParser, rules: HidingRules) -> Iterator[LexborNode]:
    """The parts no reader sees before doing something; of a closed box all but its heading."""
    for box in tree.css("details:not([open])"):
        yield from [child for child in box.iter(include_text=True) if child.tag != "summary"]
    yield from tree.css(_ATTRIBUTES)
    yield from [node for node in tree.css("[style]") if _is_styled_away(node)]
    yield from [n for n in tree.css("[class]") if _HIDING_CLASS.search(n.attributes["class"] or "")]
    yield from rules.hidden(tree)


def _rules(sheet: str) -> Iterator[tuple[list[str], str]]:
    """Selectors and style of each plain rule; what holds only in some medium is left out."""
    depth, prelude, start = 0, "", 0
    sheet = _COMMENT.sub("", sheet)
    for brace in _BLOCK.finditer(sheet):
        between, start = sheet[start : brace.start()], brace.end()
        if brace[0] == "{":
            depth += 1
            prelude = between if depth == 1 else ""
            continue
        depth = max(0, depth - 1)
        if depth == 0 and prelude:
            chosen = [each.strip() for each in prelude.rpartition(";")[2].split(",")]
            yield [each for each in chosen if _PLAIN_SELECTOR.fullmatch(each)], between
            prelude = ""


def _is_styled_away(node: LexborNode) -> bool:
    style = node.attributes.get("style") or ""
    return _hides(style) or _has_the_colour_behind(node, style)


def _hides(style: str) -> bool:
    if _STYLE.search(style) or (_NO_HEIGHT.search(style) and _CUT_OFF.search(style)):
        return True
    colours = _colours(style)
    ink, ground = colours.get("color"), colours.get("background")
    return ink is not None and (bool(_CLEAR.fullmatch(ink)) or ink == ground)


def _has_the_colour_behind(node: LexborNode, style: str) -> bool:
    ink, around = _colours(style).get("color"), node.parent
    if ink is None or "background" in _colours(style):
        return False
    for _ in range(_FURTHEST):
        if around is None:
            return False
        ground = _colours(around.attributes.get("style") or "").get("background")
        if ground is not None:
            return ground == ink
        around = around.parent
    return False


def _colours(style: str) -> dict[str, str]:
    found = {name.lower().split("-")[0]: value for name, value in _COLOUR.findall(style)}
    return {name: _colour(value.strip().lower()) for name, value in found.items()}


def _colour(value: str) -> str:
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "#" + "".join(c * 2 for c in value[1:])
    parts = re.fullmatch(r"rgb\(\s*(\d{1,3})\s*,?\s*(\d{1,3})\s*,?\s*(\d{1,3})\s*\)", value)
    if parts:
        return "#" + "".join(f"{int(part) % 256:02x}" for part in parts.groups())
    return _NAMED.get(value, value)
