"""What surrounds a find: the same words deny, forbid, report or quote as well as ask.

Negation reaches over its clause; a refusal over its sentence; a report over the sentences around
it, or over the whole of a long text that reports throughout; a quotation between its marks.
"""

from collections.abc import Collection
from dataclasses import dataclass

from campaigns.quality.text.lexicon import BREAK, Lexicon, Reading

CONTEXTS = ("negated", "refused", "reported", "quoted")
NEGATION_REACHES = 7  # words
FARTHEST = 80  # words: a sentence is looked at no farther than this to either side
NEIGHBOURS = 3  # sentences before and after that tell what one is about
LONG = 45  # words: more than this, and with REPORTING words in it, is writing about the practice
REPORTING = 3
ESSAY = 130  # words: a post this long tells more often than it asks; fewer reporting words do
TELLING = 2


@dataclass(frozen=True)
class Marks:
    """The symbols that speak of context."""

    negations: frozenset[str]
    refusals: frozenset[str]
    reports: frozenset[str]
    telling: frozenset[str]  # any of these, and words of saying

    @classmethod
    def of(cls, lexicon: Lexicon) -> "Marks":
        names = ("neg", "refuse", "report", "said")
        negations, refusals, reports, sayings = (
            frozenset(lexicon.standing_for(name)) for name in names
        )
        telling = negations | refusals | reports | sayings
        return cls(negations, refusals, reports, telling)


class Surroundings:
    """The contexts of the finds in one reading."""

    def __init__(self, reading: Reading, marks: Marks) -> None:
        self.reading = reading
        self.marks = marks
        self.reporting = sum(symbol in marks.reports for symbol in reading.symbols)

    def excuse(self, start: int, end: int, spares: Collection[str]) -> str | None:
        """Which of `spares` excuses the words `[start, end)`."""
        for name in CONTEXTS:
            if name in spares and getattr(self, name)(start, end):
                return name
        return None

    def negated(self, start: int, end: int) -> bool:
        symbols, clauses = self.reading.symbols, self.reading.clauses
        before = start - 1
        while before >= max(0, start - NEGATION_REACHES) and clauses[before] == clauses[start]:
            if symbols[before] in self.marks.negations:
                return True
            before -= 1
        return not self.marks.negations.isdisjoint(symbols[start:end])

    def sentence(self, start: int, end: int, *, more: int = 0) -> tuple[int, int]:
        """The words of the sentences `[start, end)` lies in, and of `more` on either side."""
        symbols = self.reading.symbols
        least, most = max(0, start - FARTHEST), min(len(symbols), end + FARTHEST)
        for farther in range(more + 1):
            before = start - 1 if farther else start  # a neighbour's end is no longer in the way
            start = max(least, symbols.rfind(BREAK, least, max(least, before)) + 1)
            found = symbols.find(BREAK, end, most)
            end = most if found < 0 else found + 1
        return start, end

    def passage(self, start: int, end: int, folded: bytes) -> str:
        """The sentences `[start, end)` lies in and some neighbours, within their paragraph."""
        first, last = self.reading.span(start, end)
        least, most = self.reading.span(*self.sentence(start, end, more=NEIGHBOURS))
        line = folded.find(b"\n", last, most)
        least = max(least, folded.rfind(b"\n", 0, first) + 1)
        return folded[least : most if line < 0 else line].decode("latin-1")

    def refused(self, start: int, end: int) -> bool:
        first, last = self.sentence(start, end)
        return not self.marks.refusals.isdisjoint(self.reading.symbols[first:last])

    def reported(self, start: int, end: int) -> bool:
        symbols = self.reading.symbols
        if len(symbols) > LONG and self.reporting >= REPORTING:
            return True
        if len(symbols) > ESSAY and self.reporting >= TELLING:
            return True
        first, last = self.sentence(start, end, more=1)
        return not self.marks.reports.isdisjoint(symbols[first:last])

    def quoted(self, start: int, end: int) -> bool:
        if not self.reading.within_quotes(start):
            return False
        first, last = self.sentence(start, end, more=1)
        return not self.marks.telling.isdisjoint(self.reading.symbols[first:last])
