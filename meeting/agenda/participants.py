"""Acts on the invited: who is on the list, who saw the invitation, who comes and who does not."""

from typing import Any

from sqlalchemy import select

from meeting import clock
from meeting.acts import Tx, act
from meeting.agenda import queries
from meeting.agenda.inputs import Invitee, MeetingInput, ParticipantsInput, ReplyInput
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.rules import (
    RUNNING_STATES,
    check_editable,
    check_invitation,
    check_items_known,
    check_reply,
)
from meeting.agenda.service import check_person, told_clashes
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import Action


@act("agenda.set_participants", Action.PREPARE_MEETING)
def set_participants(tx: Tx, wanted: ParticipantsInput) -> dict[str, Any]:
    """Adds people to the list, changes how they are invited, or takes them off. After the issue, who is added is invited at once.

    While the meeting runs guests may still be added; nobody is taken off. Refused as `programme_with_chair`, `meeting_begun`,
    `not_a_member`, `voter_not_limited`, `item_elsewhere`, `person_retired`, `chair_must_stay`. Records who was added, changed
    and removed; the same list again changes nothing.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.PREPARE_MEETING, meeting)
    check_editable(meeting.state, in_session=True)
    if wanted.remove and meeting.state in RUNNING_STATES:
        raise Refused("meeting_begun")
    present = {each.person_id: each for each in tx.scalars(select(Participant).where(Participant.meeting_id == meeting.id))}
    added, changed = _add(tx, meeting, wanted.add, present)
    removed = _remove(tx, meeting, wanted.remove, present)
    if added or changed or removed:
        issued = meeting.issued_at is not None and meeting.state != "postponed"
        tx.record(Event.PARTICIPANTS_SET, meeting, added=added, changed=changed, removed=removed, issued=issued)
    else:
        tx.nothing_to_record("the list is the same")
    return {"added": added, "changed": changed, "removed": removed, **told_clashes(tx, meeting)}


def _add(tx: Tx, meeting: Meeting, people: list[Invitee], present: dict[int, Participant]) -> tuple[list[int], list[int]]:
    day = clock.local(meeting.starts_at).date()
    members = {each.id for each in queries.members_of(tx.reading, meeting.body_id, day)} if people else set()
    programme = set(tx.scalars(select(Item.id).where(Item.meeting_id == meeting.id)))
    invited_at = tx.now if meeting.state in RUNNING_STATES | {"issued"} else None
    added, changed = [], []
    for each in people:
        person = check_person(tx, each.person_id)
        assert person
        check_invitation(person.called, voting=each.voting, member=person.id in members, limited=bool(each.item_ids))
        check_items_known(each.item_ids or [], programme)
        row = present.get(each.person_id)
        if row is None:
            row = Participant(
                meeting_id=meeting.id,
                person_id=each.person_id,
                voting=each.voting,
                item_ids=each.item_ids or None,
                invited_at=invited_at,
            )
            present[each.person_id] = tx.add(row)
            added.append(each.person_id)
        elif (row.voting, row.item_ids) != (each.voting, each.item_ids or None):
            row.voting, row.item_ids = each.voting, each.item_ids or None
            changed.append(each.person_id)
    return added, changed


def _remove(tx: Tx, meeting: Meeting, people: list[int], present: dict[int, Participant]) -> list[int]:
    removed = []
    for person_id in people:
        if person_id == meeting.chair_id:
            raise Refused("chair_must_stay")
        row = present.pop(person_id, None)
        if row is not None:
            tx.delete(row)
            removed.append(person_id)
    return removed


@act("agenda.reply", Action.REPLY_INVITATION)
def reply(tx: Tx, wanted: ReplyInput) -> dict[str, Any]:
    """Answers one's own invitation: comes, or reports an absence with its reason. May be changed until the meeting begins.

    Refused as `not_invited`, `replies_closed`, `reason_needed`. Records the answer with the reason; the same answer again
    changes nothing.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.REPLY_INVITATION, meeting)
    mine = _own(tx, meeting)
    check_reply(meeting.state, wanted.reply, wanted.reason)
    reason = wanted.reason if wanted.reply == "declined" else ""
    if (mine.reply, mine.reason) == (wanted.reply, reason):
        tx.nothing_to_record("the same answer again")
    else:
        mine.reply, mine.reason, mine.replied_at = wanted.reply, reason, tx.now
        mine.seen_at = mine.seen_at or tx.now
        tx.record(Event.INVITATION_ANSWERED, meeting, person_id=mine.person_id, reply=wanted.reply, reason=reason)
    return {"reply": mine.reply, "replied_at": (mine.replied_at or tx.now).isoformat()}


def _own(tx: Tx, meeting: Meeting) -> Participant:
    wanted = select(Participant).where(Participant.meeting_id == meeting.id, Participant.person_id == tx.actor.person_id)
    mine = tx.scalar(wanted)
    if mine is None:
        raise Refused("not_invited")
    return mine


@act("agenda.mark_seen", Action.REPLY_INVITATION)
def mark_seen(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """Notes that the invitation was opened, once, and which version of the programme was read last.

    The secretariat sees the time; no journal entry is made of reading.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.REPLY_INVITATION, meeting)
    mine = _own(tx, meeting)
    tx.nothing_to_record("that somebody opened a page stands on the invitation itself")
    mine.read_version = max(mine.read_version, meeting.programme_version)
    if mine.seen_at is None and mine.invited_at is not None:
        mine.seen_at = tx.now
        tx.touch(meeting.id)
    return {}
