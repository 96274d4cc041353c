"""What a chair's sentence says about a task, and what it does not say."""

from datetime import date

import pytest

from meeting.conclusions.cues import Cue, read_cue

UNITS = {
    1: ("Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng KT, HT và ĐT"),
    2: ("Công an phường", "Công an"),
    3: ("Phòng Văn hóa - Xã hội", "Phòng VH-XH"),
    4: ("Văn phòng HĐND và UBND", "Văn phòng"),
}


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        (
            "Giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì, phối hợp với Công an phường và Phòng Văn hóa - Xã hội "
            "tháo gỡ mặt bằng ngõ 115; hoàn thành trước ngày 15/12/2026.",
            Cue((1,), (2, 3), date(2026, 12, 15)),
        ),
        (
            "Giao Công an phường chủ trì ra quân, hoàn thành trước ngày 20 tháng 12 năm 2026.",
            Cue((2,), (), date(2026, 12, 20)),
        ),
        ("Giao Phòng Văn hóa – Xã hội chủ trì, xong trong tháng 12/2026.", Cue((3,), (), date(2026, 12, 31))),
        ("GIAO CONG AN PHUONG chủ trì, xong trong tháng 02/2027.", Cue((2,), (), date(2027, 2, 28))),
        ("Giao Văn phòng theo dõi, đôn đốc việc thực hiện.", Cue((4,), (), None)),
        ("Giao Công an chủ trì, hoàn thành trước ngày 20/12.", Cue((2,), (), None)),  # no year: not a date
        ("Giao Công an chủ trì, hoàn thành trước ngày 31/02/2027.", Cue((2,), (), None)),  # no such day
        ("Ghi nhận kết quả giải ngân đạt 71% kế hoạch.", Cue()),
        ("Giao Phòng Quản lý chợ chủ trì, báo cáo trước ngày 01/12/2026.", Cue((), (), date(2026, 12, 1))),
    ],
)
def test_lead_cooperation_and_date_are_read_as_they_are_said(text: str, cue: Cue) -> None:
    assert read_cue(text, UNITS) == cue


def test_a_missing_date_is_asked() -> None:
    assert read_cue("Giao Văn phòng chủ trì rà soát.", UNITS).missing == ("due",)


def test_two_leads_are_both_shown_so_that_one_is_chosen() -> None:
    cue = read_cue("Giao Công an phường và Văn phòng chủ trì rà soát trước ngày 01/12/2026.", UNITS)

    assert cue.leads == (2, 4)
    assert cue.missing == ("lead",)


def test_a_unit_named_twice_leads_and_does_not_cooperate() -> None:
    cue = read_cue("Giao Công an phường chủ trì, phối hợp với Công an phường, Văn phòng rà soát.", UNITS)

    assert (cue.leads, cue.cooperating) == ((2,), (4,))
