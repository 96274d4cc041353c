"""Hội đồng nhân dân of a commune: NQ 104/2025/UBTVQH15, Quy chế làm việc mẫu, read whole; the Law 72/2025/QH15 was not."""

from dataclasses import replace
from datetime import date

from meeting.rulebook.default_type import DefaultType, Source, chosen, read, unread
from meeting.rulebook.values import Values

ISSUED_ON = date(2025, 9, 26)
INSTRUMENT = "Nghị quyết 104/2025/UBTVQH15, Quy chế làm việc mẫu của HĐND xã, phường, đặc khu (26/9/2025)"
THIRD_BOX = "for against abstain"

#: Điều 15: tờ trình, báo cáo thẩm tra, thảo luận, giải trình và tiếp thu, biểu quyết. What is owed on paper at each step.
SEQUENCE = (
    {
        "key": "submission",
        "what": "Tờ trình và dự thảo nghị quyết (hồ sơ gửi Ban để thẩm tra)",
        "days": 15,
        "unit": "calendar",
        "by": "unit",
    },
    {"key": "verification", "what": "Báo cáo thẩm tra của Ban", "days": 5, "unit": "working", "by": "committee"},
    {"key": "explanation", "what": "Báo cáo giải trình, tiếp thu sau thảo luận", "days": 0, "unit": "working", "by": "unit"},
    {"key": "resolution", "what": "Dự thảo nghị quyết trình biểu quyết", "days": 0, "unit": "working", "by": "unit"},
)

_VOTES = {
    "choices": read("Điều 16 và phụ lục, mẫu 2", "Tán thành, không tán thành, không biểu quyết; bầu cử theo mẫu 1"),
    "majority": unread("Luật 72/2025/QH15; Luật 77/2015/QH13, Điều 91.3", "Quá nửa tổng số; bãi nhiệm đại biểu: hai phần ba"),
    "quorum": unread("Luật 72/2025/QH15", "Hai phần ba tổng số đại biểu; chưa đọc được điều của luật mới"),
    "elections": read(
        "Điều 16.1e, 16.3b và phụ lục, mẫu 1",
        "Bỏ phiếu kín với từng người: tán thành, không tán thành; không thêm, gạch tên; cho thôi, từ chức, miễn nhiệm: công khai",
    ),
    "closed": read("Điều 13", "Họp công khai; phiên họp kín được ghi trong chương trình"),
}
_SESSION: dict[str, Source] = {
    **_VOTES,
    "summons": read("Điều 6", "Quyết định triệu tập kèm dự kiến chương trình"),
    "programme": read("Điều 6, 7", "Dự kiến chương trình đi cùng quyết định triệu tập; kỳ họp biểu quyết thông qua chương trình"),
    "sequence": read(
        "Điều 15, Điều 27", "Hồ sơ đến Ban trước 15 ngày; báo cáo thẩm tra trước 5 ngày làm việc; thảo luận; biểu quyết"
    ),
    "substitutes": chosen("Đại biểu không cử người thay; vắng mặt phải báo trước có lý do (Điều 9.1)"),
    "minutes": unread("Điều 15.6", "Phải lập biên bản và ký xác thực theo quy định; hai người ký theo mẫu 1.9, NĐ 30/2020/NĐ-CP"),
    "notice": read("Điều 18", "Kỳ họp ra nghị quyết, không ra thông báo kết luận"),
}
_REGULAR = Values(
    papers_due_days=15,
    papers_due_unit="calendar",
    invite_days=20,
    invite_unit="calendar",
    programme_days=20,
    programme_unit="calendar",
    summons="decision",
    sequence=SEQUENCE,
    choices=THIRD_BOX,
    notice_required=False,
)
_SHORT_NOTICE = replace(
    _REGULAR, papers_due_days=5, invite_days=7, programme_days=7, sequence=({**SEQUENCE[0], "days": 5}, *SEQUENCE[2:])
)
_SHORT_SOURCES = {
    **_SESSION,
    "invitation": unread("Điều 4.2, Điều 6", "Thời hạn 20 ngày là của kỳ họp thường lệ; 7 ngày theo thông lệ"),
    "papers": unread("Điều 12.1", "Thời hạn 15 ngày là của kỳ họp thường lệ; 5 ngày theo thông lệ"),
    "programme": unread("Điều 6", "7 ngày theo thông lệ"),
    "sequence": unread("Điều 15, Điều 27", "Rút gọn theo thông lệ: thời hạn thẩm tra không áp dụng được khi họp gấp"),
}
_MEETING = Values(papers_due_days=3, invite_days=3, choices=THIRD_BOX, head_approval="optional")

COUNCIL = (
    DefaultType(
        "regular",
        "Kỳ họp thường lệ",
        INSTRUMENT,
        ISSUED_ON,
        _REGULAR,
        {
            **_SESSION,
            "invitation": read("Điều 6", "Thường trực HĐND quyết định triệu tập chậm nhất 20 ngày trước ngày khai mạc"),
            "papers": read("Điều 12.1", "Tài liệu gửi đại biểu chậm nhất 15 ngày trước ngày khai mạc"),
        },
    ),
    DefaultType("special", "Kỳ họp chuyên đề hoặc phát sinh đột xuất", INSTRUMENT, ISSUED_ON, _SHORT_NOTICE, _SHORT_SOURCES),
    DefaultType(
        "first",
        "Kỳ họp thứ nhất",
        INSTRUMENT,
        ISSUED_ON,
        replace(_REGULAR, sequence=()),
        {
            **_SESSION,
            "invitation": unread("Điều 6", "Chậm nhất 45 ngày sau ngày bầu cử; 20 ngày lấy theo kỳ họp thường lệ"),
            "papers": unread("Điều 12.1", "15 ngày lấy theo kỳ họp thường lệ"),
            "sequence": chosen("Chủ yếu là công tác nhân sự (Điều 16)"),
        },
    ),
    DefaultType(
        "standing",
        "Phiên họp Thường trực HĐND",
        INSTRUMENT,
        ISSUED_ON,
        replace(_MEETING, voters="invited", tie="chair_side", programme_days=0),
        {
            "invitation": chosen("Họp hằng tháng (Điều 19); số ngày theo thông lệ"),
            "papers": chosen("Số ngày theo thông lệ"),
            "voters": read("Điều 19", "Tổng số là các thành viên Thường trực HĐND: chỉ mời họ với quyền biểu quyết"),
            "quorum": read("Điều 19", "Hai phần ba tổng số thành viên Thường trực"),
            "majority": read("Điều 19", "Quá nửa tổng số thành viên Thường trực"),
            "tie": read("Điều 19", "Ngang nhau thì theo bên có ý kiến của Chủ tịch HĐND"),
            "choices": _VOTES["choices"],
            "notice": unread("Điều 21", "Văn phòng và Ban dự thảo, chủ tọa ban hành; không nêu số ngày, 3 ngày theo cấp tỉnh"),
            "signer": read("Điều 21", "Chủ tọa ký; Phó Chủ tịch chủ tọa thì xin ý kiến Chủ tịch"),
        },
    ),
    DefaultType(
        "preparatory",
        "Hội nghị chuẩn bị kỳ họp",
        INSTRUMENT,
        ISSUED_ON,
        replace(_MEETING, voters="invited"),
        {
            "invitation": chosen("Hội nghị Thường trực HĐND, UBND, MTTQ (Điều 5); số ngày theo thông lệ"),
            "papers": chosen("Số ngày theo thông lệ"),
            "voters": chosen("Những người được mời với quyền biểu quyết"),
            "notice": unread("Điều 5", "Thông báo thời gian, nội dung, chương trình dự kiến; không nêu số ngày"),
        },
    ),
    DefaultType(
        "verification",
        "Họp Ban của HĐND (thẩm tra)",
        INSTRUMENT,
        ISSUED_ON,
        replace(_MEETING, papers_due_days=15, papers_due_unit="calendar", voters="invited", notice_required=False),
        {
            "invitation": chosen("Số ngày theo thông lệ"),
            "papers": unread("Điều 27", "Hồ sơ đến Ban chậm nhất 15 ngày trước ngày khai mạc kỳ họp; ở đây tính từ ngày họp Ban"),
            "voters": chosen("Các thành viên của Ban"),
        },
    ),
    DefaultType(
        "group",
        "Họp Tổ đại biểu (thảo luận tổ)",
        INSTRUMENT,
        ISSUED_ON,
        replace(_MEETING, voters="invited", quorum="0", notice_required=False),
        {
            "invitation": chosen("Số ngày theo thông lệ"),
            "papers": chosen("Số ngày theo thông lệ"),
            "voters": chosen("Các đại biểu của Tổ"),
            "quorum": chosen("Thảo luận tổ không biểu quyết; phải có biên bản (Điều 15)"),
        },
    ),
)
