"""Acts that take whole lists of people and units: first dry, then all or nothing."""

from typing import Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization import queries, service
from meeting.organization.columns import Problem
from meeting.organization.listing import is_unit_list, read_people, read_units
from meeting.organization.models import Account, Person, Unit
from meeting.organization.rows import MOST_ROWS, Rows, read_rows
from meeting.permissions import Action


class ImportList(ActInput):
    """The cells of a list, its heading first, as `rows.read_rows` gives them."""

    rows: list[list[str]] = Field(default=[], max_length=MOST_ROWS + 1)
    csv: str = ""  # instead of rows: the text of a CSV file
    dry_run: bool = True

    @property
    def cells(self) -> Rows:
        """The rows, whichever way they came. Refused: `unreadable_table`."""
        return read_rows(self.csv.encode(), "list.csv") if self.csv else self.rows


@act("organization.import_people", Action.MANAGE_PEOPLE)
def import_people(tx: Tx, wanted: ImportList) -> dict[str, Any]:
    """Adds everybody of a list with accounts (no passwords yet) and roles from today on; a list of units adds units.

    A dry run only tells the problems, line by line: `{kind, count, problems: [{line, field, code, facts}]}`. The real run is
    all or nothing: refused as `import_has_problems` with the same list. Recorded: PEOPLE_IMPORTED once, with the numbers.
    """
    tx.require(Action.MANAGE_PEOPLE)
    rows = wanted.cells
    if is_unit_list(rows):
        return _import_units(tx, rows, wanted.dry_run)
    people, problems = read_people(rows, queries.known(tx.reading))
    if wanted.dry_run:
        return _told(tx, "people", len(people), problems)
    _demand_none(problems)
    for one in people:
        person = tx.add(
            Person(
                full_name=one.full_name,
                honorific=one.honorific,
                position=one.position,
                unit_id=one.unit_id,
                email=one.email,
                phone=one.phone,
            )
        )
        tx.add(Account(person_id=person.id, username=one.username, created_at=tx.now))
        service.grant(tx, person.id, one.roles)
    tx.record(Event.PEOPLE_IMPORTED, None, people=len(people), usernames=[one.username for one in people])
    return {"kind": "people", "count": len(people), "problems": []}


def _import_units(tx: Tx, rows: Rows, dry_run: bool) -> dict[str, Any]:
    units, problems = read_units(rows, queries.unit_names(tx.reading))
    if dry_run:
        return _told(tx, "units", len(units), problems)
    _demand_none(problems)
    for one in units:
        tx.add(Unit(name=one.name, short_name=one.short_name))
    tx.record(Event.PEOPLE_IMPORTED, None, units=[one.name for one in units])
    return {"kind": "units", "count": len(units), "problems": []}


def _told(tx: Tx, kind: str, count: int, problems: list[Problem]) -> dict[str, Any]:
    tx.nothing_to_record("a dry run changes nothing")
    return {"kind": kind, "count": count, "problems": _plain(problems)}


def _demand_none(problems: list[Problem]) -> None:
    if problems:
        raise Refused("import_has_problems", count=len(problems), problems=_plain(problems))


def _plain(problems: list[Problem]) -> list[dict[str, Any]]:
    return [problem.as_value() for problem in problems]
