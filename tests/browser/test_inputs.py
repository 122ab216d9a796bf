"""What goes wrong at a keyboard: nothing typed is lost or made twice, and the page says why."""

import pytest

from tests.browser.visitors import Visitor
from tests.browser.world import World

NOT_AMOUNTS = ("abc", "-5", "1,234,5")


def test_a_brief_with_open_answers_is_kept_and_asked_back(world: World, visitor: Visitor) -> None:
    [told] = world.prepare("draft")
    visitor.sign_in(told["manager"])
    visitor.open(told["url"] + "brief/")
    visitor.fill(why="", not_wanted="")
    visitor.press("Save as version 2")
    visitor.says("Version 2 is saved", "Two answers are asked back")
    visitor.open(told["url"])
    visitor.says("The brief leaves no question open")
    assert not visitor.page.get_by_role("button", name="Open the co-design").count()


@pytest.mark.parametrize("amount", NOT_AMOUNTS)
def test_what_is_no_amount_comes_back_as_it_was_typed(
    world: World, visitor: Visitor, amount: str
) -> None:
    [told] = world.prepare("draft")
    visitor.sign_in(told["manager"])
    visitor.open(told["url"] + "brief/")
    visitor.fill(**{"lines-0-amount": amount, "what": "Una farina che nessuno sa usare."})
    visitor.press("Save as version 2")
    visitor.says("The budget needs another look")
    field = visitor.page.locator("[name=lines-0-amount]")
    assert field.input_value() == amount
    assert field.get_attribute("aria-invalid") == "true"
    said = visitor.page.locator("[name=what]").input_value()
    assert said == "Una farina che nessuno sa usare."
    visitor.open(told["url"])
    visitor.says("version 1")


def test_a_letter_for_everybody_is_refused_and_kept(world: World, visitor: Visitor) -> None:
    """After ten letters with the same words the eleventh is not sent."""
    [told] = world.prepare("letters")
    visitor.sign_in(told["manager"])
    visitor.open(told["url"] + "people/")
    visitor.fill(
        name="Olga Pini",
        email="olga@pini.example",
        channel_name="Pini",
        channel_url="https://pini.example/",
        why_you="Amiamo il suo blog.",
        who_knows_you="Nessuno.",
        what_is_asked="Un racconto.",
        what_is_paid="1.000 euro.",
    )
    visitor.press("Send the letter")
    assert visitor.page.locator("[role=alert]").count()
    assert visitor.page.locator("[name=why_you]").input_value() == "Amiamo il suo blog."
    visitor.open(told["url"] + "people/")
    assert "Olga Pini" not in visitor.text()


def test_a_position_on_a_version_that_was_replaced_is_refused(
    world: World, visitor: Visitor
) -> None:
    [told] = world.prepare("codesign")
    first = told["creators"][0]
    visitor.sign_in(first)
    visitor.open(told["url"] + "mechanic/")
    other = visitor.context.new_page()
    stale, visitor.page = visitor.page, other
    visitor.open(told["url"] + "mechanic/")
    visitor.follow("Propose a change")
    visitor.fill(text="Ogni blog cucina due ricette proprie.", note="Due ricette")
    visitor.press("Put v2 on the table")
    visitor.page = stale
    visitor.fill(position="concern", reason="Il forno è piccolo.")
    visitor.press("Send the answer")
    assert visitor.page.locator("[role=alert]").count()
    visitor.says("v2")
    assert visitor.page.locator("[name=reason]").first.input_value() == "Il forno è piccolo."
    visitor.open(told["url"] + "mechanic/")
    visitor.says("Is v2 fine by you?")


def test_two_clicks_book_one_bill(world: World, visitor: Visitor) -> None:
    [told] = world.prepare("owed")
    visitor.sign_in(told["manager"])
    visitor.open(told["url"] + "money/")
    visitor.unfold("A bill is to be paid")
    visitor.fill("#cost", label="Farina", amount="12,50")
    visitor.page.get_by_role("button", name="Book the bill").dblclick()
    visitor.page.get_by_text("The bill of").first.wait_for()
    visitor.open(told["url"] + "money/")
    assert visitor.page.locator("ul.dues > li", has_text="Farina").count() == 1


def test_two_clicks_begin_one_campaign(world: World, visitor: Visitor) -> None:
    [told] = world.prepare("draft")
    visitor.sign_in(told["manager"])
    visitor.open("/campaigns/new/")
    visitor.fill(
        title="Pane di giovedì",
        brand_name="Forno Due",
        contact_name="Ida Reni",
        contact_email="ida@forno-due.example",
        jurisdictions="IT",
        invitation_mode="one_by_one",
    )
    visitor.page.get_by_role("button", name="Begin the campaign").dblclick()
    visitor.page.wait_for_url("**/brief/")
    visitor.open("/")
    assert visitor.page.locator("p.name", has_text="Pane di giovedì").count() == 1
