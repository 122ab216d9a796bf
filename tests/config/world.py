"""A live campaign with one row of everything a route can name, and every route of the site."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from campaigns.agreements import actions as agreements
from campaigns.briefs import actions as briefs
from campaigns.codesign import actions as codesign
from campaigns.links import actions as links
from campaigns.payouts import actions as payouts
from campaigns.reports import actions as reports
from campaigns.reports.models import ShareLink
from config.kernel.fetching import Fetched, Hop
from config.kernel.fields import public_id
from disclosures import archives
from disclosures.models import Look, Publication, Snapshot, SnapshotContent
from tests import factories
from tests.factories import Scene

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>")
UNTOUCHED = {"sessions.Session", "identity.User", "identity.ApiToken"}  # a visit is no change


@dataclass(frozen=True)
class Route:
    name: str
    arguments: tuple[str, ...]

    @property
    def is_api(self) -> bool:
        return self.name.startswith("api:")

    @property
    def names_a_row(self) -> bool:
        """Whether it names a row of the campaign, besides the campaign itself."""
        return bool(set(self.arguments) - {"campaign", "number"})

    def url(self, world: "World") -> str:
        return reverse(self.name, kwargs={each: world.rows[each] for each in self.arguments})


@dataclass
class World:
    """A scene and what the arguments of routes stand for in it."""

    scene: Scene
    rows: dict[str, Any]


def routes() -> list[Route]:
    """Every route of ours, the administration's apart."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, space: str, before: str) -> Iterator[Route]:
    for each in resolver.url_patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLPattern):
            names = ARGUMENT.findall(path)
            yield Route(f"{space}{each.name}", tuple(first or second for first, second in names))
        elif each.namespace != "admin":
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _walk(each, inner, path)


def live() -> World:
    """Two creators, one post out, an incident, a link, a bill, a shared report."""
    scene = factories.draft()
    material = briefs.hand_in(
        campaign_id=scene.id, by=scene.manager, kind="post", words="Pubblicità. Ho provato."
    )
    factories.check_all()
    scene.advance("codesign")
    for _ in range(2):
        scene.join()
    scene.propose()
    objection = scene.stand(0, "objection", "Manca il burro.")
    codesign.clear_objection(
        campaign_id=scene.id, by=scene.creators[0].user, objection_id=objection.pk
    )
    for nth in range(2):
        scene.stand(nth)
    scene.advance("contracting")
    for nth in range(2):
        scene.agree(nth)
    scene.advance("live")
    return _filled(scene, {"material": material.pk, "objection": objection.pk})


def _filled(scene: Scene, rows: dict[str, Any]) -> World:
    publication = scene.publish(0).publication
    links.make_link(
        publication_id=publication.pk, target_url="https://mulino.example/", by=scene.manager
    )
    attested = agreements.attest_post(
        deliverable_id=scene.work(0).pk,
        by=scene.manager,
        text="Pubblicità. Il mio pane.",
        platform_label="",
        seen_on=timezone.localdate(),
        picture=b"\x89PNG\r\n\x1a\n",
    ).attestation
    scene.fund()
    bill = payouts.book_cost(
        campaign_id=scene.id,
        label="farina",
        amount_minor=120_000,
        due_on=timezone.localdate(),
        by=scene.manager,
        key=public_id(),
    )
    scene.tell()
    link = _share(scene)
    incident = reports.raise_incident(
        campaign_id=scene.id, by=scene.manager, kind="boycott", text="Un appello a boicottare."
    )
    return World(
        scene,
        {
            "campaign": scene.campaign.public_id,
            "channel": scene.creators[0].channels.get().pk,
            "number": 1,
            "participant": scene.seat(1).pk,
            "agreement": scene.agreement(1).public_id,
            "deliverable": scene.work(0).pk,
            "publication": publication.public_id,
            "attestation": attested.pk,
            "snapshot": _kept(publication),
            "due": bill.public_id,
            "incident": incident.public_id,
            "link": link,
            "submission": scene.campaign.briefs.get(number=1).submission_id,
            **rows,
        },
    )


def _kept(publication: Publication) -> int:
    """The page of the post was read once; the number of its snapshot."""
    now = timezone.now()
    address = publication.url
    fetched = Fetched(
        final_url=address,
        chain=(Hop(address, "203.0.113.7", 200),),
        status=200,
        headers=(("Content-Type", "text/html"),),
        body="Pubblicità. Il mio pane.".encode(),
        media_type="text/html",
        text="",
        fetched_at=now,
    )
    look = publication.looks.get(status="queued")
    Look.objects.filter(pk=look.pk).update(status="running")
    Look.objects.filter(pk=look.pk).update(status="done", finished_at=now)
    snapshot = Snapshot.objects.create(
        look=look, final_url=address, status_code=200, digest="0" * 64, taken_at=now
    )
    SnapshotContent.objects.create(
        snapshot=snapshot, salt=b"s" * 32, archive=archives.write([fetched], {}), text="Pane."
    )
    return snapshot.pk


def _share(scene: Scene) -> str:
    """The report is published and shared; the public id of the link."""
    reports.publish(campaign_id=scene.id, by=scene.manager)
    reports.share(campaign_id=scene.id, by=scene.manager)
    return str(ShareLink.objects.get(campaign=scene.campaign).public_id)


def fingerprint() -> dict[str, str]:
    """What every table holds, so that two of them show whether anything changed."""
    return {
        model._meta.label: _digest(model)
        for model in apps.get_models()
        if not model._meta.proxy and model._meta.managed and model._meta.label not in UNTOUCHED
    }


def _digest(model: type[Model]) -> str:
    rows = model._default_manager.order_by("pk").values_list()
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()
