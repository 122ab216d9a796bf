"""Which of our languages a text is in. It only words the answer, so a guess is enough."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from campaigns.quality.text.lexicon import RULES

LANGUAGES = ["de", "en", "es", "fr", "it"]
ENOUGH = 1000  # characters to tell by
SURE = 2.0  # common words, and twice as many as of any other language
_WORD = re.compile(r"[^\W\d_]+")


def language_of(words: str) -> str:
    """en where there is nothing to tell by. Most texts have words enough that tell at once."""
    sample = words[:ENOUGH]
    counts = dict.fromkeys(LANGUAGES, 0.0)
    for word in _WORD.findall(sample.lower()):
        of = _common().get(word, ())
        for lang in of:
            counts[lang] += 1 / len(of)
    best, other = sorted(LANGUAGES, key=counts.__getitem__)[:-3:-1]
    if counts[best] >= max(SURE, 2 * counts[other]):
        return best
    return str(_identifier().classify(sample)[0]) if any(map(str.isalpha, sample)) else "en"


@cache
def _common() -> Mapping[str, list[str]]:
    found = defaultdict(list)
    given: dict[str, str] = yaml.load((RULES / "common.yaml").read_bytes(), yaml.CSafeLoader)
    for lang, words in given.items():
        for word in words.split():
            found[word].append(lang)
    return found


@cache
def _identifier() -> Any:
    # Imported at the first need: it brings more than the rest of a check takes to start.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return identifier
