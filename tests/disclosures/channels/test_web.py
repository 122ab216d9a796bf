"""A blog's page: the article, what stands around it, the paid link, what machines are told."""

import json
from datetime import date

import pytest
from django.template.loader import render_to_string

from disclosures.models import SnapshotContent
from disclosures.queries import PublicationState
from tests.disclosures.channels.conftest import Looked, again
from tests.disclosures.site import Page, Site

pytestmark = pytest.mark.django_db

STORY = "<p>Ho provato la farina di farro, e il pane è venuto bene.</p>" * 8
LINK = '<p><a href="https://mulinodellalba.example/farro"{rel}>La farina</a></p>'


def page(site: Site, body: str, head: str = "") -> str:
    html = f"<html><head><title>Il blog</title>{head}</head><body>{body}</body></html>"
    site.pages["/farro"] = Page(html.encode())
    return site.url("/farro")


def shown(state: PublicationState) -> str:
    return render_to_string("disclosures/_publication.html", {"state": state})


def test_a_label_right_above_the_article_is_seen(site: Site, looked: Looked) -> None:
    state = looked(page(site, f"<div>Pubblicità</div><article>{STORY}</article>"), "blog")

    assert (state.last_verdict, state.quote) == ("sufficient", "Pubblicità")
    assert state.last
    assert (state.last.place, state.last.is_seen_first) == ("title", True)


def test_a_label_far_from_the_article_is_misplaced_not_missing(site: Site, looked: Looked) -> None:
    state = looked(page(site, f"<article>{STORY}</article><div>#adv #mulinodellalba</div>"), "blog")

    assert state.last_verdict == "misplaced"


@pytest.mark.parametrize(
    "slot",
    [
        "<div><span>Pubblicità</span><iframe src='https://ads.example/'></iframe></div>",
        "<div>Pubblicità<ins class='adsbygoogle'></ins></div>",
        "<ul><li><a href='/listino'>Pubblicità</a></li></ul>",
    ],
)
def test_the_caption_of_a_banner_is_no_label_of_the_post(
    site: Site, looked: Looked, slot: str
) -> None:
    state = looked(page(site, f"{slot}<article>{STORY}</article>"), "blog")

    assert state.last_verdict == "missing"


def test_a_page_that_names_no_article_is_read_at_its_fullest_part(
    site: Site, looked: Looked
) -> None:
    menu = "<div>" + "<a href='/'>Ricette</a> " * 40 + "</div>"
    body = (
        f"<div><div class='top'>Il blog di Ada</div><div><div><p>Pubblicità</p>{STORY}</div></div>"
    )
    state = looked(page(site, f"{menu}{body}{menu}</div>"), "blog")

    assert state.last_verdict == "sufficient"
    text = SnapshotContent.objects.get().text
    assert text.startswith("Pubblicità\nHo provato")
    assert "Ricette" not in text


@pytest.mark.parametrize("rel", [' rel="sponsored"', ' rel="noopener NOFOLLOW"'])
def test_a_paid_link_marked_for_search_engines_is_said_to_be(
    site: Site, looked: Looked, rel: str
) -> None:
    state = looked(page(site, f"<article>{STORY}{LINK.format(rel=rel)}</article>"), "blog")

    (link,) = state.telling.paid_links
    assert link.url == "https://mulinodellalba.example/farro"
    assert link.is_declared
    assert "tells search engines that it is paid" in shown(state)


def test_a_paid_link_without_its_mark_is_shown_with_what_to_add(site: Site, looked: Looked) -> None:
    state = looked(page(site, f"<article>{STORY}{LINK.format(rel='')}</article>"), "blog")

    assert state.telling.undeclared
    assert '<code>rel="sponsored"</code>' in shown(state)


def test_other_links_are_none_of_the_brands(site: Site, looked: Looked) -> None:
    link = '<a href="https://altro.example/">Altro</a> <a href="/interno">Interno</a>'
    state = looked(page(site, f"<article>{STORY}{link}</article>"), "blog")

    assert state.telling.paid_links == ()
    links = SnapshotContent.objects.get().told["links"]
    assert [each["url"] for each in links] == ["https://altro.example/", site.url("/interno")]


def test_what_machines_are_told_is_shown_but_is_no_label(site: Site, looked: Looked) -> None:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "BreadcrumbList"},
            {
                "@type": ["BlogPosting"],
                "datePublished": "2026-03-10T08:00:00+01:00",
                "dateModified": "2026-03-11",
                "sponsor": [{"@type": "Organization", "name": "Pubblicità Mulino dell'Alba"}],
            },
        ],
    }
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    state = looked(page(site, f"<article>{STORY}</article>", head), "blog")

    assert state.last_verdict == "missing"
    assert state.telling.sponsor == "Pubblicità Mulino dell'Alba"
    assert state.telling.other_day == date(2026, 3, 10)
    assert "March 10, 2026" in shown(state)


def test_the_day_of_the_page_itself_is_not_spoken_of(site: Site, looked: Looked) -> None:
    head = '<meta property="article:published_time" content="2026-03-12T09:30:00Z">'
    state = looked(page(site, f"<article>{STORY}</article>", head), "blog")

    assert state.telling.other_day is None


@pytest.mark.parametrize(
    "block",
    ["{", "[" * 5000, '"words"', "[[[1]]]", '{"@type": 3, "datePublished": {}}', "null"],
)
def test_broken_data_for_machines_changes_nothing(site: Site, looked: Looked, block: str) -> None:
    head = f'<script type="application/ld+json">{block}</script>'
    state = looked(page(site, f"<article><p>Pubblicità</p>{STORY}</article>", head), "blog")

    assert state.last_verdict == "sufficient"
    assert state.telling.other_day is None


def test_a_later_look_shows_its_own_links(site: Site, looked: Looked) -> None:
    state = looked(page(site, f"<article>{STORY}{LINK.format(rel='')}</article>"), "blog")
    rel = ' rel="sponsored"'
    page(site, f"<article>{STORY}{LINK.format(rel=rel)}</article>")
    state = again(state.publication)

    assert state.telling.undeclared == ()
