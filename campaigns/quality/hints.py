"""What the rules would say of words that are still being written. Nothing is kept."""

from typing import Any

from campaigns.quality import reading
from campaigns.quality.text.headings import heading
from campaigns.quality.wording import reasons, worded

KINDS = frozenset({"brief", "mechanic", "terms"})
LONGEST = 20_000  # characters; longer words are read when they are saved
NOT_WANTED = "not_wanted"  # the answer of a brief that lists what nobody should do


def hints(words: str, *, kind: str, of: str, language: str, reader: str) -> list[dict[str, Any]]:
    """The findings as their reader reads them, each kind of reason once.

    of: the field they are written in. language: of the words. reader: who reads the reasons.
    """
    if not words.strip():
        return []
    if of == NOT_WANTED:
        words = f"{heading(language)} {words}"
    judged = reading.judge(words, kind=kind, lang=language, reader=reader)
    found = [each.as_dict() for each in judged.findings]
    said, _ = reasons(worded(_once(found), reader), words)
    return [{**each.found, "quote": each.quotes[0]} for each in said]


def _once(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what is about words that another finding names already, the strictest kept."""
    kept: list[dict[str, Any]] = []
    for each in sorted(found, key=lambda each: each["severity"] != "reject"):
        if not any(each["start"] < other["end"] and other["start"] < each["end"] for other in kept):
            kept.append(each)
    return kept
