"""A written round in real browsers: the member answers on a tablet by finger, the line breaks, the office and the chair go on."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from meeting import clock
from meeting.rounds.models import RoundAnswer
from meeting.writer import perform
from tests.browsing import DESK, PHONE, TOUCH, House
from tests.conftest import Council
from tests.web.conftest import house, running  # noqa: F401 - fixtures
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.server]

TITLE = "Điều chỉnh dự toán sửa chữa hố ga ngõ 91 phố Bến Đá"
PORTRAIT = {"width": 820, "height": 1180}


def act(council: Council, who: str, name: str, **wanted: Any) -> dict[str, Any]:
    return perform(council.actor(who), f"rounds.{name}", wanted)


def sent(council: Council, **values: Any) -> int:
    """An open round of the UBND."""
    due = (clock.now() + timedelta(days=3)).isoformat()
    known = {"body_id": council.body("UBND"), "title": TITLE, "text": "Điều chỉnh 120 triệu đồng từ dự phòng ngân sách."}
    number = int(act(council, "minh", "draft", **{**known, "ground": "urgent", "due_at": due, **values})["round_id"])
    act(council, "minh", "send", round_id=number)
    return number


def sound(page: Page) -> None:
    """Nobody is shut out: axe finds nothing, targets are fat where fingers touch, nothing runs off the side."""
    if page.viewport_size != PHONE:
        assert violations(page) == []
    if page.locator(".shell-rail").count():
        assert page.evaluate(SMALL) == []
    assert page.evaluate(WIDE) <= 0


def test_from_the_answer_by_finger_to_the_decision(house: House) -> None:  # noqa: F811
    council = house.council
    number = sent(council)
    hoa = house.open("hoa", "/rounds?state=mine", TOUCH, has_touch=True)
    hoa.get_by_role("link", name=TITLE).tap()
    expect(hoa.get_by_role("heading", name=TITLE)).to_be_visible()
    sound(hoa)

    # without a line the answer is not kept for later: it says that nothing was recorded
    hoa.get_by_role("radio", name="Ý kiến khác").check(force=True)
    hoa.get_by_role("button", name="Gửi ý kiến").tap()
    expect(hoa.locator("[data-error-for=text]")).not_to_be_empty()
    hoa.get_by_label("Nội dung ý kiến").fill("Đề nghị lùi một tháng.")
    hoa.context.set_offline(True)
    hoa.get_by_role("button", name="Gửi ý kiến").tap()
    expect(hoa.locator(".rd-answer [data-error]")).to_contain_text("Chưa có gì được ghi")
    assert council.one(select(RoundAnswer.choice).where(RoundAnswer.round_id == number)) is None
    hoa.context.set_offline(False)
    hoa.get_by_role("button", name="Gửi ý kiến").tap()
    expect(hoa.locator(".rd-receipt")).to_contain_text("Ý kiến đã được ghi nhận")
    expect(hoa.locator(".rd-receipt")).to_contain_text("Đề nghị lùi một tháng.")
    hoa.reload()
    expect(hoa.locator(".rd-receipt")).to_contain_text("Ý kiến khác")
    hoa.get_by_role("button", name="Thay đổi ý kiến").tap()
    hoa.set_viewport_size(PHONE)  # type: ignore[arg-type]
    hoa.get_by_role("radio", name="Tán thành", exact=True).check(force=True)
    hoa.get_by_role("button", name="Gửi ý kiến").tap()
    expect(hoa.locator(".rd-receipt")).to_contain_text("Tán thành")
    expect(hoa.locator(".rd-receipt h2")).to_be_in_viewport()
    hoa.set_viewport_size(TOUCH)  # type: ignore[arg-type]

    # the office sees who has not answered, reminds, and closes once all have
    minh = house.open("minh", f"/rounds/{number}", DESK)
    expect(minh.locator(".rd-line").filter(has_text="Lê Anh Tuấn")).to_contain_text("Chưa trả lời")
    expect(minh.locator(".rd-line").filter(has_text="Phan Thị Hoa")).to_contain_text("Đã trả lời")
    expect(minh.locator("main")).not_to_contain_text("Đề nghị lùi một tháng.")
    sound(minh)
    minh.get_by_role("button", name="Nhắc người chưa trả lời").click()
    expect(minh.locator(".rd-line").filter(has_text="Lê Anh Tuấn")).to_contain_text("Đã nhắc")
    act(council, "hung", "answer", round_id=number, choice="for")
    act(council, "tuan", "answer", round_id=number, choice="against", text="Chưa rõ nguồn")
    minh.reload()
    minh.get_by_role("button", name="Kết thúc lấy ý kiến", exact=True).click()
    minh.locator("dialog[open]").get_by_role("button", name="Kết thúc lấy ý kiến").click()
    expect(minh.locator(".rd-result")).to_contain_text("66,67%")
    expect(minh.locator(".rd-line").filter(has_text="Lê Anh Tuấn")).to_contain_text("Chưa rõ nguồn")
    sound(minh)

    # the chair decides on the tablet
    hung = house.open("hung", "/", TOUCH)
    hung.get_by_role("link", name=f"Quyết định sau khi lấy ý kiến: {TITLE}").click()
    hung.get_by_label("Thông qua bằng lấy ý kiến văn bản").check()
    hung.get_by_role("button", name="Quyết định", exact=True).click()
    expect(hung.locator(".rd-decided")).to_contain_text("Thông qua bằng lấy ý kiến văn bản")
    sound(hung)


def test_the_office_drafts_and_sends_on_every_screen(house: House) -> None:  # noqa: F811
    minh = house.open("minh", "/rounds/new?body=UBND", DESK)
    sound(minh)
    minh.get_by_label("Nội dung", exact=True).fill("Phân bổ kinh phí bầu tổ dân phố")
    minh.get_by_label("Nội dung xin ý kiến").fill("Đồng ý phương án phân bổ?")
    minh.get_by_label("Hạn cho ý kiến").fill(f"{clock.local(clock.now() + timedelta(days=4)):%d/%m/%Y} 16:00")
    minh.get_by_role("button", name="Lưu bản soạn").click()
    minh.get_by_role("button", name="Gửi lấy ý kiến").click()
    minh.locator("dialog[open]").get_by_role("button", name="Gửi lấy ý kiến").click()
    expect(minh.locator(".rd-count")).to_contain_text("0/3")
    for who, path, size in (("tuan", minh.url, PHONE), ("tuan", minh.url, PORTRAIT), ("minh", "/rounds", PHONE)):
        page = house.look(who, path, size)
        sound(page)
        page.evaluate("() => { document.documentElement.dataset.bsTheme = 'dark'; }")
        sound(page)
