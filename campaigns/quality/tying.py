"""How the words of one thought tie pay to a measure of attention, and how they deny it.

Pure rules over classed words (pay_words.yaml): a rate ("50 € per like"), a number to reach ("300 €
once it has 10k views"), a link ("the fee depends on reach"), a bonus on a measure, more for more,
no likes no pay, and the trade's own words (CPC, TKP).
"""

from collections.abc import Iterator

from campaigns.quality.denials import denied
from campaigns.quality.thoughts import (
    CUTS,
    Span,
    Words,
    amount_at,
    around,
    bare,
    close_money,
    follows,
    is_money,
    money_at,
    nearest_amount,
    nearest_money,
    settled,
    whole_sums,
)

PAY = frozenset({"pay", "fee", "fees", "payment", "payments"})
SIGNS = frozenset("/=x*>-:")


def hanging(words: Words) -> Iterator[tuple[str, int, int]]:
    """(family, start, end) of each measure in one thought that pay hangs on."""
    words = list(settled(words))
    for at, word in enumerate(words):
        if not word.family or _no_measure(words, at):
            continue
        span = _lack(words, at) or _tie(words, at)
        if span:
            first, last = whole_sums(words, *span)
            yield word.family, words[first].start, words[last].end


def _no_measure(words: Words, at: int) -> bool:
    """`Agreed per iscritto` is Italian for in writing; a customer who signs a contract is a sale;
    `10 % of the followers are bought` pays nothing."""
    if words[at].text == "iscritto" and at and words[at - 1].text == "per":
        return not money_at(words, at - 2)
    if _sale(words, at):
        return True
    return _share(words, at) and not any(
        "bonus" in word or ("currency" in word and word.text != "%") for word in words
    )


def _sale(words: Words, at: int) -> bool:
    """Per referred customer who signs a contract: the contract is the customer's, not the
    creator's own."""
    if at + 2 >= len(words) or "buyer" not in words[at + 1]:
        return False
    comma = words[at + 2].text == ","
    first = at + 3 if comma else at + 2
    if first >= len(words):
        return False
    if "relative" not in words[first] and not (comma and words[first].text in {"der", "die"}):
        return False
    end = next((i for i in range(first, len(words)) if words[i].text in CUTS), len(words))
    clause = words[first:end]
    return any("sold" in word for word in clause) and any("signs" in word for word in clause)


def _share(words: Words, at: int) -> bool:
    """Whether it is some percent of a measure that is bought or fake: `10 % der Abonnenten
    gekauft`; `10 % of the followers bought the product` is a number to reach."""
    i = at - 1
    while i > 0 and "articles" in words[i]:
        i -= 1
    said = at + 1
    while said < len(words) and "being" in words[said]:
        said += 1
    if said >= len(words) or "fake" not in words[said]:
        return False
    if said + 1 < len(words) and words[said + 1].text not in CUTS and "or" not in words[said + 1]:
        return False
    return i < at - 1 and words[i].text == "%" and "rate" not in words[at]


def _tie(words: Words, at: int) -> Span | None:
    if "token" in words[at]:
        return None if denied(words, at, at) else (at, at)
    for rule in (
        _compound,
        _rate,
        _times,
        _number,
        _short,
        _link,
        _bonus,
        _bought,
        _whenever,
        _more,
        _most,
        _brings,
    ):
        span = rule(words, at)
        if span and not denied(words, at, span[0]):
            return span
    return None


def _compound(words: Words, at: int) -> Span | None:
    """Klickprämie."""
    return (at, at) if "pay" in words[at] else None


def _times(words: Words, at: int) -> Span | None:
    """Views x 0.01 €."""
    then = words[at + 1 : at + 4]
    if "weak" in words[at] and then and "per" in then[0]:
        return None  # moderation of comments for 450 € a month
    by = bool(then) and ("times" in then[0] or (then[0].text in ":=" and _multiplies(then)))
    end = next((i for i in range(at + 2, min(at + 5, len(words))) if amount_at(words, i)), None)
    return (at, end) if by and end else None


def _multiplies(words: Words) -> bool:
    return any(word.text in {"x", "*"} for word in words)


def _rate(words: Words, at: int) -> Span | None:
    """50 € per like, 50 € for every 1,000 views, 0,35 € le clic, every click earns 2 cents."""
    head, number = _before(words, at)
    if head < 0:
        return None
    opener, weak = words[head], "weak" in words[at]
    if opener.text == "/" and head and words[head - 1].family:
        return None  # views/likes are listed
    if "each" in opener and "rate" not in words[at]:
        close = weak and not number
        money = close_money(words, head, at) if close else nearest_money(words, head)
        return around(money, head, at)
    if "per" in opener:
        if weak and (number is False or _article_after(words, head)):
            return None
        money = close_money(words, head, at) if weak else nearest_money(words, head)
        if opener.text in {"a", "al", "alla", "au", "aux"} and not money_at(words, head - 1):
            money = None
        if money is None and head and "number" in words[head - 1] and number is None:
            money = bare(words, head - 1)
        return around(money, head, at)
    if ("the" in opener or opener.text in SIGNS) and amount_at(words, head - 1):
        return head - 1, at
    if opener.text in {"x", "*"} and head and "number" in words[head - 1]:
        return around(nearest_money(words, head), head - 1, at)
    return None


def _number(words: Words, at: int) -> Span | None:
    """300 € once it has 10k views; 1000 vues = 3 €; guaranteed 500 likes or the fee is refunded."""
    _, number = _before(words, at)
    money = nearest_money(words, at)
    if money is None:
        return None
    if level := _level(words, at, money):
        return level
    if number is None and (times := _over_and_over(words, at)):
        return around(money, at, times)
    if number is None or "rate" in words[at] or ("weak" in words[at] and number is False):
        return None
    first = next(i for i in range(at - 1, -1, -1) if "number" in words[i])
    while first and "number" in words[first - 1]:
        first -= 1
    reached = any(
        "threshold" in words[i] or "if" in words[i] for i in range(max(0, first - 7), first)
    )
    condition = any("if" in word or "promised" in word for word in words)
    short = follows(words, at) is not None
    equal = at + 1 < len(words) and words[at + 1].text in {"=", ":", ">"}
    prepared = first > 0 and words[first - 1].text in {"at", "a", "bei", "ab", "to", "zu", "les"}
    if reached or condition or prepared or (short and ("weak" not in words[at] or equal)):
        return around(money, first, at)
    return None


def _over_and_over(words: Words, at: int) -> int | None:
    """Once your post has been shared 50 times."""
    for i in range(at + 1, min(at + 4, len(words) - 1)):
        if "number" in words[i] and "times" in words[i + 1]:
            return (
                i + 1 if any("if" in word or "threshold" in word for word in words[:at]) else None
            )
    return None


def _level(words: Words, at: int, money: int) -> Span | None:
    """An extra when the engagement rate is above 5 %."""
    for i in range(at + 1, min(at + 6, len(words))):
        if words[i].text in CUTS:
            return None
        if "goal" in words[i]:
            return around(money, at, i)
        if "threshold" in words[i] or "more" in words[i]:
            weak = "weak" in words[at]
            if weak and not any("if" in word for word in words):
                return None
            wanted = "many" if weak else "number"
            found = any(wanted in words[j] for j in range(i + 1, min(i + 4, len(words))))
            return around(money, at, at) if found else None
        if "number" in words[i] and "weak" not in words[at]:
            return around(money, at, at) if any("if" in words[j] for j in range(at)) else None
    return None


def _short(words: Words, at: int) -> Span | None:
    """Reduced if the impressions stay behind the forecast."""
    if "weak" in words[at]:
        return None
    first = next((i for i in range(at - 1, max(-1, at - 7), -1) if "if" in words[i]), None)
    near = words[max(0, at - 3) : at + 6]
    if first is None or not any("less" in word for word in near):
        return None
    return around(nearest_money(words, first), first, at)


def _bought(words: Words, at: int) -> Span | None:
    """We only pay for verified clicks."""
    if "plain" not in words[at]:
        return None
    for i in range(at - 1, max(-1, at - 6), -1):
        if "paying" in words[i]:
            return (i, at) if any("only" in word for word in words[i + 1 : at]) else None
        if not ({"articles", "between", "only"} & words[i].classes):
            return None
    return None


def _link(words: Words, at: int) -> Span | None:
    """The fee depends on the number of clicks; a share of income in proportion to traffic."""
    for i in range(at - 1, max(-1, at - 9), -1):
        if words[i].text in CUTS:
            break
        if "link" in words[i]:
            money = next((j for j in range(i - 1, max(-1, i - 9), -1) if is_money(words[j])), None)
            return (money, at) if money is not None else None
        if "weak" in words[at] and not ({"articles", "between"} & words[i].classes):
            break
    return None


def _bonus(words: Words, at: int) -> Span | None:
    """A bonus on engagement; an engagement bonus."""
    after = at + 1
    while after < len(words) and words[after].text in {"-", "based"}:
        after += 1
    paid = after < len(words) and "weak" not in words[at] and "pay" in words[after]
    if paid and (after > at + 1 or "bonus" in words[after] or words[after].text in PAY):
        return at, after
    far = 2 if "weak" in words[at] else 4
    for i in range(at - 1, max(-1, at - 1 - far), -1):
        if "bonus" in words[i]:
            return i, at
        if not ({"articles", "between", "per", "number"} & words[i].classes):
            break
    return None


def _whenever(words: Words, at: int) -> Span | None:
    """You earn 2 cents whenever somebody leaves a comment; when a reader clicks you get 1 €."""
    for i in range(at - 1, max(-1, at - 8), -1):
        if words[i].text in CUTS:
            return None
        sure = "whenever" in words[i]
        if sure or ("if" in words[i] and "plain" in words[at]):
            money = nearest_money(words, i) if sure else nearest_amount(words, i)
            return around(money, i, at)
    return None


def _more(words: Words, at: int) -> Span | None:
    """The more likes, the higher the fee."""
    first = next((i for i in range(at - 1, max(-1, at - 7), -1) if "more" in words[i]), None)
    if first is None:
        return None
    second = next((i for i in range(at + 1, len(words)) if "more" in words[i]), None)
    if second is None:
        return None
    gain = next((i for i in range(second, len(words)) if "gain" in words[i]), None)
    return around(nearest_money(words, at) if gain is None else gain, first, second)


def _most(words: Words, at: int) -> Span | None:
    """The creator with the most votes wins 300 €."""
    for i in range(at, max(-1, at - 6), -1):
        if words[i].text in CUTS:
            return None
        most = "most" in words[i]
        if most or ("more" in words[i] and "weak" not in words[at]):
            return around(nearest_money(words, i) if most else nearest_amount(words, i), i, at)
    return None


def _brings(words: Words, at: int) -> Span | None:
    """Bring five friends and receive 25 €."""
    return around(nearest_amount(words, at), at, at) if "bring" in words[at] else None


def _lack(words: Words, at: int) -> Span | None:
    """No likes, no pay."""
    first = next((i for i in range(at - 1, max(-1, at - 4), -1) if "deny" in words[i]), None)
    if first is None or any("pay" in words[i] for i in range(first, at)):
        return None
    for i in range(at + 1, min(at + 6, len(words))):
        if "deny" in words[i]:
            for j in range(i + 1, min(i + 5, len(words))):
                if "pay" in words[j] and "link" not in words[j]:
                    return first, j
    return None


def _before(words: Words, at: int) -> tuple[int, bool | None]:
    """What stands before a measure and the number it has: (its place, and True where the number
    is fifty or more, False where less, None where there is none)."""
    number: bool | None = None
    i, steps = at - 1, 0
    while i >= 0 and steps < 6:
        word = words[i]
        if "number" in word:
            number = bool(number) or "many" in word
        elif word.text in "()" and "number" in words[i - 1]:
            pass
        elif not _passed_over(words, i):
            break
        i, steps = i - 1, steps + 1
    return i, number


def _passed_over(words: Words, i: int) -> bool:
    """Whether the word may stand between a measure and its number or its `each`."""
    word = words[i]
    if "and" in word or {"each", "per"} & word.classes:
        return False
    return bool({"between", "articles"} & word.classes) and not (
        "the" in word and amount_at(words, i - 1)
    )


def _article_after(words: Words, head: int) -> bool:
    """`50 € for the share of the story` names one piece of work; `50 € per share` does not."""
    return (
        head + 1 < len(words)
        and "articles" in words[head + 1]
        and (
            words[head].text not in {"per", "pro", "je"}
            or words[head + 1].text in {"la", "il", "le"}
        )
    )
