"""The first page lies on the glass before the viewer's scripts are there, just where they lay it afterwards."""

import pytest

from tests.browsing import PHONE, TOUCH, House
from tests.reading.glass import PORTRAIT, Shelf
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.server]

WHERE = """() => {
    const image = document.querySelector('.vview.open img');
    const box = image.getBoundingClientRect();
    return [image.getAttribute('src'), ...[box.x, box.y, box.width, box.height].map(Math.round)];
}"""


@pytest.mark.parametrize(("size", "ratio"), [(TOUCH, 2), (PORTRAIT, 2), (PHONE, 3)])
def test_the_first_page_is_seen_without_scripts_and_taken_over_by_them(
    house: House,
    shelf: Shelf,
    size: dict[str, int],
    ratio: int,
) -> None:
    page = house.open("hoa", "/documents/shell", size, has_touch=True, device_scale_factor=ratio)
    fetched: list[str] = []
    page.on("request", lambda asked: fetched.append(asked.url) if "/pages/1?" in asked.url else None)
    page.route("**/js/reading/viewer.js*", lambda route: route.abort())
    page.goto(f"/documents/{shelf.budget}?page=1")
    page.wait_for_function("document.querySelector('img.vfirst')?.complete")
    before = page.evaluate(WHERE)

    page.unroute("**/js/reading/viewer.js*")
    del fetched[:]
    page.goto(f"/documents/{shelf.budget}?page=1")
    page.wait_for_selector(".vview.open .vpict img[data-sharp]")

    until(lambda: page.evaluate(WHERE) == before, "the page lies elsewhere")
    assert [address.partition("?")[2] for address in fetched] in ([], [before[0].partition("?")[2]]), "fetched once at most"
    assert house.faults == []
