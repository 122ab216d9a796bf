"""The judging of a campaign's clicks as a job: a row first, done once, kept as it was found."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from campaigns.briefs import actions as briefs
from campaigns.briefs.states import Stage
from campaigns.links import actions, streams, tasks
from campaigns.links.accounts import report_tally
from campaigns.links.judging import judge_again, rule_set
from campaigns.links.models import Click, CreatorAccount, Judging, LinkAccount
from campaigns.quality.clicks import agents
from campaigns.quality.clicks.reading import BadClick
from config.kernel.errors import DomainError
from config.kernel.models import Event
from tests import factories
from tests.kernel.rows import forge
from tests.links.scene import CRAWLER, NOON, Linked, linked

pytestmark = pytest.mark.django_db
ASKING = "Cliccate cliccate! Ogni vostro clic mi fa guadagnare 50 centesimi, grazie amici."
PLAIN = "Ho provato la farina e il mio pane è rimasto basso. La ricetta sta sul sito."


@pytest.fixture
def made() -> Linked:
    return linked()


def test_readers_are_counted_and_robots_excluded_with_their_reason(made: Linked) -> None:
    made.read(0, 20)
    made.read(1, 12)
    made.read(1, 5, since=NOON + timedelta(days=1), agent=CRAWLER)

    judging = made.judge()

    assert judging.status == "finished"
    assert judging.rule_set.startswith("clicks-")
    first, second = judging.creators.all()
    assert (first.raw, first.counted, first.excluded, first.verdict) == (20, 20, {}, "clear")
    assert (second.raw, second.counted, second.excluded) == (17, 12, {"click.crawler": 5})
    of_link = judging.links.get(link=made.links[1])
    assert (of_link.raw, of_link.unique, of_link.counted) == (17, 17, 12)
    assert of_link.days == {"2026-03-10": {"counted": 12}, "2026-03-11": {"click.crawler": 5}}


def test_the_same_reader_again_within_half_an_hour_is_a_duplicate(made: Linked) -> None:
    made.read(0, 10)
    made.read(0, 10, since=NOON + timedelta(seconds=40))

    account = made.judge().links.get(link=made.links[0])

    assert (account.raw, account.unique, account.counted) == (20, 10, 10)
    assert account.days == {"2026-03-10": {"counted": 10, "duplicate": 10}}


def test_a_campaign_nobody_has_clicked_in_yet_is_judged_to_nothing(made: Linked) -> None:
    judging = made.judge()

    assert judging.status == "finished"
    assert [(each.raw, each.verdict) for each in judging.creators.all()] == [(0, "clear")] * 2


def test_asking_twice_is_one_judging_and_running_it_twice_is_done_once(made: Linked) -> None:
    made.read(0, 10)
    first = actions.queue_judging(campaign_id=made.scene.id)
    assert actions.queue_judging(campaign_id=made.scene.id) == first

    actions.run_judging(judging_id=first.pk)
    before = (list(CreatorAccount.objects.values()), list(LinkAccount.objects.values()))
    events = Event.objects.count()
    again = actions.run_judging(judging_id=first.pk)

    assert again.attempts == 1
    assert (list(CreatorAccount.objects.values()), list(LinkAccount.objects.values())) == before
    assert Event.objects.count() == events


def test_while_one_runs_another_may_wait_but_never_two(made: Linked) -> None:
    running = actions.queue_judging(campaign_id=made.scene.id)
    Judging.objects.filter(pk=running.pk).update(status="running", started_at=timezone.now())

    waiting = actions.queue_judging(campaign_id=made.scene.id)

    assert waiting != running
    with pytest.raises(IntegrityError, match="judging_queued_once"), transaction.atomic():
        Judging.objects.create(campaign=made.scene.campaign, queued_at=timezone.now())


def test_only_the_agency_asks_for_it(made: Linked) -> None:
    for stranger in (made.scene.client, made.scene.creators[0].user, factories.reviewer()):
        with pytest.raises(DomainError) as refused:
            actions.queue_judging(campaign_id=made.scene.id, by=stranger)
        assert refused.value.code == "not_allowed"
    assert not Judging.objects.exists()


def test_judging_again_gives_the_same_verdicts_whatever_came_since(made: Linked) -> None:
    made.read(0, 20)
    made.read(0, 4, agent=CRAWLER)
    judging = made.judge()
    made.read(1, 15, since=timezone.now())

    again = judge_again(judging)

    assert again.digest == judging.digest
    assert again.rule_set == judging.rule_set
    kept = {str(each.link_id): each.days for each in judging.links.all()}
    assert {each.link: each.tally.days for each in again.links} == kept


def test_the_digest_shows_a_verdict_that_would_be_another(made: Linked) -> None:
    made.read(0, 20)
    judging = made.judge()
    judging.sources[0]["incited"] = [[NOON.isoformat(), None]]

    assert judge_again(judging).digest != judging.digest


def test_another_list_of_crawlers_is_another_rule_set(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = rule_set()
    monkeypatch.setattr(agents, "CRAWLER_USER_AGENTS_DATA", [{"pattern": "Bakebot"}])

    assert rule_set.__wrapped__() != ours


def test_what_was_judged_is_written_once(made: Linked) -> None:
    made.read(0, 3)
    made.judge()

    for model in (CreatorAccount, LinkAccount):
        rows: Any = model._default_manager.all()
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(raw=0)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


# What a post asked for.


def test_clicks_on_a_post_that_asks_for_them_count_nothing_until_it_is_put_right(
    made: Linked,
) -> None:
    made.read(0, 10)
    made.snapshot(0, ASKING, NOON + timedelta(days=1))
    made.read(0, 10, since=NOON + timedelta(days=1, hours=1))
    made.snapshot(0, PLAIN, NOON + timedelta(days=2))
    made.read(0, 10, since=NOON + timedelta(days=2, hours=1))
    made.read(1, 10)

    first, second = made.judge().links.all()

    assert (first.counted, first.excluded) == (20, {"click.incitement": 10})
    assert first.days["2026-03-11"] == {"click.incitement": 10}
    assert (second.counted, second.excluded) == (10, {})


def test_a_decision_on_a_post_has_its_clicks_judged_again_only_where_it_matters(
    made: Linked,
) -> None:
    made.read(0, 10)
    made.judge()

    calm = made.snapshot(0, PLAIN, NOON + timedelta(minutes=1))
    assert actions.queue_after_check(submission_id=calm.pk) == []

    asking = made.snapshot(0, ASKING, NOON + timedelta(minutes=30))
    (queued,) = actions.queue_after_check(submission_id=asking.pk)
    actions.run_judging(judging_id=queued.pk)

    reported = report_tally(made.scene.campaign)
    assert reported is not None
    assert reported[1].excluded == {"click.incitement": 5}
    assert actions.queue_after_check(submission_id=asking.pk) == []


def test_nothing_is_judged_again_where_nothing_was_judged_before(made: Linked) -> None:
    asking = made.snapshot(0, ASKING, NOON)

    assert actions.queue_after_check(submission_id=asking.pk) == []


# When it is due, and what happens when it breaks.


def test_new_clicks_make_a_running_campaign_due_at_most_once_an_hour(made: Linked) -> None:
    assert actions.queue_due_judgings() == 0
    made.read(0, 2)
    assert actions.queue_due_judgings() == 1
    actions.run_judging(judging_id=Judging.objects.get().pk)
    made.read(0, 2, since=timezone.now())
    assert actions.queue_due_judgings() == 0

    _an_hour_passes(made, minutes=61)
    assert actions.queue_due_judgings() == 1
    actions.run_judging(judging_id=Judging.objects.order_by("-pk")[0].pk)


def test_a_closing_campaign_is_due_every_ten_minutes_and_a_closed_one_never(made: Linked) -> None:
    made.read(0, 2)
    made.judge()
    made.read(0, 2, since=timezone.now())
    _an_hour_passes(made, minutes=11)
    assert actions.queue_due_judgings() == 0

    made.scene.campaign.__class__.objects.filter(pk=made.scene.id).update(stage=Stage.CLOSING)
    assert actions.queue_due_judgings() == 1


def test_closing_a_campaign_asks_for_a_judging(made: Linked) -> None:
    made.scene.advance("closing")

    assert Judging.objects.get().campaign == made.scene.campaign


def _an_hour_passes(made: Linked, minutes: int) -> None:
    """The judgings so far were asked for that much earlier."""
    for judging in Judging.objects.all():
        then = judging.queued_at - timedelta(minutes=minutes)
        Judging.objects.filter(pk=judging.pk).update(queued_at=then)


def test_a_lost_bell_is_rung_again_and_a_dead_worker_gives_back(made: Linked) -> None:
    now = timezone.now()
    queued = actions.queue_judging(campaign_id=made.scene.id)
    assert actions.lost_judgings() == []
    Judging.objects.filter(pk=queued.pk).update(queued_at=now - timedelta(minutes=1))
    assert actions.lost_judgings() == [queued.pk]

    Judging.objects.filter(pk=queued.pk).update(
        status="running", attempts=1, started_at=now - timedelta(minutes=10)
    )
    assert actions.lost_judgings() == []
    queued.refresh_from_db()
    assert queued.status == "queued"


def test_a_worker_that_died_while_a_newer_judging_waits_is_not_tried_again(made: Linked) -> None:
    now = timezone.now()
    dead = actions.queue_judging(campaign_id=made.scene.id)
    Judging.objects.filter(pk=dead.pk).update(
        status="running", attempts=1, started_at=now - timedelta(minutes=10)
    )
    actions.queue_judging(campaign_id=made.scene.id)

    actions.lost_judgings()

    dead.refresh_from_db()
    assert (dead.status, dead.failure) == ("failed", "the worker stopped while it ran")


def test_more_clicks_than_a_worker_takes_are_refused_with_the_reason(
    made: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "MOST_CLICKS", 5)
    made.read(0, 6)
    queued = actions.queue_judging(campaign_id=made.scene.id)

    for _ in range(3):
        with pytest.raises(streams.TooManyClicks):
            actions.run_judging(judging_id=queued.pk)

    queued.refresh_from_db()
    assert (queued.status, queued.failure, queued.attempts) == ("failed", "TooManyClicks", 3)
    assert not CreatorAccount.objects.exists()


def test_the_worker_judges_what_the_event_names(made: Linked) -> None:
    made.read(0, 4)
    queued = actions.queue_judging(campaign_id=made.scene.id)

    tasks.run_judging(queued.pk)
    tasks.run_judging(queued.pk)
    tasks.sweep()

    queued.refresh_from_db()
    assert (queued.status, queued.attempts) == ("finished", 1)


def test_clicks_reach_the_engine_as_they_were_kept(made: Linked) -> None:
    Click.objects.create(
        link=made.links[0],
        at=NOON,
        network="93.184.216.0/24",
        visitor="v" * 32,
        user_agent='a "quoted", agent\\',
        referer_host="",
        language="it",
        country="IT",
        asn=64_500,
    )

    sources = streams.sources_of(made.scene.campaign)
    (row,) = streams.clicks_until(sources, timezone.now()).to_dicts()

    assert row["ts"] == NOON
    assert (row["ip"], row["asn"], row["visitor"]) == ("93.184.216.0/24", 64_500, "v" * 32)
    assert row["user_agent"] == 'a "quoted", agent\\'
    assert (row["accept_language"], row["country"]) == ("it", "IT")
    assert row["influencer_id"] == str(made.scene.seat(0).pk)
    assert (row["dwell_ms"], row["converted"]) == (None, None)


# Clicks handed in on a draft.


def hand_in(clicks: str, rows: list[dict[str, Any]], scene: factories.Scene) -> Judging:
    material = briefs.hand_in(
        campaign_id=scene.id, by=scene.manager, kind="clicks", words=clicks, terms=rows
    )
    found = actions.queue_material(submission_id=material.submission_id)
    assert found is not None
    return found


ROW = {"link_id": "L1", "influencer_id": "ada", "audience": ["IT"], "posts": []}
LINE = (
    '{"ts": "2026-03-10T12:00:00Z", "ip": "93.184.216.34", "user_agent": "Mozilla/5.0 (X11; Linux'
    ' x86_64; rv:124.0) Gecko/20100101 Firefox/124.0", "referer": "", "accept_language": "it",'
    ' "country": "IT", "link_id": "L1", "influencer_id": "ada", "dwell_ms": 9000, "converted":'
    " false}"
)


def test_clicks_handed_in_on_a_draft_are_judged_by_the_same_engine() -> None:
    scene = factories.draft(written=False)

    judging = actions.run_judging(judging_id=hand_in(LINE, [ROW], scene).pk)

    (account,) = judging.creators.all()
    assert (account.name, account.participant, account.raw, account.counted) == ("ada", None, 1, 1)
    assert judging.links.get().name == "L1"
    assert judge_again(judging).digest == judging.digest


def test_what_stands_out_in_clicks_handed_in_asks_nobody_of_the_campaign() -> None:
    scene = factories.draft(written=False)
    judging = actions.run_judging(judging_id=hand_in(LINE, [ROW], scene).pk)
    client = Client()
    client.force_login(scene.manager)
    forge("UPDATE links_creatoraccount SET verdict = 'flagged' WHERE judging_id = %s", [judging.pk])

    page = client.get(scene.url + "clicks/", headers={"Accept-Language": "en"}).content.decode()

    assert "Clicks that readers did not make" in page
    assert "They are of no creator of this campaign" in page
    assert "Nobody has said a word" not in page


def test_the_words_a_link_stood_in_are_checked_like_any() -> None:
    scene = factories.draft(written=False)
    post = briefs.hand_in(campaign_id=scene.id, by=scene.manager, kind="post", words=ASKING)
    factories.check_all()

    judging = actions.run_judging(
        judging_id=hand_in(LINE, [{**ROW, "post": post.submission_id}], scene).pk
    )

    assert judging.creators.get().excluded == {"click.incitement": 1}


def test_a_post_of_another_campaign_says_nothing_of_these_clicks() -> None:
    other = factories.draft(written=False)
    post = briefs.hand_in(campaign_id=other.id, by=other.manager, kind="post", words=ASKING)
    factories.check_all()
    scene = factories.draft(written=False)

    judging = actions.run_judging(
        judging_id=hand_in(LINE, [{**ROW, "post": post.submission_id}], scene).pk
    )

    assert judging.creators.get().counted == 1


def test_a_line_that_is_no_click_fails_and_says_so() -> None:
    scene = factories.draft(written=False)
    queued = hand_in(LINE + "\nno click", [ROW], scene)

    for _ in range(3):
        with pytest.raises(BadClick):
            actions.run_judging(judging_id=queued.pk)

    queued.refresh_from_db()
    assert (queued.status, queued.failure) == ("failed", "BadClick")


def test_clicks_handed_in_that_nobody_heard_of_are_queued_by_the_sweep() -> None:
    scene = factories.draft(written=False)
    material = briefs.hand_in(
        campaign_id=scene.id, by=scene.manager, kind="clicks", words=LINE, terms=[ROW]
    )
    scene.campaign.materials.update(handed_in_at=timezone.now() - timedelta(minutes=1))

    actions.lost_judgings()

    assert Judging.objects.get().submission_id == material.submission_id
