"""What a chair's sentence says about a task, and what it does not say."""

import unicodedata
from datetime import date
from typing import Any

import pytest

from meeting.conclusions.cues import Cue, read_cue

UNITS = {
    1: ("Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng KT, HT và ĐT"),
    2: ("Công an phường", "Công an"),
    3: ("Phòng Văn hóa - Xã hội", "Phòng VH-XH"),
    4: ("Văn phòng HĐND và UBND", "Văn phòng"),
    5: ("Trung tâm Phục vụ hành chính công phường", "Trung tâm PVHCC"),
    6: ("Ủy ban Mặt trận Tổ quốc Việt Nam phường", "UB MTTQ"),
}
HELD = date(2026, 11, 24)
PEOPLE = {7: "Phan Thu Hà", 8: "Đỗ Mạnh Hùng"}

LED = [
    "Giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì rà soát",
    "Giao Phòng Kinh tế, Hạ tầng & Đô thị chủ trì rà soát",
    "Giao cho Phòng KT,HT&ĐT làm đầu mối",
    "Giao Phòng KTHTĐT chủ trì",
    "Giao Phòng Kinh tế chủ trì",
    "Giao P. Kinh tế tham mưu",
    "giao phong kinh te, ha tang va do thi chu tri",
    "GIAO PHÒNG KINH TẾ, HẠ TẦNG VÀ ĐÔ THỊ CHỦ TRÌ",
    "Giao Trưởng phòng Kinh tế chủ trì",
    "Giao đồng chí Trưởng Phòng Kinh tế chỉ đạo thực hiện",
    "Phân công Phòng Kinh tế tổng hợp",
    "Yêu cầu Phòng Kinh tế khẩn trương hoàn thiện hồ sơ",
    "a) Phòng Kinh tế chủ trì, tham mưu kế hoạch",
    "- Phòng Kinh tế có trách nhiệm niêm yết công khai",
    "Thống nhất chủ trương. Phòng Kinh tế chủ trì triển khai.",
    "Phòng Kinh tế báo cáo UBND phường trước ngày 30/11/2026",
    "Đề nghị Phòng Kinh tế báo cáo UBND phường chậm nhất ngày 30/11/2026",
]


@pytest.mark.parametrize("text", LED)
def test_the_lead_is_found_in_every_way_it_is_said(text: str) -> None:
    assert read_cue(text, UNITS, HELD).leads == (1,)


@pytest.mark.parametrize(
    "text",
    [
        "Ghi nhận kết quả giải ngân đạt 71% kế hoạch.",
        "Hội nghị giao ban tháng 12 của Phòng Kinh tế.",
        "Phòng Kinh tế báo cáo kết quả giải ngân đạt 71%.",
        "Đánh giá cao Công an phường đã hoàn thành tốt nhiệm vụ được giao.",
        "Bàn giao mặt bằng; trật tự an toàn giao thông được giữ vững.",
        "Đề nghị Công an phường tiếp tục phát huy.",
        "Phòng Tài chính quận chủ trì.",
    ],
)
def test_no_task_is_read_where_none_is_given(text: str) -> None:
    assert not read_cue(text, UNITS, HELD).is_task


@pytest.mark.parametrize(
    ("text", "helpers"),
    [
        ("Giao Phòng Kinh tế chủ trì, phối hợp với Công an phường và Phòng Văn hóa – Xã hội rà soát.", (2, 3)),
        ("Giao Phòng Kinh tế chủ trì, phối hợp Phòng VH-XH, Công an phường Giang Biên rà soát.", (3, 2)),
        ("Giao Phòng Kinh tế chủ trì, phối hợp chặt chẽ với UBMTTQ phường, các đơn vị liên quan và Công an.", (6, 2)),
        ("Giao Phòng Kinh tế chủ trì, cùng Văn phòng HĐND-UBND phối hợp thực hiện.", (4,)),
        ("Giao Phòng Kinh tế chủ trì, Công an phường, Văn phòng phối hợp thực hiện.", (2, 4)),
        ("Giao Phòng Kinh tế chủ trì, phối hợp với Phòng Kinh tế, Văn phòng rà soát.", (4,)),
        ("Giao Phòng Kinh tế chủ trì rà soát.", ()),
        ("Giao Phòng Kinh tế chủ trì, phối hợp với các đơn vị liên quan báo cáo Văn phòng.", ()),
    ],
)
def test_those_who_help_are_found(text: str, helpers: tuple[int, ...]) -> None:
    cue = read_cue(text, UNITS, HELD)

    assert (cue.leads, cue.cooperating) == ((1,), helpers)


@pytest.mark.parametrize(
    ("limit", "day"),
    [
        ("hoàn thành trước ngày 15/12/2026", date(2026, 12, 15)),
        ("xong trước 15.12.2026", date(2026, 12, 15)),
        ("trước ngày 15 tháng 12 năm 2026", date(2026, 12, 15)),
        ("trước 17 giờ ngày 15/12/2026", date(2026, 12, 15)),
        ("trước 17h00 ngày 15-12-2026", date(2026, 12, 15)),
        ("trước 17 giờ 30 phút, ngày 15/12/2026", date(2026, 12, 15)),
        ("chậm nhất ngày 05/01/2027", date(2027, 1, 5)),
        ("chậm nhất là đến ngày 05/01/2027", date(2027, 1, 5)),
        ("báo cáo UBND phường trước ngày 30/11/2026", date(2026, 11, 30)),
        ("thời hạn: 20/12/2026", date(2026, 12, 20)),
        ("trong tháng 12/2026", date(2026, 12, 31)),
        ("trong tháng 02 năm 2027", date(2027, 2, 28)),
        ("trước tháng 3/2027", date(2027, 2, 28)),
        ("trong quý I/2027", date(2027, 3, 31)),
        ("hết quý IV năm 2026", date(2026, 12, 31)),
        ("trong năm 2026", date(2026, 12, 31)),
        ("báo cáo trước ngày 30/11/2026, hoàn thành trước ngày 15/12/2026", date(2026, 12, 15)),
    ],
)
def test_a_whole_limit_is_a_date(limit: str, day: date) -> None:
    cue = read_cue(f"Giao Công an phường chủ trì ra quân, {limit}.", UNITS, HELD)

    assert (cue.due_on, cue.missing) == (day, ())


@pytest.mark.parametrize(
    ("limit", "said", "likely"),
    [
        ("báo cáo UBND phường trước ngày 30/11", "trước ngày 30/11", date(2026, 11, 30)),
        ("hoàn thành trước ngày 20/01", "trước ngày 20/01", date(2027, 1, 20)),
        ("chậm nhất ngày 15 tháng 12", "chậm nhất ngày 15 tháng 12", date(2026, 12, 15)),
        ("trong tháng 12", "trong tháng 12", date(2026, 12, 31)),
        ("trong quý I", "trong quý I", date(2027, 3, 31)),
        ("trước ngày 15/12/26", "trước ngày 15/12/26", date(2026, 12, 15)),
        ("trong tuần này", "trong tuần này", None),
        ("trong vòng 10 ngày làm việc", "trong vòng 10 ngày làm việc", None),
        ("trong tháng tới", "trong tháng tới", None),
    ],
)
def test_a_limit_that_is_no_whole_date_is_asked(limit: str, said: str, likely: date | None) -> None:
    cue = read_cue(f"Giao Công an phường chủ trì ra quân, {limit}.", UNITS, HELD)

    assert cue.due_on is None
    assert (cue.due_said, cue.likely_due, cue.missing) == (said, likely, ("due",))


@pytest.mark.parametrize(
    "text",
    [
        "Giao Công an chủ trì, hoàn thành trước ngày 31/02/2027.",  # no such day
        "Đến ngày 31/10/2026 đạt 71%. Giao Công an chủ trì rà soát.",  # how things stood
        "Căn cứ Công văn số 12/UBND ngày 01/12/2026, giao Công an chủ trì rà soát.",  # the date of a paper
        "Giao Công an chủ trì rà soát.",
    ],
)
def test_no_date_is_invented(text: str) -> None:
    cue = read_cue(text, UNITS, HELD)

    assert (cue.leads, cue.due_on, cue.likely_due, cue.missing) == ((2,), None, None, ("due",))


def test_two_days_are_both_shown_so_that_one_is_chosen() -> None:
    cue = read_cue("Giao Công an chủ trì, đợt 1 trước ngày 10/12/2026, đợt 2 trước ngày 20/12/2026.", UNITS, HELD)

    assert (cue.due_on, cue.dues, cue.missing) == (None, (date(2026, 12, 10), date(2026, 12, 20)), ("due",))


@pytest.mark.parametrize(
    "text",
    [
        "Giao Công an phường và Văn phòng chủ trì rà soát trước ngày 01/12/2026.",
        "Giao Công an phường rà soát; giao Văn phòng tổng hợp trước ngày 01/12/2026.",
    ],
)
def test_two_leads_are_both_shown_so_that_one_is_chosen(text: str) -> None:
    cue = read_cue(text, UNITS, HELD)

    assert (cue.leads, cue.missing) == ((2, 4), ("lead",))


def test_a_lead_that_is_not_on_file_is_named_as_it_was_said() -> None:
    cue = read_cue("Giao Phòng Quản lý chợ chủ trì, báo cáo trước ngày 01/12/2026.", UNITS, HELD)

    assert cue == Cue(due_on=date(2026, 12, 1), unknown="Phòng Quản lý chợ")
    assert cue.missing == ("lead",)


def test_leader_and_product_are_found() -> None:
    text = "Giao Văn phòng chủ trì; đồng chí Phan Thu Hà phụ trách; sản phẩm: Kế hoạch tuần; xong trước ngày 01/12/2026."
    cue = read_cue(text, UNITS, HELD, PEOPLE)

    assert (cue.leader, cue.product) == (7, "Kế hoạch tuần")


def test_a_short_form_of_two_units_is_nobodys() -> None:
    units = {1: ("Phòng Văn hóa - Xã hội",), 2: ("Phòng Văn hóa - Thông tin",)}

    assert read_cue("Giao Phòng Văn hóa chủ trì.", units, HELD).leads == ()
    assert read_cue("Giao Phòng Văn hóa và Thông tin chủ trì.", units, HELD).leads == (2,)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", ["Phòng Văn hoá - Xã hội", "Phòng Văn hóa – Xã hội", "Phòng Văn hóa, Xã hội"])
def test_old_tone_marks_and_taken_apart_letters_are_the_same(form: Any, name: str) -> None:
    text = unicodedata.normalize(form, f"Giao {name} chủ trì trước ngày 20/12.")
    cue = read_cue(text, UNITS, HELD)

    assert (cue.leads, cue.due_said) == ((3,), "trước ngày 20/12")
