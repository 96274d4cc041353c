"""What this room does when something happens below it: refused files go back, moved meetings move due times."""

from dataclasses import replace
from typing import cast

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from meeting.acts import Tx, on
from meeting.agenda.models import Item, Meeting
from meeting.agenda.panels import holds_item
from meeting.documents.access import Place, Takeable, opens
from meeting.documents.copies import UNITS_OF
from meeting.documents.models import File
from meeting.events import Event
from meeting.journal import Told
from meeting.materials.asking import waive
from meeting.materials.audience_queries import may_open as may_open  # noqa: PLC0414 - part of this module's own words
from meeting.materials.checking import due_again, send_back_refused
from meeting.materials.due import due_by_rule, facts_of, move_due
from meeting.materials.life import OFFICE_STATES, OPEN_STATES, WITH_SOMEBODY
from meeting.materials.models import UNIT_ROLES, Requirement, Submission
from meeting.organization.models import Unit
from meeting.permissions import Actor, Role

TAKES_ALL = frozenset({Role.SECRETARY, Role.CHIEF})


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
    _waive_open(tx, Requirement.meeting_id == told.chain, told.facts.get("reason", ""))


@on(Event.ITEM_SET_ASIDE)
def papers_of_items_withdrawn(tx: Tx, told: Told) -> None:
    """An item was withdrawn for good: what was not accepted yet is no longer asked for. A deferred one's papers stay owed."""
    if told.facts.get("state") != "withdrawn":
        return
    _waive_open(tx, Requirement.item_id.in_(told.facts.get("items", [])), told.facts.get("reason", ""))


def _waive_open(tx: Tx, which: ColumnElement[bool], reason: str) -> None:
    owed = select(Requirement).where(which, Requirement.state.in_(OPEN_STATES | OFFICE_STATES))
    for row in tx.scalars(owed.order_by(Requirement.id)).all():
        waive(tx, row, reason)


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
            return replace(place(version), takeable=takeable_by(session, actor, version.requirement))
    return None


@opens
def draft_of_a_unit(session: Session, actor: Actor, file: File) -> Place | None:
    """The draft of a paper: the officers and heads of the unit that prepares it."""
    drafts = select(Requirement).where(Requirement.draft_file_id == file.id, Requirement.unit_id == (actor.unit_id or 0))
    for row in session.scalars(drafts):
        if row.hats_of(actor, session) & UNIT_ROLES:
            return Place(row.what, f"/papers/owed/{row.id}", row.unit.name, row.meeting_id, row.item_id)
    return None


def unit_name(session: Session, actor: Actor) -> str:
    """The unit of a reader, for their copies."""
    unit = session.get(Unit, actor.unit_id) if actor.unit_id else None
    return unit.name if unit else ""


UNITS_OF.append(unit_name)


def takeable_by(session: Session, actor: Actor, row: Requirement) -> Takeable:
    """What this reader may take of a paper: its unit, the secretary and the chief of office always the file itself."""
    if row.hats_of(actor, session) & (UNIT_ROLES | TAKES_ALL):
        return "original"
    return cast(Takeable, row.takeable)


def place(version: Submission) -> Place:
    """What the viewer says above the pages."""
    row = version.requirement
    back = f"/meetings/{row.meeting_id}?tab=papers"
    number = row.item.position if row.item else None
    return Place(row.what, back, row.unit.name, row.meeting_id, row.item_id, number, version.number)
