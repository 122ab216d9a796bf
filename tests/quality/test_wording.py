import pytest
import yaml

from campaigns.quality import text
from campaigns.quality.terms import reason
from campaigns.quality.wording import HERE, TITLES, pay_refused, reasons, worded

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
    assert worded([found], "fr") == [found | {"title": "", "passes": ""}]


def test_every_family_has_a_title() -> None:
    families = yaml.safe_load((HERE / "rules/families.yaml").read_text(encoding="utf-8"))
    pay = yaml.safe_load((HERE / "pay.yaml").read_text(encoding="utf-8"))
    assert {*families["families"], *pay["rules"]} <= TITLES.keys()


FAMILIES = {
    **yaml.safe_load((HERE / "pay.yaml").read_text(encoding="utf-8"))["rules"],
    **yaml.safe_load((HERE / "rules/families.yaml").read_text(encoding="utf-8"))["families"],
}


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_what_passes_instead_really_passes(family: str) -> None:
    """In every language a reader can have, and wherever it would be written."""
    passes = {
        reader: worded([{"family": family}], reader)[0]["passes"] for reader in ("en", "it", "fr")
    }
    assert len(set(passes.values())) == 3
    for words in passes.values():
        for kind in ("brief", "mechanic", "terms", "post", "comment"):
            assert text.judge(words, kind=kind).verdict == "accept", (kind, words)
        assert pay_refused(words, "en") == []


@pytest.mark.parametrize("reader", ["en", "it", "fr"])
def test_refused_pay_is_quoted_with_its_reason_and_the_honest_way(reader: str) -> None:
    [said] = pay_refused("Due reel. Poi 2 € per ogni 100 mi piace.", reader)
    why, alternative = reason("pay.per_action", reader)
    assert "2 € per ogni 100 mi piace" in said
    assert said.endswith(f"{why} {alternative}")


def test_a_family_is_explained_once_with_all_its_words() -> None:
    words = "Ogni clic vale 1 centesimo. Ogni clic vale."
    first, second = words.index("Ogni"), words.rindex("Ogni")
    row = {"family": "pay.per_click", "severity": "reject", "rule": "pay.per_click.counted"}
    doubt = {"family": "click.incitement", "severity": "review", "rule": "click.x"}
    found = [
        {**doubt, "start": 5, "end": 9, "quote": "clic"},
        {**row, "start": first, "end": first + 14, "quote": "Ogni clic vale"},
        {**row, "start": first, "end": first + 26, "quote": "Ogni clic vale 1 centesimo"},
        {**row, "start": second, "end": second + 14, "quote": "Ogni clic vale"},
    ]
    said, numbered = reasons(found, words)
    assert [(each.number, each.quotes) for each in said] == [
        (1, ["Ogni clic vale 1 centesimo"]),
        (2, ["clic"]),
    ]
    assert said[0].rules == ["pay.per_click.counted"]
    assert [(each["number"], each["anchored"]) for each in numbered] == [
        (1, True),
        (1, False),
        (1, False),
        (2, True),
    ]


def test_what_an_hour_comes_to_is_nobodys_words() -> None:
    row = {"family": "pay.below_floor", "severity": "reject", "rule": "pay.below_floor"}
    [said], _ = reasons([{**row, "start": 0, "end": 4, "quote": "1200", "field": "hourly"}], "Pay")
    assert (said.quotes, said.placed) == ([], False)


def test_findings_in_figures_are_each_told() -> None:
    row = {"family": "engagement.vote_piloting", "severity": "review", "start": 0, "end": 0}
    found = [{**row, "rule": rule, "quote": "", "figures": {}} for rule in ("burst", "night")]
    said, numbered = reasons(found, "votes")
    assert [each.rules for each in said] == [["burst"], ["night"]]
    assert [each["number"] for each in numbered] == [1, 2]
