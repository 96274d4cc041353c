"""Who is told what of questioning: the respondent, the one who asked, the unit that a promise falls to."""

from typing import Any

from meeting.acts import Tx
from meeting.agenda.models import Meeting
from meeting.events import Event
from meeting.journal import Told
from meeting.notify import queries
from meeting.notify.facts import about, address
from meeting.notify.reactions import EXCUSED, LIVE, OFFICE, handles
from meeting.notify.telling import tell
from meeting.questioning.models import Promise
from meeting.speaking.models import Floor

EXCUSED.update(
    {
        Event.QUESTION_GROUP_EDITED: OFFICE,
        Event.QUESTION_GROUP_REMOVED: OFFICE,
        Event.QUESTION_GROUPS_ORDERED: OFFICE,
        Event.QUESTION_GROUP_AGREED: "the desk sees how many want a group where it orders them",
        Event.QUESTION_ASSIGNED: OFFICE,
        Event.QUESTION_GROUP_OPENED: LIVE,
        Event.QUESTION_GROUP_STOPPED: LIVE,
        Event.QUESTION_GROUP_ENDED: LIVE,
        Event.PROMISE_EDITED: "whoever promised is asked anew on the page of the promise",
        Event.PROMISE_LAPSED: "the register shows it with the reason",
    }
)


def promise_facts(promise: Promise) -> dict[str, Any]:
    """What notifications say about a promise."""
    known = {"promise": promise.text, "name": promise.person.called, "due_on": promise.due_on.isoformat()}
    return {**known, "title": promise.meeting.title, "reason": promise.answer_text}


def question_facts(floor: Floor) -> dict[str, Any]:
    """What notifications say about a question."""
    return {"question": floor.subject, "name": floor.person.called, "title": floor.meeting.title}


@handles(Event.QUESTION_GROUP_PLANNED)
def tell_respondent(tx: Tx, entry: Told) -> None:
    """Whoever is to answer learns of it, once the meeting is issued."""
    meeting = tx.get(Meeting, entry.chain)
    if not meeting.is_private:
        facts = {**about(meeting), "group": entry.facts["title"]}
        tell(tx, [entry.facts["respondent_id"]], "question_group_planned", f"{address(meeting)}/questions", meeting.id, **facts)


@handles(Event.QUESTION_TO_WRITING)
def tell_writer(tx: Tx, entry: Told) -> None:
    """Whoever was asked has an answer to write."""
    floor = tx.get(Floor, entry.facts["floor_id"])
    facts = {**question_facts(floor), "due_on": entry.facts["due_on"]}
    tell(tx, [floor.addressee_id], "question_to_writing", "/promises?view=written", floor.meeting_id, **facts)


@handles(Event.QUESTION_ANSWERED_IN_WRITING)
def tell_asker(tx: Tx, entry: Told) -> None:
    """Whoever asked has the answer."""
    floor = tx.get(Floor, entry.facts["floor_id"])
    tell(tx, [floor.person_id], "question_answered", "/promises?view=written", floor.meeting_id, **question_facts(floor))


@handles(Event.PROMISE_NOTED)
def tell_promiser(tx: Tx, entry: Told) -> None:
    """Whoever promised confirms it or objects; the unit has it to do."""
    promise = tx.get(Promise, entry.facts["promise_id"])
    facts, page = promise_facts(promise), f"/promises/{promise.id}"
    tell(tx, [promise.person_id], "promise_noted", page, promise.meeting_id, **facts)
    if promise.unit_id is not None:
        people = set(queries.unit_people(tx.reading, promise.body_id, promise.unit_id)) - {promise.person_id}
        tell(tx, sorted(people), "promise_for_unit", page, promise.meeting_id, **facts)


@handles(Event.PROMISE_ANSWERED)
def tell_desk(tx: Tx, entry: Told) -> None:
    """An objection goes to who noted it and to the secretary."""
    if entry.facts["answer"] == "objected":
        promise = tx.get(Promise, entry.facts["promise_id"])
        people = {promise.noted_by_id, promise.meeting.secretary_id}
        tell(tx, [*people], "promise_objected", f"/promises/{promise.id}", promise.meeting_id, **promise_facts(promise))


@handles(Event.PROMISE_KEPT)
def tell_kept(tx: Tx, entry: Told) -> None:
    """Whoever put the question, and whoever promised, learn that it is done."""
    promise = tx.get(Promise, entry.facts["promise_id"])
    asker = tx.get(Floor, promise.floor_id).person_id if promise.floor_id else None
    people = {promise.person_id, asker}
    tell(tx, [*people], "promise_kept", f"/promises/{promise.id}", promise.meeting_id, **promise_facts(promise))
