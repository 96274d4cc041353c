"""The kinds of meetings a body starts with, each with its rules and their source. Bodies may change theirs.

`verified` tells whether the primary text was read for every number of the row.
"""

from dataclasses import dataclass
from datetime import date

FIRST_DAY = date(2025, 7, 1)  # the two-level local government began
NQ_104 = "NQ 104/2025/UBTVQH15, Quy chế làm việc mẫu của HĐND cấp xã"
ND_315 = "NĐ 315/2025/NĐ-CP, Quy chế làm việc mẫu của UBND cấp xã"
PARTY_RULES = "Quy chế làm việc của cấp ủy (theo thông lệ, cần đối chiếu quy chế của đơn vị)"


@dataclass(frozen=True)
class DefaultType:
    """One type of meeting: notice of papers and invitation, quorum, majority, conclusion notice, times to speak."""

    code: str
    name: str
    papers_due_days: int
    invite_days: int
    instrument: str
    papers_due_unit: str = "working"
    invite_unit: str = "working"
    quorum: str = "2/3"
    majority: str = "more_than_half"
    tie: str = "none"
    choices: str = "for against"
    notice_required: bool = True
    notice_days: int = 3
    notice_unit: str = "calendar"
    signer: str = "chair"
    speech_seconds: int = 420
    verified: bool = True


COUNCIL = (
    DefaultType(
        "regular",
        "Kỳ họp thường lệ",
        15,
        20,
        f"{NQ_104}: Điều 6 (triệu tập trước 20 ngày), Điều 12.1 (tài liệu trước 15 ngày); phiếu theo mẫu kèm theo",
        papers_due_unit="calendar",
        invite_unit="calendar",
        choices="for against abstain",
        notice_required=False,
    ),
    DefaultType(
        "special",
        "Kỳ họp chuyên đề",
        5,
        7,
        f"{NQ_104}: Điều 4.2; số ngày gửi tài liệu và triệu tập theo thông lệ, cần đối chiếu",
        papers_due_unit="calendar",
        invite_unit="calendar",
        choices="for against abstain",
        notice_required=False,
        verified=False,
    ),
    DefaultType(
        "preparatory",
        "Phiên họp chuẩn bị kỳ họp",
        3,
        3,
        f"{NQ_104}: Điều 5; số ngày theo thông lệ, cần đối chiếu",
        choices="for against abstain",
        verified=False,
    ),
)

COMMITTEE = (
    DefaultType(
        "regular",
        "Phiên họp thường kỳ",
        3,
        2,
        f"{ND_315}: Điều 23.3b (Văn phòng trình Chủ tịch trước 3 ngày làm việc), Điều 23.3d (gửi thành viên trước 2 ngày), "
        "Điều 24.4 (hai phần ba), Điều 25.5 (quá nửa tổng số; ngang nhau theo ý kiến Chủ tịch), Điều 25.7b (thông báo kết luận)",
        tie="chair_side",
        signer="chief",
    ),
    DefaultType(
        "thematic",
        "Phiên họp chuyên đề",
        3,
        2,
        f"{ND_315}: Điều 22, 23.3, 24.4, 25",
        tie="chair_side",
        signer="chief",
    ),
    DefaultType(
        "urgent",
        "Phiên họp đột xuất",
        0,
        0,
        f"{ND_315}: Điều 23.3d (không áp dụng thời hạn gửi trước với phiên họp đột xuất), Điều 24.4, 25",
        tie="chair_side",
        signer="chief",
    ),
    DefaultType(
        "briefing",
        "Họp giao ban",
        1,
        1,
        f"{ND_315}: Điều 26, 29.10 (thông báo kết luận nếu có); thời hạn gửi theo thông lệ, cần đối chiếu",
        quorum="1/2",
        notice_required=False,
        signer="chief",
        verified=False,
    ),
    DefaultType(
        "work",
        "Họp giải quyết công việc",
        2,
        2,
        f"{ND_315}: Điều 26, 28, 29.10; thời hạn gửi theo thông lệ, cần đối chiếu",
        quorum="1/2",
        notice_required=False,
        signer="chief",
        verified=False,
    ),
)

PARTY = (
    DefaultType(
        "regular",
        "Hội nghị Ban Chấp hành",
        3,
        3,
        PARTY_RULES,
        choices="for against abstain",
        notice_required=False,
        verified=False,
    ),
    DefaultType(
        "standing",
        "Hội nghị Ban Thường vụ",
        2,
        2,
        PARTY_RULES,
        choices="for against abstain",
        notice_required=False,
        verified=False,
    ),
    DefaultType(
        "briefing",
        "Giao ban Thường trực Đảng ủy",
        1,
        1,
        PARTY_RULES,
        quorum="1/2",
        notice_required=False,
        verified=False,
    ),
)

BY_KIND = {"council": COUNCIL, "committee": COMMITTEE, "party": PARTY}
