"""Does a wording that was found disclose this post, deny it, or speak of something else?"""

import itertools
from enum import Enum

from disclosures.reading.sightings import Brand, Sighting
from disclosures.reading.tokens import Gap, Passage
from disclosures.reading.words import Index, words
from disclosures.rules import language

_NEIGHBOURS = 5
_MENU = 200  # characters on either side in which a menu shows
_IN = frozenset({"in", "en"})
_NE = frozenset({"ne", "n"})
_THAT = frozenset({"che", "que", "qu", "that", "dass", "dat"})


class Meaning(Enum):
    DISCLOSES = "discloses"
    DENIED = "denied"
    ELSEWHERE = "elsewhere"  # a topic, a menu, another person's post, a question


def meaning(sighting: Sighting, brand: Brand, content_language: str) -> Meaning:
    if _is_denied(sighting, content_language):
        return Meaning.DENIED
    if _is_asked(sighting):
        answer = _following(sighting.passage, sighting.last)
        if answer in words().no:
            return Meaning.DENIED
        return Meaning.DISCLOSES if answer in words().yes else Meaning.ELSEWHERE
    if _is_in_a_menu(sighting) or _is_another_posts(sighting):
        return Meaning.ELSEWHERE
    if sighting.hashtag:
        return Meaning.DISCLOSES
    if sighting.wording.apart and not _stands_apart(sighting, brand):
        return Meaning.ELSEWHERE
    return Meaning.ELSEWHERE if _is_a_topic(sighting, brand) else Meaning.DISCLOSES


def denied_hashtags(passage: Passage, index: Index) -> list[int]:
    """Hashtags that deny a label inside themselves: #noadv, #nonsponsorizzato, #pasunepub."""
    found = []
    for position in passage.tokens.hashtags:
        if _denies(passage.tokens.texts[position].replace("_", ""), index):
            found.append(position)
    return found


def _denies(body: str, index: Index) -> bool:
    starts = (s for s in words().denied_hashtags if body.startswith(s))
    return any(_is_label_word(body[len(start) :], index) for start in starts)


def _is_label_word(body: str, index: Index) -> bool:
    return body in index.hashtags or any(
        len(spelt) == 1 for spelt, _ in index.phrases.get(body, {}).get("", ())
    )


def denies_pay(passage: Passage) -> bool:
    """Whether a whole phrase denies being paid, whatever the label says."""
    known, spoken = words().denials, passage.tokens.texts
    return any(
        tuple(spoken[position : position + len(spelt)]) == spelt
        for position, pair in enumerate(itertools.pairwise(spoken))
        for spelt in known.get(pair, ())
    )


def _is_denied(sighting: Sighting, content_language: str) -> bool:
    """A denying word shortly before it in the same clause, unless it denies the hiding."""
    passage, vocabulary = sighting.passage, words()
    if _is_denied_after(sighting):
        return True
    negators = vocabulary.negators.get(content_language[:2], vocabulary.negators["always"])
    start = passage.clause_start(sighting.first, Gap.COMMA)
    if _begins_anew(sighting):
        return False
    near = range(max(start, sighting.first - _window()), sighting.first)
    denying_at = [i for i in near if _is_negator(passage, i, negators)]
    if not any(_reaches(sighting, position, negators) for position in denying_at):
        return False
    texts = passage.tokens.texts[start : sighting.first]
    denying = next(i for i, text in enumerate(texts) if text in negators)
    return not any(text in vocabulary.not_a_denial for text in texts[denying:])


def _is_denied_after(sighting: Sighting) -> bool:
    """`Pubblicità zero`, `collaboration non commerciale`: in the same breath, no new sentence."""
    following, vocabulary = sighting.last + 1, words()
    after = _following(sighting.passage, sighting.last)
    unpaid = _following(sighting.passage, following) in vocabulary.unpaid
    if after not in vocabulary.denied_after and not (unpaid and after in vocabulary.denying):
        return False
    near = sighting.passage.tokens[following].gap < Gap.COMMA
    return near and not _begins_a_sentence(sighting, following)


def _reaches(sighting: Sighting, position: int, negators: frozenset[str]) -> bool:
    """`Senza glutine` denies the gluten and not the label behind it; `mai senza` denies nothing.

    A verb that is denied may stand far from the label, but not in a relative clause, and not
    where the label is a hashtag or tells how: those follow the sentence.
    """
    vocabulary, tokens = words(), sighting.passage.tokens
    before = {t.text for t in tokens[max(0, position - 4) : position]}
    behind = range(position + 1, sighting.first)
    noun = tokens[position].text in vocabulary.noun_negators
    if noun and before & (negators - _NE):
        return False
    if sighting.hashtag and before & _NE:
        return False  # `ne ... pas`: the `ne` decides
    if not sighting.hashtag and any(_is_tag(sighting.passage, i) for i in behind):
        return False
    relative = position > 0 and tokens[position - 1].text in vocabulary.relatives
    if not (noun or relative or sighting.hashtag or _tells_how(sighting)):
        return True
    bound = vocabulary.linking | negators
    return all(tokens[i].kind == "word" and tokens[i].text in bound for i in behind)


def _begins_anew(sighting: Sighting) -> bool:
    """`... #mare Pubblicità`, `... al mare Prodotto inviato da`: a capital begins a sentence."""
    passage, first = sighting.passage, sighting.first
    if first and passage.tokens[first - 1].text in _IN:
        first -= 1
    if sighting.hashtag or first == 0:
        return False
    before = passage.tokens[first - 1]
    if not passage.raw[passage.span(first, first)[0]].isupper():
        return False
    if before.kind == "#":
        return True
    vocabulary = words()
    bound = (vocabulary.linking, vocabulary.other_subjects, vocabulary.denying)
    shouted = passage.raw[slice(*passage.span(first - 1, first - 1))].isupper()
    return (
        sighting.last > sighting.first and not any(before.text in w for w in bound) and not shouted
    )


def _is_negator(passage: Passage, position: int, negators: frozenset[str]) -> bool:
    text = passage.tokens[position].text
    return text in negators and (text != "ne" or _accented_or_french(passage, position))


def _accented_or_french(passage: Passage, position: int) -> bool:
    """Italian `né` denies, the pronoun `ne` does not; the French `ne` always does."""
    start, end = passage.span(position, position)
    if passage.raw[start:end].casefold() != "ne":
        return True
    later = passage.tokens[position + 1 : position + 4]
    return any(t.text in ("pas", "plus", "jamais", "rien", "aucun", "aucune") for t in later)


def _window() -> int:
    size = language()["negator_window"]
    assert isinstance(size, int)
    return size


def _is_asked(sighting: Sighting) -> bool:
    return sighting.passage.asked_after(sighting.last)


def _following(passage: Passage, last: int) -> str:
    texts = passage.tokens.texts
    return texts[last + 1] if last + 1 < len(texts) else ""


def _is_another_posts(sighting: Sighting) -> bool:
    """Somebody else's post, a festival, a wish: the words before it in the clause say so."""
    passage, vocabulary, wording = sighting.passage, words(), sighting.wording
    if sighting.hashtag or _begins_anew(sighting):
        return False
    manner = _tells_how(sighting)
    own = wording.weak or wording.apart or manner or not _is_inserted(sighting)
    within = Gap.COMMA if own else Gap.HARD
    start = passage.clause_start(sighting.first, within)
    nearest = max(start, sighting.first - _NEIGHBOURS)
    nearest = max(
        [nearest, *(i + 1 for i in range(nearest, sighting.first) if _is_tag(passage, i))]
    )
    texts = passage.tokens.texts[nearest : sighting.first]
    people = vocabulary.theirs if manner else vocabulary.other_people
    others = [i for i, t in enumerate(texts) if t in people or t in vocabulary.hedges]
    if any(not manner or set(texts[i + 1 :]) <= vocabulary.linking for i in others):
        return True
    if any(t in vocabulary.other_subjects for t in texts):
        arranged = bool(vocabulary.arranged.intersection(texts[-2:]))
        return arranged if manner else len(texts) > 1 or wording.apart
    return _is_named_persons(sighting, start)


def _is_inserted(sighting: Sighting) -> bool:
    """`La nazionale, sponsorizzata da ..., ha vinto`: said of what stands before the comma."""
    passage = sighting.passage
    opens = passage.tokens[sighting.first].gap == Gap.COMMA
    return not opens or passage.gap_after(sighting.last) == Gap.COMMA


def _is_tag(passage: Passage, position: int) -> bool:
    return passage.tokens[position].kind == "#"


def _tells_how(sighting: Sighting) -> bool:
    """`in collaborazione con ...` belongs to the whole sentence, not to the noun before it."""
    tokens, first = sighting.passage.tokens, sighting.first
    if sighting.hashtag:
        return False
    return tokens[first].text in _IN or (first > 0 and tokens[first - 1].text in _IN)


def _is_a_topic(sighting: Sighting, brand: Brand) -> bool:
    """`La collaboration commerciale entre ...`: a thing spoken of in general, no brand with it."""
    passage, first = sighting.passage, sighting.first
    if sighting.wording.apart or passage.tokens[first].gap >= Gap.COMMA:
        return False
    definite = first > 0 and passage.tokens[first - 1].text in words().definite_articles
    named = any(brand.at(passage, i) is not None for i in range(first, sighting.last + 1))
    return definite and not named and not _leads_to_brand(passage, sighting.last + 1, brand)


def _is_named_persons(sighting: Sighting, start: int) -> bool:
    """`Il post di Giulia ...`: a thing that could be this post, and whose it is."""
    passage = sighting.passage
    for position in range(start, sighting.first - 2):
        owner = passage.tokens[position + 2]
        of = passage.tokens[position + 1].text in ("di", "de", "of", "von", "van", "da")
        if of and passage.tokens[position].text in words().leads:
            begin = passage.span(position + 2, position + 2)[0]
            if passage.raw[begin].isupper() and len(owner.text) > 1:
                return True
    return False


def _is_in_a_menu(sighting: Sighting) -> bool:
    """One entry among others of a site's navigation."""
    text, tokens = sighting.passage.folded.text, sighting.passage.tokens
    start, end = tokens[sighting.first].start, tokens[sighting.last].end
    before = text[max(0, start - _MENU) : start].rpartition("\n")[2]
    line = before + text[start:end] + text[end : end + _MENU].partition("\n")[0]
    for separator in ("|", "·", "•", "/", ">", " - ", " – ", " — ", "»"):
        entries = [entry.strip(" .") for entry in line.split(separator)]
        if sum(entry in words().site_menu for entry in entries) > 1:
            return True
    return False


def _stands_apart(sighting: Sighting, brand: Brand) -> bool:
    """An everyday word is a label only where it is set off from the sentence around it."""
    passage = sighting.passage
    if (
        passage.tokens[sighting.first].gap == Gap.GLUE
        or passage.gap_after(sighting.last) == Gap.GLUE
    ):
        return False
    after = passage.gap_after(sighting.last)
    opens = _opens_a_clause(sighting)
    if opens:
        return after >= Gap.COMMA or _goes_on_as_label(sighting, brand)
    named = brand.at(passage, sighting.last + 1)
    ends = after if named is None else passage.gap_after(named)
    capital = sighting.wording.lang != "de" and passage.raw[sighting.span[0]].isupper()
    wanted = Gap.COMMA if capital else Gap.HARD
    return passage.tokens[sighting.first].gap == Gap.COMMA and ends >= wanted


def _opens_a_clause(sighting: Sighting) -> bool:
    """It begins the clause, or only words such as `questo post è` stand before it."""
    passage, vocabulary = sighting.passage, words()
    if passage.tokens[sighting.first].gap == Gap.HARD:
        return True
    start = passage.clause_start(sighting.first, Gap.COMMA)
    lead = [t.text for t in passage.tokens[start : sighting.first] if t.kind == "word"]
    if start < sighting.first and not lead:
        return True  # only hashtags and handles stand before it
    if _begins_anew(sighting):
        return True
    for conjunction in _THAT.intersection(lead):
        lead = lead[lead.index(conjunction) + 1 :]
    telling = [t for t in lead if t not in vocabulary.lead_articles]
    return bool(telling) and all(t in vocabulary.leads for t in lead)


def _goes_on_as_label(sighting: Sighting, brand: Brand) -> bool:
    passage, vocabulary = sighting.passage, words()
    following = sighting.last + 1
    token = passage.tokens[following]
    if token.kind != "word" or _leads_to_brand(passage, following, brand):
        return True
    if sighting.wording.closed:
        return _is_shouted(sighting) and _begins_a_sentence(sighting, following)
    if token.text in vocabulary.label_goes_on:
        return True
    if token.text in vocabulary.topic_joins:
        return _begins_a_sentence(sighting, following)
    return token.text not in vocabulary.topic_follows


def _is_shouted(sighting: Sighting) -> bool:
    return sighting.passage.raw[slice(*sighting.span)].isupper()


def _begins_a_sentence(sighting: Sighting, position: int) -> bool:
    """`Pubblicità La mia ...`: a capital letter, where the label is not all in capitals."""
    passage = sighting.passage
    begin, _ = passage.span(position, position)
    shouted = _is_shouted(sighting) and passage.raw[begin : begin + 12].isupper()
    return passage.raw[begin].isupper() and not shouted


def _leads_to_brand(passage: Passage, position: int, brand: Brand) -> bool:
    if brand.at(passage, position) is not None:
        return True
    toward = _following(passage, position - 1) in words().toward_brand
    return toward and _brand_soon(passage, position + 1, brand)


def _brand_soon(passage: Passage, position: int, brand: Brand) -> bool:
    nearby = range(position, min(position + 3, len(passage.tokens)))
    return any(brand.at(passage, i) is not None for i in nearby)
