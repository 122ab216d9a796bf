"""Where the links of a post lead: those in its own words, to other sites."""

import itertools
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

#: Names a campaign or a click: they change from visit to visit and lead nowhere else.
_TRACKING = ("utm_", "fbclid", "gclid", "msclkid", "mc_eid", "mc_cid", "igshid")
MOST_LINKS, LONGEST_LINK = 200, 2_000


def links_of(addresses: Iterable[str], page_url: str) -> tuple[str, ...]:
    """The addresses outside the page's own site, each once, in the order of the page.

    Fragments and the usual tracking parameters are left out; at most MOST_LINKS.
    """
    found = (_outside(address, page_url) for address in addresses)
    return tuple(itertools.islice(dict.fromkeys(each for each in found if each), MOST_LINKS))


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
