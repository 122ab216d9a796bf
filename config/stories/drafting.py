"""The draft: the brief, the mechanic and all material, each with its check."""

from typing import Any

from django.utils import translation

from campaigns.briefs import actions as briefs
from campaigns.briefs.models import LineKind
from campaigns.briefs.values import Answers, Line
from campaigns.codesign import actions as codesign
from campaigns.quality.queries import standing
from config.stories.play import Play, decided


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


def _materials(played: Play) -> None:
    told = played.told
    if told.get("terms"):
        _material(played, "terms", kind="terms", terms=told["terms"])
    if "terms_each" not in told:
        for post in told.get("posts", ()):
            _material(played, "posts", kind="post", words=post["text"], language=post.get("lang"))
    for comment in told.get("comments", ()):
        _material(played, "comments", kind="comment", words=comment["text"])
    for link in told.get("links", ()):
        _material(played, "links", kind="link", words=link)


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
