from dataclasses import replace
from typing import Any

import pytest

from campaigns.briefs.errors import NotInThisStage
from campaigns.briefs.models import Campaign
from campaigns.codesign import actions, queries
from campaigns.codesign.errors import NotAParticipant, SameLetter
from campaigns.codesign.models import Invitation
from campaigns.codesign.values import Newcomer
from config.identity.permissions import Role
from config.kernel.errors import InvalidInput, NotAllowed
from config.kernel.models import Event
from config.kernel.moves import IllegalMove
from influencers.models import Influencer
from tests.briefs.scene import reader_of
from tests.codesign.scene import Table, known, letter, opened, table
from tests.influencers.people import blog, influencer

pytestmark = pytest.mark.django_db


def invite(to: Table, person: Influencer, **more: object) -> object:
    given: dict[str, Any] = {
        "campaign_id": to.campaign.pk,
        "by": to.agency,
        "letter": letter(person.name),
    }
    return actions.invite(influencer=person, **(given | more))


def test_an_invitation_is_a_letter_and_twice_is_once() -> None:
    made = opened()
    ada = known(made, 0)
    assert invite(made, ada) == invite(made, ada)
    sent = Invitation.objects.get()
    assert sent.why_you.startswith("Ada Serra")
    assert made.campaign.participants.get().status == "invited"
    assert Event.objects.filter(kind="codesign.invited").count() == 1


def test_the_agency_invites_and_nobody_else() -> None:
    made = opened()
    ada = known(made, 0)
    for other in (made.brand, made.stranger, reader_of(made.campaign.agency), ada.user):
        with pytest.raises(NotAllowed):
            invite(made, ada, by=other)


def test_nobody_is_invited_before_the_brief_is_clear() -> None:
    made = opened()
    ada = known(made, 0)
    Campaign.objects.filter(pk=made.campaign.pk).update(stage="contracting")
    with pytest.raises(NotInThisStage):
        invite(made, ada)


def test_a_letter_without_one_of_its_parts_is_refused() -> None:
    made = opened()
    with pytest.raises(InvalidInput) as refused:
        invite(made, known(made, 0), letter=replace(letter(), who_knows_you=" \n"))
    assert list(refused.value.facts["fields"]) == ["who_knows_you"]
    assert not made.campaign.participants.exists()


def crowd(made: Table, count: int) -> list[Influencer]:
    return [
        influencer(made.agency, f"blog{n}@tanti.example", f"Persona Numero{n}")
        for n in range(count)
    ]


def test_the_same_letter_to_more_than_ten_is_refused() -> None:
    made = opened()
    for n, person in enumerate(crowd(made, 11)):
        same = replace(letter(), why_you=f"Cara {person.name}, ci piaci!", who_knows_you="Nessuno")
        if n < 10:
            invite(made, person, letter=same)
            continue
        with pytest.raises(SameLetter):
            invite(made, person, letter=replace(same, why_you=f"cara {person.name}: ci PIACI"))
        invite(made, person, letter=replace(same, why_you="Il tuo pane nero di gennaio."))
    assert made.campaign.participants.count() == 11


def test_what_is_asked_and_paid_may_be_the_same_for_all() -> None:
    one, two = letter("Ada"), letter("Bruno")
    assert one.what_is_paid == two.what_is_paid
    assert one.digest("Ada") == letter("Ada").digest("Ada")
    assert replace(one, what_is_paid="Altro").digest("Ada") == one.digest("Ada")
    assert replace(one, why_you="Perché sì").digest("Ada") != one.digest("Ada")


def test_somebody_new_comes_onto_the_roster_with_the_letter_or_not_at_all() -> None:
    made = opened()
    hana = Newcomer("Hana Kovač", "hana@lievito.example", "it", blog("https://lievito.example/"))
    given: dict[str, Any] = {"campaign_id": made.campaign.pk, "newcomer": hana}
    with pytest.raises(InvalidInput):
        actions.invite_newcomer(**given, by=made.agency, letter=replace(letter(), what_is_paid=""))
    assert not Influencer.objects.exists()
    with pytest.raises(NotAllowed):
        actions.invite_newcomer(**given, by=made.brand, letter=letter())

    first = actions.invite_newcomer(**given, by=made.agency, letter=letter("Hana"))
    assert actions.invite_newcomer(**given, by=made.agency, letter=letter("Hana")) == first
    assert first.influencer.channels.get().url == "https://lievito.example/"
    assert made.campaign.agency.roster.get().influencer == first.influencer


def test_a_yes_and_a_no_are_final_and_said_twice_are_said_once() -> None:
    made = opened()
    ada, bruno = known(made, 0), known(made, 1)
    given: dict[str, Any] = {"campaign_id": made.campaign.pk}
    for person, joins in ((ada, True), (bruno, False)):
        invite(made, person)
        first = actions.answer_invitation(**given, by=person.user, joins=joins)
        assert actions.answer_invitation(**given, by=person.user, joins=joins) == first
        with pytest.raises(IllegalMove):
            actions.answer_invitation(**given, by=person.user, joins=not joins)
    assert [p.influencer for p in queries.joined(made.campaign)] == [ada]


def test_only_the_invited_answer_and_only_during_co_design() -> None:
    made = opened()
    ada = known(made, 0)
    given: dict[str, Any] = {"campaign_id": made.campaign.pk, "joins": True}
    with pytest.raises(NotAParticipant):
        actions.answer_invitation(**given, by=ada.user)
    invite(made, ada)
    Campaign.objects.filter(pk=made.campaign.pk).update(stage="contracting")
    with pytest.raises(NotInThisStage):
        actions.answer_invitation(**given, by=ada.user)


def test_whoever_said_no_no_longer_sees_the_campaign() -> None:
    made = opened()
    ada = known(made, 0)
    assert queries.campaign_for(ada.user, made.campaign.public_id) is None
    invite(made, ada)
    door = queries.campaign_for(ada.user, made.campaign.public_id)
    assert door is not None
    assert door.roles == {Role.INFLUENCER}
    assert list(queries.campaigns_of(ada.user)) == [made.campaign]
    actions.answer_invitation(campaign_id=made.campaign.pk, by=ada.user, joins=False)
    assert queries.campaign_for(ada.user, made.campaign.public_id) is None
    assert not queries.campaigns_of(ada.user).exists()


def test_leaving_takes_ones_objection_along() -> None:
    made = table(2)
    made.say(0, "objection", "Sei mesi sono pochi.")
    assert queries.open_objections(made.campaign).count() == 1
    left = actions.leave(campaign_id=made.campaign.pk, by=made.creators[0])
    assert actions.leave(campaign_id=made.campaign.pk, by=made.creators[0]) == left
    assert left.left_at is not None
    assert not queries.open_objections(made.campaign).exists()
    assert [p.influencer.user for p in queries.joined(made.campaign)] == made.creators[1:]


def test_only_who_joined_can_leave() -> None:
    made = opened()
    ada = known(made, 0)
    with pytest.raises(NotAParticipant):
        actions.leave(campaign_id=made.campaign.pk, by=ada.user)
    invite(made, ada)
    with pytest.raises(IllegalMove):
        actions.leave(campaign_id=made.campaign.pk, by=ada.user)
