"""A running campaign with a counted link for each creator's post, and readers who follow them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from ipaddress import ip_address

from django.utils import timezone

from campaigns.agreements.actions import check_post
from campaigns.links import actions
from campaigns.links.models import CreatorAccount, Judging, LinkAccount, TrackedLink
from campaigns.links.values import Tally
from campaigns.quality.models import Submission
from config.identity.models import User
from disclosures.models import Look, Snapshot, SnapshotContent
from tests import factories
from tests.factories import Scene

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
AGENTS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/123.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/123.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.4 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:124.0) Gecko/20100101 Firefox/124.0",
)
CRAWLER = "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"

EVIDENCE = {
    "reason": "click.device_farm",
    "code": "not_readers",
    "figures": {"clicks": 66, "share": 0.66, "models": 3},
    "compared_with": {"models": 41},
}


@dataclass
class Linked:
    """links: one for each creator who has published, in their order."""

    scene: Scene
    creators: int = 2

    @cached_property
    def links(self) -> list[TrackedLink]:
        return [
            actions.make_link(
                publication_id=self.scene.publish(nth).publication_id,
                target_url="https://mulino.example/",
                by=self.scene.manager,
            )
            for nth in range(self.creators)
        ]

    def read(self, nth: int, readers: int, *, since: datetime = NOON, agent: str = "") -> None:
        """So many readers, each from a place and at a minute of their own, follow a link."""
        for each in range(readers):
            actions.record_click(
                link_id=self.links[nth].pk,
                at=since + timedelta(minutes=7 * each, seconds=each),
                address=ip_address(0x5E000000 + (nth << 20) + each * 0x301),
                user_agent=agent or AGENTS[each % len(AGENTS)],
                referer="https://pane.example/" if each % 3 else "",
                accept_language="it-IT,it;q=0.9",
            )

    def judge(self) -> Judging:
        queued = actions.queue_judging(campaign_id=self.scene.id, by=self.scene.manager)
        return actions.run_judging(judging_id=queued.pk)

    def snapshot(self, nth: int, words: str, at: datetime) -> Submission:
        """The page is read again and its words are checked, as agreements and worker would."""
        look = Look.objects.create(publication=self.links[nth].publication, queued_at=at)
        taken = Snapshot.objects.create(
            look=look,
            final_url=self.links[nth].publication.url,
            status_code=200,
            digest="0" * 64,
            taken_at=at,
        )
        SnapshotContent.objects.create(snapshot=taken, salt=b"s" * 32, body=b"", text=words)
        check = check_post(snapshot_id=taken.pk)
        assert check is not None
        factories.check_all()
        return check.submission


def linked(creators: int = 2) -> Linked:
    """Everybody's post is out with its link, and nobody has clicked yet. All read English."""
    made = Linked(factories.live(creators), creators)
    for creator in made.scene.creators:
        User.objects.filter(pk=creator.user_id).update(language="en")
        creator.user.language = "en"
    assert len(made.links) == creators
    return made


def judged(made: Linked, *verdicts: str, days: dict[str, dict[str, int]] | None = None) -> Judging:
    """A finished judging as rows, one verdict a creator: for tests of what follows from it."""
    now = timezone.now()
    judging = Judging.objects.create(campaign=made.scene.campaign, queued_at=now)
    tally = Tally(days or {"2026-03-10": {"counted": 30, "duplicate": 4, "click.device_farm": 66}})
    for link, verdict in zip(made.links, verdicts, strict=True):
        counts = {
            "raw": tally.raw,
            "unique": tally.unique,
            "counted": tally.counted,
            "excluded": tally.excluded,
        }
        seat = link.publication.fulfilment.deliverable.agreement.participant
        account = CreatorAccount.objects.create(
            judging=judging,
            participant=seat,
            verdict=verdict,
            evidence=[EVIDENCE] if verdict != "clear" else [],
            **counts,
        )
        LinkAccount.objects.create(
            judging=judging, creator=account, link=link, days=tally.days, **counts
        )
    Judging.objects.filter(pk=judging.pk).update(status="running", started_at=now)
    Judging.objects.filter(pk=judging.pk).update(
        status="finished", rule_set="clicks-1", digest="0" * 64, until=now, finished_at=now
    )
    judging.refresh_from_db()
    return judging
