"""The links on top of every page, and the tab bar of an influencer's phone."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

HOME = "lifecycle:home"


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go: a route and, on a home page, one of its parts. A tab has an icon."""

    label: str | Promise
    route: str = HOME
    part: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A place as this page shows it."""

    label: str | Promise
    url: str
    icon: str = ""
    current: bool = False


PLACES: dict[str, tuple[Place, ...]] = {
    "agency": (
        Place(_("Campaigns")),
        Place(_("People"), "influencers:roster"),
        Place(_("Posts"), "agreements:board"),
    ),
    "brand": (Place(_("Campaigns")), Place(_("Posts"), "agreements:board")),
    "influencer": (
        Place(_("My turn"), icon="turn"),
        Place(_("Campaigns"), part="#campaigns", icon="text"),
        Place(_("Money"), "payouts:mine", icon="money"),
        Place(_("My page"), "influencers:mine", icon="person"),
    ),
    "reviewer": (Place(_("Reviews"), "lifecycle:reviews"),),
    "": (Place(_("Campaigns")),),
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
        return [
            Link(
                label=place.label,
                url=reverse(place.route) + place.part,
                icon=place.icon,
                current=not place.part and self._path == reverse(place.route),
            )
            for place in PLACES[self._kind]
        ]

    @cached_property
    def tabs(self) -> list[Link]:
        """For the thumb: those of the links that have an icon."""
        return [link for link in self.links if link.icon]

    @property
    def _is_known(self) -> bool:
        return self._user is not None and self._user.is_authenticated

    @property
    def _kind(self) -> str:
        """What decides the links: who pays the wages, else what the person is here."""
        if self._membership:
            return str(self._membership.organisation.kind)
        if self._user.is_reviewer:
            return "reviewer"
        return "influencer" if hasattr(self._user, "influencer") else ""

    @cached_property
    def _membership(self) -> Any:
        if not self._is_known:
            return None
        return self._user.memberships.select_related("organisation").order_by("pk").first()
