"""Lists of people and units: each kind of wrong line is told with its line."""

import io
from typing import Any

import pytest
from openpyxl import Workbook

from meeting.errors import Refused
from meeting.organization.columns import Problem
from meeting.organization.listing import Known, NewUnit, is_unit_list, read_people, read_units
from meeting.organization.rows import read_rows
from meeting.permissions import Role

KNOWN = Known(
    frozenset({"lan"}),
    {"kinh_te": 1, "phong kinh te": 1, "van phong": 2},
    {"hdnd": 10, "hoi dong nhan dan": 10, "ubnd": 20},
)
HEADING = "Họ và tên,Tên đăng nhập,Xưng hô,Chức vụ,Đơn vị,Thư điện tử,Điện thoại,Cơ quan,Vai trò"


def problems_of(*lines: str) -> list[tuple[int, str, dict[str, Any]]]:
    _, problems = read_people(read_rows("\n".join([HEADING, *lines]).encode(), "list.csv"), KNOWN)
    return [(problem.line, problem.code, problem.facts) for problem in problems]


def test_a_good_line_becomes_a_person() -> None:
    line = "Phan Thị Hoa,hoa,Bà,Ủy viên,Phòng Kinh tế,hoa@giangbien.gov.vn,024 3872 1111,HĐND; UBND,Đại biểu"

    people, problems = read_people(read_rows(f"{HEADING}\n{line}".encode(), "list.csv"), KNOWN)

    assert problems == []
    (hoa,) = people
    assert (hoa.full_name, hoa.username, hoa.honorific, hoa.unit_id) == ("Phan Thị Hoa", "hoa", "Bà", 1)
    assert hoa.roles == [(10, Role.MEMBER), (20, Role.MEMBER)]


@pytest.mark.parametrize(
    ("line", "code", "facts"),
    [
        (",x1,,,,,,,", "row_name_missing", {}),
        ("Hoa,x1,,,,,,,", "row_name_short", {"value": "Hoa"}),
        ('"Lan;Vũ Mai",x1,,,,,,,', "row_name_short", {"value": "Lan;Vũ Mai"}),
        ("Lê Hoa,Lê,,,,,,,", "row_username_form", {"value": "lê"}),
        ("Lê Hoa,lan,,,,,,,", "row_username_taken", {"value": "lan"}),
        ("Lê Hoa,x1,Mr,,,,,,", "row_honorific", {"value": "Mr"}),
        ("Lê Hoa,x1,,,Phòng Lạ,,,,", "row_unit_unknown", {"value": "Phòng Lạ"}),
        ("Lê Hoa,x1,,,,hoa(at)vn,,,", "row_email", {"value": "hoa(at)vn"}),
        ("Lê Hoa,x1,,,,,số máy,,", "row_phone", {"value": "số máy"}),
        ("Lê Hoa,x1,,,,,,Hội lạ,Đại biểu", "row_body_unknown", {"value": "Hội lạ"}),
        ("Lê Hoa,x1,,,,,,HĐND,Vua", "row_role_unknown", {"value": "Vua"}),
        ("Lê Hoa,x1,,,,,,HĐND,", "row_role_missing", {"value": "HĐND"}),
        ("Lê Hoa,x1,,,,,,,Đại biểu", "row_body_missing", {"value": "Đại biểu"}),
        ("Lê Hoa,x1,,,,,,,,thừa", "row_too_wide", {}),
        ("Lê Hoa,x1,,,,,,HĐND;UBND;HĐND,Đại biểu;Thư ký", "row_role_missing", {"value": "HĐND"}),
    ],
)
def test_each_kind_of_wrong_line_is_told(line: str, code: str, facts: dict[str, Any]) -> None:
    assert problems_of("Cao Tốt,tot,,,,,,,", line) == [(3, code, facts)]


def test_a_user_name_given_twice_names_the_first_line() -> None:
    assert problems_of("Lê Hoa,hoa,,,,,,,", "", "Vũ Hoa,HOA,,,,,,,") == [(4, "row_username_twice", {"value": "hoa", "first": 2})]


def test_all_problems_of_a_line_are_told_at_once() -> None:
    told = problems_of("Hoa,Lê,,,Phòng Lạ,x,,,")

    assert [code for _, code, _ in told] == ["row_name_short", "row_username_form", "row_email", "row_unit_unknown"]


def test_a_missing_user_name_is_made_and_made_unique() -> None:
    rows = read_rows(b"full name,username\nL\xc3\xaa Lan,\nL\xc3\xaa Lan,lan.l2\nL\xc3\xbd Lan,\n", "list.csv")

    people, problems = read_people(rows, Known(frozenset({"lan.l"}), {}, {}))

    assert problems == []
    assert [person.username for person in people] == ["lan.l3", "lan.l2", "lan.l4"]


def test_a_list_without_names_says_which_column_is_missing() -> None:
    _, problems = read_people([["Tên đăng nhập"], ["lan"]], KNOWN)

    assert problems == [Problem(1, "full_name", "row_column_missing", {"heading": "Họ và tên"})]


def test_a_heading_alone_is_told() -> None:
    assert problems_of() == [(1, "row_empty", {})]


def test_decomposed_letters_byte_order_mark_and_semicolons_are_read() -> None:
    text = "\ufeffHọ tên;Đơn vị\r\nVu\u0303 Thi\u0323 Lan;Pho\u0300ng Kinh te\u0302\u0301\r\n"

    people, problems = read_people(read_rows(text.encode(), "list.csv"), KNOWN)

    assert problems == []
    assert (people[0].full_name, people[0].unit_id) == ("Vũ Thị Lan", 1)


def test_older_excel_writes_utf_16_with_tabs() -> None:
    assert read_rows("Họ tên\tĐơn vị\nLê Hoa\tUBND\n".encode("utf-16"), "x.txt") == [["Họ tên", "Đơn vị"], ["Lê Hoa", "UBND"]]


def test_a_workbook_is_read_from_its_first_sheet() -> None:
    book = Workbook()
    book.active.append(["Họ tên", "Điện thoại"])
    book.active.append(["Lê Hoa", 2438721111.0])
    kept = io.BytesIO()
    book.save(kept)

    assert read_rows(kept.getvalue(), "list.xlsx") == [["Họ tên", "Điện thoại"], ["Lê Hoa", "2438721111"]]


@pytest.mark.parametrize(
    "content", [b"\xd0\xcf\x11\xe0 old word", b"PK\x03\x04 broken", b"", b"a\0b", "Họ tên".encode("cp1258", "ignore") + b"\xf0"]
)
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="unreadable_table"):
        read_rows(content, "list.csv")


def test_units_are_read_and_repeats_are_told() -> None:
    rows = [["Tên đơn vị", "Viết tắt"], ["Văn phòng", "VP"], ["Phòng Văn hóa", "VP"], ["Phòng Kinh tế", "KT"]]

    units, problems = read_units(rows, frozenset({"phong kinh te"}))

    assert is_unit_list(rows)
    assert units[0] == NewUnit(2, "Văn phòng", "VP")
    assert problems == [
        Problem(3, "name", "row_unit_twice", {"value": "VP", "first": 2}),
        Problem(4, "name", "row_unit_exists", {"value": "Phòng Kinh tế"}),
    ]
