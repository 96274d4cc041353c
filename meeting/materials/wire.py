"""Requirements and versions as other programs read them: a unit all of its own, the office what it received."""

from datetime import datetime
from typing import Any

from meeting.materials.lateness import goes_to_chair
from meeting.materials.life import next_hand
from meeting.materials.models import DueChange, Extension, Requirement, Submission
from meeting.materials.wording import chairs_reason
from meeting.web.doors import say


def moment(at: datetime | None) -> str | None:
    """A moment on the wire."""
    return at.isoformat() if at else None


def requirement_json(row: Requirement, inside: bool = True, now: datetime | None = None) -> dict[str, Any]:
    """A requirement on the wire. `inside`: the reader belongs to the unit and sees what lies with its head."""
    versions = [each for each in row.submissions if inside or each.received_at is not None]
    return {
        "id": row.id,
        "meeting_id": row.meeting_id,
        "item_id": row.item_id,
        "unit": {"id": row.unit.id, "name": row.unit.name},
        "what": row.what,
        "form": row.form,
        "document_type_id": row.document_type_id,
        "stage": row.stage,
        "audience": row.audience,
        "state": row.state,
        "next": next_hand(row.state),
        "asked_at": row.asked_at.isoformat(),
        "begun_at": moment(row.begun_at),
        "due_at": row.due_at.isoformat(),
        "due_reason": row.due_reason,
        "first_due_at": row.first_due_at.isoformat(),
        "due_changes": [change_json(each) for each in row.due_changes],
        "extensions": [extension_json(each) for each in row.extensions],
        "overdue_minutes": row.overdue_minutes,
        "first_received_at": moment(row.first_received_at),
        "first_late_minutes": row.first_late_minutes,
        "before_chair": bool(now) and goes_to_chair(row.state, row.first_late_minutes, row.due_at, now or row.due_at),
        **late_json(row),
        "published_at": moment(row.published_at),
        "submissions": [version_json(each) for each in versions],
    }


def late_json(row: Requirement) -> dict[str, Any]:
    """What the chair decided."""
    return {
        "late_decision": row.late_decision,
        "late_decision_at": moment(row.late_decision_at),
        "late_decision_by": row.late_decider.full_name if row.late_decider else None,
        "late_decision_reason": chairs_reason(row.late_decision, row.late_decision_preset, row.late_decision_reason),
    }


def change_json(change: DueChange) -> dict[str, Any]:
    """One change of a due time; `kind`: rule (the meeting moved), office, granted, returned."""
    return {
        "before": change.before.isoformat(),
        "after": change.after.isoformat(),
        "kind": change.kind,
        "reason": change.reason,
        "overdue_minutes": change.overdue_minutes,
        "changed_at": change.changed_at.isoformat(),
    }


def extension_json(asked: Extension) -> dict[str, Any]:
    """A request for more time with its answer."""
    return {
        "id": asked.id,
        "state": asked.state,
        "asked_at": asked.asked_at.isoformat(),
        "asked_by": asked.asker.full_name,
        "due_before": asked.due_before.isoformat(),
        "late_minutes": asked.late_minutes,
        "wanted_due_at": asked.wanted_due_at.isoformat(),
        "reason": asked.reason,
        "granted_due_at": moment(asked.granted_due_at),
        "decided_at": moment(asked.decided_at),
        "answer": asked.answer,
    }


def version_json(version: Submission) -> dict[str, Any]:
    """A version on the wire; without `received_at` it has not reached the office."""
    file = version.file
    return {
        "id": version.id,
        "number": version.number,
        "file_id": version.file_id,
        "laid_at": moment(version.laid_at),
        "received_at": moment(version.received_at),
        "due_at": moment(version.due_at),
        "late_minutes": version.late_minutes,
        "late_reason": version.late_reason,
        "state": version.state,
        "head_word": version.head_word,
        "head_reason": version.head_reason,
        "answer_due_at": moment(version.answer_due_at),
        "taken_up_at": moment(version.taken_up_at),
        "checks": version.checks,
        "check_reasons": version.check_reasons,
        "return_reason": version.return_reason or (say(file.refusal, file.refusal_facts) if file.refusal else ""),
        "published_at": moment(version.published_at),
        "symbol": version.symbol,
        "signed_on": version.signed_on.isoformat() if version.signed_on else None,
        "file": {"state": file.state, "pages_done": file.pages_done, "page_count": file.page_count},
    }
