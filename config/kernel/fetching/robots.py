"""robots.txt as RFC 9309 (September 2022) reads it: our own group, else `*`; the longest rule wins.

`*` in a path stands for anything and `$` for its end; they are matched piece by piece, in linear
time, since the file is written by a stranger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

PRODUCT = "patto"
MAX_BYTES = 512_000


@dataclass(frozen=True)
class Rule:
    allows: bool
    path: str


@dataclass(frozen=True)
class Robots:
    """What a site lets us read."""

    rules: tuple[Rule, ...] = ()

    def allow(self, path_and_query: str) -> bool:
        path = _normal(path_and_query)
        best = Rule(allows=True, path="")
        for rule in self.rules:
            longer = len(rule.path) > len(best.path)
            kinder = len(rule.path) == len(best.path) and rule.allows
            if (longer or kinder) and _matches(rule.path, path):
                best = rule
        return best.allows


def read_robots(text: str) -> Robots:
    """The rules for us in a robots.txt; several groups for one agent count as one."""
    groups: dict[str, list[Rule]] = {}
    ours: set[str] = set()
    was_agent = False
    for line in text[:MAX_BYTES].splitlines():
        key, found, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not found or key not in {"user-agent", "allow", "disallow"}:
            continue
        if key == "user-agent":
            ours = (ours if was_agent else set()) | ({_product(value)} & {PRODUCT, "*"})
            _open(groups, ours)
        elif value:  # an empty Disallow forbids nothing
            _add(groups, ours, Rule(allows=key == "allow", path=_normal(value)))
        was_agent = key == "user-agent"
    return Robots(tuple(groups.get(PRODUCT, groups.get("*", []))))


def _open(groups: dict[str, list[Rule]], agents: set[str]) -> None:
    for agent in agents:
        groups.setdefault(agent, [])


def _add(groups: dict[str, list[Rule]], agents: set[str], rule: Rule) -> None:
    for agent in agents:
        groups[agent].append(rule)


def _product(value: str) -> str:
    match = re.match(r"[A-Za-z_-]+", value)
    return match.group().lower() if match else value


def _normal(path: str) -> str:
    """Percent escapes written one way, so that `%7E` and `~` are the same."""
    return quote(unquote_to_bytes(path), safe="/:@!$&'()*+,;=-._~?#[]")


def _matches(pattern: str, path: str) -> bool:
    is_anchored = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not others:
        return not is_anchored or path == first
    at = len(first)
    for piece in others[:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    last = others[-1]
    if is_anchored:
        return len(path) - len(last) >= at and path.endswith(last)
    return path.find(last, at) >= 0
