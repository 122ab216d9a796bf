"""The reading of labels, held on cases written as data. No database, no network."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from disclosures.cases import case_from
from disclosures.reading import judge
from disclosures.rules import jurisdictions
from disclosures.values import Verdict

HERE = Path(__file__).parent
USUAL = {
    "platform": "instagram",
    "format": "post",
    "relationship": "paid",
    "published": "2026-03-02",
    "brand": "Mulino Alba",
}


def _cases() -> list[dict[str, Any]]:
    loaded = yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))["cases"]
    return [case for case in loaded if case["jurisdiction"] in jurisdictions()]


def _readings() -> list[dict[str, Any]]:
    read = []
    for name in ("it", "fr", "others"):
        loaded = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
        usual = USUAL | {"jurisdiction": name.upper(), "content_language": name}
        read += [usual | case for case in loaded]
    return read


def read(text: str, **changes: Any) -> Verdict:
    usual = USUAL | {"jurisdiction": "IT", "content_language": "it", "text": text}
    return judge(case_from(usual | changes))


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["id"])
def test_case_gets_its_verdict_and_its_rule(case: dict[str, Any]) -> None:
    verdict = judge(case_from(case))

    assert (verdict.code, verdict.rule) == (case["expected"], case["rule"])


@pytest.mark.parametrize("case", _readings(), ids=lambda c: c["text"][:50])
def test_reading_gets_its_verdict(case: dict[str, Any]) -> None:
    assert judge(case_from(case)).code == case["expected"]


@pytest.mark.parametrize("case", _cases() + _readings(), ids=lambda c: c["text"][:50])
def test_offsets_lead_to_the_quoted_words(case: dict[str, Any]) -> None:
    verdict = judge(case_from(case))
    if verdict.label is None:
        assert (verdict.place, verdict.start, verdict.end) == (None, None, None)
        return

    assert verdict.start is not None
    if verdict.place == "text":
        assert case["text"][verdict.start : verdict.end] == verdict.label


def test_the_quote_holds_the_brand_the_label_needs() -> None:
    verdict = read("Il pane. #adv #mulinoalba")

    assert verdict.label == "#adv #mulinoalba"


def test_disguised_letters_are_quoted_as_they_were_written() -> None:
    text = "𝗣𝘂𝗯𝗯\u200b𝗹𝗶𝗰𝗶𝘁a\u0300: il pane"
    verdict = read(text)

    assert verdict.label == text[: text.index(":")]


def test_an_unverified_wording_is_said_to_be_unverified() -> None:
    french = {"jurisdiction": "FR", "content_language": "fr"}

    assert not read("Partenariat rémunéré avec Mulino Alba.", **french).verified
    assert read("Publicité. Le pain.", **french).verified


def test_the_day_decides_which_rule_is_in_force() -> None:
    label = {"context": {"platform_label": "Sponsorizzato da Mulino Alba"}}

    before = read("Il pane.", published="2024-10-29", **label)
    after = read("Il pane.", published="2024-10-30", **label)

    assert (before.code, before.rule) == ("insufficient", "IT-TOOL-OLD")
    assert (after.code, after.rule) == ("sufficient", "IT-TOOL")


def test_an_exempting_rule_is_named() -> None:
    verdict = read("La mia nuova linea di grembiuli!", relationship="own_brand")

    assert (verdict.code, verdict.rule, verdict.label) == ("sufficient", "IT-OWN", None)


@pytest.mark.parametrize(
    ("code", "conformity"),
    [
        ("Pubblicità Mulino Alba", "conforming"),
        ("#adv il pane", "to_improve"),
        ("Werbung: il pane", "to_improve"),
        ("Il pane", "not_conforming"),
    ],
)
def test_verdicts_map_to_conformity(code: str, conformity: str) -> None:
    assert read(code).conformity == conformity


def test_a_long_text_is_read_in_linear_time() -> None:
    text = "Stamattina il pane, #farro e la pubblicità di una volta. " * 3_000

    assert read(text).code == "missing"
