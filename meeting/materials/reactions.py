"""What this room does when something happens below it: refused files go back, moved meetings move due times."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.acts import Tx, on
from meeting.agenda.models import Item, Meeting
from meeting.agenda.panels import holds_item
from meeting.documents.access import Place, opens
from meeting.documents.models import File
from meeting.journal import Event, Told
from meeting.materials.audience_queries import may_open as may_open  # noqa: PLC0414 - part of this module's own words
from meeting.materials.models import Requirement, Submission
from meeting.materials.service import send_back_refused
from meeting.permissions import Actor
from meeting.rulebook.queries import papers_due_at


@on(Event.FILE_REFUSED)
def paper_goes_back(tx: Tx, told: Told) -> None:
    """A file refused after it was sent as a paper: the paper goes back to its unit in the same transaction."""
    wanted = select(Submission).where(Submission.file_id == told.facts["file_id"], Submission.state == "sent")
    for version in tx.scalars(wanted).all():
        send_back_refused(tx, version)


@on(Event.FILE_READY)
def board_shows_pages(tx: Tx, told: Told) -> None:
    """The pages of a paper are ready: screens that show the meeting's papers hear of it."""
    wanted = select(Submission).where(Submission.file_id == told.facts["file_id"])
    for version in tx.scalars(wanted).all():
        tx.touch(version.meeting_id)


@on(Event.MEETING_EDITED, Event.MEETING_POSTPONED)
def due_times_move(tx: Tx, told: Told) -> None:
    """Another time of the meeting: papers still owed under the rule get the rule's new due time. Set times stay."""
    meeting = tx.get(Meeting, told.chain)
    by_rule = papers_due_at(tx.reading, meeting.book, meeting.starts_at)
    owed = select(Requirement).where(
        Requirement.meeting_id == meeting.id, Requirement.state == "asked", Requirement.due_reason == ""
    )
    for row in tx.scalars(owed).all():
        if row.due_at != by_rule:
            before, row.due_at = row.due_at, by_rule
            facts = {"requirement_id": row.id, "unit_id": row.unit_id, "what": row.what, "due_at": by_rule.isoformat()}
            tx.record(Event.DUE_CHANGED, row, **facts, before=before.isoformat(), reason="")


@holds_item
def item_has_papers(session: Session, item: Item) -> str | None:
    """An item for which papers were asked cannot simply be removed."""
    asked = select(Requirement.id).where(Requirement.item_id == item.id)
    return "item_has_papers" if session.scalar(asked) else None


@opens
def paper_of_a_meeting(session: Session, actor: Actor, file: File) -> Place | None:
    """A file as a paper of a meeting: the desk and the own unit open every version, those invited what was published for them."""
    wanted = select(Submission).where(Submission.file_id == file.id).order_by(Submission.id.desc())
    for version in session.scalars(wanted):
        if may_open(session, actor, version):
            return place(version)
    return None


def place(version: Submission) -> Place:
    """What the viewer says above the pages."""
    row = version.requirement
    back = f"/meetings/{row.meeting_id}?tab=papers"
    number = row.item.position if row.item else None
    return Place(row.what, back, row.unit.name, row.meeting_id, row.item_id, number, version.number)
