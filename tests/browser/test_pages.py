"""Every main page: on a phone and at a desk, in three languages, light and dark, by keyboard."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ViewportSize

from config.stories import playing, reading
from tests.browser.visitors import Visitor, visiting
from tests.browser.world import World

PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1280, height=900)
CAMPAIGN = f"/c/{playing.public_id(reading.read(reading.DATA / '03-ten-pioneer-blogs.yaml'))}/"
REJECTED = f"/c/{playing.public_id(reading.read(reading.DATA / '01-paid-likes.yaml'))}/"
PARTS = ("", "brief/", "people/", "mechanic/", "terms/", "posts/", "money/", "report/")
SERIOUS = {"serious", "critical"}
SCROLLS = "() => document.scrollingElement.scrollWidth - window.innerWidth"

PAGES: dict[str, list[str]] = {
    "": ["/sign-in/", "/rules/", "/demo/", "/demo/mails/", "/api/docs/", "/styleguide/"],
    "agency": [
        *("/", "/people/", "/posts/", "/account/", "/campaigns/new/"),
        *(CAMPAIGN + part for part in PARTS),
        *(
            CAMPAIGN + part
            for part in ("brief/1/", "brief/check/1/", "mechanic/3/", "links/", "clicks/")
        ),
        *(REJECTED + part for part in ("", "brief/", "brief/check/1/", "draft-material/")),
    ],
    "brand": ["/", CAMPAIGN, CAMPAIGN + "money/"],
    "influencer": ["/", "/money/", "/me/", CAMPAIGN + "invitation/"]
    + [CAMPAIGN + part for part in (*PARTS, "posts/draft/")],
    "reviewer": ["/", "/reviews/", "/rechecks/", CAMPAIGN + "clicks/"],
}


@dataclass(frozen=True)
class Place:
    """A page, and who looks at it: a role of the demonstration or an address."""

    who: str
    path: str

    def visit(self, at: Visitor, language: str = "en") -> int:
        if "@" in self.who:
            at.sign_in(self.who)
        elif self.who:
            at.enter_as(self.who)
        else:
            at.context.clear_cookies()
        at.speak(language)
        return at.open(self.path)


@pytest.fixture(scope="module")
def places(world: World, browser: Browser) -> list[Place]:
    """Story 03 told to its end, story 01 refused, and the pages on which something is asked."""
    world.manage("demo", "--first")
    world.manage("shell", "--no-imports", "-c", "from tests.browser import scenes; scenes.refuse()")
    found = [Place(who, path) for who, paths in PAGES.items() for path in paths]
    draft, codesign, offered, owed, clicked = world.prepare(
        "draft", "codesign", "offered", "owed", "clicked"
    )
    found += [
        Place(draft["manager"], draft["url"] + "brief/"),
        Place(draft["manager"], draft["url"] + "draft-material/"),
        Place(codesign["manager"], codesign["url"] + "people/"),
        Place(codesign["creators"][0], codesign["url"] + "mechanic/"),
        Place(codesign["creators"][0], codesign["url"] + "mechanic/propose/"),
        Place(offered["creators"][0], offered["url"] + "terms/"),
        Place(owed["manager"], owed["url"] + "money/"),
        Place(owed["manager"], owed["url"] + "posts/"),
        Place(owed["creators"][0], owed["url"] + "report/"),
    ]
    with visiting(world, browser) as at:
        return [*found, *_behind_links(at), *_of_clicks(at, clicked)]


def _of_clicks(at: Visitor, clicked: dict[str, Any]) -> Iterator[Place]:
    """The click account of a creator: as the agency, the creator and a reviewer see it."""
    at.sign_in(clicked["manager"])
    at.open(clicked["url"] + "clicks/")
    account = str(at.page.locator("article a[href*='/clicks/']").first.get_attribute("href"))
    yield Place(clicked["manager"], clicked["url"] + "clicks/")
    for who in (clicked["manager"], clicked["creators"][0], "reviewer"):
        yield Place(who, account)


def _behind_links(at: Visitor) -> Iterator[Place]:
    """One agreement, one person, a statement of reasons, one post and two of its snapshots, the
    shared report: their addresses stand on other pages."""
    at.enter_as("agency")
    for listed, link in (
        (CAMPAIGN + "terms/", "ul.then a"),
        ("/people/", "main a[href*='/people/']"),
        (REJECTED + "brief/check/1/", "main a[href*='/checks/']"),
    ):
        at.open(listed)
        yield Place("agency", str(at.page.locator(link).first.get_attribute("href")))
    at.open(CAMPAIGN + "posts/")
    second = at.page.locator("article.post", has_text="2 looks at this page").first
    post = str(second.locator("h3 a").get_attribute("href"))
    yield Place("agency", post)
    yield Place("agency", post + "attest/")
    at.open(post)
    at.press("Compare the two")
    yield Place("agency", at.page.url)
    at.open(CAMPAIGN + "report/")
    at.press("Make an address to share")
    words = at.text(".messages").split()
    yield Place("", next(word for word in words if "/r/" in word))


@pytest.fixture
def phone(world: World, browser: Browser) -> Iterator[Visitor]:
    with visiting(world, browser, viewport=PHONE, has_touch=True) as found:
        yield found


@pytest.mark.parametrize("language", ["en", "it", "fr"])
def test_every_page_fits_a_phone_and_a_desk(
    visitor: Visitor, places: list[Place], language: str
) -> None:
    wrong = []
    for place in places:
        status = place.visit(visitor, language)
        if status != 200:
            wrong.append(f"{status} {place}")
        if (found := visitor.page.locator("h1").count()) != 1:
            wrong.append(f"{found} h1 {place}")
        for size in (DESK, PHONE):
            visitor.page.set_viewport_size(size)
            if (over := visitor.page.evaluate(SCROLLS)) > 0:
                wrong.append(f"{over} px too wide at {size['width']} {place}")
    assert not wrong + visitor.errors


@pytest.mark.parametrize(("scheme", "size"), [("light", PHONE), ("dark", DESK)])
def test_every_page_can_be_read_by_everybody(
    world: World, browser: Browser, places: list[Place], scheme: Any, size: Any
) -> None:
    axe, wrong = Axe(), []
    with visiting(world, browser, viewport=size, color_scheme=scheme) as at:
        for place in places:
            place.visit(at)
            for each in axe.run(at.page).response["violations"]:
                if each["impact"] in SERIOUS:
                    where = [node["html"][:120] for node in each["nodes"]][:3]
                    wrong.append(f"{each['id']} {place}: {where}")
    assert not wrong


def test_the_keyboard_skips_to_the_content_and_answers_a_round(
    world: World, visitor: Visitor
) -> None:
    [told] = world.prepare("codesign")
    visitor.sign_in(told["creators"][0])
    visitor.open(told["url"] + "mechanic/")
    keyboard = visitor.page.keyboard
    keyboard.press("Tab")
    assert visitor.page.evaluate("() => document.activeElement.className") == "skip"
    keyboard.press("Enter")
    assert visitor.page.url.endswith("#main")
    _tab_to(visitor, "position")
    keyboard.press("Space")
    keyboard.press("ArrowDown")
    keyboard.press("Tab")
    keyboard.type("Il forno è piccolo.")
    keyboard.press("Tab")
    keyboard.press("Enter")
    visitor.page.get_by_role("heading", name="Where you stand").wait_for()
    visitor.says("Concern", "Il forno è piccolo.")


def _tab_to(visitor: Visitor, name: str) -> None:
    for _ in range(60):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("() => document.activeElement.name") == name:
            return
    raise AssertionError(f"no tab stop is named {name}")


@pytest.fixture
def scriptless(world: World, browser: Browser) -> Iterator[Visitor]:
    with visiting(world, browser, viewport=PHONE, java_script_enabled=False) as found:
        yield found


def test_without_scripts_a_position_is_taken(world: World, scriptless: Visitor) -> None:
    [told] = world.prepare("codesign")
    scriptless.sign_in(told["creators"][0])
    scriptless.open(told["url"] + "mechanic/")
    scriptless.fill(position="consent")
    scriptless.press("Send the answer")
    scriptless.says("Your yes is recorded.", "Where you stand")


def test_without_scripts_an_offer_is_accepted(world: World, scriptless: Visitor) -> None:
    [told] = world.prepare("offered")
    scriptless.sign_in(told["creators"][0])
    scriptless.open(told["url"] + "terms/")
    scriptless.press("Accept proposal 1 as it stands")
    scriptless.says("Your yes is recorded. The other side's is still to come.")


def test_without_scripts_a_payment_is_booked(world: World, scriptless: Visitor) -> None:
    [told] = world.prepare("owed")
    scriptless.sign_in(told["manager"])
    scriptless.await_words(told["url"] + "money/", "Record the payment to")
    scriptless.unfold("Record the payment to")
    scriptless.fill("ul.dues", statement="EC-2026-002")
    scriptless.press("has left the account")
    scriptless.says("The payment of €1,000.00 is booked.")
