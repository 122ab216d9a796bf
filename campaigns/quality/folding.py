"""One text, read past its disguises.

People who sell clicks write around filters: full-width and mathematical letters, zero-width
characters, look-alikes from other scripts, digits for letters, s p a c e d or stretched words,
hashtags run together. `fold` undoes all of it once and keeps, for every folded character, the
place it came from, so that a quote is always cut from the text as it was given.

The folded text is lower-case Latin-1 without accents: one byte a character, so the offsets of the
pattern engine are the offsets of the text.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import re2

UNFOLD = "\x00"  # stands for a character that folds to none or to several
ODD = "\x7f"  # stands for a character of a script we do not read

# Letters of other scripts drawn like Latin ones (Unicode confusables, the common part).
LOOK_ALIKES = dict(
    zip(
        "авсԁеҽгһіїјкӏмոноρрѕтцυνѵԝхҳузαβεηικμοτχωγδςσɑɡɩɪᴀʙᴄᴅᴇꜰɢʜᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢıℓ",
        "abcdeerhiijklmnhopptuuvvwxxy3abenikmotxwydssagiiabcdefghjklmnoprstuvwyzil",
        strict=False,
    )
)
LOOK_ALIKES |= dict(zip("авекмнорстухѕіјԁԛԝνρυ", "abekmhopctyxsijdqwvpu", strict=True))
SIGNS = {
    **dict.fromkeys("’‘‛ʼ´`′", "'"),
    **dict.fromkeys("“”„«»‟″❝❞「」", '"'),
    **dict.fromkeys("–—−‐‑‒―", "-"),
    **dict.fromkeys("→➜➡👉⬇👇⤵▶►▸⇒➽", ">"),
    **dict.fromkeys("👍❤♥🧡💛💚💙💜🤍🖤", "\x03"),
    **dict.fromkeys("🔁🔄🔃♻📲", "\x04"),
    **dict.fromkeys("💰💵💶💸🤑💲💷🪙", "\x01"),
    **dict.fromkeys("🎁🏆🥇", "\x02"),
    **dict.fromkeys("\u2028\u2029\x0b\x0c\x85", "\n"),
    **dict.fromkeys("•·●▪◆★☆✓✔✅", ","),
    "€": "¤",
    "…": ".",
    "×": "x",
    "✖": "x",
    "ß": "s",
    "œ": "oe",
    "æ": "a",
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "ƒ": "f",
}


def _fold_character(code: int) -> str:
    """What one code point reads as: a string of none, one or several Latin-1 characters."""
    char = chr(code)
    if char in SIGNS:
        return SIGNS[char]
    if 0x1F150 <= code <= 0x1F169 or 0x1F170 <= code <= 0x1F189:  # letters in dark discs, squares
        return chr(ord("a") + (code - 0x1F150) % 32)
    if 0x1F1E6 <= code <= 0x1F1FF:  # regional indicators
        return chr(ord("a") + code - 0x1F1E6)
    folded = []
    for part in unicodedata.normalize("NFKD", char).lower():
        part = SIGNS.get(part, LOOK_ALIKES.get(part, part))
        if unicodedata.category(part[0]) in ("Mn", "Me", "Cf"):
            continue
        if part.isspace() and part != "\n":
            part = " "
        folded.append(part if part[0] < "\u0100" else ODD)
    return "".join(folded)


class _Table(dict[int, str]):
    """code point -> one character, learnt as texts bring them."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(code)
        self[code] = one = folded if len(folded) == 1 else UNFOLD
        return one


_TABLE = _Table({code: chr(code).lower() for code in range(1, 127)})
_TABLE[ord("_")] = " "
_TABLE[ord("\r")] = " "
_TABLE[ord("\t")] = " "

_ONE_BYTE = "".join(
    _TABLE[ord(char)] for char in bytes(range(256)).decode("cp1252", "replace")
).encode("latin-1")

_STRETCHED = "|".join(f"{letter}{{3,}}" for letter in "abcdefghijklmnopqrstuvwxyz")
_SPACED = r"(?:^|[^a-z0-9])[a-z](?:(?:  ?[a-z0-9]){3,}|(?:[.*|/~-][a-z0-9]){2,})(?:$|[^a-z0-9])"
_LEET = r"[a-z][0-9@$!|+][a-z]|[0-9$|][a-z]{2}|[a-z]{2}[0135@$]"
_latin = re2.Options()
_latin.encoding = re2.Options.Encoding.LATIN1
_NEEDS_UNFOLDING = re2.compile(
    rf"\x00|&[a-z#]|<[a-z/]|#[a-z0-9]{{6}}|{_STRETCHED}|{_SPACED}|{_LEET}".encode("latin-1"), _latin
)


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` to search in; `starts` and `ends` lead back to the original, None where they agree."""

    text: bytes
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open place in the original of the folded `[start, end)`."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], max(self.ends[start:end])


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    by: str


class _Draft:
    """A folded text being unfolded step by step."""

    def __init__(self, original: str) -> None:
        pairs = [(c, i) for i, char in enumerate(original) for c in _several(ord(char))]
        self.text = "".join(c for c, _ in pairs)
        self.starts = [i for _, i in pairs]
        self.ends = [i + 1 for _, i in pairs]

    def apply(self, edits: Iterable[_Edit]) -> None:
        text, starts, ends, at = [], [], [], 0
        for edit in edits:
            text += [self.text[at : edit.start], edit.by]
            starts += self.starts[at : edit.start]
            ends += self.ends[at : edit.start]
            if len(edit.by) == edit.end - edit.start:
                starts += self.starts[edit.start : edit.end]
                ends += self.ends[edit.start : edit.end]
            else:
                first = min(edit.start, len(self.starts) - 1)
                starts += [self.starts[first]] * len(edit.by)
                ends += [max(self.ends[first : edit.end] or [self.ends[first]])] * len(edit.by)
            at = edit.end
        self.text = "".join(text) + self.text[at:]
        self.starts = starts + self.starts[at:]
        self.ends = ends + self.ends[at:]


_SEVERAL: dict[int, str] = {}


def _several(code: int) -> str:
    one = _TABLE[code]
    if one != UNFOLD:
        return one
    if code not in _SEVERAL:
        _SEVERAL[code] = _fold_character(code) if code else ""
    return _SEVERAL[code]


def fold(text: str, words: frozenset[str]) -> Folded:
    """`text` as it reads. `words`: what a disguised token is taken for, and nothing else is."""
    quick = _quick(text)
    if not _NEEDS_UNFOLDING.search(quick):
        return Folded(quick)
    draft = _Draft(text)
    draft.apply(_markup(draft.text))
    draft.apply(_spaced(draft.text, words))
    draft.apply(_hashtags(draft.text, words, text, draft.starts))
    draft.apply(_disguised(draft.text, words))
    return Folded(draft.text.encode("latin-1"), tuple(draft.starts), tuple(draft.ends))


def _quick(text: str) -> bytes:
    """Character for character; most texts of our languages fit the one-byte table."""
    try:
        return text.encode("cp1252").translate(_ONE_BYTE)
    except UnicodeEncodeError:
        return text.translate(_TABLE).encode("latin-1")


def _markup(text: str) -> Iterator[_Edit]:
    for match in re.finditer(
        r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});|<br ?/?>|</?[a-z][^<>]*>", text
    ):
        if match[0].startswith("&"):
            folded = "".join(_several(ord(c)) for c in html.unescape(match[0]))
            if folded != match[0]:
                yield _Edit(match.start(), match.end(), folded)
        else:
            yield _Edit(match.start(), match.end(), "\n" if match[0].startswith("<br") else " ")


def _spaced(text: str, words: frozenset[str]) -> Iterator[_Edit]:
    """`s p a c e d` and `s.p.a.c.e.d` words lose the gaps; a double gap was a space."""
    pattern = r"(?<![a-z0-9])[a-z](?:(?P<gap>[ .*|/~-])(?P=gap){0,2}[a-z0-9](?![a-z0-9])){2,}"
    for match in re.finditer(pattern, text):
        letters = re.sub(r"[^a-z0-9]", "", match[0])
        if len(letters) < 4 and letters not in words:  # B.B.C. is no disguise
            continue
        for gap in re.finditer(r"[^a-z0-9]+", match[0]):
            by = " " if len(gap[0]) > 1 else ""
            yield _Edit(match.start() + gap.start(), match.start() + gap.end(), by)


def _hashtags(
    text: str, words: frozenset[str], original: str, starts: list[int]
) -> Iterator[_Edit]:
    """`#likeAndWin` and `#likeandwin` get their spaces back where every part is a known word."""
    for match in re.finditer(r"#([a-z0-9]{6,60})", text):
        at = match.start(1)
        parts = _segments(match[1], words) or _camel(match[1], original, starts[at : match.end()])
        for part in parts[:-1]:
            at += len(part)
            yield _Edit(at, at, " ")


def _camel(tag: str, original: str, places: list[int]) -> list[str]:
    cuts = [i for i, place in enumerate(places) if i and original[place].isupper()]
    if not cuts or len(cuts) > len(tag) // 2:  # all capitals: no humps
        return [tag]
    return [tag[a:b] for a, b in zip([0, *cuts], [*cuts, len(tag)], strict=True)]


def _segments(tag: str, words: frozenset[str]) -> list[str]:
    """The fewest known words that make up `tag`, or nothing."""
    best: list[list[str] | None] = [[]] + [None] * len(tag)
    for end in range(1, len(tag) + 1):
        for start in range(max(0, end - 14), end):
            before, word = best[start], tag[start:end]
            if before is None or not (word in words or word.isdigit()):
                continue
            here = best[end]
            if here is None or len(before) + 1 < len(here):
                best[end] = [*before, word]
    return best[-1] or []


_LEET_LETTERS = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t",
    "8": "b", "@": "a", "$": "s", "!": "i", "|": "li", "+": "t",
}  # fmt: skip


def _disguised(text: str, words: frozenset[str]) -> Iterator[_Edit]:
    """Leet and stretched tokens become the known word they stand for."""
    for match in re.finditer(r"[a-z0-9@$!|+]{2,40}", text):
        word = _plain(match[0].rstrip("!+|"), words)
        if word is not None:
            yield _Edit(match.start(), match.start() + len(match[0].rstrip("!+|")), word)


def _plain(token: str, words: frozenset[str]) -> str | None:
    if token in words or not any(c.isalpha() for c in token):
        return None
    runs = re.findall(r"((.)\2*)", token)
    choices = [list(_readings(char, len(run))) for run, char in runs]
    size = 1
    for choice in choices:
        size *= len(choice)
    stretched = any(len(run) > 2 and char.isalpha() for run, char in runs)
    leet = any(char in _LEET_LETTERS for _, char in runs)
    if not (stretched or leet) or size > 256:
        return None
    known = (word for word in map("".join, product(*choices)) if word in words)
    fallback = "".join(char * min(len(run), 2 if len(run) < 3 else 1) for run, char in runs)
    return next(known, fallback if stretched and not leet else None)


def _readings(char: str, length: int) -> Iterator[str]:
    for letter in _LEET_LETTERS.get(char, char):
        if length < 3:
            yield letter * length
        else:
            yield letter
            yield letter * 2
