"""Every rule with its own examples, and what every rule must say."""

import re
import shutil
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from campaigns.quality.text import judge, resemblance
from campaigns.quality.text.patterns import translate
from campaigns.quality.text.rulebook import LANGUAGES, Example, Rule, rulebook

RULES = rulebook().rules
MATCHES = [(rule, example) for rule in RULES for example in rule.matches]
NEAR_MISSES = [(rule, example) for rule in RULES for example in rule.near_misses]


def named(case: tuple[Rule, Example]) -> str:
    return f"{case[0].id}: {case[1].text[:50]}"


@pytest.mark.parametrize("case", MATCHES, ids=named)
def test_a_rule_finds_its_examples(case: tuple[Rule, Example]) -> None:
    rule, example = case
    found = judge(example.text, kind=example.kind).findings
    assert rule.id in [finding.rule for finding in found]


@pytest.mark.parametrize("case", NEAR_MISSES, ids=named)
def test_no_rule_finds_a_near_miss(case: tuple[Rule, Example]) -> None:
    _, example = case
    assert judge(example.text, kind=example.kind).findings == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_both_kinds_of_example(rule: Rule) -> None:
    assert rule.matches or rule.id == resemblance.RULE  # tests/quality/test_resemblance.py
    assert rule.near_misses


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_why_and_what_instead_to_every_reader(rule: Rule) -> None:
    for language in LANGUAGES:
        assert rule.why[language].endswith(".")
        assert rule.alternative[language].endswith(".")
        assert "!" not in rule.why[language] + rule.alternative[language]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_names_a_dated_source(rule: Rule) -> None:
    years = [int(year) for year in re.findall(r"\b(19\d\d|20\d\d)\b", rule.source)]
    assert years
    assert max(years) <= date.today().year  # noqa: DTZ011 (a year is enough)


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


def test_every_family_has_a_rule() -> None:
    assert {rule.family.id for rule in RULES} == set(rulebook().families)


@pytest.mark.parametrize("name", ["rules/common.yaml", "pay.yaml", "pay_words.yaml"])
def test_whatever_decides_names_the_rule_set(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = import_module("campaigns.quality.text.rulebook")
    copy = tmp_path / "quality"
    shutil.copytree(book.RULES.parent, copy, ignore=shutil.ignore_patterns("*.py*", "training"))
    before = book.version()
    monkeypatch.setattr(book, "RULES", copy / "rules")
    assert book.version() == before
    with (copy / name).open("a") as file:
        file.write("# changed\n")
    assert book.version() != before


def test_a_pattern_with_an_unknown_concept_is_refused() -> None:
    with pytest.raises(ValueError, match="no word is of"):
        translate("{nonsense}", rulebook().lexicon)


def test_a_pattern_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="can't be read"):
        translate("{click} & {win}", rulebook().lexicon)
