"""An agency's people, and the influencer's own page."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.identity.models import User
from influencers import actions, queries
from influencers.course import Marked, course_of
from influencers.forms import (
    AddPersonForm,
    ChannelForm,
    DaysForm,
    ExplainForm,
    ProfileForm,
    SearchForm,
)
from influencers.models import Channel, Influencer

A_PAGE = 25


class Signed(HttpRequest):
    user: User


@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: Signed) -> HttpResponse:
    """Whom this agency knows, and the form that adds one more."""
    if request.method != "POST":
        return _roster(request, AddPersonForm(initial={"language": request.user.language}))
    form = AddPersonForm(request.POST)
    if not form.is_valid():
        return _roster(request, form, status=422)
    influencer = actions.add_influencer(by=request.user, **form.person())
    messages.success(request, _("%(name)s is on your list.") % {"name": influencer.name})
    return redirect("influencers:person", public_id=influencer.public_id)


@require_safe
def person(request: Signed, public_id: str) -> HttpResponse:
    influencer = queries.person_for(request.user, public_id)
    courses = [
        (channel, course)
        for channel in influencer.channels.all()
        if (course := course_of(queries.days_of(channel)))
    ]
    context = {"influencer": influencer, "courses": courses}
    return render(request, "influencers/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: Signed) -> HttpResponse:
    """How I write, what I refuse, the least I ask."""
    influencer = queries.own_profile(request.user)
    if request.method != "POST":
        return _mine(request, influencer)
    form = ProfileForm(request.POST, currency=influencer.currency)
    if not form.is_valid():
        return _mine(request, influencer, profile=form, status=422)
    actions.save_profile(influencer_id=influencer.pk, by=request.user, **form.cleaned_data)
    messages.success(request, _("Saved. Agencies that know you read this."))
    return redirect("influencers:mine")


@require_POST
def add_channel(request: Signed) -> HttpResponse:
    influencer = queries.own_profile(request.user)
    form = ChannelForm(request.POST, owner=influencer)
    if not form.is_valid():
        return _mine(request, influencer, channel=form, status=422)
    actions.add_channel(influencer_id=influencer.pk, channel=form.channel(), by=request.user)
    messages.success(request, _("The channel is on your page."))
    return redirect("influencers:mine")


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: Signed, channel: int) -> HttpResponse:
    """What one of my channels shows day by day, and the form that adds days."""
    found = queries.own_channel(request.user, channel)
    if request.method != "POST":
        return _figures(request, found, DaysForm())
    form = DaysForm(request.POST)
    if not form.is_valid():
        return _figures(request, found, form, status=422)
    number = actions.show_days(channel_id=found.pk, days=form.cleaned_data["days"], by=request.user)
    messages.success(
        request,
        ngettext("%(number)s day was written down.", "%(number)s days were written down.", number)
        % {"number": number},
    )
    return redirect("influencers:figures", channel=found.pk)


@require_POST
def explain(request: Signed, channel: int) -> HttpResponse:
    """What happened on a day, in my words."""
    found = queries.own_channel(request.user, channel)
    form = ExplainForm(request.POST)
    if not form.is_valid():
        return _figures(request, found, DaysForm(), told=form, status=422)
    given = form.cleaned_data
    actions.explain_day(
        channel_id=found.pk, day=given["day"], words=given["event"], by=request.user
    )
    messages.success(request, _("Your words stand beside the figures now."))
    return redirect("influencers:figures", channel=found.pk)


def _figures(
    request: Signed,
    channel: Channel,
    form: DaysForm,
    *,
    told: ExplainForm | None = None,
    status: int = 200,
) -> HttpResponse:
    course = course_of(queries.days_of(channel))
    to_explain = [
        (change, _explaining(change, told)) for change in (course.changes if course else [])
    ]
    context = {"channel": channel, "course": course, "form": form, "to_explain": to_explain}
    return render(request, "influencers/figures.html", context, status=status)


def _explaining(change: Marked, told: ExplainForm | None) -> ExplainForm:
    """The form of one change: the one that was sent, where it is that one."""
    auto_id = f"id_{change.number}_%s"
    if told is not None and told.data.get("day") == change.day.isoformat():
        told.auto_id = auto_id
        return told
    return ExplainForm(initial={"day": change.day, "event": change.event}, auto_id=auto_id)


def _roster(request: Signed, form: AddPersonForm, status: int = 200) -> HttpResponse:
    search = SearchForm(request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    people = Paginator(queries.roster_of(request.user, words), A_PAGE)
    context = {
        "form": form,
        "search": search,
        "words": words,
        "people": people.get_page(request.GET.get("page")),
    }
    return render(request, "influencers/roster.html", context, status=status)


def _mine(
    request: Signed,
    influencer: Influencer,
    *,
    profile: ProfileForm | None = None,
    channel: ChannelForm | None = None,
    status: int = 200,
) -> HttpResponse:
    said = {
        name: getattr(influencer, name) for name in ("name", "voice", "refuses", "least_fee_minor")
    }
    context = {
        "influencer": influencer,
        "profile": profile or ProfileForm(initial=said, currency=influencer.currency),
        "channel": channel
        or ChannelForm(owner=influencer, initial={"channel_language": request.user.language}),
    }
    return render(request, "influencers/mine.html", context, status=status)
