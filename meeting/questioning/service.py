"""The acts of questioning: register a question, debate an answer, let the respondent answer, say whether the answer was clear."""

from typing import Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act, on
from meeting.agenda.models import Meeting
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.live.rules import RUNNING, check_in_session
from meeting.permissions import Action
from meeting.questioning import queries, rules
from meeting.questioning.models import AnswerView, Inquiry
from meeting.questioning.queries import Scene
from meeting.speaking import queries as speaking
from meeting.speaking.models import Floor, QuestionGroup
from meeting.speaking.rules import ASKING_STATES, QUESTIONING
from meeting.speaking.service import FloorInput


class AskQuestionInput(ActInput):
    """A question in all its words: for a group, or to a person. `written`: for an answer in writing, outside of the queue."""

    meeting_id: int
    text: str = Field(min_length=1, max_length=4000)
    group_id: int | None = None
    addressee_id: int | None = None
    written: bool = False


class FollowUpInput(FloorInput):
    """The question whose answer is debated, and what about it."""

    subject: str = Field(default="", max_length=200)


class JudgeInput(FloorInput):
    """The question, and whether its answer was clear."""

    clear: bool


@act("questioning.ask", Action.ASK_FLOOR)
def ask(tx: Tx, wanted: AskQuestionInput) -> dict[str, Any]:
    """A member registers a question, before the meeting or while a group is open; it waits in the order of registration.

    Refused: `floor_closed`, `only_members_ask`, `question_to_oneself`, `addressee_needed`, `addressee_unknown`, `no_group_open`,
    `other_respondent`, `already_asked`, `question_too_many`, `group_state`. Recorded.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.ASK_FLOOR, meeting)
    if meeting.state not in ASKING_STATES:
        raise Refused("floor_closed", state=f"state_{meeting.state}")
    scene = queries.scene_of(tx.reading, meeting.id)
    group = _group_for(tx, meeting, scene, wanted)
    addressee = group.respondent_id if group else wanted.addressee_id
    _check_addressee(tx, meeting, addressee)
    rules.check_question(_asking(tx, meeting, scene, addressee, written=wanted.written))
    floor = _enter(tx, meeting, "question", rules.shortened(wanted.text), addressee, group, written=wanted.written)
    tx.add(Inquiry(floor_id=floor.id, text=wanted.text.strip()))
    place = queries.scene_of(tx.reading, meeting.id).waiting_of(tx.actor.person_id, "question")
    return {"floor_id": floor.id, "position": None if wanted.written else place}


def _group_for(tx: Tx, meeting: Meeting, scene: Scene, wanted: AskQuestionInput) -> QuestionGroup | None:
    """The group named, or the open one. In the sitting nobody asks outside of it but in writing."""
    if wanted.group_id is not None:
        named = tx.get(QuestionGroup, wanted.group_id)
        if named.meeting_id != meeting.id:
            raise Missing()
        rules.step("edit", named.state)
        if meeting.state in RUNNING and named.state != "open" and not wanted.written:
            raise Refused("no_group_open")
        return named
    group = scene.opened if meeting.state in RUNNING and not wanted.written else None
    if group and wanted.addressee_id not in (None, group.respondent_id):
        raise Refused("other_respondent", name=group.respondent.called)
    return group


def _check_addressee(tx: Tx, meeting: Meeting, person_id: int | None) -> None:
    if person_id is None:
        raise Refused("addressee_needed")
    if queries.invitation(tx.reading, meeting.id, person_id) is None:
        raise Refused("addressee_unknown")


def _asking(
    tx: Tx, meeting: Meeting, scene: Scene, addressee: int | None, *, written: bool = False, but: int = 0, asker: int = 0
) -> rules.Asking:
    """What the rule looks at. `asker`: whose question it is, where the desk entered it for them."""
    me = asker or tx.actor.person_id
    return rules.Asking(
        in_session=meeting.state in RUNNING,
        groups=bool(scene.groups),
        open_group=scene.opened is not None,
        by_member=bool(queries.voters_among(tx.reading, meeting.id, [me])),
        by_respondent=addressee == me,
        written=written,
        waiting=scene.waiting_of(me, "question", but),
        ahead=scene.unheard_of(me, but),
    )


def _enter(
    tx: Tx,
    meeting: Meeting,
    kind: str,
    subject: str,
    addressee: int | None,
    group: QuestionGroup | None,
    *,
    written: bool = False,
    answers: int | None = None,
) -> Floor:
    """Puts a request into the queue of questions."""
    item_id = (group.item_id if group else None) or meeting.current_item_id
    floor = tx.add(
        Floor(
            meeting_id=meeting.id,
            item_id=item_id,
            person_id=tx.actor.person_id,
            addressee_id=addressee,
            queue=QUESTIONING,
            kind=kind,
            subject=subject,
            state="done" if written else "waiting",
            written=written,
            limit_seconds=speaking.limits_of(meeting).of(kind),
            asked_at=tx.now,
            group_id=group.id if group else None,
            answers_id=answers,
        )
    )
    told = subject if kind != "question" else ""  # not told before it is put
    known = {"floor_id": floor.id, "item_id": item_id, "kind": kind, "subject": told, "addressee_id": addressee}
    more = {"queue": QUESTIONING, "answers_id": answers, "group_id": floor.group_id, "written": written}
    tx.record(Event.FLOOR_ASKED, meeting, **known, **more)
    return floor


@act("questioning.follow_up", Action.ASK_FLOOR)
def follow_up(tx: Tx, wanted: FollowUpInput) -> dict[str, Any]:
    """A member debates the answer just heard, with the respondent only; whoever put the question comes first (Điều 23.2d).

    Refused: `not_a_question`, `respondent_answers`, `only_members_ask`, `group_not_open`, `question_not_put`, `nothing_answered`,
    `already_asked`. Recorded.
    """
    question = tx.get(Floor, wanted.floor_id)
    tx.require(Action.ASK_FLOOR, question)
    meeting = question.meeting
    check_in_session(meeting.state)
    group, addressee = _check_follow_up(tx, question, None)
    floor = _enter(tx, meeting, "debate", wanted.subject, addressee, group, answers=question.id)
    place = queries.scene_of(tx.reading, meeting.id).waiting_of(tx.actor.person_id, "debate")
    return {"floor_id": floor.id, "position": place}


def _check_follow_up(
    tx: Tx, question: Floor, addressee: int | None, but: int = 0, asker: int = 0
) -> tuple[QuestionGroup | None, int | None]:
    """Asks the rule; gives the group and whoever answers."""
    if question.kind != "question" or question.queue != QUESTIONING:
        raise Refused("not_a_question")
    scene = queries.scene_of(tx.reading, question.meeting_id)
    group = tx.find(QuestionGroup, question.group_id) if question.group_id else None
    respondent = group.respondent_id if group else question.addressee_id
    me = asker or tx.actor.person_id
    wish = rules.FollowUp(
        group=group.state if group else None,
        put=question.started_at is not None,
        answered=question.id in scene.answered,
        by_member=bool(queries.voters_among(tx.reading, question.meeting_id, [me])),
        by_respondent=respondent == me,
        to_respondent=addressee in (None, respondent),
        waiting=scene.waiting_of(me, "debate", but),
    )
    rules.check_follow_up(wish)
    return group, respondent


@on(Event.FLOOR_ASKED)
def take_up(tx: Tx, told: Told) -> None:
    """A question or a debate asked at the floor itself falls under the same rules, and into the open group."""
    if told.facts.get("queue") != QUESTIONING or "group_id" in told.facts:
        return
    floor = tx.get(Floor, told.facts["floor_id"])
    if floor.answers_id is not None:
        question = tx.get(Floor, floor.answers_id)
        if question.meeting_id != floor.meeting_id:
            raise Missing()
        group, floor.addressee_id = _check_follow_up(tx, question, floor.addressee_id, but=floor.id, asker=floor.person_id)
    else:
        scene = queries.scene_of(tx.reading, floor.meeting_id)
        group = scene.opened
        if group and floor.addressee_id != group.respondent_id:
            raise Refused("other_respondent", name=group.respondent.called)
        asking = _asking(tx, floor.meeting, scene, floor.addressee_id, but=floor.id, asker=floor.person_id)
        rules.check_question(asking)
    floor.group_id = group.id if group else None
    tx.flush()


@on(Event.SPEAKER_CALLED, Event.SPEECH_STARTED)
def keep_to_the_group(tx: Tx, told: Told) -> None:
    """Only those of the open group are called."""
    floor = tx.get(Floor, told.facts["floor_id"])
    if floor.queue != QUESTIONING:
        return
    groups = queries.groups_of(tx.reading, floor.meeting_id)
    if groups and floor.group_id not in {each.id for each in groups if each.state == "open"}:
        raise Refused("group_not_open")


@act("questioning.answer", Action.RUN_QUESTIONING)
def answer(tx: Tx, wanted: FloorInput) -> dict[str, Any]:
    """The chair lets the person questioned answer, with a clock of its own; whoever asked or debated is stopped by it.

    `floor_id` is the question, or the debate about its answer. Nobody answers for another (Điều 22.2).
    Refused: `not_in_session`, `not_a_question`, `question_not_put`, `group_not_open`, `respondent_away`, `someone_speaks`.
    Recorded as the beginning of a speech.
    """
    floor = tx.get(Floor, wanted.floor_id)
    tx.require(Action.RUN_QUESTIONING, floor)
    meeting = floor.meeting
    check_in_session(meeting.state)
    question = tx.get(Floor, floor.answers_id) if floor.kind == "debate" and floor.answers_id else floor
    if question.kind != "question":
        raise Refused("not_a_question")
    if question.started_at is None:
        raise Refused("question_not_put")
    group = tx.find(QuestionGroup, question.group_id) if question.group_id else None
    respondent = group.respondent if group else question.addressee
    assert respondent is not None  # a constraint of the table
    if not queries.is_here(tx.reading, meeting.id, respondent.id):
        raise Refused("respondent_away", name=respondent.called)
    _free_the_floor(tx, meeting)
    turn = tx.add(
        Floor(
            meeting_id=meeting.id,
            item_id=meeting.current_item_id or question.item_id,
            person_id=respondent.id,
            queue=QUESTIONING,
            kind="explain",
            subject=question.subject,
            state="speaking",
            limit_seconds=meeting.book.answer_seconds,
            asked_at=tx.now,
            called_at=tx.now,
            started_at=tx.now,
            group_id=question.group_id,
            answers_id=question.id,
        )
    )
    facts = {"floor_id": turn.id, "person_id": turn.person_id, "name": respondent.called, "item_id": turn.item_id}
    more = {"kind": "explain", "limit_seconds": turn.limit_seconds, "answers_id": question.id}
    tx.record(Event.SPEECH_STARTED, turn, **facts, **more)
    return {"floor_id": turn.id}


def _free_the_floor(tx: Tx, meeting: Meeting) -> None:
    """Stops a turn of the questioning; anybody else is not interrupted."""
    speaks = speaking.in_state(tx.reading, meeting.id, "speaking")
    if speaks is None:
        return
    if speaks.queue != QUESTIONING:
        raise Refused("someone_speaks", name=speaks.person.called)
    tx.call("speaking.stop", FloorInput(floor_id=speaks.id))


@act("questioning.judge", Action.ASK_FLOOR)
def judge(tx: Tx, wanted: JudgeInput) -> dict[str, Any]:
    """A member says whether the answer was clear. Only the number is shown, and only to the podium and the desk.

    Refused: as for a debate, except that one may say it again. Nothing is recorded: it is no vote.
    """
    question = tx.get(Floor, wanted.floor_id)
    tx.require(Action.ASK_FLOOR, question)
    if question.kind != "question":
        raise Refused("not_a_question")
    scene = queries.scene_of(tx.reading, question.meeting_id)
    if question.id not in scene.answered:
        raise Refused("nothing_answered")
    if not queries.voters_among(tx.reading, question.meeting_id, [tx.actor.person_id]):
        raise Refused("only_members_ask")
    own = tx.find(AnswerView, (question.id, tx.actor.person_id))
    if own is None:
        tx.add(AnswerView(floor_id=question.id, person_id=tx.actor.person_id, clear=wanted.clear, at=tx.now))
    else:
        own.clear, own.at = wanted.clear, tx.now
    tx.touch(question.meeting_id)
    tx.nothing_to_record("an impression, no vote")
    return {}
