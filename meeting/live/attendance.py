"""The acts on presence: checking in (many at once), leaving, the clerk's roll call, and the clerk's correction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from meeting.acts import GatherSpec, Tx, act
from meeting.agenda.models import Meeting, Participant
from meeting.errors import N_, Malformed, Refused
from meeting.events import Event
from meeting.invitations.substitutes import holds_seat
from meeting.live import arriving, codes, queries, rules
from meeting.live.models import Attendance, Progress
from meeting.live.service import MeetingInput
from meeting.permissions import Action, Actor


class CheckInInput(MeetingInput):
    """How somebody comes: from elsewhere or into the room, and with which code of a seat or of the door."""

    remote: bool = False
    code: str = Field(default="", max_length=300)


class MarkInput(MeetingInput):
    """What the clerk sees now of one or more people."""

    people: list[int] = Field(min_length=1, max_length=1000)
    presence: Literal["present", "remote", "left"]


class StayInput(BaseModel):
    """From when until when somebody was there; without an end: still."""

    model_config = ConfigDict(extra="forbid")
    since: AwareDatetime
    until: AwareDatetime | None = None
    remote: bool = False


class CorrectionInput(MeetingInput):
    """What is true of somebody's presence, and why it is corrected. `times` say it by stretches instead of by a word."""

    person_id: int
    presence: Literal["present", "late", "left", "remote", "excused", "absent"] | None = None
    times: list[StayInput] | None = Field(default=None, min_length=1, max_length=20)
    reason: str = Field(min_length=1, max_length=500)


Coming = tuple[Actor, CheckInInput]


def check_in_many(tx: Tx, coming: Sequence[Coming]) -> list[dict[str, Any] | Refused]:
    """Marks people as present, by one statement for all. Who is here in the same way already is left as they are."""
    meeting = tx.get(Meeting, coming[0][1].meeting_id)
    hats = tx.require_each(Action.CHECK_IN, meeting, [who for who, _ in coming])
    people = [who.person_id for who, _ in coming]
    kept = queries.kept_of(tx.reading, meeting, people)
    listed = select(Participant.person_id).where(Participant.meeting_id == meeting.id, Participant.person_id.in_(people))
    invited = set(tx.scalars(listed))
    progress = queries.progress_of(tx.reading, meeting.id)
    answers: list[dict[str, Any] | Refused] = []
    arrived: list[tuple[Actor, str, str]] = []
    for who, wanted in coming:
        worn = hats[who.person_id]
        try:
            if isinstance(worn, Refused):
                raise worn
            away = _check_coming(tx, meeting, wanted, who.person_id in invited)
        except Refused as refused:
            answers.append(refused)
            continue
        answers.append({})
        if not _is_here(kept.get(who.person_id), away):
            presence = _presence(tx, meeting, progress, kept.get(who.person_id), away)
            arrived.append((who, presence, "code" if wanted.code else "self"))
    _write_arrivals(tx, meeting, [(who.person_id, presence, how) for who, presence, how in arrived], kept)
    if arrived:
        facts = [(who, {"presence": presence, "how": how}) for who, presence, how in arrived]
        tx.record_many(Event.CHECKED_IN, meeting, facts)
    else:
        tx.nothing_to_record("everyone is here already")
    return answers


def _check_coming(tx: Tx, meeting: Meeting, wanted: CheckInInput, invited: bool) -> bool:
    """Whether somebody may check in like this; answers whether from elsewhere."""
    rules.check_check_in(meeting.state)
    if not invited:
        raise Refused("not_invited")
    if wanted.code:
        codes.check(wanted.code, meeting.id, tx.now)
    book = meeting.book
    return arriving.check_way(meeting.form, book.remote, book.check_in, remote=wanted.remote, coded=bool(wanted.code))


def _is_here(kept: Attendance | None, away: bool) -> bool:
    return kept is not None and kept.presence in rules.HERE and (kept.presence == "remote") == away


def _presence(tx: Tx, meeting: Meeting, progress: Progress | None, kept: Attendance | None, away: bool) -> str:
    """`late` is who comes late for the first time; who was away for a while comes back as present.

    A meeting that goes on after it was adjourned to another day begins anew in this: from then it is late.
    """
    if away:
        return "remote"
    starts, begun = meeting.starts_at, meeting.opened_at
    came = kept.arrived_at if kept else None
    if progress is not None and (progress.adjourned_at or progress.reopened_at):
        starts, begun = progress.reopened_at or starts, None if progress.adjourned_at else progress.reopened_at
        came = None if kept is not None and kept.presence == "left" and _went_before(kept, begun) else came
    if kept is not None and kept.presence == "remote" and came is not None:
        return rules.arrival(came, starts, begun)
    return rules.arrival(tx.now, starts, begun) if came is None else "present"


def _went_before(kept: Attendance, begun: datetime | None) -> bool:
    return begun is None or (kept.left_at is not None and kept.left_at < begun)


def _write_arrivals(tx: Tx, meeting: Meeting, arrived: list[tuple[int, str, str]], kept: dict[int, Attendance]) -> None:
    same = {"meeting_id": meeting.id, "arrived_at": tx.now, "reason": ""}
    fresh = [
        {**same, "person_id": person, "presence": presence, "how": how} for person, presence, how in arrived if person not in kept
    ]
    if fresh:
        tx.execute(insert(Attendance), fresh)
    for person, presence, how in arrived:
        if person in kept:
            values = {"presence": presence, "arrived_at": kept[person].arrived_at or tx.now, "left_at": None, "how": how}
            row = Attendance.meeting_id == meeting.id, Attendance.person_id == person
            tx.execute(update(Attendance).where(*row).values(**values))


@act("live.check_in", Action.CHECK_IN, gather=GatherSpec(key=lambda wanted: wanted.meeting_id, run=check_in_many))
def check_in(tx: Tx, wanted: CheckInInput) -> dict[str, Any]:
    """Somebody invited says "I am here", from the issue of the invitations until the close. Twice is harmless.

    Coming long after the beginning counts as late; with `remote` they take part from elsewhere, and coming into the room later
    (or going home to take part from there) is one more check-in. Refused: `check_in_closed`, `not_invited`, `code_needed`,
    `code_unknown`, `code_expired`, `remote_not_offered`, `remote_not_allowed`.
    """
    (answered,) = check_in_many(tx, [(tx.actor, wanted)])
    if isinstance(answered, Refused):
        raise answered
    return answered


@act("live.leave", Action.CHECK_IN)
def leave(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """Somebody who is here says that they go; they no longer count for the quorum. Checking in again brings them back.

    Refused as `check_in_closed`, or `not_here`.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.CHECK_IN, meeting)
    rules.check_check_in(meeting.state)
    kept = queries.kept_of(tx.reading, meeting, [tx.actor.person_id]).get(tx.actor.person_id)
    if kept is None or kept.presence not in rules.HERE:
        raise Refused("not_here")
    kept.presence = "left" if meeting.opened_at else "absent"
    kept.left_at = tx.now
    tx.record(Event.LEFT, meeting, presence=kept.presence)
    return {}


@act("live.mark", Action.CORRECT_ATTENDANCE)
def mark(tx: Tx, wanted: MarkInput) -> dict[str, Any]:
    """The secretariat calls the roll: these people are here now, take part from elsewhere, or have just gone.

    Several clerks may do it at once: who is marked like this already is passed over. Answers who was marked (`marked`).
    Refused: `check_in_closed` (not the time of the meeting), `not_invited`, `remote_not_offered`, `remote_not_allowed`. Recorded:
    ATTENDANCE_MARKED with the people.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.CORRECT_ATTENDANCE, meeting)
    rules.check_check_in(meeting.state)
    people = list(dict.fromkeys(wanted.people))
    listed = select(Participant.person_id).where(Participant.meeting_id == meeting.id, Participant.person_id.in_(people))
    if set(tx.scalars(listed)) != set(people):
        raise Refused("not_invited")
    kept = queries.kept_of(tx.reading, meeting, people)
    marked = _mark_left(tx, meeting, kept) if wanted.presence == "left" else _mark_here(tx, meeting, people, kept, wanted)
    if marked:
        tx.record(Event.ATTENDANCE_MARKED, meeting, people=marked)
    else:
        tx.nothing_to_record("they are marked like this already")
    return {"marked": [person for person, _ in marked]}


def _mark_here(
    tx: Tx, meeting: Meeting, people: list[int], kept: dict[int, Attendance], wanted: MarkInput
) -> list[tuple[int, str]]:
    way = meeting.form, meeting.book.remote, meeting.book.check_in
    away = arriving.check_way(*way, remote=wanted.presence == "remote", coded=True)
    coming = [person for person in people if not _is_here(kept.get(person), away)]
    progress = queries.progress_of(tx.reading, meeting.id)
    marked = [(person, _presence(tx, meeting, progress, kept.get(person), away)) for person in coming]
    _write_arrivals(tx, meeting, [(person, presence, "clerk") for person, presence in marked], kept)
    return marked


def _mark_left(tx: Tx, meeting: Meeting, kept: dict[int, Attendance]) -> list[tuple[int, str]]:
    presence = "left" if meeting.opened_at else "absent"
    going = [person for person, row in kept.items() if row.presence in rules.HERE]
    for person in going:
        kept[person].presence, kept[person].left_at = presence, tx.now
    return [(person, presence) for person in going]


@holds_seat
def is_here(session: Session, meeting_id: int, person_id: int) -> bool:
    """A substitute who has checked in keeps the seat."""
    wanted = select(Attendance.id).where(Attendance.meeting_id == meeting_id, Attendance.person_id == person_id)
    return session.scalar(wanted.where(Attendance.presence.in_(rules.HERE))) is not None


@act("live.correct_attendance", Action.CORRECT_ATTENDANCE)
def correct(tx: Tx, wanted: CorrectionInput) -> dict[str, Any]:
    """The secretariat sets what is true of somebody's presence, at any time from the issue on, with a reason.

    With `times` by stretches: "came at 08:20, left at 10:05, back at 10:30". Refused: `check_in_closed` (before the issue),
    `not_invited`, `times_needed`, `times_out_of_order`, `times_in_future`, `times_after_close`. Records what stood before and
    what stands now.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.CORRECT_ATTENDANCE, meeting)
    rules.check_correctable(meeting.state)
    invited = tx.scalar(
        select(Participant).where(Participant.meeting_id == meeting.id, Participant.person_id == wanted.person_id)
    )
    if invited is None:
        raise Refused("not_invited")
    kept = queries.kept_of(tx.reading, meeting, [wanted.person_id]).get(wanted.person_id)
    before = rules.presence_of(kept.presence if kept else None, invited.reply, invited.absence)
    if kept is None:
        kept = Attendance(meeting_id=meeting.id, person_id=wanted.person_id)
    stays = _set_right(tx, meeting, kept, wanted)
    kept.reason, kept.corrected_at, kept.corrected_by, kept.how = wanted.reason, tx.now, tx.actor.person_id, "clerk"
    tx.add(kept)
    facts: dict[str, Any] = {"person_id": wanted.person_id, "name": invited.person.called, "before": before}
    if stays:
        facts["times"] = [[each.since.isoformat(), queries.iso(each.until), each.remote] for each in stays]
    tx.record(Event.ATTENDANCE_CORRECTED, meeting, **facts, after=kept.presence, reason=wanted.reason)
    return {"presence": kept.presence}


def _set_right(tx: Tx, meeting: Meeting, kept: Attendance, wanted: CorrectionInput) -> list[arriving.Stay]:
    """Writes what is true onto the row; answers the stretches where they were told."""
    over = meeting.closed_at
    if wanted.times is not None:
        told = [arriving.Stay(each.since, each.until, each.remote) for each in wanted.times]
        stays = arriving.check_times(told, tx.now, over)
        kept.presence = arriving.presence_after(stays, meeting.starts_at, meeting.opened_at, over)
        kept.arrived_at = stays[0].since
        kept.left_at = stays[-1].until if kept.presence == "left" else None
        return stays
    if wanted.presence is None:
        raise Malformed({"presence": N_("Say what is true.")})
    unknown = wanted.presence == "left" or (wanted.presence == "late" and kept.arrived_at is None)
    if over is not None and unknown:
        raise Refused("times_needed")
    kept.presence = wanted.presence
    here = wanted.presence in rules.HERE | {"left"}
    kept.arrived_at = (kept.arrived_at or (meeting.opened_at if over else tx.now)) if here else None
    kept.left_at = tx.now if wanted.presence == "left" else None
    return []
