"""Says of each list of terms whether a campaign may pay so, and what each comes to an hour."""

from typing import Any

from django.conf import settings

from campaigns.quality.terms import MOST_MINOR, MOST_TERMS, BadTerms, judge
from config.kernel.lines import BadLine, JsonLinesCommand, identifier


class Command(JsonLinesCommand):
    help = (
        "Reads one list of terms a line (JSON: id, terms, floor_hourly_minor) and answers each "
        "with its verdict and findings; hourly_minor is what each term comes to an hour."
    )

    def answer(self, row: dict[str, Any], reader: str | None) -> dict[str, Any]:
        name, terms, floor = identifier(row), row.get("terms"), row.get("floor_hourly_minor")
        if not isinstance(terms, list) or len(terms) > MOST_TERMS:
            raise BadLine(f"Give `terms` as a list of at most {MOST_TERMS} terms.")
        if floor is not None and not (type(floor) is int and 0 < floor <= MOST_MINOR):
            raise BadLine("Give `floor_hourly_minor` in whole minor units, or leave it out.")
        try:
            judged = judge(
                terms,
                floor_hourly_minor=floor,
                reader=reader or "en",
                commission=settings.ALLOW_COMMISSION,
            )
        except BadTerms as bad:
            raise BadLine(str(bad)) from bad
        return {
            "id": name,
            "verdict": judged.verdict,
            "findings": judged.rows(),
            "hourly_minor": list(judged.hourly_minor),
        }
