"""The register of past meetings: taking it over, so that the reports count it with the system's own meetings."""

from pathlib import Path
from typing import Any

from pydantic import Field
from sqlalchemy import select

from meeting import clock
from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.evaluation import register
from meeting.evaluation.models import RegisterRow
from meeting.events import Event
from meeting.organization.models import Body
from meeting.organization.rows import read_rows
from meeting.permissions import SYSTEM, Action
from meeting.writer import perform


class RegisterLine(ActInput):
    """One line of a register as it stands in the file."""

    line: int
    body: str = ""
    held_on: str = ""
    kind: str = ""
    notice_symbol: str = ""
    verdict: str = ""


class ImportRegisterInput(ActInput):
    """The lines of a register. With `dry_run` nothing is saved and what is wrong is listed."""

    rows: list[RegisterLine] = Field(max_length=20_000)
    dry_run: bool = False


@act("evaluation.import_register", Action.IMPORT_REGISTER)
def import_register(tx: Tx, wanted: ImportRegisterInput) -> dict[str, Any]:
    """Takes over past meetings so that the reports count them with the system's own.

    Either every line is right and all are saved, or nothing is (`register_wrong`); a dry run lists what is wrong and what would
    happen. The same file again changes nothing; a notice that was added to a line completes its row.
    """
    tx.require(Action.IMPORT_REGISTER)
    rows = [register.RawRow(**line.model_dump(exclude={"meeting_id"})) for line in wanted.rows]
    reading = register.read_lines(rows, _bodies(tx), clock.local(tx.now).date())
    known = [(row.id, _past(row)) for row in tx.scalars(select(RegisterRow).order_by(RegisterRow.id))]
    merge = register.merge(known, reading.rows)
    answer = _outcome(merge, reading)
    if wanted.dry_run:
        tx.nothing_to_record("a dry run changes nothing")
        return answer
    if reading.faults:
        first = reading.faults[0]
        raise Refused("register_wrong", count=_wrong_lines(reading), line=first.line, field=first.field, wrong=answer["wrong"])
    _save(tx, merge)
    if merge.new or merge.changed:
        tx.record(Event.REGISTER_IMPORTED, None, added=len(merge.new), changed=len(merge.changed), unchanged=merge.unchanged)
    else:
        tx.nothing_to_record("the same register again")
    return answer


def _bodies(tx: Tx) -> dict[str, int]:
    """Every name a body goes by, with its id."""
    found: dict[str, int] = {}
    for body in tx.scalars(select(Body)):
        found.update({body.name: body.id, body.short_name: body.id, body.symbol_code: body.id})
    return found


def _past(row: RegisterRow) -> register.PastMeeting:
    return register.PastMeeting(row.body_id, row.held_on, row.kind, row.notice_symbol, row.verdict, row.shade)


def _wrong_lines(reading: register.Reading) -> int:
    return len({fault.line for fault in reading.faults})


def _outcome(merge: register.Merge, reading: register.Reading) -> dict[str, Any]:
    wrong = [
        {"line": fault.line, "field": fault.field, "sentence": fault.sentence, "value": fault.value} for fault in reading.faults
    ]
    return {"added": len(merge.new), "changed": len(merge.changed), "unchanged": merge.unchanged, "wrong": wrong}


def _save(tx: Tx, merge: register.Merge) -> None:
    for row in merge.new:
        tx.add(RegisterRow(imported_at=tx.now, **vars(row)))
    for key, row in merge.changed:
        old = tx.get(RegisterRow, key)
        old.kind, old.notice_symbol = row.kind, row.notice_symbol
        old.verdict, old.shade, old.imported_at = row.verdict, row.shade, tx.now
    tx.flush()


def import_file(path: Path | str, dry_run: bool = False) -> dict[str, Any]:
    """Imports a register from a CSV or XLSX file for the command line, as the system.

    Gives {added, changed, unchanged, wrong: [{line, field, sentence, value}]}; `sentence` is a message id. Refused:
    `unreadable_table`, `register_columns_missing`, `register_wrong` (facts: count, line, field, wrong).
    """
    source = Path(path)
    rows = register.read_table(read_rows(source.read_bytes(), source.name))
    return perform(SYSTEM, "evaluation.import_register", {"rows": [vars(row) for row in rows], "dry_run": dry_run})
