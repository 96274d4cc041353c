"""The viewer under somebody's fingers: five papers of one meeting on a running server, touches, and what lies open."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from meeting import clock
from meeting.writer import perform
from tests.browsing import TOUCH, House
from tests.reading.papers import hand_in, lay, lay_long
from tests.waiting import at_rest, painted, until

PORTRAIT = {"width": 820, "height": 1180}


@dataclass
class Shelf:
    """File ids of the papers of one meeting."""

    budget: int
    check: int
    sealed: int
    scan: int
    long: int


@pytest.fixture(scope="module")
def shelf(running: House) -> Shelf:
    """Five papers that Hoa may read: the second of the same item, one that may not be taken along, a scan, a very long one."""
    council = running.council

    def do(who: str, name: str, /, **wanted: Any) -> dict[str, Any]:
        return perform(council.actor(who), name, wanted)

    meeting_id = council.meeting(starts_at=clock.now() + timedelta(days=20))
    items = council.items(meeting_id)
    files = Shelf(
        lay(council), lay(council), lay(council), lay(council, sources=["ocr", "none", "text", "text"]), lay_long(council, 1000)
    )
    hand_in(council, do, files.budget, "Tờ trình dự toán", meeting_id, items[0])
    hand_in(council, do, files.check, "Báo cáo thẩm tra", meeting_id, items[0])
    hand_in(council, do, files.sealed, "Đề án nhân sự", meeting_id, items[1], audience="all", takeable="none")
    hand_in(council, do, files.scan, "Bản quét", meeting_id, items[1])
    hand_in(council, do, files.long, "Báo cáo dài", meeting_id, items[2])
    return files


Reader = Callable[..., Page]


@pytest.fixture
def read(house: House, shelf: Shelf) -> Reader:
    """Opens a paper of the shelf as Hoa on a touch screen and waits for the sharp page."""

    def opened(name: str = "budget", more: str = "?page=1", size: dict[str, int] = TOUCH, **options: Any) -> Page:
        page = house.open("hoa", f"/documents/{getattr(shelf, name)}{more}", size, has_touch=True, **options)
        page.wait_for_selector(".vview.open .vpict img[data-sharp]")
        return page

    return opened


class Fingers:
    """Touches on the glass, as the browser hears them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.line = page.context.new_cdp_session(page)
        box = page.locator(".vstage").bounding_box()
        assert box is not None
        self.middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def touch(self, kind: str, *points: tuple[float, float], at: float | None = None) -> None:
        """`at`: the moment the glass felt it, so that a hand is as fast on a slow machine."""
        felt = {"type": kind, "touchPoints": [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]}
        self.line.send("Input.dispatchTouchEvent", felt if at is None else {**felt, "timestamp": at})

    def drag(self, *paths: tuple[tuple[float, float], tuple[float, float]], let_go: bool = True) -> None:
        """Moves one or two fingers from here to there in eight steps, a tenth of a second in all."""
        began = time.time()
        self.touch("touchStart", *(start for start, _ in paths), at=began)
        for step in range(1, 9):
            reached = ((x + (to_x - x) * step / 8, y + (to_y - y) * step / 8) for (x, y), (to_x, to_y) in paths)
            self.touch("touchMove", *reached, at=began + step * 0.012)
            painted(self.page)
        if let_go:
            self.touch("touchEnd", at=began + 0.1)

    def tap(self, point: tuple[float, float], times: int = 1) -> None:
        began = time.time()
        for number in range(times):
            self.touch("touchStart", point, at=began + number * 0.06)
            self.touch("touchEnd", at=began + number * 0.06 + 0.02)

    def hold(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """A long press until a word is taken, then on to another place."""
        self.touch("touchStart", start)
        self.page.wait_for_selector(".vview.open .vchosen", state="attached")
        self.touch("touchMove", end)
        painted(self.page)
        self.touch("touchEnd")


OPEN = """wanted => {
    const open = [...document.querySelectorAll('.vview.open .vpage')];
    return open.map((each) => each.dataset.page).join() === wanted && open.every((each) => each.querySelector('img[data-sharp]'));
}"""
WORDS = """async n => {
    const address = location.pathname.replace('/documents', '/api/v1/documents');
    return (await (await fetch(`${address}/words?from=${n}&to=${n}`)).json()).data[0].words;
}"""


def shows(page: Page, *numbers: int) -> None:
    """Waits until just these pages lie open, sharp."""
    page.wait_for_function(OPEN, arg=",".join(map(str, numbers)))


def knows_its_words(page: Page) -> None:
    """Waits until the words of the page that lies open have come."""
    page.wait_for_function("() => document.querySelector('.vview.open .vpage .sr-only')?.textContent.trim()")


def settles(page: Page, true: Callable[[], Any], what: str) -> None:
    """Waits until the page has glided to its place and is painted as it should be."""
    until(lambda: at_rest(page) and true(), what)


def sheet(page: Page, number: int = 1) -> dict[str, float]:
    """Where a page lies on the glass."""
    box = page.locator(f'.vview.open .vpage[data-page="{number}"]').bounding_box()
    assert box is not None
    return {"left": box["x"], "top": box["y"], "width": box["width"], "height": box["height"]}


def word_at(page: Page, part: int, word: str) -> tuple[float, float]:
    """The middle of a word on the glass, from the words the server tells."""
    found = page.evaluate(WORDS, part)
    left, top, right, bottom, _ = next(each for each in found if each[4] == word)
    at = sheet(page, part)
    return at["left"] + (left + right) / 2000 * at["width"], at["top"] + (top + bottom) / 2000 * at["height"]
