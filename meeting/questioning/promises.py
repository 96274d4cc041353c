"""The acts on promises: noted while the respondent speaks, corrected, confirmed or objected to, kept. Never deleted."""

from datetime import date
from typing import Any, TypeVar

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Meeting
from meeting.clock import local
from meeting.errors import Forbidden, Missing, Refused
from meeting.events import Event
from meeting.organization.models import Person, Unit
from meeting.permissions import Action
from meeting.questioning import queries, rules
from meeting.questioning.models import Promise
from meeting.questioning.written import own_file
from meeting.speaking.models import Floor, QuestionGroup

Row = TypeVar("Row", Floor, QuestionGroup)
LINK = r"^/[A-Za-z0-9][A-Za-z0-9/_.?=&#-]*$"  # a page of this site


class PromiseInput(ActInput):
    """Names a promise."""

    promise_id: int


class NotePromiseInput(ActInput):
    """What was promised, by when, by whom. Left out: the respondent of the group that is shown, and his unit."""

    meeting_id: int
    text: str = Field(min_length=1, max_length=2000)
    due_on: date
    person_id: int | None = None
    unit_id: int | None = None
    group_id: int | None = None
    floor_id: int | None = None


class EditPromiseInput(PromiseInput):
    """What is left out stays as it is."""

    text: str | None = Field(default=None, min_length=1, max_length=2000)
    due_on: date | None = None
    unit_id: int | None = None


class AnswerPromiseInput(PromiseInput):
    """Whether it was said so; if not, what is not right."""

    agrees: bool
    text: str = Field(default="", max_length=2000)


class KeepPromiseInput(PromiseInput):
    """When and how it was kept, with a proof: a file, or the address of a task or paper on this site."""

    note: str = Field(min_length=1, max_length=2000)
    on: date | None = None
    file_id: int | None = None
    link: str = Field(default="", max_length=300, pattern=rf"{LINK}|^$")


class LapseInput(PromiseInput):
    """Why it no longer holds."""

    reason: str = Field(min_length=1, max_length=2000)


@act("questioning.note_promise", Action.KEEP_PROMISES)
def note_promise(tx: Tx, wanted: NotePromiseInput) -> dict[str, Any]:
    """The desk or the podium notes a promise; whoever made it sees it at once and may confirm it or object.

    Refused: `not_in_session` before the meeting began, `promise_person`, `respondent_uninvited`, `promise_due_past`, `not_found`.
    Recorded in full: it stands in the register until it is kept.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.KEEP_PROMISES, meeting)
    if meeting.opened_at is None:
        raise Refused("not_in_session", state=f"state_{meeting.state}")
    scene = queries.scene_of(tx.reading, meeting.id)
    group = _of_meeting(tx, meeting, QuestionGroup, wanted.group_id) or scene.group
    floor = _of_meeting(tx, meeting, Floor, wanted.floor_id) or scene.question
    person = _promiser(tx, meeting, wanted.person_id, group, floor)
    if wanted.due_on < local(meeting.opened_at).date():
        raise Refused("promise_due_past")
    unit_id = tx.get(Unit, wanted.unit_id).id if wanted.unit_id is not None else person.unit_id
    facts = {"group_id": group.id if group else None, "floor_id": floor.id if floor else None}
    known = {"person_id": person.id, "unit_id": unit_id, "text": wanted.text.strip(), **facts}
    row = Promise(
        body_id=meeting.body_id,
        meeting_id=meeting.id,
        due_on=wanted.due_on,
        made_at=tx.now,
        noted_by_id=tx.actor.person_id,
        **known,
    )
    promise = tx.add(row)
    tx.record(Event.PROMISE_NOTED, promise, promise_id=promise.id, due_on=wanted.due_on.isoformat(), **known)
    return {"promise_id": promise.id}


def _of_meeting(tx: Tx, meeting: Meeting, model: type[Row], key: int | None) -> Row | None:
    if key is None:
        return None
    found = tx.get(model, key)
    if found.meeting_id != meeting.id:
        raise Missing()
    return found


def _promiser(tx: Tx, meeting: Meeting, person_id: int | None, group: QuestionGroup | None, floor: Floor | None) -> Person:
    found = person_id or (group.respondent_id if group else floor.addressee_id if floor else None)
    if found is None:
        raise Refused("promise_person")
    if queries.invitation(tx.reading, meeting.id, found) is None:
        raise Refused("respondent_uninvited")
    return tx.get(Person, found)


@act("questioning.edit_promise", Action.KEEP_PROMISES)
def edit_promise(tx: Tx, wanted: EditPromiseInput) -> dict[str, Any]:
    """Corrects the words, the due date or the unit; who made it is asked anew. Refused: `promise_closed`, `promise_due_past`.

    Recorded with what stood before and what stands now.
    """
    promise = _kept_by_desk(tx, wanted)
    after = wanted.model_dump(include={"text", "due_on", "unit_id"}, exclude_none=True)
    changed = {name: value for name, value in after.items() if getattr(promise, name) != value}
    if not changed:
        tx.nothing_to_record("the promise says so already")
        return {}
    if wanted.unit_id is not None:
        tx.get(Unit, wanted.unit_id)
    if "due_on" in changed and changed["due_on"] < local(promise.made_at).date():
        raise Refused("promise_due_past")
    before = {name: _plain(getattr(promise, name)) for name in changed}
    for name, value in changed.items():
        setattr(promise, name, value)
    promise.answer, promise.answer_text, promise.answered_at = "", "", None
    now = {name: _plain(value) for name, value in changed.items()}
    tx.record(Event.PROMISE_EDITED, promise, promise_id=promise.id, before=before, after=now)
    return {}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _kept_by_desk(tx: Tx, wanted: PromiseInput) -> Promise:
    promise = tx.get(Promise, wanted.promise_id)
    tx.require(Action.KEEP_PROMISES, promise)
    rules.check_promise_open(promise.state)
    return promise


@act("questioning.answer_promise", Action.READ_PROMISES)
def answer_promise(tx: Tx, wanted: AnswerPromiseInput) -> dict[str, Any]:
    """Whoever made the promise confirms how it was noted, or objects with a word on it.

    Refused: `not_your_promise`, `promise_closed`, `objection_empty`. Recorded.
    """
    promise = tx.get(Promise, wanted.promise_id)
    tx.require(Action.READ_PROMISES, promise)
    if promise.person_id != tx.actor.person_id:
        raise Forbidden("not_your_promise")
    rules.check_promise_open(promise.state)
    if not wanted.agrees and not wanted.text.strip():
        raise Refused("objection_empty")
    promise.answer = "confirmed" if wanted.agrees else "objected"
    promise.answer_text, promise.answered_at = wanted.text.strip(), tx.now
    tx.record(Event.PROMISE_ANSWERED, promise, promise_id=promise.id, answer=promise.answer, text=promise.answer_text)
    return {}


@act("questioning.keep_promise", Action.KEEP_PROMISES)
def keep_promise(tx: Tx, wanted: KeepPromiseInput) -> dict[str, Any]:
    """Notes that a promise was kept, with day, words and proof. Refused: `promise_closed`, `kept_ahead`, `not_found`."""
    promise = _kept_by_desk(tx, wanted)
    today = local(tx.now).date()
    kept_on = wanted.on or today
    if kept_on > today:
        raise Refused("kept_ahead")
    own_file(tx, wanted.file_id)
    promise.state, promise.kept_on, promise.kept_note = "kept", kept_on, wanted.note
    promise.kept_by_id, promise.kept_file_id, promise.kept_link = tx.actor.person_id, wanted.file_id, wanted.link
    late = kept_on > promise.due_on
    tx.record(Event.PROMISE_KEPT, promise, promise_id=promise.id, on=kept_on.isoformat(), late=late, note=wanted.note)
    return {"late": late}


@act("questioning.lapse_promise", Action.KEEP_PROMISES)
def lapse_promise(tx: Tx, wanted: LapseInput) -> dict[str, Any]:
    """Notes that a promise no longer holds (done otherwise, withdrawn by the body). It stays in the register. Recorded."""
    promise = _kept_by_desk(tx, wanted)
    promise.state, promise.kept_note, promise.kept_by_id = "lapsed", wanted.reason, tx.actor.person_id
    tx.record(Event.PROMISE_LAPSED, promise, promise_id=promise.id, reason=wanted.reason)
    return {}
