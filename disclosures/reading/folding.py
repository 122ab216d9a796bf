"""Text made comparable, with the way back to the words as they were written.

Two texts that look alike to a reader fold to the same letters: full-width and mathematical forms,
accents, invisible characters, the apostrophe typed for an accent, letters borrowed from another
alphabet. Every offset in the folded text leads back to a code point of the original.
"""

import unicodedata
from dataclasses import dataclass

# Letters of other alphabets that a reader takes for Latin ones, after casefolding.
_LOOKALIKES = str.maketrans(
    {
        **dict(zip("аеорсухіѕјԁһӏԛԝкмтѵ", "aeopcyxisjdhlqwkmtv", strict=True)),
        **dict(zip("αονρτικυχ", "aovptikux", strict=True)),
        **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True)),
        **{"\u0131": "i", "ł": "l", "ø": "o", "đ": "d", "ɑ": "a", "ɡ": "g"},
    }
)
# Characters whose compatibility form would hide what they stand for.
_SPECIAL = dict.fromkeys("’‘ʼ`´′ʹ＇", "'") | dict.fromkeys("™®©", " ")
_SPECIAL |= {chr(0x1F170 + i): chr(ord("a") + i) for i in range(26)}
_SPECIAL |= {chr(0x1F150 + i): chr(ord("a") + i) for i in range(26)}
_FEW = 60
_INVISIBLE = {"Mn", "Me", "Cf"}


class _FoldTable(dict[int, str]):
    """A table for str.translate that learns each character once."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    bare = "".join(c for c in spread if unicodedata.category(c) not in _INVISIBLE)
    return bare.translate(_LOOKALIKES)


_TABLE = _FoldTable({code: chr(code).casefold() for code in range(128)} | {ord("`"): "'"})


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is what is compared; `origin[i]` is where its i-th character stood (None: at i)."""

    raw: str
    text: str
    origin: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original behind a span of the folded text."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end] if end < len(self.origin) else len(self.raw)


def fold(raw: str) -> Folded:
    """The text in its comparable form; the same length in nearly every case, and then cheap."""
    beyond = [c for c in set(raw) if not c.isascii()]
    if all(len(_TABLE[ord(c)]) == 1 for c in beyond):
        return Folded(raw, _replaced(raw, beyond), None)
    pieces = [_TABLE[ord(c)] for c in raw]
    origin = tuple(i for i, piece in enumerate(pieces) for _ in piece)
    return Folded(raw, "".join(pieces), origin)


def _replaced(raw: str, beyond: list[str]) -> str:
    """`translate`, made fast for the usual text, which holds few letters beyond ASCII."""
    if len(beyond) > _FEW:
        return raw.translate(_TABLE)
    for char in beyond:
        raw = raw.replace(char, _TABLE[ord(char)])
    return raw.replace("`", "'").lower()


def folded(text: str) -> str:
    return text.translate(_TABLE)


def squashed(text: str) -> str:
    """Only the letters and digits: how a name reads inside a hashtag or a handle."""
    return "".join(c for c in folded(text) if c.isalnum())
