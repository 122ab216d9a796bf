"""A proposal, an agreement and a new stage are told to those who must know, once."""

from dataclasses import replace
from typing import Any

import pytest

from config.identity.models import Mail
from config.kernel.events import dispatch
from config.kernel.models import Event
from tests import factories

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
