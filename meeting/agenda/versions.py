"""Programme versions: one is kept at each handing out, so that everybody can see what changed and since when.

Changes of items after the issue are collected and handed out together by one act; a new time or place is told at once.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from meeting import clock
from meeting.acts import Tx, act
from meeting.agenda.changes import Change, changes
from meeting.agenda.inputs import HandOutInput
from meeting.agenda.models import Item, Meeting, Participant, ProgrammeVersion
from meeting.agenda.rules import check_handing_out
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import Action

HEAD = ("title", "starts_at", "ends_at", "place", "chair", "form")


def content_of(meeting: Meeting) -> dict[str, Any]:
    """The programme as it stands now, as a plain value: names instead of ids, so that it reads the same for ever."""
    return {**head_of(meeting), "items": [_item(each) for each in meeting.items]}


def head_of(meeting: Meeting) -> dict[str, Any]:
    """What a programme says of the meeting itself."""
    return {
        "title": meeting.title,
        "starts_at": clock.local(meeting.starts_at).isoformat(),
        "ends_at": clock.local(meeting.ends_at).isoformat() if meeting.ends_at else None,
        "place": meeting.place,
        "chair": meeting.chair.called if meeting.chair else "",
        "form": meeting.form,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "label": item.label,
        "parent": item.parent_id,
        "title": item.title,
        "kind": item.kind,
        "unit": item.unit.name if item.unit else "",
        "presenters": [each.called for each in item.presenters],
        "minutes": item.minutes_planned,
        "state": item.state if item.state in ("withdrawn", "deferred") else "planned",
        "reason": item.reason,
        "outside": item.outside,
    }


def fresh(tx: Tx, meeting: Meeting) -> Meeting:
    """The meeting with its items as they are after the changes of this transaction."""
    tx.flush()
    again = select(Meeting).where(Meeting.id == meeting.id)
    with_items = selectinload(Meeting.items).options(selectinload(Item.further), selectinload(Item.unit))
    found = tx.scalar(again.options(with_items).execution_options(populate_existing=True))
    assert found
    return found


def last_version(tx: Tx, meeting: Meeting) -> ProgrammeVersion | None:
    """The version everybody has; none before the first handing out."""
    wanted = select(ProgrammeVersion).where(ProgrammeVersion.meeting_id == meeting.id)
    return tx.scalar(wanted.order_by(ProgrammeVersion.number.desc()).limit(1))


def keep(tx: Tx, meeting: Meeting, why: str, *, head_only: bool = False) -> list[Change]:
    """Keeps a version as handed out now and tells what differs from the one before.

    `head_only`: time and place are told at once while changes of items still wait to be handed out.
    """
    meeting = fresh(tx, meeting)
    before = last_version(tx, meeting)
    content = {**before.content, **head_of(meeting)} if head_only and before else content_of(meeting)
    meeting.programme_version = before.number + 1 if before else 1
    made_by = tx.actor.person_id or None
    tx.add(
        ProgrammeVersion(
            meeting_id=meeting.id,
            number=meeting.programme_version,
            content=content,
            why=why,
            made_at=tx.now,
            made_by_id=made_by,
        )
    )
    return changes(before.content, content) if before else []


@act("agenda.hand_out_programme", Action.ISSUE_MEETING)
def hand_out(tx: Tx, wanted: HandOutInput) -> dict[str, Any]:
    """Hands out the changed programme as one new version: everybody invited is told once, with what changed.

    Refused as `programme_not_issued` before the issue and after the meeting, `nothing_to_hand_out` when nothing differs from
    the version everybody has. Records the version, the reason, the changes and who is told.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.ISSUE_MEETING, meeting)
    check_handing_out(meeting.state, meeting.programme_version)
    found = keep(tx, meeting, wanted.why)
    if not found:
        raise Refused("nothing_to_hand_out")
    people = list(tx.scalars(select(Participant.person_id).where(Participant.meeting_id == meeting.id)))
    facts = [each.as_facts() for each in found]
    number = meeting.programme_version
    tx.record(Event.PROGRAMME_HANDED_OUT, meeting, number=number, why=wanted.why, changes=facts, people=people)
    return {"version": number, "changes": facts, "told": len(people)}
