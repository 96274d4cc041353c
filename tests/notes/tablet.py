"""A paper on somebody's tablet in a real browser, and the hand that writes on it."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from meeting import clock
from tests.browsing import House
from tests.materials.test_browser_handing import PARTS, Office
from tests.reading.glass import knows_its_words
from tests.web.conftest import running  # noqa: F401 - a fixture

TOOLS = {"read": "Cuộn", "highlight": "Tô sáng", "ink": "Bút", "sticky": "Ghi chú", "erase": "Tẩy"}


def asked_for(office: Office, **values: Any) -> int:
    """What a unit owes for a meeting of UBND."""
    council = office.house.council
    meeting_id = council.meeting(items=3, **{"starts_at": clock.now() + timedelta(days=20), **values})
    asked = office.act(
        "minh", "materials.request", meeting_id=meeting_id, item_id=council.items(meeting_id)[1], unit_id=council.unit("kinh_te"),
        what="Tờ trình dự toán thu, chi ngân sách phường năm 2027",
    )  # fmt: skip
    return int(asked["requirement_id"])


@pytest.fixture(scope="module")
def paper(running: House) -> int:  # noqa: F811
    """A paper of a meeting of UBND; Hoa and Tuấn sit in one group, the others in none."""
    office = Office(running)
    return office.version(asked_for(office), PARTS)


@pytest.fixture(scope="module")
def group(running: House) -> int:  # noqa: F811
    """Tổ đại biểu số 1 of UBND with Hoa and Tuấn."""
    office, council = Office(running), running.council
    wanted = {"body_id": council.body("UBND"), "name": "Tổ đại biểu số 1", "kind": "delegation"}
    status, formed = running.server.act("minh", "organization.form_group", **wanted)
    assert status == 200, formed
    for who in ("hoa", "tuan"):
        office.act("minh", "organization.seat_in_group", group_id=formed["group_id"], person_id=council.person(who))
    return int(formed["group_id"])


class Hand:
    """A hand with a finger, a mouse or a pen on the page that lies open; places in thousandths of the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.line: CDPSession = page.context.new_cdp_session(page)

    def take(self, tool: str) -> None:
        self.page.get_by_role("navigation", name="Công cụ").get_by_role("button", name=TOOLS[tool], exact=True).click()

    def at(self, x: float, y: float) -> dict[str, float]:
        box = self.page.locator(".vview.open .vpage").bounding_box()
        assert box is not None
        return {"x": box["x"] + x / 1000 * box["width"], "y": box["y"] + y / 1000 * box["height"]}

    def drag(self, *places: tuple[float, float]) -> None:
        """By mouse, from place to place."""
        for number, (x, y) in enumerate(places):
            self.page.mouse.move(**self.at(x, y), steps=6)
            if number == 0:
                self.page.mouse.down()
        self.page.mouse.up()

    def pen(self, kind: str, x: float, y: float, force: float = 0.6) -> None:
        self.line.send(
            "Input.dispatchMouseEvent",
            {
                "type": kind,
                **self.at(x, y),
                "button": "left",
                "buttons": 1,
                "pointerType": "pen",
                "force": force,
                "clickCount": 1,
            },
        )

    def fingers(self, kind: str, *places: tuple[float, float]) -> None:
        points = [{**self.at(x, y), "id": number, "radiusX": 6, "radiusY": 6} for number, (x, y) in enumerate(places)]
        self.line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def opened(house: House, who: str, file_id: int, **options: Any) -> Page:
    """The paper on somebody's tablet, its page drawn."""
    page = house.open(who, f"/documents/{file_id}?page=1", **options)
    page.wait_for_selector(".vview.open .nlayer")
    page.wait_for_selector(".npanel", state="attached")
    knows_its_words(page)
    return page


def shot(page: Page, name: str) -> None:
    """Keeps a picture where the person at the machine wants one."""
    if folder := os.environ.get("NOTES_SHOTS"):
        page.wait_for_timeout(400)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def kept(office: Office, who: str, file_id: int) -> list[dict[str, Any]]:
    """The notes that the server shows this person."""
    found: list[dict[str, Any]] = office.get(who, f"/documents/{file_id}/notes")["data"]
    return found


def of_kind(notes: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [note for note in notes if note["kind"] == kind]


def write_note(page: Page, text: str) -> None:
    """A note for the page, by buttons alone."""
    page.get_by_role("button", name="Thêm ghi chú").click()
    page.get_by_role("textbox", name="Nội dung ghi chú").fill(text)


def texts(office: Office, who: str, file_id: int) -> list[str]:
    return sorted(note["text"] for note in of_kind(kept(office, who, file_id), "sticky"))
