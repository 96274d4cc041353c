"""Passages of what has to be done and what is asked in writing: tasks with and without a meeting, written opinion rounds."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from meeting import clock
from meeting.conclusions.models import Instrument
from meeting.rounds.models import OpinionRound
from meeting.search.passages.sources import Found, reads, sentences
from meeting.tasks.models import Task

#: What came of a written round, in the words of its synthesis.
DECIDED: Mapping[str, str] = {
    "approved": "Được thông qua bằng phiếu lấy ý kiến",
    "to_session": "Đưa ra phiên họp",
    "refused": "Không được thông qua bằng phiếu lấy ý kiến",
}


@reads("task")
def tasks(session: Session, scope: int, source_id: int) -> list[Found]:
    """Tasks of a meeting, or those without one: from documents of bodies above, and the body's own."""
    wanted = select(Task).where(Task.meeting_id == scope if scope else Task.meeting_id.is_(None))
    if source_id:
        wanted = wanted.where(Task.id == source_id)
    found = session.scalars(wanted.options(joinedload(Task.notice).joinedload(Instrument.number)))
    return [_task(task) for task in found.unique()]


def _task(task: Task) -> Found:
    more = {
        "Chủ trì": task.lead_unit.name,
        "Phối hợp": ", ".join(unit.name for unit in task.cooperating),
        "Người thực hiện": task.officer.called if task.officer else "",
        "Lãnh đạo phụ trách": task.leader.called if task.leader else "",
        "Sản phẩm": task.product,
        "Hạn": f"{task.due_on:%d/%m/%Y}" if task.due_on else "",
        "Theo văn bản của": task.source_issuer,
    }
    return Found(
        task.id,
        0,
        task.title_of_source,
        sentences(task.text, more),
        clock.local(task.assigned_at).date(),
        task.source,
        item_id=None,
        unit_id=task.lead_unit_id,
        person_id=task.officer_id or task.leader_id,
        state=task.state if task.given else "draft",
        due_on=task.due_on,
        body_id=task.body_id,
    )


@reads("round")
def rounds(session: Session, scope: int, source_id: int) -> list[Found]:
    """Written opinion rounds: what is asked and, once it is closed, what came of it. They belong to no meeting."""
    if scope:
        return []
    wanted = select(OpinionRound)
    if source_id:
        wanted = wanted.where(OpinionRound.id == source_id)
    return [_round(found) for found in session.scalars(wanted.options(joinedload(OpinionRound.unit))).unique()]


def _round(found: OpinionRound) -> Found:
    more = {
        "Đơn vị trình": found.unit.name if found.unit else "",
        "Kết quả": sentences(_counted(found), DECIDED.get(found.decision, ""), found.decision_text),
    }
    return Found(
        found.id,
        0,
        found.title,
        sentences(found.title, found.text, more),
        clock.local(found.sent_at or found.created_at).date(),
        unit_id=found.unit_id,
        person_id=found.officer_id,
        state=found.state,
        due_on=clock.local(found.due_at).date(),
        body_id=found.body_id,
    )


def _counted(found: OpinionRound) -> str:
    """How many agreed; never before the close."""
    result = found.result or {}
    if not found.over or "votes" not in result or "base_count" not in result:
        return ""
    return f"{result['votes']}/{result['base_count']} ý kiến đồng ý"
