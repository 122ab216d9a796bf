"""Where a clause about pay denies that it hangs on a measure: "pay does not depend on views"."""

from campaigns.quality.thoughts import CUTS, Words, nearest_amount


def denied(words: Words, at: int, first: int) -> bool:
    """Whether a negation of the same clause, left of the measure, takes the tie back."""
    start = _clause(words, at)
    for i in range(start, at):
        if "regardless" in words[i]:
            return True
        if "deny" in words[i] and not (_spoilt(words, i, at) or _falls_short(words, start, at)):
            return True
    end = next((i for i in range(at, len(words)) if words[i].text in CUTS), len(words))
    if nearest_amount(words, at, start, end) is not None:
        return False
    return any("deny" in words[i] and not _spoilt(words, i, end) for i in range(at + 1, end))


def _falls_short(words: Words, start: int, at: int) -> bool:
    """If it does not reach 3,000 impressions: that is a condition, no denial."""
    if any("less" in words[i] and "number" in words[i + 1] for i in range(start, at - 1)):
        return True  # nothing is paid below 500 downloads
    first = next((i for i in range(start, at) if "if" in words[i]), at)
    return any("threshold" in words[i] for i in range(first + 1, at))


def _spoilt(words: Words, deny: int, at: int) -> bool:
    """`not only`, `no cap`, `not fixed but linked to views`: a negation of something else."""
    if any("spoilt" in words[i] for i in range(deny + 1, min(deny + 3, at))):
        return True
    if words[deny].text == "ne" and any(word.text == "que" for word in words[deny + 1 : at]):
        return True  # ne ... que: only
    return any("but" in words[i] for i in range(deny + 1, at))


def _clause(words: Words, at: int) -> int:
    """Where the clause of the measure begins; a comma within a list of measures does not cut."""
    for i in range(at - 1, -1, -1):
        if words[i].text not in CUTS:
            continue
        listed = i and words[i - 1].family and any(w.family for w in words[i + 1 : i + 4])
        if not listed:
            return i + 1
    return 0
