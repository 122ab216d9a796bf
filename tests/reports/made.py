"""Facts of an invented campaign, to assemble reports from without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from campaigns.links.values import Tally
from campaigns.reports.values import (
    BriefFacts,
    CampaignFacts,
    ClassFacts,
    ClickFacts,
    Facts,
    IncidentFacts,
    LessonFacts,
    LookFacts,
    MoneyFacts,
    ObjectionFacts,
    PostFacts,
    ReplyFacts,
    RoundFacts,
)

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
JUDGED = Tally(
    {
        "2026-03-10": {"counted": 4_000, "duplicate": 1_904, "click.crawler": 377},
        "2026-03-12": {"counted": 2_212, "click.datacentre": 1_000},
    }
)
CLICKS = ClickFacts(
    raw=JUDGED.raw, unique=JUDGED.unique, judged=JUDGED, until=NOW, rule_set="clicks-1"
)
CLASSES = (
    ClassFacts(("creators",), 1_000_000, 1_000_000, 6667),
    ClassFacts(("agency",), 300_000, 300_000, 2000),
    ClassFacts(("costs",), 200_000, 200_000, 1333),
)
MONEY = MoneyFacts(
    received_minor=1_500_000,
    open_dues=0,
    balance_minor=0,
    classes=CLASSES,
    creators_share_bps=6667,
    agreements=10,
    fees_minor=1_000_000,
    hours=160,
)


def look(verdict: str, conformity: str, days: int = 0) -> LookFacts:
    return LookFacts(
        at=NOW + timedelta(days=days),
        verdict=verdict,
        conformity=conformity,
        rule="IT-HASHTAG",
        quote="#adv",
        proof="machine_read",
    )


def round_of(number: int, **stances: int) -> RoundFacts:
    return RoundFacts(
        number=number,
        text="Ogni blog cucina una ricetta propria.",
        note=f"cambio {number}",
        proposed_at=NOW - timedelta(days=40 - number),
        ask="Ti va bene?",
        deadline=NOW - timedelta(days=30 - number),
        stances=stances,
        answers_objection=number == 4,
    )


def posts() -> tuple[PostFacts, ...]:
    right, late = look("sufficient", "conforming"), look("misplaced", "to_improve")
    firsts = [right, late, *[right] * 8]
    return tuple(
        PostFacts(
            by=f"Blog {n}",
            url=f"https://blog-{n}.example/pane",
            platform="blog",
            published_on=date(2026, 3, 10),
            first=first,
            last=look("sufficient", "conforming", days=2) if first is late else first,
        )
        for n, first in enumerate(firsts, start=1)
    )


def facts(**changes: Any) -> Facts:
    """A campaign that went as the pioneers' did, with what the test changes."""
    whole = Facts(
        at=NOW,
        campaign=CampaignFacts(
            public_id="k3mpa7w2q9xz",
            title="In cucina insieme",
            language="it",
            jurisdictions=("IT",),
            currency="EUR",
            brand="Mulino dell'Alba",
            agency="Conversa",
            stage="closing",
        ),
        public_key="a2V5",
        money=MONEY,
        joined=10,
        brief=BriefFacts(
            number=1,
            written_at=NOW - timedelta(days=60),
            answers={"to_whom": "Chi cucina", "what": "Le farine"},
            lines=(("creators", "Blog", 1_000_000), ("agency", "Conversa", 300_000)),
        ),
        rounds=(round_of(1), round_of(2), round_of(3), round_of(4, consent=10)),
        objections=(
            ObjectionFacts(
                by="Blog 2",
                on=3,
                reason="sei mesi sono pochi",
                at=NOW - timedelta(days=35),
                answered_by=(4,),
                cleared_at=NOW - timedelta(days=34),
                cleared_on=4,
            ),
        ),
        posts=posts(),
        clicks=CLICKS,
        incidents=(
            IncidentFacts(
                kind="boycott",
                text="Appello a boicottare",
                raised_at=NOW - timedelta(days=5),
                answer="Incontro aperto",
                answered_at=NOW - timedelta(days=4),
            ),
        ),
        lessons=LessonFacts(1, "La meccanica prima del budget.", NOW - timedelta(days=1)),
        replies=(
            ReplyFacts("Blog 1", "Il mio pane era un disco.", False, NOW),
            ReplyFacts("Blog 2", "", True, NOW),
        ),
    )
    return replace(whole, **changes)
