"""The page of the rules: for everyone, in three languages, each rule with an anchor that stays."""

import re
from typing import Any

import pytest
from django.test import Client

from disclosures.rules import chapters

pytestmark = pytest.mark.django_db


def read(language: str = "en", **asked: str) -> Any:
    client = Client()
    client.cookies["language"] = language
    return client.get("/rules/", asked)


def shown(answer: Any, rule: str) -> str:
    """What stands between a rule's anchor and the next."""
    return str(answer.content.decode().split(f'<li id="{rule}"')[1].split("</li>")[0])


def test_everybody_reads_every_rule_at_an_anchor_of_its_own() -> None:
    answer = read()
    anchors = re.findall(r'\bid="([^"]+)"', answer.content.decode())

    assert answer.status_code == 200
    assert len(anchors) == len(set(anchors))
    assert {rule.id for chapter in chapters() for rule in chapter.rules} <= set(anchors)


def test_every_jurisdiction_and_the_reading_rules_are_there() -> None:
    codes = [chapter.code for chapter in chapters()]
    assert codes[0] == "EU"
    assert codes[-1] == "READING"
    assert {"BE", "DE", "ES", "FR", "IT", "NL", "UK", "US"} <= set(codes)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "seen at once"), ("it", "si vede subito"), ("fr", "se voit d&#x27;emblée")],
)
def test_a_rule_is_said_in_the_readers_language_with_source_and_date(
    language: str, words: str
) -> None:
    rule = shown(read(language), "IT-FOLD")

    assert words in rule
    assert "IAP Digital Chart" in rule
    assert "https://www.iap.it/" in rule
    assert "2024" in rule


def test_what_is_not_verified_is_marked_so() -> None:
    answer = read()
    assert "to be confirmed" in shown(answer, "IT-LABEL-BAD")
    assert "to be confirmed" not in shown(answer, "IT-FOLD")


def test_rules_of_a_day_are_told_from_those_before_and_after() -> None:
    earlier = read(on="2024-01-01")
    assert "Not yet in force" in shown(earlier, "IT-FOLD")
    assert "in force" not in shown(earlier, "IT-TOOL-OLD").split('class="meta"')[0]

    today = read()
    assert "No longer in force" in shown(today, "IT-TOOL-OLD")
    assert "Not yet in force" not in shown(today, "IT-FOLD")


@pytest.mark.parametrize("day", ["yesterday", "2024-13-01", "9" * 300, "2024-01-01\0"])
def test_a_day_that_is_none_is_said_beside_the_field(day: str) -> None:
    answer = read(on=day)
    assert answer.status_code == 422
    assert "IT-FOLD" in answer.content.decode()


def test_no_day_is_today() -> None:
    assert read(on="").status_code == 200


def test_nothing_is_posted_there() -> None:
    assert Client().post("/rules/").status_code == 405
