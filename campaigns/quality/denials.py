"""Where a clause about pay denies that it hangs on a measure: "pay does not depend on views"."""

from campaigns.quality.thoughts import CUTS, Token, Words, is_money, nearest_amount

ASIDE = 8  # words of an aside before its measure: `, such as by likes or views,`


def denied(words: Words, at: int, first: int) -> bool:
    """Whether a negation of the same clause, left of the measure, takes the tie back."""
    if _withheld(words, at):
        return False
    start = _clause(words, at)
    for i in range(start, at):
        if "regardless" in words[i]:
            return True
        if "deny" in words[i] and not (_spoilt(words, i, at) or _falls_short(words, start, at)):
            return True
    counted = any("number" in word for word in words[max(0, at - 2) : at])  # void below 500 views
    if not counted and (_banned_before(words, at) or _banned_after(words, at)):
        return True
    end = _cut(words, at)
    if nearest_amount(words, at, start, end) is not None:
        return False
    return any("deny" in words[i] and not _spoilt(words, i, end) for i in range(at + 1, end))


def _withheld(words: Words, at: int) -> bool:
    """Failure to pay the bonus for likes is a material breach: that demands the bonus."""
    if not any("breach" in word for word in words):
        return False
    after = any("breach" in word for word in words[at:])
    return any("failure" in word or (after and "deny" in word) for word in words)


def _banned_before(words: Words, at: int) -> bool:
    """It is forbidden to offer money, credits or gifts for likes."""
    for i in range(at - 1, -1, -1):
        if {"ban", "must_not"} & words[i].classes:
            free = nearest_amount(words, at, i, _cut(words, at)) is None
            return free and not (_spoilt(words, i, at) or _falls_short(words, i, at))
        if words[i].text[-1] in CUTS or "joins" in words[i]:
            if not _goes_on(words, i, at):
                return False
        elif {"being", "but"} & words[i].classes:
            return False
    return False


def _goes_on(words: Words, i: int, at: int) -> bool:
    """Whether what a ban is about goes on past a comma or an `and`: a list, an aside, a relative
    clause, German's `zu`."""
    before, then = words[i - 1], words[i + 1 : at]
    if "joins" in words[i]:
        return "being" not in words[i] and (is_money(before) or bool(before.family))
    if words[i].text != ",":
        return False
    if "ban" in before:  # Es ist verboten, Nutzern Geld für Likes zu geben.
        correlate = any(word.text == "es" for word in words[max(0, i - 4) : i])
        told = any("being" in word for word in then)
        return correlate and not told and any("infinitive" in word for word in words[at + 1 :])
    if _aside(words, i):
        return True
    listed = is_money(before) or bool(before.family) or "listed" in before
    if not listed or any("gain" in word and not word.family for word in then[:3]):
        return False  # no bots, creators get money for likes
    return _is_list(words, i) or any(_lists(word) for word in then[1:4])


def _aside(words: Words, i: int) -> bool:
    """Whether the comma opens or closes an aside of what is banned: `ogni patto, anche orale, che
    leghi`."""
    if "pact" in words[i - 1]:
        ends = range(i + 2, min(i + 5, len(words) - 1))
        return any(words[j].text == "," and "relative" in words[j + 1] for j in ends)
    opens = range(max(1, i - 4), i - 1)
    return "relative" in words[i + 1] and any(
        words[j].text == "," and "pact" in words[j - 1] for j in opens
    )


def _lists(word: Token) -> bool:
    """Italian's `e` may be `è`, too."""
    return word.text == "," or "or" in word or ("joins" in word and "being" not in word)


def _banned_after(words: Words, at: int) -> bool:
    """A bonus on clicks, views or sign-ups is null; a bonus, as by views, is not agreed."""
    aside = any("such_as" in word for word in words[max(0, at - ASIDE) : at])
    for i in range(at, len(words) - 1):
        word, then = words[i], words[i + 1]
        pause = word.text[-1] in CUTS
        if {"if", "but", "relative"} & word.classes or word.text in ":()":
            return False
        if (pause or {"joins", "or"} & word.classes) and not _is_of_list(words, i + 1):
            if not (pause and aside and "being" in then):
                return False
        elif "ban" in then:
            free = nearest_amount(words, at, _clause(words, at), i + 1) is None
            return free and not _conditional(words, i + 1)
        aside = aside or "such_as" in then
    return False


def _conditional(words: Words, ban: int) -> bool:
    """Void if the clicks come from bots: else it stands. French's `des` is an article, too."""
    return any({"if", "but"} & word.classes for word in words[ban + 1 :]) or any(
        "in_case" in word or ("if" in word and "articles" not in word) for word in words
    )


def _is_of_list(words: Words, i: int) -> bool:
    """Whether the next word, articles aside, is a measure too: `, etwa nach Aufrufen`."""
    while i < len(words) and {"articles", "such_as"} & words[i].classes and not words[i].family:
        i += 1
    return i < len(words) and bool(words[i].family)


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
        if not _is_list(words, i):
            return i + 1
    return 0


def _is_list(words: Words, comma: int) -> bool:
    return bool(comma and words[comma - 1].family) and any(
        word.family for word in words[comma + 1 : comma + 4]
    )


def _cut(words: Words, at: int) -> int:
    """Where the clause of the measure ends."""
    return next((i for i in range(at, len(words)) if words[i].text in CUTS), len(words))
