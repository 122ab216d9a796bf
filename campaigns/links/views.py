"""The redirect readers follow, and the page of a campaign's links."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaigns.agreements.models import Fulfilment
from campaigns.briefs.requests import CampaignRequest
from campaigns.links import accounts, actions, queries
from campaigns.links.forms import LinkForm
from campaigns.links.models import LinkAccount, TrackedLink
from campaigns.links.values import Clicks, is_prefetch
from config.identity.visitors import address_of


@dataclass(frozen=True)
class Row:
    """A post with its link, or with the form that makes one.

    clicks: all there are now; judged: what the newest judging counted of them.
    """

    post: Fulfilment
    link: TrackedLink | None
    url: str
    clicks: Clicks
    judged: LinkAccount | None
    form: LinkForm


@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """On to where the link leads. A look ahead, or a HEAD, is no click."""
    link = queries.link_at(code)
    if request.method == "GET" and not is_prefetch(request.headers):
        actions.record_click(
            link_id=link.pk,
            at=timezone.now(),
            address=address_of(request),
            user_agent=request.headers.get("User-Agent", ""),
            referer=request.headers.get("Referer", ""),
            accept_language=request.headers.get("Accept-Language", ""),
        )
    answer = HttpResponseRedirect(link.target_url)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def links(request: CampaignRequest, campaign: str) -> HttpResponse:
    return _page(request)


@require_POST
def make(request: CampaignRequest, campaign: str, publication: str) -> HttpResponse:
    post = queries.post_for(request.campaign, request.user, request.roles, publication)
    form = LinkForm(request.POST, auto_id=f"id_{publication}_%s")
    if not form.is_valid():
        return _page(request, wrong={post.publication_id: form}, status=422)
    actions.make_link(publication_id=post.publication_id, by=request.user, **form.cleaned_data)
    return redirect("links:all", campaign=campaign)


def address(link: TrackedLink) -> str:
    """What is copied into the post."""
    return settings.SITE_URL + reverse("links:follow", args=[link.code])


def _page(
    request: CampaignRequest, wrong: dict[int, LinkForm] | None = None, status: int = 200
) -> HttpResponse:
    posts = list(queries.posts_of(request.campaign, request.user, request.roles))
    ids = [post.publication_id for post in posts]
    made, clicks = queries.links_of(ids), queries.count(ids)
    judged = accounts.of_links(request.campaign, made.values())
    rows = [
        Row(
            post=post,
            link=link,
            url=address(link) if link else "",
            clicks=clicks.get(post.publication_id, Clicks()),
            judged=judged.get(link.pk) if link else None,
            form=(wrong or {}).get(post.publication_id) or _form(post),
        )
        for post in posts
        for link in [made.get(post.publication_id)]
    ]
    context = {"campaign": request.campaign, "rows": rows}
    return render(request, "links/links.html", context, status=status)


def _form(post: Fulfilment) -> LinkForm:
    return LinkForm(auto_id=f"id_{post.publication.public_id}_%s")
