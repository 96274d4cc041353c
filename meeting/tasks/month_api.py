"""What other programs may read of a month: its figures and where each task stood, as on the progress sheet."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.errors import Missing
from meeting.organization.models import Body
from meeting.permissions import Actor
from meeting.tasks import monthly
from meeting.tasks.monthly import Followed, Month
from meeting.web.api import asked, asked_number, paged, resource


@resource("/tasks/months/<month>", "Tasks of a body in a month (2026-11)", body="id of the body", unit="id of a lead unit")
def task_month(session: Session, actor: Actor, month: str) -> dict[str, Any]:
    """The figures, the sentence made of them, and the tasks; only those that the reader may see are counted."""
    body_id = asked_number("body")
    if body_id is None or session.get(Body, body_id) is None:
        raise Missing()
    found = monthly.sheet_of(session, actor, Month.of(month), body_id, asked_number("unit"))
    return {
        "month": found.month.key,
        "seen_on": found.seen_on.isoformat(),
        "figures": vars(found.figures) | {"total": found.figures.total, "done": found.figures.done},
        "sentence": monthly.figures_words(found.figures, asked("language", "vi")),
        **paged(found.tasks, _followed),
    }


def _followed(each: Followed) -> dict[str, Any]:
    return {
        "id": each.row.id,
        "text": each.row.text,
        "symbol": each.row.symbol,
        "lead_unit": each.row.unit,
        "place": each.place.value,
        "is_new": each.is_new,
        "due_on": each.life.due_on.isoformat() if each.life.due_on else None,
        "progress_percent": each.percent,
        "result": each.result,
        "obstacles": [{"text": one.text, "proposal": one.proposal} for one in each.obstacles],
        "decision": each.decision,
    }
