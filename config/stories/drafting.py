"""The draft: the brief, the mechanic and all material, each with its check."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import chain
from typing import Any

from django.utils import translation

from campaigns.briefs import actions as briefs
from campaigns.briefs.models import LineKind
from campaigns.briefs.values import Answers, Line
from campaigns.codesign import actions as codesign
from campaigns.quality.queries import standing
from config.stories import streams
from config.stories.play import Play, day_of, decided, judged


def hand_in(played: Play) -> None:
    """The brief, the mechanic and all material, and their checks waited for."""
    told, campaign, by = played.told, played.campaign, played.cast.manager
    answers = Answers(**{name: str(said) for name, said in told["brief"].items()})
    brief = briefs.write_brief(
        campaign_id=campaign.pk,
        by=by,
        answers=answers,
        lines=_budget(played),
        floor_hourly_minor=told.get("floor_hourly_minor"),
    )
    played.submissions["brief"] = [brief.submission_id]
    if told.get("mechanic"):
        mechanic = codesign.propose_mechanic(
            campaign_id=campaign.pk, by=by, text=str(told["mechanic"])
        )
        played.submissions["mechanic"] = [mechanic.submission_id]
    _materials(played)
    if refused := told.get("refused_request"):
        _material(played, "refused_request", kind="brief", words=str(refused))
    for ids in played.submissions.values():
        for each in ids:
            decided(each)
    if "terms_each" not in told:
        _clicks(played)


def _clicks(played: Play) -> None:
    """The clicks a story tells of, handed in once the posts they came from are judged."""
    told, since = played.told, day_of(played) - timedelta(days=7)
    there = {"country": told["jurisdiction"], "language": played.story.language, "since": since}
    posts = list(zip(told.get("posts", ()), played.of("posts"), strict=False))
    rows = [
        _link(post["link"], f"post-{nth}", there, submission)
        for nth, (post, submission) in enumerate(posts, start=1)
        if post.get("clicks")
    ]
    clicks = [
        streams.readers(post["link"], f"post-{nth}", post["clicks"], **there)
        for nth, (post, _) in enumerate(posts, start=1)
        if post.get("clicks")
    ]
    if farm := told.get("clicks"):
        rows.append(_link("farm", "pack", there, None))
        clicks.append(getattr(streams, farm["from"])("farm", "pack", farm, **there))
    if rows:
        words = streams.written(chain.from_iterable(clicks))
        _material(played, "clicks", kind="clicks", words=words, terms=rows)
        judged(played)


def _link(link: str, creator: str, there: dict[str, Any], post: int | None) -> dict[str, Any]:
    """A row of links handed in with clicks; `post`: the submission of the words it stood in."""
    return {
        "link_id": link,
        "influencer_id": creator,
        "audience": [there["country"]],
        "posts": [f"{there['since']}T00:00:00+00:00"],
        "post": post,
    }


def _materials(played: Play) -> None:
    told = played.told
    if told.get("terms"):
        _material(played, "terms", kind="terms", terms=told["terms"])
    if "terms_each" not in told:
        for post in told.get("posts", ()):
            _material(played, "posts", kind="post", words=post["text"], language=post.get("lang"))
    if told.get("comments"):
        _material(played, "comments", kind="comment", words=_lines(told["comments"]))
    if told.get("followers"):
        _material(played, "followers", kind="series", words=_days(played))
    for link in told.get("links", ()):
        _material(played, "links", kind="link", words=link)


def _lines(comments: Sequence[Mapping[str, Any]]) -> str:
    """A list of comments, one JSON object a line."""
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in comments)


def _days(played: Play) -> str:
    """The two days a story shows of a channel, as its owner would paste them."""
    shown, today = played.told["followers"], day_of(played)
    before = f"{today - timedelta(days=2)},{shown['before']},"
    after = f"{today},{shown['after_two_days']},{shown.get('active_share_percent', '')}"
    return f"day,followers,active_percent\n{before}\n{after}"


def _material(
    played: Play,
    name: str,
    *,
    kind: str,
    words: str = "",
    terms: Any = (),
    language: str | None = None,
) -> None:
    made = briefs.hand_in(
        campaign_id=played.campaign.pk,
        by=played.cast.manager,
        kind=kind,
        words=words,
        terms=terms,
        floor_hourly_minor=played.told.get("floor_hourly_minor") if terms else None,
        language=language or played.story.language,
    )
    played.submissions.setdefault(name, []).append(made.submission_id)


def all_accepted(played: Play) -> bool:
    ids = [*played.of("brief"), *played.of("mechanic"), *played.of("terms")]
    return all(standing(each).is_accepted for each in ids)


def _budget(played: Play) -> list[Line]:
    told = played.told
    lines = []
    each, people = told.get("terms_each"), int(told.get("influencers", 0))
    if each and people:
        with translation.override(played.story.language):
            label = str(LineKind.CREATORS.label)
        lines.append(Line("creators", label, each["amount_minor"] * people))
    if told.get("agency", {}).get("fee_minor"):
        lines.append(Line("agency", played.cast.agency.name, told["agency"]["fee_minor"]))
    lines += [Line("costs", cost["to"], cost["amount_minor"]) for cost in told.get("costs", ())]
    return lines
