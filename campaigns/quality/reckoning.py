"""A measure reckoned with in a clause: `fee + 0.35 * views`, `max(300, likes / 10)`.

Pure rules over classed words, as in tying.py. A sign alone ties nothing: beside it must stand a
number, pay or a word that formulas are made of, so that a list ("likes/comments") is left alone.
"""

from collections.abc import Iterator

from campaigns.quality.denials import denied
from campaigns.quality.thoughts import Span, Words

CALLS = frozenset({"min", "max", "sum", "round", "ceil", "floor"})
TIMES = frozenset("*x")
JOINING = frozenset({"and", "or", "if", "else", "the", "per", "pro", "par", "por"})


def reckoned(words: Words) -> Iterator[tuple[str, int, int]]:
    """(family, start, end) of each measure in one thought that stands in a sum."""
    for at, word in enumerate(words):
        if word.family and "token" not in word:
            span = _argument(words, at) or _left(words, at) or _right(words, at)
            if span and not denied(words, at, span[0]):
                yield word.family, words[span[0]].start, words[span[1]].end


def _argument(words: Words, at: int) -> Span | None:
    """max(likes, 300)."""
    begin, end = _named(words, at)
    if not (_text(words, begin - 1) in {"(", ","} and _text(words, end + 1) in {")", ","}):
        return None
    for i in range(begin - 1, -1, -1):
        if words[i].text == "(":
            return (i - 1, at) if _text(words, i - 1) in CALLS else None
        if words[i].text == ")":
            return None
    return None


def _left(words: Words, at: int) -> Span | None:
    """0.35 * views, fee + likes."""
    begin, end = _named(words, at)
    while _text(words, begin - 1) == "(":
        begin -= 1
    sign, before = _text(words, begin - 1), begin - 2
    if sign == "*" and _text(words, end + 1) == "*" and not _is_factor(words, end + 2):
        return None  # a word set in bold
    if sign in {"+", "-"} and "weak" in words[at]:
        return None  # "two reels (max 60 seconds) + comments answered"
    while _text(words, before) == ")":
        before -= 1
    if sign in TIMES | {"+", "-", "="} and _is_factor(words, before):
        return before, at
    if sign == "/" and before >= 0 and not {"number", "pay"}.isdisjoint(words[before].classes):
        return before, at
    return None


def _right(words: Words, at: int) -> Span | None:
    """views / 1000, likes * rate, clicks + fee."""
    _, end = _named(words, at)
    while _text(words, end + 1) == ")":
        end += 1
    sign, after = _text(words, end + 1), end + 2
    while _text(words, after) == "(":
        after += 1
    if sign in TIMES and _is_factor(words, after):
        return at, after
    if sign == "/" and after < len(words) and "number" in words[after]:
        return at, after
    if sign == "+" and after < len(words) and "pay" in words[after]:
        return at, after
    return None


def _named(words: Words, at: int) -> Span:
    """The whole of a name such as n_followers, likes_count or (multiplied) total_ami_invité, whose
    line folds to a blank."""
    begin = at
    while _is_word(words, begin - 1):
        begin -= 1
    if at - begin > (2 if _text(words, begin - 1) == "*" else 1):
        begin = at
    end = at + 1 if _is_word(words, at + 1) and not _is_word(words, at + 2) else at
    return begin, end


def _is_word(words: Words, i: int) -> bool:
    """x and by are signs of a sum."""
    return 0 <= i < len(words) and words[i].text.isalpha() and words[i].text not in TIMES


def _is_factor(words: Words, i: int) -> bool:
    if not 0 <= i < len(words) or words[i].text in JOINING or words[i].family:
        return False
    return not {"number", "pay", "factor", "currency"}.isdisjoint(words[i].classes)


def _text(words: Words, i: int) -> str:
    return words[i].text if 0 <= i < len(words) else ""
