"""The links on top of every page, and the tab bar of an influencer's phone."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

HOME = "lifecycle:home"


@dataclass(frozen=True, slots=True)
class Link:
    """One place to go."""

    label: str | Promise
    url: str
    icon: str = ""
    current: bool = False


# Parts of the home page, by what a person is: (label, anchor on the home page, icon of the tab).
PLACES: dict[str, tuple[tuple[str | Promise, str, str], ...]] = {
    "agency": (
        (_("Campaigns"), "", "home"),
        (_("Calendar"), "#calendar", "calendar"),
        (_("Money"), "#money", "money"),
    ),
    "brand": (
        (_("Campaigns"), "", "home"),
        (_("Money"), "#money", "money"),
    ),
    "influencer": (
        (_("My turn"), "#ask", "turn"),
        (_("Terms"), "#terms", "text"),
        (_("Posts"), "#posts", "post"),
        (_("Money"), "#money", "money"),
    ),
}


class Menu:
    """What the top bar says about the reader; asks the database once, and only when shown."""

    def __init__(self, user: Any, path: str) -> None:
        self._user = user
        self._path = path

    @property
    def name(self) -> str:
        return str(self._user) if self._is_known else ""

    @cached_property
    def organisation(self) -> str:
        return self._membership.organisation.name if self._membership else ""

    @cached_property
    def links(self) -> list[Link]:
        if not self._is_known:
            return []
        home = reverse(HOME)
        return [
            Link(label, home + anchor, icon, self._path == home and nth == 0)
            for nth, (label, anchor, icon) in enumerate(PLACES[self._kind])
        ]

    @property
    def tabs(self) -> list[Link]:
        return self.links if self._is_known and self._kind == "influencer" else []

    @property
    def _is_known(self) -> bool:
        return self._user is not None and self._user.is_authenticated

    @property
    def _kind(self) -> str:
        return self._membership.organisation.kind if self._membership else "influencer"

    @cached_property
    def _membership(self) -> Any:
        if not self._is_known:
            return None
        return self._user.memberships.select_related("organisation").order_by("pk").first()
