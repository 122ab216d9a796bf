"""The living style page: every part once, through the real tags. For the demonstration only.

Its sentences are samples for those who build pages, so they stay in English.
"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from config.kernel.money import Money
from config.theme import meanings
from config.theme.pictures import Point, Span
from config.theme.tags.marks import SPRITE

SWATCHES = (
    ("ink", "Text"), ("paper", "Page"), ("surface", "Sheet"), ("act", "You can do this"),
    ("yes", "Consent, conforming"), ("care", "Concern, to improve"),
    ("stop", "Objection, not conforming"), ("aside", "Stands aside"),
    ("money", "Money to creators"), ("money-2", "Money to others"), ("counted", "Clicks counted"),
    ("duplicate", "Clicks duplicate"), ("excluded", "Clicks excluded"),
)  # fmt: skip
BAD = "Every like is worth one cent. The more you click, the more you earn."


class Sample(forms.Form):
    """One of each control."""

    whom = forms.CharField(
        label="Whom is it for?", help_text="People, not numbers. Who would be glad to read this?"
    )
    exclusivity = forms.CharField(
        required=False, help_text="Name the rivals, the months and the price."
    )
    fee = forms.DecimalField(label="Fixed fee")
    term = forms.ChoiceField(label="Payment term", choices=[("30", "30 days"), ("15", "15 days")])
    reuse = forms.ChoiceField(
        label="May photos be reused?",
        widget=forms.RadioSelect,
        choices=[("12", "Twelve months, on the brand’s pages"), ("0", "Not at all")],
    )
    tell = forms.MultipleChoiceField(
        label="Tell me by",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("mail", "E-mail"), ("week", "Weekly summary only")],
    )
    why = forms.CharField(
        required=False, widget=forms.Textarea, help_text="One sentence is enough."
    )
    agree = forms.BooleanField(label="I read the terms as they stand today", required=False)

    def clean_exclusivity(self) -> str:
        raise forms.ValidationError("Add a price above zero, or leave exclusivity out.")


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every token and component, as the tags draw them now."""
    return render(request, "styleguide.html", {**_words(), **_people(), **_money()})


def _words() -> dict[str, Any]:
    form = Sample(
        {
            "whom": "People who cook every day and write about it",
            "exclusivity": "Molino Corvi, 2 months",
            "fee": "1000.00",
            "reuse": "12",
            "tell": ["mail"],
        }
    )
    return {
        "form": form,
        "swatches": SWATCHES,
        "icons": _icons(),
        "positions": meanings.POSITIONS,
        "verdicts": meanings.VERDICTS,
        "countings": meanings.COUNTING,
        "proofs": meanings.PROOFS,
        "qualities": meanings.QUALITY,
        "notes": {"draft": "clear since 25 September", "codesign": "two things are lacking"},
        "before": "The brand may republish words for six months.\nNobody approves texts.",
        "after": "The brand may republish words for twelve months; a book needs its own deal.\n"
        "Nobody approves texts.",
        "bad": BAD,
        "found": [
            {
                "rule": "pay.per_click",
                "start": BAD.index("The more"),
                "end": len(BAD),
                "quote": "The more you click, the more you earn.",
                "why": "Who is paid by the click has a reason to inflate them.",
                "alternative": "A fixed fee for the work, whatever the number of readers.",
            }
        ],
    }


def _icons() -> list[str]:
    sprite = finders.find(SPRITE)
    assert isinstance(sprite, str)
    return re.findall(r'symbol id="(\w+)"', Path(sprite).read_text(encoding="utf-8"))


def _people() -> dict[str, Any]:
    now = timezone.now()
    return {
        "deadline": (now + timedelta(days=3)).replace(hour=17, minute=0),
        "people": [
            {"name": "Ada", "note": "Pane e pazienza", "position": "consent"},
            {"name": "Elena", "note": "Malga e mattarello", "position": "consent"},
            {"name": "Chiara", "note": "Farina sul gatto", "position": "concern"},
            {"name": "Bruno", "note": "Il cucchiaio storto", "position": "objection"},
            {"name": "Lorenzo", "note": "Cena alle dieci", "position": "stand_aside"},
            {"name": "Hana", "note": "Il lievito di Trieste", "position": None},
        ],
        "lacking": [{"message": "Close the objection", "who": "you, then Bruno Salis"}],
        "met": ["Brief is clear"],
        "entries": [
            {"text": "Bruno Salis objects", "at": now, "tone": "stop", "icon": "objection"},
            {"text": "Six consents in a day", "at": now - timedelta(days=2), "tone": "yes",
             "icon": "consent"},
        ],
        "posts": [
            {"verdict": "conforming", "label": "Ada, first post: conforming"},
            {"verdict": "to_improve", "label": "Davide, first post: to improve"},
            {"verdict": "not_conforming", "label": "Ilaria, first post: not conforming"},
        ],
        "waiting": [
            {"text": "Answer Bruno Salis's objection", "url": "#",
             "consequence": "In cucina insieme. Without an answer v3 does not pass.",
             "due": now + timedelta(days=3)},
            {"text": "Open the contracts", "url": "#",
             "consequence": "Il libro usato. Nothing is lacking: six bloggers wait.", "due": None},
        ],
    }  # fmt: skip


def _money() -> dict[str, Any]:
    def part(label: str, minor: int, shown: str, kind: str) -> dict[str, Any]:
        amount = Money(minor, "EUR")
        return {"label": label, "value": minor, "shown": shown, "kind": kind, "amount": amount,
                "bps": round(minor / 150)}  # fmt: skip

    return {
        "total": Money(1_500_000, "EUR"),
        "said": "Creators 66.67 per cent, agency 20, the rest 13.33",
        "split": [
            part("Creators", 1_000_000, "€10,000.00", "creators"),
            part("Agency", 300_000, "€3,000.00", "others"),
            part("The rest", 200_000, "€2,000.00", "rest"),
        ],
        "parts": [
            part("To ten bloggers", 1_000_000, "€10,000.00", "creators"),
            part("Conversa, agency", 300_000, "€3,000.00", "others"),
            part("Flour and parcels", 118_000, "€1,180.00", "rest"),
            part("Open meeting and its minutes", 42_000, "€420.00", "rest"),
            part("Given back to Mulino dell’Alba", 38_550, "€385.50", "rest"),
            part("Bank", 1_450, "€14.50", "rest"),
        ],
        "hourly": [
            {"label": "floor", "value": 4500, "shown": "45.00"},
            {"label": "Conversa", "value": 5625, "shown": "56.25"},
            {"label": "you", "value": 6250, "shown": "62.50", "kind": "own"},
        ],
        "course": {
            "points": [Point(d, 4100 + 6 * d + (2500 if d > 40 else 0)) for d in range(90)],
            "spans": [Span(40, 41, "1")],
            "shown": ("7,134", "2 Nov", "30 Jan"),
        },
        "clicks": [
            {"label": "Counted 6,212", "note": "one a reader a day", "kind": "counted",
             "values": [20, 44, 30, 48, 45, 20, 18] * 4},
            {"label": "Excluded 1,377", "note": "640 in forty minutes", "kind": "excluded",
             "values": [2, 4, 3, 5, 4, 2, 2, 3, 4, 90, 5] + [3] * 17,
             "days": [f"{d} Nov" if d % 7 == 2 else "" for d in range(2, 30)]},
        ],
    }  # fmt: skip


urlpatterns = [path("styleguide/", styleguide, name="styleguide")]
