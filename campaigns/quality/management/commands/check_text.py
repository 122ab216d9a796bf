"""Says of each text whether it may stand, and quotes what may not."""

from typing import Any

from campaigns.quality import reading, text
from campaigns.quality.text.languages import language_of
from campaigns.quality.text.rulebook import WORDS
from config.kernel.lines import BadLine, JsonLinesCommand, identifier

KINDS = sorted(WORDS | {"link"})


class Command(JsonLinesCommand):
    help = (
        "Reads one text a line (JSON: id, kind, text, and lang where it is known) and answers each "
        "with its verdict, language and findings; start and end count code points."
    )

    def answer(self, row: dict[str, Any], reader: str | None) -> dict[str, Any]:
        name, kind, words, lang = identifier(row), row.get("kind"), row.get("text"), row.get("lang")
        if kind not in KINDS:
            raise BadLine(f"Give `kind` as one of {', '.join(KINDS)}.")
        if not isinstance(words, str) or len(words) > text.LONGEST:
            raise BadLine(f"Give `text` as text of at most {text.LONGEST} characters.")
        if not (lang is None or (isinstance(lang, str) and 0 < len(lang) <= 35)):
            raise BadLine("Give `lang` as a language code such as it, or leave it out.")
        judged = reading.judge(words, kind=kind, lang=lang, reader=reader)
        return {
            "id": name,
            "verdict": judged.verdict,
            "lang": lang or language_of(words),
            "findings": [finding.as_dict() for finding in judged.findings],
        }
