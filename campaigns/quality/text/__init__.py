"""The check of words: what is asked for, what is given for it, and whether it is said or told of.

`judge` is pure and needs no database. Every language's patterns run on every text, since people
mix languages; the language of a text only words the answer.
"""

from collections.abc import Iterable, Iterator, Sequence

from campaigns.quality.text.contexts import ESSAY
from campaigns.quality.text.languages import language_of
from campaigns.quality.text.rulebook import LANGUAGES, Rulebook, rulebook, version
from campaigns.quality.text.search import places_in
from campaigns.quality.text.weighing import Place
from campaigns.quality.values import Finding, Judgement, worst

LONGEST = 200_000  # characters; a longer text is refused, not cut
BATCH = 200_000  # characters read at a time
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
    _refuse_too_long(words)
    [places] = places_in([(words, kind)])
    return _judgement(words, kind, places, lang, reader)


def judge_many(texts: Iterable[tuple[str, str]]) -> Iterator[Judgement]:
    """Judge (words, kind) in their order, some at a time; memory does not grow with their number.

    Raises TooLong once those before are answered.
    """
    batch: list[tuple[str, str]] = []
    room = BATCH
    for words, kind in texts:
        if len(words) > room:
            yield from _judged(batch)
            batch, room = [], BATCH
        _refuse_too_long(words)
        batch.append((words, kind))
        room -= len(words) + 1
    yield from _judged(batch)


def _judged(batch: Sequence[tuple[str, str]]) -> Iterator[Judgement]:
    for (words, kind), places in zip(batch, places_in(batch), strict=True):
        yield _judgement(words, kind, places, None, None)


def _refuse_too_long(words: str) -> None:
    if len(words) > LONGEST:
        raise TooLong(f"{len(words)} characters are more than {LONGEST}")


def _order(place: Place) -> tuple[int, int, str]:
    return place.start, place.end, place.rule


def _judgement(
    words: str, kind: str, places: list[Place], lang: str | None, reader: str | None
) -> Judgement:
    if not places:
        return Judgement("accept")
    speaks = reader if reader in LANGUAGES else (lang or language_of(words))[:2]
    speaks = speaks if speaks in LANGUAGES else "en"
    softly = kind in POSTED and len(words.split()) > ESSAY
    book = rulebook()
    findings = tuple(
        _finding(place, words, book, speaks, softly=softly) for place in sorted(places, key=_order)
    )
    return Judgement(worst(findings), findings)


def _finding(place: Place, words: str, book: Rulebook, speaks: str, *, softly: bool) -> Finding:
    """softly: a person reads before anything is refused, as an essay quotes what it is about."""
    rule = book.by_id[place.rule]
    return Finding(
        rule=rule.id,
        family=rule.family.id,
        severity="review" if softly else place.severity,
        start=place.start,
        end=place.end,
        quote=words[place.start : place.end],
        why=rule.why[speaks],
        alternative=rule.alternative[speaks],
        source=rule.source,
        redress=book.redress[speaks],
    )
