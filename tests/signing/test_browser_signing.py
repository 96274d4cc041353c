"""On a tablet the Chánh Văn phòng adds a certificate and signs a notice; on a phone anybody looks whether it is genuine."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from meeting import clock
from meeting.conclusions.models import Instrument
from meeting.conclusions.sealing import grouped
from meeting.conclusions.sealing_jobs import lay_out
from meeting.documents import jobs as document_jobs
from meeting.documents.models import File
from meeting.writer import perform
from tests.browsing import PHONE, TOUCH, House
from tests.signing.papers import SECRET, key_file
from tests.waiting import until
from tests.web.conftest import house, running  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.server]


def _document(house: House, notice_id: int) -> Any:  # noqa: F811
    return house.council.one(select(Instrument).where(Instrument.id == notice_id))


def _approved(house: House) -> int:  # noqa: F811
    """A notice that Hùng approved and the worker laid out."""
    council = house.council
    held = clock.now() - timedelta(hours=5)
    meeting_id = council.meeting(state="held", starts_at=held, opened_at=held, closed_at=held + timedelta(hours=3))
    lines = [{"text": "Thống nhất chủ trương cải tạo chợ Giang Biên."}]
    made = perform(council.actor("minh"), "conclusions.draft", {"meeting_id": meeting_id, "lines": lines})
    perform(council.actor("hung"), "conclusions.approve", {"notice_id": made["notice_id"]})
    document = _document(house, made["notice_id"])
    if document.laid_out_id is None:
        lay_out(document.id, document.approved_at.isoformat())
    laid_out = _document(house, made["notice_id"]).laid_out_id
    if not house.council.one(select(File).where(File.id == laid_out)).first_page_read:
        document_jobs.read(laid_out)
    return int(made["notice_id"])


def test_a_notice_is_signed_on_the_tablet(house: House) -> None:  # noqa: F811
    notice_id = _approved(house)
    page = house.open("minh", "/signing/keys", TOUCH)
    page.get_by_text("Thêm chứng thư số").first.click()
    page.set_input_files("#file-own", {"name": "minh.p12", "mimeType": "application/x-pkcs12", "buffer": key_file()})
    page.fill("#secret-own", SECRET)
    page.get_by_role("button", name="Kiểm tra và thêm").first.click()
    expect(page.get_by_text("thử nghiệm, không có giá trị pháp lý").first).to_be_visible()

    page = house.open("minh", f"/notices/{notice_id}", TOUCH)
    page.get_by_role("button", name="Ký số", exact=True).first.click()
    dialog = page.locator("#seal")
    expect(dialog).to_be_visible()
    dialog.locator("#seal-secret").fill("sai")
    dialog.get_by_role("button", name="Ký số", exact=True).click()
    expect(dialog.locator("[data-error]").first).to_contain_text("không đúng")
    expect(dialog.locator("#seal-secret")).to_have_value("")
    dialog.locator("#seal-secret").fill(SECRET)
    dialog.get_by_role("button", name="Ký số", exact=True).click()
    until(lambda: _document(house, notice_id).sealing == "key", "the notice was not signed")
    expect(page.locator("#seal")).to_have_count(0)


def test_anybody_looks_on_a_phone_whether_a_paper_is_genuine(house: House) -> None:  # noqa: F811
    notice_id = _approved(house)
    perform(house.council.actor("minh"), "conclusions.sign", {"notice_id": notice_id})
    perform(house.council.actor("van"), "conclusions.issue", {"notice_id": notice_id})
    code = grouped(_document(house, notice_id).verify_code)
    page = house.open("", f"/xac-thuc/{code}", PHONE)
    expect(page.get_by_role("heading", name="Văn bản thật, đang có hiệu lực")).to_be_visible()
    expect(page.get_by_text("tệp PDF không mang chữ ký số")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page = house.open("", "/xac-thuc", PHONE)
    page.fill("#code", "AAAA BBBB CCCC DDDD")
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.get_by_role("alert")).to_contain_text("Không có văn bản đã phát hành nào mang mã")
