"""Whether a page can be taken apart in bounded time and memory, told before it is parsed.

A parser builds what it is given: a million nested tags are megabytes to fetch and minutes to walk,
since whoever asks for each element's words walks the ones inside it again. The sum of all depths
bounds that work, whatever the elements are. It is counted on the source, rather too high than too
low: a tag counts as open until one of its own name closes it.
"""

import re
from collections import Counter

MOST_TAGS = 200_000
MOST_DEPTHS = 1_000_000  # a long article has some 3,000 tags, 15 deep: 45,000
_TAG = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][^\s/>]{0,40}))")
_COMMENT_END = re.compile(r"--!?>")
#: Elements that hold nothing, or end by themselves where the next one begins.
_SHALLOW = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
        *("track", "wbr", "html", "head", "body", "p", "li", "dt", "dd", "option", "optgroup"),
        *("thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "rt", "rp", "circle"),
        *("ellipse", "line", "path", "polygon", "polyline", "rect", "stop", "use"),
    )
)


def is_too_deep(html: str) -> bool:
    """Whether the page has more tags, or they lie deeper, than a page for people has."""
    most = html.count("<")
    if most * most < 2 * MOST_DEPTHS:
        return False  # even each inside the one before
    opened: Counter[str] = Counter()
    at, tags, depth, depths = 0, 0, 0, 0
    while found := _TAG.search(html, at):
        at = found.end()
        comment, closes, name = found.groups()
        if comment:
            at = _after_comment(html, at)
            continue
        name = name.lower()
        if closes:
            depth -= opened[name] > 0
            opened[name] -= opened[name] > 0
            continue
        tags, depths = tags + 1, depths + depth
        if tags > MOST_TAGS or depths > MOST_DEPTHS:
            return True
        if name == "script" and not opened["svg"] and not opened["math"]:
            at = _after(html, "</script", at)  # what a program writes is not the page
        elif name not in _SHALLOW:
            opened[name] += 1
            depth += 1
    return False


def _after_comment(html: str, at: int) -> int:
    """Where a comment ends (https://html.spec.whatwg.org/#comment-start-state)."""
    for empty in (">", "->"):
        if html.startswith(empty, at):
            return at + len(empty)
    end = _COMMENT_END.search(html, at)
    return end.end() if end else len(html)


def _after(html: str, closing: str, at: int) -> int:
    end = re.compile(re.escape(closing), re.IGNORECASE).search(html, at)
    return end.end() if end else len(html)
