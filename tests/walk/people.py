"""The people of the browser walk: each has a browser of their own and does what their hands would do."""

import gettext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browsing import again_if_aborted
from tests.waiting import PATIENCE, until

ROOT = Path(__file__).resolve().parents[2]
WAIT_MS = 1000 * PATIENCE
PASSWORD = "phiên họp không giấy tờ"
MARKS = """(button) => {
  if (button.closest('[data-act]')?.dataset.stay !== undefined) return true;
  document.documentElement.dataset.old = '';
  return false;
}"""


def v(english: str) -> str:
    """What the Vietnamese screen says."""
    return gettext.translation("messages", ROOT / "translations", ["vi"]).gettext(english)


@dataclass
class Person:
    """Somebody at a tablet or a desk."""

    name: str
    page: Page
    address: str

    def go(self, path: str) -> None:
        """Opens an address."""
        self.page.goto(self.address + path)

    def tap(self, name: str, exact: bool = True, within: Locator | None = None) -> None:
        """Taps a button by the words on it."""
        (within or self.page).get_by_role("button", name=name, exact=exact).first.click()

    def follow(self, name: str, exact: bool = False) -> None:
        """Follows a link by its words."""
        self.page.get_by_role("link", name=name, exact=exact).first.click()

    def fill(self, name: str, value: str) -> None:
        """Fills a field by its input name."""
        self.page.locator(f"[name='{name}']:visible").first.fill(value)

    def choose(self, name: str, label: str) -> None:
        """Chooses in a list by the words shown."""
        self.page.locator(f"select[name='{name}']:visible").first.select_option(label=label)

    def sees(self, text: str, seconds: float = PATIENCE) -> None:
        """Waits until some words are on the screen."""
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible(timeout=seconds * 1000)

    def looks_again(self) -> None:
        """Loads the page anew; harmless while the page itself is just doing so."""
        self.page.goto(self.page.url)

    def path(self) -> str:
        """Where this browser is."""
        return self.page.url.removeprefix(self.address)


def comes_in(
    browser: Browser, address: str, username: str, width: int = 1180, height: int = 820, password: str = PASSWORD, **more: Any
) -> Person:
    """Opens a browser and signs in on the sign-in page."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **more
    )
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    page.goto = again_if_aborted(page, page.goto)  # type: ignore[method-assign]
    person = Person(username, page, address)
    person.go("/sign-in")
    person.fill("username", username)
    person.fill("password", password)
    person.page.keyboard.press("Enter")
    expect(person.page).not_to_have_url(f"{address}/sign-in", timeout=WAIT_MS)
    return person


def act(person: Person, name: str, *, answers: str | None = None, within: str = "") -> None:
    """Presses the button of an act, says yes to its question (or writes the reason it asks for) and waits until it is done."""
    button = person.page.locator(f"{within} button[data-act='{name}']:visible").first
    stays = remains(button)
    asks = button.get_attribute("data-confirm")
    with person.page.expect_response(lambda heard: heard.url.endswith(f"/acts/{name}")) as heard:
        button.click()
        dialog = person.page.locator("dialog[open]")
        if answers is not None:
            dialog.locator("textarea").fill(answers)
        if answers is not None or asks:
            dialog.locator("button[value=yes]").click()
    assert heard.value.status == 200, heard.value.text()
    settles(person, stays)


def send(person: Person, name: str, form: str = "") -> None:
    """Sends the form of an act by its button and waits for the answer."""
    button = person.page.locator(f"{form or f'form[data-act={chr(39)}{name}{chr(39)}]'} button[type=submit]:visible").first
    stays = remains(button)
    with person.page.expect_response(lambda heard: heard.url.endswith(f"/acts/{name}")) as heard:
        button.click()
    assert heard.value.status == 200, heard.value.text()
    settles(person, stays)


def remains(button: Locator) -> bool:
    """Whether the page stays as it is after this button; otherwise it is marked as the old one."""
    return bool(button.evaluate(MARKS))


def settles(person: Person, stays: bool) -> None:
    """After an act the page goes on or reloads: waits until that has happened and its scripts listen."""
    if not stays:
        person.page.wait_for_selector("html[data-ready]:not([data-old])", state="attached")


def comes(person: Person, wanted: Locator) -> None:
    """Loads the page anew until something is there."""

    def there() -> bool:
        if wanted.count():
            return True
        person.looks_again()
        return bool(wanted.count())

    until(there, f"never there: {wanted}", 60)
