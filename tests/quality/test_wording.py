import pytest
import yaml

from campaigns.quality import text
from campaigns.quality.wording import HERE, TITLES, worded

WORDS = "Ogni clic vale da 1 centesimo a 5 dollari."


@pytest.mark.parametrize("reader", ["en", "it", "fr"])
def test_reasons_are_read_in_the_readers_language(reader: str) -> None:
    italian = [each.as_dict() for each in text.judge(WORDS, kind="brief", lang="it").findings]
    theirs = text.judge(WORDS, kind="brief", lang="it", reader=reader).findings
    assert italian
    assert [each["why"] for each in worded(italian, reader)] == [each.why for each in theirs]
    assert [each["alternative"] for each in worded(italian, reader)] == [
        each.alternative for each in theirs
    ]


def test_words_no_rule_knows_stay_as_they_are() -> None:
    found = {"family": "pay.odd", "why": "Because.", "quote": "x"}
    assert worded([found], "fr") == [found | {"title": ""}]


def test_every_family_has_a_title() -> None:
    families = yaml.safe_load((HERE / "rules/families.yaml").read_text(encoding="utf-8"))
    pay = yaml.safe_load((HERE / "pay.yaml").read_text(encoding="utf-8"))
    assert {*families["families"], *pay["rules"]} <= TITLES.keys()
