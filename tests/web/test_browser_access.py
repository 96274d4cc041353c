"""axe looks at the pages of the frame as people with other ways of seeing and moving meet them (WCAG 2.2 A and AA)."""

from pathlib import Path
from typing import Any

import pytest

from tests.browsing import DESK, PHONE, TOUCH, House
from tests.waiting import rests

pytestmark = [pytest.mark.browser, pytest.mark.server]

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const found = await axe.run({ resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  if (found.passes.length < 10) return ['axe looked at nothing'];
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}`));
}"""


def violations(page: Any) -> list[str]:
    """What axe finds on the page at rest, a line each: a colour on its way to another is not judged."""
    if not AXE.exists():
        pytest.skip("axe is not installed: run `make setup`")
    rests(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(RUN))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("username", "size"), [("hoa", TOUCH), ("minh", DESK), ("minh", PHONE)])
def test_all_components_can_be_read_and_used_by_everybody(house: House, username: str, size: dict[str, int], theme: str) -> None:
    page = house.open(username, "/components", size)
    page.evaluate("(theme) => { document.documentElement.dataset.bsTheme = theme; }", theme)

    assert violations(page) == []


@pytest.mark.parametrize("path", ["/sign-in", "/offline", "/nothing-here"])
def test_pages_outside_the_frame_too(house: House, path: str) -> None:
    assert violations(house.open("minh" if path == "/nothing-here" else "", path)) == []
