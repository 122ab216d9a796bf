"""The rules of disclosure, for everyone to read and to link to."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosures.forms import DayForm
from disclosures.rules import Chapter, Rule, chapters


@dataclass(frozen=True)
class ReadRule:
    """A rule in the reader's language, and whether it holds on the day asked for."""

    rule: Rule
    text: str
    holds: bool
    is_to_come: bool


@dataclass(frozen=True)
class ReadChapter:
    """name: of the country; empty for our own reading rules. Those that hold come first."""

    code: str
    name: str
    rules: list[ReadRule]
    suggested: str


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """All rules on one page, each with an anchor that stays; `?on=2024-06-01` for a day's."""
    form = DayForm(request.GET or None)
    asked = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    day = asked or timezone.localdate()
    context = {
        "form": form if form.is_bound else DayForm(initial={"on": day}),
        "day": day,
        "is_today": day == timezone.localdate(),
        "chapters": [_read(chapter, day) for chapter in chapters()],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "disclosures/rules.html", context, status=status)


def _read(chapter: Chapter, day: date) -> ReadChapter:
    language = (get_language() or "en")[:2]
    read = [
        ReadRule(
            rule=rule,
            text=rule.said_in(language),
            holds=rule.in_force(day),
            is_to_come=rule.valid_from is not None and day < rule.valid_from,
        )
        for rule in chapter.rules
    ]
    read.sort(key=lambda each: not each.holds)
    return ReadChapter(
        code=chapter.code,
        name=chapter.names.get(language, chapter.names.get("en", "")),
        rules=read,
        suggested=chapter.suggested.get("paid", "").replace("{brand}", _("(the brand)")),
    )
