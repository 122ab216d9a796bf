from datetime import date
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.links.values import host_of, is_own_link, is_prefetch, plain, visitor

DAY = date(2026, 3, 10)


def hashed(
    address: str = "93.184.216.34", agent: str = "Firefox", day: date = DAY, secret: str = "s"
) -> str:
    return visitor(secret=secret, day=day, address=ip_address(address), agent=agent)


def test_the_same_visitor_is_the_same_all_day() -> None:
    assert hashed() == hashed()


@pytest.mark.parametrize(
    "other",
    [
        {"address": "93.184.216.35"},
        {"agent": "Safari"},
        {"day": date(2026, 3, 11)},
        {"secret": "another installation"},
    ],
)
def test_another_visitor_day_or_installation_is_another_hash(other: dict[str, str]) -> None:
    assert hashed() != hashed(**other)  # type: ignore[arg-type]


def test_one_machine_s_changing_ipv6_addresses_are_one_visitor() -> None:
    assert hashed("2a00:1450:4002:803::1") == hashed("2a00:1450:4002:803:dead:beef:0:1")
    assert hashed("2a00:1450:4002:803::1") != hashed("2a00:1450:4002:804::1")


@pytest.mark.parametrize(
    ("headers", "ahead"),
    [
        ({}, False),
        ({"Purpose": "prefetch"}, True),
        ({"Sec-Purpose": "prefetch;prerender"}, True),
        ({"Sec-Purpose": "prefetch;anonymous-client-ip"}, True),
        ({"X-Purpose": "preview"}, True),
        ({"X-Moz": "prefetch"}, True),
        ({"Purpose": "reading"}, False),
    ],
)
def test_a_look_ahead_is_known_by_its_headers(headers: dict[str, str], ahead: bool) -> None:
    assert is_prefetch(headers) is ahead


@pytest.mark.parametrize(
    ("referer", "host"),
    [
        ("https://www.pane.example/posts/1?who=anna#x", "www.pane.example"),
        ("", ""),
        ("nonsense", ""),
        ("http://[::1", ""),
        ("https://" + "a" * 400 + ".example/", ("a" * 400)[:253]),
    ],
)
def test_only_the_site_one_came_from_is_kept(referer: str, host: str) -> None:
    assert host_of(referer) == host


@given(st.text(), st.integers(min_value=0, max_value=300))
def test_a_stranger_s_words_fit_their_column(text: str, most: int) -> None:
    kept = plain(text, most)

    assert len(kept) <= most
    assert "\0" not in kept
    kept.encode()


@pytest.mark.parametrize(
    ("target", "own"),
    [
        ("https://patto.example/l/abcdefghjkmn", True),
        ("https://patto.example/report/1", False),
        ("https://alba.example/l/abcdefghjkmn", False),
    ],
)
def test_a_link_to_a_link_is_seen(target: str, own: bool) -> None:
    assert is_own_link(target, "https://patto.example") is own
