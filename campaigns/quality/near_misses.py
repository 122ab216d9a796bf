"""Rulings as examples for the rules: what a person let pass, and what a person confirmed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from campaigns.quality import text
from campaigns.quality.anonymous import names_of, without_persons
from campaigns.quality.models import Ruling, Submission
from campaigns.quality.queries import standings
from campaigns.quality.states import CheckStatus
from campaigns.quality.text.rulebook import WORDS
from config.identity.models import User

Example = dict[str, str]


@dataclass
class Examples:
    """Of one rule, in the form of `rules/patterns`: spare what passes, match what does not."""

    id: str
    spare: list[Example] = field(default_factory=list)
    match: list[Example] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        lists = {"spare": self.spare, "match": self.match}
        return {"id": self.id, **{name: kept for name, kept in lists.items() if kept}}


def examples(*, since: date | None = None) -> tuple[list[Examples], int]:
    """The examples of all rules that rulings were made on, and how many were left out because the
    rule no longer finds the words once the persons in them are replaced."""
    found: dict[str, Examples] = {}
    left_out = 0
    names = names_of(User.objects.values_list("name", flat=True))
    for ruling, rules in _ruled(since):
        words = without_persons(ruling.submission.words, names)
        still = {each.rule for each in text.judge(words, kind=ruling.submission.kind).findings}
        for rule in sorted(rules):
            if rule not in still:
                left_out += 1
                continue
            kept = found.setdefault(rule, Examples(rule))
            into = kept.spare if ruling.decision == CheckStatus.ACCEPTED else kept.match
            into.append(_example(ruling.submission, words))
    return [found[rule] for rule in sorted(found)], left_out


def _ruled(since: date | None) -> Iterator[tuple[Ruling, set[str]]]:
    """Each submission's last ruling, with the rules of words it was made on."""
    rulings = Ruling.objects.select_related("submission").filter(submission__kind__in=WORDS)
    if since:
        rulings = rulings.filter(ruled_at__date__gte=since)
    last = list(rulings.order_by("submission_id", "-pk").distinct("submission_id"))
    known = standings(each.submission_id for each in last)
    for ruling in last:
        findings = known[ruling.submission_id].findings
        yield ruling, {each["rule"] for each in findings if each.get("quote")}


def _example(submission: Submission, words: str) -> Example:
    return {"text": words, "kind": submission.kind, "language": submission.language}
