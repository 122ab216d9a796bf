"""Hostile sites as the worker meets them: each look ends with a reason, and the next is taken."""

import resource
import time
from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from django.utils import timezone
from pytest_django import Settings

from config.identity.models import User
from config.kernel.fetching import Limits, fetch, fetcher
from disclosures import actions
from disclosures.channels import web as web_channel
from disclosures.models import DisclosureCheck, Look, Publication
from disclosures.reading.bounds import is_too_deep
from disclosures.reasons import SENTENCES
from disclosures.states import LookStatus
from tests.kernel.hostile import Answer, Site, page, redirect, site
from tests.kernel.test_fetching import HOSTILE

pytestmark = pytest.mark.django_db

SECONDS = 1.0  # for each fetch here
MANY = 1_000_000
NESTED = {
    "a million nested tags": "<div>" * MANY,
    "a million nested words": "<b>x" * MANY,
    "tags that say they close": "<div/>" * MANY,
    "closings that close nothing": "<b></i>" * 600_000,
    "articles in articles": "<article>x" * 400_000,
    "tables in tables": "<table><tr><td>" * 300_000,
    "a style that is none": "<svg><style>" + "<div>" * MANY,
    "a program that is none": "<svg><script>" + "<div>" * MANY,
    "a comment that is over": "<!-->" + "<div>" * MANY,
    "formats that each paragraph opens again": "".join(f"<b x={i}>" for i in range(5000))
    + "<p>x" * 9000,
    "a million paragraphs": "<p>x" * MANY,
}
HARMLESS = {
    "an endless comment": "<!--" * MANY,
    "an endless program": "<script>" * 500_000,
    "signs without names": "<" * 4 * MANY,
    "one tag of a million names": "<a " + "b=c " * MANY + ">x</a>",
}


@pytest.fixture
def web(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    fetcher.sites.forget()
    limits = Limits(seconds=SECONDS, body_bytes=10_000_000)
    monkeypatch.setattr(web_channel, "fetch", partial(fetch, limits=limits))
    with site() as served:
        settings.FETCH_ALLOW = served.allow
        yield served
    fetcher.sites.forget()


def register(web: Site) -> Publication:
    return actions.register(
        url=web.url("/post"),
        platform="blog",
        relationship="paid",
        jurisdictions=["IT"],
        language="it",
        brand_name="Mulino dell'Alba",
        published_on=date(2026, 3, 12),
        by=User.objects.create_user("ada@blog.example", "Ada Conti"),
    )


def reason_of(publication: Publication, web: Site, answer: Answer, tries: int = 3) -> str:
    """Why the page could not be judged, once its tries are used up; empty where it could."""
    web.answers["/post"] = answer
    look = actions.look_again(publication_id=publication.pk, by=None)
    for _ in range(tries):
        began = time.monotonic()
        look = actions.take_look(look_id=look.pk)
        assert time.monotonic() - began < SECONDS + 9
        if look.status == LookStatus.DONE:
            break
        Look.objects.filter(pk=look.pk).update(queued_at=timezone.now())
    return DisclosureCheck.objects.get(look=look).reason


@pytest.mark.slow
def test_every_hostile_site_ends_with_a_reason_and_the_worker_lives_on(web: Site) -> None:
    publication = register(web)
    reasons = {
        name: reason_of(publication, web, answer)
        for name, (_, answer) in HOSTILE.items()
        if "drip" not in name or name == "a body that drips"  # each of its tries costs a deadline
    }
    reasons["a loop"] = reason_of(publication, web, redirect("/post"))

    expected = {name: HOSTILE[name][0] for name in reasons if name in HOSTILE}
    assert reasons == expected | {"a loop": "redirects"}
    assert [each for each in reasons.values() if each not in SENTENCES] == [
        "http_500",
        "http_302",
        "http_304",
    ]
    good = page("<article>Pubblicità Mulino dell'Alba. Il pane.</article>".encode())
    assert reason_of(publication, web, good) == ""
    assert publication.checks.order_by("pk").last().verdict == "sufficient"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", NESTED)
def test_a_page_built_to_be_walked_for_hours_is_not_walked(web: Site, name: str) -> None:
    publication = register(web)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert reason_of(publication, web, page(NESTED[name].encode())) == "too_deep"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


@pytest.mark.parametrize("name", HARMLESS)
def test_a_page_that_only_looks_so_is_read(web: Site, name: str) -> None:
    reason = reason_of(register(web), web, page(HARMLESS[name].encode()))
    assert reason in {"", "no_words"}


@pytest.mark.parametrize(
    "html",
    [
        "<div><p>Hello<br><img src=a><input></p></div>" * 10_000,
        "<ul>" + "<li>one<p>two" * 40_000 + "</ul>",
        "<svg>" + '<path d="m0"/><circle r=1 />' * 40_000 + "</svg>",
        "<table>" + "<tr><td>1<td>2" * 40_000 + "</table>",
        "<!-- <div> -->" * 60_000 + "<script>'<div>'</script>" * 10_000,
    ],
)
def test_long_pages_for_people_are_not_too_deep(html: str) -> None:
    assert not is_too_deep(f"<html><body><main>{html}</main></body></html>")
