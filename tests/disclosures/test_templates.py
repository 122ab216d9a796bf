"""The fragment that shows one post: verdict, quoted words, why, and what to do."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from pytest_django import Settings

from config.identity.models import User
from config.kernel.fetching import fetcher
from disclosures import actions, findings
from disclosures.models import Publication
from disclosures.queries import state_of
from tests.disclosures.site import Site, serve

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    fetcher.sites.forget()
    with serve() as served:
        settings.FETCH_ALLOW = served.allow
        yield served


def publish(site: Site, text: str, *, looks: int = 1) -> Publication:
    publication = actions.register(
        url=site.post("/a", text),
        platform="blog",
        relationship="paid",
        jurisdictions=["IT"],
        language="it",
        brand_name="Mulino dell'Alba",
        published_on=date(2026, 3, 12),
        by=User.objects.create_user("ada@blog.example", "Ada Conti"),
    )
    for _ in range(looks):
        look = actions.look_again(publication_id=publication.pk, by=None)
        actions.take_look(look_id=look.pk)
    return publication


def shown(publication: Publication, **more: object) -> str:
    state = state_of([publication.pk])[publication.pk]
    return render_to_string(
        "disclosures/_publication.html", {"state": state, "title": "La farina", **more}
    )


def test_the_words_the_reason_and_the_way_out_are_shown(site: Site) -> None:
    html = shown(publish(site, "Il pane <b>#adv</b> di casa"), look_again_url="/again/")

    assert 'class="post care"' in html
    assert "<mark>#adv</mark>" in html
    assert "IT-BRAND" in html
    assert "Pubblicità Mulino dell&#x27;Alba" in html
    assert 'action="/again/"' in html


def test_the_words_of_a_page_are_escaped(site: Site) -> None:
    html = shown(publish(site, "Il pane &lt;script&gt;x&lt;/script&gt; #adv"))

    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_the_rule_is_said_in_the_readers_language(site: Site) -> None:
    publication = publish(site, "Il pane #adv")
    with translation.override("fr"):
        assert "ne comptent qu" in shown(publication)


def test_a_conforming_post_offers_a_plain_look(site: Site) -> None:
    html = shown(publish(site, "Pubblicità. Il pane.", looks=2), look_again_url="/again/")

    assert 'class="post yes"' in html
    assert html.count("<li") == 2


def test_what_could_not_be_read_is_not_called_missing(site: Site) -> None:
    publication = publish(site, "x")
    site.pages.clear()
    look = actions.look_again(publication_id=publication.pk, by=None)
    actions.take_look(look_id=look.pk)

    html = shown(publication)
    assert 'class="post none"' in html
    assert "Not conforming" not in html.split("<details")[0]


def test_a_finding_shows_until_when_its_writer_may_reply(site: Site) -> None:
    publication = publish(site, "Il pane #adv di casa")
    finding = publication.findings.get()
    assert "its writer is not told yet" in shown(publication)
    findings.tell(finding_ids=[finding.pk])
    html = shown(publication, look_again_url="/again/")
    assert "Label not in order" in html
    assert "until then it does not count" in html
    assert "I corrected it, look again" in html

    site.post("/a", "Pubblicità Mulino dell'Alba. Il pane.")
    look = actions.look_again(publication_id=publication.pk, by=None)
    actions.take_look(look_id=look.pk)
    html = shown(publication, look_again_url="/again/")
    assert "put right" in html
    assert "I corrected it, look again" not in html
