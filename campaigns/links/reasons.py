"""Why a click is not counted, in the reader's language; the words are the click engine's."""

from django.utils.translation import get_language

from campaigns.quality.clicks import reasons
from campaigns.quality.clicks.reasons import Reason

__all__ = ["Reason", "reason"]


def reason(code: str) -> Reason:
    return reasons.reason(code, get_language() or "en")
