"""Lists that go out can come in again: people with their roles and days, units with their places."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from meeting.database import database, reading
from meeting.errors import Refused
from meeting.organization import exporting
from meeting.organization.listed_roles import read_day
from meeting.organization.listing import Known, read_people, read_units
from meeting.organization.models import Account, ApiToken, Membership, Person, Unit
from meeting.organization.rows import read_rows
from tests.conftest import MORNING, Council

Do = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def _on_a_day_of_its_own(at: Any) -> None:
    at(MORNING)


KNOWN = Known(frozenset(), {"kinh_te": 1}, {"hdnd": 10, "ubnd": 20})
HEADING = ["Họ và tên", "Cơ quan", "Vai trò", "Từ ngày", "Đến ngày"]

DAYS = [("24/11/2026", date(2026, 11, 24)), ("2026-11-24", date(2026, 11, 24)), ("1.2.2026", date(2026, 2, 1))]


@pytest.mark.parametrize(("text", "day"), [*DAYS, ("31/02/2026", None), ("hôm nay", None), ("", None)])
def test_a_day_is_read_as_people_write_it(text: str, day: date | None):
    assert read_day(text) == day


TERMS = [
    (("HĐND", "Đại biểu", "", ""), [(10, "member", None, None)], []),
    (("HĐND; UBND", "Đại biểu", "01/01/2026", "-"), [(10, "member", "2026-01-01", None), (20, "member", "2026-01-01", None)], []),
    (
        ("HĐND; UBND", "Đại biểu, Chủ trì; Thư ký", "01/01/2026, 02/01/2026; 03/01/2026", "-, 04/01/2027; -"),
        [
            (10, "member", "2026-01-01", None),
            (10, "chair", "2026-01-02", "2027-01-04"),
            (20, "secretary", "2026-01-03", None),
        ],
        [],
    ),
    (("HĐND", "Đại biểu", "ngày mai", ""), [(10, "member", None, None)], ["row_role_day"]),
    (("HĐND", "Đại biểu", "01/01/2026, 02/01/2026", ""), [(10, "member", None, None)], ["row_role_days_count"]),
    (("HĐND", "Đại biểu", "02/01/2026", "01/01/2026"), [(10, "member", "2026-01-02", "2026-01-01")], ["row_role_days_order"]),
]


@pytest.mark.parametrize(("cells", "given", "problems"), TERMS)
def test_roles_and_their_days_stand_side_by_side(cells: Any, given: Any, problems: list[str]):
    people, told = read_people([HEADING, ["Lê Hoa", *cells]], KNOWN)

    found = [(each.body_id, each.role.value, _iso(each.starts_on), _iso(each.ends_on)) for each in people[0].given]
    assert (found, [each.code for each in told]) == (given, problems)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


UNIT_HEADING = ["Tên đơn vị", "Viết tắt", "Đơn vị cấp trên", "Cơ quan", "Thứ tự"]
UNITS = [
    ([["Tổ A", "A", "Phòng B", "", ""], ["Phòng B", "B", "", "UBND", "3"]], []),
    ([["Tổ A", "A", "Phòng lạ", "", ""]], [(2, "row_unit_above_unknown")]),
    ([["Tổ A", "A", "Tổ A", "", ""]], [(2, "row_unit_circle")]),
    ([["Tổ A", "A", "Tổ B", "", ""], ["Tổ B", "B", "A", "", ""]], [(2, "row_unit_circle"), (3, "row_unit_circle")]),
    ([["Tổ A", "A", "", "Hội lạ", "một"]], [(2, "row_body_unknown"), (2, "row_unit_rank")]),
]


@pytest.mark.parametrize(("rows", "problems"), UNITS)
def test_the_place_of_a_unit_is_checked_line_by_line(rows: Any, problems: Any):
    _, told = read_units([UNIT_HEADING, *rows], frozenset(), KNOWN.bodies)

    assert [(each.line, each.code) for each in told] == problems


def exported(council: Council, kind: str = "people") -> Any:
    with reading() as session:
        who = council.actor("admin")
        return exporting.people_table(session, who) if kind == "people" else exporting.units_table(session, who)


def end_some_roles(council: Council, do: Do) -> None:
    held = council.one(
        select(Membership.id).where(Membership.person_id == council.person("hoa"), Membership.body_id == council.body("UBND"))
    )
    do("admin", "organization.end_role", membership_id=held, ends_on="2026-12-31")
    do("admin", "organization.edit_profile", honorific="Bà", phone="+84 24 3872 1111")


@pytest.mark.parametrize("write", ["csv", "xlsx"])
def test_what_was_exported_changes_nothing_when_it_comes_in_again(council: Council, do: Do, write: str):
    end_some_roles(council, do)
    table = exported(council)
    content = exporting.as_csv(table) if write == "csv" else exporting.as_xlsx(table, "Người dùng")
    rows = read_rows(content, f"list.{write}")
    assert rows == table

    told = do("admin", "organization.import_people", rows=rows, update=True)
    assert (told["problems"], told["count"], told["known"]) == ([], 10, 10)
    do("admin", "organization.import_people", rows=rows, update=True, dry_run=False)

    assert exported(council) == table
    with pytest.raises(Refused, match="import_has_problems"):
        do("admin", "organization.import_people", rows=rows, dry_run=False)


def test_what_was_exported_builds_the_same_people_elsewhere(council: Council, do: Do):
    end_some_roles(council, do)
    table = exported(council)
    with Session(database().writing) as session:  # an office with the same bodies and units, and nobody but the administrator
        admin = council.person("admin")
        others = select(Account.id).where(Account.person_id != admin)
        session.execute(delete(Membership))
        session.execute(delete(ApiToken).where(ApiToken.account_id.in_(others)))
        session.execute(delete(Account).where(Account.person_id != admin))
        session.execute(delete(Person).where(Person.id != admin))
        session.commit()

    do("admin", "organization.import_people", rows=table, update=True, dry_run=False)

    assert exported(council) == table


def test_units_come_in_again_with_their_places(council: Council, do: Do):
    office, body = council.unit("van_phong"), council.body("UBND")
    do("admin", "organization.add_unit", name="Tổ A", short_name="A", parent_id=office, body_id=body, rank=4)
    table = exported(council, "units")
    do("admin", "organization.move_unit", unit_id=council.one(select(Unit.id).where(Unit.name == "Tổ A")), parent_id=None)

    told = do("admin", "organization.import_people", rows=table, update=True, dry_run=False)

    assert (told["kind"], told["count"], told["known"]) == ("units", 4, 4)
    assert exported(council, "units") == table
    assert council.one(select(func.count(Unit.id))) == 4


def test_no_cell_becomes_a_formula(council: Council, do: Do, client: Any):
    do("admin", "organization.edit_person", person_id=council.person("hoa"), full_name='=HYPERLINK("x") Hoa', position="@cmd")

    content = client("admin").get("/people/export.xlsx").data
    cells = [cell.value for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows() for cell in row]
    text = client("admin").get("/people/export.csv").get_data(as_text=True)

    assert '\'=HYPERLINK("x") Hoa' in cells
    assert "'@cmd" in cells
    assert "'@cmd" in text
    assert ";@cmd" not in text
    assert read_rows(content, "x.xlsx") == exported(council)


@pytest.mark.parametrize("path", ["/people/export.csv", "/units/export.csv", "/people/export.xlsx"])
def test_lists_go_out_to_administrators_only(client: Any, path: str):
    assert client("admin").get(path).status_code == 200
    for stranger in ("hoa", "minh", "lan"):
        assert client(stranger).get(path).status_code == 403
    assert client("admin").get(path.rpartition(".")[0] + ".pdf").status_code == 404
