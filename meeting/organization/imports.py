"""Acts that take whole lists of people and units: first dry, then all or nothing."""

from typing import Any

from pydantic import Field
from sqlalchemy import select

from meeting import clock
from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization import queries
from meeting.organization.columns import Problem
from meeting.organization.listing import NewPerson, NewUnit, is_unit_list, read_people, read_units
from meeting.organization.models import Account, Membership, Person, Unit
from meeting.organization.names import folded
from meeting.organization.roles import end_sessions, is_held
from meeting.organization.rows import MOST_ROWS, Rows, read_rows
from meeting.permissions import Action


class ImportList(ActInput):
    """The cells of a list, its heading first, as `rows.read_rows` gives them."""

    rows: list[list[str]] = Field(default=[], max_length=MOST_ROWS + 1)
    csv: str = ""  # instead of rows: the text of a CSV file
    dry_run: bool = True
    update: bool = False  # lines of people and units that are known already correct what is on file

    @property
    def cells(self) -> Rows:
        """The rows, whichever way they came. Refused: `unreadable_table`."""
        return read_rows(self.csv.encode(), "list.csv") if self.csv else self.rows


@act("organization.import_people", Action.MANAGE_PEOPLE)
def import_people(tx: Tx, wanted: ImportList) -> dict[str, Any]:
    """Adds everybody of a list with accounts (no passwords yet) and roles with their days; a list of units adds units.

    With `update` a known user name or unit is corrected: what is on file becomes what the list says, roles that it names are
    added, none are ended. A dry run only tells the problems, line by line: `{kind, count, known, problems: [{line, field, code,
    facts}]}`. The real run is all or nothing: refused as `import_has_problems` with the same list. Recorded: PEOPLE_IMPORTED
    once, with the numbers.
    """
    tx.require(Action.MANAGE_PEOPLE)
    rows = wanted.cells
    if is_unit_list(rows):
        return _import_units(tx, rows, wanted)
    people, problems = read_people(rows, queries.known(tx.reading, changing=wanted.update))
    accounts = {account.username: account for account in tx.scalars(select(Account)).unique()} if wanted.update else {}
    known = sum(one.username in accounts for one in people)
    if wanted.dry_run:
        return _told(tx, "people", len(people), known, problems)
    _demand_none(problems)
    for one in people:
        account = accounts.get(one.username)
        person = _correct(tx, account.person, one) if account else _add(tx, one)
        if _give(tx, person, one) and account:
            end_sessions(tx, person.id)
    names = [one.username for one in people]
    tx.record(Event.PEOPLE_IMPORTED, None, people=len(people), corrected=known, usernames=names)
    return {"kind": "people", "count": len(people), "known": known, "problems": []}


def _add(tx: Tx, one: NewPerson) -> Person:
    person = _correct(tx, Person(), one)
    tx.add(person)
    tx.add(Account(person_id=person.id, username=one.username, created_at=tx.now))
    return person


def _correct(tx: Tx, person: Person, one: NewPerson) -> Person:
    person.full_name, person.honorific, person.position = one.full_name, one.honorific, one.position
    if person.id is not None and person.unit_id != one.unit_id:
        end_sessions(tx, person.id)
    person.unit_id, person.email, person.phone = one.unit_id, one.email, one.phone
    return person


def _give(tx: Tx, person: Person, one: NewPerson) -> bool:
    """Gives the roles that a line names and that are not held yet; tells whether there were any."""
    today, added = clock.local(tx.now).date(), False
    for given in one.given:
        starts_on = given.starts_on or today
        if is_held(tx, person.id, given.body_id, given.role.value, starts_on, given.ends_on):
            continue
        values = {"role": given.role.value, "starts_on": starts_on, "ends_on": given.ends_on}
        tx.add(Membership(person_id=person.id, body_id=given.body_id, **values))
        added = True
    return added


def _import_units(tx: Tx, rows: Rows, wanted: ImportList) -> dict[str, Any]:
    existing = queries.unit_names(tx.reading)
    units, problems = read_units(rows, existing, queries.known(tx.reading).bodies, changing=wanted.update)
    known = sum(folded(one.name) in existing for one in units)
    if wanted.dry_run:
        return _told(tx, "units", len(units), known, problems)
    _demand_none(problems)
    _put_units(tx, units)
    tx.record(Event.PEOPLE_IMPORTED, None, units=[one.name for one in units], corrected=known)
    return {"kind": "units", "count": len(units), "known": known, "problems": []}


def _put_units(tx: Tx, units: list[NewUnit]) -> None:
    """First all of them, then their places: a unit above may stand below in the list."""
    here = {folded(name): unit for unit in tx.scalars(select(Unit)) for name in (unit.name, unit.short_name)}
    for one in units:
        unit = here.get(folded(one.name)) or here.get(folded(one.short_name))
        if unit is None:
            unit = tx.add(Unit(name=one.name, short_name=one.short_name))
        unit.body_id, unit.rank = one.body_id, one.rank
        here[folded(one.name)] = here[folded(one.short_name)] = unit
    for one in units:
        here[folded(one.name)].parent_id = here[folded(one.parent)].id if one.parent else None
    tx.flush()


def _told(tx: Tx, kind: str, count: int, known: int, problems: list[Problem]) -> dict[str, Any]:
    tx.nothing_to_record("a dry run changes nothing")
    return {"kind": kind, "count": count, "known": known, "problems": _plain(problems)}


def _demand_none(problems: list[Problem]) -> None:
    if problems:
        raise Refused("import_has_problems", count=len(problems), problems=_plain(problems))


def _plain(problems: list[Problem]) -> list[dict[str, Any]]:
    return [problem.as_value() for problem in problems]
