"""Say what went wrong, answer it, reply, publish the report, share it."""

from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from campaigns.briefs.models import Campaign
from campaigns.briefs.policies import check_payer, check_stage
from campaigns.links.actions import queue_judging
from campaigns.reports import policies, queries, report, signing, tokens
from campaigns.reports.errors import (
    AlreadyAnswered,
    IncidentsUnanswered,
    LessonsMissing,
    NothingPublished,
    RepliesMissing,
)
from campaigns.reports.models import (
    MOST_WORDS,
    CreatorReply,
    Incident,
    Lesson,
    ReportVersion,
    ShareLink,
)
from campaigns.reports.states import REPORTING, IncidentKind
from config.identity.models import User
from config.kernel import events
from config.kernel.errors import InvalidInput


@transaction.atomic
def raise_incident(*, campaign_id: int, by: User, kind: str, text: str) -> Incident:
    """Record that something went wrong; the same words by the same person are one incident.

    kind: a value of states.IncidentKind. Raises NotAllowed, NotInThisStage, InvalidInput.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    policies.check_may_report(by, campaign)
    words = _words("text", text)
    known = campaign.incidents.filter(raised_by=by, kind=kind, text=words).first()
    if known:
        return known
    check_stage(campaign, REPORTING)
    if kind not in IncidentKind.values:
        raise InvalidInput({"kind": [_("Choose what kind of thing happened.")]})
    incident = Incident.objects.create(
        campaign=campaign, kind=kind, text=words, raised_by=by, raised_at=timezone.now()
    )
    events.record(
        "reports.incident_raised",
        subject=campaign,
        by=by,
        incident=incident.pk,
        incident_kind=kind,
    )
    return incident


@transaction.atomic
def answer_incident(*, incident_id: int, by: User, answer: str) -> Incident:
    """Record what agency or brand answered, once; the same answer again changes nothing.

    Raises NotAllowed, NotInThisStage, AlreadyAnswered, InvalidInput.
    """
    campaign_id = Incident.objects.values_list("campaign_id", flat=True).get(pk=incident_id)
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    incident = Incident.objects.get(pk=incident_id)
    check_payer(by, campaign)
    words = _words("answer", answer)
    if incident.is_answered:
        if incident.answer == words:
            return incident
        raise AlreadyAnswered
    check_stage(campaign, REPORTING)
    incident.answer = words
    incident.answered_by = by
    incident.answered_at = timezone.now()
    incident.save(update_fields=["answer", "answered_by", "answered_at"])
    events.record("reports.incident_answered", subject=campaign, by=by, incident=incident.pk)
    return incident


@transaction.atomic
def write_lessons(*, campaign_id: int, by: User, text: str) -> Lesson:
    """Write the next version of "what went wrong"; the same words again are that version.

    Raises NotAllowed, NotInThisStage, InvalidInput.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    check_payer(by, campaign)
    words = _words("text", text)
    newest = campaign.lessons.last()
    if newest and newest.text == words:
        return newest
    check_stage(campaign, REPORTING)
    lesson = Lesson.objects.create(
        campaign=campaign,
        number=newest.number + 1 if newest else 1,
        text=words,
        written_by=by,
        at=timezone.now(),
    )
    events.record("reports.lessons_written", subject=campaign, by=by, number=lesson.number)
    return lesson


@transaction.atomic
def reply(*, campaign_id: int, by: User, text: str = "", waive: bool = False) -> CreatorReply:
    """Record a creator's words for the report, or that they waive them; the newest counts.

    Either words or a waiver, not both. Saying the same again changes nothing.
    Raises NotAParticipant, NotInThisStage, InvalidInput.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    participant = policies.check_may_reply(by, campaign)
    words = "" if waive and not text.strip() else _words("text", text)
    if waive and words:
        raise InvalidInput({"text": [_("Reply or waive the reply, one of the two.")]})
    newest = campaign.replies.filter(participant=participant).last()
    if newest and (newest.text, newest.waived) == (words, waive):
        return newest
    check_stage(campaign, REPORTING)
    said = CreatorReply.objects.create(
        campaign=campaign, participant=participant, text=words, waived=waive, at=timezone.now()
    )
    events.record(
        "reports.replied",
        subject=campaign,
        by=by,
        participant=participant.pk,
        reply=said.pk,
        waived=waive,
    )
    return said


@transaction.atomic
def publish(*, campaign_id: int, by: User) -> ReportVersion:
    """Seal the report as it stands in a new signed version.

    Where nothing was said or measured differently since the last version, that one is returned.
    A new version has its links judged once more, so that the current report counts every click up
    to this day; where that changes a figure, the next version says so.
    Raises NotAllowed, NotInThisStage, LessonsMissing, IncidentsUnanswered, RepliesMissing.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    check_payer(by, campaign)
    check_stage(campaign, REPORTING)
    _check_complete(campaign)
    newest = campaign.report_versions.last()
    with translation.override(campaign.language):  # one document, whoever presses the button
        body = queries.report_of(campaign)
    if newest and report.substance(newest.body) == report.substance(body):
        return newest
    number = newest.number + 1 if newest else 1
    version = _seal(campaign, {**body, "version": f"v{number}"}, number, by)
    events.record(
        "reports.published", subject=campaign, by=by, number=number, digest=version.digest
    )
    queue_judging(campaign_id=campaign.pk)
    return version


@transaction.atomic
def share(*, campaign_id: int, by: User, token: str = "") -> str:
    """Make an address that shows the published report; returns its token, readable only now.

    token: from `tokens`, so that a form sent twice makes one link; empty makes a new one.
    Raises NotAllowed, NothingPublished.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    check_payer(by, campaign)
    token = token or tokens.new_token()
    digest = tokens.digest_of(token)
    if campaign.share_links.filter(digest=digest).exists():
        return token
    if not campaign.report_versions.exists():
        raise NothingPublished
    link = ShareLink.objects.create(
        campaign=campaign,
        digest=digest,
        language=campaign.language,
        created_by=by,
        created_at=timezone.now(),
    )
    events.record("reports.shared", subject=campaign, by=by, link=link.pk)
    return token


@transaction.atomic
def revoke(*, link_id: int, by: User) -> ShareLink:
    """The address shows nothing any more. Twice is once. Raises NotAllowed."""
    campaign_id = ShareLink.objects.values_list("campaign_id", flat=True).get(pk=link_id)
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    link = ShareLink.objects.get(pk=link_id)
    check_payer(by, campaign)
    if link.revoked_at:
        return link
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])
    events.record("reports.share_revoked", subject=campaign, by=by, link=link.pk)
    return link


def _check_complete(campaign: Campaign) -> None:
    state = queries.closing_state(campaign)
    if not state.has_lessons:
        raise LessonsMissing
    if state.unanswered_incidents:
        raise IncidentsUnanswered(incidents=state.unanswered_incidents)
    if state.without_reply:
        raise RepliesMissing(names=", ".join(state.without_reply))


def _seal(campaign: Campaign, body: dict[str, Any], number: int, by: User) -> ReportVersion:
    digest = signing.digest_of(body)
    return ReportVersion.objects.create(
        campaign=campaign,
        number=number,
        body=body,
        digest=digest,
        signature=signing.sign(digest),
        published_by=by,
        at=timezone.now(),
    )


def _words(field: str, text: str) -> str:
    """The text without the blanks around it. Raises InvalidInput when it says nothing."""
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise InvalidInput({field: [_("Write at least one sentence.")]})
    if len(words) > MOST_WORDS:
        raise InvalidInput({field: [_("Keep it under five thousand characters.")]})
    if "\x00" in words:
        raise InvalidInput({field: [_("This text holds a character that can't be kept.")]})
    return words
