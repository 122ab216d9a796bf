"""What stands between a campaign and its next stage."""

from dataclasses import dataclass

from django.utils.functional import Promise

Sentence = str | Promise


@dataclass(frozen=True)
class Check:
    """One line of the checklist. waits_for: who moves next (agency, brand, influencers, reviewer,
    or the quality check itself)."""

    code: str
    ok: bool
    sentence: Sentence
    detail: Sentence = ""
    waits_for: str = "agency"


Blocker = Check  # a check that is not ok
