"""Words without the persons in them: addresses, handles, numbers and known names replaced.

What is replaced keeps its kind, so that a rule that looks for an address still finds one. It is a
help to the person who publishes an example, who reads it first: it knows no name that is not given.
"""

import re
from collections.abc import Iterable

REPLACED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", "nome@posta.example"),
        (r"(?<![\w.])@[\w.]{2,}", "@nome"),
        (r"\bhttps?://[^\s)>\]\"”»]+", "https://pagina.example/"),
        (r"\bwww\.[^\s)>\]\"”»]+", "www.pagina.example"),
        (  # small letters alone: a missing space, as in "Good.It", makes no address
            r"\b(?:[\w-]+\.)+(?-i:com|net|org|info|eu|it|fr|es|de|ch|uk|ly|co|tv|io)\b"
            r"(?:/[^\s)>\]\"”»]*)?",
            "pagina.example",
        ),
        (
            r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b",
            "IT00X0000000000000000000000",
        ),
        (r"(?<!\w)\+?\d[\d ./-]{7,}\d(?!\w)", "000 0000000"),
        (
            r"\b(via|viale|piazza|corso|rue|avenue|boulevard|place|calle|avenida|plaza|street|road)"
            r"((?: [^\W\d]\w*){1,4}),? \d{1,4}\b",
            r"\1 Esempio 1",
        ),
        (r"\b\w+(?:straße|strasse|weg|platz|gasse) \d{1,4}\b", "Beispielstraße 1"),
    )
)


def names_of(people: Iterable[str]) -> re.Pattern[str]:
    """What finds these names, long ones first, in capitals or not; of three letters none, which may
    be a word."""
    known = sorted({name for name in people if len(name) > 3}, key=len, reverse=True)
    either = "|".join(map(re.escape, known))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if known else r"(?!)", re.IGNORECASE)


NOBODY = names_of(())


def without_persons(words: str, names: re.Pattern[str] = NOBODY) -> str:
    """The words with e-mail and postal addresses, handles, links, IBANs, telephone numbers and
    these names replaced by invented ones."""
    words = names.sub("Ada Esempio", words)
    for pattern, instead in REPLACED:
        words = pattern.sub(instead, words)
    return words
