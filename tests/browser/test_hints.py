"""Hints while somebody writes: they come by themselves, and hold nobody up."""

from playwright.sync_api import expect

from tests.browser.visitors import Visitor
from tests.browser.world import World

BAD = "Ogni blog riceve 2 € per ogni 100 mi piace."
GOOD = "Ogni blog riceve 400 € per otto ore di lavoro."


def test_hints_come_while_one_writes_and_go_once_it_is_mended(
    world: World, visitor: Visitor
) -> None:
    [told] = world.prepare("codesign")
    visitor.sign_in(told["creators"][0])
    visitor.open(told["url"] + "mechanic/propose/")
    area = visitor.page.locator("[name=text]")
    live = visitor.page.locator(".hinting [aria-live]")
    assert live.get_attribute("aria-live") == "polite"
    area.fill("")
    area.press_sequentially(BAD, delay=10)
    expect(live.locator(".stop")).to_contain_text("2 € per ogni 100 mi piace", timeout=15_000)
    assert area.input_value() == BAD
    area.fill(GOOD)
    expect(live.locator(".yes")).to_contain_text("Nothing here is stopped any more", timeout=15_000)
    assert not visitor.errors


def test_a_site_that_answers_no_hints_takes_what_was_written(
    world: World, visitor: Visitor
) -> None:
    [told] = world.prepare("codesign")
    visitor.sign_in(told["creators"][0])
    visitor.open(told["url"] + "mechanic/propose/")
    visitor.page.route("**/hints/", lambda route: route.abort())
    visitor.fill(text=GOOD, note="Chiaro")
    visitor.press("Put v2 on the table")
    visitor.says("400 €")


def test_pay_by_attention_comes_back_as_it_was_typed(world: World, visitor: Visitor) -> None:
    [told] = world.prepare("offered")
    visitor.sign_in(told["creators"][0])
    visitor.open(told["url"] + "terms/")
    visitor.fill(clauses=BAD)
    visitor.press("Send the counter-proposal")
    visitor.says("can't be agreed here")
    assert visitor.page.locator("[name=clauses]").input_value() == BAD
