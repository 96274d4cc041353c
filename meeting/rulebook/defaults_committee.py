"""Ủy ban nhân dân of a commune and its Chủ tịch's meetings: NĐ 315/2025/NĐ-CP, Quy chế làm việc mẫu, read whole."""

from dataclasses import replace
from datetime import date

from meeting.rulebook.default_type import DefaultType, chosen, read, unread
from meeting.rulebook.values import Values

ISSUED_ON = date(2025, 12, 8)
INSTRUMENT = "Nghị định 315/2025/NĐ-CP, Quy chế làm việc mẫu của UBND xã, phường, đặc khu (8/12/2025)"

_SESSION = Values(
    papers_due_days=5,
    invite_days=2,
    programme_days=3,
    tie="chair_side",
    signer="chief",
    minutes_signers="chief",
    substitutes="speaks",
)
_SESSION_SOURCES = {
    "invitation": read("Điều 23.3d", "Chương trình, thời gian, tài liệu đến thành viên trước ít nhất 2 ngày làm việc"),
    "papers": chosen("3 ngày làm việc trình Chủ tịch (Điều 23.3b) cộng 2 ngày làm việc kiểm tra hồ sơ (Điều 12.2)"),
    "programme": read("Điều 23.3b", "Văn phòng trình Chủ tịch nội dung, chương trình, tài liệu trước ít nhất 3 ngày làm việc"),
    "approver": chosen("Chủ tịch quyết định (Điều 23.3b); bước duyệt trong hệ thống bật ở đây khi cơ quan muốn"),
    "check": read("Điều 12.2", "Hồ sơ chưa đủ thì Văn phòng trả lại trong 2 ngày làm việc, nói rõ còn thiếu gì"),
    "quorum": read("Điều 24.4", "Ít nhất hai phần ba tổng số thành viên UBND"),
    "choices": read("Điều 25.3e, 25.5", "Chỉ tán thành hoặc không tán thành"),
    "majority": read("Điều 25.5", "Quá nửa tổng số thành viên UBND"),
    "tie": read("Điều 25.5", "Ngang nhau thì theo ý kiến của Chủ tịch"),
    "substitutes": read("Điều 24.3, 25.5a", "Chủ tọa đồng ý thì cử cấp phó dự thay; phát biểu, không biểu quyết"),
    "notice": unread("Điều 25.7b", "Phải ban hành sau mỗi phiên họp; không nêu số ngày, 3 ngày theo NĐ 314/2025, Điều 28"),
    "signer": read("Điều 25.7", "Chánh Văn phòng ký biên bản, ký thừa lệnh thông báo kết luận"),
    "minutes": read("Điều 25.7a", "Biên bản phiên họp phải có chữ ký xác nhận của Chánh Văn phòng"),
    "elections": chosen("UBND không bầu cử; nhân sự do HĐND bầu (NQ 104/2025/UBTVQH15, Điều 16.2)"),
    "voters": read("Điều 24.4, 25.5", "Tính trên tổng số thành viên UBND"),
}
_WORK = Values(
    papers_due_days=2,
    invite_days=2,
    voters="invited",
    quorum="0",
    tie="chair_side",
    notice_required=False,
    signer="chief",
    minutes_signers="chief",
    substitutes="speaks",
)
_WORK_SOURCES = {
    "invitation": chosen("Không nêu số ngày cho cuộc họp của Chủ tịch; cấp tỉnh là 3 (NĐ 314/2025/NĐ-CP, Điều 28)"),
    "papers": chosen("Số ngày theo thông lệ"),
    "check": _SESSION_SOURCES["check"],
    "quorum": chosen("Cuộc họp của Chủ tịch không quy định số người tối thiểu (Điều 26)"),
    "choices": chosen("Chủ tịch kết luận, thường không biểu quyết"),
    "majority": chosen("Chủ tịch kết luận, thường không biểu quyết"),
    "tie": chosen("Theo ý kiến của Chủ tịch"),
    "voters": chosen("Những người được mời với quyền biểu quyết"),
    "notice": read("Điều 29.10", "Thông báo kết luận nếu có; “Không ban hành kết luận” là kết thúc hợp lệ"),
    "signer": read("Điều 29", "Chánh Văn phòng ký thừa lệnh"),
    "minutes": chosen("Như phiên họp UBND (Điều 25.7a)"),
    "substitutes": chosen("Lãnh đạo đơn vị cử cấp phó khi chủ trì đồng ý, như Điều 24.3"),
}


def _work(code: str, name: str, article: str, days: int) -> DefaultType:
    invitation = replace(_WORK_SOURCES["invitation"], article=article)
    values = replace(_WORK, papers_due_days=days, invite_days=days)
    return DefaultType(code, name, INSTRUMENT, ISSUED_ON, values, {**_WORK_SOURCES, "invitation": invitation})


COMMITTEE = (
    DefaultType("regular", "Phiên họp thường kỳ", INSTRUMENT, ISSUED_ON, _SESSION, _SESSION_SOURCES),
    DefaultType("thematic", "Phiên họp chuyên đề", INSTRUMENT, ISSUED_ON, _SESSION, _SESSION_SOURCES),
    DefaultType(
        "urgent",
        "Phiên họp đột xuất",
        INSTRUMENT,
        ISSUED_ON,
        replace(_SESSION, papers_due_days=0, invite_days=0, programme_days=0, check_days=0),
        {
            **_SESSION_SOURCES,
            "invitation": read("Điều 23.3d", "Thời hạn gửi trước không áp dụng với phiên họp đột xuất"),
            "papers": read("Điều 23.3d", "Thời hạn gửi trước không áp dụng với phiên họp đột xuất"),
            "programme": chosen("Trình Chủ tịch ngay"),
            "check": chosen("Văn phòng kiểm tra ngay"),
        },
    ),
    _work("briefing", "Họp giao ban tuần", "Điều 26", 1),
    _work("work", "Họp giải quyết công việc", "Điều 26, 28", 2),
    _work("advisory", "Họp tham mưu, tư vấn", "Điều 26", 2),
    _work("training", "Hội nghị tập huấn, triển khai nhiệm vụ", "Điều 26", 3),
    _work("review", "Hội nghị sơ kết, tổng kết", "Điều 26", 3),
)
