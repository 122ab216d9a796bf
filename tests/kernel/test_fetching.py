"""Reading pages from real servers on loopback: good ones, slow ones and hostile ones."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import struct
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest

from config.kernel.fetching import (
    Conditional,
    Fetched,
    FetchError,
    FetchFailed,
    FetchRefused,
    Limits,
    ask_api,
    fetch,
    fetcher,
    network,
    pace,
    targets,
)
from tests.kernel import certificates
from tests.kernel.hostile import Answer, Site, forever, page, raw, redirect, site

QUICK = Limits(seconds=3.0, body_bytes=300_000)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    fetcher.sites.forget()
    yield
    fetcher.sites.forget()


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as served:
        yield served


def read(
    web: Site, path: str = "/", limits: Limits = QUICK, conditional: Conditional | None = None
) -> Fetched:
    return fetch(web.url(path), allow=web.allow, limits=limits, conditional=conditional)


def reason_of(web: Site, answer: Answer, limits: Limits = QUICK) -> str:
    """The reason a page that is answered so is not read, within the time that was given."""
    web.answers["/"] = answer
    began = time.monotonic()
    with pytest.raises(FetchError) as ended:
        read(web, limits=limits)
    assert time.monotonic() - began < limits.seconds + 1
    return ended.value.reason


# Pages that are read


def test_a_page_is_read_whole_and_tells_how_it_was_found(web: Site) -> None:
    web.answers["/post"] = page("<p>Pubblicità</p>".encode(), headers=["X-A: 1", "x-a: 2"])
    before = datetime.now(UTC)
    fetched = read(web, "/post#top")
    assert fetched.text == "<p>Pubblicità</p>"
    assert fetched.body == fetched.text.encode()
    assert fetched.media_type == "text/html"
    assert fetched.header("X-A") == "1, 2"
    assert fetched.final_url == web.url("/post")
    assert [(hop.url, hop.address, hop.status) for hop in fetched.chain] == [
        (web.url("/post"), "127.0.0.1", 200)
    ]
    assert before <= fetched.fetched_at <= datetime.now(UTC)


def test_we_say_who_we_are_and_ask_for_plain_bytes(
    web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    web.answers["/"] = page(headers=["Set-Cookie: a=b"])
    read(web)
    read(web)
    request = web.asked[-1].decode().lower()
    assert request.startswith("get / http/1.1\r\n")
    assert f"host: 127.0.0.1:{web.port}\r\n" in request
    assert "user-agent: patto/1 (+http" in request
    assert "accept-encoding: identity\r\n" in request
    assert "cookie" not in request


def test_redirects_are_followed_and_listed(web: Site) -> None:
    web.answers |= {"/a": redirect("/b?x=è"), "/b": redirect(web.url("/c")), "/c": page(b"end")}
    fetched = read(web, "/a")
    assert fetched.text == "end"
    assert [hop.status for hop in fetched.chain] == [302, 302, 200]
    assert fetched.chain[1].url == web.url("/b?x=%C3%A8")


def test_an_unchanged_page_is_not_sent_again(web: Site) -> None:
    web.answers["/"] = page(headers=['ETag: "1"', "Last-Modified: Mon, 02 Nov 2026 10:00:00 GMT"])
    first = read(web)
    web.answers["/"] = page(b"", status="304 Not Modified")
    second = read(web, conditional=first.conditional())
    assert second.is_unchanged
    assert not first.is_unchanged
    assert b'if-none-match: "1"' in web.asked[-1].lower()
    assert b"if-modified-since: mon" in web.asked[-1].lower()


def squeezed(data: bytes) -> bytes:
    bare = zlib.compressobj(wbits=-15)
    return bare.compress(data) + bare.flush()


@pytest.mark.parametrize(
    ("coding", "encode"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", lambda data: gzip.compress(data[:5]) + gzip.compress(data[5:])),
        ("gzip", lambda data: gzip.compress(data) + b"\x00" * 20),
        ("deflate", zlib.compress),
        ("deflate", squeezed),
        ("gzip, gzip", lambda data: gzip.compress(gzip.compress(data))),
        ("deflate, identity, gzip", lambda data: gzip.compress(zlib.compress(data))),
    ],
)
def test_what_comes_compressed_anyway_is_inflated(
    web: Site, coding: str, encode: Callable[[bytes], bytes]
) -> None:
    words = b"<p>Werbung</p>" * 9000
    sent = encode(words)
    head = OK + f"Content-Encoding: {coding}\r\nContent-Length: {len(sent)}\r\n\r\n".encode()

    def one_byte_first(conn: socket.socket, _request: bytes) -> None:
        conn.sendall(head + sent[:1])
        time.sleep(0.05)
        conn.sendall(sent[1:])

    web.answers["/"] = one_byte_first
    assert read(web).body == words


@pytest.mark.parametrize(
    ("content_type", "body", "text"),  # text: what the words end with
    [
        ("text/html; charset=utf-8", "é".encode(), "é"),
        ("text/html; charset=ISO-8859-1", "é…".encode("cp1252"), "é…"),
        ("text/html; charset=iso-8859-1", "Pubblicità".encode(), "Pubblicità"),
        ("text/html", b'<meta charset="windows-1251">' + "Реклама".encode("cp1251"), "Реклама"),
        ("application/rss+xml", b"<?xml version='1.0' encoding='iso-8859-15'?>\xa4", "€"),
        ("text/html", b"\xff\xfe" + "Anzeige".encode("utf-16-le"), "Anzeige"),
        ("text/html; charset=utf-16le", "Anzeige".encode("utf-16-le"), "Anzeige"),
        ("text/html", b"\xef\xbb\xbfAd", "Ad"),
        ("text/html", "Publicité".encode("cp1252"), "Publicité"),
        ("", b"plain", "plain"),
        ("application/json", b'{"a": "\xc3\xa9"}', '{"a": "é"}'),
    ],
)
def test_words_are_read_in_the_charset_they_are_written_in(
    web: Site, content_type: str, body: bytes, text: str
) -> None:
    web.answers["/"] = page(body, content_type=content_type)
    read_words = read(web).text
    assert read_words is not None
    assert read_words.endswith(text)
    assert "�" not in read_words


def test_a_picture_has_no_words(web: Site) -> None:
    web.answers["/"] = page(b"\x89PNG\x00\x00", content_type="image/png")
    assert read(web).text is None
    web.answers["/"] = page(b"\x89PNG\x00\x00", content_type="")
    assert read(web).text is None


def test_a_page_that_ends_with_the_connection_is_read(web: Site) -> None:
    web.answers["/"] = raw(OK + b"\r\nall of it")
    assert read(web).body == b"all of it"


# robots.txt and pace


def test_robots_txt_is_asked_once_and_obeyed(web: Site) -> None:
    web.answers["/robots.txt"] = page(b"User-agent: Patto\nDisallow: /private", content_type="")
    web.answers["/"] = page()
    read(web)
    with pytest.raises(FetchRefused) as refusal:
        read(web, "/private/post")
    assert refusal.value.reason == "robots"
    assert web.paths() == ["/robots.txt", "/"]


def test_robots_txt_holds_for_each_place_a_redirect_leads_to(web: Site) -> None:
    web.answers |= {"/": redirect("/no"), "/no": page()}
    web.answers["/robots.txt"] = page(b"User-agent: *\nDisallow: /no")
    with pytest.raises(FetchRefused) as refusal:
        read(web)
    assert refusal.value.reason == "robots"


def test_robots_txt_may_be_somewhere_else(web: Site) -> None:
    web.answers["/robots.txt"] = redirect("/r.txt")
    web.answers["/r.txt"] = page(b"User-agent: *\nDisallow: /")
    with pytest.raises(FetchRefused) as refusal:
        read(web)
    assert refusal.value.reason == "robots"


@pytest.mark.parametrize("status", ["500 Oops", "503 Later", "429 Slow down"])
def test_a_site_whose_robots_txt_fails_is_left_alone(web: Site, status: str) -> None:
    web.answers["/robots.txt"] = page(b"", status=status)
    assert reason_of(web, page()) == "robots_unreachable"
    web.answers["/robots.txt"] = page(b"", status="404 None")
    assert read(web).status == 200


def test_every_request_waits_for_its_turn(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[str] = []
    monkeypatch.setattr(fetcher.sites, "wait_turn", lambda origin, _pace: turns.append(origin))
    web.answers |= {"/": redirect("/a"), "/a": page()}
    read(web)
    read(web)
    assert web.paths() == ["/robots.txt", "/", "/a", "/", "/a"]
    assert turns == [web.url("").rstrip("/")] * 5


def test_one_host_is_asked_at_its_pace() -> None:
    sites = pace.Sites()
    began = time.monotonic()
    for _ in range(3):
        sites.wait_turn("https://example.com", 0.1)
    sites.wait_turn("https://example.org", 0.1)
    assert 0.2 <= time.monotonic() - began < 0.29
    sites.wait_turn("https://slow.example", 60)
    with pytest.raises(FetchFailed) as failure:
        sites.wait_turn("https://slow.example", 60)
    assert failure.value.reason == "host_busy"
    assert 59 < (failure.value.retry_after or 0) <= 60


RETRY_AFTER: list[tuple[str, float | None]] = [
    ("120", 120),
    ("0", 0),
    ("9" * 400, 86_400),
    ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
    ("Wed, 99 Oct 99999999999 07:28:00 GMT", None),
    ("-5", None),
    ("soon", None),
]


@pytest.mark.parametrize(("value", "seconds"), RETRY_AFTER)
def test_a_site_says_when_to_come_back(web: Site, value: str, seconds: float | None) -> None:
    web.answers["/"] = page(b"", status="503 Later", headers=[f"Retry-After: {value}"])
    with pytest.raises(FetchFailed) as failure:
        read(web)
    assert failure.value.retry_after == seconds


def test_a_site_says_when_to_come_back_by_a_date_too(web: Site) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=2))
    web.answers["/"] = page(b"", status="503 Later", headers=[f"Retry-After: {later}"])
    with pytest.raises(FetchFailed) as failure:
        read(web)
    assert failure.value.retry_after == pytest.approx(7_200, abs=30)


@pytest.mark.parametrize("path", ["/", "/robots.txt"])
def test_a_site_that_asks_for_rest_is_not_asked_meanwhile(web: Site, path: str) -> None:
    web.answers["/"] = page()
    web.answers[path] = page(b"", status="429 Slow down", headers=["Retry-After: 60"])
    with pytest.raises(FetchFailed):
        read(web)
    asked = len(web.asked)
    with pytest.raises(FetchFailed) as failure:
        read(web, "/another")
    assert failure.value.reason == "host_busy"
    assert 50 < (failure.value.retry_after or 0) <= 60
    assert len(web.asked) == asked


def test_only_not_now_can_ask_for_rest(web: Site) -> None:
    web.answers["/"] = page(b"", status="404 Gone", headers=["Retry-After: 60"])
    with pytest.raises(FetchFailed) as failure:
        read(web)
    assert failure.value.retry_after is None
    web.answers["/"] = page()
    assert read(web).status == 200


# Places we don't go


def test_a_redirect_to_a_place_inside_is_refused(web: Site) -> None:
    with site() as inside:
        assert reason_of(web, redirect(inside.url("/secret"))) == "address_not_public"
        assert inside.asked == []
    assert reason_of(web, redirect("http://[::ffff:169.254.169.254]/")) == "address_not_public"
    assert reason_of(web, redirect("file:///etc/passwd")) == "scheme"
    assert reason_of(web, redirect("//u:p@example.com/")) == "userinfo"


def test_robots_txt_can_not_lead_inside_either(web: Site) -> None:
    web.answers["/robots.txt"] = redirect("http://127.0.0.1:1/")
    assert reason_of(web, page()) == "address_not_public"


def test_redirects_without_end_are_refused(web: Site) -> None:
    web.answers |= {f"/{n}": redirect(f"/{n + 1}") for n in range(9)}
    web.answers["/5"] = page()
    assert len(read(web, "/0").chain) == 6
    assert reason_of(web, redirect("/")) == "redirects"


def resolver(*addresses: str) -> Callable[..., list[tuple[object, ...]]]:
    def answer(name: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", (address, port)) for address in addresses]

    return answer


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["fe80::1%eth0"], ["::ffff:1.1.1.1"]],
)
def test_a_name_with_one_address_inside_is_refused(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", resolver(*addresses))
    with pytest.raises(FetchRefused) as refusal:
        fetch("http://looks-public.example/", allow=frozenset())
    assert refusal.value.reason == "address_not_public"


def test_the_connection_goes_to_the_checked_address_and_no_other(
    web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers differently the second time it is asked changes nothing."""
    asked = []

    def rebinding(name: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        asked.append(name)
        return resolver("127.0.0.1" if len(asked) == 1 else "10.0.0.1")(name, port)

    monkeypatch.setattr("socket.getaddrinfo", rebinding)
    web.answers["/"] = page(b"pinned")
    target = targets.Target("http", "post.example", web.port, "/", None, is_excepted=True)
    deadline = network.Deadline(3)
    transport = network.PinnedTransport(target, deadline, QUICK)
    request = httpx.Request("GET", target.url)
    with contextlib.closing(transport):
        assert transport.handle_request(request).read() == b"pinned"
    assert asked == ["post.example"]
    assert f"host: post.example:{web.port}".encode() in web.asked[0].lower()


def test_a_name_nobody_knows_and_a_resolver_that_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_more: object) -> list[object]:
        raise socket.gaierror(-2, "unknown")

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    with pytest.raises(FetchFailed) as failure:
        fetch("http://nobody.example/", allow=frozenset())
    assert failure.value.reason == "dns"

    def sleepy(*_args: object, **_more: object) -> list[object]:
        time.sleep(1)
        return []

    monkeypatch.setattr("socket.getaddrinfo", sleepy)
    with pytest.raises(FetchFailed) as failure:
        fetch("http://sleepy.example/", allow=frozenset(), limits=Limits(seconds=0.2))
    assert failure.value.reason == "deadline"


def test_a_port_where_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(FetchFailed) as failure:
        fetch(f"http://127.0.0.1:{port}/", allow=frozenset({("127.0.0.1", port)}))
    assert failure.value.reason == "connect"


# Hostile servers


def reset(conn: socket.socket, _request: bytes) -> None:
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    conn.close()


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


PLAIN = OK + b"\r\n"
GZIP = OK + b"Content-Encoding: gzip\r\n\r\n"
BOMB = gzip.compress(bytes(50_000_000), 9)

HOSTILE: dict[str, tuple[str, Answer]] = {
    "an endless body": ("too_large", forever(PLAIN, b"x" * 65536)),
    "a body that drips": ("deadline", forever(PLAIN, b"x", 0.05)),
    "headers that drip": ("deadline", forever(b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.05)),
    "endless chunks of one byte": (
        "deadline",
        forever(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.02),
    ),
    "endless headers": (
        "headers_too_large",
        forever(b"HTTP/1.1 200 OK\r\n", b"X-Y: " + b"z" * 900 + b"\r\n"),
    ),
    "one endless header": (
        "headers_too_large",
        forever(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 9000),
    ),
    "interim answers without end": (
        "headers_too_large",
        forever(b"", b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" * 20),
    ),
    "interim answers that drip": (
        "deadline",
        forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05),
    ),
    "silence": ("deadline", lambda conn, _request: time.sleep(2)),
    "a length that is too long": ("cut", page(b"short", length=500)),
    "a length beyond all measure": ("cut", page(b"short", length=10**18)),
    "a length that is no number": ("not_http", raw(OK + b"Content-Length: many\r\n\r\nx")),
    "a negative length": ("not_http", raw(OK + b"Content-Length: -1\r\n\r\nx")),
    "two lengths": ("not_http", raw(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx")),
    "chunks that stop": ("cut", raw(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab")),
    "chunks that lie": ("cut", raw(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n")),
    "HTTP/0.9": ("not_http", raw(b"<html>old</html>\r\n\r\n")),
    "noise": ("not_http", raw(bytes(range(256)) * 20)),
    "another protocol": ("cut", raw(b"SSH-2.0-OpenSSH_9.2\r\n")),
    "nothing at all": ("cut", raw()),
    "half a header": ("cut", raw(b"HTTP/1.1 200 OK\r\nContent-")),
    "a reset": ("cut", reset),
    "a switch of protocols": (
        "not_http",
        raw(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    ),
    "a gzip bomb": ("too_large", raw(GZIP + BOMB)),
    "a bomb in a bomb": (
        "too_large",
        raw(OK + b"Content-Encoding: gzip, gzip\r\n\r\n" + gzip.compress(BOMB)),
    ),
    "a pile of codings": (
        "undecodable",
        raw(OK + b"Content-Encoding: gzip, gzip, gzip, gzip\r\n\r\n" + BOMB),
    ),
    "half a gzip": ("cut", raw(GZIP + half(gzip.compress(b"<p>label" * 999)))),
    "half a gzip of the right length": (
        "cut",
        page(half(gzip.compress(b"<p>label" * 999)), headers=["Content-Encoding: gzip"]),
    ),
    "half of a second member": (
        "cut",
        raw(GZIP + gzip.compress(b"one") + half(gzip.compress(b"two" * 99))),
    ),
    "no gzip where one is promised": ("cut", page(b"", headers=["Content-Encoding: gzip"])),
    "half a deflate": (
        "cut",
        page(half(zlib.compress(b"<p>label" * 999)), headers=["Content-Encoding: deflate"]),
    ),
    "a gzip that is none": ("undecodable", raw(GZIP + b"<p>plain</p>")),
    "a coding nobody asked for": (
        "undecodable",
        page(b"abc", headers=["Content-Encoding: br"]),
    ),
    "UTF-8 that is none": ("undecodable", page(b"<p>Pubblicit\xe0</p>")),
    "a charset nobody knows": (
        "undecodable",
        page(b"\xe0\xe1", content_type="text/html; charset=klingon"),
    ),
    "a codec that is no charset": (
        "undecodable",
        page(b"\xe0\xe1", content_type="text/html; charset=unicode_escape"),
    ),
    "forbidden": ("http_403", page(b"no", status="403 Forbidden")),
    "gone": ("http_410", page(b"", status="410 Gone")),
    "broken": ("http_500", forever(b"HTTP/1.1 500 Oops\r\n\r\n", b"x")),
    "a redirect to nowhere": ("http_302", page(b"", status="302 Found")),
    "unchanged, unasked": ("http_304", page(b"", status="304 Not Modified")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_server_ends_in_time_with_a_reason(web: Site, name: str) -> None:
    reason, answer = HOSTILE[name]
    limits = replace(QUICK, seconds=0.8) if reason == "deadline" else QUICK
    assert reason_of(web, answer, limits) == reason


def test_a_thousand_interim_answers_are_not_the_page(web: Site) -> None:
    web.answers["/"] = raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000 + PLAIN + b"the page")
    assert read(web).body == b"the page"


def test_the_deadline_is_one_for_all_hops(web: Site) -> None:
    def slow(conn: socket.socket, request: bytes) -> None:
        time.sleep(0.3)
        redirect(f"/{time.monotonic()}")(conn, request)

    web.answers = _Everywhere(slow)
    began = time.monotonic()
    with pytest.raises(FetchFailed) as failure:
        read(web, limits=Limits(seconds=0.8))
    assert failure.value.reason == "deadline"
    assert time.monotonic() - began < 1.2


class _Everywhere(dict[str, Answer]):
    """One answer for every path."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._answer = answer

    def get(self, key: str, default: object = None) -> Answer:
        return self._answer


def test_a_bomb_is_opened_in_small_steps(web: Site) -> None:
    bomb = gzip.compress(gzip.compress(bytes(200_000_000), 9), 9)
    web.answers["/"] = raw(OK + b"Content-Encoding: gzip, gzip\r\n\r\n" + bomb)
    tracemalloc.start()
    try:
        with pytest.raises(FetchFailed):
            read(web)
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_a_million_tags_are_just_bytes(web: Site) -> None:
    web.answers["/"] = page(b"<b>" * 1_000_000)
    assert len(read(web, limits=Limits(seconds=5)).body) == 3_000_000


# TLS


@pytest.fixture
def tls_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    ca = certificates.write(tmp_path, "post.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ca.chain, ca.key)
    with site(context) as served:
        monkeypatch.setenv("SSL_CERT_FILE", str(ca.root))
        network.tls_context.cache_clear()
        monkeypatch.setattr("socket.getaddrinfo", resolver("127.0.0.1"))
        yield served
    network.tls_context.cache_clear()


def test_a_secure_page_is_asked_by_its_name(tls_site: Site) -> None:
    tls_site.answers["/"] = page(b"secure")
    allow = frozenset({("post.example", tls_site.port), ("other.example", tls_site.port)})
    assert fetch(f"https://post.example:{tls_site.port}/", allow=allow).body == b"secure"
    with pytest.raises(FetchFailed) as failure:
        fetch(f"https://other.example:{tls_site.port}/", allow=allow)
    assert failure.value.reason == "tls"


def test_a_secure_page_that_ends_without_goodbye_is_cut(tls_site: Site) -> None:
    def vanish(conn: socket.socket, _request: bytes) -> None:
        conn.sendall(PLAIN + b"half of it")
        conn.shutdown(socket.SHUT_WR)

    tls_site.answers["/"] = vanish
    with pytest.raises(FetchFailed) as failure:
        fetch(
            f"https://post.example:{tls_site.port}/",
            allow=frozenset({("post.example", tls_site.port)}),
        )
    assert failure.value.reason == "cut"


def test_a_certificate_nobody_vouches_for_is_refused(
    tls_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    network.tls_context.cache_clear()
    with pytest.raises(FetchFailed) as failure:
        fetch(
            f"https://post.example:{tls_site.port}/",
            allow=frozenset({("post.example", tls_site.port)}),
        )
    assert failure.value.reason == "tls"


def test_many_threads_may_fetch_at_once(web: Site) -> None:
    web.answers["/"] = page(b"x" * 1000)
    sizes: list[int] = []
    threads = [
        threading.Thread(target=lambda: sizes.append(len(read(web).body))) for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sizes == [1000] * 12


def test_an_interface_is_asked_with_its_key_and_not_for_robots(web: Site) -> None:
    web.answers["/robots.txt"] = page(b"User-agent: *\nDisallow: /")
    web.answers["/"] = page(b"{}")
    told = ask_api(web.url(), headers={"X-Key": "secret"}, allow=web.allow, limits=QUICK)

    assert told.body == b"{}"
    (asked,) = web.asked
    assert asked.startswith(b"GET / ")
    assert b"X-Key: secret\r\n" in asked
    assert "secret" not in repr(told)


def test_a_key_is_carried_to_no_other_place(web: Site) -> None:
    with site() as other:
        web.answers["/"] = redirect(other.url())
        allow = web.allow | other.allow
        with pytest.raises(FetchFailed) as failed:
            ask_api(web.url(), headers={"X-Key": "secret"}, allow=allow, limits=QUICK)

        assert failed.value.reason == "http_302"
        assert other.asked == []


def test_a_key_is_sent_to_no_place_inside() -> None:
    with pytest.raises(FetchRefused) as refused:
        ask_api("http://127.0.0.1:1/", headers={"X-Key": "secret"})

    assert refused.value.reason == "address_not_public"


@pytest.mark.parametrize("tag", ['"caf\u00e9"', '"a\r\nX-Other: 1"', ""])
def test_what_no_header_can_hold_is_not_sent_back(tag: str) -> None:
    assert Conditional(tag, "Thu, 12 Mar 2026 09:30:00 GMT").headers() == [
        ("If-Modified-Since", "Thu, 12 Mar 2026 09:30:00 GMT")
    ]
