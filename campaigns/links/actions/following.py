"""Make the link of a post; write down that somebody followed it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from campaigns.links.errors import LinkPointsElsewhere, TargetIsALink
from campaigns.links.models import Click, TrackedLink
from campaigns.links.places import country_of, network_number_of
from campaigns.links.policies import check_may_link
from campaigns.links.values import (
    MOST_AGENT,
    Address,
    first_language,
    host_of,
    is_own_link,
    plain,
    visitor,
)
from config.identity.models import User
from config.identity.visitors import network_of
from config.kernel import events
from config.kernel.web import web_address
from disclosures.models import Publication


@transaction.atomic
def make_link(*, publication_id: int, target_url: str, by: User | None) -> TrackedLink:
    """The post's one counted link, leading to `target_url`; asking twice gives the same.

    by: None for the installation itself. Raises NotFound, NotAllowed, InvalidInput,
    TargetIsALink, LinkPointsElsewhere.
    """
    publication = Publication.objects.select_for_update().get(pk=publication_id)
    if by:
        check_may_link(by, publication.pk)
    target = web_address(target_url, field="target_url")
    known = TrackedLink.objects.filter(publication=publication).first()
    if known and known.target_url == target:
        return known
    if known:
        raise LinkPointsElsewhere
    if is_own_link(target, settings.SITE_URL):
        raise TargetIsALink
    link = TrackedLink.objects.create(publication=publication, target_url=target, made_by=by)
    events.record("link.made", subject=link, by=by, publication=publication.pk)
    return link


def record_click(
    *,
    link_id: int,
    at: datetime,
    address: Address,
    user_agent: str,
    referer: str,
    accept_language: str = "",
) -> Click:
    """One more visit; nothing that names the visitor is kept.

    address: looked up for its country and network number, hashed for the day, then forgotten.
    """
    agent = plain(user_agent, MOST_AGENT)
    return Click.objects.create(
        link_id=link_id,
        at=at,
        network=network_of(address),
        visitor=visitor(secret=settings.SECRET_KEY, day=at.date(), address=address, agent=agent),
        user_agent=agent,
        referer_host=host_of(plain(referer, 2000)),
        language=first_language(accept_language),
        country=country_of(address),
        asn=network_number_of(address),
    )
