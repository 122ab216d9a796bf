"""Finding the wordings of a rulebook in a passage, and the brand they must name."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from disclosures.reading.folding import folded, squashed
from disclosures.reading.tokens import Gap, Passage
from disclosures.reading.words import Index, Spelt, words
from disclosures.rules import BRAND, Wording

_LONGEST_NAME = 8  # words a brand's name may be spread over
_ENDING = 2  # letters in which a declined name may differ
_DISTINCTIVE = 4  # letters from which a part of a name stands for it


class Brand:
    """The name that must be read, as words, a hashtag or a handle."""

    def __init__(self, name: str) -> None:
        self.name = squashed(name)
        self.parts = [p for p in (squashed(w) for w in folded(name).split()) if p]
        self.stems = [p[: max(_DISTINCTIVE, len(p) - _ENDING)] for p in self.parts]
        self._beginnings = {self.name[: i + 1] for i in range(len(self.name))}

    def __bool__(self) -> bool:
        return bool(self.name)

    def at(self, passage: Passage, position: int) -> int | None:
        """The last token of the brand if it is named from `position` on, else None."""
        if not self.name or position >= len(passage.tokens):
            return None
        if passage.tokens.kind(position) != "word":
            handle = squashed(passage.tokens.texts[position])
            return position if self.reads_in(handle) else None
        return self._spelt_from(passage, position)

    def reads_in(self, handle: str) -> bool:
        if handle.startswith(self.name):
            return True
        if len(self.name) >= _DISTINCTIVE and self.name in handle:
            return True
        long_parts = [p for p in self.parts if len(p) >= _DISTINCTIVE]
        return bool(long_parts) and all(p in handle for p in long_parts)

    def _spelt_from(self, passage: Passage, position: int) -> int | None:
        so_far, tokens = "", passage.tokens
        for last in range(position, min(position + _LONGEST_NAME, len(tokens))):
            so_far += squashed(tokens[last].text)
            if so_far == self.name:
                return last
            if not self.name.startswith(so_far):
                break
        declined = self._declined(passage, position)
        if declined is not None:
            return declined
        first = self.parts[0] if self.parts else ""
        if len(first) < _DISTINCTIVE or squashed(tokens[position].text) != first:
            return None
        begin = passage.span(position, position)[0]
        return position if passage.raw[begin].isupper() else None

    def _declined(self, passage: Passage, position: int) -> int | None:
        """`Piekarni Klonowej` is Piekarnia Klonowa: each long word of the name but its ending."""
        texts, last = passage.tokens.texts, position + len(self.parts) - 1
        if last >= len(texts) or not texts[position].startswith(self.stems[0]):
            return None
        named = zip(self.parts, self.stems, texts[position : last + 1], strict=True)
        if not all(_is_form_of(part, stem, text) for part, stem, text in named):
            return None
        begin = passage.span(position, position)[0]
        return last if passage.raw[begin].isupper() else None

    def is_named_in(self, passage: Passage) -> bool:
        return any(self.at(passage, i) is not None for i in self.maybe_at(passage))

    def maybe_at(self, passage: Passage) -> list[int]:
        """The few tokens with which the name can begin."""
        if not self.name:
            return []
        texts, stem = passage.tokens.texts, self.stems[0]
        found = {i for i, text in enumerate(texts) if text in self._beginnings}
        if stem in passage.folded.text or "_" in passage.folded.text:
            found |= {i for i, text in enumerate(texts) if text.startswith(stem) or "_" in text}
        return sorted(found.union(passage.tokens.marked))


def _is_form_of(part: str, stem: str, text: str) -> bool:
    if len(part) <= _DISTINCTIVE:
        return text == part
    return text.startswith(stem) and len(text) <= len(part) + _ENDING + 1


@dataclass(frozen=True)
class Sighting:
    """A wording found: tokens first..last of the passage."""

    passage: Passage
    wording: Wording
    first: int
    last: int

    @cached_property
    def hashtag(self) -> bool:
        return self.passage.tokens[self.first].kind == "#"

    @cached_property
    def span(self) -> tuple[int, int]:
        return self.passage.span(self.first, self.last)


def sightings(passage: Passage, index: Index, brand: Brand) -> Iterator[Sighting]:
    """Every place where a wording is spelt out, whatever it may mean there."""
    for position in passage.where(index.phrases):
        token = passage.tokens[position]
        if token.kind == "#":
            yield from _hashtag(passage, position, index, brand)
        for spelt, wording in _beginning(passage, position, index):
            if len(spelt) == 1 and token.kind == "#":
                continue
            last = _phrase(passage, position, spelt, brand)
            if last is not None:
                yield Sighting(passage, wording, position, last)
    if index.brand_first or index.brand_joined:
        yield from _after_brand(passage, index, brand)


def _beginning(passage: Passage, position: int, index: Index) -> list[Spelt]:
    """The wordings that begin with this word and, where they go on, with the one behind it."""
    texts = passage.tokens.texts
    starts = index.phrases.get(texts[position])
    if starts is None:
        return []
    found = starts.get("", [])
    if position + 1 < len(texts):
        second = texts[position + 1]
        found = found + starts.get(second, []) + starts.get(words().same_as.get(second, "-"), [])
    return found


def _hashtag(passage: Passage, position: int, index: Index, brand: Brand) -> Iterator[Sighting]:
    body = squashed(passage.tokens[position].text)
    for wording in index.hashtags.get(body, ()):
        yield Sighting(passage, wording, position, position)
    for end in range(1, len(body)):
        for slot, wording in index.hashtag_starts.get(body[:end], ()):
            if slot != BRAND or brand.reads_in(body[end:]):
                yield Sighting(passage, wording, position, position)
    for slot, wording in index.hashtag_starts.get(body, ()):
        last = _brand_after(passage, position + 1, brand) if slot == BRAND else position
        if last is not None:
            yield Sighting(passage, wording, position, last)


def _phrase(passage: Passage, position: int, spelt: tuple[str, ...], brand: Brand) -> int | None:
    tokens, texts, same_as = passage.tokens, passage.tokens.texts, words().same_as
    here = position
    for number, word in enumerate(spelt):
        if word == BRAND:
            last = _brand_after(passage, here, brand)
            if last is None:
                return None
            here = last + 1
            continue
        if here >= len(texts) or (texts[here] != word and same_as.get(texts[here]) != word):
            return None
        if number and tokens.gap(here) > Gap.GLUE:
            return None
        here += 1
    return here - 1


def _brand_after(passage: Passage, position: int, brand: Brand) -> int | None:
    """The brand right here, or behind a few words such as an article or "our friends at"."""
    for skipped in range(6):
        here = position + skipped
        if here >= len(passage.tokens) or (skipped and passage.tokens.gap(here) == Gap.HARD):
            return None
        last = brand.at(passage, here)
        if last is not None:
            return last
        if passage.tokens.texts[here] not in words().before_brand:
            return None
    return None


def _after_brand(passage: Passage, index: Index, brand: Brand) -> Iterator[Sighting]:
    for position in brand.maybe_at(passage):
        token = passage.tokens[position]
        if token.text.startswith(brand.name):
            for wording in index.brand_joined.get(token.text[len(brand.name) :], ()):
                yield Sighting(passage, wording, position, position)
        named = brand.at(passage, position)
        for spelt, wording in index.brand_first if named is not None else ():
            assert named is not None
            last = _phrase(passage, named + 1, spelt, brand)
            if last is not None and passage.tokens[named + 1].kind == "word":
                yield Sighting(passage, wording, position, last)
