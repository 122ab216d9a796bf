"""The gettext catalogues: gathered from code and templates, kept complete, compiled.

Done with Babel alone, so that no GNU gettext is needed. A catalogue holds exactly the sentences of
the source: new ones come in empty, gone ones go. Both files of a language are the same bytes on
every machine, so that what is committed can be compared with what would be written.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

DOMAIN = "django"
SOURCES = ("config", "influencers", "disclosures", "campaigns")
TEMPLATES = frozenset({".html", ".txt"})
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_VOLATILE = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By'
    rb"|Report-Msgid-Bugs-To|Project-Id-Version): .*\n",
    re.MULTILINE,
)
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|(%[sd])\b|\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing a catalogue lacks."""

    language: str
    what: str
    text: str = ""

    def __str__(self) -> str:
        return f"{self.language}: {self.what}{': ' if self.text else ''}{self.text}"


def gather(root: Path, sources: Iterable[str] = SOURCES) -> Catalog:
    """Every sentence for people in the code and templates under `root`, with where it stands."""
    found = Catalog()
    for path in _files(root, sources):
        place = path.relative_to(root).as_posix()
        for line, texts, comments, context in _extract(path):
            found.add(texts, locations=[(place, line)], auto_comments=comments, context=context)
    return found


def po_file(locale: Path, language: str) -> Path:
    return locale / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def load(path: Path, language: str) -> Catalog:
    """The catalogue as committed; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def refresh(locale: Path, language: str, source: Catalog) -> None:
    """The catalogue holds the sentences of `source`, with the translations it had; .mo compiled."""
    path = po_file(locale, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = load(path, language)
    catalogue.update(source, no_fuzzy_matching=True, update_creation_date=False)
    path.write_bytes(_po_bytes(catalogue))
    path.with_suffix(".mo").write_bytes(_mo_bytes(load(path, language)))


def flaws(locale: Path, language: str, source: Catalog) -> list[Flaw]:
    """What keeps this catalogue from being whole; nothing when all is well."""
    path = po_file(locale, language)
    catalogue = load(path, language)
    compiled = path.with_suffix(".mo")
    found = [Flaw(language, *flaw) for flaw in _differences(catalogue, source)]
    found += [Flaw(language, *flaw) for message in catalogue for flaw in _wrong(message)]
    if not compiled.exists() or compiled.read_bytes() != _mo_bytes(catalogue):
        found.append(Flaw(language, "the .mo file is not that of the .po file"))
    return found


def _files(root: Path, sources: Iterable[str]) -> Iterator[Path]:
    for source in sources:
        for path in sorted((root / source).rglob("*")):
            is_template = path.suffix in TEMPLATES and "templates" in path.parts
            is_code = path.suffix == ".py" and "migrations" not in path.parts
            if is_template or is_code:
                yield path


def _extract(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix in TEMPLATES:
        # What is not a sentence comes back as X; its indentation would mean something to Python.
        text = "\n".join(line.strip() for line in templatize(text).split("\n"))
    yield from extract("python", BytesIO(text.encode("utf-8")), KEYWORDS, ("Translators:",))


def _differences(catalogue: Catalog, source: Catalog) -> Iterator[tuple[str, str]]:
    ours, theirs = _keys(catalogue), _keys(source)
    for key in sorted(theirs - ours):
        yield "in the source only, run `manage.py messages`", key[1]
    for key in sorted(ours - theirs):
        yield "in the catalogue only, run `manage.py messages`", key[1]


def _keys(catalogue: Catalog) -> set[tuple[str, str]]:
    return {(message.context or "", _texts(message.id)[-1]) for message in catalogue if message.id}


def _wrong(message: Message) -> Iterator[tuple[str, str]]:
    if not message.id:
        return
    english, ours = _texts(message.id), _texts(message.string)
    if message.fuzzy:
        yield "fuzzy", english[0]
    if not all(ours):
        yield "not translated", english[0]
    elif not _same_placeholders(english, ours):
        yield "other placeholders than the source", english[0]


def _same_placeholders(english: tuple[str, ...], ours: tuple[str, ...]) -> bool:
    """The last form names what the source names; the others nothing more (one needs no number)."""
    wanted = _placeholders(english[-1])
    return _placeholders(ours[-1]) == wanted and all(_placeholders(o) <= wanted for o in ours)


def _placeholders(text: str) -> set[str]:
    return {match.group() for match in _PLACEHOLDER.finditer(text)}


def _texts(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (value or "",) if isinstance(value, str | None) else tuple(value)


def _po_bytes(catalogue: Catalog) -> bytes:
    catalogue.header_comment = "# The sentences of Patto. `manage.py messages` writes this file."
    written = BytesIO()
    write_po(
        written, _undated(catalogue), width=100, ignore_obsolete=True, sort_output=True,
        include_lineno=False,
    )  # fmt: skip
    return _VOLATILE.sub(b"", written.getvalue())


def _mo_bytes(catalogue: Catalog) -> bytes:
    written = BytesIO()
    write_mo(written, _undated(catalogue))
    return written.getvalue()


def _undated(catalogue: Catalog) -> Catalog:
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    return catalogue
