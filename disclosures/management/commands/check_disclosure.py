"""Says of each described post whether its label tells readers what it owes them."""

from __future__ import annotations

from typing import Any

from config.kernel.lines import BadLine, JsonLinesCommand
from disclosures.cases import BadCase, case_from
from disclosures.reading import judge
from disclosures.values import VerdictCode


class Command(JsonLinesCommand):
    help = (
        "Reads one post a line (JSON: id, jurisdiction, content_language, platform, format, "
        "relationship, published, brand, text, context) and answers each with its verdict. "
        "The answer holds codes and quoted words only, so --lang changes nothing here."
    )

    def answer(self, row: dict[str, Any], reader: str | None) -> dict[str, Any]:
        try:
            case = case_from(row)
        except BadCase as bad:
            raise BadLine(str(bad)) from bad
        verdict = judge(case)
        quoted = verdict.code != VerdictCode.MISSING
        return {
            "id": case.id,
            "verdict": verdict.code,
            "conformity": verdict.conformity,
            "rule": verdict.rule,
            "source": verdict.source,
            "verified": verdict.verified,
            "label": verdict.label if quoted else None,
            "place": verdict.place if quoted else None,
            "start": verdict.start if quoted else None,
            "end": verdict.end if quoted else None,
        }
