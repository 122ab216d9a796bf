"""A proposal, an agreement and a new stage are told to those who must know, once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from campaigns.agreements import actions
from config.identity.models import Mail, User
from config.kernel.events import dispatch
from config.kernel.fetching import fetcher
from config.kernel.models import Event
from disclosures import actions as disclosures
from disclosures.models import Publication
from tests import factories
from tests.disclosures.site import Page, Site, serve

pytestmark = pytest.mark.django_db


def told(kind: str, times: int = 2) -> None:
    """Say the newest event of its kind, more than once."""
    event = Event.objects.filter(kind=kind).order_by("-pk").first()
    assert event is not None
    for _ in range(times):
        dispatch(event.pk)


def readers() -> set[Any]:
    return {mail.to for mail in Mail.objects.all()}


def test_a_proposal_is_told_to_the_other_side() -> None:
    scene = factories.contracting(1)
    scene.offer()
    told("agreements.terms_offered")
    mail = Mail.objects.get()
    assert mail.to == scene.creators[0].user
    assert f"/terms/{scene.agreement().public_id}/" in mail.body

    scene.offer(by=scene.creators[0].user, terms=replace(factories.TERMS, fee_minor=7))
    told("agreements.terms_offered")
    assert readers() == {scene.creators[0].user, scene.manager}


def test_an_agreement_is_told_to_both_sides() -> None:
    scene = factories.contracting(1)
    scene.agree()
    told("agreements.agreed")
    assert readers() == {scene.creators[0].user, scene.manager}


def test_a_new_stage_is_told_to_everyone_but_who_moved_it() -> None:
    scene = factories.contracting(2)
    told("lifecycle.stage_moved")
    assert readers() == {scene.client, *(creator.user for creator in scene.creators)}
    assert all(scene.url in mail.body for mail in Mail.objects.all())


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    fetcher.sites.forget()
    with serve() as served:
        settings.FETCH_ALLOW = served.allow
        yield served
    fetcher.sites.forget()


def looked(scene: factories.Scene, site: Site, first: str, then: Page) -> Publication:
    """A post read as it was and as it is now, each finding told, in English."""
    User.objects.update(language="en")
    publication = actions.register_publication(
        deliverable_id=scene.work().pk,
        by=scene.creators[0].user,
        url=site.post("/pane", first),
        platform="blog",
        published_on=date(2026, 3, 12),
    ).publication
    disclosures.take_look(look_id=publication.looks.get().pk)
    site.pages["/pane"] = then
    look = disclosures.look_again(publication_id=publication.pk, by=None)
    disclosures.take_look(look_id=look.pk)
    told("disclosures.found")
    return publication


def page(text: str) -> Page:
    return Page(f"<article><p>{text}</p></article>".encode())


HIDDEN = "Ho fatto il pane di farro. #pane #farro #forno #ricette #adv #mulinodellalba"
LABELLED = "Pubblicità Conversa. Ho fatto il pane."


def test_a_label_found_wrong_is_put_to_its_writer_with_words_fix_and_time(site: Site) -> None:
    scene = factories.live(1)
    publication = looked(scene, site, HIDDEN, page(HIDDEN))
    mail = Mail.objects.get(key__startswith="agreements.found")

    assert mail.to == scene.creators[0].user
    for words in ("#adv", "Pubblicità", publication.url, "I corrected it, look again"):
        assert words in mail.body
    assert f"{scene.url}posts/#post-{publication.public_id}" in mail.body
    assert "{" not in mail.body
    finding = publication.findings.get()
    assert finding.status == "told"
    assert finding.told_at is not None
    assert finding.reply_until == finding.told_at + timedelta(days=3)


@pytest.mark.parametrize(
    ("then", "kind", "words"),
    [
        (page("Ho fatto il pane."), "label_removed", ["“Pubblicità”", "begin the post with"]),
        (Page(b"", status=410), "post_deleted", ["put the post back"]),
        (
            page(f'{LABELLED} <a href="https://rivale.example/x">qui</a>'),
            "link_swapped",
            ["Gone: https://mulino.example/f", "New: https://rivale.example/x"],
        ),
    ],
)
def test_what_changed_is_put_to_the_writer(
    site: Site, then: Page, kind: str, words: list[str]
) -> None:
    first = f'{LABELLED} <a href="https://mulino.example/f">qui</a>'
    publication = looked(factories.live(1), site, first, then)
    mail = Mail.objects.get(key__startswith="agreements.found")

    assert publication.findings.get(status="told").kind == kind
    assert [each for each in words if each not in mail.body] == []


def test_an_edited_text_is_noted_and_nobody_is_asked(site: Site) -> None:
    publication = looked(factories.live(1), site, LABELLED, page(f"{LABELLED} Era buono."))

    assert publication.findings.get().status == "noted"
    assert not Mail.objects.filter(key__startswith="agreements.found").exists()


def test_what_is_put_right_before_the_mail_is_not_asked(site: Site) -> None:
    scene = factories.live(1)
    publication = actions.register_publication(
        deliverable_id=scene.work().pk,
        by=scene.creators[0].user,
        url=site.post("/pane", HIDDEN),
        platform="blog",
        published_on=date(2026, 3, 12),
    ).publication
    for text in (HIDDEN, LABELLED):
        site.pages["/pane"] = page(text)
        look = disclosures.look_again(publication_id=publication.pk, by=None)
        disclosures.take_look(look_id=look.pk)
    told("disclosures.found")

    assert publication.findings.get(kind="label").status == "settled"
    assert not Mail.objects.filter(key__startswith="agreements.found").exists()
