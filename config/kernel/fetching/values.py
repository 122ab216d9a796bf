"""What goes into a fetch and what comes out of it, and the two ways it can end otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

#: Exact host and port pairs an installation may reach although they are not public.
Allow = frozenset[tuple[str, int]]


class FetchError(Exception):
    """The page was not read whole, so nothing may be concluded from what it says.

    reason: a stable code; detail: one English sentence for logs and operators.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class FetchRefused(FetchError):
    """We will not ask for this address.

    Reasons: malformed, scheme, userinfo, port, address_not_public, address_spelling,
    name_not_public, name_disguised, redirects, robots.
    """


class FetchFailed(FetchError):
    """We asked, and what came is not a whole page.

    Reasons: dns, connect, tls, not_http, cut, deadline, too_large, headers_too_large,
    undecodable, robots_unreachable, host_busy, http_<status>.
    retry_after: seconds the site, or its pace, asks us to wait before the next try; None where
    nobody says.
    """

    def __init__(self, reason: str, detail: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(reason, detail)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Limits:
    """seconds covers everything: names, TLS, interim answers, hops and body.

    body_bytes bounds the body both as sent and as inflated, header_bytes all that is sent before
    the body, interim answers included. pace_seconds is the least time between two fetches from
    one host by this process.
    """

    seconds: float = 20.0
    body_bytes: int = 5_000_000
    header_bytes: int = 65_536
    redirects: int = 5
    pace_seconds: float = 1.0


@dataclass(frozen=True)
class Conditional:
    """What the server said of the page last time; sent back so that it may answer 304."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> list[tuple[str, str]]:
        named = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return [(name, value) for name, value in named if _can_be_sent(value)]


def _can_be_sent(value: str) -> bool:
    return bool(value) and value.isascii() and value.isprintable()


@dataclass(frozen=True)
class Hop:
    """One request of the chain: what was asked, of which address, and what it answered."""

    url: str
    address: str
    status: int
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Fetched:
    """A page read whole.

    body is what the server sent once inflated; text is None where the media type is not text.
    """

    final_url: str
    chain: tuple[Hop, ...]
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    media_type: str
    text: str | None = field(repr=False)
    fetched_at: datetime

    @property
    def is_unchanged(self) -> bool:
        """The server says the page is what it was (304), so there is no body."""
        return self.status == 304

    def header(self, name: str) -> str:
        return header(self.headers, name)

    def conditional(self) -> Conditional:
        return Conditional(etag=self.header("etag"), last_modified=self.header("last-modified"))


def header(headers: tuple[tuple[str, str], ...], name: str) -> str:
    """All values of a header joined as RFC 9110 allows; empty where it is not there."""
    return ", ".join(value for key, value in headers if key.lower() == name.lower())
