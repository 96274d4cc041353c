"""Reads of what became of a programme: its versions, what changed between them, and the states the meeting went through."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.changes import Change, changes
from meeting.agenda.models import Meeting, Participant, ProgrammeVersion
from meeting.agenda.versions import content_of
from meeting.errors import N_, Missing
from meeting.events import Event
from meeting.journal import Entry
from meeting.organization.models import Person

#: What moved the meeting on, in words; the reason and the new time are facts of the entry.
STEPS: dict[str, str] = {
    Event.MEETING_CREATED: N_("Planned"),
    Event.PROGRAMME_SUBMITTED: N_("Laid before the approver"),
    Event.PROGRAMME_APPROVED: N_("Approved"),
    Event.PROGRAMME_REJECTED: N_("Not approved"),
    Event.MEETING_ISSUED: N_("Issued"),
    Event.PROGRAMME_HANDED_OUT: N_("Changed programme handed out"),
    Event.MEETING_POSTPONED: N_("Postponed"),
    Event.MEETING_CANCELLED: N_("Cancelled"),
    Event.MEETING_OPENED: N_("Opened"),
    Event.MEETING_PAUSED: N_("Paused"),
    Event.MEETING_ADJOURNED: N_("Adjourned"),
    Event.MEETING_RESUMED: N_("Resumed"),
    Event.MEETING_CLOSED: N_("Closed"),
    Event.MINUTES_SIGNED: N_("Minutes signed"),
    Event.NOTICE_ISSUED: N_("Conclusions issued"),
    Event.NOTICE_NOT_REQUIRED: N_("No conclusions to issue"),
    Event.EVALUATION_CLOSED: N_("Evaluation closed"),
    Event.MEETING_ARCHIVED: N_("Filed"),
}


@dataclass(frozen=True)
class Step:
    """One step of a meeting's way: when, what, by whom, why; late where a due time was missed."""

    at: datetime
    event: str
    name: str
    by: str
    reason: str = ""
    late: bool = False
    starts_at: str | None = None  # the new time, where one was given


def steps_taken(session: Session, meeting: Meeting) -> list[Step]:
    """The states a meeting went through, oldest first, from the journal. Two queries."""
    wanted = select(Entry).where(Entry.chain == meeting.id, Entry.event.in_([str(each) for each in STEPS]))
    entries = list(session.scalars(wanted.order_by(Entry.seq)))
    people = select(Person).where(Person.id.in_({each.actor_id for each in entries}))
    names = {each.id: each.called for each in session.scalars(people)}
    return [
        Step(
            each.at,
            each.event,
            STEPS[each.event],
            names.get(each.actor_id, ""),
            str(each.facts.get("reason") or each.facts.get("why") or ""),
            bool(each.facts.get("late")),
            each.facts.get("starts_at") if each.event == Event.MEETING_POSTPONED else None,
        )
        for each in entries
    ]


def versions_of(session: Session, meeting: Meeting) -> list[ProgrammeVersion]:
    """All versions that were handed out, the newest first."""
    wanted = select(ProgrammeVersion).where(ProgrammeVersion.meeting_id == meeting.id)
    return list(session.scalars(wanted.order_by(ProgrammeVersion.number.desc())))


def version_of(session: Session, meeting: Meeting, number: int) -> ProgrammeVersion:
    """One version. Missing where there is none."""
    wanted = select(ProgrammeVersion).where(ProgrammeVersion.meeting_id == meeting.id, ProgrammeVersion.number == number)
    found = session.scalar(wanted)
    if found is None:
        raise Missing()
    return found


def between(versions: Sequence[ProgrammeVersion], before: int, after: int, only: Collection[int] | None = None) -> list[Change]:
    """What changed between two of the versions read. Missing where one is not among them."""
    contents = {each.number: each.content for each in versions}
    if before not in contents or after not in contents:
        raise Missing()
    return changes(contents[before], contents[after], only)


def not_handed_out(session: Session, meeting: Meeting) -> list[Change]:
    """What was changed since the programme was last handed out. Nothing before the first time. One query."""
    if not meeting.programme_version:
        return []
    return changes(version_of(session, meeting, meeting.programme_version).content, content_of(meeting))


def unread(session: Session, meeting: Meeting, mine: Participant | None, only: Collection[int] | None = None) -> list[Change]:
    """What changed since this person last opened the programme. One query, and only where there is something new."""
    if mine is None or not 0 < mine.read_version < meeting.programme_version:
        return []
    wanted = select(ProgrammeVersion).where(
        ProgrammeVersion.meeting_id == meeting.id,
        ProgrammeVersion.number.in_([mine.read_version, meeting.programme_version]),
    )
    return between(list(session.scalars(wanted)), mine.read_version, meeting.programme_version, only)


def shown_content(content: dict[str, Any], only: Collection[int] | None) -> dict[str, Any]:
    """A version as somebody may see it: a guest invited to some items sees those."""
    if only is None:
        return content
    return {**content, "items": [each for each in content["items"] if each["id"] in only]}
