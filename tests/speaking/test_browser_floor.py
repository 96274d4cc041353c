"""The floor in real browsers: three people ask, the chair arranges, calls, stops and ends; phones, wrong clocks, late time."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from meeting import clock
from meeting.rulebook.models import RuleBook
from meeting.speaking.models import Floor
from meeting.writer import perform
from tests.browsing import DESK, PHONE, TOUCH, House
from tests.speaking.conftest import HOA, HUNG, TUAN
from tests.web.conftest import house, running  # noqa: F401 - fixtures
from tests.web.test_browser_access import violations

pytestmark = [pytest.mark.browser, pytest.mark.server]


@dataclass
class Room:
    """A meeting in session on its first item, and hands to do something beside the browsers."""

    house: House
    id: int

    def do(self, who: str, name: str, /, **wanted: Any) -> dict[str, Any]:
        """An act by somebody."""
        return perform(self.house.council.actor(who), name, wanted)

    def ask(self, *people: str) -> dict[str, int]:
        """They ask for the floor one after another."""
        return {who: self.do(who, "speaking.ask", meeting_id=self.id, subject=f"Ý của {who}")["floor_id"] for who in people}

    def console(self, size: dict[str, int] = TOUCH) -> Page:
        """The chair's console with the queue in front."""
        page = self.house.open("hung", f"/meetings/{self.id}/console", size)
        page.get_by_role("tab", name=re.compile("Đăng ký phát biểu")).click()
        return page

    def seat(self, who: str, size: dict[str, int] = TOUCH) -> Page:
        """A delegate's screen."""
        return self.house.open(who, f"/meetings/{self.id}/room", size)


@pytest.fixture
def room(house: House) -> Room:  # noqa: F811
    """A new meeting for each test."""
    council = house.council
    found = Room(house, council.meeting(starts_at=clock.now() + timedelta(days=21)))
    for who in ("hoa", "tuan", "hung"):
        found.do(who, "live.check_in", meeting_id=found.id)
    found.do("hung", "live.open", meeting_id=found.id)
    found.do("hung", "live.go_to_item", meeting_id=found.id, item_id=council.items(found.id)[0])
    return found


def rows(page: Page) -> Locator:
    """The names in the chair's queue."""
    return page.locator(".chair-queue .qrow b")


def button(page: Page, name: str | re.Pattern[str]) -> Locator:
    """A button by its words."""
    return page.get_by_role("button", name=name, exact=isinstance(name, str))


def drag(page: Page, handle: Locator, to: Locator) -> None:
    """By its handle to the place of another row."""
    start, end = handle.bounding_box(), to.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 20, start["y"] + 10)
    page.mouse.move(start["x"] + 20, end["y"] + 4, steps=6)
    page.mouse.up()


def test_chair_runs_the_queue_by_buttons_and_by_dragging(room: Room) -> None:
    chair = room.console()
    phone = room.seat("hoa", PHONE)
    button(phone, "Đăng ký phát biểu").click()
    phone.get_by_role("dialog").get_by_role("button", name="Đăng ký phát biểu").click()
    expect(rows(chair)).to_have_text([HOA])
    room.ask("tuan", "hung")
    expect(rows(chair)).to_have_text([HOA, TUAN, HUNG])

    button(chair, "Sắp xếp").click()
    button(chair, f"Xuống: {HOA}").click()
    expect(rows(chair)).to_have_text([TUAN, HOA, HUNG])
    drag(chair, chair.locator(".grip").nth(2), chair.locator(".qrow").first)
    expect(rows(chair)).to_have_text([HUNG, TUAN, HOA])
    expect(phone.locator(".queue .me .qn")).to_have_text("3")
    button(chair, "Xong").click()

    button(chair, f"Mời {TUAN}").click()
    expect(phone.locator(".speaking h3")).to_have_text(TUAN)
    button(chair, "Bỏ lượt").click()
    expect(rows(chair)).to_have_text([HUNG, HOA, TUAN])

    button(chair, f"Mời {HOA}").click()
    expect(phone.locator(".speaking.my-turn h3")).to_have_text(re.compile("^Mời ông phát biểu|^Mời"))
    expect(phone.locator(".speaking.my-turn h3")).to_have_css("color", "rgb(255, 255, 255)")
    button(chair, "Bắt đầu tính giờ").click()
    expect(phone.locator(".speaking")).to_contain_text("Đang phát biểu")
    expect(phone.locator(".speaking h3")).to_have_text(re.compile(HOA))
    button(chair, "Dừng").click()
    expect(phone.locator(".speaking")).to_contain_text("đang dừng")
    button(chair, "Tiếp tục").click()
    expect(phone.locator(".speaking")).to_contain_text("còn lại")
    button(chair, "1 phút").click()
    expect(phone.locator(".speaking")).to_contain_text("08:00")
    button(chair, "Kết thúc lượt").click()
    expect(phone.locator(".speaking")).to_contain_text("Chưa có người phát biểu")
    assert room.house.faults == []


def test_one_question_ends_a_speech_and_begins_the_next(room: Room) -> None:
    asked = room.ask("hoa", "tuan")
    room.do("hung", "speaking.start", floor_id=asked["hoa"])
    chair = room.console(DESK)

    button(chair, f"Việc khác với {TUAN}").click()
    button(chair, "Cho phát biểu và tính giờ ngay").click()
    button(chair, "Kết thúc và bắt đầu").click()

    expect(chair.locator(".nowcard .who b")).to_have_text(TUAN)
    button(chair, "Danh sách đăng ký phát biểu").click()
    button(chair, "Khóa danh sách").click()
    delegate = room.seat("hoa")
    expect(delegate.locator(".queue-card")).to_contain_text("Đã khóa danh sách")
    button(delegate, "Đăng ký phát biểu").click()
    expect(delegate.get_by_role("dialog")).to_contain_text("Ý kiến về trình tự")
    expect(delegate.get_by_role("dialog").get_by_text("Tranh luận")).to_have_count(0)


def test_secretary_enters_a_raised_hand_and_a_statement_goes_to_writing(room: Room) -> None:
    desk = room.house.open("minh", f"/meetings/{room.id}/desk", DESK)
    desk.get_by_role("tab", name=re.compile("Đăng ký phát biểu")).click()
    button(desk, "Danh sách đăng ký phát biểu").click()
    button(desk, "Ghi hộ người giơ tay").click()
    desk.get_by_label("Người phát biểu").select_option(str(room.house.council.person("hoa")))
    button(desk, "Ghi vào danh sách").click()
    expect(rows(desk)).to_have_text([HOA])
    expect(desk.locator(".qrow")).to_contain_text("thư ký ghi hộ")

    delegate = room.seat("hoa")
    chair = room.console()
    button(chair, f"Việc khác với {HOA}").click()
    button(chair, "Đề nghị gửi bằng văn bản").click()
    button(delegate, "Viết ý kiến").click()
    delegate.get_by_role("dialog").get_by_role("textbox").fill("Đề nghị bố trí vốn cho ngõ 91")
    button(delegate, "Gửi ý kiến phát biểu").click()

    expect(delegate.locator(".to-write")).to_have_count(0)
    expect(rows(chair)).to_have_count(0)


def test_time_warns_and_counts_on_whatever_the_device_believes(room: Room) -> None:
    council = room.house.council
    asked = room.ask("hoa")
    delegate = room.seat("tuan")
    delegate.context.add_init_script("const real = Date.now.bind(Date); Date.now = () => real() + 3600000;")
    delegate.reload()
    room.do("hung", "speaking.start", floor_id=asked["hoa"])
    expect(delegate.locator(".speaking .timer")).to_have_text(re.compile("^0[67]:"))

    council.update(RuleBook, council.book(), warn_seconds=600)
    room.do("hung", "speaking.extend", floor_id=asked["hoa"], seconds=10)
    expect(delegate.locator(".speaking")).to_contain_text("sắp hết giờ")
    expect(delegate.locator(".speaking [role=status]")).to_have_text("còn 600 giây")

    council.update(Floor, asked["hoa"], started_at=clock.now() - timedelta(seconds=900))
    room.do("hung", "speaking.extend", floor_id=asked["hoa"], seconds=10)
    expect(delegate.locator(".speaking .timer.over")).to_have_text(re.compile("^0[78]:"))
    expect(delegate.locator(".speaking")).to_contain_text("quá giờ")
    council.update(RuleBook, council.book(), warn_seconds=30)


@pytest.mark.parametrize("size", [PHONE, TOUCH])
def test_floor_is_reached_by_everybody(room: Room, size: dict[str, int]) -> None:
    room.do("hung", "speaking.start", floor_id=room.ask("hoa", "tuan", "hung")["hoa"])
    chair, delegate = room.console(size), room.seat("tuan", size)
    expect(rows(chair)).to_have_count(2)
    button(chair, "Sắp xếp").click()

    for page in (chair, delegate):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if size == TOUCH:
        assert violations(chair) == []
    small = chair.locator(".chair-queue button, .speech-btns button").evaluate_all(
        "found => found.map(each => each.getBoundingClientRect()).filter(box => box.width < 48 || box.height < 48).length"
    )
    assert small == 0
