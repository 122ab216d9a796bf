"""Which addresses are read at all. Written for this project; nothing here is connected to."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from config.kernel.fetching import FetchRefused
from config.kernel.fetching.targets import follow, read_target

PUBLIC = [
    ("https://example.com", "https://example.com/"),
    ("HTTPS://Example.COM/a?b=c#d", "https://example.com/a?b=c"),
    ("http://example.com:80/", "http://example.com/"),
    ("http://example.com:/", "http://example.com/"),
    ("https://example.com:8443/x", "https://example.com:8443/x"),
    ("https://example.com./x", "https://example.com/x"),
    ("https://blog.example.it/è/ñ?q=ü", "https://blog.example.it/%C3%A8/%C3%B1?q=%C3%BC"),
    ("https://bücher.example/", "https://xn--bcher-kva.example/"),
    ("https://www.straße.example/", "https://www.xn--strae-oqa.example/"),
    ("http://8.8.8.8/", "http://8.8.8.8/"),
    ("http://[2606:4700:4700::1111]/", "http://[2606:4700:4700::1111]/"),
    ("https://example.com?x=1", "https://example.com/?x=1"),
    ("https://example.com/a%20b", "https://example.com/a%20b"),
    ("https://1password.example/", "https://1password.example/"),
    ("https://_dmarc.example.com/", "https://_dmarc.example.com/"),
]

REFUSED = [
    # nothing that can be read
    ("", "malformed"),
    ("   ", "malformed"),
    ("http://", "malformed"),
    ("http:///path", "malformed"),
    ("http:127.0.0.1/", "malformed"),
    ("http://exa mple.com/", "malformed"),
    ("http://example.com/\tx", "malformed"),
    ("http://example.com\r\nHost: inside/", "malformed"),
    ("http://example.com/\x00", "malformed"),
    ("http://example.com\u200b/", "malformed"),
    ("http://example.com/\u202etxt", "malformed"),
    ("http://127.1.1.1\\@example.com/", "malformed"),
    ("http://example.com\\.inside/", "malformed"),
    ("http://%31%32%37.0.0.1/", "malformed"),
    ("http://${HOST}/", "malformed"),
    ("http://a..example/", "malformed"),
    ("http://-a.example/", "malformed"),
    ("http://[::1/", "malformed"),
    ("http://::1/", "malformed"),
    ("http://[fe80::1%25eth0]/", "malformed"),
    ("http://[127.0.0.1]/", "malformed"),
    ("http://example.com:80:80/", "malformed"),
    ("http://example.com:0x50/", "malformed"),
    ("https://example.com/" + "a" * 2048, "malformed"),
    ("http://" + "a" * 64 + ".example/", "malformed"),
    # not the web
    ("ftp://example.com/", "scheme"),
    ("file:///etc/passwd", "scheme"),
    ("gopher://example.com/", "scheme"),
    ("javascript:alert(1)", "scheme"),
    ("data:text/html,x", "scheme"),
    ("0://example.com:80;http://example.com:80/", "scheme"),
    ("//example.com/", "scheme"),
    ("example.com", "scheme"),
    # disguises
    ("http://user:pass@example.com/", "userinfo"),
    ("http://example.com@127.0.0.1/", "userinfo"),
    ("http://ⓔⓧⓐⓜⓟⓛⓔ.com/", "name_disguised"),
    ("http://１２７.0.0.1/", "name_disguised"),
    ("http://127。0。0。1/", "address_not_public"),
    # ports
    ("http://example.com:22/", "port"),
    ("http://example.com:6379/", "port"),
    ("http://example.com:0/", "port"),
    ("http://example.com:99999/", "port"),
    # names of places inside
    ("http://localhost/", "name_not_public"),
    ("http://LOCALHOST./", "name_not_public"),
    ("http://a.localhost/", "name_not_public"),
    ("http://printer.local/", "name_not_public"),
    ("http://metadata.google.internal/", "name_not_public"),
    ("http://metadata/", "name_not_public"),
    ("http://router.home.arpa/", "name_not_public"),
    ("http://wiki.corp/", "name_not_public"),
    ("http://10.0.0.1.nip.io/", "name_not_public"),
    ("http://localtest.me/", "name_not_public"),
    # IPv4
    ("http://0.0.0.0/", "address_not_public"),
    ("http://0.1.2.3/", "address_not_public"),
    ("http://10.1.2.3/", "address_not_public"),
    ("http://100.64.0.1/", "address_not_public"),
    ("http://100.127.255.255/", "address_not_public"),
    ("http://127.0.0.1/", "address_not_public"),
    ("http://127.255.255.254./", "address_not_public"),
    ("http://168.63.129.16/", "address_not_public"),
    ("http://169.254.169.254/latest/", "address_not_public"),
    ("http://172.16.0.1/", "address_not_public"),
    ("http://172.31.255.255/", "address_not_public"),
    ("http://192.0.0.8/", "address_not_public"),
    ("http://192.0.2.1/", "address_not_public"),
    ("http://192.88.99.1/", "address_not_public"),
    ("http://192.168.1.1/", "address_not_public"),
    ("http://198.19.255.255/", "address_not_public"),
    ("http://198.51.100.1/", "address_not_public"),
    ("http://203.0.113.1/", "address_not_public"),
    ("http://224.0.0.1/", "address_not_public"),
    ("http://255.255.255.255/", "address_not_public"),
    # IPv4 in other spellings
    ("http://0/", "address_not_public"),
    ("http://127.1/", "address_not_public"),
    ("http://2130706433/", "address_not_public"),
    ("http://0x7f000001/", "address_not_public"),
    ("http://0x7f.0.0.1/", "address_not_public"),
    ("http://0177.0.0.1/", "address_not_public"),
    ("http://017700000001/", "address_not_public"),
    ("http://134744072/", "address_spelling"),
    ("http://8.8.2056/", "address_spelling"),
    ("http://08.8.8.8/", "address_spelling"),
    ("http://256.1.1.1/", "address_spelling"),
    ("http://99999999999/", "address_spelling"),
    ("http://1.2.3.4.5/", "address_spelling"),
    ("http://example.0x/", "address_spelling"),
    # IPv6
    ("http://[::]/", "address_not_public"),
    ("http://[::1]/", "address_not_public"),
    ("http://[0:0:0:0:0:0:0:1]/", "address_not_public"),
    ("http://[::127.0.0.1]/", "address_not_public"),
    ("http://[::ffff:10.0.0.1]/", "address_not_public"),
    ("http://[::ffff:8.8.8.8]/", "address_not_public"),
    ("http://[::ffff:0:127.0.0.1]/", "address_not_public"),
    ("http://[64:ff9b::7f00:1]/", "address_not_public"),
    ("http://[64:ff9b:1::7f00:1]/", "address_not_public"),
    ("http://[100::1]/", "address_not_public"),
    ("http://[2001::1]/", "address_not_public"),
    ("http://[2001:10::1]/", "address_not_public"),
    ("http://[2001:db8::1]/", "address_not_public"),
    ("http://[2002:7f00:1::]/", "address_not_public"),
    ("http://[2606:4700::200:5efe:10.0.0.1]/", "address_not_public"),
    ("http://[3fff::1]/", "address_not_public"),
    ("http://[4000::1]/", "address_not_public"),
    ("http://[fc00::1]/", "address_not_public"),
    ("http://[fd00:ec2::254]/", "address_not_public"),
    ("http://[fe80::1]/", "address_not_public"),
    ("http://[fec0::1]/", "address_not_public"),
    ("http://[ff02::1]/", "address_not_public"),
]


@pytest.mark.parametrize(("url", "asked"), PUBLIC)
def test_a_public_address_is_asked_in_its_plain_form(url: str, asked: str) -> None:
    assert read_target(url).url == asked


@pytest.mark.parametrize(("url", "reason"), REFUSED)
def test_any_other_address_is_refused_by_name(url: str, reason: str) -> None:
    with pytest.raises(FetchRefused) as refusal:
        read_target(url)
    assert refusal.value.reason == reason


@given(st.text(max_size=80), st.sampled_from(["", "http://", "https://", "http://["]))
def test_any_text_is_read_or_refused(text: str, start: str) -> None:
    try:
        target = read_target(start + text)
    except FetchRefused:
        return
    assert read_target(target.url) == target


def test_an_exception_is_for_one_host_and_one_port() -> None:
    allow = frozenset({("127.0.0.1", 9001)})
    assert read_target("http://127.0.0.1:9001/x", allow=allow).is_excepted
    for other in ("http://127.0.0.1:9002/", "http://127.0.0.2:9001/", "http://localhost:9001/"):
        with pytest.raises(FetchRefused):
            read_target(other, allow=allow)


def test_an_exception_does_not_excuse_a_password() -> None:
    with pytest.raises(FetchRefused) as refusal:
        read_target("http://me@127.0.0.1:9001/", allow=frozenset({("127.0.0.1", 9001)}))
    assert refusal.value.reason == "userinfo"


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b?c", "https://example.com/b?c"),
        ("b", "https://example.com/a/b"),
        ("//example.org/x", "https://example.org/x"),
        ("?q", "https://example.com/a/?q"),
    ],
)
def test_a_redirect_is_read_from_where_it_was_given(location: str, url: str) -> None:
    assert follow(read_target("https://example.com/a/"), location).url == url


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1/", "//127.0.0.1", "file:///etc/passwd", "\\\\inside", "http://[", "/\\a"],
)
def test_a_redirect_is_judged_like_any_address(location: str) -> None:
    with pytest.raises(FetchRefused):
        follow(read_target("https://example.com/a/"), location)


def test_check_url_answers_every_line_in_order(tmp_path: Path) -> None:
    lines = ["https://example.com/", "", "http://127.0.0.1/", "nonsense", "http://a\u2028b/"]
    path = tmp_path / "urls.txt"
    path.write_bytes("\n".join(lines).encode() + b"\nhttp://\xff\xfe/\n" + b"x" * 200_000 + b"\n")
    out = io.StringIO()
    call_command("check_url", str(path), stdout=out)
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [answer["url"] for answer in answers[:5]] == lines
    assert [answer["allowed"] for answer in answers] == [True] + [False] * 6
    assert answers[2]["why"].startswith("address_not_public: ")
    assert all(set(answer) == {"url", "allowed", "why"} for answer in answers)


def test_check_url_looks_names_up_only_when_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "urls.txt"
    path.write_text("http://inside.example/\n")
    asked = []

    def resolver(name: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        asked.append(name)
        return [(2, 1, 6, "", ("93.184.215.14", port)), (2, 1, 6, "", ("10.0.0.1", port))]

    monkeypatch.setattr("socket.getaddrinfo", resolver)
    for flags, allowed in (([], True), (["--resolve"], False)):
        out = io.StringIO()
        call_command("check_url", str(path), *flags, stdout=out)
        assert json.loads(out.getvalue())["allowed"] is allowed
    assert asked == ["inside.example."]


def test_check_url_needs_no_environment_and_ignores_exceptions() -> None:
    answered = subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "check_url"],
        input="http://127.0.0.1:8081/\nhttps://example.com/\n",
        env={"PATTO_FETCH_ALLOW": "127.0.0.1:8081", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [json.loads(line)["allowed"] for line in answered.stdout.splitlines()] == [False, True]
