"""Findings as their reader reads them: each family by a name, the reasons in the reader's language.

A check keeps its sentences in the language of the text; a colleague abroad reads the same
sentences, as the rules' data have them, in theirs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.quality import crowds
from campaigns.quality.measures import ties, vocabulary
from campaigns.quality.terms import reason
from campaigns.quality.values import LANGUAGES

HERE = Path(__file__).parent
SENTENCES = ("why", "alternative", "redress")

TITLES: dict[str, str | Promise] = {
    "engagement.bought": _("Likes, views or followers are bought"),
    "engagement.exchange": _("Likes or follows are traded"),
    "engagement.bait": _("A gesture is bought with a prize"),
    "engagement.vote_piloting": _("A vote is steered"),
    "engagement.fake_review": _("Reviews are made up"),
    "engagement.resembles": _("It reads like a trade in gestures"),
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
    "audience.unexplained": _("A figure that somebody can explain"),
    "identity.sock_puppets": _("Many accounts speak with one voice"),
}


def worded(findings: Iterable[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """The findings with a `title`, a sentence that `passes` instead where there is one, and their
    own sentences in `language` where the rules have it."""
    known, instead = _translations(), _passes()
    return [
        {
            **finding,
            "title": TITLES.get(finding["family"], ""),
            "passes": instead.get(finding["family"], {}).get(language, ""),
            **{
                name: known.get(finding[name], {}).get(language, finding[name])
                for name in SENTENCES
                if name in finding
            },
            **_with_figures(finding, language),
        }
        for finding in findings
    ]


@dataclass
class Reason:
    """What is said once of all findings of a family. number: of its marks in the text, from 1."""

    number: int
    found: dict[str, Any]
    quotes: list[str]
    rules: list[str]
    placed: bool


def reasons(
    findings: Iterable[Mapping[str, Any]], *texts: str
) -> tuple[list[Reason], list[dict[str, Any]]]:
    """(the reasons, those that refuse first; the findings, each with its reason's `number`, and
    whether it is the one that the reason links to: `anchored`). One reason a family; what is told
    in figures is told each by itself.

    placed: whether one of the texts has the words where a finding says. What an hour comes to is a
    sum, and nobody's words.
    """
    families: dict[str, list[dict[str, Any]]] = {}
    for nth, each in enumerate(sorted(findings, key=lambda each: each["severity"] != "reject")):
        alone = f" {nth}" if "figures" in each else ""  # each has a sentence of its own
        families.setdefault(each["family"] + alone, []).append(dict(each))
    said, numbered = [], []
    for number, found in enumerate(families.values(), 1):
        inside = [any(_is_in(each, text) for text in texts) for each in found]
        quotes = [each["quote"] for each in found if each.get("field") != "hourly"]
        rules = [each["rule"] for each in found]
        said.append(Reason(number, found[0], _longest(quotes), _once(rules), any(inside)))
        first = next((nth for nth, here in enumerate(inside) if here), 0)
        numbered += [
            {**each, "number": number, "anchored": nth == first} for nth, each in enumerate(found)
        ]
    return said, numbered


def _is_in(finding: Mapping[str, Any], text: str) -> bool:
    quote = text[finding["start"] : finding["end"]]
    return bool(quote) and quote == finding["quote"]


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _longest(quotes: list[str]) -> list[str]:
    """Without those that another one holds."""
    return [q for q in _once(quotes) if not any(q in other and q != other for other in quotes)]


def pay_refused(words: str, language: str) -> list[str]:
    """A sentence for each place where the words tie pay to attention: which, why, what instead."""
    found = []
    for tie in ties(words):
        why, alternative = reason(tie.family, language)
        facts = {"words": words[tie.start : tie.end], "why": why, "instead": alternative}
        found.append(gettext("“%(words)s” can't be agreed here. %(why)s %(instead)s") % facts)
    return found


@cache
def _passes() -> dict[str, Mapping[str, str]]:
    """By family, a sentence that the check lets stand, by language."""
    rows = {
        **vocabulary()["rules"],
        **yaml.load((HERE / "rules/families.yaml").read_bytes(), yaml.CSafeLoader)["families"],
    }
    return {family: row["passes"] for family, row in rows.items() if "passes" in row}


def _with_figures(finding: Mapping[str, Any], language: str) -> dict[str, str]:
    """The reason said anew, where the sentence has figures in it."""
    if "figures" not in finding or finding["rule"] not in crowds.rules():
        return {}
    speaks = language if language in LANGUAGES else "en"
    return {"why": crowds.told(finding["rule"], finding["figures"], speaks)}


@cache
def _translations() -> dict[str, Mapping[str, str]]:
    """Each sentence of the rules, in whatever language, with all languages it is said in."""
    files = sorted((HERE / "rules").rglob("*.yaml"))
    loaded = (yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in files)
    trees = chain([vocabulary()], loaded)
    return {
        sentence: texts for tree in trees for texts in _texts(tree) for sentence in texts.values()
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
