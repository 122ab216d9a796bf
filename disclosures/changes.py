"""What became of a post between two readings of its page. Pure.

Each change is something its writer can be asked about; none of them says why it was made.
"""

import re
from collections import Counter
from dataclasses import dataclass

from disclosures.states import FindingKind
from disclosures.values import VerdictCode

LABELLED = frozenset({VerdictCode.SUFFICIENT, VerdictCode.MISPLACED, VerdictCode.WRONG_LANGUAGE})
_WORD = re.compile(r"\w+")
_COUNTER_WORDS = 6


@dataclass(frozen=True)
class Seen:
    """One reading of a page: its words, where its links lead, which audiences had a label.

    parts: the words not seen first, where a label may stand too. labelled: the jurisdictions by
    whose rules there was a label, right or misplaced; missing: those by whose rules there was none
    and one is owed.
    """

    text: str
    parts: tuple[str, ...]
    links: tuple[str, ...]
    labelled: frozenset[str]
    missing: frozenset[str]


def changes_between(before: Seen, now: Seen) -> frozenset[FindingKind]:
    """What changed for a reader."""
    is_same_page = (before.text, before.parts) == (now.text, now.parts)
    changes = {
        # The same words judged by newer rules are no act of their writer.
        FindingKind.LABEL_REMOVED: bool(before.labelled & now.missing) and not is_same_page,
        FindingKind.LINK_SWAPPED: is_swapped(before.links, now.links),
        FindingKind.TEXT_EDITED: _lines(before.text) != _lines(now.text),
    }
    return frozenset(kind for kind, changed in changes.items() if changed)


def is_swapped(before: tuple[str, ...], now: tuple[str, ...]) -> bool:
    """Whether a link is gone and another stands there that did not: one more is no swap."""
    return bool(set(before) - set(now)) and bool(set(now) - set(before))


def _lines(text: str) -> Counter[tuple[str, ...]]:
    """The words of a text line by line, without what a site rewrites by itself.

    Short lines with a figure are counters and ages ("3 hours ago", "12 comments"); the order of
    the lines is left out, since sites shuffle their own boxes.
    """
    lines = (tuple(_WORD.findall(line)) for line in text.casefold().splitlines())
    return Counter(
        line
        for line in lines
        if len(line) > _COUNTER_WORDS or not any(word[0].isdigit() for word in line)
    )
