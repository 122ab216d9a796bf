"""The check of words: what is asked for, what is given for it, and whether it is said or told of.

`judge` is pure and needs no database. Every language's patterns run on every text, since people
mix languages; the language of a text only words the answer.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from campaigns.quality.folding import Folded, fold
from campaigns.quality.text import domains, resemblance
from campaigns.quality.text.contexts import CONTEXTS, ESSAY, Marks, Surroundings
from campaigns.quality.text.headings import not_wanted
from campaigns.quality.text.languages import language_of
from campaigns.quality.text.lexicon import SYMBOL, Reading, joined
from campaigns.quality.text.rulebook import LANGUAGES, Rule, Rulebook, rulebook, version
from campaigns.quality.values import Finding, Judgement, worst

LONGEST = 200_000  # characters; a longer text is refused, not cut
POSTED = frozenset({"post", "comment"})
RULE_SET = version()  # changes with any word or rule


class TooLong(ValueError):
    """The text has more characters than a check takes."""


def judge(
    words: str, *, kind: str, lang: str | None = None, reader: str | None = None
) -> Judgement:
    """What the rules say of `words`.

    kind: brief, mechanic, terms, post, comment or link. lang: of the text, guessed if not given.
    reader: en, it or fr, the language of the reasons; the text's own if not given, else English.
    Raises TooLong.
    """
    if len(words) > LONGEST:
        raise TooLong(f"{len(words)} characters are more than {LONGEST}")
    book = rulebook()
    found = list(domains.look_alikes(words, kind))
    if kind != "link":
        found += _in_words(words, kind, book)
    if not found:
        return Judgement("accept")
    speaks = reader if reader in LANGUAGES else (lang or language_of(words))[:2]
    speaks = speaks if speaks in LANGUAGES else "en"
    softly = kind in POSTED and len(words.split()) > ESSAY
    findings = tuple(
        _finding(place, words, book, speaks, softly=softly) for place in sorted(found, key=_order)
    )
    return Judgement(worst(findings), findings)


def judge_many(texts: Iterable[tuple[str, str]]) -> Iterator[Judgement]:
    """Judge (words, kind) one after the other; memory does not grow with their number."""
    for words, kind in texts:
        yield judge(words, kind=kind)


Place = tuple[str, int, int]  # rule id, start, end in the original text


def _order(place: Place) -> tuple[int, int, str]:
    return place[1], place[2], place[0]


@cache
def _marks() -> Marks:
    return Marks.of(rulebook().lexicon)


def _in_words(words: str, kind: str, book: Rulebook) -> list[Place]:
    folded = fold(words, book.lexicon.words)
    text = folded.text.decode("latin-1")
    pieces = text.split(" ")
    feasible = book.gate.feasible(pieces)
    if not feasible:
        return []
    tokens = book.lexicon.tokens(pieces)
    symbols = book.lexicon.symbols(tokens)
    found = _by_rules(words, kind, folded, symbols, feasible)
    if found:
        return found
    likeness = resemblance.model(book.lexicon)
    if not likeness or likeness.score(tokens, symbols, kind) < likeness.threshold:
        return []
    reading = book.lexicon.read(text, symbols)
    start, end = likeness.most_like(reading.symbols)
    if Surroundings(reading, _marks()).excuse(start, end, CONTEXTS):
        return []
    return [_place(resemblance.RULE, start, end, reading, folded)]


def _by_rules(
    words: str, kind: str, folded: Folded, symbols: list[str], feasible: list[int]
) -> list[Place]:
    book = rulebook()
    encoded = joined(symbols).encode()
    tried = [book.owners[number] for number in feasible]
    matched = [
        (rule, pattern) for rule, pattern in tried if kind in rule.kinds and pattern.search(encoded)
    ]
    if not matched:
        return []
    reading = book.lexicon.read(folded.text.decode("latin-1"), symbols)
    around = Surroundings(reading, _marks())
    refused = not_wanted(words)
    best: dict[str, Place] = {}
    for rule, pattern in matched:
        if rule.id in best:
            continue
        for match in pattern.finditer(encoded):
            start, end = match.start() // SYMBOL, match.end() // SYMBOL
            place = _place(rule.id, start, end, reading, folded)
            if not (_excused(rule, start, end, around, book) or _unwanted(rule, place, refused)):
                best[rule.id] = place
                break
    return list(best.values())


def _excused(rule: Rule, start: int, end: int, around: Surroundings, book: Rulebook) -> bool:
    if around.excuse(start, end, rule.spares):
        return True
    first, last = around.sentence(start, end)
    thought = around.reading.symbols[first:last].encode()
    return any(pattern.search(thought) for pattern in book.unless[rule.id])


def _unwanted(rule: Rule, place: Place, refused: list[tuple[int, int]]) -> bool:
    """Whether it stands under a heading that refuses it, where refusing excuses."""
    inside = any(start <= place[1] and place[2] <= end for start, end in refused)
    return inside and "refused" in rule.spares


def _place(rule: str, start: int, end: int, reading: Reading, folded: Folded) -> Place:
    first, last = folded.span(reading.starts[start], reading.ends[end - 1])
    return rule, first, last


def _finding(place: Place, words: str, book: Rulebook, speaks: str, *, softly: bool) -> Finding:
    """softly: a person reads before anything is refused, as an essay quotes what it is about."""
    name, start, end = place
    rule = book.rule(name)
    return Finding(
        rule=rule.id,
        family=rule.family.id,
        severity="review" if softly else rule.severity,
        start=start,
        end=end,
        quote=words[start:end],
        why=rule.why[speaks],
        alternative=rule.alternative[speaks],
        source=rule.source,
        redress=book.redress[speaks],
    )
