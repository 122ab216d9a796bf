"""Terms offered, countered and accepted: by digest, by both sides, of one and the same round."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from campaigns.agreements import actions
from campaigns.agreements.errors import AlreadyFulfilled, NotAParty, TermsChanged, TermsNotAccepted
from campaigns.agreements.models import Acceptance, Agreement, Deliverable, OfferRound
from campaigns.agreements.values import Exclusivity, KillFees, Terms, Usage
from campaigns.briefs import actions as briefs
from campaigns.briefs.errors import NotInThisStage
from campaigns.codesign import actions as codesign
from config.kernel import events
from config.kernel.errors import InvalidInput
from config.kernel.moves import IllegalMove
from tests import factories
from tests.factories import ANSWERS, CLICKBAIT, LINES, TERMS, Scene, at_once

pytestmark = pytest.mark.django_db
DEARER = replace(TERMS, fee_minor=120_000)


@pytest.fixture
def scene() -> Scene:
    return factories.contracting(1)


def creator(scene: Scene) -> Any:
    return scene.creators[0].user


def test_the_first_offer_opens_the_agreement(scene: Scene) -> None:
    offer = scene.offer()
    assert (offer.number, offer.side, offer.as_terms) == (1, "payer", TERMS)
    assert scene.agreement().status == "negotiating"
    assert events.history(scene.campaign.stream)[0].kind == "agreements.terms_offered"


def test_both_sides_edit_the_same_grid_round_by_round(scene: Scene) -> None:
    scene.offer()
    counter = scene.offer(by=creator(scene), terms=DEARER)
    answer = scene.offer(by=scene.client)
    rounds = [(each.number, each.side) for each in scene.agreement().rounds.all()]
    assert rounds == [(1, "payer"), (2, "influencer"), (3, "payer")]
    assert (counter.as_terms.fee_minor, answer.as_terms.fee_minor) == (120_000, 100_000)


def test_the_same_offer_again_is_the_same_round(scene: Scene) -> None:
    assert scene.offer() == scene.offer()
    assert OfferRound.objects.count() == 1


def test_a_creator_does_not_open_a_negotiation(scene: Scene) -> None:
    with pytest.raises(NotAParty):
        scene.offer(by=creator(scene))
    assert not Agreement.objects.exists()


def test_strangers_and_readers_are_no_party(scene: Scene) -> None:
    offer = scene.offer()
    others = [factories.person(), factories.member(scene.campaign.brand, "reader")]
    for by in others:
        for act in (
            lambda by=by: scene.offer(by=by, terms=DEARER),
            lambda by=by: scene.accept(offer, by),
            lambda by=by: actions.withdraw(agreement_id=offer.agreement_id, by=by),
        ):
            with pytest.raises(NotAParty):
                act()


def test_the_second_yes_seals_the_agreement_and_names_its_work(scene: Scene) -> None:
    offer = scene.offer(terms=replace(TERMS, deliverables=("Uno", "Due")))
    assert scene.accept(offer, creator(scene)).status == "negotiating"
    sealed = scene.accept(offer, scene.client)
    assert (sealed.status, sealed.agreed_round) == ("agreed", offer)
    assert sealed.agreed_at is not None
    assert [(d.number, d.title) for d in Deliverable.objects.all()] == [(1, "Uno"), (2, "Due")]


def test_two_yeses_of_one_side_seal_nothing(scene: Scene) -> None:
    offer = scene.offer()
    scene.accept(offer, scene.manager)
    assert scene.accept(offer, scene.client).status == "negotiating"
    assert Acceptance.objects.count() == 1


def test_accepting_twice_is_accepting_once(scene: Scene) -> None:
    offer = scene.offer()
    for _ in range(2):
        scene.accept(offer, creator(scene))
    for _ in range(2):
        sealed = scene.accept(offer, scene.manager)
    assert sealed.status == "agreed"
    assert (Acceptance.objects.count(), Deliverable.objects.count()) == (2, 1)


def test_terms_that_changed_meanwhile_are_not_accepted(scene: Scene) -> None:
    first = scene.offer()
    read = scene.digest(first)
    scene.offer(terms=DEARER)
    with pytest.raises(TermsChanged) as refused:
        actions.accept_terms(agreement_id=first.agreement_id, by=creator(scene), terms_digest=read)
    assert refused.value.code == "terms_changed"


def test_a_yes_does_not_carry_over_to_the_next_round(scene: Scene) -> None:
    first = scene.offer()
    scene.accept(first, creator(scene))
    second = scene.offer(terms=DEARER)
    assert scene.accept(second, scene.manager).status == "negotiating"


def test_the_same_terms_in_another_round_have_another_digest(scene: Scene) -> None:
    first = scene.offer()
    scene.offer(terms=DEARER)
    third = scene.offer()
    assert third.as_terms == first.as_terms
    assert scene.digest(third) != scene.digest(first)


@pytest.mark.parametrize(
    "changed",
    [
        {"fee_minor": 100_001},
        {"declared_hours": 17},
        {"revisions": 2},
        {"payment_days": 31},
        {"deliverables": ("Altro",)},
        {"kill_fees": KillFees(10, 51)},
        {"usage": Usage(months=1, media="sito")},
        {"exclusivity": Exclusivity(("Altro",), 1, 1)},
        {"clauses": "Una parola."},
    ],
)
def test_the_digest_binds_every_row(scene: Scene, changed: dict[str, Any]) -> None:
    from campaigns.agreements.queries import split_of
    from campaigns.agreements.values import terms_digest

    split = split_of(scene.campaign)
    one, other = (
        terms_digest(terms, split, agreement="a", number=1)
        for terms in (TERMS, replace(TERMS, **changed))
    )
    assert one != other


def test_what_each_saw_of_the_split_is_kept_with_their_yes(scene: Scene) -> None:
    offer = scene.offer()
    scene.accept(offer, creator(scene))
    split = Acceptance.objects.get().split
    assert split["total_minor"] == 1_500_000
    assert [share["kind"] for share in split["shares"]] == ["creators", "agency", "costs"]
    assert sum(share["bps"] for share in split["shares"]) == 10_000


def test_terms_whose_check_is_under_way_wait(scene: Scene) -> None:
    offer = actions.offer_terms(
        campaign_id=scene.id, participant_id=scene.seat().pk, by=scene.manager, terms=TERMS
    )
    with pytest.raises(TermsNotAccepted):
        scene.accept(offer, creator(scene))
    factories.check_all()
    assert scene.accept(offer, creator(scene)).status == "negotiating"


HIDDEN: list[tuple[str, dict[str, Any]]] = [
    ("clauses", {"clauses": CLICKBAIT}),
    ("clauses", {"clauses": "Pagamento a 30 giorni.\n\nBonus de 50 € tous les 1 000 vues."}),
    ("deliverables", {"deliverables": ("Un racconto", "Storia, 2 € per ogni 100 mi piace")}),
    ("usage_media", {"usage": Usage(1, "Web; 1 € pro Klick", "IT", price_minor=1)}),
    ("usage_territory", {"usage": Usage(1, "Web", "IT, CPM 4 €", price_minor=1)}),
    ("rivals", {"exclusivity": Exclusivity(("Altro", "5 € por visita"), 1, 100)}),
]


@pytest.mark.parametrize(("field", "changed"), HIDDEN)
def test_pay_by_attention_hidden_in_any_row_is_never_saved(
    scene: Scene, field: str, changed: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        scene.offer(terms=replace(TERMS, **changed))
    assert list(refused.value.facts["fields"]) == [field]
    assert not OfferRound.objects.exists()


def test_nor_is_it_saved_in_a_note(scene: Scene) -> None:
    with pytest.raises(InvalidInput) as refused:
        actions.offer_terms(
            campaign_id=scene.id,
            participant_id=scene.seat().pk,
            by=scene.manager,
            terms=TERMS,
            note="Aggiungiamo 10 € ogni 1.000 visualizzazioni.",
        )
    assert list(refused.value.facts["fields"]) == ["note"]


def test_a_clause_that_says_pay_hangs_on_nothing_is_saved(scene: Scene) -> None:
    offer = scene.offer(terms=replace(TERMS, clauses="Il compenso non dipende dai clic."))
    assert scene.accept(offer, creator(scene)).status == "negotiating"


@pytest.mark.parametrize(("floor", "status"), [(6_250, "negotiating"), (6_251, "")])
def test_an_hour_below_the_floor_cant_be_accepted(floor: int, status: str) -> None:
    """TERMS come to 62.50 euros an hour."""
    scene = factories.in_codesign(1)
    briefs.write_brief(
        campaign_id=scene.id,
        by=scene.manager,
        answers=ANSWERS,
        lines=LINES,
        floor_hourly_minor=floor,
    )
    factories.check_all()
    scene.advance("contracting")
    offer = scene.offer()
    if status:
        assert scene.accept(offer, creator(scene)).status == status
    else:
        with pytest.raises(TermsNotAccepted):
            scene.accept(offer, creator(scene))


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("fee", {"fee_minor": 0}),
    ("fee", {"fee_minor": -1}),
    ("fee", {"fee_minor": 10**12 + 1}),
    ("currency", {"currency": "USD"}),
    ("payment_days", {"payment_days": 61}),
    ("payment_days", {"payment_days": -1}),
    ("declared_hours", {"declared_hours": 0}),
    ("deliverables", {"deliverables": ()}),
    ("deliverables", {"deliverables": ("x",) * 51}),
    ("revisions", {"revisions": 21}),
    ("kill_fees", {"kill_fees": KillFees(60, 50, 100, 100)}),
    ("kill_fees", {"kill_fees": KillFees(0, 50, 101, 101)}),
    ("kill_fees", {"kill_fees": KillFees(-1, 50, 100, 100)}),
    ("kill_fees", {"kill_fees": KillFees(0, 50, 90, 90)}),
    ("usage", {"usage": Usage(months=121, media="sito")}),
    ("usage", {"usage": Usage(months=6)}),
    ("usage", {"usage": Usage(months=6, media="sito", paid_ads=True)}),
    ("usage", {"usage": Usage(ai_likeness=True)}),
    ("exclusivity", {"exclusivity": Exclusivity((), 6, 100)}),
    ("exclusivity", {"exclusivity": Exclusivity((" ",), 6, 100)}),
    ("exclusivity", {"exclusivity": Exclusivity(("Altro",), 0, 100)}),
    ("exclusivity", {"exclusivity": Exclusivity(("Altro",), 6, 0)}),
]


def test_terms_that_cant_be_offered_name_the_row(scene: Scene) -> None:
    for field, changed in WRONG:
        with pytest.raises(InvalidInput) as refused:
            scene.offer(terms=replace(TERMS, **changed))
        assert set(refused.value.facts["fields"]) == {field}, changed
    assert not Agreement.objects.exists()


def test_their_honest_twins_can_be_offered(scene: Scene) -> None:
    twins: list[dict[str, Any]] = [
        {"payment_days": 0},
        {"payment_days": 60},
        {"kill_fees": KillFees(0, 0, 0, 100)},
        {"usage": Usage(months=120, media="sito", paid_ads=True, price_minor=1)},
        {"exclusivity": Exclusivity(("Altro",), 1, 1)},
    ]
    for nth, changed in enumerate(twins, start=1):
        assert scene.offer(terms=replace(TERMS, **changed)).number == nth


def test_terms_come_back_from_the_database_as_they_were_offered(scene: Scene) -> None:
    whole = Terms(
        1,
        "EUR",
        1,
        ("a", "b"),
        0,
        0,
        KillFees(1, 2, 3, 100),
        Usage(1, "m", "t", True, True, 5),
        Exclusivity(("x", "y"), 2, 3),
        "c",
    )
    assert Terms.from_json(whole.as_json()) == whole
    assert whole.total.minor == 9


def test_nothing_is_offered_outside_the_contracts_stage() -> None:
    scene = factories.in_codesign(1)
    with pytest.raises(NotInThisStage):
        scene.offer()


def test_an_agreed_agreement_takes_no_more_offers_and_cant_be_withdrawn(scene: Scene) -> None:
    agreement = scene.agree()
    with pytest.raises(IllegalMove):
        scene.offer(terms=DEARER)
    with pytest.raises(IllegalMove):
        actions.withdraw(agreement_id=agreement.pk, by=scene.manager)


def test_either_side_may_withdraw_and_twice_is_once(scene: Scene) -> None:
    offer = scene.offer()
    for by in (creator(scene), scene.manager):
        assert actions.withdraw(agreement_id=offer.agreement_id, by=by).status == "withdrawn"
    with pytest.raises(IllegalMove):
        scene.accept(offer, scene.manager)


def test_nobody_agrees_with_somebody_who_has_left(scene: Scene) -> None:
    offer = scene.offer()
    codesign.leave(campaign_id=scene.id, by=creator(scene))
    for by in (creator(scene), scene.manager):
        with pytest.raises(NotAParty):
            scene.accept(offer, by)
    with pytest.raises(NotAParty):
        scene.offer(terms=DEARER)


def test_a_piece_of_work_is_published_once() -> None:
    scene = factories.live(1)
    assert scene.publish() == scene.publish()
    with pytest.raises(AlreadyFulfilled):
        actions.register_publication(
            deliverable_id=scene.work().pk,
            by=creator(scene),
            url="https://blog.example/altro",
            platform="blog",
            published_on=scene.publish().publication.published_on,
        )


def test_a_post_is_registered_by_its_two_sides_only_and_only_once_live() -> None:
    scene = factories.agreed_by_all(2)
    with pytest.raises(NotInThisStage):
        scene.publish(0)
    scene.advance("live")
    for by in (
        factories.person(),
        creator(scene),
        factories.member(scene.campaign.agency, "reader"),
    ):
        with pytest.raises(NotAParty):
            actions.register_publication(
                deliverable_id=scene.work(1).pk,
                by=by,
                url="https://blog.example/altro",
                platform="blog",
                published_on=scene.campaign.created_at.date(),
            )


@pytest.mark.parametrize(("months", "watched"), [(0, 12), (24, 24)])
def test_a_post_is_watched_for_a_year_and_longer_where_its_terms_bind_longer(
    months: int, watched: int
) -> None:
    scene = factories.contracting(1)
    scene.agree(terms=replace(TERMS, usage=Usage(months=months, media="Sito", price_minor=5_000)))
    scene.fund()
    scene.advance("live")
    assert scene.publish().publication.watched_months == watched


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_yeses_to_different_rounds_never_both_win() -> None:
    scene = factories.contracting(6)
    for nth in range(6):
        first = scene.offer(nth)
        scene.accept(first, scene.creators[nth].user)
        at_once(
            partial(scene.accept, first, scene.manager),
            partial(
                actions.offer_terms,
                campaign_id=scene.id,
                participant_id=scene.seat(nth).pk,
                by=scene.creators[nth].user,
                terms=DEARER,
            ),
        )
        agreement = scene.agreement(nth)
        newest = agreement.rounds.last()
        assert agreement.status == "agreed" or newest != first
        if agreement.status == "agreed":
            assert agreement.agreed_round == newest == first
        assert Deliverable.objects.filter(agreement=agreement).count() <= 1
