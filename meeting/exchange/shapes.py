"""What other systems get as JSON: meetings, papers, documents, tasks, with the addresses of what belongs to them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock, config
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.queries import by_given_name
from meeting.conclusions.models import Instrument
from meeting.exchange.rules import KINDS, Caller
from meeting.materials.models import Requirement, Submission
from meeting.organization.models import Body, Person, Unit
from meeting.tasks.models import Task
from meeting.tasks.rules import OPEN_STATES

ROOT = "/api/v1/exchange"


def link(path: str) -> str:
    """The address of a read: whole where the installation knows its own name, else from the root of the server."""
    return f"{config.settings().public_url}{ROOT}{path}"


def moment(value: datetime | None) -> str | None:
    """A moment with the council's offset."""
    return clock.local(value).isoformat(timespec="seconds") if value else None


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _body(body: Body) -> dict[str, Any]:
    return {"code": body.short_name, "name": body.name}


def _unit(unit: Unit | None) -> dict[str, Any] | None:
    return {"id": unit.id, "code": unit.short_name, "name": unit.name} if unit else None


def _person(person: Person | None) -> dict[str, Any] | None:
    return {"id": person.id, "name": person.full_name, "position": person.position} if person else None


def meeting_line(meeting: Meeting) -> dict[str, Any]:
    """A meeting in a list."""
    return {
        "id": meeting.id,
        "title": meeting.title,
        "body": _body(meeting.body),
        "type": meeting.type.name,
        "state": meeting.state,
        "form": meeting.form,
        "place": meeting.place,
        "starts_at": moment(meeting.starts_at),
        "ends_at": moment(meeting.ends_at),
        "resumes_at": moment(meeting.resumes_at),
        "link": link(f"/meetings/{meeting.id}"),
    }


def meeting_whole(meeting: Meeting, caller: Caller) -> dict[str, Any]:
    """One meeting with its programme; people only with that right, papers as a link only with that one."""
    people = caller.may("people", meeting.body_id)
    papers = caller.may("papers", meeting.body_id)
    return {
        **meeting_line(meeting),
        "opened_at": moment(meeting.opened_at),
        "closed_at": moment(meeting.closed_at),
        "programme_version": meeting.programme_version,
        "chair": _person(meeting.chair) if people else None,
        "items": [_item(item, people) for item in meeting.items if not item.outside],
        "participants": [_participant(each) for each in by_given_name(meeting.participants)] if people else None,
        "papers": link(f"/meetings/{meeting.id}/papers") if papers else None,
    }


def _item(item: Item, people: bool) -> dict[str, Any]:
    return {
        "id": item.id,
        "label": item.label,
        "title": item.title,
        "kind": item.kind,
        "state": item.state,
        "unit": _unit(item.unit),
        "minutes_planned": item.minutes_planned,
        "presenters": [_person(each) for each in item.presenters] if people else None,
    }


def _participant(each: Participant) -> dict[str, Any]:
    unit = {"unit": each.person.unit.short_name if each.person.unit else None}
    return {"id": each.person_id, "name": each.person.full_name, "position": each.person.position, **unit, "voting": each.voting}


def paper(row: Requirement, version: Submission) -> dict[str, Any]:
    """A paper with the version that is read now; `file` is null where it may be read but not taken away."""
    file = version.file
    return {
        "id": row.id,
        "title": row.what,
        "type": row.document_type.name if row.document_type else None,
        "item": {"label": row.item.label, "title": row.item.title} if row.item else None,
        "unit": _unit(row.unit),
        "symbol": version.symbol,
        "signed_on": _day(version.signed_on),
        "version": version.number,
        "published_at": moment(version.published_at),
        "media_type": file.media_type,
        "bytes": file.size_bytes,
        "pages": file.page_count,
        "sha256": file.sha256 if row.takeable == "original" else None,
        "file": link(f"/papers/{row.id}/file") if row.takeable == "original" else None,
    }


def notice(found: Instrument, caller: Caller) -> dict[str, Any]:
    """An issued document."""
    meeting = found.meeting
    return {
        "id": found.id,
        "kind": found.kind,
        "symbol": found.number.symbol if found.number else "",
        "abstract": found.abstract,
        "issued_on": _day(found.issued_on),
        "body": _body(meeting.body),
        "meeting": link(f"/meetings/{meeting.id}") if caller.may("meetings", meeting.body_id) else None,
        "withdrawn_at": moment(found.withdrawn_at),
        "replaced_at": moment(found.replaced_at),
        "corrected_at": moment(found.corrected_at),
        "file": link(f"/notices/{found.id}/file") if found.document_id else None,
        "link": link(f"/notices/{found.id}"),
    }


def task(found: Task, caller: Caller) -> dict[str, Any]:
    """A task; the person who does it only with the right to people."""
    people = caller.may("people", found.body_id)
    is_late = found.due_on is not None and found.due_on < clock.today() and found.state in OPEN_STATES
    return {
        "id": found.id,
        "text": found.text,
        "body": _body(found.body),
        "unit": _unit(found.lead_unit),
        "cooperating": [_unit(each) for each in found.cooperating],
        "officer": _person(found.officer) if people else None,
        "product": found.product,
        "state": found.state,
        "progress_percent": found.progress_percent,
        "assigned_at": moment(found.assigned_at),
        "due_on": _day(found.due_on),
        "done_on": _day(found.done_on),
        "overdue": is_late,
        "source": found.source,
        "link": link(f"/tasks/{found.id}"),
    }


def own(session: Session, caller: Caller) -> dict[str, Any]:
    """The caller as it is known here, with its rights by body."""
    every = caller.rights.values()
    bodies = session.scalars(select(Body).where(Body.id.in_(frozenset().union(*every))).order_by(Body.id))
    return {
        "client": {"id": caller.id, "name": caller.name},
        "rights": [{"body": _body(body), "kinds": [kind for kind in KINDS if caller.may(kind, body.id)]} for body in bodies],
    }


def listed(rows: Sequence[dict[str, Any]], start: int, size: int) -> dict[str, Any]:
    """A list of which one line more was read than is shown: `{data, next}`; `next` is null at the end."""
    return {"data": list(rows[:size]), "next": str(start + size) if len(rows) > size else None}
