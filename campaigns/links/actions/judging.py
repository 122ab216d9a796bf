"""Queue the judging of a campaign's clicks, run it once, record what it found.

The same shape as the quality check's: a row first, Celery told on commit, a sweep that rings again,
and an end that is recorded once, whoever runs the task how often.
"""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from campaigns.agreements.models import PostCheck
from campaigns.briefs.models import Campaign, Material
from campaigns.briefs.policies import check_agency
from campaigns.briefs.states import Stage
from campaigns.links import judging as engine_room
from campaigns.links import queries
from campaigns.links.models import Click, CreatorAccount, Judging, LinkAccount
from campaigns.links.states import JudgingStatus
from campaigns.quality.states import Kind
from config.identity.models import User
from config.kernel import events

MOST_ATTEMPTS = 3
LOST_AFTER = timedelta(seconds=15)  # queued this long: the bell was not heard
DEAD_AFTER = timedelta(seconds=150)  # running this long: past the task's own time limit
SETTLED_AFTER = timedelta(seconds=5)  # a click is stored well within this of its moment
EVERY = {Stage.LIVE: timedelta(hours=1), Stage.CLOSING: timedelta(minutes=10)}
LONG_AGO = Value(datetime(1970, 1, 1, tzinfo=UTC), output_field=DateTimeField())


@transaction.atomic
def queue_judging(
    *, campaign_id: int, by: User | None = None, submission_id: int | None = None
) -> Judging:
    """Ask that a campaign's clicks be judged; while one judging waits already, it is that one.

    submission_id: judge clicks handed in as material instead. by: None for the installation.
    Raises NotAllowed.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    if by:
        check_agency(by, campaign)
    asked = campaign.judgings.filter(submission=submission_id)
    if waiting := asked.filter(status=JudgingStatus.QUEUED).first():
        return waiting
    judging = Judging.objects.create(
        campaign=campaign, submission_id=submission_id, queued_at=timezone.now()
    )
    events.record("links.judging_queued", subject=judging, by=by, judging=judging.pk)
    return judging


def queue_due_judgings() -> int:
    """Queue every running campaign that had clicks since its last judging; returns how many.

    At most once an hour, every ten minutes while the campaign closes.
    """
    due = list(_due().values_list("pk", flat=True))
    for campaign_id in due:
        queue_judging(campaign_id=campaign_id)
    return len(due)


def queue_material(*, submission_id: int) -> Judging | None:
    """Queue the judging of clicks handed in; None where the submission is something else."""
    material = Material.objects.filter(
        submission=submission_id, submission__kind=Kind.CLICKS
    ).first()
    if material is None:
        return None
    return queue_judging(campaign_id=material.campaign_id, submission_id=submission_id)


def queue_after_check(*, submission_id: int) -> list[Judging]:
    """A post's words were decided on: judge again where that changes which clicks it asked for."""
    published = PostCheck.objects.filter(submission=submission_id)
    live = published.values_list("fulfilment__deliverable__agreement__campaign_id", flat=True)
    handed_in = Material.objects.filter(submission=submission_id)
    drafts = handed_in.values_list("campaign_id", flat=True)
    stale = [each for each in queries.newest_of([*live, *drafts]) if _is_stale(each)]
    return [
        queue_judging(campaign_id=each.campaign_id, submission_id=each.submission_id)
        for each in stale
    ]


def lost_judgings() -> list[int]:
    """Judgings whose bell was not heard, and those whose worker died: given back to the queue."""
    now = timezone.now()
    with transaction.atomic():
        dead = Judging.objects.select_for_update(skip_locked=True).filter(
            status=JudgingStatus.RUNNING, started_at__lt=now - DEAD_AFTER
        )
        for judging in dead:
            _queue_or_fail(judging, "the worker stopped while it ran")
    unheard = Material.objects.filter(
        submission__kind=Kind.CLICKS,
        submission__judgings__isnull=True,
        handed_in_at__lt=now - LOST_AFTER,
    )
    for submission_id in unheard.values_list("submission_id", flat=True)[:1000]:
        queue_material(submission_id=submission_id)
    lost = Judging.objects.filter(status=JudgingStatus.QUEUED, queued_at__lt=now - LOST_AFTER)
    return list(lost.order_by("pk").values_list("pk", flat=True)[:1000])


def run_judging(*, judging_id: int) -> Judging:
    """Judge and record what was found. Run twice, it is done once.

    The judging itself holds no lock and no transaction. What breaks is recorded as a failure
    after MOST_ATTEMPTS and left to crash, so that it is seen.
    """
    judging = _start(judging_id)
    if judging is None:
        return Judging.objects.get(pk=judging_id)
    with ExitStack() as broken:
        broken.push(partial(_give_back, judging_id))
        found = engine_room.judge(judging, timezone.now() - SETTLED_AFTER)
        broken.pop_all()
    return _finish(judging_id, found)


@transaction.atomic
def _start(judging_id: int) -> Judging | None:
    judging = Judging.objects.select_for_update(of=("self",)).get(pk=judging_id)
    if judging.status != JudgingStatus.QUEUED:
        return None
    judging.move_to(JudgingStatus.RUNNING)
    judging.started_at = timezone.now()
    judging.attempts += 1
    judging.save(update_fields=["status", "started_at", "attempts"])
    return judging


@transaction.atomic
def _finish(judging_id: int, found: engine_room.Figures) -> Judging:
    judging = Judging.objects.select_for_update(of=("self",)).get(pk=judging_id)
    if judging.status != JudgingStatus.RUNNING:
        return judging  # another worker took it over and has finished
    _write_accounts(judging, found)
    judging.move_to(JudgingStatus.FINISHED)
    judging.rule_set, judging.sources = found.rule_set, found.sources
    judging.digest, judging.until = found.digest, found.until
    judging.finished_at = timezone.now()
    judging.save(update_fields=["status", "rule_set", "sources", "digest", "until", "finished_at"])
    events.record("links.judged", subject=judging, by=None, judging=judging.pk, digest=found.digest)
    return judging


def _write_accounts(judging: Judging, found: engine_room.Figures) -> None:
    kept = judging.submission_id is None  # else links and people are words of who handed them in
    creators = {
        key: CreatorAccount(
            judging=judging,
            participant_id=int(key) if kept else None,
            name="" if kept else key[:100],
            verdict=each.verdict,
            evidence=each.evidence,
            raw=each.raw,
            unique=each.unique,
            counted=each.counted,
            excluded=each.excluded,
        )
        for key, each in found.creators.items()
    }
    CreatorAccount.objects.bulk_create(creators.values())
    LinkAccount.objects.bulk_create(
        LinkAccount(
            judging=judging,
            creator=creators[each.creator],
            link_id=int(each.link) if kept else None,
            name="" if kept else each.link[:100],
            days=each.tally.days,
            raw=each.tally.raw,
            unique=each.tally.unique,
            counted=each.tally.counted,
            excluded=each.tally.excluded,
        )
        for each in found.links
    )


@transaction.atomic
def _give_back(judging_id: int, kind: type[BaseException] | None, *_: object) -> None:
    """Another try, or the end; what broke goes on to crash the task, so that it is seen."""
    judging = Judging.objects.select_for_update(of=("self",)).get(pk=judging_id)
    if judging.status == JudgingStatus.RUNNING:
        _queue_or_fail(judging, kind.__name__ if kind else "")


def _queue_or_fail(judging: Judging, why: str) -> None:
    """Under the caller's lock: another try, or the end where a newer one waits anyway."""
    newer = Judging.objects.filter(
        campaign=judging.campaign_id,
        submission=judging.submission_id,
        status=JudgingStatus.QUEUED,
    )
    if judging.attempts < MOST_ATTEMPTS and not newer.exists():
        judging.move_to(JudgingStatus.QUEUED)
        judging.queued_at = timezone.now()
    else:
        judging.move_to(JudgingStatus.FAILED)
        judging.failure, judging.finished_at = why[:200], timezone.now()
    judging.save(update_fields=["status", "queued_at", "failure", "finished_at"])


def _due() -> QuerySet[Campaign]:
    now = timezone.now()
    own = Judging.objects.filter(campaign=OuterRef("pk"), submission__isnull=True)
    done = own.filter(status=JudgingStatus.FINISHED).order_by("-pk").values("until")
    soon = Q()
    for stage, pause in EVERY.items():
        soon |= Q(stage=stage, asked__lt=now - pause)
    clicks = Click.objects.filter(
        link__publication__fulfilment__deliverable__agreement__campaign=OuterRef("pk"),
        at__gt=OuterRef("seen"),
    )
    return (
        Campaign.objects.filter(stage__in=list(EVERY))
        .annotate(
            asked=Coalesce(Subquery(own.order_by("-pk").values("queued_at")[:1]), LONG_AGO),
            seen=Coalesce(Subquery(done[:1]), LONG_AGO),
        )
        .filter(soon)
        .filter(Exists(clicks))
        .order_by("pk")
    )


def _is_stale(judging: Judging) -> bool:
    """Whether the engine would be told something else of the links today."""
    return bool(engine_room.sources_of(judging) != judging.sources)
