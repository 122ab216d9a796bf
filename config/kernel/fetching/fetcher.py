"""Reads one page: its robots.txt, its redirects, its body, all before one deadline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from django.conf import settings

from .bodies import media_type_of, read_body, read_text
from .network import Deadline, PinnedTransport
from .pace import Sites
from .robots import Robots, read_robots
from .targets import Target, follow, read_target
from .values import Allow, Conditional, Fetched, FetchFailed, FetchRefused, Hop, Limits, header

REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_NOW = frozenset({429, 503})  # the answers with which Retry-After says when to come back
LONGEST_REST = 86_400.0  # seconds; whoever asks for more is asked again after that

USUAL = Limits()
PAGES = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"

sites = Sites()


@dataclass(frozen=True)
class _Errand:
    """What one fetch may do, and the time it has left for all of it."""

    allow: Allow
    limits: Limits
    deadline: Deadline
    extra: tuple[tuple[str, str], ...] = ()
    accept: str = PAGES


@dataclass(frozen=True)
class _Page:
    target: Target
    chain: tuple[Hop, ...]
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)


def fetch(
    url: str,
    *,
    allow: Allow | None = None,
    conditional: Conditional | None = None,
    limits: Limits = USUAL,
    accept: str = PAGES,
) -> Fetched:
    """The page at a public http(s) address, whole.

    accept: the media types asked for, where an address has the same in several (RFC 9110, 12.5.1).
    allow: host and port pairs that may be reached though not public; by default the
    installation's (PATTO_FETCH_ALLOW). With `conditional` the answer may be unchanged (304).
    Blocks for at most limits.seconds after its turn at that host has come; the turns of robots.txt
    and of each redirect count in. Not to be called in a transaction. Raises FetchRefused and
    FetchFailed, each with its `reason`.
    """
    allowed: Allow = settings.FETCH_ALLOW if allow is None else allow
    target = read_target(url, allow=allowed)
    _wait_turn(target, limits)
    extra = tuple(conditional.headers()) if conditional else ()
    page = _read(target, _Errand(allowed, limits, Deadline(limits.seconds), extra, accept))
    is_unchanged = page.status == 304 and bool(extra)
    if not is_unchanged and not 200 <= page.status < 300:
        raise _refusal(page, f"http_{page.status}")
    return _fetched(page)


def ask_api(
    url: str, *, headers: Mapping[str, str], allow: Allow | None = None, limits: Limits = USUAL
) -> Fetched:
    """The answer of an interface that is asked with a key or token, in `headers`.

    robots.txt speaks to who reads pages unasked, so it is not read here; no redirect is followed,
    so the key goes to no other place. Else as `fetch`.
    """
    allowed: Allow = settings.FETCH_ALLOW if allow is None else allow
    target = read_target(url, allow=allowed)
    _wait_turn(target, limits)
    extra = tuple(headers.items())
    errand = _Errand(allowed, limits, Deadline(limits.seconds), extra, "application/json")
    page = _ask(target, errand, ())
    if not 200 <= page.status < 300:
        raise _refusal(page, f"http_{page.status}")
    return _fetched(page)


def _fetched(page: _Page) -> Fetched:
    content_type = header(page.headers, "content-type")
    return Fetched(
        final_url=page.target.url,
        chain=page.chain,
        status=page.status,
        headers=page.headers,
        body=page.body,
        media_type=media_type_of(content_type),
        text=read_text(page.body, content_type),
        fetched_at=datetime.now(UTC),
    )


def _read(target: Target, errand: _Errand) -> _Page:
    """The page at the end of the redirects, each judged anew and allowed by its robots.txt."""
    chain: tuple[Hop, ...] = ()
    for _ in range(errand.limits.redirects + 1):
        if chain:
            _wait_turn(target, errand.limits)
        _check_robots(target, errand)
        page = _ask(target, errand, chain)
        location = header(page.headers, "location")
        if page.status not in REDIRECTS or not location:
            return page
        chain = page.chain
        target = follow(target, location, allow=errand.allow)
    raise FetchRefused("redirects", f"more than {errand.limits.redirects} redirects")


def _wait_turn(target: Target, limits: Limits) -> None:
    sites.wait_turn(target.origin, 0.0 if target.is_excepted else limits.pace_seconds)


def _check_robots(target: Target, errand: _Errand) -> None:
    robots = sites.robots(target.origin)
    if robots is None:
        robots = _ask_robots(target, errand)
        sites.learn_robots(target.origin, robots)
        _wait_turn(target, errand.limits)  # asking for it was our turn
    if not robots.allow(target.path_and_query):
        raise FetchRefused("robots", f"{target.origin}/robots.txt asks us not to read this page")


def _ask_robots(target: Target, errand: _Errand) -> Robots:
    """The site's robots.txt (RFC 9309, 2.3.1): 4xx allows all, 5xx and 429 forbid for now."""
    place = read_target(f"{target.origin}/robots.txt", allow=errand.allow)
    bare = _Errand(errand.allow, errand.limits, errand.deadline)
    for _ in range(errand.limits.redirects + 1):
        page = _ask(place, bare, ())
        location = header(page.headers, "location")
        if page.status in REDIRECTS and location:
            place = follow(place, location, allow=errand.allow)
        elif page.status >= 500 or page.status == 429:
            raise _refusal(page, "robots_unreachable")
        elif 200 <= page.status < 300:
            return read_robots(page.body.decode("utf-8", "replace"))
        else:
            return Robots()
    return Robots()


def _refusal(page: _Page, reason: str) -> FetchFailed:
    """What a site's "no" or "not now" means; the whole site rests for as long as it says."""
    asked = header(page.headers, "retry-after") if page.status in NOT_NOW else ""
    retry_after = _retry_after(asked)
    if retry_after is not None:
        sites.rest(page.target.origin, retry_after)
    detail = f"{page.target.url} answered {page.status}"
    return FetchFailed(reason, detail, retry_after=retry_after)


def _retry_after(value: str) -> float | None:
    """Seconds from now (RFC 9110, 10.2.3: seconds or a date); None where it says neither."""
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), LONGEST_REST)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    seconds = (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), LONGEST_REST)


def _ask(target: Target, errand: _Errand, chain: tuple[Hop, ...]) -> _Page:
    """One request and its answer; the body only where it counts."""
    transport = PinnedTransport(target, errand.deadline, errand.limits)
    try:
        answer = transport.handle_request(_request(target, errand))
        headers = tuple((_word(name), _word(value)) for name, value in answer.headers.raw)
        hop = Hop(target.url, transport.backend.address, answer.status_code, headers)
        body = b""
        if 200 <= answer.status_code < 300 and answer.status_code != 204:
            body = read_body(
                answer.iter_raw(),
                codings=header(headers, "content-encoding"),
                max_bytes=errand.limits.body_bytes,
            )
    finally:
        transport.close()
    return _Page(target, (*chain, hop), answer.status_code, headers, body)


def _word(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _request(target: Target, errand: _Errand) -> httpx.Request:
    return httpx.Request(
        "GET",
        target.url,
        headers=[
            ("User-Agent", f"Patto/1 (+{settings.SITE_URL}/)"),
            ("Accept", errand.accept),
            ("Accept-Encoding", "identity"),
            ("Connection", "close"),
            *errand.extra,
        ],
    )
