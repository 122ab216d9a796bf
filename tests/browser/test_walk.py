"""Story 03 as its people would live it, page by page, to the published report."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser

from config.stories import reading
from config.stories.cast import BLOGGERS
from tests.browser.visitors import Visitor, visiting
from tests.browser.world import World, until

STORY = reading.read(reading.DATA / "03-ten-pioneer-blogs.yaml").told
AGENCY = "marta.rizzi@forno.example"
BUDGET = (
    ("creators", "I dieci blog", "10,000.00"),
    ("agency", "Officina Chiara", "3,000.00"),
    ("costs", "Farina e spedizione", "1,200.00"),
    ("costs", "Hosting", "800.00"),
)
OBJECTION = STORY["amendments"][1]["stance_of_others"]["reason"]
ANSWER = "Dodici mesi, e il libro chiede un accordo a parte"
LESSONS = "Il boicottaggio ci ha colti senza una risposta pronta. La prossima volta è nel brief."


@dataclass
class Walk:
    """Who is at the browser, where the campaign is, and where each post can be read."""

    at: Visitor
    world: World
    campaign: str = ""
    addresses: dict[int, str] = field(default_factory=dict)

    def page(self, part: str = "") -> str:
        return f"{self.campaign}{part}"

    def agency(self, part: str = "") -> None:
        self.at.sign_in(AGENCY)
        self.at.open(self.page(part))

    def blogger(self, nth: int, part: str = "") -> None:
        """Counted from one, as the story does."""
        self.at.sign_in(address_of(nth))
        self.at.open(self.page(part))

    @property
    def mechanic(self) -> str:
        return self.at.page.locator("textarea[name=text]").input_value()


def address_of(nth: int) -> str:
    return f"{BLOGGERS[nth - 1][0].split()[0].lower()}@blog-{nth}.example"


def name_of(nth: int) -> str:
    return BLOGGERS[nth - 1][0]


@pytest.fixture
def walk(world: World, browser: Browser) -> Iterator[Walk]:
    world.manage(
        *("add_member", AGENCY, "--name", "Marta Rizzi", "--organisation", "Officina Chiara"),
        *("--kind", "agency", "--language", "en"),
    )
    with visiting(world, browser, viewport={"width": 1280, "height": 900}) as at:
        yield Walk(at, world)


def test_story_three_is_walked_from_the_brief_to_the_published_report(walk: Walk) -> None:
    begin_the_campaign(walk)
    write_the_brief(walk)
    open_the_codesign(walk)
    invite_and_join(walk)
    write_the_mechanic(walk)
    amend_twice_and_answer_the_objection(walk)
    all_consent(walk)
    agree_the_terms(walk)
    fund_and_go_live(walk)
    publish(walk)
    correct_the_label(walk)
    book_and_pay(walk)
    tell_what_went_wrong(walk)
    reply(walk)
    publish_the_report(walk)
    share_and_close(walk)
    assert not walk.at.errors


def begin_the_campaign(walk: Walk) -> None:
    at = walk.at
    at.sign_in(AGENCY)
    at.open("/")
    at.says("Nothing waits for you")
    at.follow("New campaign")
    at.fill(
        title=STORY["title"],
        brand_name=STORY["brand"]["name"],
        contact_name="Laura Conti",
        contact_email="laura@mulino-walk.example",
        language="it",
        currency="EUR",
        jurisdictions="IT",
        invitation_mode="one_by_one",
    )
    at.press("Begin the campaign")
    at.says("The campaign is begun. It starts with its brief.", "Not written yet")
    found = re.search(r"/c/[^/]+/", at.page.url)
    assert found
    walk.campaign = found.group()


def write_the_brief(walk: Walk) -> None:
    at = walk.at
    at.fill(**STORY["brief"])
    for nth, (kind, label, amount) in enumerate(BUDGET):
        at.fill(
            **{
                f"lines-{nth}-kind": kind,
                f"lines-{nth}-label": label,
                f"lines-{nth}-amount": amount,
            }
        )
    at.press("Save the brief")
    at.says("Version 1 is saved, and its check is under way.")
    at.await_words(walk.page("brief/"), "Accepted")
    at.says("€15,000.00", "€10,000.00")


def open_the_codesign(walk: Walk) -> None:
    walk.agency()
    walk.at.says("Before “Co-design”")
    walk.at.press("Open the co-design")
    walk.at.says("The campaign is in its next stage: Co-design.")


def invite_and_join(walk: Walk) -> None:
    for nth in range(1, 11):
        walk.agency("people/")
        name, blog = BLOGGERS[nth - 1]
        walk.at.fill(
            name=name,
            email=address_of(nth),
            channel_name=blog,
            channel_url=f"https://blog-{nth}.example/",
            why_you=f"{blog}: lì si legge anche del pane che non riesce. La {nth}ª lettera.",
            who_knows_you=f"Nessuno di noi la conosce, {name}: abbiamo letto il blog.",
            what_is_asked="Una ricetta sua e il racconto di com'è andata, entro marzo.",
            what_is_paid="1.000,00 euro per sedici ore, trenta giorni dopo l'uscita.",
        )
        walk.at.press("Send the letter")
        walk.at.says(f"The letter to {name} is on its way.")
        if nth == 1:
            read_the_mail(walk, nth)
        join(walk, nth)
    walk.agency("people/")
    walk.at.says("Ten have joined", "0 still to answer, 0 said no.")


def read_the_mail(walk: Walk, nth: int) -> None:
    letters = until(lambda: walk.world.mails_to(address_of(nth)), f"the letter to {name_of(nth)}")
    assert f"{walk.campaign}invitation/" in letters[0]
    assert BLOGGERS[nth - 1][1] in letters[0]


def join(walk: Walk, nth: int) -> None:
    name, blog = BLOGGERS[nth - 1]
    walk.blogger(nth, "invitation/")
    walk.at.says("Marta Rizzi writes to you", f"Dear {name},", blog, "€15,000.00", "What is paid")
    walk.at.press("I take part")
    walk.at.says("You take part. This is what is being agreed now.")


def write_the_mechanic(walk: Walk) -> None:
    walk.agency("mechanic/")
    walk.at.follow("Write the first version")
    walk.at.fill(text=STORY["mechanic"])
    walk.at.press("Put v1 on the table")
    walk.at.says("v1 is on the table.")
    walk.at.await_words(walk.page("mechanic/"), "Accepted")


def amend_twice_and_answer_the_objection(walk: Walk) -> None:
    first, second = (each["change"] for each in STORY["amendments"])
    amend(walk, 4, 2, first)
    amend(walk, 7, 3, second)
    object_to(walk, 2)
    walk.blogger(7, "mechanic/")
    walk.at.says("An objection is open", "Bruno Salis", OBJECTION, "Stops v3")
    walk.at.follow("Propose an answer")
    walk.at.fill(text=walk.mechanic.replace(second, ANSWER), note=ANSWER)
    assert walk.at.page.locator("[name=answers]").input_value()
    walk.at.press("Put v4 on the table")
    clear_the_objection(walk)


def amend(walk: Walk, nth: int, number: int, change: str) -> None:
    walk.blogger(nth, "mechanic/")
    walk.at.follow("Propose a change")
    walk.at.fill(text=f"{walk.mechanic}\n{change}.", note=change)
    walk.at.press(f"Put v{number} on the table")
    walk.at.says(f"v{number} is on the table.", f"v{number}, proposed by {name_of(nth)}")
    assert walk.at.page.locator(".doc-body ins", has_text=change).count()
    walk.at.await_words(walk.page("mechanic/"), "Accepted")


def object_to(walk: Walk, nth: int) -> None:
    walk.blogger(nth, "mechanic/")
    walk.at.fill(position="objection")
    walk.at.press("Send the answer")
    walk.at.says("Say why you object: one sentence is enough.")
    walk.at.fill(position="objection", reason=OBJECTION)
    walk.at.press("Send the answer")
    walk.at.says("Your objection is open", OBJECTION)
    walk.agency()
    walk.at.says(OBJECTION)
    assert not walk.at.page.get_by_role("button", name="Open the contracts").count()


def clear_the_objection(walk: Walk) -> None:
    walk.blogger(7, "mechanic/")
    assert not walk.at.page.get_by_role("button", name="My objection is answered").count()
    walk.blogger(2, "mechanic/")
    walk.at.says("Your objection is open", "You say whether it is enough", ANSWER)
    walk.at.press("My objection is answered")
    walk.at.open(walk.page("mechanic/"))
    assert "objection is open" not in walk.at.text()
    walk.at.await_words(walk.page("mechanic/"), "Accepted")


def all_consent(walk: Walk) -> None:
    for nth in range(1, 11):
        walk.blogger(nth, "mechanic/")
        walk.at.says("Is v4 fine by you?")
        walk.at.fill(position="consent")
        walk.at.press("Send the answer")
        walk.at.says("Where you stand")
    walk.agency("mechanic/")
    walk.at.says("10 of 10 creators let it pass", "10 consent")
    walk.agency()
    walk.at.press("Open the contracts")
    walk.at.says("The campaign is in its next stage: Contracts.")


def agree_the_terms(walk: Walk) -> None:
    offer_to_all(walk)
    counter_offer(walk, 5)
    for nth in range(1, 11):
        accept(walk, nth)
    walk.agency("terms/")
    for nth in range(1, 11):
        open_terms(walk, nth)
        if nth != 5:
            walk.at.press("as it stands")
        walk.at.says("Both sides have accepted")
        walk.at.open(walk.page("terms/"))
    assert walk.at.page.locator("ul.then .tag.yes").count() == 10


def offer_to_all(walk: Walk) -> None:
    for nth in range(1, 11):
        walk.agency("terms/")
        row = walk.at.page.locator("li", has_text=name_of(nth))
        row.get_by_role("link", name="Make the first offer").click()
        walk.at.page.wait_for_load_state()
        offer(walk)


def offer(walk: Walk) -> None:
    each = STORY["terms_each"]
    walk.at.unfold("Use of texts and photos")
    walk.at.fill(
        fee="1,000.00",
        declared_hours=each["declared_hours"],
        deliverables="Un racconto sul blog",
        revisions=each["revisions"],
        payment_days=each["payment_days"],
        kill_in_work=each["kill_fee_percent"],
        usage_months=each["usage_months"],
        usage_media="Il sito del mulino",
    )
    walk.at.press("Send the proposal")
    walk.at.says("Your proposal is on the table.", "€62.50 an hour", "€15,000.00", "66.67")


def open_terms(walk: Walk, nth: int) -> None:
    walk.at.follow(name_of(nth))
    walk.at.says(f"Terms with {name_of(nth)}")


def counter_offer(walk: Walk, nth: int) -> None:
    """Where the texts may be used is narrowed; no figure changes. The agency says yes."""
    walk.blogger(nth, "terms/")
    walk.at.says("Accept proposal 1 as it stands")
    walk.at.unfold("Use of texts and photos")
    walk.at.fill(usage_territory="Italia", note="I miei lettori sono in Italia.")
    walk.at.press("Send the counter-proposal")
    walk.at.says("proposal 2 is on the table")
    walk.agency("terms/")
    open_terms(walk, nth)
    walk.at.says("I miei lettori sono in Italia.", "Italia")
    walk.at.await_words(walk.at.page.url, "Accepted")
    walk.at.press("Accept proposal 2 as it stands")
    walk.at.says("Your side has said yes")


def accept(walk: Walk, nth: int) -> None:
    walk.blogger(nth, "terms/")
    walk.at.says("Freedom of opinion is part of every agreement")
    walk.at.await_words(walk.page("terms/"), "Accepted")
    walk.at.press("as it stands")
    if nth == 5:
        walk.at.says("Both sides have accepted: the agreement stands.")
    else:
        walk.at.says("Your yes is recorded. The other side's is still to come.")


def fund_and_go_live(walk: Walk) -> None:
    walk.agency()
    walk.at.says("The brand's money is not in yet")
    walk.at.open(walk.page("money/"))
    walk.at.unfold("Money of the brand has arrived")
    walk.at.fill("#funding", amount="15,000.00", statement="EC-2026-001")
    walk.at.press("Book the money")
    walk.at.says("€15,000.00 of the brand's money is booked.")
    walk.at.open(walk.page())
    walk.at.press("Go live")
    walk.at.says("The campaign is in its next stage: Live.")


def publish(walk: Walk) -> None:
    told = {post["by"]: post for post in STORY["posts"]}
    for nth in range(1, 11):
        post = told.get(nth, STORY["other_posts"])
        write_page(walk, nth, post["text"])
        walk.blogger(nth, "posts/")
        walk.at.fill(
            url=walk.addresses[nth], platform="blog", published_on=post["published"].isoformat()
        )
        walk.at.press("Register the post")
        walk.at.says("The post is registered. Its page is being read now.")
    walk.agency("posts/")
    walk.at.says("10 posts are out")


def write_page(walk: Walk, nth: int, text: str) -> None:
    slug = f"walk-{nth}"
    walk.addresses[nth] = walk.world.sites.write(
        slug, blog=BLOGGERS[nth - 1][1], title="Il mio pane di farro", text=text, language="it"
    )


def own_post(walk: Walk, nth: int) -> str:
    return " ".join(walk.at.text(f"article.post:has(a[href='{walk.addresses[nth]}'])").split())


def correct_the_label(walk: Walk) -> None:
    walk.blogger(2, "posts/")
    walk.at.await_words(walk.page("posts/"), "not where it must stand")
    said = own_post(walk, 2)
    for words in ("#adv", "rule ", "Begin like this", "Mulino dell'Alba"):
        assert words in said, said
    write_page(walk, 2, STORY["posts"][1]["corrected_text"])
    walk.at.press("I corrected it, look again")
    walk.at.await_words(walk.page("posts/"), "2 looks at this page")
    said = own_post(walk, 2)
    assert "It is said, in good words and in the right place." in said
    assert "Conforming" in said
    walk.at.unfold("2 looks at this page")
    looks = walk.at.page.locator("details[open] ol.time > li")
    assert looks.count() == 2
    assert "in the right place" in looks.nth(0).inner_text()
    assert "not where it must stand" in looks.nth(1).inner_text()
    assert "#adv" in looks.nth(1).inner_text()
    walk.agency("posts/")
    assert walk.at.page.locator("ul.strip > li.yes").count() == 10


def book_and_pay(walk: Walk) -> None:
    walk.agency("money/")
    for label, amount in (("Farina e spedizione", "1200"), ("Hosting", "800.00")):
        walk.at.unfold("A bill is to be paid")
        walk.at.fill("#cost", label=label, amount=amount)
        walk.at.press("Book the bill")
    walk.at.unfold("The agency's fee is due")
    walk.at.press("Book the fee")
    walk.at.says("The agency's fee of €3,000.00 is booked.", "You: 13 payments are open")
    for nth in range(13):
        due = walk.at.page.locator("ul.dues > li:has(summary)").first
        due.locator("summary").click()
        due.locator("[name=statement]").fill(f"EC-2026-{nth + 2:03d}")
        with walk.at.page.expect_navigation():
            due.get_by_role("button", name="has left the account").click()
    walk.at.says("€0.00 of it lies in the account.", "No payment is open.")
    assert walk.at.page.locator("ul.dues .tag.yes").count() == 13
    walk.blogger(3, "money/")
    walk.at.says("€1,000.00", "Clicks never enter these sums.")
    walk.agency()
    walk.at.press("Begin the closing")
    walk.at.says("The campaign is in its next stage: Closing.")


def tell_what_went_wrong(walk: Walk) -> None:
    incident = STORY["incidents"][0]
    walk.blogger(9, "report/")
    walk.at.unfold("Say that something went wrong")
    walk.at.fill("#incidents", kind=incident["kind"], text=incident["text"])
    walk.at.press("Put it in the report")
    walk.at.says("One incident waits for its answer", incident["text"])
    walk.agency("report/")
    walk.at.fill("#incidents", answer=incident["answer"])
    walk.at.press("Answer in the open")
    walk.at.says("Every incident is answered", incident["answer"])
    walk.at.fill("#lessons", text=LESSONS)
    walk.at.press("Save the lessons")
    walk.at.says("What went wrong is written")


def reply(walk: Walk) -> None:
    for nth in range(1, 11):
        walk.blogger(nth, "report/")
        if nth == 1:
            walk.at.fill("#replies", text="Il pane era brutto e buono: l'ho potuto scrivere.")
        else:
            walk.at.fill("#replies", waive=True)
        walk.at.press("Send my answer")
        walk.at.says("Your word is in the report")


def publish_the_report(walk: Walk) -> None:
    walk.agency("report/")
    walk.at.follow("Publish the report")
    walk.at.says("Publish and sign the report as it stands?")
    walk.at.press("Publish the report")
    walk.at.says("Version 1 of the report is published and signed.")


def share_and_close(walk: Walk) -> None:
    walk.at.press("Make an address to share")
    found = re.search(r"https?://\S+/r/\S+/", walk.at.text())
    assert found, walk.at.text()
    walk.at.open(walk.page())
    walk.at.press("Close the campaign")
    walk.at.says("The campaign is in its next stage: Closed.", "The books balance")
    walk.at.context.clear_cookies()
    walk.at.speak("en")
    assert walk.at.open(found.group()) == 200
    walk.at.says("66.67%", LESSONS, "Signed and verifiable", OBJECTION, STORY["title"])
    walk.at.says("Il pane era brutto e buono", STORY["incidents"][0]["answer"])
