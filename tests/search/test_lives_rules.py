"""What became of an item, its part of the minutes, the figures on top: tables of cases."""

from datetime import date

import pytest

from meeting.search.matters.life_rules import Fact, Summary, part_of_minutes, state_of, summary

TEXT = """I. THÀNH PHẦN THAM DỰ
1. Có mặt: 3/3 thành viên.

II. DIỄN BIẾN

1. Khai mạc (8 giờ 00 đến 8 giờ 05)
Ông Hùng khai mạc.

2. Dự toán ngân sách (8 giờ 05 đến 9 giờ 00)
- 8 giờ 10, bà Hoa phát biểu.
Kết luận của chủ tọa: giao hoàn thiện.

2.1. Dự toán ngân sách: phần thu (9 giờ 00)
Đã báo cáo.

III. KẾT THÚC
Cuộc họp kết thúc."""
HEADINGS = ["1. Khai mạc", "2. Dự toán ngân sách", "2.1. Dự toán ngân sách: phần thu", "3. Bế mạc"]


@pytest.mark.parametrize(
    ("item", "meeting", "outside", "state"),
    [
        ("planned", "draft", False, "planned"),
        ("planned", "issued", False, "planned"),
        ("planned", "in_session", False, "planned"),
        ("planned", "held", False, "not_reached"),
        ("planned", "archived", False, "not_reached"),
        ("planned", "cancelled", False, "called_off"),
        ("planned", "postponed", False, "meeting_postponed"),
        ("planned", "held", True, "outside"),
        ("current", "paused", False, "current"),
        ("done", "held", False, "done"),
        ("deferred", "held", False, "deferred"),
        ("deferred", "cancelled", False, "deferred"),
        ("withdrawn", "issued", True, "withdrawn"),
    ],
)
def test_what_became_of_an_item(item: str, meeting: str, outside: bool, state: str) -> None:
    assert state_of(item, meeting, outside) == state


@pytest.mark.parametrize(
    ("mine", "part"),
    [
        ("1. Khai mạc", "Ông Hùng khai mạc."),
        ("2. Dự toán ngân sách", "- 8 giờ 10, bà Hoa phát biểu.\nKết luận của chủ tọa: giao hoàn thiện."),
        ("2.1. Dự toán ngân sách: phần thu", "Đã báo cáo."),
        ("3. Bế mạc", ""),
        ("4. Việc khác", ""),
    ],
)
def test_the_part_of_the_minutes(mine: str, part: str) -> None:
    assert part_of_minutes(TEXT, HEADINGS, mine) == part


def test_of_titles_that_begin_alike_each_has_its_own_part() -> None:
    text = "1. Ngân sách năm 2027\nA\n1. Ngân sách\nB"

    assert part_of_minutes(text, ["1. Ngân sách", "1. Ngân sách năm 2027"], "1. Ngân sách") == "B"


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ([], Summary(None, 0, 0, 0, 0, 0, None)),
        (
            [
                Fact(date(2026, 10, 1), "done", False, 2),
                Fact(date(2026, 11, 1), "deferred", False),
                Fact(date(2026, 12, 9), "planned", True),
                Fact(date(2026, 12, 1), "planned", True),
            ],
            Summary(date(2026, 10, 1), 1, 2, 0, 0, 0, date(2026, 12, 1)),
        ),
        ([Fact(date(2026, 10, 1), "not_reached", False)], Summary(date(2026, 10, 1), 0, 0, 0, 0, 0, None)),
        ([Fact(date(2026, 12, 1), "withdrawn", True)], Summary(date(2026, 12, 1), 0, 0, 0, 0, 0, None)),
    ],
)
def test_the_figures_on_top(facts: list[Fact], wanted: Summary) -> None:
    assert summary(facts) == wanted
