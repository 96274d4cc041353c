"""Setting the PDF of a published week: long work for the worker, safe to run twice."""

from sqlalchemy.orm import Session

from meeting.calendars.models import WeekProgramme
from meeting.calendars.rules import Line
from meeting.calendars.sheets import week_sheet
from meeting.calendars.week import SET_WEEK
from meeting.database import reading
from meeting.documents import made
from meeting.documents.access import Place, opens
from meeting.documents.models import File
from meeting.documents.typeset import Sheet, typeset
from meeting.jobs import job
from meeting.permissions import SYSTEM, Action, Actor, Role, allows
from meeting.web.formats import write_date
from meeting.writer import perform


@job(SET_WEEK)
def set_week(week_id: int, version: int) -> None:
    """Sets the programme for everybody in the body and, where closed meetings are in it, a whole one for the office."""
    with reading() as session:
        programme = session.get_one(WeekProgramme, week_id)
        if programme.version != version:
            return
        lines = [Line.from_kept(each) for each in programme.lines or []]
        open_lines = [line for line in lines if not line.closed]
        sheets: list[Sheet | None] = [week_sheet(programme, open_lines)]
        sheets.append(week_sheet(programme, lines) if len(lines) > len(open_lines) else None)
        name = f"lich-tuan-{programme.monday.isoformat()}-{version}.pdf"
    kept = [made.keep(typeset("week", sheet), name) if sheet else None for sheet in sheets]
    said = {"week_id": week_id, "version": version, "document_id": kept[0], "full_document_id": kept[1]}
    perform(SYSTEM, "calendars.week_set", said)


@opens
def week_document(session: Session, actor: Actor, file: File) -> Place | None:
    """The PDF of a week opens for who reads the weeks of its body; the whole one for who keeps or publishes them."""
    for programme in session.query(WeekProgramme).where(
        (WeekProgramme.document_id == file.id) | (WeekProgramme.full_document_id == file.id)
    ):
        hats = actor.roles_in(programme.body_id)
        reads = programme.document_id == file.id and allows(Action.READ_WEEK, hats)
        if reads or (allows(Action.READ_WEEK, hats) and keeps_week(hats)):
            back = f"/week?body={programme.body.short_name}&day={programme.monday.isoformat()}"
            return Place(file.name, back, f"{programme.body.short_name}, {write_date(programme.monday)}")
    return None


def keeps_week(hats: frozenset[Role]) -> bool:
    """Whether these hats see closed meetings of the body in its week: the office and the chair."""
    return allows(Action.KEEP_WEEK, hats) or allows(Action.PUBLISH_WEEK, hats)
