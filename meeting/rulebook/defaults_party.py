"""Đảng ủy and chi bộ: sample regulations only. There is no single text, so nothing here is verified."""

from dataclasses import replace

from meeting.rulebook.default_type import FIRST_DAY, DefaultType, Source, chosen, unread
from meeting.rulebook.values import Values

INSTRUMENT = "Quy chế làm việc của cấp ủy (tổng hợp từ quy chế mẫu; đối chiếu quy chế của đơn vị trước khi dùng)"

_PARTY = Values(
    papers_due_days=3,
    invite_days=3,
    closed=True,
    choices="for against abstain",
    notice_required=False,
    head_approval="optional",
)
_SOURCES: dict[str, Source] = {
    "invitation": unread("Quy chế làm việc của cấp ủy", "Số ngày theo thông lệ"),
    "papers": unread("Quy chế làm việc của cấp ủy", "Số ngày theo thông lệ"),
    "closed": unread("Quy chế làm việc của cấp ủy", "Hội nghị cấp ủy không công khai; không đưa nội dung mật vào hệ thống"),
    "quorum": unread("Quy chế làm việc của cấp ủy", "Hai phần ba số cấp ủy viên"),
    "majority": unread("Quy chế làm việc của cấp ủy", "Quá nửa tổng số cấp ủy viên"),
    "choices": unread("Quy chế làm việc của cấp ủy", "Biểu quyết công khai hoặc bỏ phiếu kín"),
    "elections": unread("Quy chế bầu cử trong Đảng", "Bỏ phiếu kín; bầu trong danh sách, số người theo số lượng được bầu"),
    "notice": unread("Quy chế làm việc của cấp ủy", "Kết luận (KL) hoặc thông báo (TB), Văn phòng Đảng ủy gửi"),
    "minutes": unread("HD 36-HD/VPTW (2018), mẫu biên bản", "Người ghi biên bản và người chủ trì hội nghị cùng ký"),
    "substitutes": chosen("Cấp ủy viên không cử người dự thay"),
    "summons": chosen("Giấy mời theo thể thức văn bản của Đảng"),
}


def _kind(code: str, name: str, rhythm: str, values: Values, **sources: Source) -> DefaultType:
    invitation = unread("Quy chế làm việc của cấp ủy", f"{rhythm}; số ngày theo thông lệ")
    return DefaultType(code, name, INSTRUMENT, FIRST_DAY, values, {**_SOURCES, "invitation": invitation, **sources})


PARTY = (
    _kind("regular", "Hội nghị Ban Chấp hành", "Họp thường lệ mỗi quý", _PARTY),
    _kind(
        "standing",
        "Hội nghị Ban Thường vụ",
        "Họp thường lệ mỗi tháng",
        replace(_PARTY, papers_due_days=2, invite_days=2, voters="invited"),
        voters=unread("Quy chế làm việc của cấp ủy", "Tổng số là các ủy viên Ban Thường vụ: chỉ mời họ với quyền biểu quyết"),
    ),
    _kind(
        "briefing",
        "Giao ban Thường trực Đảng ủy",
        "Họp hằng tuần",
        replace(_PARTY, papers_due_days=1, invite_days=1, voters="invited"),
        voters=unread("Quy chế làm việc của cấp ủy", "Các đồng chí Thường trực Đảng ủy"),
    ),
    _kind(
        "cell",
        "Sinh hoạt chi bộ",
        "Họp hằng tháng",
        replace(_PARTY, papers_due_days=1, invite_days=2, voters="invited", quorum="1/2"),
        voters=unread("Điều lệ Đảng; quy chế của chi bộ", "Các đảng viên chính thức của chi bộ"),
        quorum=chosen("Quá nửa số đảng viên theo thông lệ"),
    ),
)
