"""Abbreviations of office life, both ways, and words that mean the same (the list of the notes on Vietnamese text)."""

import pytest

from meeting.search.language.abbreviations import same_name
from meeting.search.language.wanted import read

SHORT_AND_LONG = """
UBND ủy ban nhân dân
HĐND hội đồng nhân dân
TTHĐND thường trực hội đồng nhân dân
TTHC thủ tục hành chính
CNTT công nghệ thông tin
CCHC cải cách hành chính
TTĐT thông tin điện tử
TN&TKQ tiếp nhận và trả kết quả
CBCCVC cán bộ, công chức, viên chức
CB cán bộ
CC công chức
VC viên chức
KNTC khiếu nại, tố cáo
DVC dịch vụ công
DVCTT dịch vụ công trực tuyến
HTQLCL hệ thống quản lý chất lượng
TP. thành phố
MTTQ mặt trận tổ quốc
QLVB quản lý văn bản
BTV ban thường vụ
BCH ban chấp hành
TBKL thông báo kết luận
TB thông báo
KH kế hoạch
QĐ quyết định
NQ nghị quyết
BC báo cáo
TTr tờ trình
CV công văn
GM giấy mời
BB biên bản
QH quốc hội
ĐBQH đại biểu quốc hội
VPCP văn phòng chính phủ
BQL ban quản lý
GPMB giải phóng mặt bằng
ĐTC đầu tư công
NSNN ngân sách nhà nước
ATTT an toàn thông tin
PCCC phòng cháy, chữa cháy
ANTT an ninh trật tự
TDP tổ dân phố
KT-XH kinh tế - xã hội
QP-AN quốc phòng, an ninh
ĐU đảng ủy
""".strip().split("\n")


def ways(typed: str) -> list[str]:
    return [run.needle.strip() for run in read(typed).needs[0].alternatives]


@pytest.mark.parametrize("line", SHORT_AND_LONG)
def test_each_is_read_both_ways_and_as_typed_first(line: str) -> None:
    short, long = line.split(" ", 1)
    (folded_short, *_), (folded_long, *_) = ways(f'"{short}"'), ways(f'"{long}"')

    assert ways(short)[0] == folded_short
    assert folded_long in ways(short)
    assert ways(long)[0] == folded_long
    assert folded_short in ways(long)


@pytest.mark.parametrize("typed", ["hdnd", "HDND", "HĐND", "hđnd"])
def test_it_may_be_typed_without_marks_or_capitals(typed: str) -> None:
    assert ways(typed) == ["hdnd", "hoi dong nhan dan"]
    assert ways("hoi dong nhan dan") == ["hoi dong nhan dan", "hdnd"]


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("hộp thư", "hom thu"),
        ("hòm thư", "hop thu"),
        ("cuộc họp", "phien hop"),
        ("buổi họp", "cuoc hop"),
        ("phiên họp", "buoi hop"),
        ("họp trực tuyến", "hop truyen hinh"),
        ("họp truyền hình", "hop truc tuyen"),
        ("ký số", "chung thu so"),
        ("chữ ký số", "ki so"),
        ("chứng thư số", "chu ki so"),
    ],
)
def test_words_that_mean_the_same(typed: str, other: str) -> None:
    assert other in ways(typed)


@pytest.mark.parametrize(
    ("typed", "only"),
    [
        ("đu", ["du"]),  # a syllable; only ĐU is the Party committee
        ("hợp thư", ["hop thu"]),  # typed with other marks than hộp thư
        ('"UBND"', ["ubnd"]),  # as it stands
        ("cân bổ", ["can bo"]),
    ],
)
def test_what_means_something_else_stays(typed: str, only: list[str]) -> None:
    assert ways(typed) == only


def test_the_longest_is_meant() -> None:
    assert ways("ủy ban mặt trận tổ quốc")[1] == "ubmttq"
    assert "can bo" not in ways("CBCCVC")[1:]


def test_what_one_leaves_out_is_left_out_in_all_its_forms() -> None:
    (need,) = read("vỉa hè -UBND").left_out

    assert [run.needle.strip() for run in need.alternatives] == ["ubnd", "uy ban nhan dan"]


@pytest.mark.parametrize(
    ("typed", "name", "same"),
    [
        ("VP", "Văn phòng Đảng ủy", True),
        ("văn phòng", "VP", True),
        ("van phong", "Văn phòng HĐND và UBND", True),
        ("kinh te", "Phòng Kinh tế, Hạ tầng và Đô thị", True),
        ("UBND", "Ủy ban nhân dân phường", True),
        ("ủy ban nhân dân", "UBND", True),
        ("HĐND", "UBND", False),
        ("kinh", "Phòng Kinh tế", True),
        ("kinh tế số", "Phòng Kinh tế", False),
        ("", "Phòng Kinh tế", False),
    ],
)
def test_names_are_the_same_abbreviated_or_not(typed: str, name: str, same: bool) -> None:
    assert same_name(typed, name) == same
