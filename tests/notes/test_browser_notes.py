"""Notes in the viewer, in real browsers: marks that stay, palms that do not write, two devices that lose nothing."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from meeting import clock
from tests.browsing import PHONE, House
from tests.materials.test_browser_handing import PARTS, Office
from tests.web.conftest import house, running  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.server]

TOOLS = {"read": "Cuộn", "highlight": "Tô sáng", "ink": "Bút", "sticky": "Ghi chú", "erase": "Tẩy"}


@pytest.fixture(scope="module")
def paper(running: House) -> int:  # noqa: F811
    """A paper of a meeting of UBND; Hoa and Tuấn sit in one group, the others in none."""
    office, council = Office(running), running.council
    meeting_id = council.meeting(items=3, starts_at=clock.now() + timedelta(days=20))
    asked = office.act(
        "minh", "materials.request", meeting_id=meeting_id, item_id=council.items(meeting_id)[1], unit_id=council.unit("kinh_te"),
        what="Tờ trình dự toán thu, chi ngân sách phường năm 2027",
    )  # fmt: skip
    return office.version(asked["requirement_id"], PARTS)


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


def opened(house: House, who: str, file_id: int, **options: Any) -> Page:  # noqa: F811
    """The paper on somebody's tablet, its page drawn."""
    page = house.open(who, f"/documents/{file_id}?page=1", **options)
    page.wait_for_selector(".vview.open .nlayer")
    page.wait_for_selector(".npanel", state="attached")
    return page


def until(true: Callable[[], Any], what: str) -> Any:
    """Waits up to ten seconds."""
    for _ in range(100):
        if found := true():
            return found
        time.sleep(0.1)
    raise AssertionError(what)


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


def test_a_highlight_takes_whole_words_and_is_there_on_another_tablet(house: House, paper: int) -> None:  # noqa: F811
    office = Office(house)
    words = office.get("hoa", f"/documents/{paper}/words?from=1&to=1")["data"][0]["words"]
    at = next(number for number, word in enumerate(words) if word[4] == "78.240")
    first, last = words[at], words[at + 2]
    page = opened(house, "hoa", paper)
    hand = Hand(page)
    hand.take("highlight")

    hand.drag(((first[0] + first[2]) / 2, (first[1] + first[3]) / 2), ((last[0] + last[2]) / 2, (last[1] + last[3]) / 2))

    note = until(lambda: of_kind(kept(office, "hoa", paper), "highlight"), "the highlight never reached the server")[0]
    assert note["anchor"]["quote"]["exact"] == "78.240 triệu đồng,"
    assert note["anchor"]["boxes"] == [[first[0], min(first[1], last[1]), last[2], max(first[3], last[3])]]
    assert (note["shared"], note["mine"], note["color"]) == ("me", True, "yellow")
    shot(page, "highlight")
    page.reload()
    page.wait_for_selector(".vview.open .nmarks g.c-yellow")
    other = opened(house, "hoa", paper)
    other.wait_for_selector(".vview.open .nmarks g.c-yellow")
    other.get_by_role("button", name="78.240 triệu đồng,").wait_for()
    assert kept(office, "tuan", paper) == []


def test_a_pen_writes_the_palm_does_not_and_each_stroke_steps_back(house: House, paper: int) -> None:  # noqa: F811
    office = Office(house)
    page = opened(house, "tuan", paper, has_touch=True)
    hand = Hand(page)
    hand.take("ink")

    hand.fingers("touchStart", (800, 900))  # the side of the hand is there first
    hand.pen("mousePressed", 200, 700)
    for step in range(1, 25):
        hand.pen("mouseMoved", 200 + step * 10, 700 + (step % 5) * 6, 0.2 + step / 40)
    hand.fingers("touchMove", (780, 880))
    hand.pen("mouseReleased", 440, 700, 0)
    hand.fingers("touchEnd")
    hand.pen("mousePressed", 500, 700)
    hand.pen("mouseMoved", 560, 760)
    hand.pen("mouseReleased", 600, 760, 0)
    hand.fingers("touchStart", (300, 500))
    hand.fingers("touchMove", (400, 600))
    hand.fingers("touchEnd")

    drawn = until(
        lambda: [one for one in of_kind(kept(office, "tuan", paper), "ink") if len(one["strokes"]) == 2], "two strokes"
    )[0]
    pressures = {point[2] for point in drawn["strokes"][0]["points"]}
    assert len(pressures) > 10 and len(drawn["strokes"][0]["points"]) <= 26
    assert page.locator(".vview.open .nink g path").count() == 2
    assert "page=1" in page.url
    shot(page, "ink")
    page.keyboard.press("Control+z")
    until(lambda: len(of_kind(kept(office, "tuan", paper), "ink")[0]["strokes"]) == 1, "one stroke is left")
    page.get_by_role("button", name="Làm lại").click()
    until(lambda: len(of_kind(kept(office, "tuan", paper), "ink")[0]["strokes"]) == 2, "it is back")

    hand.take("erase")
    hand.drag((480, 690), (520, 720))
    until(lambda: len(of_kind(kept(office, "tuan", paper), "ink")[0]["strokes"]) == 1, "the eraser takes a whole stroke")
    page.get_by_role("button", name="Quay lui").click()
    until(lambda: len(of_kind(kept(office, "tuan", paper), "ink")[0]["strokes"]) == 2, "and gives it back")


def write_note(page: Page, text: str) -> None:
    """A note for the page, by buttons alone."""
    page.get_by_role("button", name="Thêm ghi chú").click()
    page.get_by_role("textbox", name="Nội dung ghi chú").fill(text)


def texts(office: Office, who: str, file_id: int) -> list[str]:
    return sorted(note["text"] for note in of_kind(kept(office, who, file_id), "sticky"))


def test_a_note_shared_with_a_group_is_read_there_and_nowhere_else(house: House, paper: int, group: int) -> None:  # noqa: F811
    office = Office(house)
    page = opened(house, "hoa", paper)
    hand = Hand(page)
    hand.take("sticky")
    page.mouse.click(**hand.at(850, 400))
    page.get_by_role("textbox", name="Nội dung ghi chú").fill("Đề nghị kèm danh mục ngõ ưu tiên.")

    page.get_by_role("radio", name="Tổ đại biểu số 1").check()

    assert "Thành viên Tổ đại biểu số 1" in page.locator(".nshare p").inner_text()
    shot(page, "sharing")
    page.get_by_role("button", name="Xong").click()
    until(lambda: texts(office, "tuan", paper), "the member of the group never saw it")
    member = opened(house, "tuan", paper)
    card = member.get_by_role("article", name="Ghi chú 1")
    card.wait_for()
    assert "Hoa" in card.inner_text() and "Chia sẻ trong Tổ đại biểu số 1" in card.inner_text()
    assert card.get_by_role("button").count() == 0
    shot(member, "shared")
    member.get_by_role("button", name="Ghi chú 1 của").click()
    stranger = opened(house, "hung", paper)
    stranger.get_by_text("Trang này chưa có ghi chú.").wait_for()
    assert texts(office, "hung", paper) == []


def test_notes_written_without_a_line_are_sent_once_and_survive_a_reload(house: House, paper: int) -> None:  # noqa: F811
    office = Office(house)
    page = opened(house, "van", paper)
    page.context.set_offline(True)
    write_note(page, "Hỏi về nguồn bảo đảm")
    page.get_by_text("chờ gửi").first.wait_for()
    page.get_by_role("textbox", name="Nội dung ghi chú").fill("Hỏi về nguồn bảo đảm, tổ 5")
    shot(page, "offline")
    page.wait_for_timeout(1000)
    page.context.set_offline(False)
    until(lambda: texts(office, "van", paper) == ["Hỏi về nguồn bảo đảm, tổ 5"], "what was written offline was not sent once")
    page.get_by_text("Đã lưu mọi ghi chú lúc").wait_for()
    page.get_by_role("button", name="Xong").click()

    page.context.route("**/api/v1/acts/notes.*", lambda route: route.abort())
    write_note(page, "Viết trước khi máy tắt")
    page.wait_for_timeout(300)
    page.reload()
    page.get_by_text("Viết trước khi máy tắt").wait_for()
    page.get_by_text("chờ gửi").first.wait_for()
    assert texts(office, "van", paper) == ["Hỏi về nguồn bảo đảm, tổ 5"]
    page.context.unroute("**/api/v1/acts/notes.*")
    until(lambda: len(texts(office, "van", paper)) == 2, "what was written before the reload was not sent")
    page.reload()
    until(lambda: page.locator("article.snote").count() == 2, "two notes, each once")
    assert texts(office, "van", paper) == ["Hỏi về nguồn bảo đảm, tổ 5", "Viết trước khi máy tắt"]


def test_two_devices_of_one_person_lose_nothing(house: House, paper: int) -> None:  # noqa: F811
    office = Office(house)
    first = opened(house, "minh", paper)
    write_note(first, "Rà soát số liệu")
    until(lambda: texts(office, "minh", paper) == ["Rà soát số liệu"], "it was not kept")
    first.get_by_role("button", name="Xong").click()
    second = opened(house, "minh", paper, size=PHONE, has_touch=True)
    second.get_by_role("button", name="Ghi chú 1 của tôi").click()
    second.get_by_role("button", name="Sửa").click() if second.get_by_role("button", name="Sửa").count() else None
    second.context.set_offline(True)
    second.get_by_role("textbox", name="Nội dung ghi chú").fill("Rà soát số liệu, viết ở nhà")
    shot(second, "phone")
    second.wait_for_timeout(900)

    first.get_by_role("button", name="Sửa").click()
    first.get_by_role("textbox", name="Nội dung ghi chú").fill("Rà soát số liệu, viết ở phòng họp")
    until(lambda: texts(office, "minh", paper) == ["Rà soát số liệu, viết ở phòng họp"], "the first device was not heard")
    second.context.set_offline(False)

    both = ["Rà soát số liệu, viết ở nhà", "Rà soát số liệu, viết ở phòng họp"]
    until(lambda: texts(office, "minh", paper) == both, "both are kept")
    second.get_by_role("alert").get_by_text("Cả hai bản đều được giữ").wait_for()
    shot(second, "conflict")
    second.get_by_role("button", name="Chỉ giữ bản này").click()
    until(lambda: texts(office, "minh", paper) == ["Rà soát số liệu, viết ở nhà"], "one was chosen")


def test_everything_but_ink_goes_by_keyboard(house: House, paper: int) -> None:  # noqa: F811
    office = Office(house)
    page = opened(house, "hung", paper)
    page.get_by_role("button", name="Tô sáng", exact=True).focus()
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('nlayer')"):
            break
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    words = office.get("hung", f"/documents/{paper}/words?from=1&to=1")["data"][0]["words"]

    quote = until(lambda: of_kind(kept(office, "hung", paper), "highlight"), "no highlight")[0]["anchor"]["quote"]["exact"]
    assert len(quote.split()) == 3 and quote in " ".join(word[4] for word in words)
    page.keyboard.press("Escape")
    assert page.get_by_role("button", name="Cuộn").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Thêm ghi chú").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Ý kiến của tôi")
    page.keyboard.press("Escape")
    until(lambda: texts(office, "hung", paper) == ["Ý kiến của tôi"], "typed and closed by keys")
    page.get_by_role("button", name="Đánh dấu trang 1").focus()
    page.keyboard.press("Enter")
    until(lambda: of_kind(kept(office, "hung", paper), "bookmark"), "the page is bookmarked")
    page.keyboard.press("Control+z")
    until(lambda: not of_kind(kept(office, "hung", paper), "bookmark"), "and no longer")
    page.get_by_role("button", name="Sửa").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Xóa ghi chú này").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Hoàn tác").click()
    page.wait_for_timeout(1500)
    assert texts(office, "hung", paper) == ["Ý kiến của tôi"]
