"""Whether and where a stored text answers."""

import unicodedata
from datetime import date
from typing import Literal

import pytest

from meeting.search.language.matching import Degree, Match, match
from meeting.search.language.wanted import read

TODAY = date(2026, 11, 23)
HEAD = "Thông báo kết luận. 135/TB-UBND. Phiên họp thường kỳ. Ủy ban nhân dân phường. UBND. Ngày 20 tháng 6 năm 2026. 20/6/2026"


def found_in(typed: str, text: str, head: str = "") -> Match | None:
    return match(read(typed, TODAY), head, text)


def marks(typed: str, text: str, head: str = "") -> list[str]:
    found = found_in(typed, text, head)
    return [text[start:end] for start, end in found.spans] if found else []


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        # marks, capitals, đ, forms of letters, styles of tone
        ("via he", "Trật tự vỉa hè", "vỉa hè"),
        ("VỈA HÈ", "Trật tự vỉa hè", "vỉa hè"),
        ("dang uy", "Đảng ủy phường", "Đảng ủy"),
        ("Ðảng uỷ", "Đảng ủy phường", "Đảng ủy"),
        ("đảng ủy", "ÐẢNG UỶ phường", "ÐẢNG UỶ"),
        ("hiện đại hóa", "hiện đại hoá nền hành chính", "hiện đại hoá"),
        ("kĩ thuật", "kỹ thuật số", "kỹ thuật"),
        ("quí I", "báo cáo quý I", "quý I"),
        ("thủ tục", "thu\u0309 tu\u0323c", "thu\u0309 tu\u0323c"),
        ("hạ tầng", "đầu tư hạtầng giao thông", "hạtầng"),
        ("giao thông", "đầu tư hạtầng giao thông", "giao thông"),
        ("thành phố", "của thành phốđã ban hành", "thành phố"),
        ("đã ban hành", "của thành phốđã ban hành", "đã ban hành"),
        # numbers
        ("3697", "đạt 3.697/7.043 hồ sơ", "3.697"),
        ("3.697", "đạt 3697 hồ sơ", "3697"),
        ("99,83%", "đạt 99,83% kế hoạch", "99,83"),
        ("ISO 9001:2015", "theo tiêu chuẩn ISO 9001:2015.", "ISO 9001:2015"),
        ("phiên thứ 7", "phiên thứ 07", "phiên thứ 07"),
        # symbols in running text
        ("135/TB", "theo Thông báo số 135/TB-UBND ngày", "135/TB"),
        ("135/TB-UBND", "theo 135/TB – UBND", "135/TB – UBND"),
        ("135/TB-UBND", "theo 135 / TB_UBND", "135 / TB_UBND"),
        ("31-tb/du", "theo Thông báo 31-TB/ĐU", "31-TB/ĐU"),
        ("nghị định 61/2018", "theo 61/2018/NĐ-CP của", "61/2018/NĐ"),
        ("nghị định 61/2018", "theo Nghị định số 61/2018/NĐ-CP", "Nghị định số 61/2018/NĐ"),
        ("nghi dinh 61", "theo 61/2018/NĐ-CP của Chính phủ", "61|NĐ"),
        ("TB 135", "theo 135/TB-UBND", "135/TB"),
        ("số 135", "theo 135/TB-UBND", "135"),
        ("135", "theo 135/TB-UBND", "135"),
        # days
        ("7/11/2026", "ngày 07/11/2026", "07/11/2026"),
        ("07-11-2026", "ngày 7 tháng 11 năm 2026", "7 tháng 11 năm 2026"),
        ("ngày 7 tháng 11 năm 2026", "họp 7/11/2026", "7/11/2026"),
        ("7.11.2026", "họp 07/11/2026", "07/11/2026"),
        ("7/11", "họp ngày 7 tháng 11 năm 2026", "7 tháng 11"),
        ("tháng 6", "trong tháng 06/2026", "tháng 06"),
        ("tháng sáu", "trong tháng 6 năm 2026", "tháng 6"),
        ("tháng 6/2026", "ngày 15/6/2026", "6/2026"),
        ("tháng 6/2026", "ngày 15 tháng 6 năm 2026", "tháng 6 năm 2026"),
        ("quý 1 năm 2026", "thu ngân sách quý I/2026", "quý I/2026"),
        ("năm 2026", "dự toán 2026", "2026"),
        # abbreviations and words that mean the same
        ("UBND", "Ủy ban nhân dân phường", "Ủy ban nhân dân"),
        ("ubnd", "Uỷ ban nhân dân phường", "Uỷ ban nhân dân"),
        ("ủy ban nhân dân", "UBND phường", "UBND"),
        ("uy ban nhan dan phuong", "UBND phường", "UBND phường"),
        ("TN&TKQ", "Bộ phận Tiếp nhận và Trả kết quả", "Tiếp nhận và Trả kết quả"),
        ("cán bộ, công chức, viên chức", "đội ngũ CBCCVC", "CBCCVC"),
        ("TP. Thủ Dầu Một", "thành phố Thủ Dầu Một", "thành phố Thủ Dầu Một"),
        ("hòm thư góp ý", "mở hộp thư góp ý", "hộp thư góp ý"),
        ("phiên họp UBND", "cuộc họp Ủy ban nhân dân", "cuộc họp Ủy ban nhân dân"),
        ("họp trực tuyến", "họp truyền hình", "họp truyền hình"),
        ("chữ ký số", "cấp chứng thư số", "chứng thư số"),
    ],
)
def test_however_it_is_typed_or_written(typed: str, text: str, marked: str) -> None:
    assert "|".join(marks(typed, text)) == marked


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("135/TB-UBND", "theo 135/TB-VP"),
        ("135/TB-UBND", "theo 1135/TB-UBND"),
        ("35/TB", "theo 135/TB-UBND"),
        ("135/TB-UB", "theo 135/TB-UBND"),
        ("nghị định 61/2018", "theo 61/2017/NĐ-CP"),
        ("nghị định 61", "theo Nghị định số 15. Điều 61"),
        ("7/11/2026", "họp 17/11/2026"),
        ("7/11/2026", "họp 11/7/2026"),
        ("tháng 6", "sau 6 tháng"),
        ("99,83%", "từ 99 đến 83"),
        ("điểm danh", "các điểm; danh sách"),
        ("hop thu", "hợp. Thu"),
        ('"vỉa hè đường"', "vỉa hè, lòng đường"),
        ("đường lòng", "lòng đường"),
        ("thu tuc hanh chinh", "thu. tục. hành. chính"),
        ("xử lý điểm", "xử lý nghiêm việc xả thải tại nhiều nơi. Các điểm nóng"),
    ],
)
def test_what_is_merely_somewhere_is_no_answer(typed: str, text: str) -> None:
    assert found_in(typed, text) is None


@pytest.mark.parametrize(
    ("typed", "degree"),
    [
        ("trật tự vỉa hè", Degree.PHRASE),
        ("trật tự lòng đường", Degree.NEAR),
        ("duy trì của tổ công tác", Degree.NEAR),
        ("lòng đường duy trì", Degree.PARTS),
        ("kết luận tháng 6", Degree.PARTS),
        ("kết luận về vỉa hè", Degree.PARTS),
        ("ket luan ve via he", Degree.PARTS),
        ("UBND 2026 vỉa hè", Degree.PARTS),
        ("thường kỳ", Degree.PHRASE),
        ("thông báo UBND 2026", Degree.PARTS),
        ("kết luận vỉa phường", None),
    ],
)
def test_how_well_it_answers(typed: str, degree: Degree | None) -> None:
    text = "2. Trật tự vỉa hè, lòng đường. Duy trì tổ công tác liên ngành."

    found = found_in(typed, text, HEAD)

    assert (found and found.degree) == degree


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("hai một", False),
        ("một bốn năm sáu hai", True),
        ("một bốn năm sáu bảy hai", False),
        ("một bốn của các về tại năm sáu hai", True),  # small words are not counted
        ("một bốn không chưa kín hai", False),  # these are
        ("một bốn. Năm hai", False),
        ("một bốn;\nhai", False),
        ("một bốn\nhai", True),  # a line that merely runs on
        ("họp TP. Thủ một Q. hai", True),
    ],
)
def test_near_is_three_others_in_one_sentence(text: str, near: bool) -> None:
    found = found_in("một hai", text)

    assert (found is not None and found.degree == Degree.NEAR) == near


@pytest.mark.parametrize(
    ("typed", "text", "exact", "marked"),
    [
        ("họp", "phối hợp, hộp thư, họp", True, ["họp"]),
        ("hop", "phối hợp, hộp, họp", True, ["hợp", "hộp", "họp"]),
        ("họp", "phối hợp", False, ["hợp"]),
        ("hoá", "hóa", True, ["hóa"]),
        ("UBND", "ủy ban nhân dân", True, ["ủy ban nhân dân"]),
        ("vỉa hè", "vỉa hê và vỉa hè", True, ["vỉa hè"]),
        ("kết luan", "kết luận và kệt luân", False, ["kết luận", "kệt luân"]),
        ("điểm danh", "các điểm, đánh giá", False, ["điểm, đánh"]),
        ("kết luạn", "kết luận", False, ["kết luận"]),
        ("hdnd phuong", "Hội đồng nhân dân phường", True, ["Hội đồng nhân dân phường"]),
        ("nghi dinh 61", "Nghị định số 61", True, ["Nghị định số 61"]),
    ],
)
def test_typed_with_marks_the_same_marks_come_first(typed: str, text: str, exact: bool, marked: list[str]) -> None:
    found = found_in(typed, text)

    assert found is not None
    assert found.exact == exact
    assert [text[start:end] for start, end in found.spans] == marked


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        ("vỉa hè -chợ", True),
        ("vỉa hè -lòng", False),
        ('vỉa hè -"lòng đường"', False),
        ('vỉa hè -"đường lòng"', True),
        ("vỉa hè -135/TB-UBND", False),
        ("vỉa hè -135/TB", False),
        ("vỉa hè -136/TB-UBND", True),
        ("vỉa hè -UBND", False),
        ("vỉa hè -long", False),
        ("vỉa hè -lông", True),  # typed with marks: only what has the same
    ],
)
def test_what_is_left_out(typed: str, answers: bool) -> None:
    assert (found_in(typed, "Trật tự vỉa hè, lòng đường", HEAD) is not None) == answers


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_places_are_right_in_the_text_as_it_is(form: Literal["NFC", "NFD", "NFKD"]) -> None:
    text = unicodedata.normalize(form, "Biểu quyết; Ủy ban nhân dân xử lý hạtầng TP. Thủ Dầu Một, đạt 99,83% ngày 07/11/2026.")

    for typed in ("UBND", "hạ tầng", "tầng TP.", "thủ dầu một", "99,83%", "7/11/2026", "bieu quyet"):
        (mark,) = marks(typed, text)
        assert mark == unicodedata.normalize(form, unicodedata.normalize("NFC", mark))
        assert marks(typed, mark) == [mark]


def test_several_needs_must_all_be_met() -> None:
    text = "Chỉnh trang đô thị theo 61/2018/NĐ-CP; vỉa hè."

    assert marks('"chỉnh trang" 61/2018 vỉa hè', text) == ["Chỉnh trang", "61/2018", "vỉa hè"]
    assert found_in('"chỉnh trang" 62/2018 vỉa hè', text) is None
    assert found_in('"trang chỉnh" vỉa hè', text) is None


def test_all_ways_to_write_it_are_marked() -> None:
    assert marks("UBND", "UBND phường; Ủy ban nhân dân tỉnh") == ["UBND", "Ủy ban nhân dân"]
