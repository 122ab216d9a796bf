"""Where a good label stands, in every jurisdiction: frames, recordings, places seen by few."""

from typing import Any

import pytest

from disclosures.cases import case_from
from disclosures.reading import judge

LABELS = {
    "IT": ("it", "Pubblicità Alba"),
    "FR": ("fr", "Publicité"),
    "UK": ("en", "Ad"),
    "US": ("en", "Ad"),
    "DE": ("de", "Werbung"),
    "ES": ("es", "Publicidad"),
    "NL": ("nl", "Advertentie"),
    "BE": ("nl", "Reclame"),
    "EU": ("pl", "Reklama"),
}
WORDS = "Lorem ipsum dolor sit amet, consectetur adipiscing elit. " * 11


def verdict(code: str, **changes: Any) -> str:
    post = {
        "jurisdiction": code,
        "content_language": LABELS[code][0],
        "platform": "instagram",
        "format": "post",
        "relationship": "paid",
        "published": "2026-03-02",
        "brand": "Alba",
        "text": "Alba",
    }
    return judge(case_from(post | changes)).code


def frames(*overlays: str) -> dict[str, Any]:
    return {"format": "story", "context": {"frames": [{"overlay": o} for o in overlays]}}


def shown(label: str, begins: float, ends: float) -> dict[str, Any]:
    overlay = [{"text": label, "from_s": begins, "to_s": ends}]
    video = {"platform": "youtube", "format": "video"}
    return video | {"context": {"duration_s": 300, "overlay": overlay}}


def said(label: str, kind: str, *times: float) -> dict[str, Any]:
    spoken = [{"text": label, "at_s": t} for t in times]
    known: dict[str, Any] = {"spoken": spoken, "duration_s": 7200}
    if kind == "audio":
        known["promo"] = [100, 400]
    platform = "podcast" if kind == "audio" else "twitch"
    return {"platform": platform, "format": kind, "context": known}


@pytest.mark.parametrize("code", LABELS)
def test_a_label_well_placed_is_sufficient(code: str) -> None:
    label = LABELS[code][1]

    assert verdict(code, **frames(label, label, label)) == "sufficient"
    assert verdict(code, **shown(label, 0, 300)) == "sufficient"
    assert verdict(code, **said(label, "live", 5, 1800, 3600, 5400)) == "sufficient"
    assert verdict(code, **said(label, "audio", 100)) == "sufficient"
    assert verdict(code, context={"overlay_text": label}) == "sufficient"
    assert verdict(code, format="video", context={"title": f"{label}: Alba"}) == "sufficient"


@pytest.mark.parametrize("code", LABELS)
def test_a_label_badly_placed_is_misplaced(code: str) -> None:
    label = LABELS[code][1]

    assert verdict(code, **frames(label, "", "")) == "misplaced"
    assert verdict(code, **frames("", "", label)) == "misplaced"
    assert verdict(code, **shown(label, 290, 300)) == "misplaced"
    assert verdict(code, **said(label, "live", 5)) == "misplaced"
    assert verdict(code, **said(label, "audio", 390)) == "misplaced"
    assert verdict(code, text=f"{WORDS} {label}. {WORDS}") == "misplaced"
    assert verdict(code, context={"overlay_text": label, "image_position": "4/5"}) == "misplaced"


@pytest.mark.parametrize("code", LABELS)
@pytest.mark.parametrize(
    "place", ["bio", "alt_text", "description", "comments", "landing_page_text", "links"]
)
def test_a_label_only_beside_the_post_is_misplaced(code: str, place: str) -> None:
    assert verdict(code, context={place: [LABELS[code][1]]}) == "misplaced"


@pytest.mark.parametrize("code", LABELS)
def test_a_label_nobody_can_read_is_insufficient(code: str) -> None:
    label = LABELS[code][1]

    assert verdict(code, context={"overlay_text": label, "font_px": 6}) == "insufficient"
    assert verdict(code, context={"overlay_text": label, "obscured": True}) == "insufficient"


def test_the_first_and_the_last_frame_are_enough_in_the_netherlands_only() -> None:
    good = {code for code in LABELS if verdict(code, **frames(*_ends(code))) == "sufficient"}

    assert good == {"NL"}


def _ends(code: str) -> tuple[str, str, str]:
    return LABELS[code][1], "", LABELS[code][1]


def test_at_the_very_end_is_no_place_in_spain_and_germany() -> None:
    late = {
        code for code in LABELS if verdict(code, text=f"Alba. {LABELS[code][1]}") == "misplaced"
    }

    assert late == {"DE", "ES"}


def test_a_product_in_a_minor_role_is_named_at_the_start_of_a_german_video() -> None:
    assert verdict("DE", **shown("Unterstützt durch Produktplatzierung", 0, 5)) == "sufficient"
