"""One post of a campaign: what its page said at each look, and what changed between two."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from campaigns.agreements import actions, policies, queries
from campaigns.agreements.errors import NotAParty
from campaigns.agreements.forms import AttestationForm
from campaigns.agreements.models import Deliverable
from campaigns.briefs.requests import CampaignRequest
from config.theme.refusals import heard
from disclosures import evidence
from disclosures.queries import state_of


@require_GET
def publication(request: HttpRequest, campaign: str, deliverable: int) -> HttpResponse:
    """The post as it was read last, or at the look whose snapshot is asked for."""
    asked = cast(CampaignRequest, request)
    work = published(asked, deliverable)
    post = work.fulfilment.publication
    snapshot = _number(request, "snapshot")
    reading = evidence.reading_of(post, snapshot)
    if snapshot is not None and reading is None:
        raise Http404
    context: dict[str, Any] = {
        "campaign": asked.campaign,
        "work": work,
        "state": state_of([post.pk])[post.pk],
        "reading": reading,
        "attested": evidence.attested_of(post, len(reading.verdicts) + 1 if reading else 1),
        "is_newest": snapshot is None,
        "page_url": reverse("agreements:publication", args=[campaign, deliverable]),
        "compare_url": reverse("agreements:compare", args=[campaign, deliverable]),
        "may_act": may_act(asked, work),
    }
    return render(request, "agreements/publication.html", context)


@require_GET
def compare(request: HttpRequest, campaign: str, deliverable: int) -> HttpResponse:
    """Two snapshots side by side; with fewer than two chosen, back to the post."""
    asked = cast(CampaignRequest, request)
    work = published(asked, deliverable)
    one, other = _number(request, "one"), _number(request, "other")
    if one is None or other is None:
        return redirect("agreements:publication", campaign=campaign, deliverable=deliverable)
    comparison = evidence.compare(work.fulfilment.publication, one, other)
    if comparison is None:
        raise Http404
    context = {"campaign": asked.campaign, "work": work, "comparison": comparison}
    return render(request, "agreements/compare.html", context)


def attest(request: HttpRequest, campaign: str, deliverable: int) -> HttpResponse:
    """A person of either side copies the post's words and hands in a picture of it."""
    asked = cast(CampaignRequest, request)
    work = published(asked, deliverable)
    if not may_act(asked, work):
        raise NotAParty
    form = AttestationForm(initial={"seen_on": timezone.localdate()})
    if request.method == "POST":
        form = AttestationForm(request.POST, request.FILES)
        if _attested(asked, work, form):
            messages.success(request, _("What you saw is kept, with its picture and its verdict."))
            return redirect("agreements:publication", campaign=campaign, deliverable=deliverable)
    context = {"campaign": asked.campaign, "work": work, "form": form}
    status = 422 if form.errors else 200
    return render(request, "agreements/attest.html", context, status=status)


@require_GET
def picture(
    request: HttpRequest, campaign: str, deliverable: int, attestation: int
) -> HttpResponse:
    """The picture as it was handed in, for download only: a browser never draws it on our site."""
    asked = cast(CampaignRequest, request)
    work = published(asked, deliverable)
    content = evidence.picture_of(work.fulfilment.publication, attestation)
    if content is None:
        raise Http404
    ending = content.media_type.partition("/")[2]
    name = f"post-{work.pk}-{content.pk}.{ending}"
    return _download(bytes(content.picture), content.media_type, name)


@require_GET
def archive(request: HttpRequest, campaign: str, deliverable: int, snapshot: int) -> HttpResponse:
    """All a site sent for one snapshot, as a WARC file."""
    asked = cast(CampaignRequest, request)
    work = published(asked, deliverable)
    found = evidence.archive_of(work.fulfilment.publication, snapshot)
    if found is None:
        raise Http404
    return _download(found, "application/warc", f"post-{work.pk}-{snapshot}.warc.gz")


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    """What others wrote, to be kept and not to be drawn on our site."""
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _attested(request: CampaignRequest, work: Deliverable, form: AttestationForm) -> bool:
    look = heard(
        form,
        lambda: actions.attest_post(deliverable_id=work.pk, by=request.user, **form.cleaned_data),
    )
    return look is not None


def published(request: CampaignRequest, deliverable: int) -> Deliverable:
    """The piece of work, if its post is registered. Raises Http404."""
    out = queries.deliverables_of(request.campaign).filter(fulfilment__isnull=False)
    return get_object_or_404(out, pk=deliverable)


def may_act(request: CampaignRequest, work: Deliverable) -> bool:
    """Whether the reader speaks for one of the post's two sides."""
    is_own = work.agreement.participant.influencer.user_id == request.user.pk
    return is_own or policies.is_payer(request.user, request.campaign)


def _number(request: HttpRequest, name: str) -> int | None:
    """A row's number in the query; None where there is none. Raises Http404."""
    given = request.GET.get(name)
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise Http404
    return int(given)
