"""An agency's people, and the influencer's own page."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.identity.models import User
from influencers import actions, queries
from influencers.forms import AddPersonForm, ChannelForm, ProfileForm, SearchForm
from influencers.models import Influencer

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
    return render(request, "influencers/person.html", {"influencer": influencer})


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
