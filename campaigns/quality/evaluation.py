"""How often the check of words is right, on texts a person labelled, with how sure that is.

A text labelled `incentivised` is caught where it is not accepted; one labelled `honest` is spared
where it is. Other labels are not scored. No database.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from math import sqrt
from typing import TextIO

from campaigns.quality.reading import judge
from campaigns.quality.text.rulebook import WORDS
from campaigns.quality.values import Verdict

NEEDED = ("text", "lang", "label")
SCORED = ("incentivised", "honest")
PARTS = ("tuning", "held-out")
ONE_IN = 3  # of the texts is held out
Z95 = 1.959964


class BadRow(ValueError):
    """A row that can't be read; says which and what to do."""


@dataclass(frozen=True, slots=True)
class Text:
    """One labelled text. practice: the category its author gave it."""

    words: str
    lang: str
    label: str
    practice: str
    kind: str

    @property
    def part(self) -> str:
        """held-out or tuning, by the words alone, so that no text can change sides."""
        return PARTS[int(sha256(self.words.encode()).hexdigest(), 16) % ONE_IN == 0]


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `n`, with Wilson's 95 % interval."""

    hits: int
    n: int

    @property
    def interval(self) -> tuple[float, float]:
        """From, to, between 0 and 1 (E. B. Wilson, Probable inference, JASA 22, 1927)."""
        if not self.n:
            return 0.0, 1.0
        share, square = self.hits / self.n, Z95**2 / self.n
        middle = share + square / 2
        reach = Z95 * sqrt(share * (1 - share) / self.n + square / self.n / 4)
        low, high = (middle - reach) / (1 + square), (middle + reach) / (1 + square)
        return max(0.0, low), min(1.0, high)

    def __str__(self) -> str:
        if not self.n:
            return "–"
        low, high = self.interval
        return f"{self.hits}/{self.n} = {self.hits / self.n:.1%} ({low:.0%}–{high:.0%})"


@dataclass
class Tally:
    verdicts: dict[str, list[Verdict]] = field(default_factory=lambda: defaultdict(list))

    def add(self, label: str, verdict: Verdict) -> None:
        self.verdicts[label].append(verdict)

    @property
    def caught(self) -> Share:
        given = self.verdicts["incentivised"]
        return Share(sum(verdict != "accept" for verdict in given), len(given))

    @property
    def rejected(self) -> Share:
        """Of the honest ones."""
        return Share(self.verdicts["honest"].count("reject"), len(self.verdicts["honest"]))

    @property
    def reviewed(self) -> Share:
        """Of the honest ones."""
        return Share(self.verdicts["honest"].count("review"), len(self.verdicts["honest"]))


@dataclass(frozen=True)
class Evaluation:
    """groups: (by, name) -> its tally; by: all, language, family or kind. errors: misjudged."""

    groups: dict[tuple[str, str], Tally]
    errors: list[tuple[Text, Verdict]]


def read(file: TextIO) -> Iterator[Text]:
    """The texts of a CSV with the columns text, lang, label, and perhaps category and kind.

    Raises BadRow.
    """
    rows = csv.DictReader(file)
    missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
    if missing:
        raise BadRow(f"The first line must name the columns {', '.join(missing)} too.")
    for row in rows:
        if None in row.values() or None in row:
            raise BadRow(f"Line {rows.line_num} has another number of columns than the first line.")
        kind = row.get("kind") or "post"
        if kind not in WORDS:
            raise BadRow(f"Line {rows.line_num}: give kind as one of {', '.join(sorted(WORDS))}.")
        yield Text(row["text"], row["lang"], row["label"], row.get("category") or "", kind)


def evaluate(texts: Iterable[Text]) -> Evaluation:
    """Judge each scored text by what it says alone."""
    found = Evaluation({}, [])
    for text in texts:
        if text.label not in SCORED:
            continue
        verdict = judge(text.words, kind=text.kind).verdict
        groups = [("all", "all"), ("language", text.lang), ("kind", text.kind)]
        groups += [("family", text.practice)] if text.practice else []
        for group in groups:
            found.groups.setdefault(group, Tally()).add(text.label, verdict)
        if (verdict == "accept") == (text.label == "incentivised"):
            found.errors.append((text, verdict))
    return found


def table(evaluation: Evaluation) -> Iterator[str]:
    """Markdown, a line a group."""
    yield "| by | | incentivised not accepted | honest rejected | honest to review |"
    yield "|---|---|---|---|---|"
    order = ("all", "language", "family", "kind")
    for by, name in sorted(evaluation.groups, key=lambda group: (order.index(group[0]), group[1])):
        tally = evaluation.groups[by, name]
        yield f"| {by} | {name} | {tally.caught} | {tally.rejected} | {tally.reviewed} |"
