"""Which items are one matter, which may be linked, which titles look alike: tables of cases."""

from datetime import UTC, datetime, timedelta

import pytest

from meeting.agenda.thread_rules import Edge, Titles, check_link, check_meetings, earlier_than, is_ceremony, matter_of
from meeting.errors import Refused

CHAIN: list[Edge] = [(2, 1), (3, 2), (4, 3)]
BRANCH: list[Edge] = [(2, 1), (3, 1), (4, 1)]
MERGE: list[Edge] = [*BRANCH, (5, 2), (5, 3), (5, 4)]
DAY = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("edges", "item", "matter", "before"),
    [
        ([], 1, {1}, set()),
        (CHAIN, 1, {1, 2, 3, 4}, set()),
        (CHAIN, 3, {1, 2, 3, 4}, {1, 2}),
        (BRANCH, 2, {1, 2, 3, 4}, {1}),
        (MERGE, 5, {1, 2, 3, 4, 5}, {1, 2, 3, 4}),
        (MERGE, 3, {1, 2, 3, 4, 5}, {1}),
        ([*CHAIN, (8, 7)], 7, {7, 8}, set()),
        ([(1, 2), (2, 1)], 1, {1, 2}, {1, 2}),  # a circle cannot be made; read, it ends all the same
    ],
)
def test_what_hangs_together(edges: list[Edge], item: int, matter: set[int], before: set[int]) -> None:
    assert matter_of(edges, item) == matter
    assert earlier_than(edges, item) == before


@pytest.mark.parametrize(
    ("edges", "item", "earlier", "code"),
    [
        ([], 2, 1, ""),
        ([], 1, 1, "link_itself"),
        (CHAIN, 2, 2, "link_itself"),
        (CHAIN, 2, 1, "link_exists"),
        (CHAIN, 4, 1, "link_exists"),  # it follows from the others
        (CHAIN, 1, 2, "link_circular"),
        (CHAIN, 1, 4, "link_circular"),
        (BRANCH, 3, 2, ""),  # two branches come together
        (BRANCH, 5, 2, ""),
        (MERGE, 1, 5, "link_circular"),
        (MERGE, 5, 1, "link_exists"),
        ([*CHAIN, (8, 7)], 7, 4, ""),  # two matters become one
    ],
)
def test_which_links_can_be_made(edges: list[Edge], item: int, earlier: int, code: str) -> None:
    if not code:
        check_link(edges, item, earlier)
        return
    with pytest.raises(Refused) as refused:
        check_link(edges, item, earlier)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("meeting", "other", "days", "code"),
    [(1, 2, -1, ""), (1, 2, 0, ""), (1, 2, 1, "link_not_earlier"), (1, 1, 0, "link_same_meeting")],
)
def test_the_other_meeting_comes_before(meeting: int, other: int, days: int, code: str) -> None:
    if not code:
        check_meetings(meeting, DAY, other, DAY + timedelta(days=days))
        return
    with pytest.raises(Refused) as refused:
        check_meetings(meeting, DAY, other, DAY + timedelta(days=days))
    assert refused.value.code == code


TITLES = {
    1: "Báo cáo tình hình kinh tế – xã hội tháng 10",
    2: "Tờ trình về dự toán ngân sách phường năm 2027",
    3: "Báo cáo công tác cải cách hành chính quý III",
    4: "Phương án chỉnh trang vỉa hè đường Ngô Gia Tự",
    5: "Tờ trình về kế hoạch đầu tư công năm 2027",
    6: "Thông qua biên bản phiên họp trước",
}


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Báo cáo tình hình kinh tế - xã hội tháng 11", [1]),
        ("Thảo luận dự toán ngân sách phường năm 2027", [2]),
        ("THAO LUAN DU TOAN NGAN SACH PHUONG NAM 2027", [2]),
        ("Tiếp tục xem xét chỉnh trang vỉa hè đường Ngô Gia Tự", [4]),
        ("Báo cáo công tác phòng, chống dịch bệnh", []),
        ("Kiện toàn Ban Chỉ đạo chuyển đổi số", []),
        ("Ngân sách", []),
        ("", []),
    ],
)
def test_which_titles_look_alike(title: str, found: list[int]) -> None:
    assert Titles(TITLES).alike(title) == found


def test_a_short_title_is_alike_only_to_the_same() -> None:
    assert Titles({1: "Ngân sách", 2: "Dự toán ngân sách"}).alike("Ngân sách") == [1]


def test_what_is_left_out_and_how_many() -> None:
    titles = Titles({key: f"Dự toán ngân sách năm 2027, lần {key}" for key in range(1, 9)})

    assert titles.alike("Dự toán ngân sách năm 2027", most=2) == [8, 7]
    assert titles.alike("Dự toán ngân sách năm 2027", but={8, 6}, most=2) == [7, 5]


@pytest.mark.parametrize(
    ("kind", "title", "ceremony"),
    [
        ("opening", "Mở đầu", True),
        ("matter", "Khai mạc phiên họp", True),
        ("matter", "Bế mạc", True),
        ("closing", "Kết thúc", True),
        ("matter", "Kết luận", True),
        ("matter", "Kết luận thanh tra số 12", False),
        ("matter", "Ngân sách", False),
        ("report", "Kế hoạch lễ khai mạc hội khỏe", False),
    ],
)
def test_ceremony_is_no_matter(kind: str, title: str, ceremony: bool) -> None:
    assert is_ceremony(kind, title) is ceremony
