"""What a channel says of a post beside its words, put so that it can be shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disclosures.channels.values import Edit, Link, Told
from disclosures.models import Publication
from disclosures.reading.folding import squashed
from disclosures.reading.sightings import Brand
from disclosures.values import CONFORMITY, WORST_FIRST, VerdictCode

FIGURES = {
    "views": _("views"),
    "likes": _("likes"),
    "shares": _("shares"),
    "replies": _("replies"),
}
_OWN_PAGES = frozenset({"blog", "news", "website", "other"})  # whose writers set rel themselves
_SHOWN = 280  # characters of an earlier version


@dataclass(frozen=True)
class Earlier:
    """The post as it stood from `at` on, and what would have been said of it."""

    at: datetime
    words: str
    conformity: str


@dataclass(frozen=True)
class Telling:
    """paid_links: those that lead to the brand, or through this site's own counter; sets_rel:
    whether their writer can say there that they are paid.

    other_day: the day the channel says it was published, where the registered one is another.
    """

    paid_links: tuple[Link, ...] = ()
    sets_rel: bool = False
    other_day: date | None = None
    sponsor: str = ""
    figures: Mapping[str, int] = field(default_factory=dict)
    edits: tuple[Earlier, ...] = ()

    @property
    def counted(self) -> list[tuple[str, int]]:
        """The channel's own counts, named for the reader."""
        return [
            (str(name), self.figures[key]) for key, name in FIGURES.items() if key in self.figures
        ]

    @property
    def undeclared(self) -> tuple[Link, ...]:
        return tuple(link for link in self.paid_links if self.sets_rel and not link.is_declared)


def telling(publication: Publication, told: Told) -> Telling:
    published = timezone.localdate(told.published_at) if told.published_at else None
    return Telling(
        paid_links=tuple(_to_brand(told.links, publication.brand_name)),
        sets_rel=publication.platform in _OWN_PAGES,
        other_day=published if published != publication.published_on else None,
        sponsor=told.sponsor,
        figures=told.figures,
        edits=tuple(_earlier(edit) for edit in told.edits),
    )


def _to_brand(links: Iterable[Link], brand_name: str) -> Iterable[Link]:
    brand, ours = Brand(brand_name), urlsplit(settings.SITE_URL).netloc
    for link in links:
        host = urlsplit(link.url).netloc
        if host == ours or (brand and brand.reads_in(squashed(host.removeprefix("www.")))):
            yield link


def _earlier(edit: Edit) -> Earlier:
    words = f"{edit.title}\n{edit.text}".strip()
    known = [verdict for verdict in edit.verdicts.values() if verdict in list(VerdictCode)]
    found: list[str] = [CONFORMITY[VerdictCode(verdict)] for verdict in known]
    worst = min(found, key=WORST_FIRST.index, default="")
    return Earlier(edit.at, _shortened(words), worst)


def _shortened(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
