"""A notice from draft to issue by the buttons of its page, and corrected afterwards; a form that shows its signature at once."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from meeting import clock
from meeting.conclusions.form_models import PaperForm
from meeting.conclusions.models import Instrument
from meeting.writer import perform
from tests.browsing import DESK, TOUCH, House
from tests.web.conftest import house, running  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.server]


def pressed(page: Page, name: str, yes: str = "") -> None:
    """Presses a button of the page's head; where it asks, says yes. The page comes again."""
    page.locator(".dhead").get_by_role("button", name=name, exact=True).click()
    if yes:
        page.get_by_role("dialog").get_by_role("button", name=yes, exact=True).click()


def stage(page: Page) -> Any:
    return page.locator(".steps .now")


def test_a_notice_goes_its_way_by_its_buttons(house: House) -> None:  # noqa: F811
    council = house.council
    begun = clock.now() - timedelta(hours=3)
    meeting_id = council.meeting(state="held", starts_at=begun, opened_at=begun, closed_at=clock.now())
    wanted = {"meeting_id": meeting_id, "lines": [{"text": "Ghi nhận kết quả."}]}
    notice_id = perform(council.actor("minh"), "conclusions.draft", wanted)["notice_id"]
    path = f"/notices/{notice_id}"

    minh = house.open("minh", path, DESK)
    pressed(minh, "Trình duyệt")
    expect(stage(minh)).to_contain_text("Duyệt")
    hung = house.open("hung", path, TOUCH)
    hung.get_by_role("button", name="Duyệt", exact=True).click()
    hung.get_by_role("dialog").get_by_role("button", name="Duyệt", exact=True).click()
    expect(stage(hung)).to_contain_text("Ký")
    minh.reload()
    pressed(minh, "Ký", "Ký")
    expect(stage(minh)).to_contain_text("Số")
    van = house.open("van", path, DESK)
    pressed(van, "Lấy số và phát hành")
    van.get_by_role("dialog").get_by_role("button", name="Phát hành", exact=True).click()
    expect(van.get_by_role("heading", level=1)).to_contain_text("/TB-UBND")

    minh.reload()
    pressed(minh, "Thêm")
    minh.get_by_role("dialog").get_by_role("button", name="Đính chính bằng văn bản mới").click()
    minh.get_by_role("textbox", name="Nội dung đính chính").fill("Điểm 1: sửa ngày")
    minh.get_by_role("dialog").last.get_by_role("button", name="Đính chính bằng văn bản mới").click()
    expect(minh.locator(".chain")).to_contain_text("đính chính")

    made = council.one(select(Instrument).where(Instrument.about_id == notice_id))
    assert (made.relation, made.relation_reason, made.state) == ("corrects", "Điểm 1: sửa ngày", "draft")


def test_a_form_shows_the_signature_while_it_is_filled_in(house: House) -> None:  # noqa: F811
    council = house.council
    body = council.body("UBND")
    minh = house.open("minh", f"/paper-forms/{body}/QĐ", DESK)
    lines = minh.locator("[data-signature-lines] b")
    expect(lines).to_have_text(["TM. ỦY BAN NHÂN DÂN PHƯỜNG", "CHỦ TỊCH", "Đỗ Mạnh Hùng"])

    minh.get_by_label("Người ký", exact=True).select_option("chief")
    expect(lines).to_have_text(["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Tạ Quang Minh"])
    minh.get_by_label("Quyền hạn, chức vụ của người ký").fill("TUQ. CHỦ TỊCH\nCHÁNH VĂN PHÒNG")
    expect(lines).to_have_text(["TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Tạ Quang Minh"])
    minh.get_by_role("button", name="Lưu mẫu").click()
    minh.wait_for_url("**/paper-forms")

    kept = council.one(select(PaperForm).where(PaperForm.body_id == body, PaperForm.kind == "QĐ"))
    assert (kept.signer, kept.authority) == ("chief", "TUQ. CHỦ TỊCH\nCHÁNH VĂN PHÒNG")
