"""Where the links of a post lead: those in its own words, to other sites."""

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

_AROUND = (
    "nav, footer, aside, form, [role=navigation], [role=contentinfo], [role=complementary],"
    " #comments, .comments, .sidebar, .widget"
)
_MAIN = "article, main, [role=main]"
#: Names a campaign or a click: they change from visit to visit and lead nowhere else.
_TRACKING = ("utm_", "fbclid", "gclid", "msclkid", "mc_eid", "mc_cid", "igshid")
MOST_LINKS, LONGEST_LINK = 200, 2_000


def links_of(html: str, page_url: str) -> tuple[str, ...]:
    """The addresses outside the page's own site, each once, in the order of the page.

    Fragments and the usual tracking parameters are left out; at most MOST_LINKS.
    """
    tree = LexborHTMLParser(html)
    for node in tree.css(_AROUND):
        node.decompose()
    roots = tree.css(_MAIN) or tree.css("body")
    found: dict[str, None] = {}
    for root in roots:
        for link in root.css("a[href]"):
            address = _outside(link.attributes.get("href") or "", page_url)
            if address:
                found[address] = None
            if len(found) >= MOST_LINKS:
                return tuple(found)
    return tuple(found)


def _outside(href: str, page_url: str) -> str:
    """The address in its usual spelling; empty where it stays on the site or is none."""
    try:
        parts = urlsplit(urljoin(page_url, href.strip()))
        is_ours = _site(parts.netloc) == _site(urlsplit(page_url).netloc)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or is_ours:
        return ""
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith(_TRACKING)
    ]
    address = (parts.scheme, parts.netloc.lower(), parts.path or "/", urlencode(kept), "")
    return urlunsplit(address)[:LONGEST_LINK]


def _site(netloc: str) -> str:
    return netloc.lower().removeprefix("www.")
