"""How fast the check of words is, beside a plain loop of regular expressions over the same rules.

The loop takes each rule's pattern as one expression of Python's `re` over the folded text, its
concepts spelt out as the words they stand for. It is tried on a few texts only: it is slow.
"""

import csv
import re
import resource
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter, process_time

from campaigns.quality import training
from campaigns.quality.folding import fold
from campaigns.quality.text import judge, judge_many
from campaigns.quality.text.lexicon import Lexicon
from campaigns.quality.text.patterns import pieces
from campaigns.quality.text.rulebook import rulebook
from tests.benchmarks.figures import Figures

POST = 280  # characters
POSTS = 5_000
SEED = 20261122
ROUNDS = 5
LOOPED = 20  # texts
PLAIN = {"cta", "everyday", "charity", "report"}
KINDS = ("post", "comment")


def rows() -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for path in sorted(Path(training.__path__[0]).glob("own_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return found


def plain_posts(given: Sequence[dict[str, str]]) -> list[str]:
    """Posts of POST characters of everyday talk, each other, in which nothing needs unfolding."""
    by_lang = defaultdict[str, list[str]](list)
    for row in given:
        if row["category"] in PLAIN and fold(row["text"], frozenset()).starts is None:
            by_lang[row["lang"]].append(row["text"])
    chance, posts = Random(SEED), list[str]()
    for texts in by_lang.values():
        for _ in range(POSTS // len(by_lang)):
            told = ""
            while len(told) < POST:
                told += f"{chance.choice(texts)} "
            posts.append(told[:POST])
    return posts


def per_second(texts: Sequence[tuple[str, str]]) -> float:
    """The best of a few rounds, in processor time."""
    best = 0.0
    for _ in range(ROUNDS):
        start = process_time()
        for _judged in judge_many(texts):
            pass
        best = max(best, len(texts) / (process_time() - start))
    return best


def looped() -> Callable[[str], int]:
    """The same patterns, one `re` after the other; answers how many were found."""
    book = rulebook()
    spelt = _Spelt(book.lexicon)
    patterns = [re.compile(spelt.pattern(one)) for rule in book.rules for one in rule.find]

    def search(words: str) -> int:
        folded = fold(words, book.lexicon.words).text.decode("latin-1")
        return sum(pattern.search(folded) is not None for pattern in patterns)

    return search


class _Spelt:
    """Rules as regular expressions over letters."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.words: dict[str, list[str]] = {}
        entries: dict[tuple[str, ...], frozenset[str]] = {
            **{(word,): of for word, of in lexicon.known.items()},
            **lexicon.phrases,
        }
        for words, concepts in entries.items():
            for concept in concepts:
                self.words.setdefault(concept, []).append(r"\W+".join(map(re.escape, words)))
        for prefix, names in lexicon.endings.items():
            for concept in names:
                self.words.setdefault(concept, []).append(rf"{re.escape(prefix)}\w*")

    def pattern(self, rule: str) -> str:
        spelt = ""
        for match in pieces(rule):
            if match.lastgroup == "gap":
                spelt += rf"(?:\W+\w+){{0,{match[0][1:]}}}?"
            elif match.lastgroup == "by":
                spelt += "(?:" if match[0] == "(" else match[0]
            else:
                concepts = (match["concepts"] or f"={match['word']}").split("|")
                known = [word for one in concepts for word in self.words.get(one.strip(), [])]
                spelt += rf"(?:\W*\b(?:{'|'.join(known) or '(?!)'})\b)"
        return spelt


def endless(texts: Sequence[tuple[str, str]], number: int) -> Iterator[tuple[str, str]]:
    for count, (words, kind) in enumerate(islice(cycle(texts), number)):
        yield f"{words} {count}", kind


def peak() -> int:
    """Bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def typing(texts: Sequence[str]) -> float:
    """Milliseconds that 95 of 100 checks of a draft stay under."""
    took = []
    for words in texts:
        start = perf_counter()
        judge(words, kind="brief")
        took.append((perf_counter() - start) * 1000)
    return quantiles(took, n=20)[-1]


def main() -> None:
    figures = Figures()
    given = rows()
    posts = [(words, "post") for words in plain_posts(given)]
    mix = [(row["text"], row["kind"]) for row in given]
    plain = per_second(posts)
    figures.at_least(f"plain posts of {POST} characters", plain, 10_000, "/s")
    figures.at_least("the labelled texts, disguises and all", per_second(mix), 2_000, "/s")
    search, some = looped(), posts[:LOOPED]
    start = process_time()
    for words, _ in some:
        search(words)
    loop = len(some) / (process_time() - start)
    figures.told("plain posts, a loop of re over the same rules", loop, "/s")
    figures.at_least("times as fast as the loop", plain / loop, 10)
    sum(1 for _ in judge_many(endless(mix, 20_000)))
    before = peak()
    sum(1 for _ in judge_many(endless(mix, 60_000)))
    figures.at_most("memory more after 60,000 texts more", (peak() - before) / 1e6, 10, "MB")
    drafts = ["\n".join(words for words, _ in mix[at : at + 12])[:3000] for at in range(0, 600, 12)]
    figures.at_most("a check while typing, 3,000 characters", typing(drafts), 50, "ms")
    figures.done()


if __name__ == "__main__":
    main()
