"""robots.txt, by the examples of RFC 9309 and some that strangers might write."""

from __future__ import annotations

import time

import pytest

from config.kernel.fetching.robots import read_robots

GROUPS = """
# a comment
User-Agent: otherbot
Disallow: /

User-agent: *
Disallow: /nobody
User-agent: patto
Crawl-delay: 3
Allow: /posts/open
Disallow: /posts/
Disallow: /*.gif$
Disallow: /tmp*/x
Disallow:
Sitemap: https://example.com/sitemap.xml

User-agent: Patto/2.0 (reader)
Disallow: /late
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/nobody", True),
        ("/posts/1", False),
        ("/posts/open/1", True),
        ("/posts/%6Fpen", True),
        ("/posts", True),
        ("/a/b.gif", False),
        ("/a/b.gif?x", True),
        ("/tmp1/2/x", False),
        ("/tmp", True),
        ("/late", False),
    ],
)
def test_our_own_groups_are_joined_and_the_longest_rule_wins(path: str, allowed: bool) -> None:
    assert read_robots(GROUPS).allow(path) is allowed


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /", "/x", False),
        ("Disallow: /a\nAllow: /a", "/a", True),
        ("Allow: /a$\nDisallow: /", "/a", True),
        ("Allow: /a$\nDisallow: /", "/ab", False),
        ("Disallow: /a*b*c$", "/a-b-c", False),
        ("Disallow: /a*b*c$", "/a-b-cd", True),
        ("Disallow: /*", "/", False),
        ("Disallow: *", "/", False),
        ("Disallow: /ab$", "/ab", False),
        ("Disallow: /a*a$", "/a", True),
        ("Disallow: /caffè", "/caff%C3%A8", False),
    ],
)
def test_patterns_for_everyone_are_ours_too(rules: str, path: str, allowed: bool) -> None:
    assert read_robots(f"User-agent: *\n{rules}\n").allow(path) is allowed


@pytest.mark.parametrize("text", ["", "<html>not found</html>", "Disallow: /", ":\n:::\n\x00"])
def test_a_file_that_says_nothing_to_us_allows_all(text: str) -> None:
    assert read_robots(text).allow("/anything")


def test_a_file_written_to_waste_time_is_read_quickly() -> None:
    agents = "User-agent: a\nUser-agent: *\n" * 8000
    began = time.monotonic()
    robots = read_robots(agents + "Disallow: /" + "*a" * 5000 + "$\n" + "Disallow: /x*y\n" * 9000)
    assert robots.allow("/" + "a" * 2000 + "b")
    assert time.monotonic() - began < 1.0
