"""Rules and families as data, read once, when the first text comes."""

import gc
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from hashlib import sha256
from typing import Any

import re2
import yaml

from campaigns.quality.text.lexicon import RULES, Lexicon, lexicon_with
from campaigns.quality.text.matching import Matcher
from campaigns.quality.text.patterns import literals, translate
from campaigns.quality.values import Severity

LANGUAGES = ("en", "it", "fr")  # those a reader can have the answer in
WORDS = frozenset({"brief", "mechanic", "terms", "post", "comment"})
PLANS = frozenset({"brief", "mechanic", "terms"})
MOST_MEMORY = 256 << 20  # bytes, of one pattern


@dataclass(frozen=True, slots=True)
class Family:
    """Why a practice is refused, and what honest way leads to the same goal; by language."""

    id: str
    source: str
    why: Mapping[str, str]
    alternative: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Rule:
    """find: patterns over words. unless: patterns that, in the same thought, make it honest.

    spares: the contexts that excuse it, of `negated`, `refused`, `reported`, `quoted`.
    """

    id: str
    family: Family
    severity: Severity
    languages: tuple[str, ...]
    source: str
    kinds: frozenset[str]
    find: tuple[str, ...]
    unless: tuple[str, ...]
    spares: frozenset[str]
    matches: tuple[Example, ...]
    near_misses: tuple[Example, ...]
    why: Mapping[str, str] = field(default_factory=dict)
    alternative: Mapping[str, str] = field(default_factory=dict)


def _load(name: str) -> Any:
    return yaml.load((RULES / name).read_bytes(), yaml.CSafeLoader)


def _examples(lines: list[str | dict[str, str]], kind: str) -> tuple[Example, ...]:
    return tuple(
        Example(line, kind) if isinstance(line, str) else Example(line["text"], line["kind"])
        for line in lines
    )


def _rule(given: dict[str, Any], families: Mapping[str, Family]) -> Rule:
    family = families[given["id"].rsplit(".", 1)[0]]
    kinds = PLANS if given.get("in") == "plans" else WORDS
    kind = "mechanic" if given.get("in") == "plans" else "post"
    spares = given.get("spares", "negated refused quoted" + (" reported" if kind == "post" else ""))
    return Rule(
        id=given["id"],
        family=family,
        severity=given.get("severity", "reject"),
        languages=tuple(given.get("languages", "it fr en es de").split()),
        source=given.get("source", family.source),
        kinds=kinds,
        find=tuple(given["find"]),
        unless=tuple(given.get("unless", ())),
        spares=frozenset(spares.split()),
        matches=_examples(given["match"], kind),
        near_misses=_examples(given["spare"], kind),
        why=given.get("why", family.why),
        alternative=given.get("alternative", family.alternative),
    )


@dataclass(frozen=True)
class Rulebook:
    """Everything a text is judged by."""

    families: Mapping[str, Family]
    rules: tuple[Rule, ...]
    redress: Mapping[str, str]
    lexicon: Lexicon
    matcher: Matcher
    owners: tuple[tuple[Rule, str], ...]  # by number, as the matcher knows it: rule, pattern

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.rules}


def version() -> str:
    """Changes whenever a file of rules does, of words or of pay."""
    pay = [RULES.with_name("pay.yaml"), RULES.with_name("pay_words.yaml")]
    files = sorted([*RULES.rglob("*.yaml"), *RULES.rglob("*.json"), *pay])
    return sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:12]


@cache
def rulebook() -> Rulebook:
    families = {
        name: Family(name, given["source"], given["why"], given["alternative"])
        for name, given in _load("families.yaml")["families"].items()
    }
    given = [one for path in sorted(RULES.glob("patterns/*.yaml")) for one in _load(str(path))]
    rules = tuple(_rule(one, families) for one in given)
    lexicon = _lexicon(rules)
    owners = tuple((rule, pattern) for rule in rules for pattern in rule.find)
    matcher = Matcher([pattern for _, pattern in owners], lexicon)
    redress = _load("families.yaml")["redress"]
    gc.freeze()  # it stays for good: nothing to look through again for what may go
    return Rulebook(families, rules, redress, lexicon, matcher, owners)


@cache
def compiled(*patterns: str) -> Any:
    """RE2 over symbols, for any of the patterns: most are never needed as such."""
    options = re2.Options()
    options.max_mem = MOST_MEMORY
    options.dot_nl = True
    lexicon = rulebook().lexicon
    return re2.compile("|".join(translate(pattern, lexicon) for pattern in patterns), options)


def _lexicon(rules: tuple[Rule, ...]) -> Lexicon:
    groups = {name: tuple(of.split()) for name, of in _load("groups.yaml").items()}
    patterns = [pattern for rule in rules for pattern in (*rule.find, *rule.unless)]
    return lexicon_with(frozenset().union(*map(literals, patterns)), groups)
