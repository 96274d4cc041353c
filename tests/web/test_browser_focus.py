"""Who walks with the keyboard always sees where they are: every button and link wears the ring (WCAG 2.4.7)."""

import pytest

from tests.browsing import TOUCH, House

pytestmark = [pytest.mark.browser, pytest.mark.server]

RING = """() => {
  const here = document.activeElement, style = getComputedStyle(here);
  const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3;
  return [here.textContent.trim().slice(0, 30), ringed || !here.matches("a, button, summary")];
}"""


@pytest.mark.parametrize(("username", "path"), [("minh", "/meetings/new"), ("hung", "/"), ("dung", "/papers/owed")])
def test_every_button_and_link_shows_the_ring(house: House, username: str, path: str) -> None:
    page = house.open(username, path, TOUCH)
    bare = []
    for _ in range(40):
        page.keyboard.press("Tab")
        name, ringed = page.evaluate(RING)
        if not ringed:
            bare.append(name)
    assert bare == []
