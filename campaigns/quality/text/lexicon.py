"""From a folded text to what its words can mean.

Each word of `rules/words/*.yaml` belongs to one or more concepts (an ask, a reward, a promise in
return ...). A text is read into one symbol a word, a symbol standing for a set of concepts; rules
are patterns over symbols. So a rule is written once for five languages and all inflections, and
its windows count words, not letters.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, compress, count, pairwise
from pathlib import Path
from sys import intern
from typing import TypeVar

import yaml

K = TypeVar("K", bound=Sequence[str])
T = TypeVar("T")
RULES = Path(__file__).resolve().parent.parent / "rules"
BREAK = "\u0800"  # the end of a sentence or a line
OTHER = "\u0801"  # a word no rule knows
SYMBOL = 3  # bytes
FIRST = 0x802  # symbols take three bytes each in UTF-8: a byte offset is three times a word's place
LAST = 0xD7FF
MANY = 3  # digits
MOST_KNOWN = 30_000  # pieces remembered: memory stays flat however many texts come
LONG = 40  # characters

# Tokens that are not words of a list, and the concepts they carry.
SIGNS = {
    "$": {"money"},
    "\xa4": {"money"},
    "\xa3": {"money"},
    "\x01": {"money_sign"},
    "\x02": {"prize_sign"},
    "\x03": {"like_sign"},
    "\x04": {"share_sign"},
    "%": {"percent"},
    "+": {"plus"},
    "=": {"equals"},
}
_SPECIAL = {
    "url": {"url"},
    "mention": {"mention"},
    "number": {"number"},
    "many": {"number", "many"},
    "swap": {"swap"},
}
_SWAP = re.compile(r"([a-z]+)(?:4|x)([a-z]+)")
_URL = (
    r"(?:https?://|www\.)[^\s<>\"]+"
    r"|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.(?:com|net|org|co|it|fr|de|es|uk|io|tv|ly|eu|example)\b(?:/[^\s<>\"]*)?"
)
_WORD = r"[a-z]+(?:[0-9]+[a-z]+)?"
_NUMBER = r"[0-9][0-9.,]*(?:[km]\b)?"
_OTHERS = (
    rf"{_WORD}|{_NUMBER}|[.!?;\n]+|[,:()>/|]+|-(?<=\s-)-*(?=\s)"
    '|"|[$\xa4\xa3%+=\x01\x02\x03\x04]'
    r"|@[a-z0-9_.]+"
)
_DOT = re.compile(r"\.[a-z]")
_TOKEN = re.compile(_OTHERS)
_TOKEN_OR_URL = re.compile(rf"{_URL}|{_OTHERS}")
_IS_WORD = re.compile(rf"{_WORD}|{_NUMBER}")
_ENDS = frozenset(".!?;\n")
QUOTE = '"'
_PAUSES = frozenset(",:()>/|-")
_SILENT = _PAUSES | {QUOTE}


class Reading:
    """A text as symbols, one a word or break. Its words are counted by their place among them.

    clauses: by place, counts commas and the like. Where words stand in the folded text is looked
    up at the first need: most finds are excused before.
    """

    def __init__(self, folded: str, tokens: list[str], symbols: list[str]) -> None:
        """symbols: as `Lexicon.symbols` gives them, one entry a token."""
        self._folded, self._tokens, self._entries = folded, tokens, symbols
        kept: list[str] = []
        self._numbers: list[int] = []  # by place: of its first token
        self.clauses: list[int] = []
        clause, last = 0, BREAK
        for number, symbol in enumerate(symbols):
            if not symbol:
                clause += tokens[number][0] in _PAUSES
                continue
            if symbol == BREAK:
                clause += 1
                if last == BREAK:
                    continue
            kept.append(symbol)
            self._numbers.append(number)
            self.clauses.append(clause)
            last = symbol
        self.symbols = "".join(kept)

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        folded = self._folded
        return [match.span() for match in _pattern(folded).finditer(f" {folded} ")]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open place in the folded text of the words `[start, end)`."""
        last = self._numbers[end - 1] + 1
        while last < len(self._tokens) and self._goes_on(last):
            last += 1
        return self._spans[self._numbers[start]][0] - 1, self._spans[last - 1][1] - 1

    def _goes_on(self, number: int) -> bool:
        """Whether a token is of the phrase before it."""
        return not self._entries[number] and self._tokens[number][0] not in _SILENT

    def within_quotes(self, place: int) -> bool:
        """Whether the word stands between two quotation marks."""
        before = self._tokens[: self._numbers[place]].count(QUOTE)
        return before % 2 == 1 and QUOTE in self._tokens[self._numbers[place] :]


def plain(word: str) -> str:
    """`word` as folding leaves it: lower case, no accents."""
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


class Lexicon:
    """Words and phrases, their concepts, and one symbol for each set of concepts in use."""

    def __init__(self, concepts: dict[str, set[str]]) -> None:
        """concepts: word, `prefix*` or `several words` -> the concepts it belongs to."""
        self.phrases: dict[tuple[str, ...], frozenset[str]] = {}
        self.endings: dict[str, set[str]] = {}
        self.known: dict[str, frozenset[str]] = {}
        for entry, names in concepts.items():
            words = tuple(map(intern, entry.split()))
            if len(words) > 1:
                self.phrases[words] = frozenset(names)
            elif entry.endswith("*"):
                self.endings[entry[:-1]] = names
        for entry, names in concepts.items():
            if " " not in entry and not entry.endswith("*"):
                self.known[entry] = frozenset(names | self._by_prefix(entry))
        self.special = {name: frozenset(of) for name, of in (_SPECIAL | SIGNS).items()}
        self._symbols = self._number_sets()
        self._standing_for: dict[str, str] = defaultdict(str)
        for of, symbol in self._symbols.items():
            for concept in of:
                self._standing_for[concept] += symbol
        self._concepts_of = {symbol: of for of, symbol in self._symbols.items()}
        self._begun = self._by_first_words()
        self._symbol_of = Learning(self._symbol)
        self.tokens_of = Learning(_tokens)
        self.words = frozenset(w for w in self.known if w.isalnum()).union(*self.phrases)

    def _by_prefix(self, word: str) -> set[str]:
        found: set[str] = set()
        for length in range(3, len(word) + 1):
            found |= self.endings.get(word[:length], set())
        return found

    def _number_sets(self) -> dict[frozenset[str], str]:
        sets = set(self.known.values()) | set(self.special.values())
        sets |= set(self.phrases.values())
        sets |= {frozenset(self._by_prefix(prefix)) for prefix in self.endings}
        if len(sets) > LAST - FIRST:
            raise ValueError(f"{len(sets)} sets of concepts are more than there are symbols")
        ordered = sorted(sets, key=sorted)
        return {of: chr(FIRST + number) for number, of in enumerate(ordered)}

    def _by_first_words(self) -> dict[tuple[str, str], list[tuple[list[str], str]]]:
        """By its first two words: the phrases, longest first, each with its symbol."""
        found: dict[tuple[str, str], list[tuple[list[str], str]]] = {}
        for words in sorted(self.phrases, key=len, reverse=True):
            phrase = (list(words), self._symbols[self.phrases[words]])
            found.setdefault((words[0], words[1]), []).append(phrase)
        return found

    def standing_for(self, concept: str) -> str:
        """All symbols whose set has `concept`."""
        return self._standing_for.get(concept, "")

    def concepts_of(self, symbol: str) -> frozenset[str]:
        """The concepts a symbol stands for; `=word` for a word that patterns name themselves."""
        return self._concepts_of.get(symbol, frozenset())

    def _symbol(self, token: str) -> str:
        """Of one token; empty where it carries none."""
        if token[0] in _ENDS:
            return BREAK
        if token[0] in _SILENT:
            return ""
        return self._symbols.get(self.meanings(token), OTHER)

    def meanings(self, token: str) -> frozenset[str]:
        """The concepts one token carries by itself."""
        if found := self.known.get(token):
            return found
        if not _IS_WORD.fullmatch(token):
            return self._special(token)
        if token[0].isdigit():
            many = sum(char.isdigit() for char in token) >= MANY or token[-1] in "km"
            return self.special["many" if many else "number"]
        of = frozenset(self._by_prefix(token))
        if of not in self._symbols and (swap := _SWAP.fullmatch(token)):
            sides = [self.meanings(side) for side in swap.groups()]
            return self.special["swap"] if all("swappable" in side for side in sides) else of
        return of

    def _special(self, token: str) -> frozenset[str]:
        if token in SIGNS:
            return self.special[token]
        if token[0] in _ENDS or token[0] in _SILENT:
            return frozenset()
        return self.special["mention" if token[0] == "@" else "url"]

    def tokens(self, folded: str) -> list[str]:
        """Words, numbers, signs, addresses and marks."""
        return list(chain.from_iterable(map(self.tokens_of.__getitem__, folded.split(" "))))

    def symbols(self, tokens: list[str]) -> list[str]:
        """One entry a token: its symbol; empty for a mark, and for what a phrase has taken in."""
        found = list(map(self._symbol_of.__getitem__, tokens))
        begun = compress(count(), map(self._begun.__contains__, pairwise(tokens)))
        self._join_phrases(tokens, found, begun)
        if "rt" in tokens:  # `RT @somebody:` before a text says whose it is; it asks nothing
            for place, (token, after) in enumerate(pairwise(tokens)):
                if token == "rt" and after[0] == "@":
                    found[place] = OTHER
        return found

    def _join_phrases(self, tokens: list[str], found: list[str], begun: Iterable[int]) -> None:
        free = 0
        for place in begun:
            if place < free:
                continue
            for phrase, symbol in self._begun[tokens[place], tokens[place + 1]]:
                if tokens[place : place + len(phrase)] == phrase:
                    free = place + len(phrase)
                    found[place:free] = [symbol, *[""] * (len(phrase) - 1)]
                    break


class Learning(dict[K, T]):
    """What is found out of a piece of text once; so many short pieces are remembered, no more."""

    def __init__(self, find: Callable[[K], T], most: int = MOST_KNOWN) -> None:
        super().__init__()
        self._find, self._most = find, most

    def __missing__(self, piece: K) -> T:
        found = self._find(piece)
        if len(self) < self._most and len(piece) < LONG:
            self[piece] = found
        return found


def joined(symbols: list[str]) -> str:
    """The symbols of a `Reading`, without the rest."""
    together = "".join(symbols).lstrip(BREAK)
    while BREAK * 2 in together:
        together = together.replace(BREAK * 2, BREAK)
    return together


def _tokens(piece: str) -> list[str]:
    spaced = f" {piece} "
    return [intern(token) for token in _pattern(spaced).findall(spaced)]  # found again at sight


def _pattern(folded: str) -> re.Pattern[str]:
    return _TOKEN_OR_URL if "://" in folded or _DOT.search(folded) else _TOKEN


def entries(folder: Path = RULES / "words") -> Iterator[tuple[str, str]]:
    """(word, concept) of all lists; in the files `_` stands for a space."""
    for path in sorted(folder.glob("*.yaml")):
        lists: dict[str, str] = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        for concept, words in lists.items():
            for word in words.split():
                yield plain(word).replace("_", " "), concept


def lexicon_with(literals: frozenset[str], groups: dict[str, tuple[str, ...]]) -> Lexicon:
    """The lexicon of all lists. literals: words that patterns name themselves, as `=word`.

    groups: name -> concepts; a word of any of them is of the group too.
    """
    concepts: dict[str, set[str]] = defaultdict(set)
    for word, concept in entries():
        concepts[word].add(concept)
    for word in literals:
        concepts[word].add(f"={word}")
    for word, names in concepts.items():
        if word.isdigit():
            names |= {"number", "many"} if len(word) >= MANY else {"number"}
    for names in concepts.values():
        names |= {group for group, of in groups.items() if names & set(of)}
    return Lexicon(concepts)
