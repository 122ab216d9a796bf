from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest

from campaigns.links.actions import make_link, record_click
from campaigns.links.models import TrackedLink
from campaigns.links.queries import count
from campaigns.links.values import Clicks
from tests.links.posts import publication

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def link(number: int = 1) -> TrackedLink:
    return make_link(
        publication_id=publication(number).pk, target_url="https://alba.example/", by=None
    )


def click(
    on: TrackedLink, minutes: float = 0, address: str = "93.184.216.34", agent: str = "Firefox"
) -> None:
    record_click(
        link_id=on.pk,
        at=NOON + timedelta(minutes=minutes),
        address=ip_address(address),
        user_agent=agent,
        referer="",
    )


def clicks_on(link: TrackedLink) -> Clicks:
    return count([link.publication_id])[link.publication_id]


def test_no_click_is_none() -> None:
    assert clicks_on(link()) == Clicks(raw=0, counted=0)


def test_a_post_without_a_link_is_not_counted() -> None:
    assert count([publication().pk, 10**9]) == {}
    assert count([]) == {}


@pytest.mark.parametrize(
    ("minutes", "counted"),
    [
        ([0, 1, 29], 1),
        ([0, 30], 1),
        ([0, 30.1], 2),
        ([0, 20, 40], 1),  # each within 30 minutes of the one before
        ([0, 31, 62], 3),
        ([40, 0], 2),  # the order they were written in does not matter
        ([0, 0, 0], 1),
    ],
)
def test_the_same_visitor_within_half_an_hour_counts_once(
    minutes: list[float], counted: int
) -> None:
    ours = link()
    for minute in minutes:
        click(ours, minute)

    assert clicks_on(ours) == Clicks(raw=len(minutes), counted=counted)


def test_different_visitors_count_each() -> None:
    ours = link()
    click(ours)
    click(ours, address="93.184.216.35")
    click(ours, agent="Safari")

    assert clicks_on(ours) == Clicks(raw=3, counted=3)


def test_links_are_counted_apart() -> None:
    first, second = link(1), link(2)
    click(first)
    click(second)
    click(second, 5)

    found = count([first.publication_id, second.publication_id])

    assert found == {
        first.publication_id: Clicks(raw=1, counted=1),
        second.publication_id: Clicks(raw=2, counted=1),
    }
