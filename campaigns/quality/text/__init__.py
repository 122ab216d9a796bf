"""The check of words: what is asked for, what is given for it, and whether it is said or told of.

`judge` is pure and needs no database. Every language's patterns run on every text, since people
mix languages; the language of a text only words the answer.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from campaigns.quality.folding import Folded, fold
from campaigns.quality.text import domains
from campaigns.quality.text.contexts import Marks, Surroundings
from campaigns.quality.text.headings import not_wanted
from campaigns.quality.text.languages import language_of
from campaigns.quality.text.lexicon import Reading
from campaigns.quality.text.rulebook import LANGUAGES, Rule, Rulebook, rulebook, version
from campaigns.quality.values import Finding, Judgement, worst

LONGEST = 200_000  # characters; a longer text is refused, not cut
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
    lang = lang or language_of(words)
    speaks = next((each for each in (reader, lang[:2]) if each in LANGUAGES), "en")
    findings = tuple(_finding(place, words, book, speaks) for place in sorted(found, key=_order))
    return Judgement(worst(findings), lang, findings)


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
    reading = book.lexicon.read(folded.text.decode("latin-1"))
    encoded = reading.symbols.encode()
    numbers = book.first_pass.Match(encoded)
    if not numbers:
        return []
    around = Surroundings(reading, _marks())
    refused = not_wanted(words)
    best: dict[str, Place] = {}
    for number in sorted(numbers):
        rule, pattern = book.owners[number]
        if kind not in rule.kinds or rule.id in best:
            continue
        for match in pattern.finditer(encoded):
            start, end = match.start() // 2, match.end() // 2
            place = _place(rule, start, end, reading, folded)
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


def _place(rule: Rule, start: int, end: int, reading: Reading, folded: Folded) -> Place:
    first, last = folded.span(reading.starts[start], reading.ends[end - 1])
    return rule.id, first, last


def _finding(place: Place, words: str, book: Rulebook, speaks: str) -> Finding:
    name, start, end = place
    rule = book.rule(name)
    return Finding(
        rule=rule.id,
        family=rule.family.id,
        severity=rule.severity,
        start=start,
        end=end,
        quote=words[start:end],
        why=rule.why[speaks],
        alternative=rule.alternative[speaks],
        source=rule.source,
        redress=book.redress[speaks],
    )
