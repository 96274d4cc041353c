"""The acts on sessions: convene one, give it sittings, seat the presidium."""

from collections.abc import Sequence
from textwrap import shorten
from typing import Any

from sqlalchemy import select

from meeting import clock
from meeting.acts import Tx, act
from meeting.agenda import links
from meeting.agenda.inputs import CreateInput, ParticipantsInput
from meeting.agenda.models import Meeting, Participant
from meeting.agenda.session_models import CouncilSession
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization.models import Body, Group
from meeting.permissions import Action
from meeting.sittings import queries, rules
from meeting.sittings.inputs import (
    AddGroupsInput,
    AddSittingInput,
    AttachInput,
    ConveneInput,
    EditSessionInput,
    MeetingInput,
    PresidiumInput,
)

LONGEST_TITLE = 300
SHOWN_AS = {
    "preparatory": "Phiên trù bị",
    "opening": "Phiên khai mạc",
    "plenary": "Phiên họp toàn thể",
    "group": "Thảo luận tổ",
    "closing": "Phiên bế mạc",
}


@act("sittings.convene", Action.KEEP_SESSIONS)
def convene(tx: Tx, wanted: ConveneInput) -> dict[str, Any]:
    """Puts a session of a People's Council on file, to which its sittings are added.

    Refused: `session_not_council`, `session_days_turned`, `session_number_taken`. Journal: SESSION_CONVENED.
    """
    body = tx.get(Body, wanted.body_id)
    tx.require(Action.KEEP_SESSIONS, body)
    if body.kind != "council":
        raise Refused("session_not_council")
    rules.check_days(wanted.starts_on, wanted.ends_on)
    _check_number(tx, body.id, wanted.number)
    values = wanted.model_dump(exclude={"meeting_id"})
    found = tx.add(CouncilSession(**values, made_at=tx.now, made_by_id=tx.actor.person_id))
    facts = {"starts_on": wanted.starts_on.isoformat(), "ends_on": wanted.ends_on.isoformat(), "number": wanted.number}
    tx.record(Event.SESSION_CONVENED, body, session_id=found.id, name=found.name, kind=found.kind, **facts)
    return {"session_id": found.id}


def _check_number(tx: Tx, body_id: int, number: int, but: int = 0) -> None:
    other = tx.scalar(
        select(CouncilSession).where(CouncilSession.body_id == body_id, CouncilSession.number == number, CouncilSession.id != but)
    )
    if other is not None:
        raise Refused("session_number_taken", number=number, name=other.name)


@act("sittings.edit", Action.KEEP_SESSIONS)
def edit(tx: Tx, wanted: EditSessionInput) -> dict[str, Any]:
    """Changes the name, number, kind or days of a session. What is the same stays unrecorded.

    Refused: `session_days_turned`, `session_days_left` (a sitting would lie outside), `session_number_taken`.
    Journal: SESSION_EDITED with what changed.
    """
    found = _session(tx, wanted.session_id)
    given = wanted.model_dump(exclude={"session_id", "meeting_id"}, exclude_none=True)
    changed = {name: value for name, value in given.items() if getattr(found, name) != value}
    if not changed:
        tx.nothing_to_record("nothing is different")
        return {"changed": []}
    days = [_day(each) for each in queries.sittings_of(tx.reading, found.id)]
    rules.check_days(changed.get("starts_on", found.starts_on), changed.get("ends_on", found.ends_on), days)
    if "number" in changed:
        _check_number(tx, found.body_id, changed["number"], found.id)
    for name, value in changed.items():
        setattr(found, name, value)
    told = {name: value if isinstance(value, int) else str(value) for name, value in changed.items()}
    tx.record(Event.SESSION_EDITED, found.body, session_id=found.id, name=found.name, changed=told)
    return {"changed": sorted(changed)}


def _session(tx: Tx, session_id: int) -> CouncilSession:
    found = tx.get(CouncilSession, session_id)
    tx.require(Action.KEEP_SESSIONS, found)
    return found


def _day(meeting: Meeting) -> Any:
    return clock.local(meeting.starts_at).date()


@act("sittings.add", Action.KEEP_SESSIONS)
def add(tx: Tx, wanted: AddSittingInput) -> dict[str, Any]:
    """Adds a sitting: a meeting of its own, as a draft, with the people who sit in it.

    A Tổ sits by itself: its members only, its head in the chair, its deputy as secretary unless others are named; the matters
    of `copied_from_id` stand on its programme. Refused as `rules.check_sitting` refuses, `group_empty`, `group_other_body`,
    and as `agenda.create` refuses. Journal: SITTING_ADDED beside the creation of the meeting.
    """
    found = _session(tx, wanted.session_id)
    group = _group(tx, found, wanted.sitting, wanted.group_id)
    day = clock.local(wanted.starts_at).date()
    named = " · ".join(filter(None, [SHOWN_AS[wanted.sitting], group.name if group else "", found.name]))
    title = wanted.title or shorten(named, LONGEST_TITLE, placeholder="…")
    asked = rules.Sitting(0, wanted.sitting, wanted.starts_at, title, wanted.ends_at, group.id if group else None)
    others = queries.as_rules(queries.sittings_of(tx.reading, found.id))
    rules.check_sitting(asked, day, found.starts_on, found.ends_on, others, group.name if group else "")
    meeting = _make(tx, found, wanted, title, group)
    meeting.session_id, meeting.sitting = found.id, wanted.sitting
    if group is not None:
        meeting.group_id = group.id
        _only_of(tx, meeting, group)
    elif wanted.sitting in rules.TOGETHER:
        _seat(tx, meeting, queries.presidium_of(tx.reading, found.id))
    facts = {"session_id": found.id, "name": found.name, "sitting": wanted.sitting, "group_id": meeting.group_id}
    tx.record(Event.SITTING_ADDED, meeting, **facts, title=meeting.title)
    return {"meeting_id": meeting.id}


def _group(tx: Tx, found: CouncilSession, sitting: str, group_id: int | None) -> Group | None:
    if sitting != "group" or group_id is None:
        return None
    group = tx.get(Group, group_id)
    if group.body_id != found.body_id or group.retired_on:
        raise Refused("group_other_body")
    if not group.members:
        raise Refused("group_empty", group=group.name)
    return group


def _make(tx: Tx, found: CouncilSession, wanted: AddSittingInput, title: str, group: Group | None) -> Meeting:
    by_post = {each.post: each.person_id for each in group.members} if group else {}
    values = CreateInput(
        type_id=wanted.type_id or queries.usual_type(tx.reading, found),
        title=title,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        place=wanted.place,
        room_id=wanted.room_id,
        chair_id=wanted.chair_id or by_post.get("head"),
        secretary_id=wanted.secretary_id or by_post.get("deputy"),
        copied_from_id=wanted.copied_from_id,
        bring=["items"] if wanted.copied_from_id else None,
    )
    meeting = tx.get(Meeting, int(tx.call("agenda.create", values)["meeting_id"]))
    links.carried_into_sitting(tx, meeting.id)
    return meeting


def _only_of(tx: Tx, meeting: Meeting, group: Group) -> None:
    """Takes everybody off the list who does not belong to the group, but for its chair and secretary."""
    stay = {each.person_id for each in group.members} | {meeting.chair_id, meeting.secretary_id}
    listed = tx.scalars(select(Participant.person_id).where(Participant.meeting_id == meeting.id))
    away = [person for person in listed if person not in stay]
    if away:
        tx.call("agenda.set_participants", ParticipantsInput(meeting_id=meeting.id, remove=away))


@act("sittings.add_groups", Action.KEEP_SESSIONS)
def add_groups(tx: Tx, wanted: AddGroupsInput) -> dict[str, Any]:
    """The Tổ sit in parallel: one sitting each, at the same time, each with its own chair and secretary. All or none.

    Refused as `sittings.add` refuses for any of them, and `group_needed` when the body has no Tổ.
    """
    found = _session(tx, wanted.session_id)
    groups = wanted.group_ids
    if groups is None:
        groups = [each.id for each in queries.delegations(tx.reading, found.body_id)]
    if not groups:
        raise Refused("group_needed")
    made = []
    for group_id in groups:
        one = AddSittingInput(
            session_id=found.id,
            sitting="group",
            starts_at=wanted.starts_at,
            ends_at=wanted.ends_at,
            group_id=group_id,
            copied_from_id=wanted.copied_from_id,
        )
        made.append(tx.call("sittings.add", one)["meeting_id"])
    tx.nothing_to_record("each sitting has recorded itself")
    return {"meeting_ids": made}


@act("sittings.attach", Action.KEEP_SESSIONS)
def attach(tx: Tx, wanted: AttachInput) -> dict[str, Any]:
    """Makes a meeting that is planned already a sitting of the session.

    Refused: `sitting_taken`, `sitting_begun`, `group_other_body` (a meeting or group of another body), and as
    `rules.check_sitting` refuses. Journal: SITTING_ADDED.
    """
    found = _session(tx, wanted.session_id)
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.PREPARE_MEETING, meeting)
    if meeting.body_id != found.body_id:
        raise Refused("group_other_body")
    if meeting.session_id is not None:
        raise Refused("sitting_taken")
    if meeting.opened_at is not None:
        raise Refused("sitting_begun")
    group = _group(tx, found, wanted.sitting, wanted.group_id)
    asked = rules.Sitting(
        meeting.id, wanted.sitting, meeting.starts_at, meeting.title, meeting.ends_at, group.id if group else None
    )
    others = queries.as_rules(queries.sittings_of(tx.reading, found.id))
    rules.check_sitting(asked, _day(meeting), found.starts_on, found.ends_on, others, group.name if group else "")
    meeting.session_id, meeting.sitting, meeting.group_id = found.id, wanted.sitting, group.id if group else None
    facts = {"session_id": found.id, "name": found.name, "sitting": wanted.sitting, "group_id": meeting.group_id}
    tx.record(Event.SITTING_ADDED, meeting, **facts, title=meeting.title)
    return {}


@act("sittings.detach", Action.KEEP_SESSIONS)
def detach(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """Takes a meeting out of its session; the meeting itself stays. Refused as `sitting_begun`. Journal: SITTING_TAKEN_OUT."""
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.KEEP_SESSIONS, meeting)
    if meeting.opened_at is not None:
        raise Refused("sitting_begun")
    if meeting.session_id is None:
        tx.nothing_to_record("it belongs to no session")
        return {}
    tx.record(Event.SITTING_TAKEN_OUT, meeting, session_id=meeting.session_id, title=meeting.title)
    meeting.session_id, meeting.sitting, meeting.group_id = None, "", None
    return {}


@act("sittings.set_presidium", Action.KEEP_SESSIONS)
def set_presidium(tx: Tx, wanted: PresidiumInput) -> dict[str, Any]:
    """Seats the presidium (đoàn chủ tọa) in every sitting of the whole council that is not over yet.

    Refused: `presidium_not_seated` for whoever has no seat with a vote in one of them. Journal: PRESIDIUM_SEATED in each.
    """
    found = _session(tx, wanted.session_id)
    changed = [
        each.id
        for each in queries.sittings_of(tx.reading, found.id)
        if each.sitting in rules.TOGETHER and each.state not in queries.OVER and _seat(tx, each, wanted.person_ids)
    ]
    if not changed:
        tx.nothing_to_record("the same people sit there")
    return {"meeting_ids": changed}


def _seat(tx: Tx, meeting: Meeting, people: Sequence[int]) -> bool:
    """Whether anything changed in this sitting."""
    rows = {each.person_id: each for each in tx.scalars(select(Participant).where(Participant.meeting_id == meeting.id))}
    for person_id in people:
        row = rows.get(person_id)
        if row is None or not row.voting:
            raise Refused("presidium_not_seated", name=row.person.called if row else str(person_id))
    changed = False
    for person_id, row in rows.items():
        if row.presidium != (person_id in people):
            row.presidium, changed = person_id in people, True
    if changed:
        names = [rows[person_id].person.called for person_id in people]
        tx.record(Event.PRESIDIUM_SEATED, meeting, people=list(people), names=names)
    return changed
