"""Where rounds end: who answered how stays with those who read by name, also in a unit of one; who left answers no more."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Item
from meeting.database import reading
from meeting.errors import Refused
from meeting.organization.models import Membership
from meeting.permissions import Role
from meeting.rounds import sheets
from meeting.rounds.models import OpinionRound
from tests.conftest import MORNING, Council
from tests.rounds.conftest import Office


@pytest.fixture(autouse=True)
def morning(at: Any) -> None:
    """Monday 23 November, 8:00."""
    at(MORNING)


def heads(book: bytes) -> dict[str, list[Any]]:
    found = load_workbook(io.BytesIO(book))
    return {sheet.title: [cell.value for cell in sheet[1]] for sheet in found.worksheets}


def test_units_and_days_tell_options_only_to_those_who_read_by_name(
    office: Office, api: Callable[[str], Any], client: Callable[[str], Any]
) -> None:
    number = office.closed()

    by_name, plain = (api(who).get(f"/rounds/{number}")[1]["result"] for who in ("minh", "hoa"))
    assert by_name["by_unit"][0]["counts"].keys() == {"for", "against", "other"}
    assert all("counts" not in row for row in (*plain["by_unit"], *plain["by_day"]))
    assert plain["counts"] == by_name["counts"]

    table, short = (heads(client(who).get(f"/rounds/{number}.xlsx").data) for who in ("minh", "hoa"))
    assert len(table["Theo đơn vị"]) == 6
    assert short["Theo đơn vị"] == ["Đơn vị", "Được hỏi", "Trả lời"]
    assert short["Theo ngày"] == ["Ngày", "Trả lời", "Cộng dồn"]

    assert client("hoa").get(f"/rounds/{number}").status_code == 200
    assert client("minh").get(f"/rounds/{number}").status_code == 200


def test_the_printed_synthesis_for_all_tells_no_options_by_unit(office: Office) -> None:
    number = office.closed()
    with reading() as session, session.no_autoflush:
        row = session.scalars(select(OpinionRound).where(OpinionRound.id == number)).one()
        row.result = {**(row.result or {}), "by_unit": [*row.result["by_unit"], *row.result["by_unit"]]}  # type: ignore[index]
        tables = [
            next(block for block in sheets.synthesis(row, named=named)["blocks"] if block.get("head", [""])[0] == "Đơn vị")
            for named in (True, False)
        ]
    assert [len(table["head"]) for table in tables] == [6, 3]
    assert all(len(line) == 3 for line in tables[1]["rows"])


def test_who_left_the_body_meanwhile_answers_no_more(office: Office, council: Council) -> None:
    number = office.sent()
    seat = select(Membership.id).where(
        Membership.person_id == council.person("tuan"),
        Membership.body_id == council.body("UBND"),
        Membership.role == Role.MEMBER,
    )
    council.update(Membership, council.one(seat), ends_on=clock.today() - timedelta(days=1))

    with pytest.raises(Refused, match="round_left"):
        office.answer("tuan", number)
    scan = office.file("minh")
    with pytest.raises(Refused, match="round_left"):
        office.do("minh", "rounds.enter_slip", round_id=number, person_id=council.person("tuan"), choice="for", file_id=scan)
    assert office.row(number).total == 3  # the base is that of the day it was sent


def test_nothing_is_reported_on_an_item_outside_the_system(office: Office, council: Council) -> None:
    number = office.closed()
    office.do("hung", "rounds.decide", round_id=number, decision="approved")
    meeting = council.meeting("UBND")
    item = council.items(meeting)[0]
    council.update(Item, item, outside=True)

    with pytest.raises(Refused, match="round_item_outside"):
        office.do("minh", "rounds.report_to", round_id=number, to_meeting_id=meeting, item_id=item)
