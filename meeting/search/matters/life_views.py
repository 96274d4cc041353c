"""The page of one matter through all its meetings, its place on the meeting page, and the same over the API."""

from collections.abc import Collection, Mapping
from typing import Any

from flask import request
from flask_babel import get_locale
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda import thread_offers, threads
from meeting.agenda.models import Item, Meeting
from meeting.agenda.panels import panel
from meeting.conclusions.kinds import KINDS
from meeting.conclusions.models import Instrument, NoticeLine
from meeting.permissions import Actor
from meeting.questioning import register
from meeting.questioning.models import Promise
from meeting.rounds.wording import DECISION_NAMES
from meeting.search.matters import life_rules, lives
from meeting.search.views import pages
from meeting.speaking.models import Floor, QuestionGroup
from meeting.tasks import visible
from meeting.tasks.models import Task
from meeting.tasks.rules import ALL_BUT_ACCEPTED
from meeting.voting import wording
from meeting.web.api import asked, resource
from meeting.web.doors import actor, page, session


@pages.get("/items/<int:item_id>/life")
def life(item_id: int) -> str:
    """Where did this matter come up, what was decided, what is still open?"""
    found = lives.life_of(session(), actor(), item_id, suggest=True)
    newest = asked("order") == "newest"
    sought = asked("find")
    item = next((step.item for step in found.steps if step.item.id == item_id), None)
    findable = thread_offers.findable(session(), actor(), item, sought) if item and found.may_link and sought else []
    return page(
        "search/life.html",
        life=found,
        steps=found.steps[::-1] if newest else found.steps,
        item=item,
        newest=newest,
        sought=sought,
        findable=findable,
        today=clock.today(),
        language=_language(),
        states=life_rules.STATES,
        how_words=life_rules.HOW_WORDS,
        kinds=KINDS,
        decisions=DECISION_NAMES,
        vote_label=wording.label,
        day_of=lives.day_of,
        back=request.args.get("q", ""),
    )


def _language() -> str:
    return "en" if str(get_locale()) == "en" else "vi"


@resource("/items/<int:item_id>/life", "A matter through all its meetings, oldest first, as far as one may read it")
def item_life(session: Session, actor: Actor, item_id: int) -> dict[str, Any]:
    """The figures on top, then each meeting with what its rooms hold of the matter; tasks known without their meeting last."""
    found = lives.life_of(session, actor, item_id)
    figures = found.summary
    return {
        "item_id": found.item_id,
        "title": found.title,
        "summary": {
            "first_on": figures.first_on.isoformat() if figures.first_on else None,
            "times": figures.times,
            "decisions": figures.decisions,
            "open_tasks": figures.open_tasks,
            "late_tasks": figures.late_tasks,
            "open_promises": figures.open_promises,
            "next_on": figures.next_on.isoformat() if figures.next_on else None,
        },
        "meetings": [_step_json(step) for step in found.steps],
        "tasks": [_task_json(task) for task in found.tasks],
        "promises": [_promise_json(each) for each in found.promises],
        "rounds": [_round_json(each) for each in found.rounds],
    }


def _step_json(step: lives.Step) -> dict[str, Any]:
    item, meeting = step.item, step.meeting
    return {
        "item": {"id": item.id, "label": item.label, "title": item.title, "state": step.state, "reason": item.reason},
        "meeting": {
            "id": meeting.id,
            "title": meeting.title,
            "body": meeting.body.short_name,
            "date": step.day.isoformat(),
            "state": meeting.state,
        },
        "goes_on_from": [{"item_id": each.item.id, "how": each.how} for each in step.before],
        "papers": [
            {
                "document_id": each.file_id,
                "title": each.what,
                "version": each.number,
                "url": f"/documents/{each.file_id}",
            }
            for each in step.papers
        ],
        "opinions": step.opinions,
        "votes": [
            {
                "question_id": each.question.id,
                "title": each.question.title,
                "passed": each.result.passed,
                "counts": dict(each.counts),
                "sentence": each.sentence("vi"),
            }
            for each in step.votes
        ],
        "minutes": {"state": step.minutes.state, "text": step.minutes.text} if step.minutes else None,
        "conclusions": [
            {**_document_json(document), "lines": [{"id": line.id, "text": line.text} for line in lines]}
            for document, lines in step.conclusions
        ],
        "resolutions": [_document_json(each) for each in step.resolutions],
        "tasks": [_task_json(task) for task in step.tasks],
        "promises": [_promise_json(each) for each in step.promises],
        "rounds": [_round_json(each) for each in step.rounds],
    }


def _document_json(document: Instrument) -> dict[str, Any]:
    return {
        "id": document.id,
        "kind": document.kind,
        "symbol": document.number.symbol if document.number else "",
        "date": document.issued_on.isoformat() if document.issued_on else None,
        "state": document.state,
        "in_force": document.state == "issued" and not (document.withdrawn_at or document.replaced_at),
        "abstract": document.abstract,
    }


def _task_json(task: Task) -> dict[str, Any]:
    return {
        "id": task.id,
        "line_id": task.line_id,
        "text": task.text,
        "symbol": task.source,
        "unit": task.lead_unit.name,
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "state": task.state,
        "timeliness": task.timeliness(clock.today()).value,
    }


def _promise_json(promise: Promise) -> dict[str, Any]:
    return {
        "id": promise.id,
        "text": promise.text,
        "person": promise.person.called,
        "due_on": promise.due_on.isoformat(),
        "state": promise.state,
    }


def _round_json(found: Any) -> dict[str, Any]:
    return {"id": found.id, "title": found.title, "state": found.state, "decision": found.decision}


def in_items(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """For the items of a programme that came up in other meetings too: how often."""
    items = list(session.scalars(select(Item.id).where(Item.meeting_id == meeting.id)))
    found = {key: number for key, number in threads.sizes(session, actor, items).items() if number > 1}
    return {"items": found} if found else None


panel("life", place="item", template="search/life_item.html", load=in_items, order=10)


@thread_offers.still_open
def open_matters(session: Session, actor: Actor, item_ids: Collection[int]) -> Mapping[int, Mapping[str, int]]:
    """How many tasks and promises of some items are still open, and how many tasks are late."""
    found: dict[int, dict[str, int]] = {}
    item = func.coalesce(NoticeLine.item_id, Instrument.item_id)
    tasks = (
        visible.visible_to(actor)
        .join(NoticeLine, NoticeLine.id == Task.line_id)
        .join(Instrument, Instrument.id == NoticeLine.notice_id)
        .where(item.in_(list(item_ids)), Task.given, Task.state.in_(ALL_BUT_ACCEPTED))
        .with_only_columns(item, Task.due_on)
    )
    today = clock.today()
    for key, due_on in session.execute(tasks):
        counts = found.setdefault(key, {})
        counts["tasks"] = counts.get("tasks", 0) + 1
        if due_on and due_on < today:
            counts["late"] = counts.get("late", 0) + 1
    on = func.coalesce(QuestionGroup.item_id, Floor.item_id)
    promises = (
        register.visible_to(actor)
        .outerjoin(QuestionGroup, QuestionGroup.id == Promise.group_id)
        .outerjoin(Floor, Floor.id == Promise.floor_id)
        .where(or_(QuestionGroup.item_id.in_(list(item_ids)), Floor.item_id.in_(list(item_ids))), Promise.state == "open")
        .with_only_columns(on)
    )
    for (key,) in session.execute(promises):
        counts = found.setdefault(key, {})
        counts["promises"] = counts.get("promises", 0) + 1
    return found
