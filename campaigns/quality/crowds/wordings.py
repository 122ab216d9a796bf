"""Which texts are alike in wording: shingles, MinHash and banding, never all pairs.

A. Z. Broder, "On the resemblance and containment of documents" (1997): the share of equal minima
of two sets under random orders is what they have in common. Bands of minima put texts that are
alike into the same bucket, and only there texts are compared. The cost grows with the texts, not
with their pairs: a bucket of thousands is compared with a few of its own only.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import polars as pl

from campaigns.quality.crowds.rules import common_words
from campaigns.quality.folding import fold

ALIKE = 0.5  # of the words and pairs of words in common: a few changed in a sentence
LEAST_WORDS = 4  # that not everybody says
LEAST_LETTERS = 25
BANDS = 16
ROWS = 3  # minima in a band: 88 % of pairs at 0.5 meet in one, 99 % at 0.65, 35 % at 0.3
AT_ONCE = 10_000  # texts whose shingles are in memory together
KEPT = 8  # texts of a bucket that the others are compared with
_ODD = 0x9E3779B97F4A7C15
_SEEDS = [(_ODD * (2 * nth + 1)) % 2**64 | 1 for nth in range(1, BANDS * ROWS + 1)]
_NOT_WORDING = re.compile(r"https?://\S+|www\.\S+|[@#][\w.]+|&#?\w+;|</?[a-z][^<>]*>")
_WORD = re.compile(rb"[a-z0-9]+")
_ANY_WORD = re.compile(r"[^\W\d_]+")


class Wordings:
    """Compares texts. asked: words that were asked for, which therefore say nothing."""

    def __init__(self, asked: Iterable[str] = ()) -> None:
        self.common = common_words() | {word for text in asked for word in words_of(text)}

    def alike(self, texts: Sequence[str]) -> list[list[int]]:
        """Groups of two and more texts alike, as places in `texts`; texts of no substance are
        in none. The same text twice is alike."""
        same: dict[bytes, list[int]] = defaultdict(list)
        for place, text in enumerate(texts):
            if wording := self._wording(text):
                same[wording].append(place)
        wordings = list(same)
        joined = _Joined(len(wordings))
        for bucket in _buckets(wordings):
            _join(bucket, wordings, joined)
        found: dict[int, list[int]] = defaultdict(list)
        for nth, wording in enumerate(wordings):
            found[joined.root(nth)] += same[wording]
        return [sorted(places) for places in found.values() if len(places) > 1]

    def _wording(self, text: str) -> bytes:
        """What is said, without disguise, links, names and hashtags; b"" for what anybody says."""
        words = words_of(text)
        wording = b" ".join(words)
        if len(wording) < LEAST_LETTERS:
            return b""
        return wording if len(set(words) - self.common) >= LEAST_WORDS else b""


def words_of(text: str) -> list[bytes]:
    """The words of a text, unfolded; those of scripts we don't fold as they are."""
    plain = _NOT_WORDING.sub(" ", text)
    folded = fold(plain, frozenset()).text
    if b"\x7f" not in folded or not _is_foreign(plain):
        return _WORD.findall(folded)
    known = unicodedata.normalize("NFKC", plain).casefold()
    return [word.encode() for word in _ANY_WORD.findall(known)]


def _is_foreign(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum(char > "\u024f" for char in letters) * 2 > len(letters)


class _Joined:
    """Union-find over numbers from 0."""

    def __init__(self, size: int) -> None:
        self.over = list(range(size))

    def root(self, nth: int) -> int:
        while self.over[nth] != nth:
            self.over[nth] = nth = self.over[self.over[nth]]
        return nth

    def join(self, a: int, b: int) -> None:
        first, second = sorted((self.root(a), self.root(b)))
        self.over[second] = first


def _join(bucket: Sequence[int], wordings: Sequence[bytes], joined: _Joined) -> None:
    """Join what is alike in a bucket, each text compared with at most KEPT others."""
    kept: list[int] = []
    for nth in bucket:
        root = joined.root(nth)
        if any(joined.root(other) == root for other in kept):
            continue
        mine = _shingles(wordings[nth])
        for other in kept:
            if _is_alike(mine, _shingles(wordings[other])):
                joined.join(nth, other)
                break
        else:
            if len(kept) < KEPT:
                kept.append(nth)


def _is_alike(one: frozenset[int], other: frozenset[int]) -> bool:
    common = len(one & other)
    return common >= ALIKE * (len(one) + len(other) - common)


@lru_cache(maxsize=20_000)
def _shingles(wording: bytes) -> frozenset[int]:
    """Each word and each pair of neighbours, as numbers of 32 bits."""
    words = [crc32(word) for word in wording.split()]
    pairs = [(31 * first + second) & 0xFFFFFFFF for first, second in pairwise(words)]
    return frozenset((*words, *pairs))


def _buckets(wordings: Sequence[bytes]) -> Iterator[list[int]]:
    """Texts that share a band of minima, band after band."""
    if len(wordings) < 2:
        return
    starts = range(0, len(wordings), AT_ONCE)
    bands = pl.concat([_bands(wordings[at : at + AT_ONCE], at) for at in starts])
    for nth in range(BANDS):
        shared = (
            bands.group_by(f"band{nth}", maintain_order=True)
            .agg(pl.col("text"))
            .filter(pl.col("text").list.len() > 1)
        )
        yield from shared["text"].to_list()


def _bands(wordings: Sequence[bytes], first: int) -> pl.DataFrame:
    """One row a text: its number and, for each band, its minima as one number."""
    shingles = pl.DataFrame(
        {
            "text": pl.Series(range(first, first + len(wordings)), dtype=pl.UInt32),
            "hash": pl.Series([list(_shingles(one)) for one in wordings], dtype=pl.List(pl.UInt64)),
        }
    ).explode("hash")
    minima = shingles.group_by("text", maintain_order=True).agg(
        (pl.col("hash") * pl.lit(seed, dtype=pl.UInt64)).min().alias(f"min{nth}")
        for nth, seed in enumerate(_SEEDS)
    )
    return minima.select("text", *(_band(nth) for nth in range(BANDS)))


def _band(nth: int) -> pl.Expr:
    whole = pl.lit(nth, dtype=pl.UInt64)
    for row in range(nth * ROWS, (nth + 1) * ROWS):
        whole = whole * pl.lit(_ODD, dtype=pl.UInt64) + pl.col(f"min{row}")
    return whole.alias(f"band{nth}")
