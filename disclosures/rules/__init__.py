"""The law of disclosure as data: one file per jurisdiction, read once, never written.

`eu.yaml` is the baseline; a national file overrides it. `reading.yaml` holds this project's own
reading rules (ENG-...), which are not law, and the words of each language. A post is judged by the
rules in force on the day it was published. What is not verified stays marked so.
"""

import itertools
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
BRAND = "{brand}"
ANY = "{any}"


class UnknownJurisdiction(Exception):
    """No data for this jurisdiction; `known` names those there are."""

    def __init__(self, code: str) -> None:
        self.code, self.known = code, jurisdictions()
        super().__init__(f"unknown jurisdiction {code!r}; known: {', '.join(self.known)}")


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    title: str
    section: str | None
    url: str | None
    verified: bool
    read: str
    in_force: date | None = None
    valid_to: date | None = None
    note: str | None = None

    def __str__(self) -> str:
        return f"{self.title}, {self.section}" if self.section else self.title


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    text: dict[str, str]
    source: Source
    verified: bool
    valid_from: date | None = None
    valid_to: date | None = None
    note: str | None = None

    def in_force(self, at: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= at
        return begun and (self.valid_to is None or at <= self.valid_to)

    def said_in(self, language: str) -> str:
        return self.text.get(language, self.text["en"])


@dataclass(frozen=True, slots=True)
class Wording:
    """One way of saying it; `words` may end in {brand}, the brand named right there.

    apart: an everyday word, a label only where it stands apart as one; closed: and only if its
    clause ends there. named: the brand must be named somewhere beside it. foreign: good elsewhere.
    exact: only its accents tell it from a word of another language. opening: enough at the start
    of a recording that must be labelled throughout.
    """

    words: tuple[str, ...]
    kind: str
    lang: str
    rules: tuple[str, ...]
    hashtag_rules: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    hashtag_only: bool = False
    apart: bool = False
    named: bool = False
    weak: bool = False
    closed: bool = False
    tool_only: bool = False
    verified: bool = True
    foreign: bool = False
    exact: bool = False
    opening: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """What a relationship owes: any of the kinds in `accepts`, or all of them `together`.

    pages: only on pages, or only elsewhere; names_itself: a good label is good by this rule.
    """

    rules: tuple[str, ...]
    accepts: tuple[str, ...] = ()
    together: bool = False
    none: bool = False
    pages: bool | None = None
    names_itself: bool = False


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything a verdict needs for one jurisdiction."""

    code: str
    names: dict[str, str]
    rules: dict[str, Rule]
    wordings: tuple[Wording, ...]
    duties: dict[str, tuple[Duty, ...]]
    accepted_languages: tuple[str, ...]
    language_rules: tuple[str, ...]
    unlisted_rules: tuple[str, ...]
    placement: dict[str, Any]
    suggested: dict[str, str]

    def first_in_force(self, ids: tuple[str, ...], at: date) -> Rule | None:
        return next((self.rules[i] for i in ids if self.rules[i].in_force(at)), None)

    def accepts_language(self, lang: str, content_language: str) -> bool:
        if "content" in self.accepted_languages:
            return lang == content_language.lower().split("-")[0]
        return lang in self.accepted_languages


@cache
def jurisdictions() -> tuple[str, ...]:
    """The codes that can be asked for; the baseline stands for countries without a file."""
    return tuple(path.stem.upper() for path in sorted(FOLDER.glob("??.yaml")))


@cache
def rulebook(code: str) -> Rulebook:
    """The rules of a jurisdiction over the baseline. Raises UnknownJurisdiction."""
    if code not in jurisdictions():
        raise UnknownJurisdiction(code)
    book = _read(code.lower())
    rules: dict[str, Rule] = {}
    for part in (_read("reading"), _read("eu"), book):
        rules |= _rules(part)
    wordings = [w for entry in book["good"] for w in _wordings(entry)]
    wordings += [w for entry in book["weak"] for w in _wordings(entry | {"weak": True})]
    known = {(w.words, w.hashtag_only) for w in wordings}
    wordings += [w for w in _elsewhere() if (w.words, w.hashtag_only) not in known]
    return Rulebook(
        code=code,
        names=book["names"],
        rules=rules,
        wordings=tuple(wordings),
        duties={who: tuple(map(_duty, duties)) for who, duties in book["duties"].items()},
        accepted_languages=tuple(book["accepted_languages"]),
        language_rules=_ids(book["language_rule"]),
        unlisted_rules=_ids(book["unlisted_rule"]),
        placement=book["placement"],
        suggested=book["suggested"],
    )


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one file says, for people to read. suggested: by relationship, with {brand}."""

    code: str
    names: dict[str, str]
    rules: tuple[Rule, ...]
    suggested: dict[str, str]


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every file as it is written: the baseline first, then the countries, our own reading last."""
    files = sorted(FOLDER.glob("??.yaml"), key=lambda path: (path.stem != "eu", path.stem))
    return tuple(_chapter(path.stem) for path in [*files, FOLDER / "reading.yaml"])


@cache
def language() -> dict[str, Any]:
    """The words of each language that the reading needs, and the folds of the platforms."""
    return _read("reading")


@cache
def _read(name: str) -> dict[str, Any]:
    loaded = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def _chapter(name: str) -> Chapter:
    part = _read(name)
    rules = tuple(_rules(part).values())
    return Chapter(name.upper(), part.get("names", {}), rules, part.get("suggested", {}))


def _rules(part: dict[str, Any]) -> dict[str, Rule]:
    sources = {entry["id"]: _source(entry) for entry in part["sources"]}
    return {entry["id"]: _rule(entry, sources) for entry in part["rules"]}


def _source(entry: dict[str, Any]) -> Source:
    return Source(**({"section": None, "url": None} | entry))


def _rule(entry: dict[str, Any], sources: dict[str, Source]) -> Rule:
    source = sources[entry["source"]]
    return Rule(
        id=entry["id"],
        text=entry["text"],
        source=source,
        verified=entry.get("verified", source.verified),
        valid_from=entry.get("valid_from"),
        valid_to=entry.get("valid_to"),
        note=entry.get("note"),
    )


def _duty(entry: dict[str, Any]) -> Duty:
    return Duty(
        rules=_ids(entry["rule"]),
        accepts=tuple(entry.get("accepts", ())),
        together=entry.get("together", False),
        none=entry.get("none", False),
        pages=entry.get("pages"),
        names_itself=entry.get("names_itself", entry.get("together", False)),
    )


@cache
def _elsewhere() -> tuple[Wording, ...]:
    """Labels that are good somewhere: what a wrong language looks like."""
    entries = [
        {"says": says, "lang": lang, "kind": "advertising", "rule": [], "foreign": True} | how
        for lang, groups in language()["labels_elsewhere"].items()
        for says, how in (
            (groups.get("closed", []), {"apart": True, "closed": True}),
            (groups.get("apart", []), {"apart": True}),
            (groups.get("any", []), {}),
        )
    ]
    return tuple(w for entry in entries for w in _wordings(entry))


def _wordings(entry: dict[str, Any]) -> list[Wording]:
    shared = {k: v for k, v in entry.items() if k not in ("says", "rule", "hashtag_rule", "note")}
    shared.setdefault("kind", "advertising")
    shared.setdefault("lang", "any")
    shared["otherwise"] = _ids(entry.get("otherwise", []))
    made = []
    for pattern in entry["says"]:
        for words in expanded(pattern.removeprefix("#")):
            made.append(
                Wording(
                    words=words,
                    rules=_ids(entry["rule"]),
                    hashtag_rules=_ids(entry.get("hashtag_rule", [])),
                    hashtag_only=pattern.startswith("#"),
                    **shared,
                )
            )
    return made


_CHOICE = re.compile(r"\[(\w+)\]|\(([^()]*)\)|(\w)\?")


def expanded(pattern: str) -> list[tuple[str, ...]]:
    """`promoss[oa] (da|dal) {brand}` spelt out in full, one tuple of words for each choice."""
    return [tuple(spelt.split()) for spelt in _spelt_out(pattern)]


def _spelt_out(pattern: str) -> list[str]:
    pieces: list[list[str]] = []
    position = 0
    for match in _CHOICE.finditer(pattern):
        pieces.append([pattern[position : match.start()]])
        pieces.append(_choices(match))
        position = match.end()
    pieces.append([pattern[position:]])
    return ["".join(choice) for choice in itertools.product(*pieces)]


def _choices(match: re.Match[str]) -> list[str]:
    if match[1]:
        return list(match[1])
    if match[3]:
        return [match[3], ""]
    return [spelt for choice in match[2].split("|") for spelt in _spelt_out(choice)]


def _ids(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
