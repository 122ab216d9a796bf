"""What the click engine is given: the clicks of a campaign as a frame, and what is known of each
link. Read from the database, or from clicks handed in as material; nothing is judged here."""

import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection

from campaigns.briefs.models import Campaign, Material
from campaigns.links import incitement
from campaigns.links.models import TrackedLink
from campaigns.quality.clicks import Link, reading
from campaigns.quality.models import Submission
from campaigns.quality.queries import standing
from influencers.models import Influencer

MOST_CLICKS = 2_000_000  # of one campaign: what one worker judges in its time and memory
SINCE_EVER = datetime(1970, 1, 1, tzinfo=UTC)
COUNTRY = re.compile("[A-Z]{2}")
Source = dict[str, Any]  # of one link, as JSON: see `source`

_KEPT = pl.Schema(
    {
        "ts": pl.Int64(),
        "ip": pl.String(),
        "user_agent": pl.String(),
        "referer": pl.String(),
        "accept_language": pl.String(),
        "country": pl.String(),
        "link_id": pl.String(),
        "asn": pl.Int64(),
        "visitor": pl.String(),
    }
)
_COPY = """
COPY (
    SELECT (extract(epoch FROM at) * 1000000)::bigint AS ts, network AS ip, user_agent,
           referer_host AS referer, language AS accept_language, country, link_id, asn, visitor
    FROM links_click
    WHERE link_id = ANY(%(links)s) AND at <= %(until)s
    ORDER BY at, id
    LIMIT %(most)s
) TO STDOUT (FORMAT csv, HEADER)
"""


class TooManyClicks(Exception):
    """More clicks than one judging takes; nothing is judged rather than a part."""


def sources_of(campaign: Campaign) -> list[Source]:
    """What is known of each tracked link of the campaign. Five queries."""
    links = list(
        TrackedLink.objects.filter(
            publication__fulfilment__deliverable__agreement__campaign=campaign
        )
        .select_related("publication__fulfilment__deliverable__agreement__participant__influencer")
        .prefetch_related(
            "publication__fulfilment__deliverable__agreement__participant__influencer"
            "__channels__evidence"
        )
        .order_by("pk")
    )
    incited = incitement.spans_of([link.publication_id for link in links])
    return [_source_of(link, incited.get(link.publication_id, ())) for link in links]


def _source_of(link: TrackedLink, incited: tuple[incitement.Span, ...]) -> Source:
    participant = link.publication.fulfilment.deliverable.agreement.participant
    return source(
        link=str(link.pk),
        creator=str(participant.pk),
        audience=_audience_of(participant.influencer),
        posts=[link.created_at],  # it can't stand in the post before it is made
        incited=incited,
    )


def _audience_of(influencer: Influencer) -> list[str]:
    """The countries that the newest evidence of each channel names."""
    newest = [next(iter(each.evidence.all()), None) for each in influencer.channels.all()]
    names = {name for evidence in newest if evidence for name in evidence.regions}
    return sorted(name for name in names if COUNTRY.fullmatch(name))


def material_sources_of(campaign: Campaign, submission: Submission) -> list[Source]:
    """The same of links handed in with clicks: rows of link_id, influencer_id, audience, posts
    and `post`, the submission of the words the link stood in, checked like any."""
    posts = set(
        Material.objects.filter(campaign=campaign, submission__kind="post").values_list(
            "submission_id", flat=True
        )
    )
    return [
        source(
            link=str(row["link_id"]),
            creator=str(row["influencer_id"]),
            audience=list(row.get("audience", ())),
            posts=[datetime.fromisoformat(at) for at in row.get("posts", ())],
            incited=((SINCE_EVER, None),) if _asked(row.get("post"), posts) else (),
        )
        for row in submission.terms
    ]


def _asked(post: int | None, known: set[int]) -> bool:
    """Words handed in for checking were the same all along."""
    return post in known and incitement.incites(standing(post)) is True


def source(
    *,
    link: str,
    creator: str,
    audience: list[str],
    posts: list[datetime],
    incited: tuple[incitement.Span, ...],
) -> Source:
    """What the engine is told of a link, as it is kept beside the verdicts."""
    return {
        "link": link,
        "creator": creator,
        "audience": audience,
        "posts": [_iso(at) for at in posts],
        "incited": [[_iso(since), _iso(until) if until else None] for since, until in incited],
    }


def links_of(sources: list[Source]) -> list[Link]:
    return [
        Link(
            link_id=each["link"],
            influencer_id=each["creator"],
            audience=tuple(each["audience"]),
            posts=tuple(map(datetime.fromisoformat, each["posts"])),
            incited=tuple(
                (datetime.fromisoformat(since), datetime.fromisoformat(until) if until else None)
                for since, until in each["incited"]
            ),
        )
        for each in sources
    ]


def clicks_until(sources: list[Source], until: datetime) -> pl.DataFrame:
    """The kept clicks of these links in the order of time, copied out of the database in pieces.

    Raises TooManyClicks.
    """
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        asked = {
            "links": [int(each["link"]) for each in sources],
            "until": until,
            "most": MOST_CLICKS + 1,
        }
        with connection.cursor() as cursor, cursor.copy(_COPY, asked) as pieces:
            for piece in pieces:
                file.write(piece)
        file.flush()
        clicks = pl.read_csv(file.name, schema=_KEPT)
    if clicks.height > MOST_CLICKS:
        raise TooManyClicks(f"more than {MOST_CLICKS} clicks")
    return clicks.with_columns(
        pl.col("ts").cast(pl.Datetime("us")).dt.replace_time_zone("UTC"),
        pl.col("link_id")
        .replace_strict({each["link"]: each["creator"] for each in sources}, default=None)
        .alias("influencer_id"),
        pl.lit(None, pl.Int64).alias("dwell_ms"),
        pl.lit(None, pl.Boolean).alias("converted"),
    )


def clicks_in(submission: Submission) -> pl.DataFrame:
    """Clicks handed in: one JSON object a line, as `check_clicks` reads them.

    Raises TooManyClicks, reading.BadClick.
    """
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.write(submission.words.encode())
        file.flush()
        clicks = reading.clicks(Path(file.name), {row["link_id"] for row in submission.terms})
    if clicks.height > MOST_CLICKS:
        raise TooManyClicks(f"more than {MOST_CLICKS} clicks")
    return clicks


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
