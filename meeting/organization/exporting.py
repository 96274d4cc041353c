"""Lists to take away: people, units and the sign-in journal, as CSV or XLSX. What was exported can be imported again."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.organization import queries, sign_in_queries
from meeting.organization.listed_roles import NO_DAY, ROLE_NAMES
from meeting.organization.models import Membership, Unit
from meeting.organization.names import folded
from meeting.permissions import Action, Actor, Role
from meeting.web.spreadsheets import harmless

Table = list[list[str]]
PEOPLE = [
    "Họ và tên",
    "Tên đăng nhập",
    "Xưng hô",
    "Chức vụ",
    "Đơn vị",
    "Thư điện tử",
    "Điện thoại",
    "Cơ quan",
    "Vai trò",
    "Từ ngày",
    "Đến ngày",
]
UNITS = ["Tên đơn vị", "Viết tắt", "Đơn vị cấp trên", "Cơ quan", "Thứ tự"]
SIGN_INS = ["Thời điểm", "Tên đăng nhập", "Họ và tên", "Địa chỉ", "Cách đăng nhập", "Kết quả"]
WAY_NAMES = {
    "password": "Mật khẩu",
    "second_step": "Xác thực bước hai",
    "tablet": "Máy tính bảng đã ghép",
    "openid": "Đăng nhập một lần",
    "demo": "Tài khoản trình diễn",
}
FORMATS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def people_table(session: Session, actor: Actor, words: str = "", body: int | None = None, unit: int | None = None) -> Table:
    """The people one administers, in order of names, with the roles that hold today or will hold.

    Retired people are left out. The roles of a person stand side by side: bodies parted by semicolons, the roles of one body
    by commas, the days in the same order; a dash is no last day.
    """
    rows = [row for row in queries.people(session, actor, words, body, unit) if row.person.retired_on is None]
    held = _held(session)
    table = [PEOPLE]
    for row in rows:
        one = row.person
        name = row.account.username if row.account else ""
        on_file = [one.full_name, name, one.honorific, one.position, one.unit.name if one.unit else "", one.email, one.phone]
        table.append([*on_file, *roles_cells(held.get(one.id, []))])
    return table


def _held(session: Session) -> dict[int, list[tuple[str, str, date, date | None]]]:
    names = {body.id: body.short_name for body in queries.bodies(session)}
    lasting = or_(Membership.ends_on.is_(None), Membership.ends_on >= clock.today())
    found: dict[int, list[tuple[str, str, date, date | None]]] = {}
    for row in session.scalars(
        select(Membership).where(lasting).order_by(Membership.body_id, Membership.starts_on, Membership.id)
    ):
        if row.body_id in names:
            one = (names[row.body_id], ROLE_NAMES[Role(row.role)], row.starts_on, row.ends_on)
            found.setdefault(row.person_id, []).append(one)
    return found


def roles_cells(held: Sequence[tuple[str, str, date, date | None]]) -> list[str]:
    """Body, role, first and last day as four cells: (body, role, first, last) of one body stand together."""
    bodies = list(dict.fromkeys(body for body, *_ in held))
    groups = [[one for one in held if one[0] == body] for body in bodies]
    return [
        "; ".join(bodies),
        "; ".join(", ".join(one[1] for one in group) for group in groups),
        "; ".join(", ".join(_day(one[2]) for one in group) for group in groups),
        "; ".join(", ".join(_day(one[3]) for one in group) for group in groups),
    ]


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else NO_DAY


def units_table(session: Session, actor: Actor) -> Table:
    """The working units with their places, those above before those below. For who administers people."""
    queries.demand(session, actor, Action.MANAGE_PEOPLE)
    bodies = {body.id: body.short_name for body in queries.every_body(session)}
    working = {unit.id: unit for unit in queries.units(session)}
    table = [UNITS]
    for unit in sorted(working.values(), key=lambda unit: (unit.rank, folded(unit.name))):
        above: Unit | None = working.get(unit.parent_id or 0)
        body = bodies.get(unit.body_id or 0, "")
        table.append([unit.name, unit.short_name, above.name if above else "", body, str(unit.rank)])
    return table


def sign_ins_table(session: Session, actor: Actor, wanted: sign_in_queries.Wanted) -> Table:
    """The lines of the sign-in journal asked for, the newest first."""
    lines = sign_in_queries.sign_ins(session, actor, wanted, sign_in_queries.MOST_EXPORTED)
    table = [SIGN_INS]
    for line in lines:
        at = clock.local(line.row.at).strftime("%d/%m/%Y %H:%M:%S")
        person = line.person.full_name if line.person else ""
        way = WAY_NAMES.get(line.row.way, line.row.way)
        table.append([at, line.row.username, person, line.row.address, way, "Vào được" if line.row.succeeded else "Bị từ chối"])
    return table


def as_csv(table: Table) -> bytes:
    """As Excel opens it: a byte order mark, semicolons; nothing is taken for a formula."""
    kept = io.StringIO()
    csv.writer(kept, delimiter=";", lineterminator="\r\n").writerows([[harmless(cell) for cell in row] for row in table])
    return f"\ufeff{kept.getvalue()}".encode()


def as_xlsx(table: Table, title: str) -> bytes:
    """One sheet, its heading in bold and kept in sight; nothing is taken for a formula."""
    book = Workbook()
    sheet = book.create_sheet(title[:31], 0)
    book.remove(book.worksheets[1])
    for row in table:
        sheet.append([harmless(cell) for cell in row])
    for number, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = 24
    sheet.freeze_panes = "A2"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
