"""Hints while somebody writes: the words come, the findings go, and neither is kept or logged."""

import hashlib
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from campaigns.briefs.requests import CampaignRequest
from campaigns.quality.hints import KINDS, LONGEST, hints
from config.kernel.errors import NotFound

NAME = re.compile(r"[a-z_]{1,40}")
CLEAR = "clear"  # stands for findings that were shown and are mended
MOST_SHOWN = 5


@dataclass(frozen=True)
class Hinted:
    """What stands under one field. shown: names the findings, so that they are said only once."""

    of: str
    found: list[dict[str, Any]]
    shown: str
    too_long: bool = False

    @property
    def first(self) -> list[dict[str, Any]]:
        return self.found[:MOST_SHOWN]

    @property
    def more(self) -> int:
        return len(self.found) - len(self.first)

    @property
    def mended(self) -> bool:
        return self.shown == CLEAR


class Pace:
    """At most `most` a minute for each key, in this process."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._minute, self._counts = 0, Counter[int]()
        self._lock = threading.Lock()

    def allows(self, key: int, at: float) -> bool:
        """at: seconds, of any clock that only goes forward."""
        with self._lock:
            minute = int(at // 60)
            if minute != self._minute:
                self._minute, self._counts = minute, Counter()
            self._counts[key] += 1
            return self._counts[key] <= self.most


PACE = Pace(120)


@sensitive_post_parameters()
@require_POST
def hinted(request: CampaignRequest, campaign: str) -> HttpResponse:
    """The hints under a field; 204 while they say the same as before, 429 past the pace."""
    kind, of = request.POST.get("kind", ""), request.POST.get("of", "")
    if kind not in KINDS or not NAME.fullmatch(of):
        raise NotFound
    if not PACE.allows(request.user.pk, time.monotonic()):
        return HttpResponse(status=429)
    before = request.POST.get(f"shown-{of}", "")
    words = request.POST.get(of, "")
    seen = read(words, kind=kind, of=of, language=request.campaign.language, before=before)
    if seen.shown == before:
        return HttpResponse(status=204)
    return render(request, "briefs/_hints.html", {"hinted": seen})


def read(words: str, *, kind: str, of: str, language: str, before: str = "") -> Hinted:
    """before: what was shown under the field until now."""
    if len(words) > LONGEST:
        return Hinted(of, [], "long", too_long=True)
    reader = get_language() or "en"
    found = hints(words, kind=kind, of=of, language=language, reader=reader)
    if not found:
        return Hinted(of, [], CLEAR if before else "")
    said = "\n".join(f"{each['rule']} {each['quote']}" for each in found)
    return Hinted(of, found, hashlib.sha256(said.encode()).hexdigest()[:12])
