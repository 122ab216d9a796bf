"""The posts of a campaign: what is still to publish, and what readers are told in what is out."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from campaigns.agreements import actions, policies, queries
from campaigns.agreements.errors import FOUND_BUT_REFUSED
from campaigns.agreements.forms import FeedForm, PublicationForm
from campaigns.agreements.models import Deliverable, Fulfilment
from campaigns.briefs.requests import CampaignRequest
from campaigns.briefs.states import Stage
from campaigns.quality.queries import Standing, standings
from config.identity.models import User
from config.identity.permissions import Role
from config.theme.refusals import heard
from disclosures.models import Feed
from disclosures.queries import PublicationState, newest_state_of, state_of
from disclosures.reasons import sentence

A_PAGE = 25  # rows of the board


@dataclass(frozen=True)
class Post:
    """A piece of agreed work, what readers are told in it, and what the quality check says.

    may_act: whether the reader speaks for one of its two sides.
    """

    deliverable: Deliverable
    state: PublicationState | None
    standing: Standing | None
    look_again_url: str
    may_act: bool

    @property
    def verdict(self) -> str | None:
        return self.state.conformity if self.state else None

    @property
    def url(self) -> str:
        campaign = self.deliverable.agreement.campaign
        return reverse("agreements:publication", args=[campaign.public_id, self.deliverable.pk])

    @property
    def form(self) -> PublicationForm:
        """An empty form of its own, so that ten on a page share no ids."""
        return PublicationForm(auto_id=f"id_{self.deliverable.pk}_%s")

    @property
    def feed_form(self) -> FeedForm:
        return FeedForm(auto_id=f"id_{self.deliverable.pk}_%s")

    @property
    def feed(self) -> Feed | None:
        """The feed in which the work is waited for."""
        watch = getattr(self.deliverable, "feed_watch", None)
        return watch.feed if watch else None

    @property
    def feed_fault(self) -> str:
        """Why the feed could not be read the last time, or what it found was refused."""
        reason = self.feed.reason if self.feed else ""
        refused = FOUND_BUT_REFUSED.get(reason)
        return str(refused) if refused else sentence(reason) if reason else ""

    @property
    def label(self) -> str:
        return f"{self.deliverable.agreement.participant.influencer.name}: {self.deliverable.title}"


@dataclass(frozen=True)
class Row:
    """A line of the board."""

    fulfilment: Fulfilment
    state: PublicationState

    @property
    def url(self) -> str:
        work = self.fulfilment.deliverable
        return reverse("agreements:publication", args=[work.agreement.campaign.public_id, work.pk])

    @property
    def label(self) -> str:
        work = self.fulfilment.deliverable
        return f"{work.agreement.participant.influencer.name}: {work.title}"


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Every post of all campaigns the person belongs to."""
    found = queries.publications_of(cast(User, request.user))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    states = newest_state_of([fulfilment.publication_id for fulfilment in page])
    rows = [Row(each, states[each.publication_id]) for each in page]
    return render(request, "agreements/board.html", {"page": page, "rows": rows})


@require_GET
def publications(request: HttpRequest, campaign: str) -> HttpResponse:
    return _page(cast(CampaignRequest, request), PublicationForm(), None)


@require_POST
def register(request: HttpRequest, campaign: str, deliverable: int) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    found = get_object_or_404(queries.deliverables_of(asked.campaign), pk=deliverable)
    form = PublicationForm(request.POST)
    if not _registered(asked, found, form):
        return _page(asked, form, deliverable, status=422)
    messages.success(request, _("The post is registered. Its page is being read now."))
    return redirect("agreements:publications", campaign=campaign)


@require_POST
def watch_feed(request: HttpRequest, campaign: str, deliverable: int) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    found = get_object_or_404(queries.deliverables_of(asked.campaign), pk=deliverable)
    policies.side_of(asked.user, found.agreement)
    form = FeedForm(request.POST)
    watched = heard(
        form,
        lambda: actions.watch_feed(
            deliverable_id=found.pk, by=asked.user, url=form.cleaned_data["feed"]
        ),
    )
    if watched is None:
        return _page(asked, PublicationForm(), None, feed=(deliverable, form), status=422)
    messages.success(request, _("The feed is read every hour. The post registers itself."))
    return redirect("agreements:publications", campaign=campaign)


@require_POST
def look_again(request: HttpRequest, campaign: str, deliverable: int) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    found = get_object_or_404(
        queries.deliverables_of(asked.campaign).filter(fulfilment__isnull=False), pk=deliverable
    )
    actions.look_again(deliverable_id=found.pk, by=asked.user)
    messages.success(request, _("The page is being read again. Reload in a moment."))
    return redirect("agreements:publications", campaign=campaign)


def _registered(request: CampaignRequest, found: Deliverable, form: PublicationForm) -> bool:
    registered = heard(
        form,
        lambda: actions.register_publication(
            deliverable_id=found.pk,
            by=request.user,
            url=form.cleaned_data["url"],
            platform=form.cleaned_data["platform"],
            published_on=form.cleaned_data["published_on"],
        ),
    )
    return registered is not None


def _page(
    request: CampaignRequest,
    form: PublicationForm,
    opened: int | None,
    *,
    feed: tuple[int, FeedForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """opened, feed: the piece of work whose form was sent and is shown again with its errors."""
    posts = posts_of(request)
    mine = bool(request.roles & {Role.AGENCY, Role.BRAND})
    missing = [p for p in posts if not p.state and (p.may_act or mine)]
    context: dict[str, Any] = {
        "campaign": request.campaign,
        "posts": [post for post in posts if post.state],
        "missing": missing,
        "is_live": request.campaign.stage in {Stage.LIVE, Stage.CLOSING},
        "form": form,
        "opened": opened,
        "feed_opened": feed[0] if feed else None,
        "feed_form": feed[1] if feed else None,
    }
    return render(request, "agreements/publications.html", context, status=status)


def posts_of(request: CampaignRequest) -> list[Post]:
    """Every piece of agreed work of the campaign, in seven queries."""
    work = list(
        queries.deliverables_of(request.campaign).prefetch_related("fulfilment__post_checks")
    )
    out = [each.fulfilment for each in work if hasattr(each, "fulfilment")]
    states = state_of([fulfilment.publication_id for fulfilment in out])
    is_payer = policies.is_payer(request.user, request.campaign)
    checks = {each.pk: _newest_check(each) for each in out}
    known = standings([submission for submission in checks.values() if submission])
    return [
        Post(
            deliverable=each,
            state=states[each.fulfilment.publication_id] if hasattr(each, "fulfilment") else None,
            standing=known.get(checks.get(each.fulfilment.pk) or 0)
            if hasattr(each, "fulfilment")
            else None,
            look_again_url=_look_again(request, each) if is_payer or _is_own(request, each) else "",
            may_act=is_payer or _is_own(request, each),
        )
        for each in work
    ]


def _is_own(request: CampaignRequest, work: Deliverable) -> bool:
    return work.agreement.participant.influencer.user_id == request.user.pk


def _look_again(request: CampaignRequest, work: Deliverable) -> str:
    return reverse("agreements:look_again", args=[request.campaign.public_id, work.pk])


def _newest_check(fulfilment: Fulfilment) -> int | None:
    checks = list(fulfilment.post_checks.all())
    return checks[-1].submission_id if checks else None
