"""What the room adds to the live state: the open group, who asks, who answers, what was promised; each person's own part."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.clock import today
from meeting.live.queries import iso, person_brief, stand_ins
from meeting.live.rules import RUNNING
from meeting.live.state import Objection, View, mine, objects_to_close, section
from meeting.questioning import queries
from meeting.questioning.models import Promise
from meeting.questioning.queries import Scene
from meeting.speaking import lines
from meeting.speaking.models import Floor, QuestionGroup
from meeting.speaking.rules import ASKING_STATES


@section("questioning")
def questioning(view: View) -> dict[str, Any]:
    """The group with its respondent, the question being dealt with, who speaks, who waits, who was heard, what was promised."""
    scene = _seen(view, queries.scene_of(view.session, view.meeting.id))
    if not scene.groups and not scene.floors:
        return _nothing()
    for_whom = stand_ins(view.session, view.meeting.id)
    speaks, called, waiting = scene.in_state("speaking"), scene.in_state("called"), scene.queue
    agreed = queries.agreements(view.session, view.meeting.id) if scene.groups else {}
    desk = view.audience == "desk"
    return {
        "group": _group(scene.group, agreed, scene) if scene.group else None,
        "groups": [_group(each, agreed, scene) for each in scene.groups],
        "question": _question(view, scene) if scene.question else None,
        "current": _current(view, speaks, for_whom) if speaks else None,
        "called": _line(called, for_whom, desk=desk) if called else None,
        "queue": _queue(waiting, for_whom, desk=desk) if desk or view.meeting.opened_at else [],
        "done": [{**_brief(each), "answered": each.id in scene.answered} for each in scene.put],
        "promises": [promise_line(each) for each in _promises(view, scene)],
        "loose": len([each for each in scene.floors if _is_loose(each)]) if desk and scene.groups else 0,
    }


def _nothing() -> dict[str, Any]:
    empty: dict[str, Any] = {"group": None, "question": None, "current": None, "called": None, "loose": 0}
    return {**empty, "groups": [], "queue": [], "done": [], "promises": []}


def _seen(view: View, scene: Scene) -> Scene:
    """What a guest limited to some items may know of it."""
    if view.item_ids is None:
        return scene
    groups = [each for each in scene.groups if each.item_id is None or each.item_id in view.item_ids]
    known = {each.id for each in groups} | {None}
    floors = [each for each in scene.floors if each.item_id in view.item_ids or each.item_id is None]
    return Scene(groups, [each for each in floors if each.group_id in known], scene.texts)


def _is_loose(floor: Floor) -> bool:
    return floor.kind == "question" and floor.state == "waiting" and floor.group_id is None


def _group(group: QuestionGroup, agreed: Mapping[int, int], scene: Scene) -> dict[str, Any]:
    asked = [each for each in scene.floors if each.group_id == group.id and each.kind == "question" and not each.written]
    return {
        "id": group.id,
        "title": group.title,
        "item_id": group.item_id,
        "respondent": person_brief(group.respondent),
        "state": group.state,
        "opened_at": iso(group.opened_at),
        "questions": len(asked),
        "put": len([each for each in asked if each.started_at is not None]),
        "agrees": agreed.get(group.id, 0),
    }


def _question(view: View, scene: Scene) -> dict[str, Any]:
    """The question being dealt with, in all its words. Only the podium and the desk learn for how many the answer was clear."""
    floor = scene.put[-1]
    speaks = scene.in_state("speaking")
    value = {
        **_brief(floor),
        "text": scene.text_of(floor),
        "addressee": person_brief(floor.addressee),
        "asked_at": iso(floor.asked_at),
        "before": floor.asked_at < view.meeting.opened_at if view.meeting.opened_at else False,
        "number": len(scene.put),
        "of": len([each for each in scene.shown if each.kind == "question"]),
        "answered": floor.id in scene.answered,
        "stage": {"question": "asking", "explain": "answering", "debate": "debating"}[speaks.kind] if speaks else "",
    }
    if view.audience == "desk":
        views = queries.views_of(view.session, floor.id)
        value["clear"] = {"yes": views.get(True, 0), "no": views.get(False, 0)}
    return value


def _brief(floor: Floor) -> dict[str, Any]:
    return {"id": floor.id, "person": person_brief(floor.person), "subject": floor.subject}


def _line(floor: Floor, for_whom: Mapping[int, str], *, desk: bool) -> dict[str, Any]:
    """Whose turn comes. What a question says is the desk's alone until it is put; its author has it in the own part."""
    unput = floor.kind == "question" and floor.started_at is None
    hidden = {"subject": ""} if unput and not desk else {}
    return {**lines.line(floor, for_whom), "answers_id": floor.answers_id, **hidden}


def _current(view: View, floor: Floor, for_whom: Mapping[int, str]) -> dict[str, Any]:
    warn = view.meeting.book.warn_seconds
    return {**lines.current(floor, for_whom, warn, view.now), "answers_id": floor.answers_id}


def _queue(waiting: Sequence[Floor], for_whom: Mapping[int, str], *, desk: bool) -> list[dict[str, Any]]:
    ahead, shown = 0, []
    for each in waiting:
        shown.append({**_line(each, for_whom, desk=desk), "ahead_seconds": ahead})
        ahead += each.limit_seconds
    return shown


def _promises(view: View, scene: Scene) -> list[Promise]:
    """Those of the group that is shown; without groups those of the meeting."""
    if not scene.put and not scene.group:
        return []
    wanted = scene.group.id if scene.group else None
    return [each for each in queries.promises_in(view.session, view.meeting.id) if wanted is None or each.group_id == wanted]


def promise_line(promise: Promise) -> dict[str, Any]:
    """A promise on the live screens."""
    return {
        "id": promise.id,
        "text": promise.text,
        "person": person_brief(promise.person),
        "unit": {"id": promise.unit.id, "name": promise.unit.name} if promise.unit else None,
        "due_on": promise.due_on.isoformat(),
        "state": promise.state,
        "standing": promise.standing(today()).value,
        "answer": promise.answer,
        "answer_text": promise.answer_text,
    }


@mine("questioning")
def my_part(session: Session, meeting: Meeting, people: Sequence[int], _now: datetime) -> Mapping[int, Mapping[str, Any]]:
    """For each: may I ask or debate now, where do I stand, was the answer clear to me, do I answer. Set queries for all."""
    scene = queries.scene_of(session, meeting.id)
    may_vote = queries.voters_among(session, meeting.id, people)
    views = queries.my_views(session, scene.question.id, people) if scene.question else {}
    takes = _takes_questions(meeting, scene)
    open_now = meeting.state in ASKING_STATES
    found: dict[int, dict[str, Any]] = {}
    for person in people:
        votes = person in may_vote
        part = _mine(scene, person, votes, views.get(person), takes)
        found[person] = {"questioning": {**part, "may_write": votes and open_now}}
    return found


def _takes_questions(meeting: Meeting, scene: Scene) -> bool:
    if meeting.state not in ASKING_STATES:
        return False
    return meeting.state not in RUNNING or not scene.groups or scene.opened is not None


def _mine(scene: Scene, person: int, votes: bool, clear: bool | None, takes: bool) -> dict[str, Any]:
    question, group = scene.question, scene.group
    answers = person == (group.respondent_id if group else question.addressee_id if question else None)
    own = [each for each in scene.floors if each.person_id == person and each.kind in ("question", "debate")]
    waits = scene.waiting_of(person, "debate")
    heard = question is not None and question.id in scene.answered and (group is None or group.state == "open")
    return {
        "may_ask": votes and takes and not answers,
        "may_follow": votes and heard and not answers and waits is None,
        "may_judge": votes and heard and not answers,
        "answers": answers,
        "clear": clear,
        "requests": [
            {**_own(each), "position": scene.waiting_of(person, each.kind) if each in scene.queue else None}
            for each in own
            if each.state in ("waiting", "called", "speaking")
        ],
    }


def _own(floor: Floor) -> dict[str, Any]:
    to = floor.addressee.called if floor.addressee else ""
    known = {"id": floor.id, "kind": floor.kind, "state": floor.state, "subject": floor.subject, "written": floor.written}
    return {**known, "to": to, "group_id": floor.group_id}


@objects_to_close
def open_group(session: Session, meeting: Meeting) -> list[Objection]:
    """A meeting cannot close while a group of questions is open."""
    group = next((each for each in queries.groups_of(session, meeting.id) if each.state == "open"), None)
    settle = ("questioning.end_group", {"group_id": group.id}) if group else None
    return [Objection("group_still_open", {"title": group.title}, settle)] if group else []
