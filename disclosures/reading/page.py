"""A web page as a reader meets it: the main text, the title, and what is there but not seen."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

_NOT_TEXT = "script, style, noscript, template, svg, iframe, object, select, option, button"
_MENUS = "nav, [role=navigation], footer a, [role=contentinfo] a"
_AROUND = (
    "footer, aside, form, [role=contentinfo], [role=complementary],"
    " [class*=cookie], [id*=cookie], #comments, .comments, .sidebar, .footer, .widget"
)
_COLLAPSED = "details:not([open]), [hidden], [aria-hidden=true], dialog:not([open])"
_INVISIBLE_CSS = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|opacity\s*:\s*0(\.0+)?\s*(;|!|$)"
    r"|font-size\s*:\s*[0-3](\.\d+)?(px|pt)?\s*(;|!|$)|clip(-path)?\s*:\s*(rect\(\s*0|inset\(\s*(50|100)%)"
    r"|(left|top|text-indent|margin-left)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?:^|;)\s*(background(?:-color)?|color)\s*:\s*([^;]+)", re.IGNORECASE)
_HIDING_CLASS = re.compile(
    r"(^|[\s_-])(sr-only|visually-hidden|screen-reader-text|d-none|hidden|hide|invisible)($|\s)"
)
_MAIN = "article, main, [role=main], .post-content, .entry-content, .post, #content"
_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "header", "main", "figure", "figcaption", "pre"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dt", "dd", "th", "td", "tr"),
        *("blockquote", "details", "summary", "footer", "nav", "aside", "address", "br", "hr"),
    )
)


@dataclass(frozen=True, slots=True)
class HiddenPart:
    where: str  # menu, footer, hidden, alt_text, links
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    text: str
    hidden: tuple[HiddenPart, ...]


def read_page(html: str) -> Page:
    """What of a page is read by people. A label that only stands in a hidden part is not seen."""
    tree = LexborHTMLParser(html)
    title_node = tree.css_first("title")
    title = _flat(title_node.text()) if title_node else ""
    for node in tree.css(_NOT_TEXT):
        node.decompose()
    hidden = _take("alt_text", [n.attributes.get("alt") for n in tree.css("img[alt]")])
    hidden += _take("links", [n.attributes.get("title") for n in tree.css("a[title]")])
    hidden += _removed("hidden", [*tree.css(_COLLAPSED), *_invisible(tree)])
    hidden += _removed("menu", tree.css(_MENUS))
    hidden += _removed("footer", tree.css(_AROUND))
    return Page(title, _main_text(tree), tuple(hidden))


def _take(where: str, texts: list[str | None]) -> list[HiddenPart]:
    return [HiddenPart(where, _flat(text)) for text in texts if text and text.strip()]


def _removed(where: str, nodes: list[LexborNode]) -> list[HiddenPart]:
    parts = []
    for node in nodes:
        if node.parent is None:
            continue
        text = _readable(node)
        node.decompose()
        if text:
            parts.append(HiddenPart(where, text))
    return parts


def _invisible(tree: LexborHTMLParser) -> list[LexborNode]:
    styled = [n for n in tree.css("[style]") if _hides(n.attributes.get("style") or "")]
    named = [n for n in tree.css("[class]") if _HIDING_CLASS.search(n.attributes["class"] or "")]
    return styled + named


def _hides(style: str) -> bool:
    if _INVISIBLE_CSS.search(style):
        return True
    colours = {name.lower().split("-")[0]: value.strip() for name, value in _COLOUR.findall(style)}
    return "color" in colours and colours["color"].lower() in (
        "transparent",
        colours.get("background", "").lower() or "transparent",
    )


def _main_text(tree: LexborHTMLParser) -> str:
    """The article if the page names one, else the whole body."""
    candidates = tree.css(_MAIN)
    texts = [_readable(node) for node in candidates if node.parent is not None]
    longest = max(texts, key=len, default="")
    body = _readable(tree.body) if tree.body else ""
    return longest if longest and len(longest) * 4 >= len(body) else body


def _readable(root: LexborNode) -> str:
    """Text with one line per block and single spaces within it."""
    pieces: list[str] = []
    waiting: list[LexborNode | None] = [root]
    while waiting:
        node = waiting.pop()
        if node is None:
            pieces.append("\n")
        elif node.tag == "-text":
            pieces.append(re.sub(r"\s+", " ", node.text_content or ""))
        else:
            block = node.tag in _BLOCKS
            children = [*node.iter(include_text=True)]
            waiting += [None] if block else []
            waiting += reversed(children)
            waiting += [None] if block else []
    lines = (_flat(line) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _flat(text: str) -> str:
    return " ".join(text.split())
