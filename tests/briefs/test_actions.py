from typing import Any

import pytest

from campaigns.briefs import actions, queries
from campaigns.briefs.errors import NotInThisStage, StaleBrief
from campaigns.briefs.models import Campaign
from campaigns.briefs.values import Answers, Line, NewBrand
from config.identity.models import Organisation, User
from config.kernel.errors import InvalidInput, NotAllowed
from config.kernel.models import Event
from tests.briefs.scene import CLEAR, LINES, draft, house_of, reader_of
from tests.identity.people import member

pytestmark = pytest.mark.django_db

MULINO = NewBrand("Mulino dell'Alba", "Bruna Sarti", "Bruna@Mulino.example")


def begin(by: User, **more: object) -> Campaign:
    given: dict[str, Any] = {
        "agency": house_of(by),
        "brand": MULINO,
        "title": "In cucina insieme",
        "language": "it",
        "jurisdictions": ["IT"],
        "currency": "EUR",
    }
    return actions.create_campaign(by=by, **(given | more))


def test_a_new_brand_comes_in_with_the_person_who_speaks_for_it() -> None:
    campaign = begin(member())

    assert campaign.stage == "draft"
    assert campaign.brand.kind == "brand"
    contact = campaign.brand.memberships.get().user
    assert (contact.email, contact.name) == ("bruna@mulino.example", "Bruna Sarti")


def test_the_same_key_begins_one_campaign_and_one_brand() -> None:
    vera = member()
    first = begin(vera, public_id="k3mk3mk3mk3m")
    again = begin(vera, public_id="k3mk3mk3mk3m")

    assert first == again
    assert Campaign.objects.count() == 1
    assert Organisation.objects.filter(kind="brand").count() == 1
    assert Event.objects.filter(kind="briefs.campaign_created").count() == 1


def test_only_those_who_write_for_the_agency_begin_a_campaign() -> None:
    vera = member()
    for other in (reader_of(house_of(vera)), member("nemo@altri.example", "agency", "Altri")):
        with pytest.raises(NotAllowed):
            begin(other, agency=house_of(vera))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "  "),
        ("title", "x" * 201),
        ("jurisdictions", []),
        ("jurisdictions", ["ITA"]),
        ("currency", "XYZ"),
        ("currency", "eur"),
    ],
)
def test_a_campaign_that_cant_be_is_refused_by_its_field(field: str, value: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        begin(member(), **{field: value})
    assert list(refused.value.facts["fields"]) == [field]
    assert not Campaign.objects.exists()


def test_each_change_of_the_brief_is_a_new_version_with_its_own_check() -> None:
    scene = draft()
    first = scene.write()
    second = scene.write(Answers(**(CLEAR.as_dict() | {"how": "In altro modo, con calma"})))

    assert (first.number, second.number) == (1, 2)
    assert first.submission != second.submission
    assert second.submission.words.count("\n\n") == 5
    assert [x.amount_minor for x in second.lines.all()] == [1_000_000, 300_000, 200_000]
    assert queries.budget_minor(second) == 1_500_000


def test_writing_the_same_again_is_writing_once() -> None:
    scene = draft()
    assert scene.write() == scene.write()
    assert scene.campaign.briefs.count() == 1


def test_other_lines_or_another_floor_are_another_version() -> None:
    scene = draft()
    scene.write()
    assert scene.write(lines=LINES[:2]).number == 2
    assert scene.write(lines=LINES[:2], floor_hourly_minor=2_500).number == 3


def test_a_stale_brief_is_refused_and_says_what_is_newest() -> None:
    scene = draft()
    scene.write(replaces=0)
    changed = Answers(**(CLEAR.as_dict() | {"why": "Perché il pane costa"}))
    with pytest.raises(StaleBrief) as refused:
        scene.write(changed, replaces=0)

    assert refused.value.facts == {"number": 1}
    assert "Version 1 was written" in str(refused.value)
    assert scene.write(changed, replaces=1).number == 2


def test_brand_and_agency_write_and_nobody_else() -> None:
    scene = draft()
    assert scene.write(by=scene.brand).written_by == scene.brand
    for other in (scene.stranger, reader_of(scene.campaign.agency)):
        with pytest.raises(NotAllowed):
            scene.write(by=other)


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        ([Line("friends", "Amici", 100)], "lines"),
        ([Line("creators", "Dieci blog", 0)], "lines"),
        ([Line("creators", "Dieci blog", -1)], "lines"),
        ([Line("creators", "Dieci blog", 10**12 + 1)], "lines"),
        ([Line("creators", "Dieci blog", 1)] * 41, "lines"),
    ],
)
def test_a_line_that_cant_be_is_refused(lines: list[Line], field: str) -> None:
    scene = draft()
    with pytest.raises(InvalidInput) as refused:
        scene.write(lines=lines)
    assert list(refused.value.facts["fields"]) == [field]
    assert not scene.campaign.briefs.exists()


@pytest.mark.parametrize("floor", [0, -1, 10**12 + 1])
def test_a_floor_that_cant_be_is_refused(floor: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        draft().write(floor_hourly_minor=floor)
    assert list(refused.value.facts["fields"]) == ["floor"]


def test_the_brief_is_closed_once_the_mechanic_is_agreed() -> None:
    scene = draft()
    Campaign.objects.filter(pk=scene.campaign.pk).update(stage="codesign")
    Campaign.objects.filter(pk=scene.campaign.pk).update(stage="contracting")
    with pytest.raises(NotInThisStage):
        scene.write()


def test_the_same_material_is_handed_in_once() -> None:
    scene = draft()
    given: dict[str, Any] = {"campaign_id": scene.campaign.pk, "by": scene.agency, "kind": "post"}
    first = actions.hand_in(**given, words="Clicca e guadagna")
    assert actions.hand_in(**given, words="Clicca e guadagna") == first
    assert actions.hand_in(**given, words="Un altro post") != first
    assert [each.submission.kind for each in queries.materials(scene.campaign)] == ["post", "post"]


def test_material_is_handed_in_by_payers_on_the_draft_only() -> None:
    scene = draft()
    given: dict[str, Any] = {"campaign_id": scene.campaign.pk, "kind": "post", "words": "Ciao"}
    with pytest.raises(NotAllowed):
        actions.hand_in(by=scene.stranger, **given)
    Campaign.objects.filter(pk=scene.campaign.pk).update(stage="codesign")
    with pytest.raises(NotInThisStage):
        actions.hand_in(by=scene.agency, **given)


def test_the_law_gives_the_floor_where_it_sets_one() -> None:
    scene = draft()
    Campaign.objects.filter(pk=scene.campaign.pk).update(jurisdictions=["FR", "IT"])
    brief = scene.write()
    assert brief.floor_hourly_minor == 1_202
    assert "L. 3231-2" in brief.floor_source


def test_no_floor_where_no_source_gives_one() -> None:
    assert draft().write().floor_hourly_minor is None
