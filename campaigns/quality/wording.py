"""Findings as their reader reads them: each family by a name, the reasons in the reader's language.

A check keeps its sentences in the language of the text; a colleague abroad reads the same
sentences, as the rules' data have them, in theirs.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HERE = Path(__file__).parent
SENTENCES = ("why", "alternative", "redress")

TITLES: dict[str, str | Promise] = {
    "engagement.bought": _("Likes, views or followers are bought"),
    "engagement.exchange": _("Likes or follows are traded"),
    "engagement.bait": _("A gesture is bought with a prize"),
    "engagement.vote_piloting": _("A vote is steered"),
    "engagement.fake_review": _("Reviews are made up"),
    "click.incitement": _("Readers are urged to click"),
    "pay.not_listed": _("This kind of pay is not on the list"),
    "pay.per_action": _("The pay depends on gestures"),
    "pay.per_click": _("The pay depends on clicks"),
    "pay.per_invite": _("The pay depends on who is brought in"),
    "pay.traffic_share": _("The pay depends on traffic"),
    "pay.by_votes": _("The pay depends on votes"),
    "pay.follower_count": _("The pay depends on followers"),
    "pay.below_floor": _("An hour comes to less than the floor"),
    "pay.commission_alone": _("Nothing but a commission is paid"),
    "opinion.dictated": _("The opinion is dictated"),
    "platform.rule_broken": _("A platform's rule is broken"),
    "platform.lookalike_domain": _("The address imitates another"),
    "content.political_review": _("A person must read what is political"),
    "audience.sensitive_trait": _("People are chosen by what they are or believe"),
}


def worded(findings: Iterable[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """The findings with a `title`, their sentences in `language` where the rules have it."""
    said = _translations()
    return [
        {
            **finding,
            "title": TITLES.get(finding["family"], ""),
            **{
                name: said.get(finding[name], {}).get(language, finding[name])
                for name in SENTENCES
                if name in finding
            },
        }
        for finding in findings
    ]


@cache
def _translations() -> dict[str, Mapping[str, str]]:
    """Each sentence of the rules, in whatever language, with all languages it is said in."""
    files = [HERE / "pay.yaml", *sorted((HERE / "rules").rglob("*.yaml"))]
    loaded = (yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in files)
    return {
        sentence: texts for tree in loaded for texts in _texts(tree) for sentence in texts.values()
    }


def _texts(tree: Any) -> Iterator[Mapping[str, str]]:
    if isinstance(tree, list):
        for each in tree:
            yield from _texts(each)
    elif isinstance(tree, dict):
        if {"en", "it", "fr"} <= tree.keys() and all(isinstance(v, str) for v in tree.values()):
            yield tree
            return
        for each in tree.values():
            yield from _texts(each)
