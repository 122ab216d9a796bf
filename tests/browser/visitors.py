"""People at a browser: one page that is now this person, now that one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    expect,
)

from tests.browser.world import World, until

LOOKS = 120


class Visitor:
    """A browser window; `be` puts on another person's cookies. errors: what the console said."""

    def __init__(self, world: World, context: BrowserContext, *, scripts: bool = True) -> None:
        self.world = world
        self.context = context
        self.scripts = scripts
        self.page: Page = context.new_page()
        self.page.set_default_timeout(15_000)
        self.errors: list[str] = []
        self._jars = world.jars
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        """A page that answers 4xx is reported by the browser too: that is no fault of the page."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(f"{self.page.url}: {message.text}")

    def speak(self, language: str) -> None:
        cookie: Any = {"name": "language", "value": language, "url": self.world.url}
        self.context.add_cookies([cookie])

    def sign_in(self, email: str) -> None:
        """By the code in the mail. Whoever signed in here before is put on again."""
        self.context.clear_cookies()
        if email in self._jars:
            self.context.add_cookies(self._jars[email])
            return
        self.speak("en")
        before = len(self.world.codes_of(email))
        self.open("/sign-in/")
        self.fill(email=email)
        self.press("Send me the code")
        until(lambda: len(self.world.codes_of(email)) > before, f"a code for {email}")
        self.fill(code=self.world.codes_of(email)[0])
        self.press("Sign in", within="form.card")
        assert not self.page.url.endswith("/sign-in/code/"), self.text()
        self._jars[email] = self.context.cookies()

    def enter_as(self, role: str) -> None:
        """Through the demonstration's door."""
        self.context.clear_cookies()
        if role not in self._jars:
            self.speak("en")
            self.open("/demo/")
            self.page.locator(f"[name=role][value={role}]").click()
            self._jars[role] = self.context.cookies()
        self.context.add_cookies(self._jars[role])

    def open(self, path: str) -> int:
        answer = self.page.goto(path if "://" in path else self.world.url + path)
        assert answer
        return int(answer.status)

    def fill(self, within: str = "main", **typed: Any) -> None:
        """Each field by its name, as a person would: typed, chosen or ticked."""
        for name, value in typed.items():
            self._fill(self.page.locator(f"{within} [name='{name}']:not([type=hidden])"), value)

    def _fill(self, found: Locator, value: Any) -> None:
        field = found.first
        tag = field.evaluate("e => e.type || e.tagName.toLowerCase()")
        if tag == "radio" or (tag == "checkbox" and isinstance(value, str)):
            found.and_(self.page.locator(f"[value='{value}']")).check()
        elif tag == "checkbox":
            field.set_checked(value)
        elif tag == "select-one":
            field.select_option(value)
        else:
            field.fill(str(value))

    def press(self, name: str, within: str = "main") -> None:
        """A button of the page, and what follows: the next page, or the part htmx brings."""
        button = self.page.locator(within).get_by_role("button", name=name).first
        if self.scripts and button.evaluate("e => !!e.closest('[hx-boost=true], [hx-post]')"):
            with self.page.expect_response(_is_part):
                button.click()
            expect(self.page.locator("[class*=htmx-]")).to_have_count(0)
        else:
            with self.page.expect_navigation():
                button.click()

    def unfold(self, title: str) -> None:
        summary = self.page.locator("summary", has_text=title).first
        if not summary.evaluate("e => e.parentElement.open"):
            summary.click()

    def follow(self, name: str, within: str = "main") -> None:
        self.page.locator(within).get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def text(self, within: str = "main") -> str:
        return self.page.locator(within).first.inner_text()

    def says(self, *words: str, within: str = "main") -> None:
        said = " ".join(self.text(within).split())
        missing = [each for each in words if each not in said]
        assert not missing, f"{missing} not on {self.page.url}:\n{said}"

    def await_words(self, path: str, words: str) -> None:
        """Reload, as a person would, until the page says these words."""
        for _ in range(LOOKS):
            self.open(path)
            if words in " ".join(self.text().split()):
                return
            self.page.wait_for_timeout(500)
        raise AssertionError(f"{words!r} never on {path}:\n{self.text()}")

    def shoot(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{name}.png", full_page=True)


def _is_part(answer: Response) -> bool:
    return answer.request.resource_type in {"xhr", "fetch"} and not 300 <= answer.status < 400


@contextmanager
def visiting(world: World, browser: Browser, **options: Any) -> Iterator[Visitor]:
    context = browser.new_context(locale="en-GB", timezone_id="Europe/Rome", **options)
    try:
        yield Visitor(world, context, scripts=options.get("java_script_enabled", True))
    finally:
        context.close()
