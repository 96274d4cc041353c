"""What a default kind of meeting is made of: its rules, and where each of them stands written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from meeting.rulebook.values import RULES, Values

FIRST_DAY = date(2025, 7, 1)  # the two-level local government began


@dataclass(frozen=True)
class Source:
    """Where a rule stands. `verified`: its primary text was read for every number; otherwise the screens say so."""

    article: str = ""
    verified: bool = False
    note: str = ""

    def plain(self) -> dict[str, Any]:
        """As a rule book keeps it."""
        return {"article": self.article, "verified": self.verified, "note": self.note}


def read(article: str, note: str = "") -> Source:
    """A rule whose text was read."""
    return Source(article, True, note)


def unread(article: str, note: str = "") -> Source:
    """A rule known from elsewhere: it has to be held against the text."""
    return Source(article, False, note)


def chosen(note: str) -> Source:
    """A value that no text gives: ours, for the body to change."""
    return Source("", False, note)


#: What no text of any body says: the system's own first values.
OURS: Mapping[str, Source] = {
    "programme": chosen("Không văn bản nào nêu thời hạn; hệ thống không đặt"),
    "approver": chosen("Bước duyệt chương trình trong hệ thống: bật ở đây khi cơ quan muốn"),
    "check": chosen("2 ngày làm việc như UBND (NĐ 315/2025/NĐ-CP, Điều 12.2)"),
    "head_approval": chosen("Cán bộ gửi thẳng Văn phòng hoặc qua lãnh đạo đơn vị; cơ quan tự chọn"),
    "closed": chosen("Không họp kín, trừ khi cuộc họp quyết định khác"),
    "summons": chosen("Giấy mời theo mẫu 1.7, NĐ 30/2020/NĐ-CP"),
    "sequence": chosen("Không quy định trình tự tài liệu"),
    "voters": chosen("Tính trên tổng số thành viên của cơ quan"),
    "attending": chosen("Tự điểm danh trên máy; họp trực tuyến như họp tập trung (NĐ 315/2025/NĐ-CP, Điều 22)"),
    "floor": chosen("Theo thứ tự đăng ký (NQ 114/2025/UBTVQH15, Điều 23 đối với chất vấn); cơ quan tự chọn"),
    "times": chosen("Phát biểu 7 phút, tranh luận 2 phút, hỏi 1 phút, trả lời 3 phút; nội quy địa phương quyết định"),
    "substitutes": chosen("Không quy định người dự thay"),
    "tie": chosen("Ngang nhau thì không thông qua"),
    "elections": chosen(
        "Bầu, bãi nhiệm, lấy và bỏ phiếu tín nhiệm bằng phiếu giấy; điện tử chỉ khi nội quy của cơ quan cho phép"
    ),
    "missing_names": chosen(
        "Biểu quyết công khai thì chủ tọa, thư ký thấy tên người chưa biểu quyết; phiếu kín chỉ thấy số lượng"
    ),
    "notice": chosen("Thông báo kết luận nếu có"),
    "signer": chosen("Chủ trì ký"),
    "minutes": read("NĐ 30/2020/NĐ-CP, Phụ lục III, mẫu 1.9", "Thư ký ký bên trái, chủ tọa ký bên phải"),
    "longest": chosen("Không văn bản nào nêu; cơ quan tự đặt (mục đích đánh giá việc giữ thời gian)"),
    "quorum": chosen("Không văn bản nào nêu"),
    "choices": chosen("Không văn bản nào nêu"),
    "majority": chosen("Quá nửa tổng số, như các cuộc họp khác của cơ quan"),
    "invitation": chosen("Theo thông lệ"),
    "papers": chosen("Theo thông lệ"),
}


@dataclass(frozen=True)
class DefaultType:
    """One kind of meeting with the rules it starts with, from the day its instrument was issued."""

    code: str
    name: str
    instrument: str
    starts_on: date
    values: Values
    sources: Mapping[str, Source]

    @property
    def written(self) -> dict[str, dict[str, Any]]:
        """The source of every rule, in reading order, as a rule book keeps it."""
        return {rule: {**OURS, **self.sources}[rule].plain() for rule in RULES}

    @property
    def verified(self) -> bool:
        """Whether every rule's text was read."""
        return all(each["verified"] for each in self.written.values())

    def columns(self) -> dict[str, Any]:
        """The columns of the first rule book of this kind."""
        kept = {"starts_on": self.starts_on, "instrument": self.instrument, "verified": self.verified}
        return {**self.values.plain(), **kept, "sources": self.written}
