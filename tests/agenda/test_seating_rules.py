"""Seating as values: changes at once, nobody shares a seat, and the order in which the machine gives seats."""

import pytest

from meeting.agenda.seating_rules import Change, Invited, applied, arranged, carried, check_open, in_order
from meeting.catalogues.rules import rank_of
from meeting.catalogues.shapes import drawn
from meeting.errors import Refused

LABELS = {"A1", "A2", "A3"}
NAMES = {1: "Lan", 2: "Hoa", 3: "Tuấn"}
POSITIONS = ["Bí thư Đảng ủy", "Chủ tịch HĐND", "Chủ tịch UBND", "Phó Chủ tịch UBND", "Trưởng phòng"]


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ([Change("A3", 3)], {"A1": 1, "A2": 2, "A3": 3}),
        ([Change("A1", None)], {"A2": 2}),
        ([Change("A1", 2, was=1), Change("A2", 1, was=2)], {"A1": 2, "A2": 1}),
        ([Change("A1", None), Change("A3", 1)], {"A2": 2, "A3": 1}),
        ([Change("A1", 3, was=1)], {"A1": 3, "A2": 2}),
        ([Change("A1", 1)], {"A1": 1, "A2": 2}),
        ([Change("A3", None, was=0)], {"A1": 1, "A2": 2}),
    ],
)
def test_changes_are_made_at_once(changes: list[Change], after: dict[str, int]):
    assert applied(LABELS, {"A1": 1, "A2": 2}, changes, NAMES) == after


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([Change("B9", 3)], "seat_unknown"),
        ([Change("A1", 3)], "seat_taken"),
        ([Change("A3", 1)], "person_seated"),
        ([Change("A3", 3), Change("A3", None)], "seat_named_twice"),
        ([Change("A3", 9)], "seating_not_invited"),
        ([Change("A1", 3, was=2)], "seat_changed"),
        ([Change("A1", None, was=0)], "seat_changed"),
        ([Change("A3", 3, was=2)], "seat_changed"),
        ([Change("A1", 3, was=1), Change("A2", 3, was=2)], "person_seated"),
    ],
)
def test_two_people_never_share_a_seat_and_nobody_has_two(changes: list[Change], code: str):
    with pytest.raises(Refused) as refused:
        applied(LABELS, {"A1": 1, "A2": 2}, changes, NAMES)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("words", "rank"),
    [
        ("Chủ tịch UBND", 2),
        ("Phó Chủ tịch UBND phường", 3),
        ("Bí thư Đảng ủy, Chủ tịch HĐND", 0),
        ("Ủy viên, Trưởng phòng Kinh tế", 4),
        ("chu tich hđnd kiêm Trưởng phòng", 1),
        ("Chủ tịch UBNDX", 5),
        ("Chuyên viên", 5),
        ("", 5),
    ],
)
def test_an_office_in_free_words_has_the_rank_of_the_catalogue(words: str, rank: int):
    assert rank_of(words, POSITIONS) == rank


CHAIR = Invited(1, "Vũ Thị Mai Lan", "Chủ tịch HĐND", True, chairs=True)
BINH = Invited(2, "Lê Bình", "Chủ tịch UBND", True)
AN = Invited(3, "Trần An", "Đại biểu", True)
CHAU = Invited(4, "An Châu", "Đại biểu", True)
MINH = Invited(5, "Tạ Quang Minh", "Chánh Văn phòng", False, keeps_minutes=True)
KHACH = Invited(6, "Mạc Thị Khách", "", False)
AWAY = Invited(7, "Lý Vắng", "Bí thư Đảng ủy", True, absent=True)
ALL = [KHACH, CHAU, AN, MINH, BINH, CHAIR, AWAY]


def test_rank_comes_before_the_given_name_and_guests_come_last():
    assert [each.id for each in in_order(ALL, POSITIONS)] == [1, 7, 2, 3, 4, 5, 6]


def test_the_chair_sits_in_front_the_guests_apart_and_the_absent_nowhere():
    plan = drawn("hall", rows=2, seats=4, heads=1, aisle=False)

    assert arranged(plan, ALL, POSITIONS, {}) == {"CT1": 1, "A2": 2, "A1": 3, "A3": 4, "A4": 5, "B4": 6}


def test_who_sits_already_may_keep_the_seat():
    plan = drawn("hall", rows=2, seats=4, heads=1, aisle=False)

    kept = arranged(plan, ALL, POSITIONS, {"A2": 6})

    assert kept == {"A2": 6, "CT1": 1, "A1": 2, "A3": 3, "A4": 4, "B2": 5}


def test_when_seats_run_out_the_last_get_none():
    plan = drawn("long", rows=1, seats=1, heads=1, aisle=False)

    assert arranged(plan, ALL, POSITIONS, {}) == {"CT1": 1, "A1": 2, "B1": 3}


def test_another_plan_keeps_the_labels_it_still_has():
    plan = drawn("hall", rows=1, seats=2, heads=1, aisle=False)

    assert carried(plan, {"A1": 1, "C7": 2}) == {"A1": 1}


def test_after_the_meeting_seats_stay_as_they_were():
    check_open("in_session")
    with pytest.raises(Refused, match="seating_over"):
        check_open("held")
