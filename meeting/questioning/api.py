"""What other programs read of questioning: groups and questions of a meeting, and promises."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.clock import today
from meeting.live.queries import iso, person_brief
from meeting.permissions import Actor
from meeting.questioning import queries, register, screens
from meeting.questioning.models import Promise
from meeting.speaking.models import Floor
from meeting.web.api import asked, asked_number, paged, resource


@resource("/meetings/<int:meeting_id>/questions", "Groups of questions of a meeting with the questions one may read")
def questions(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """In the order of the groups; questions of no group stand in a last one without id."""
    found = screens.questions_page(session, actor, meeting_id)
    scene = queries.scene_of(session, meeting_id)
    groups = [
        {
            "id": card.group.id,
            "title": card.group.title,
            "item_id": card.group.item_id,
            "respondent": person_brief(card.group.respondent),
            "state": card.group.state,
            "agrees": card.agrees,
            "questions": [_question(scene, each) for each in card.questions],
        }
        for card in found["cards"]
    ]
    return {"data": groups, "loose": [_question(scene, each) for each in found["loose"]]}


def _question(scene: queries.Scene, floor: Floor) -> dict[str, Any]:
    beside = scene.texts.get(floor.id)
    return {
        "id": floor.id,
        "person": person_brief(floor.person),
        "addressee": person_brief(floor.addressee),
        "text": scene.text_of(floor),
        "state": floor.state,
        "asked_at": iso(floor.asked_at),
        "put_at": iso(floor.started_at),
        "answered": floor.id in scene.answered,
        "written_due_on": beside.written_due_on.isoformat() if beside and beside.written_due_on else None,
        "answered_on": beside.answered_on.isoformat() if beside and beside.answered_on else None,
    }


@resource(
    "/promises",
    "The register of promises",
    body="short name of a body",
    state="open, overdue, due_soon, kept or lapsed",
    meeting="id of a meeting",
    person="id of who promised",
    q="words, with or without marks",
    limit="how many",
    cursor="where to go on",
)
def promises(session: Session, actor: Actor) -> dict[str, Any]:
    """Open ones by due date, then closed ones; those one may read."""
    wanted = register.Wanted(asked("body"), asked("state"), asked_number("meeting"), asked_number("person"), asked("q"))
    return paged(register.promises(session, actor, wanted).rows, promise_json)


@resource("/promises/<int:promise_id>", "A promise")
def promise(session: Session, actor: Actor, promise_id: int) -> dict[str, Any]:
    """One promise with its answer and its proof."""
    return promise_json(register.readable(session, actor, promise_id))


def promise_json(found: Promise) -> dict[str, Any]:
    """A promise on the wire."""
    return {
        "id": found.id,
        "body": found.body.short_name,
        "meeting_id": found.meeting_id,
        "group_id": found.group_id,
        "question_id": found.floor_id,
        "person": person_brief(found.person),
        "unit": {"id": found.unit.id, "name": found.unit.name} if found.unit else None,
        "text": found.text,
        "due_on": found.due_on.isoformat(),
        "state": found.state,
        "standing": found.standing(today()).value,
        "made_at": iso(found.made_at),
        "answer": found.answer,
        "answer_text": found.answer_text,
        "kept_on": found.kept_on.isoformat() if found.kept_on else None,
        "kept_note": found.kept_note,
        "kept_file_id": found.kept_file_id,
        "kept_link": found.kept_link,
    }
