"""Which of our languages a text is in. It only words the answer, so a guess is enough."""

from functools import cache
from typing import Any

LANGUAGES = ["de", "en", "es", "fr", "it"]
ENOUGH = 1000  # characters to tell by


def language_of(words: str) -> str:
    """en where there is nothing to tell by."""
    sample = words[:ENOUGH]
    return str(_identifier().classify(sample)[0]) if any(map(str.isalpha, sample)) else "en"


@cache
def _identifier() -> Any:
    # Imported at the first need: it brings numpy, more than the rest of a check takes to start.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return identifier
