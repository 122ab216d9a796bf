"""A web page as a reader meets it: the main text, the title, and what is there but not seen."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from disclosures.reading.bounds import is_too_deep
from disclosures.reading.linked_data import LinkedData, read_linked_data
from disclosures.reading.unseen import HidingRules, unseen

_AD_SLOTS = "ins.adsbygoogle, iframe, [id^=div-gpt-ad], [id^=google_ads]"
_NOT_TEXT = "script, style, noscript, template, svg, iframe, object, select, option, button"
_MENUS = "nav, [role=navigation], footer a, [role=contentinfo] a"
_AROUND = (
    "footer, aside, form, [role=contentinfo], [role=complementary],"
    " [class*=cookie], [id*=cookie], #comments, .comments, .sidebar, .footer, .widget"
)
_MAIN = "article, main, [role=main], .post-content, .entry-content, .post, #content"
_LONGEST_SLOT = 60  # characters of an advertising slot's own caption
_KICKERS, _LONGEST_KICKER = 3, 120  # lines right above the article, and their characters
_MOST_LINKS = 200
_HOLDS = 0.75  # of the words: the part of a page that is its article
_HERE = "\0"  # where the article stood among the words around it
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
class PageLink:
    """A link in the main text; rel: its tokens in lower case."""

    href: str
    rel: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """above: the lines right above the main text, seen before it and no part of it."""

    title: str
    text: str
    hidden: tuple[HiddenPart, ...]
    above: str = ""
    links: tuple[PageLink, ...] = ()
    data: LinkedData = field(default_factory=LinkedData)


def read_page(html: str) -> Page:
    """What of a page is read by people. A label that only stands in a hidden part is not seen."""
    tree = LexborHTMLParser(html)
    rules = HidingRules(tree)
    title_node = tree.css_first("title")
    title = _flat(title_node.text()) if title_node else ""
    data = _linked_data(tree)
    hidden = _removed("menu", _ad_slots(tree))  # their caption speaks of the banner below it
    for node in tree.css(_NOT_TEXT):
        node.decompose()
    hidden += _take("alt_text", [n.attributes.get("alt") for n in tree.css("img[alt]")])
    hidden += _take("links", [n.attributes.get("title") for n in tree.css("a[title]")])
    hidden += _removed("hidden", [*unseen(tree, rules)])
    hidden += _removed("menu", tree.css(_MENUS))
    hidden += _removed("footer", tree.css(_AROUND))
    if tree.body is None:
        return Page(title, "", tuple(hidden), data=data)
    main = _main(tree.body)
    text, links = _readable(main), _links(main)
    above, around = _outside(tree.body, main)
    hidden += _take("around", [around])
    return Page(title, text, tuple(hidden), above, links, data)


def words_of(html: str) -> tuple[str, tuple[PageLink, ...]]:
    """The words and links of a piece of HTML that is all text, as posts of a network are.

    One built to be walked for hours has none.
    """
    if is_too_deep(html):
        return "", ()
    tree = LexborHTMLParser(html)
    for node in tree.css(f"{_NOT_TEXT}, .invisible"):  # the https:// Mastodon keeps out of sight
        node.decompose()
    return (_readable(tree.body), _links(tree.body)) if tree.body else ("", ())


def _linked_data(tree: LexborHTMLParser) -> LinkedData:
    scripts = [node.text() for node in tree.css("script[type='application/ld+json']")]
    meta = {
        node.attributes.get("property") or "": node.attributes.get("content") or ""
        for node in tree.css("meta[property^='article:']")
    }
    return read_linked_data(scripts, meta)


def _ad_slots(tree: LexborHTMLParser) -> list[LexborNode]:
    around = [node.parent for node in tree.css(_AD_SLOTS) if node.parent is not None]
    slots = [node for node in around if node.tag != "body"]
    return [node for node in slots if len(_flat(_readable(node))) <= _LONGEST_SLOT]


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


def _main(body: LexborNode) -> LexborNode:
    """The article if the page names one, else what holds most of its words."""
    named = [node for node in body.css(_MAIN) if node.parent is not None]
    longest = max(named, key=lambda node: len(_readable(node)), default=None)
    if longest is not None and len(_readable(longest)) * 4 >= len(_readable(body)):
        return longest
    return _fullest(body)


def _fullest(body: LexborNode) -> LexborNode:
    """Down from the body as long as one part holds nearly all words that are no links."""
    order = [node for node in body.traverse(include_text=True) if node.parent is not None]
    held: dict[int, int] = {}
    linked = {inner.mem_id for a in body.css("a") for inner in a.traverse(include_text=True)}
    for node in reversed(order):
        if node.tag == "-text" and node.mem_id not in linked:
            held[node.mem_id] = len((node.text_content or "").strip())
        parent = node.parent
        if parent is not None and node.mem_id != body.mem_id:
            held[parent.mem_id] = held.get(parent.mem_id, 0) + held.get(node.mem_id, 0)
    here, wanted = body, _HOLDS * held.get(body.mem_id, 0)
    while True:
        inside = [n for n in here.iter() if n.tag in _BLOCKS and held.get(n.mem_id, 0) >= wanted]
        if not inside or inside[0].tag in ("p", "ul", "ol", "table", "blockquote", "pre"):
            return here
        here = inside[0]


def _outside(body: LexborNode, main: LexborNode) -> tuple[str, str]:
    """What is seen around the main text, links apart: the lines right above it, and the rest."""
    if main.mem_id == body.mem_id:
        return "", ""
    before, _, after = _readable(body, stop_at=main.mem_id).partition(_HERE)
    lines = [line for line in before.split("\n") if line]
    above: list[str] = []
    while lines and len(above) < _KICKERS and len(lines[-1]) <= _LONGEST_KICKER:
        above.insert(0, lines.pop())
    return "\n".join(above), "\n".join([*lines, *(line for line in after.split("\n") if line)])


def _links(main: LexborNode) -> tuple[PageLink, ...]:
    found = []
    for node in main.css("a[href]")[:_MOST_LINKS]:
        rel = tuple((node.attributes.get("rel") or "").lower().split())
        found.append(PageLink(node.attributes.get("href") or "", rel, _flat(node.text())))
    return tuple(found)


def _readable(root: LexborNode, *, stop_at: int = 0) -> str:
    """Text with one line per block and single spaces within it.

    stop_at: the mem_id of a part that is left out, with _HERE in its place, and links with it.
    """
    pieces: list[str] = []
    waiting: list[LexborNode | None] = [root]
    while waiting:
        node = waiting.pop()
        if node is None:
            pieces.append("\n")
        elif stop_at and node.mem_id == stop_at:
            pieces.append(f"\n{_HERE}\n")
        elif stop_at and node.tag == "a":
            continue
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
