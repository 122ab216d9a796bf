"""What a page says about one quality check: the words, where it stands, who may appeal."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.briefs import policies
from campaigns.briefs.forms import AppealForm
from campaigns.briefs.paid import paid
from campaigns.briefs.requests import CampaignRequest
from campaigns.quality import actions as quality
from campaigns.quality.models import Submission
from campaigns.quality.queries import standing
from campaigns.quality.wording import reasons, worded
from config.theme.pages import page
from config.theme.refusals import heard, status_of

UNDER_WAY = frozenset({"queued", "running"})


@dataclass(frozen=True)
class Checked:
    """One thing that was handed in, and where it is shown, appealed and written another way."""

    title: str | Promise
    submission: Submission
    here: str
    appeal: str
    back: str
    rewrite: str
    current: str


def check_page(
    asked: CampaignRequest, checked: Checked, form: AppealForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of one check; htmx asks for its fragment again while the check is under way."""
    submission = checked.submission
    stands = standing(submission.pk)
    texts = [str(x) for term in submission.terms for x in term.values() if isinstance(x, str)]
    known = worded(stands.findings, get_language() or "en")
    said, findings = reasons(known, submission.words, *texts)
    takes_part = policies.takes_part(asked.user, asked.campaign, asked.roles)
    context = {
        "campaign": asked.campaign,
        "roles": asked.roles,
        "checked": checked,
        "standing": stands,
        "findings": findings,
        "reasons": said,
        "paid": paid(
            submission.terms, findings, submission.floor_hourly_minor, asked.campaign.currency
        ),
        "under_way": stands.status in UNDER_WAY,
        "is_mine": checked.submission.author_id == asked.user.pk,
        "may_appeal": takes_part and stands.may_be_appealed_by(asked.user.pk),
        "may_retry": stands.status == "failed" and takes_part,
        "form": form or AppealForm(),
    }
    return page(asked, "briefs/check.html", context, status=status)


def appealed(asked: CampaignRequest, checked: Checked) -> HttpResponse:
    """Record the appeal and show the check again. Raises NotAllowed."""
    policies.check_takes_part(asked.user, asked.campaign, asked.roles)
    form = AppealForm(asked.POST)
    made = heard(
        form,
        lambda: quality.appeal(
            submission_id=checked.submission.pk, by=asked.user, reason=form.cleaned_data["reason"]
        ),
    )
    if not made:
        return check_page(asked, checked, form, status=status_of(form))
    messages.success(asked, _("A person will read it. Until then nothing changes."))
    return redirect(checked.here)
