"""The words of `rules/reading.yaml`, folded once and ready to be asked."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from disclosures.reading.folding import folded, squashed
from disclosures.rules import Rulebook, Wording, expanded, language


@dataclass(frozen=True, slots=True)
class Words:
    leads: frozenset[str]
    lead_articles: frozenset[str]
    articles: frozenset[str]
    definite_articles: frozenset[str]
    topic_follows: frozenset[str]
    topic_joins: frozenset[str]
    label_goes_on: frozenset[str]
    before_brand: frozenset[str]
    toward_brand: frozenset[str]
    other_subjects: frozenset[str]
    other_people: frozenset[str]
    theirs: frozenset[str]
    hedges: frozenset[str]
    noun_negators: frozenset[str]
    relatives: frozenset[str]
    denying: frozenset[str]
    arranged: frozenset[str]
    denied_after: frozenset[str]
    unpaid: frozenset[str]
    linking: frozenset[str]
    not_a_denial: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    site_menu: frozenset[str]
    denied_hashtags: tuple[str, ...]
    denials: dict[tuple[str, str], list[tuple[str, ...]]]
    negators: dict[str, frozenset[str]]
    same_as: dict[str, str]


@cache
def words() -> Words:
    raw = language()
    negators: dict[str, list[str]] = raw["negators"]
    always = _single(negators["always"])
    return Words(
        leads=_single(raw["leads"]),
        lead_articles=_single(raw["lead_articles"]),
        articles=_single(raw["article_words"]),
        definite_articles=_single(raw["definite_articles"]),
        topic_follows=_single(raw["topic_follows"]),
        topic_joins=_single(raw["topic_joins"]),
        label_goes_on=_single(raw["label_goes_on"]),
        before_brand=_single(raw["before_brand"]),
        toward_brand=_single(raw["toward_brand"]),
        other_subjects=_single(raw["other_subjects"]),
        other_people=_single(raw["other_people"]),
        theirs=_single(raw["theirs"]),
        hedges=_single(raw["hedges"]) - {"on"},
        noun_negators=_single(raw["noun_negators"]),
        relatives=_single(raw["relatives"]),
        denying=always.union(*map(_single, negators.values())),
        arranged=_single(raw["arranged"]),
        denied_after=_single(raw["denied_after"]),
        unpaid=_single(raw["unpaid"]),
        linking=_single(raw["leads"] + raw["article_words"] + raw["linking"]),
        not_a_denial=_single(raw["not_a_denial"]),
        yes=_single(raw["yes_words"]),
        no=_single(raw["no_words"]),
        site_menu=frozenset(folded(entry).strip() for entry in raw["site_menu"]),
        denied_hashtags=tuple(
            sorted({squashed("".join(w)) for p in raw["denied_hashtag"] for w in expanded(p)})
        ),
        denials=_by_first_words(raw["denials"]),
        negators={code: always | _single(entries) for code, entries in negators.items()},
        same_as={folded(k): folded(v) for k, v in raw["same_as"].items()},
    )


def _single(entries: list[str]) -> frozenset[str]:
    return frozenset(word for entry in entries for word in folded(entry).split())


def _by_first_words(patterns: list[str]) -> dict[tuple[str, str], list[tuple[str, ...]]]:
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for spelt in (folded_words(w) for p in patterns for w in expanded(p)):
        if len(spelt) > 1:
            found.setdefault((spelt[0], spelt[1]), []).append(spelt)
    return found


def folded_words(spelt: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w if w.startswith("{") else folded(w) for w in spelt)


Spelt = tuple[tuple[str, ...], Wording]


@dataclass(frozen=True, slots=True)
class Index:
    """The wordings of a rulebook, by their first two words and by how they read as a hashtag.

    The second word is "" where there is none or where it is the brand.
    """

    phrases: dict[str, dict[str, list[Spelt]]]
    brand_first: list[Spelt]
    brand_joined: dict[str, list[Wording]]
    hashtags: dict[str, list[Wording]]
    hashtag_starts: dict[str, list[tuple[str, Wording]]]


_index: dict[str, Index] = {}


def index(book: Rulebook) -> Index:
    if book.code not in _index:
        _index[book.code] = _indexed(book)
    return _index[book.code]


def _indexed(book: Rulebook) -> Index:
    made = Index({}, [], {}, {}, {})
    for wording in book.wordings:
        spelt = folded_words(wording.words)
        if spelt[0].startswith("{brand}") and spelt[0] != "{brand}":
            rest = spelt[0].removeprefix("{brand}")
            made.brand_joined.setdefault(rest, []).append(wording)
            continue
        if spelt[0] == "{brand}":
            made.brand_first.append((spelt[1:], wording))
        elif not wording.hashtag_only:
            second = spelt[1] if len(spelt) > 1 and not spelt[1].startswith("{") else ""
            made.phrases.setdefault(spelt[0], {}).setdefault(second, []).append((spelt, wording))
        _add_hashtag(made, "".join(spelt), wording)
    return made


def _add_hashtag(made: Index, joined: str, wording: Wording) -> None:
    for slot in ("{brand}", "{any}"):
        if joined.endswith(slot):
            start = squashed(joined.removesuffix(slot))
            made.hashtag_starts.setdefault(start, []).append((slot, wording))
            return
    if "{" not in joined:
        made.hashtags.setdefault(squashed(joined), []).append(wording)


def folds() -> dict[str, Any]:
    return language()
