"""What this room does when something happens below it: refused files go back, moved meetings move due times, copies ask anew."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.acts import Tx, on
from meeting.agenda.models import Item, Meeting
from meeting.agenda.panels import holds_item
from meeting.documents.access import Place, opens
from meeting.documents.models import File
from meeting.journal import Event, Told
from meeting.materials.asking import waive
from meeting.materials.audience_queries import may_open as may_open  # noqa: PLC0414 - part of this module's own words
from meeting.materials.checking import due_again, send_back_refused
from meeting.materials.due import due_by_rule, facts_of, move_due
from meeting.materials.life import OFFICE_STATES, OPEN_STATES, WITH_SOMEBODY
from meeting.materials.models import UNIT_ROLES, Requirement, Submission
from meeting.permissions import Actor


@on(Event.FILE_REFUSED)
def paper_goes_back(tx: Tx, told: Told) -> None:
    """A file refused after it was sent as a paper: the paper goes back to its unit in the same transaction."""
    wanted = select(Submission).where(Submission.file_id == told.facts["file_id"], Submission.state.in_(WITH_SOMEBODY))
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
    """Another time of the meeting: papers still owed under the rule get the rule's new due time, the old one is kept.

    Times that were set by hand stay. A rule's time that lies in the past already (the meeting was moved forward) becomes the
    end of the next working day: nobody is made late by a meeting that moves.
    """
    meeting = tx.get(Meeting, told.chain)
    owed = select(Requirement).where(
        Requirement.meeting_id == meeting.id, Requirement.state.in_(OPEN_STATES - {"returned"}), Requirement.due_reason == ""
    )
    for row in tx.scalars(owed).all():
        _move_by_rule(tx, row)


def _move_by_rule(tx: Tx, row: Requirement) -> None:
    by_rule = due_by_rule(tx.reading, row.meeting, row.stage)
    if by_rule == row.due_at:
        return
    if by_rule <= tx.now:
        if row.due_at <= tx.now:
            return
        by_rule = min(row.due_at, due_again(tx, row, by_rule))
    before = move_due(tx, row, by_rule, "rule")
    tx.record(Event.DUE_CHANGED, row, **facts_of(row), before=before.isoformat(), reason="")


@on(Event.MEETING_CANCELLED)
def papers_no_longer_asked(tx: Tx, told: Told) -> None:
    """The meeting was called off: what was not accepted yet is no longer asked for, with the meeting's reason."""
    owed = select(Requirement).where(Requirement.meeting_id == told.chain, Requirement.state.in_(OPEN_STATES | OFFICE_STATES))
    for row in tx.scalars(owed.order_by(Requirement.id)).all():
        waive(tx, row, told.facts.get("reason", ""))


@on(Event.MEETING_CREATED)
def requests_come_along(tx: Tx, told: Told) -> None:
    """A meeting made after an earlier one: the papers asked for then are asked for again, due by the rules that hold now."""
    source = told.facts.get("copied_from")
    if not source:
        return
    meeting = tx.get(Meeting, told.chain)
    items = {int(old): new for old, new in (told.facts.get("items") or {}).items()}
    asked = select(Requirement).where(Requirement.meeting_id == source, Requirement.state != "waived").order_by(Requirement.id)
    for row in tx.scalars(asked).all():
        if row.item_id is None or row.item_id in items:
            _ask_again(tx, meeting, row, items.get(row.item_id) if row.item_id else None)


def _ask_again(tx: Tx, meeting: Meeting, row: Requirement, item_id: int | None) -> None:
    due_at = due_by_rule(tx.reading, meeting, row.stage)
    again = Requirement(
        meeting_id=meeting.id,
        item_id=item_id,
        unit_id=row.unit_id,
        what=row.what,
        form=row.form,
        document_type_id=row.document_type_id,
        stage=row.stage,
        audience=row.audience,
        due_at=due_at,
        asked_due_at=due_at,
        asked_by=tx.actor.person_id or row.asked_by,
        asked_at=tx.now,
    )
    tx.add(again)
    tx.record(Event.PAPERS_REQUESTED, again, **facts_of(again), item_id=item_id, due_reason="", copied_from=row.id)


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


@opens
def draft_of_a_unit(session: Session, actor: Actor, file: File) -> Place | None:
    """The draft of a paper: the officers and heads of the unit that prepares it."""
    drafts = select(Requirement).where(Requirement.draft_file_id == file.id, Requirement.unit_id == (actor.unit_id or 0))
    for row in session.scalars(drafts):
        if row.hats_of(actor, session) & UNIT_ROLES:
            return Place(row.what, f"/papers/owed/{row.id}", row.unit.name, row.meeting_id, row.item_id)
    return None


def place(version: Submission) -> Place:
    """What the viewer says above the pages."""
    row = version.requirement
    back = f"/meetings/{row.meeting_id}?tab=papers"
    number = row.item.position if row.item else None
    return Place(row.what, back, row.unit.name, row.meeting_id, row.item_id, number, version.number)
