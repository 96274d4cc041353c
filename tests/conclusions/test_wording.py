"""The words the system proposes for official papers, and the text of minutes from the course of a meeting."""

from datetime import UTC, date, datetime

import pytest

from meeting.conclusions.course import (
    Attendance,
    Course,
    Matter,
    Note,
    Statement,
    Vote,
    attendance_lines,
    check_signable,
    minutes_text,
)
from meeting.conclusions.minutes_rules import minutes_lines
from meeting.conclusions.minutes_sheets import minutes_block
from meeting.conclusions.wording import (
    abstract_of,
    broken_abstract,
    ended,
    minutes_and_seconds,
    minutes_title,
    opening_of,
    recipient_lines,
    recipients_of,
    task_sentence,
)
from meeting.documents.phrases import office_in
from meeting.errors import Refused

NINE = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("position", "body", "office"),
    [
        ("Bí thư Đảng ủy, Chủ tịch HĐND", "HĐND", "Chủ tịch HĐND"),
        ("Bí thư Đảng ủy, Chủ tịch HĐND", "Đảng ủy", "Bí thư Đảng ủy"),
        ("Chánh Văn phòng", "UBND", "Chánh Văn phòng"),
        ("", "UBND", ""),
    ],
)
def test_a_paper_names_the_office_held_in_its_body(position: str, body: str, office: str) -> None:
    assert office_in(position, body) == office


def test_the_opening_names_day_place_meeting_and_chair() -> None:
    said = opening_of(
        "Ủy ban nhân dân phường",
        date(2026, 2, 5),
        "Phòng họp 1",
        "Phiên họp thường kỳ",
        "ông Hùng",
        "Chủ tịch UBND phường",
    )

    assert said == (
        "Ngày 05 tháng 02 năm 2026, tại Phòng họp 1, Ủy ban nhân dân phường tổ chức phiên họp thường kỳ do ông Hùng, "
        "Chủ tịch UBND phường chủ trì. Sau khi nghe báo cáo và ý kiến thảo luận của các đại biểu dự họp, "
        "Chủ tịch UBND phường kết luận như sau:"
    )


def test_the_party_writes_its_own_abstract() -> None:
    assert abstract_of("Bí thư Đảng ủy", True, "Hội nghị") == "kết luận của đồng chí Bí thư Đảng ủy tại hội nghị"


def test_a_long_abstract_is_broken_before_the_meeting() -> None:
    long = "Kết luận của Chủ tịch Ủy ban nhân dân phường tại phiên họp tháng 11"

    assert broken_abstract(long) == ["Kết luận của Chủ tịch Ủy ban nhân dân phường", "tại phiên họp tháng 11"]
    assert broken_abstract("Kết luận tại phiên họp") == ["Kết luận tại phiên họp"]


@pytest.mark.parametrize(
    ("text", "helpers", "leader", "due", "product", "sentence"),
    [
        (
            "Tháo gỡ mặt bằng ngõ 115.",
            ["Công an phường", "Văn phòng"],
            "ông Hùng",
            date(2026, 12, 5),
            "Báo cáo",
            "Tháo gỡ mặt bằng ngõ 115. Giao Phòng A chủ trì, phối hợp với Công an phường và Văn phòng; "
            "ông Hùng phụ trách chỉ đạo; sản phẩm: Báo cáo; hoàn thành trước ngày 05 tháng 12 năm 2026.",
        ),
        ("Rà soát", [], "", None, "", "Rà soát. Giao Phòng A chủ trì thực hiện."),
        ("Giao Phòng A chủ trì rà soát.", [], "", None, "", "Giao Phòng A chủ trì rà soát."),
    ],
)
def test_a_task_is_printed_with_who_with_whom_and_when(
    text: str, helpers: list[str], leader: str, due: date | None, product: str, sentence: str
) -> None:
    assert task_sentence(text, "Phòng A", helpers, leader, due, product) == sentence


def test_a_lead_unit_that_the_text_names_is_not_named_again() -> None:
    due = date(2026, 11, 20)

    said = task_sentence("Giao Phòng A kiểm tra vỉa hè.", "Phòng A", ["Phòng B"], "", due, "")

    assert said == "Giao Phòng A kiểm tra vỉa hè; phối hợp với Phòng B; hoàn thành trước ngày 20 tháng 11 năm 2026."
    assert task_sentence("Giao Phòng A kiểm tra.", "Phòng A", [], "", None, "") == "Giao Phòng A kiểm tra."


@pytest.mark.parametrize(
    ("text", "helpers", "due", "sentence"),
    [
        (
            "Phòng A tham mưu văn bản trước 30/11; tổng hợp.",
            [],
            date(2026, 11, 30),
            "Phòng A tham mưu văn bản trước 30/11; tổng hợp.",
        ),
        ("Phòng A chủ trì, phối hợp với Phòng B rà soát.", ["Phòng B"], None, "Phòng A chủ trì, phối hợp với Phòng B rà soát."),
        ("Phòng A phối hợp với Phòng B rà soát.", ["Phòng B"], None, "Phòng A phối hợp với Phòng B rà soát."),
        (
            "Giao Phòng A chủ trì rà soát.",
            [],
            date(2026, 12, 5),
            "Giao Phòng A chủ trì rà soát; hoàn thành trước ngày 05 tháng 12 năm 2026.",
        ),
        ("Giao Phòng A chủ trì, xong trong tháng 12.", [], date(2026, 12, 31), "Giao Phòng A chủ trì, xong trong tháng 12."),
        (
            "Phòng A hoàn thành hồ sơ thửa 12/3.",
            [],
            date(2026, 12, 31),
            "Phòng A hoàn thành hồ sơ thửa 12/3; hoàn thành trước ngày 31 tháng 12 năm 2026.",
        ),
        ("Giao Phòng A chủ trì, báo cáo hằng tháng.", [], date(2026, 12, 31), "Giao Phòng A chủ trì, báo cáo hằng tháng."),
    ],
)
def test_what_the_text_says_itself_is_not_said_twice(text: str, helpers: list[str], due: date | None, sentence: str) -> None:
    assert task_sentence(text, "Phòng A", helpers, "", due, "") == sentence


@pytest.mark.parametrize(("seconds", "said"), [(290, "4 phút 50 giây"), (45, "45 giây"), (120, "2 phút"), (0, "0 giây")])
def test_speaking_time_is_said_in_minutes_and_seconds(seconds: int, said: str) -> None:
    assert minutes_and_seconds(seconds) == said


def test_the_course_is_told_in_order_of_time_with_one_open_place_a_matter() -> None:
    vote = Vote(NINE, "Dự toán", False, [("Tán thành", 9), ("Không tán thành", 1)], 9, 12, True, "Được thông qua.")
    secret = Vote(NINE, "Nhân sự", True, [("Tán thành", 12)], 12, 12, True, "Được thông qua.")
    matter = Matter(
        1,
        "Dự toán ngân sách",
        presenter="Ông Lực",
        started_at=NINE,
        ended_at=NINE.replace(minute=40),
        votes=[vote, secret],
        statements=[Statement(NINE.replace(minute=5), "Bà Hoa", "Nhất trí", None)],
    )
    who = Attendance(["Bà Hoa, Ủy viên"], [("Ông Tuấn, Ủy viên", "đi công tác")], ["Bà Khách"], total=12, need=8)

    text = minutes_text(Course(who, [matter, Matter(2, "Việc kín", outside=True)]))

    assert text.splitlines() == [
        "I. THÀNH PHẦN THAM DỰ",
        "1. Có mặt: 1/12 thành viên, gồm: Bà Hoa, Ủy viên.",
        "2. Vắng mặt: 1 thành viên: Ông Tuấn, Ủy viên (đi công tác).",
        "3. Khách mời: Bà Khách.",
        "Cuộc họp không đủ điều kiện tiến hành (cần ít nhất 8/12 thành viên).",
        "",
        "II. DIỄN BIẾN",
        "",
        "1. Dự toán ngân sách (09 giờ 00 đến 09 giờ 40)",
        "Ông Lực trình bày.",
        "- 09 giờ 00, biểu quyết về “Dự toán”: tán thành 9 và không tán thành 1. Được thông qua.",
        "- 09 giờ 00, bỏ phiếu kín về “Nhân sự”: tán thành 12. Được thông qua.",
        "- Bà Hoa có ý kiến: Nhất trí",
        "Kết luận của chủ tọa: […]",
        "",
        "2. Việc kín (thực hiện ngoài hệ thống)",
    ]


def test_minutes_with_open_places_are_not_signed() -> None:
    check_signable("Đã ghi đủ")
    with pytest.raises(Refused) as refusal:
        check_signable("Kết luận: […] và […]")

    assert (refusal.value.code, refusal.value.facts) == ("minutes_open_places", {"places": 2})


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("I. THÀNH PHẦN THAM DỰ", "heading"),
        ("2. Dự toán ngân sách (09 giờ 00)", "heading"),
        ("1. Có mặt: 3/3 thành viên.", "p"),
        ("- 08 giờ 05, ông Lực phát biểu.", "p"),
    ],
)
def test_headings_of_the_minutes_are_known_by_their_number(line: str, kind: str) -> None:
    assert minutes_block(line)["kind"] == kind


@pytest.mark.parametrize(
    ("body", "name", "decides", "among", "last"),
    [
        ("council", "HĐND phường", True, "Các vị đại biểu HĐND phường;", "Lưu: VT."),
        ("council", "HĐND phường", False, "Các vị đại biểu HĐND phường;", "Lưu: VT."),
        ("committee", "UBND", True, "Các thành viên UBND;", "Lưu: VT."),
        ("committee", "UBND", False, "Ban Thường vụ Đảng ủy, Thường trực HĐND (để báo cáo);", "Lưu: VT."),
        ("party", "Đảng ủy", True, "Các đồng chí cấp ủy viên,", "Lưu Văn phòng."),
        ("party", "Đảng ủy", False, "Các đồng chí dự họp,", "Lưu Văn phòng."),
    ],
)
def test_the_recipients_proposed_are_those_of_the_body(body: str, name: str, decides: bool, among: str, last: str) -> None:
    lines = recipients_of(body, name, decides)

    assert among in lines
    assert lines[-1] == last
    assert recipient_lines("\n".join(lines), body == "party") == lines
    assert body != "council" or not any("thành viên" in line for line in lines)


@pytest.mark.parametrize(
    ("typed", "party", "lines"),
    [
        ("Như trên;\nLưu: VT, VP.", False, ["Như trên;", "Lưu: VT, VP."]),
        ("- Như trên\n– UBND phường (b/c)\n\nLưu: VT", False, ["Như trên;", "UBND phường (b/c);", "Lưu: VT."]),
        ("Các chi bộ\nLưu Văn phòng;", True, ["Các chi bộ,", "Lưu Văn phòng."]),
        ("  \n", False, []),
    ],
)
def test_recipients_are_listed_as_the_form_has_them(typed: str, party: bool, lines: list[str]) -> None:
    assert recipient_lines(typed, party) == lines


@pytest.mark.parametrize(
    ("text", "printed"),
    [("Biết, thực hiện./.", "Biết, thực hiện./."), ("Biết, thực hiện.", "Biết, thực hiện./."), ("Thực hiện", "Thực hiện./.")],
)
def test_a_paper_of_the_state_says_where_it_ends(text: str, printed: str) -> None:
    assert ended(text) == printed


def test_a_meeting_where_nobody_votes_names_who_was_there() -> None:
    assert attendance_lines(Attendance(guests=["Ông Hùng", "Bà Châu"])) == ["1. Thành phần dự họp: Ông Hùng; Bà Châu."]
    assert attendance_lines(Attendance()) == ["1. Thành phần dự họp: không ghi nhận."]


def test_a_group_sitting_has_minutes_of_its_own_kind() -> None:
    assert minutes_title("group") == "BIÊN BẢN THẢO LUẬN TỔ"
    assert minutes_title("") == "BIÊN BẢN"
    assert minutes_lines("both", "council", "group", "TM. CHỦ TỌA ĐOÀN") == ["TỔ TRƯỞNG"]


def test_what_happened_to_the_meeting_is_told_at_its_moment_and_the_secretary_writes_on() -> None:
    matter = Matter(
        3,
        "Dự toán",
        started_at=NINE,
        ended_at=NINE.replace(minute=40),
        notes=[Note(NINE.replace(minute=20), "cuộc họp tạm nghỉ")],
        statements=[
            Statement(NINE.replace(minute=5), "Bà Hoa", "vốn", 60),
            Statement(NINE.replace(minute=30), "Ông Lực", "", 30),
        ],
        written="Nhất trí cao.\nKết luận: Thông qua.\nGiao Phòng Kinh tế hoàn thiện.",
        present=9,
    )
    who = Attendance(
        ["A"] * 10,
        total=12,
        need=8,
        late=[("Ông Bình", NINE)],
        left=[("Bà Yến", NINE.replace(minute=35))],
        substitutes=["Bà Vui"],
    )

    lines = minutes_text(Course(who, [matter], written="Phiên họp truyền hình trực tiếp.", day=NINE.date())).splitlines()

    assert "Đến sau khi khai mạc: Ông Bình (09 giờ 00)." in lines
    assert "Rời họp trước khi kết thúc: Bà Yến (09 giờ 35)." in lines
    assert lines[lines.index("II. DIỄN BIẾN") + 1 :] == [
        "Phiên họp truyền hình trực tiếp.",
        "",
        "3. Dự toán (09 giờ 00 đến 09 giờ 40; có mặt 9/12 thành viên)",
        "- 09 giờ 05, Bà Hoa phát biểu (1 phút): vốn",
        "- 09 giờ 20, cuộc họp tạm nghỉ.",
        "- 09 giờ 30, Ông Lực phát biểu (30 giây).",
        "Nhất trí cao.",
        "Kết luận: Thông qua.",
        "Giao Phòng Kinh tế hoàn thiện.",
    ]


def test_what_happened_on_another_day_is_told_with_its_day() -> None:
    later = NINE.replace(day=NINE.day + 1)
    course = Course(Attendance(), notes=[Note(later, "cuộc họp tiếp tục")], day=NINE.date())

    assert f"- 09 giờ 00 ngày {later:%d/%m/%Y}, cuộc họp tiếp tục." in minutes_text(course).splitlines()
