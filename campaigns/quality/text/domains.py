"""Addresses that imitate a platform's: its name misspelt or drawn with other letters, or its whole
domain placed before somebody else's.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import yaml

from campaigns.quality.folding import fold
from campaigns.quality.text.lexicon import RULES

IMITATED = "platform.lookalike_domain.imitated"
BORROWED = "platform.lookalike_domain.borrowed"
_ADDRESS = re.compile(r"(?:https?://|www\.)(?P<host>[^\s/?#<>\"'()]{3,253})", re.IGNORECASE)
_BARE = re.compile(r"\s*(?P<host>[^\s/?#<>\"'()]{3,253})")
_DRAWN = str.maketrans({"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b"})


def look_alikes(words: str, kind: str) -> Iterator[tuple[str, int, int]]:
    """(rule, start, end) of each host in `words` that imitates a platform's."""
    hosts = list(_ADDRESS.finditer(words)) if _may_hold_address(words) else []
    if kind == "link" and not hosts and (bare := _BARE.match(words)):
        hosts = [bare]
    for match in hosts:
        rule = judge_host(match["host"])
        if rule == IMITATED or (rule and kind == "link"):
            yield rule, match.start("host"), match.end("host")


def _may_hold_address(words: str) -> bool:
    return "://" in words or "www." in words.lower()


@lru_cache(maxsize=4096)
def judge_host(host: str) -> str | None:
    """The rule a host falls under; None for a platform's own and for everybody else's."""
    written = host.rpartition("@")[2].partition(":")[0].rstrip(".").lower()
    read = _as_read(written)
    if _is_own(written) and written.isascii():
        return None
    if _inside(read):
        return IMITATED
    for label in re.split(r"[.\-_]", written):
        if label and (rule := _judge_label(label)):
            return rule
    return None


def _judge_label(written: str) -> str | None:
    read = _as_read(written)
    for name in _platforms()[0]:
        if name == written:
            return BORROWED
        if _imitates(written, read, name):
            return IMITATED
    return None


def _imitates(written: str, read: str, name: str) -> bool:
    drawn = {read.translate(_DRAWN), read.replace("1", "i").translate(_DRAWN)}
    drawn |= {each.replace("rn", "m").replace("vv", "w") for each in drawn}
    if any(name in each for each in drawn) and name not in written:
        return True
    if name == "instagram" and any(each.replace("l", "i", 1) == name for each in drawn):
        return True
    return len(name) >= 6 and any(_one_off(each, name) for each in drawn)


def _one_off(word: str, name: str) -> bool:
    """One letter missing, added, changed or swapped with its neighbour; the first one kept."""
    if word == name or abs(len(word) - len(name)) > 1 or word[:1] != name[:1]:
        return False
    if len(word) == len(name):
        differ = [i for i, (a, b) in enumerate(zip(word, name, strict=True)) if a != b]
        if len(differ) == 1:
            return True
        swapped = len(differ) == 2 and differ[1] == differ[0] + 1
        return swapped and word[differ[0]] == name[differ[1]] and word[differ[1]] == name[differ[0]]
    short, long = sorted((word, name), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _as_read(host: str) -> str:
    if "xn--" in host:
        host = ".".join(_decoded(label) for label in host.split("."))
    folded = fold(unicodedata.normalize("NFKC", host), frozenset())
    return folded.text.decode("latin-1")


def _decoded(label: str) -> str:
    try:
        return label.encode("ascii").decode("idna") if label.startswith("xn--") else label
    except UnicodeError:
        return label


def _is_own(host: str) -> bool:
    return any(host == own or host.endswith(f".{own}") for own in _platforms()[1])


def _inside(host: str) -> list[str]:
    """The platforms' own domains that stand inside `host`, before somebody else's."""
    return [own for own in _platforms()[1] if f".{own}." in f".{host}" and len(own) > 5]


@cache
def _platforms() -> tuple[tuple[str, ...], tuple[str, ...]]:
    given = yaml.load((RULES / "platforms.yaml").read_bytes(), yaml.CSafeLoader)
    return tuple(given["names"]), tuple(given["own"])
