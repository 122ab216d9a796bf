"""Where in texts the rules find something, and nothing around it excuses it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from campaigns.quality.folding import Folded, fold
from campaigns.quality.text import domains, resemblance
from campaigns.quality.text.contexts import Marks, Surroundings
from campaigns.quality.text.headings import not_wanted
from campaigns.quality.text.lexicon import SYMBOL, Lexicon, Reading, joined
from campaigns.quality.text.rulebook import Rule, compiled, rulebook
from campaigns.quality.text.weighing import Place, weighed


@cache
def _marks() -> Marks:
    return Marks.of(rulebook().lexicon)


@dataclass(slots=True)  # frozen ones take thrice as long to make
class _Text:
    """One text as the lexicon reads it."""

    words: str
    kind: str
    folded: Folded
    tokens: list[str]
    symbols: list[str]

    @classmethod
    def of(cls, words: str, kind: str, lexicon: Lexicon) -> "_Text":
        folded = fold(words, lexicon.words)
        tokens = lexicon.tokens(folded.text.decode("latin-1"))
        return cls(words, kind, folded, tokens, lexicon.symbols(tokens))

    def surroundings(self) -> Surroundings:
        folded = self.folded.text.decode("latin-1")
        return Surroundings(Reading(folded, self.tokens, self.symbols), _marks())


def places_in(batch: Sequence[tuple[str, str]]) -> Iterator[list[Place]]:
    """By text: what is found in it."""
    for text, by_rules in _found_by_rules(batch):
        found = [
            Place(*each, rulebook().by_id[each[0]].severity, "")
            for each in domains.look_alikes(text.words, text.kind)
        ]
        if text.kind != "link":
            found += _weighed(text.kind, by_rules) or _by_likeness(text)
        yield found


def found_by_rules(batch: Sequence[tuple[str, str]]) -> Iterator[list[Place]]:
    """By text: what the named rules find, before the model weighs it."""
    return (found for _, found in _found_by_rules(batch))


def _found_by_rules(batch: Sequence[tuple[str, str]]) -> Iterator[tuple[_Text, list[Place]]]:
    book = rulebook()
    texts = [_Text.of(words, kind, book.lexicon) for words, kind in batch]
    joined_up = [joined(text.symbols) for text in texts]
    matched = book.matcher.matches(joined_up)
    for text, symbols, numbers in zip(texts, joined_up, matched, strict=True):
        yield text, _by_rules(text, symbols, numbers)


def _by_rules(text: _Text, symbols: str, numbers: list[int]) -> list[Place]:
    book = rulebook()
    matched = [
        (rule, pattern)
        for rule, pattern in map(book.owners.__getitem__, numbers)
        if text.kind in rule.kinds
    ]
    if not matched:
        return []
    encoded = symbols.encode()
    around = text.surroundings()
    best: dict[str, Place] = {}
    for rule, pattern in matched:
        if rule.id in best:
            continue
        for match in compiled(pattern).finditer(encoded):
            start, end = match.start() // SYMBOL, match.end() // SYMBOL
            if _excused(rule, start, end, around):
                continue
            place = _place(rule, start, end, text.folded, around)
            if not _unwanted(rule, place, text.words):
                best[rule.id] = place
                break
    return list(best.values())


def _weighed(kind: str, found: list[Place]) -> list[Place]:
    likeness = resemblance.model(rulebook().lexicon)
    if not likeness or not found:
        return found
    score_of = cache(partial(likeness.score_of, kind=kind))  # finds often share their passage
    return weighed(found, score_of, likeness.bars)


def _by_likeness(text: _Text) -> list[Place]:
    book = rulebook()
    likeness = resemblance.model(book.lexicon)
    if not likeness or not likeness.finds(text.tokens, text.symbols, text.kind):
        return []
    around = text.surroundings()
    start, end = likeness.most_like(around.reading.symbols)
    return [_place(book.by_id[resemblance.RULE], start, end, text.folded, around)]


def _excused(rule: Rule, start: int, end: int, around: Surroundings) -> bool:
    if around.excuse(start, end, rule.spares):
        return True
    if not rule.unless:
        return False
    first, last = around.sentence(start, end)
    thought = around.reading.symbols[first:last].encode()
    return compiled(*rule.unless).search(thought) is not None


def _unwanted(rule: Rule, place: Place, words: str) -> bool:
    """Whether it stands under a heading that refuses it, where refusing excuses."""
    return "refused" in rule.spares and any(
        start <= place.start and place.end <= end for start, end in not_wanted(words)
    )


def _place(rule: Rule, start: int, end: int, folded: Folded, around: Surroundings) -> Place:
    first, last = folded.span(*around.reading.span(start, end))
    return Place(rule.id, first, last, rule.severity, around.passage(start, end, folded.text))
