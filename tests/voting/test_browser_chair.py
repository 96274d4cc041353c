"""The chair, the secretary and the counting committee at real screens: prepare, open, run, speak for, count, settle, repeat."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from meeting.voting.models import Question
from tests.browsing import DESK, House
from tests.voting.conftest import SEATED, Chamber
from tests.waiting import until
from tests.web.conftest import house, running
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL, WIDE

__all__ = ["house", "running"]
pytestmark = [pytest.mark.browser, pytest.mark.server]

SCROLLS = "() => document.documentElement.scrollHeight - document.documentElement.clientHeight"

PASTE = """(field, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text', text);
  field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));
}"""


def in_session(house: House, body: str = "HĐND") -> Chamber:
    """A meeting in session, run over the API."""
    council = house.council
    meeting_id = council.meeting(body)
    made = Chamber(council, body, meeting_id, council.items(meeting_id))
    for username in SEATED[body]:
        house.server.act(username, "live.check_in", meeting_id=meeting_id)
    house.server.act(made.chair, "live.open", meeting_id=meeting_id)
    house.server.act(made.chair, "live.go_to_item", meeting_id=meeting_id, item_id=made.items[0])
    return made


def done(house: House, username: str, name: str, **wanted: Any) -> dict[str, Any]:
    status, heard = house.server.act(username, name, **wanted)
    assert status == 200, heard
    return dict(heard)


def votes_tab(page: Page) -> None:
    page.get_by_role("tab", name="Biểu quyết").click()


def test_an_election_is_prepared_with_plain_words_counted_by_the_committee_and_announced(house: House) -> None:
    chamber = in_session(house)
    chair = house.open("lan", f"/meetings/{chamber.meeting_id}/console")
    votes_tab(chair)
    chair.get_by_role("button", name="Soạn mới").click()
    chair.locator('[data-form="election"]').click()
    expect(chair.locator(".way-only")).to_contain_text("phiếu giấy")
    chair.locator("#vote-title").fill("Bầu Phó Chủ tịch Hội đồng nhân dân")
    chair.get_by_label("Tìm tên").fill("manh hung")
    chair.locator(".pick-x").first.click()
    chair.get_by_role("button", name="Người chưa có trong danh sách").click()
    chair.get_by_label("Họ và tên, dòng 2").fill("Bà Ngô Thị Cử")
    assert violations(chair) == []
    assert chair.evaluate(SMALL) == []
    chair.get_by_role("button", name="Lưu vấn đề này").click()

    chair.locator(".vrow .btn").click()
    opening = chair.get_by_role("dialog", name="Mở biểu quyết")
    opening.get_by_role("button", name="Lập Ban kiểm phiếu").click()
    committee = chair.get_by_role("dialog", name="Ban kiểm phiếu")
    for name in ("Hoa", "Tuấn"):
        committee.get_by_label(name).check()
    committee.get_by_label("Trưởng ban").first.check()
    committee.get_by_role("button", name="Lưu Ban kiểm phiếu").click()
    expect(opening).to_contain_text("Trưởng ban")
    opening.get_by_role("button", name="Mở biểu quyết").click()

    head = house.open("hoa", f"/meetings/{chamber.meeting_id}/room")
    head.get_by_role("button", name="Nhập số liệu kiểm phiếu").click()
    head.get_by_label("Số phiếu phát ra").fill("3")
    head.get_by_label("Số phiếu thu về").fill("3")
    boxes = head.locator(".figures-table input")
    for box, number in enumerate((3, 0, 1, 5)):
        boxes.nth(box).fill(str(number))
    expect(head.locator(".figures-x")).to_contain_text("nhiều hơn số phiếu thu về")
    boxes.nth(3).fill("1")
    expect(head.locator(".figures-x")).to_contain_text("Các số đã khớp")
    head.locator(".figures-x .btn-primary").click()
    head.get_by_role("button", name="Trưởng ban xác nhận").click()
    head.get_by_role("button", name="Xác nhận số liệu").click()

    chair.get_by_role("button", name="Đóng biểu quyết").click()
    expect(chair.locator(".tally-x")).to_contain_text("trúng cử")
    assert chair.evaluate(SCROLLS) <= 0
    chair.get_by_role("button", name="Công bố kết quả").click()
    chair.get_by_role("button", name="Biểu quyết lại").click()
    expect(chair.locator("dialog[open]")).to_contain_text("lượt 2")


def test_a_spoken_ballot_waits_for_the_chair_and_time_is_added_and_held(house: House) -> None:
    chamber = in_session(house)
    item = {"meeting_id": chamber.meeting_id, "item_id": chamber.items[0]}
    question = done(house, "minh", "voting.prepare", **item, title="Thông qua dự toán", kind="open", seconds=120)["question_id"]
    chair = house.open("lan", f"/meetings/{chamber.meeting_id}/console")
    desk = house.open("minh", f"/meetings/{chamber.meeting_id}/desk", DESK)
    chair.get_by_role("button", name="Mở biểu quyết").click()
    opening = chair.get_by_role("dialog", name="Mở biểu quyết")
    opening.get_by_role("button", name="Chốt danh sách").click()
    expect(opening).to_contain_text("0/3")
    done(house, "hoa", "voting.mark_ready", question_id=question)
    expect(opening).to_contain_text("1/3")
    opening.get_by_role("radio", name="5 phút").click()
    opening.get_by_role("button", name="Mở biểu quyết").click()
    expect(chair.locator(".received")).to_contain_text("0/3")
    expect(chair.locator(".missing")).to_contain_text("Phan Thị Hoa")

    desk.get_by_role("button", name="Ghi hộ").click()
    desk.locator("#spoken-who").select_option(label="Ông Lê Anh Tuấn")
    desk.get_by_role("radio", name="Không tán thành").click()
    desk.get_by_role("button", name="Máy tính bảng hỏng").click()
    desk.get_by_role("button", name="Gửi chủ tọa xác nhận").click()
    expect(desk.locator(".spoken-row")).to_contain_text("chờ chủ tọa")
    expect(desk.locator(".spoken-row button")).to_have_count(0)
    row = chair.locator(".spoken-row")
    expect(row).to_contain_text("Không tán thành")
    row.get_by_role("button", name="Xác nhận").click()
    expect(chair.locator(".received")).to_contain_text("1/3")

    chair.get_by_role("button", name="Tạm dừng").last.click()
    expect(chair.locator(".vkindline")).to_contain_text("tạm dừng")
    chair.get_by_role("button", name="Tiếp tục").click()
    chair.locator(".vsteps").get_by_role("button", name="1 phút").click()
    expect(chair.locator(".vkindline")).to_contain_text("05:")
    assert violations(chair) == []
    chair.get_by_role("button", name="Đóng biểu quyết").click()
    expect(chair.locator("dialog[open]")).to_contain_text("2 người")
    chair.locator("dialog[open] .btn-primary").click()
    expect(chair.get_by_role("button", name="Công bố kết quả")).to_be_visible()
    assert chair.evaluate(SCROLLS) <= 0


def test_a_secret_tie_among_few_is_confirmed_first_and_settled_by_a_statement(house: House) -> None:
    chamber = in_session(house, "UBND")
    item = {"meeting_id": chamber.meeting_id, "item_id": chamber.items[0]}
    question = done(house, "minh", "voting.prepare", **item, title="Thông qua phương án", kind="secret")["question_id"]
    chair = house.open("hung", f"/meetings/{chamber.meeting_id}/console")
    chair.get_by_role("button", name="Mở biểu quyết").click()
    opening = chair.get_by_role("dialog", name="Mở biểu quyết")
    expect(opening).to_contain_text("có thể làm lộ")
    opening.get_by_role("button", name="Mở biểu quyết").click()
    opening.get_by_role("button", name="Vẫn mở").click()
    until(lambda: house.council.one(select(Question.state).where(Question.id == question)) == "open", "the vote never opened")
    done(house, "hoa", "voting.cast", question_id=question, choice="for")
    done(house, "tuan", "voting.cast", question_id=question, choice="against")
    expect(chair.locator(".received")).to_contain_text("không hiện tên")
    expect(chair.locator(".missing")).to_have_count(0)

    chair.get_by_role("button", name="Đóng biểu quyết").click()
    chair.locator("dialog[open] .btn-primary").click()
    tie = chair.locator(".tie-x")
    tie.get_by_role("radio", name="Tán thành", exact=True).click()
    tie.locator("textarea").fill("Tôi tán thành phương án này.")
    tie.get_by_role("button", name="Ghi nhận ý kiến").click()
    expect(tie).to_have_count(0)
    chair.get_by_role("button", name="Công bố kết quả").click()
    expect(chair.locator(".outcome")).to_contain_text("Được thông qua")


@pytest.mark.parametrize("size", [DESK, {"width": 390, "height": 844}])
def test_questions_are_written_ordered_and_taken_away_on_the_page_of_the_meeting(house: House, size: dict[str, int]) -> None:
    chamber = in_session(house)
    first = chamber.prepare(title="Vấn đề thứ nhất")
    page = house.open("minh", f"/meetings/{chamber.meeting_id}?tab=votes", size)
    page.locator("[data-new-question]").click()
    page.locator('[data-form="paper"]').click()
    page.locator("#vote-title").fill("Các chỉ tiêu năm 2027")
    page.get_by_role("button", name="Thêm dòng").click()
    line = page.get_by_label("Dòng 1", exact=True)
    line.evaluate(PASTE, "1. Thu ngân sách\n2. Hộ nghèo\n- Hồ sơ trực tuyến")
    expect(page.get_by_label("Dòng 3", exact=True)).to_have_value("Hồ sơ trực tuyến")
    page.get_by_role("button", name="Lưu vấn đề này").click()
    expect(page.locator(".vote-row")).to_have_count(2)
    expect(page.locator(".vote-row").nth(1)).to_contain_text("Hộ nghèo")
    assert violations(page) == []
    assert page.evaluate(WIDE) <= 0

    page.locator(".vote-grip").nth(1).focus()
    with page.expect_response("**/acts/voting.order"):
        page.keyboard.press("ArrowUp")
    page.reload()
    expect(page.locator(".vote-row").first).to_contain_text("Các chỉ tiêu")
    page.locator(f'[data-question="{first}"] [data-act="voting.remove"]').click()
    page.locator("dialog[open] .btn-oppose-line").click()
    expect(page.locator(".vote-row")).to_have_count(1)


def test_a_number_is_typed_anew_and_a_refusal_stands_beside_the_button(house: House) -> None:
    chamber = in_session(house)
    chair = house.open("lan", f"/meetings/{chamber.meeting_id}/console")
    votes_tab(chair)
    chair.get_by_role("button", name="Soạn mới").click()
    chair.locator('[data-form="election"]').click()
    chair.locator("#vote-title").fill("Bầu Phó Chủ tịch Hội đồng nhân dân")
    chair.locator(".pick-x").first.click()
    seats = chair.locator("#vote-seats")
    seats.press("Control+a")
    seats.press("Backspace")
    expect(chair.get_by_role("button", name="Ghi số người được bầu")).to_be_disabled()
    seats.press_sequentially("2")
    expect(seats).to_have_value("2")
    chair.get_by_role("button", name="Lưu vấn đề này").click()
    refused = chair.locator(".prepare-foot [role=alert]")
    expect(refused).to_contain_text("Số người được bầu là 2")
    expect(refused).to_be_in_viewport()


def test_a_question_of_another_item_is_pointed_out_before_it_opens(house: House) -> None:
    chamber = in_session(house)
    for place, title in ((1, "Thông qua quy chế"), (0, "Thông qua chương trình")):
        done(
            house, "minh", "voting.prepare", meeting_id=chamber.meeting_id, item_id=chamber.items[place], title=title, kind="open"
        )
    chair = house.open("lan", f"/meetings/{chamber.meeting_id}/console")
    votes_tab(chair)
    opening = chair.get_by_role("dialog", name="Mở biểu quyết")
    chair.locator(".vrow", has_text="Thông qua quy chế").locator(".btn").click()
    expect(opening).to_contain_text("trong khi đang tiến hành nội dung")
    chair.keyboard.press("Escape")
    chair.locator(".vrow", has_text="Thông qua chương trình").locator(".btn").click()
    expect(opening).to_contain_text("Đủ để biểu quyết")
    expect(opening).not_to_contain_text("trong khi đang tiến hành nội dung")
