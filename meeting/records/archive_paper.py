"""The list of an archive file as a paper to be printed, signed and put in front: mục lục văn bản, tài liệu trong hồ sơ."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from meeting.agenda.models import Meeting
from meeting.documents.typeset import Sheet, Signature, body_lines, long_date, place_and_date, typeset

TITLE = "MỤC LỤC VĂN BẢN, TÀI LIỆU TRONG HỒ SƠ"
HEAD = ["STT", "Số, ký hiệu", "Ngày, tháng, năm", "Tên loại và trích yếu nội dung", "Tác giả", "Tờ số", "Ghi chú"]


def shown_day(iso: str) -> str:
    """A day of the list as people write it."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def sheet_of(meeting: Meeting, held_on: date, listed: Sequence[Mapping[str, Any]], list_sha256: str) -> Sheet:
    """The list as the layout takes it; who made it and who heads the office sign by hand."""
    body = meeting.body
    made = Sheet(style="party" if body.is_party else "state", body=body_lines(body.name), title=TITLE)
    if body.parent_name:
        made["parent"] = [body.parent_name.upper()]
    made["place_date"] = place_and_date(body.place, None)
    made["abstract"] = [meeting.title, f"({long_date(held_on)})"]
    made["contents"] = {"head": HEAD, "rows": [_row(each) for each in listed]}
    proof = (
        f"Danh mục điện tử kèm theo (tệp danh-muc.json) ghi mã SHA-256 của từng tệp; mã SHA-256 của chính danh mục: {list_sha256}"
    )
    made["closing"] = [f"Hồ sơ gồm {len(listed)} văn bản, tài liệu.", f"{proof}."]
    made["second_signature"] = Signature(lines=["NGƯỜI LẬP HỒ SƠ"], name="")
    made["signature"] = Signature(lines=["CHÁNH VĂN PHÒNG"], name="")
    return made


def _row(listed: Mapping[str, Any]) -> list[str]:
    words = (listed["symbol"], shown_day(listed["date"]), listed["title"], listed["author"], listed["sheets"], listed["remark"])
    return [str(listed["number"]), *words]


def pdf(meeting: Meeting, held_on: date, listed: Sequence[Mapping[str, Any]], list_sha256: str) -> bytes:
    """The list as PDF/A. For jobs and commands, not for the web process."""
    return typeset("contents", sheet_of(meeting, held_on, listed, list_sha256))
