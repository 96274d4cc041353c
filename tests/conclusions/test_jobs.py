"""The PDF of an issued notice and of signed minutes is set by the worker and opened by who may read them."""

from collections.abc import Callable
from typing import Any

import pymupdf
from sqlalchemy import select

from meeting import jobs
from meeting.conclusions.models import Minutes
from meeting.documents import store
from meeting.documents.models import File
from tests.conclusions.conftest import Desk


def pdf_of(council: Any, document_id: int) -> pymupdf.Document:
    digest = council.one(select(File.sha256).where(File.id == document_id))
    return pymupdf.open(store.file_path(digest), filetype="pdf")


def test_issuing_sets_the_notice_as_pdf(desk: Desk, council: Any, client: Callable[[str], Any]) -> None:
    notice_id = desk.issued({"text": "Ghi nhận kết quả"}, desk.task())
    before = client("hoa").get(f"/notices/{notice_id}").get_data(as_text=True)

    jobs.run_waiting()

    document_id = desk.notice().document_id
    text = " ".join(page.get_text() for page in pdf_of(council, document_id)).replace("\n", " ")  # type: ignore[arg-type]
    assert "Số: 01/TB-UBND" in text
    assert "Giang Biên, ngày 24 tháng 11 năm 2026" in text
    assert "Tháo gỡ mặt bằng ngõ 115." in text
    assert "Tạ Quang Minh" in text
    assert desk.told("conclusions.document_set") == [{"paper": "notice", "document_id": document_id}]
    after = client("hoa").get(f"/notices/{notice_id}").get_data(as_text=True)
    link = f'href="/documents/{document_id}"'
    assert (link in before, link in after) == (False, True)
    for address in (f"/documents/{document_id}", f"/documents/{document_id}/original"):
        reached = {u: client(u).get(address).status_code for u in ("hoa", "lan", "khach")}
        assert reached == {"hoa": 200, "lan": 404, "khach": 404}


def test_setting_twice_keeps_one_document(desk: Desk, council: Any) -> None:
    desk.issued()
    jobs.run_waiting()
    first = desk.notice().document_id

    jobs.KINDS["conclusions.set_paper"](paper="notice", paper_id=desk.notice().id)

    assert desk.notice().document_id == first
    assert len(desk.told("conclusions.document_set")) == 1


def test_signing_sets_the_minutes_as_pdf(desk: Desk, do: Callable[..., Any], council: Any) -> None:
    do("minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id)

    jobs.run_waiting()

    minutes = council.one(select(Minutes))
    text = pdf_of(council, minutes.document_id)[0].get_text()
    assert "BIÊN BẢN" in text
    assert "01/BB-UBND" in text
    assert "CHÁNH VĂN PHÒNG" in text
    assert minutes.verify_code
    assert "Mã xác thực:" in text


def test_a_person_cannot_tie_a_paper_to_a_document(desk: Desk, ask: Callable[..., Any]) -> None:
    notice_id = desk.issued()

    heard = ask("minh", "conclusions.paper_set", paper="notice", paper_id=notice_id, document_id=1)

    assert heard.status == 403
