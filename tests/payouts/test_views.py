"""The desk and "my money" in a browser without scripts: who gets in, what comes back refused."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.briefs.states import Stage
from campaigns.payouts.models import Due, Funding, Payment
from campaigns.payouts.states import DueStatus
from config.identity.models import User
from config.kernel.fields import public_id
from tests.payouts.world import World, campaign_of, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return campaign_of(creators=3)


def browser(user: User, language: str = "en") -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["language"] = language
    return client


def url(world: World, name: str, **more: str) -> str:
    return reverse(f"payouts:{name}", kwargs={"campaign": world.campaign.public_id, **more})


def page(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " "))


def funding(**other: str) -> dict[str, str]:
    return {
        "key": public_id(),
        "amount": "15000",
        "received_on": "2026-03-10",
        "statement": "2026-03/14",
    } | other


def bill(**other: str) -> dict[str, str]:
    return {
        "key": public_id(),
        "label": "farina e spedizione",
        "kind": "costs",
        "amount": "1200.00",
        "due_on": "2026-03-20",
        "document": "",
    } | other


class TestWhoGetsIn:
    def test_every_party_reads_the_money(self, world: World) -> None:
        for user in (world.agency, world.brand, world.creators[0]):
            assert browser(user).get(url(world, "money")).status_code == 200

    def test_a_stranger_finds_nothing(self, world: World) -> None:
        other = campaign_of(creators=1)
        for user in (other.agency, other.brand, other.creators[0]):
            assert browser(user).get(url(world, "money")).status_code == 404

    @pytest.mark.parametrize("name", ["fund", "cost", "fee", "refund"])
    def test_only_the_agency_books(self, world: World, name: str) -> None:
        for user in (world.brand, world.creators[0], campaign_of(creators=1).agency):
            assert browser(user).post(url(world, name), funding()).status_code == 404

    def test_a_reader_of_the_agency_sees_no_forms_and_books_nothing(self, world: World) -> None:
        _, reader = member("agency", "Lettori", role="reader")
        reader.memberships.update(organisation=world.campaign.agency)
        assert (
            "<form"
            not in page(browser(reader).get(url(world, "money")))
            .split("<main")[1]
            .split("</main")[0]
        )
        assert browser(reader).post(url(world, "fund"), funding()).status_code == 403

    def test_a_due_of_another_campaign_is_not_found(self, world: World) -> None:
        due = campaign_of(creators=1).cost()
        for name in ("pay", "withdraw"):
            there = url(world, name, due=due.public_id)
            assert browser(world.agency).post(there, {}).status_code == 404

    def test_nobody_gets_in_unsigned(self, world: World) -> None:
        assert Client().get(url(world, "money")).status_code == 302


class TestBooking:
    def test_the_brands_money_is_booked_and_said(self, world: World) -> None:
        client = browser(world.agency)
        response = client.post(url(world, "fund"), funding(), follow=True)
        assert response.redirect_chain == [(url(world, "money"), 302)]
        assert "€15,000.00 of the brand's money is booked." in page(response).replace("&#x27;", "'")
        assert Funding.objects.get().amount_minor == 1_500_000

    def test_the_same_form_sent_twice_books_once(self, world: World) -> None:
        client, typed = browser(world.agency), funding()
        for _ in range(2):
            assert client.post(url(world, "fund"), typed).status_code == 302
        assert Funding.objects.count() == 1

    @pytest.mark.parametrize(
        ("language", "typed", "minor"),
        [
            ("it", "15.000,00", 1_500_000),
            ("it", "15000,5", 1_500_050),
            ("fr", "15 000,00", 1_500_000),
            ("en", "15,000.00", 1_500_000),
            ("en", "15000,50", 1_500_050),
        ],
    )
    def test_amounts_are_read_as_people_write_them(
        self, world: World, language: str, typed: str, minor: int
    ) -> None:
        response = browser(world.agency, language).post(url(world, "fund"), funding(amount=typed))
        assert response.status_code == 302
        assert Funding.objects.get().amount_minor == minor

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("amount", ""),
            ("amount", "0"),
            ("amount", "-5"),
            ("amount", "1.005"),
            ("amount", "99999999999999999999999"),
            ("amount", "12 euro"),
            ("amount", "<b>12</b>"),
            ("amount", "１２"),
            ("amount", "1e5"),
            ("amount", "NaN"),
            ("statement", "Mario Rossi"),
            ("statement", "7" * 61),
            ("statement", "7\u202e"),
            ("received_on", "31/31/2026"),
            ("received_on", "9999-12-31"),
            ("received_on", ""),
            ("key", ""),
            ("key", "x" * 12_000),
            ("key", "'; DROP TABLE"),
        ],
    )
    def test_what_cannot_be_booked_comes_back_with_every_word(
        self, world: World, field: str, typed: str
    ) -> None:
        sent = funding(amount="15,000.00") | {field: typed}
        response = browser(world.agency).post(url(world, "fund"), sent)
        assert response.status_code == 422
        assert not Funding.objects.exists()
        form = response.context["desk"].funding
        assert form.errors
        assert {name: form[name].value() for name in sent} == sent
        assert 'role="alert"' in page(response)

    def test_html_in_a_label_is_shown_as_it_was_typed(self, world: World) -> None:
        client = browser(world.agency)
        client.post(url(world, "cost"), bill(label="<script>alert(1)</script>"))
        shown = page(client.get(url(world, "money")))
        assert "<script>alert(1)" not in shown
        assert "&lt;script&gt;alert(1)" in shown

    @pytest.mark.parametrize(
        ("field", "typed"),
        [("label", " "), ("label", "x" * 121), ("label", "a\u0000b"), ("kind", "creators")],
    )
    def test_a_bill_that_cannot_be_booked_comes_back(
        self, world: World, field: str, typed: str
    ) -> None:
        response = browser(world.agency).post(url(world, "cost"), bill(**{field: typed}))
        assert response.status_code == 422
        assert field in response.context["desk"].cost.errors
        assert not Due.objects.exists()

    def test_the_fee_is_offered_until_it_is_booked(self, world: World) -> None:
        client = browser(world.agency)
        assert "€3,000.00, as the newest brief has it" in page(client.get(url(world, "money")))
        typed = {"key": public_id(), "due_on": "2026-03-20", "document": ""}
        assert client.post(url(world, "fee"), typed).status_code == 302
        assert "as the newest brief has it" not in page(client.get(url(world, "money")))
        stale = client.post(url(world, "fee"), typed | {"key": public_id()})
        assert stale.status_code == 409
        assert "booked already" in page(stale)

    def test_a_payment_is_booked_with_its_line_of_the_statement(self, world: World) -> None:
        world.fund()
        due = world.cost()
        client = browser(world.agency)
        typed = {"key": public_id(), "paid_on": "2026-03-12", "statement": "2026-03/15"}
        for _ in range(2):
            there = url(world, "pay", due=due.public_id)
            assert client.post(there, typed).status_code == 302
        due.refresh_from_db()
        assert due.status == DueStatus.PAID
        assert Payment.objects.get().statement == "2026-03/15"
        assert "statement 2026-03/15" in page(client.get(url(world, "money")))

    def test_what_the_account_does_not_hold_is_not_paid(self, world: World) -> None:
        due = world.cost()
        typed = {"key": public_id(), "paid_on": "2026-03-12", "statement": "2026-03/15"}
        response = browser(world.agency).post(url(world, "pay", due=due.public_id), typed)
        assert response.status_code == 409
        assert "has not paid in enough" in page(response)
        assert "2026-03/15" in page(response)

    def test_a_bill_is_withdrawn_after_a_question(self, world: World) -> None:
        due = world.cost()
        client = browser(world.agency)
        there = url(world, "withdraw", due=due.public_id)
        assert "Withdraw €1,200.00" in page(client.get(there))
        assert client.post(there).status_code == 302
        due.refresh_from_db()
        assert due.status == DueStatus.CANCELLED

    def test_what_is_left_goes_back_once_the_campaign_is_closing(self, world: World) -> None:
        world.fund(1_000)
        client = browser(world.agency)
        typed = {"key": public_id(), "paid_on": "2026-03-12", "statement": "2026-03/15"}
        assert client.post(url(world, "refund"), typed).status_code == 409
        world.move(Stage.CLOSING)
        assert "What is left goes back" in page(client.get(url(world, "money")))
        assert client.post(url(world, "refund"), typed).status_code == 302
        assert Due.objects.get().amount_minor == 1_000


class TestReading:
    def test_a_creator_sees_no_other_creators_line(self, world: World) -> None:
        for agreement in world.agreements:
            world.deliver(agreement)
        shown = page(browser(world.creators[0]).get(url(world, "money")))
        assert "Blog 1" in shown
        assert "Blog 2" not in shown
        assert "<form" not in shown.split("<main")[1].split("</main")[0]

    def test_the_page_asks_the_same_number_of_questions_for_any_campaign(
        self, django_assert_max_num_queries: Callable[[int], Any]
    ) -> None:
        for creators in (1, 10):
            world = campaign_of(creators=creators)
            world.fund()
            for agreement in world.agreements:
                world.deliver(agreement)
            client = browser(world.agency)
            client.get(url(world, "money"))
            with django_assert_max_num_queries(24):
                client.get(url(world, "money"))

    @pytest.mark.parametrize("language", ["en", "it", "fr"])
    def test_an_empty_campaign_and_an_underfunded_one_read_well(
        self, world: World, language: str
    ) -> None:
        client = browser(world.brand, language)
        assert client.get(url(world, "money")).status_code == 200
        world.deliver(world.agreements[0])
        assert client.get(url(world, "money")).status_code == 200

    def test_my_money_says_what_when_and_how_late(self, world: World) -> None:
        world.deliver(world.agreements[0], on=timezone.localdate() - timedelta(days=40))
        shown = page(browser(world.creators[0]).get(reverse("payouts:mine")))
        assert "10 days late" in shown
        assert "In cucina insieme" in shown
        assert "has not paid in enough yet" in shown

    def test_my_money_before_anything_is_agreed(self) -> None:
        world = campaign_of(creators=1, stage=Stage.CONTRACTING)
        world.cancel()
        assert "No money yet" in page(browser(world.creators[0]).get(reverse("payouts:mine")))

    def test_my_money_is_for_creators(self, world: World) -> None:
        assert browser(world.agency).get(reverse("payouts:mine")).status_code == 404
