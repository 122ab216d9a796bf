"""The reviewer's desk: what waits for a person, oldest first, and the ruling on each."""

from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from campaigns.briefs.models import Campaign
from campaigns.lifecycle import actions as lifecycle
from campaigns.lifecycle.submissions import campaign_of, members_of_campaign, submissions_of
from campaigns.links.accounts import waiting_for_a_word
from campaigns.quality import actions, elections, queries
from campaigns.quality.elections import NewNotice
from campaigns.quality.models import PoliticalNotice, Submission
from campaigns.quality.wording import worded
from config.identity.models import User
from config.kernel.errors import InvalidInput
from config.theme.pages import page as theme_page
from config.theme.refusals import heard, status_of

A_PAGE = 25


class RulingForm(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("accepted", gettext_lazy("It may go on")),
            ("rejected", gettext_lazy("It stays refused")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The people concerned read it. Quote the words that decide."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def notice(self, jurisdictions: list[str]) -> NewNotice | None:
        """What is recorded with it, where it is political."""
        return None


class PoliticalForm(RulingForm):
    """With what a reviewer records before political content may go on."""

    sponsor = forms.CharField(label=gettext_lazy("Who pays"), max_length=300, required=False)
    controlled_by = forms.CharField(
        label=gettext_lazy("Who stands behind them"),
        help_text=gettext_lazy("Leave it empty if nobody else does."),
        max_length=300,
        required=False,
    )
    election = forms.CharField(
        label=gettext_lazy("Which vote or law it is about"), max_length=300, required=False
    )
    voting_on = forms.DateField(
        label=gettext_lazy("Day of the vote"),
        help_text=gettext_lazy("The first, where it lasts longer. Empty where there is no vote."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    silent_from = forms.DateField(
        label=gettext_lazy("Nothing is published from"),
        help_text=gettext_lazy("Empty: as the law of the campaign's countries has it, said above."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    silent_until = forms.DateField(
        label=gettext_lazy("until, that day included"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    text = forms.CharField(
        label=gettext_lazy("What readers are told"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("decision") == "accepted":
            for name in ("sponsor", "election", "text"):
                if not str(given.get(name) or "").strip():
                    self.add_error(name, _("Record this before you accept what is political."))
        return given

    def notice(self, jurisdictions: list[str]) -> NewNotice | None:
        given = self.cleaned_data
        if given["decision"] != "accepted":
            return None
        return new_notice(jurisdictions, **{name: given[name] for name in NOTICE_FIELDS})


NOTICE_FIELDS = (
    "sponsor", "controlled_by", "election", "voting_on", "text", "silent_from", "silent_until"
)  # fmt: skip


def new_notice(
    jurisdictions: list[str],
    *,
    sponsor: str,
    election: str,
    text: str,
    controlled_by: str = "",
    voting_on: date | None = None,
    silent_from: date | None = None,
    silent_until: date | None = None,
) -> NewNotice:
    """With the days of silence the law foretells, and those the reviewer adds, both included.

    Raises InvalidInput on `silent_until` where one of the two is missing or they are the wrong way
    round.
    """
    days = elections.silences(jurisdictions, voting_on) if voting_on else ()
    if silent_from or silent_until:
        if not (silent_from and silent_until and silent_from <= silent_until):
            raise InvalidInput({"silent_until": [_("Give both days, the first before the last.")]})
        days += (elections.Silence("", silent_from, silent_until, "reviewer"),)
    return NewNotice(
        sponsor=sponsor,
        controlled_by=controlled_by,
        election=election,
        voting_on=voting_on,
        text=text,
        silences=days,
    )


@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """The texts to rule on, and below them the click accounts that wait for a word."""
    clicks = waiting_for_a_word(cast(User, request.user))
    context = {
        "page": Paginator(queries.waiting_for_a_reviewer(), A_PAGE).get_page(
            request.GET.get("page")
        ),
        "clicks": Paginator(clicks, A_PAGE).get_page(request.GET.get("clicks")),
    }
    return render(request, "lifecycle/reviews.html", context)


def review(request: HttpRequest, submission: int) -> HttpResponse:
    found = get_object_or_404(Submission.objects.prefetch_related("appeals__by"), pk=submission)
    if not queries.is_open(submission):
        raise Http404
    campaign = campaign_of(submission)
    kind = PoliticalForm if queries.is_political(submission) else RulingForm
    form = kind(request.POST or None, initial=_proposed(found, campaign))
    if request.method == "POST":
        ruled = heard(form, lambda: rule(found, campaign, cast(User, request.user), form))
        if ruled:
            messages.success(request, _("Your ruling stands, with its reason."))
            return redirect("lifecycle:reviews")
    language = get_language() or "en"
    stands, worse = queries.standing(submission), queries.worse_find(submission)
    findings = _numbered(stands.findings, language, 1)
    context: dict[str, Any] = {
        "submission": found,
        "campaign_title": campaign.title if campaign else "",
        "standing": stands,
        "findings": findings,
        "worse": worse,
        "newer": _numbered(worse.findings, language, len(findings) + 1) if worse else [],
        "duties": _told_of(campaign, language) if kind is PoliticalForm else [],
        "form": form,
    }
    status = status_of(form) if form.errors else 200
    return render(request, "lifecycle/review.html", context, status=status)


def rule(found: Submission, campaign: Campaign | None, by: User, form: RulingForm) -> Any:
    """Record the ruling the form holds."""
    return actions.rule(
        submission_id=found.pk,
        by=by,
        decision=form.cleaned_data["decision"],
        reason=form.cleaned_data["reason"],
        excluded_ids=members_of_campaign(campaign),
        notice=form.notice(campaign.jurisdictions if campaign else []),
    )


@require_safe
def rechecks(request: HttpRequest) -> HttpResponse:
    """How far the newest runs of newer rules have come."""
    runs = queries.progress()
    context = {"runs": runs, "is_under_way": bool(runs) and not runs[0].is_over}
    return theme_page(request, "lifecycle/rechecks.html", context)


@require_POST
def start_recheck(request: HttpRequest) -> HttpResponse:
    run = lifecycle.recheck_open_campaigns(by=cast(User, request.user))
    if run.total and not run.finished_at:
        messages.success(request, _("The newest texts of open campaigns are being checked again."))
    else:
        messages.success(request, _("Everything open has been checked by these rules already."))
    return redirect("lifecycle:rechecks")


def _proposed(found: Submission, campaign: Campaign | None) -> dict[str, Any]:
    """What an earlier version of the campaign had recorded, else the words of the rules' data."""
    if campaign is None:
        return {}
    earlier = PoliticalNotice.objects.filter(submission__in=submissions_of(campaign)).last()
    sponsor = earlier.sponsor if earlier else campaign.brand.name
    election = earlier.election if earlier else ""
    return {
        "sponsor": sponsor,
        "controlled_by": earlier.controlled_by if earlier else "",
        "election": election,
        "voting_on": earlier.voting_on if earlier else None,
        "text": earlier.text
        if earlier
        else elections.notice_text(
            campaign.language, sponsor=sponsor, election="…", campaign=campaign.title
        ),
    }


def _numbered(found: list[dict[str, Any]], language: str, first: int) -> list[dict[str, Any]]:
    """In the reader's language; both lists of a page are counted through, as marks lead to them."""
    return [{**each, "number": nth} for nth, each in enumerate(worded(found, language), first)]


def _told_of(campaign: Campaign | None, language: str) -> list[dict[str, Any]]:
    duties = elections.duties(campaign.jurisdictions if campaign else [])
    return [
        {"duty": each, "limits": each.limits.get(language, each.limits["en"])} for each in duties
    ]
