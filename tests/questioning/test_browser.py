"""One whole group of questions in real browsers: the chair, the member who asks, another member, the respondent, the desk."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from meeting.agenda.models import Item
from meeting.questioning.models import Promise
from meeting.writer import perform
from tests.browsing import DESK, PHONE, TOUCH, House
from tests.web.conftest import house, running  # noqa: F401 - fixtures
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.server]

TEXT = "Vì sao vỉa hè phố Ngọc Lâm tái lấn chiếm sau ba đợt ra quân?"


@pytest.fixture
def meeting(running: House) -> int:  # noqa: F811
    """An HĐND meeting in session at its questioning; a group is planned, Hoa has registered a question for it."""
    council = running.council

    def do(who: str, name: str, /, **wanted: Any) -> dict[str, Any]:
        return perform(council.actor(who), name, wanted)

    found = council.meeting("HĐND")
    first = council.items(found)[0]
    council.update(Item, first, kind="questioning", title="Chất vấn và trả lời chất vấn")
    council.invite(found, "truong")
    known = {"meeting_id": found, "title": "Trật tự đô thị", "respondent_id": council.person("truong"), "item_id": first}
    group = do("minh", "questioning.make_group", **known)["group_id"]
    do("hoa", "questioning.ask", meeting_id=found, group_id=group, text=TEXT)
    for who in ("lan", "hoa", "tuan", "truong"):
        do(who, "live.check_in", meeting_id=found)
    do("lan", "live.open", meeting_id=found)
    do("lan", "live.go_to_item", meeting_id=found, item_id=first)
    return found


def press(page: Page, name: str) -> None:
    """A button by its words, exactly."""
    page.get_by_role("button", name=name, exact=True).first.click()


def test_one_group_from_opening_to_end(house: House, meeting: int) -> None:  # noqa: F811
    room = f"/meetings/{meeting}/room"
    chair, hoa, tuan, truong = (house.open(who, room, TOUCH) for who in ("lan", "hoa", "tuan", "truong"))

    chair.get_by_role("button", name="Mở nhóm").first.click()
    expect(hoa.locator(".questioning")).to_contain_text("Trật tự đô thị")
    press(tuan, "Chất vấn")
    tuan.get_by_label("Nội dung chất vấn").fill("Bao giờ xong ngõ 93?")
    press(tuan, "Gửi câu hỏi")
    expect(chair.locator(".q-rows").filter(has_text="Chưa được mời")).to_contain_text("Lê Anh Tuấn")

    # called in the order of registration: Hoa's question was registered before
    chair.get_by_role("button", name="Mời Ông Phan Thị Hoa").first.click()
    press(chair, "Bắt đầu tính giờ")
    expect(tuan.locator(".q-asked")).to_contain_text(TEXT)
    expect(tuan.locator(".q-asked")).to_contain_text("Câu 1 trên 2")
    press(chair, "Mời Ông Cao Xuân Trường trả lời")
    expect(truong.locator(".q-answering")).to_contain_text("Đang trả lời")
    expect(truong.locator(".q-answering")).to_contain_text("Ông/Bà trả lời")
    expect(truong.get_by_role("button", name="Tranh luận", exact=True)).to_have_count(0)

    # the promise, at once on every tablet; whoever made it confirms it
    press(chair, "Ghi lời hứa")
    chair.get_by_label("Nội dung lời hứa").fill("Xử lý dứt điểm phố Ngọc Lâm.")
    chair.get_by_label("Thời hạn").fill("2027-12-20")
    press(chair, "Ghi")
    expect(hoa.locator(".pledge")).to_contain_text("hạn 20/12/2027")
    press(truong, "Đúng như tôi hứa")
    expect(tuan.locator(".pledge")).to_contain_text("Đã xác nhận")

    # another member asks for a debate first, but whoever put the question comes first
    press(tuan, "Tranh luận")
    expect(tuan.get_by_role("button", name="Rút tranh luận", exact=True)).to_be_visible()
    press(hoa, "Chưa rõ")
    expect(chair.locator(".q-asked")).to_contain_text("0 đã rõ, 1 chưa rõ")
    press(hoa, "Tranh luận")
    debates = chair.locator(".q-rows").filter(has_text="Đăng ký tranh luận").locator("li")
    expect(debates).to_have_count(2)
    expect(debates.first).to_contain_text("Phan Thị Hoa")

    press(chair, "Kết thúc nhóm")
    chair.get_by_role("dialog").get_by_role("button", name="Kết thúc nhóm").click()
    expect(hoa.locator(".pledge")).to_have_count(0)
    assert house.council.one(select(Promise.answer).where(Promise.meeting_id == meeting)) == "confirmed"
    assert not house.faults


@pytest.mark.parametrize(("who", "size"), [("minh", DESK), ("hoa", TOUCH)])
def test_pages_of_questions_and_promises(house: House, meeting: int, who: str, size: dict[str, int]) -> None:  # noqa: F811
    council = house.council
    wanted = {"meeting_id": meeting, "person_id": council.person("truong"), "text": "Nạo vét ngõ 91", "due_on": "2027-12-20"}
    promise = perform(council.actor("minh"), "questioning.note_promise", wanted)["promise_id"]

    for path in (f"/meetings/{meeting}/questions", "/promises", "/promises?view=written", f"/promises/{promise}"):
        page = house.look(who, path, size)
        assert violations(page) == [], path
        assert page.evaluate(WIDE) <= 0, path
        assert size is DESK or page.evaluate(SMALL) == [], path
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        assert page.evaluate(WIDE) <= 0, path
        page.set_viewport_size(size)  # type: ignore[arg-type]
    if who == "minh":
        press(page, "Đã thực hiện xong")
        page.get_by_label("Đã thực hiện thế nào").fill("Đã nạo vét")
        press(page, "Lưu")
        expect(page.locator(".card-x").filter(has_text="Kết quả")).to_contain_text("Đã nạo vét")
    assert not house.faults
