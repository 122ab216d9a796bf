"""From a folded text to what its words can mean.

Each word of `rules/words/*.yaml` belongs to one or more concepts (an ask, a reward, a promise in
return ...). A text is read into one symbol a word, a symbol standing for a set of concepts; rules
are patterns over symbols. So a rule is written once for five languages and all inflections, and
its windows count words, not letters.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

RULES = Path(__file__).resolve().parent.parent / "rules"
BREAK = "\u0100"  # the end of a sentence or a line
OTHER = "\u0101"  # a word no rule knows
FIRST = 0x102  # symbols take two bytes each in UTF-8, so a byte offset is twice a word's place
LAST = 0x7FF
MANY = 3  # digits

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
_TOKEN = re.compile(
    r"(?P<url>(?:https?://|www\.)[^\s<>\"]+"
    r"|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.(?:com|net|org|co|it|fr|de|es|uk|io|tv|ly|eu|example)\b(?:/[^\s<>\"]*)?)"
    r"|(?P<mention>@[a-z0-9_.]+)"
    r"|(?P<number>[0-9][0-9.,]*(?:[km]\b)?)"
    r"|(?P<word>[a-z]+(?:[0-9]+[a-z]+)?)"
    r"|(?P<break>[.!?;\n]+)"
    r"|(?P<pause>[,:()>/|]+|(?<=\s)-+(?=\s))"
    r'|(?P<quote>")'
    "|(?P<sign>[$\xa4\xa3%+=\x01\x02\x03\x04])"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as words. Parallel by place; `starts` and `ends` are places in the folded text.

    clauses: counts commas and the like, sentences: counts full stops; quotes: folded places of
    quotation marks.
    """

    symbols: str
    starts: list[int]
    ends: list[int]
    clauses: list[int]
    sentences: list[int]
    quotes: list[int]


def plain(word: str) -> str:
    """`word` as folding leaves it: lower case, no accents."""
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


class Lexicon:
    """Words and phrases, their concepts, and one symbol for each set of concepts in use."""

    def __init__(self, concepts: dict[str, set[str]]) -> None:
        """concepts: word, `prefix*` or `several words` -> the concepts it belongs to."""
        self.phrases: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = defaultdict(list)
        self.endings: dict[str, set[str]] = {}
        self.known: dict[str, frozenset[str]] = {}
        for entry, names in concepts.items():
            words = tuple(entry.split())
            if len(words) > 1:
                self.phrases[words[0]].append((words, frozenset(names)))
            elif entry.endswith("*"):
                self.endings[entry[:-1]] = names
        for phrases in self.phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
        for entry, names in concepts.items():
            if " " not in entry and not entry.endswith("*"):
                self.known[entry] = frozenset(names | self._by_prefix(entry))
        self.special = {name: frozenset(of) for name, of in (_SPECIAL | SIGNS).items()}
        self._symbols = self._number_sets()
        self._standing_for: dict[str, str] = defaultdict(str)
        for of, symbol in self._symbols.items():
            for concept in of:
                self._standing_for[concept] += symbol
        self._swappable = frozenset(self._standing_for["swappable"])
        self.symbol_of = {word: self._symbols[of] for word, of in self.known.items()}
        self.words = frozenset(w for w in self.known if w.isalnum()) | {
            word for first in self.phrases.values() for words, _ in first for word in words
        }

    def _by_prefix(self, word: str) -> set[str]:
        found: set[str] = set()
        for length in range(3, len(word) + 1):
            found |= self.endings.get(word[:length], set())
        return found

    def _number_sets(self) -> dict[frozenset[str], str]:
        sets = set(self.known.values()) | set(self.special.values())
        sets |= {of for phrases in self.phrases.values() for _, of in phrases}
        sets |= {frozenset(self._by_prefix(prefix)) for prefix in self.endings}
        if len(sets) > LAST - FIRST:
            raise ValueError(f"{len(sets)} sets of concepts are more than there are symbols")
        ordered = sorted(sets, key=sorted)
        return {of: chr(FIRST + number) for number, of in enumerate(ordered)}

    def standing_for(self, concept: str) -> str:
        """All symbols whose set has `concept`."""
        return self._standing_for.get(concept, "")

    def symbol(self, word: str) -> str:
        if found := self.symbol_of.get(word):
            return found
        of = frozenset(self._by_prefix(word))
        return self._symbols.get(of, OTHER)

    def are_swappable(self, *words: str) -> bool:
        return all(self.symbol(word) in self._swappable for word in words)

    def special_symbol(self, name: str) -> str:
        return self._symbols[self.special[name]]

    def phrase_at(self, words: list[str], place: int) -> tuple[int, str] | None:
        """How many words the longest phrase at `place` has, and its symbol."""
        for phrase, of in self.phrases.get(words[place], ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                return len(phrase), self._symbols[of]
        return None

    def read(self, folded: str) -> Reading:
        return _Reader(self, folded).read()


class _Reader:
    def __init__(self, lexicon: Lexicon, folded: str) -> None:
        self.lexicon = lexicon
        self.matches = list(_TOKEN.finditer(folded))
        self.words = [m[0] if m.lastgroup in ("word", "number") else "\x00" for m in self.matches]

    def read(self) -> Reading:
        symbols: list[str] = []
        reading = Reading("", [], [], [], [], [])
        clause = sentence = place = 0
        while place < len(self.matches):
            match, taken = self.matches[place], 1
            kind = match.lastgroup
            if kind == "quote":
                reading.quotes.append(match.start())
            elif kind == "pause":
                clause += 1
            else:
                taken, symbol = self._symbol(place)
                if kind == "break":
                    clause, sentence = clause + 1, sentence + 1
                if kind != "break" or (symbols and symbols[-1] != BREAK):
                    symbols.append(symbol)
                    reading.starts.append(match.start())
                    reading.ends.append(self.matches[place + taken - 1].end())
                    reading.clauses.append(clause)
                    reading.sentences.append(sentence)
            place += taken
        return Reading(
            "".join(symbols),
            reading.starts,
            reading.ends,
            reading.clauses,
            reading.sentences,
            reading.quotes,
        )

    def _symbol(self, place: int) -> tuple[int, str]:
        match = self.matches[place]
        kind, text = match.lastgroup, match[0]
        if kind == "break":
            return 1, BREAK
        if kind == "sign":
            return 1, self.lexicon.special_symbol(text)
        if kind in ("word", "number") and (phrase := self.lexicon.phrase_at(self.words, place)):
            return phrase
        if kind == "word":
            return 1, OTHER if self._is_retweet_mark(place) else self._word(text)
        if kind == "number":
            return 1, self._number(text)
        return 1, self.lexicon.special_symbol(str(kind))

    def _is_retweet_mark(self, place: int) -> bool:
        """`RT @somebody:` before a text says whose it is; it asks nothing."""
        after = self.matches[place + 1 : place + 2]
        return self.words[place] == "rt" and bool(after) and after[0].lastgroup == "mention"

    def _word(self, text: str) -> str:
        symbol = self.lexicon.symbol(text)
        swap = re.fullmatch(r"([a-z]+)(?:4|x)([a-z]+)", text) if symbol == OTHER else None
        if swap and self.lexicon.are_swappable(swap[1], swap[2]):
            return self.lexicon.special_symbol("swap")
        return symbol

    def _number(self, text: str) -> str:
        if text in self.lexicon.symbol_of:
            return self.lexicon.symbol_of[text]
        digits = sum(char.isdigit() for char in text)
        many = digits >= MANY or text[-1] in "km"
        return self.lexicon.special_symbol("many" if many else "number")


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
