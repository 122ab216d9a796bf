"""A draft: what will be said of it in each country, and a label that is enough where it goes."""

import time
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from disclosures.drafts import Draft, Format, Spot, check_draft
from disclosures.rules import jurisdictions

BRAND = "Mulino dell'Alba"
DRAFT = Draft(
    text=f"Oggi il pane con la farina di {BRAND}.\n\nSi impasta la sera.",
    platform="instagram",
    format=Format.POST,
    language="it",
    brand=BRAND,
    published=date(2026, 11, 22),
)


def test_a_draft_without_a_label_gets_one_of_its_country_for_its_beginning() -> None:
    checked = check_draft(DRAFT, ["IT"])

    assert [each.verdict for each in checked.said] == ["missing"]
    [advice] = checked.advice
    assert (advice.label, advice.spot) == (f"Pubblicità {BRAND}", Spot.START)
    assert not advice.against


def test_a_labelled_draft_needs_no_advice() -> None:
    checked = check_draft(replace(DRAFT, text=f"Pubblicità {BRAND}. Il pane."), ["IT"])

    assert checked.is_conforming
    assert checked.said[0].quote == "Pubblicità"
    assert not checked.advice


@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize(
    ("language", "codes"),
    [("it", ["IT"]), ("fr", ["FR", "BE"]), ("en", ["IT", "UK", "US"]), ("nl", ["NL", "BE"])],
)
def test_whoever_follows_the_advice_conforms_in_every_country(
    format: Format, language: str, codes: list[str]
) -> None:
    draft = replace(DRAFT, format=format, language=language)
    [advice] = check_draft(draft, codes).advice

    if format == Format.STORY:
        pieces = draft.text.split("\n\n")
        done = replace(draft, text="\n\n".join(f"{advice.label}\n{piece}" for piece in pieces))
    else:
        done = replace(draft, text=f"{advice.label}\n\n{draft.text}", picture=advice.label)
    assert check_draft(done, codes).is_conforming


def test_the_strictest_country_decides_how_long_a_video_is_labelled() -> None:
    video = replace(DRAFT, format=Format.VIDEO)

    assert [each.spot for each in check_draft(video, ["IT"]).advice] == [Spot.OPENING]
    assert [each.spot for each in check_draft(video, ["IT", "DE"]).advice] == [Spot.WHOLE]


def test_the_words_under_a_video_are_not_enough_alone() -> None:
    video = replace(DRAFT, format=Format.VIDEO, platform="youtube", text=f"Pubblicità {BRAND}")

    assert check_draft(video, ["IT"]).said[0].verdict == "misplaced"
    assert check_draft(replace(video, picture=f"Pubblicità {BRAND}"), ["IT"]).is_conforming


def test_a_story_is_read_picture_by_picture() -> None:
    story = replace(DRAFT, format=Format.STORY, text=f"Pubblicità {BRAND}\n\nIl pane\r\n\r\nFine")

    assert check_draft(story, ["IT"]).said[0].verdict == "misplaced"
    assert check_draft(story, ["IT"]).advice[0].spot == Spot.EVERY


def test_a_denial_is_to_be_taken_out_first() -> None:
    denied = replace(DRAFT, text=f"Il pane di {BRAND}. Questa non è pubblicità.")
    [advice] = check_draft(denied, ["IT"]).advice

    assert advice.against
    assert advice.label == f"Pubblicità {BRAND}"


def test_the_worst_comes_first_and_a_country_without_rules_is_named() -> None:
    checked = check_draft(replace(DRAFT, text=f"Pubblicità {BRAND}. Il pane."), ["IT", "UK", "PL"])

    assert [each.jurisdiction for each in checked.said] == ["UK", "IT"]
    assert checked.unknown == ("Poland",)


def test_countries_that_one_label_cannot_serve_get_one_each() -> None:
    every = [code for code in jurisdictions() if code not in ("BE", "US")]
    advice = check_draft(DRAFT, every).advice

    named = [each.jurisdiction for one in advice for each in one.said]
    assert len(advice) > 1
    assert sorted(named) == sorted(every)
    assert len({(one.label, one.spot) for one in advice}) == len(advice)


def test_where_no_label_is_known_none_is_invented() -> None:
    checked = check_draft(DRAFT, ["IT", "BE"])

    assert checked.without_label == ["Belgium"]
    assert [each.label for each in checked.advice] == [f"Pubblicità {BRAND}"]


@pytest.mark.parametrize("format", Format)
def test_every_country_has_a_label_in_its_own_language(format: Format) -> None:
    spoken = {"BE": "fr", "DE": "de", "ES": "es", "FR": "fr", "IT": "it", "NL": "nl"}
    for code in jurisdictions():
        draft = replace(DRAFT, format=format, language=spoken.get(code, "en"))
        assert check_draft(draft, [code]).advice, code


def test_reasons_and_names_are_in_the_readers_language() -> None:
    with translation.override("fr"):
        [said] = check_draft(DRAFT, ["IT"]).said
        assert said.name == "Italie"
        assert "marque" in said.why


@pytest.mark.parametrize("format", Format)
def test_a_draft_full_of_labels_is_read_in_seconds(format: Format) -> None:
    began = time.process_time()
    check_draft(replace(DRAFT, text="#ad\n\n" * 2000, format=format), ["IT"])
    assert time.process_time() - began < 5
