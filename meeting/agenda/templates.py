"""Acts on templates: keep a meeting as one, change it, retire it. A meeting is made from one by `agenda.create`."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from meeting import clock
from meeting.acts import Tx, act
from meeting.agenda import pieces
from meeting.agenda.inputs import EditTemplateInput, SaveTemplateInput
from meeting.agenda.models import Item, Meeting, MeetingTemplate
from meeting.agenda.panels import PIECES
from meeting.agenda.rules import check_link, check_same_body
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.permissions import Action


@act("agenda.save_template", Action.PREPARE_MEETING)
def save_template(tx: Tx, wanted: SaveTemplateInput) -> dict[str, Any]:
    """Keeps a meeting as a template of its body: title, place, length, and the pieces named (programme, guests, papers owed).

    Refused as `template_exists` when the body has one of that name. Records the template and what it holds.
    """
    meeting = _source(tx, wanted.meeting_id)
    _check_name(tx, meeting.body_id, wanted.name)
    template = tx.add(
        MeetingTemplate(
            body_id=meeting.body_id,
            type_id=meeting.type_id,
            name=wanted.name,
            head=_head(meeting),
            pieces=_pieces(tx, meeting, wanted.bring),
            created_at=tx.now,
            created_by=tx.actor.person_id,
        )
    )
    held = sorted(template.pieces)
    tx.record(Event.TEMPLATE_SAVED, None, body_id=meeting.body_id, template_id=template.id, name=template.name, holds=held)
    return {"template_id": template.id}


def _source(tx: Tx, meeting_id: int) -> Meeting:
    """The meeting to take from, with all that is taken, which the actor must be allowed to prepare."""
    wanted = select(Meeting).where(Meeting.id == meeting_id)
    with_items = selectinload(Meeting.items).options(selectinload(Item.further), selectinload(Item.presenter))
    meeting = tx.scalar(wanted.options(with_items, selectinload(Meeting.participants)))
    if meeting is None:
        raise Missing()
    tx.require(Action.PREPARE_MEETING, meeting)
    return meeting


def _check_name(tx: Tx, body_id: int, name: str, besides: int = 0) -> None:
    same = select(func.count()).where(
        MeetingTemplate.body_id == body_id,
        MeetingTemplate.name == name,
        MeetingTemplate.retired_on.is_(None),
        MeetingTemplate.id != besides,
    )
    if tx.scalar(same):
        raise Refused("template_exists", name=name)


def _head(meeting: Meeting) -> dict[str, Any]:
    length = (meeting.ends_at - meeting.starts_at).total_seconds() // 60 if meeting.ends_at else None
    return {
        "title": meeting.title,
        "place": meeting.place,
        "room_id": meeting.room_id,
        "form": meeting.form,
        "link": meeting.link,
        "closed": meeting.closed,
        "begins": f"{clock.local(meeting.starts_at):%H:%M}",
        "minutes": int(length) if length is not None else None,
    }


def _pieces(tx: Tx, meeting: Meeting, bring: list[str] | None) -> dict[str, Any]:
    return pieces.take(tx.reading, meeting, PIECES if bring is None else bring)


@act("agenda.edit_template", Action.PREPARE_MEETING)
def edit_template(tx: Tx, wanted: EditTemplateInput) -> dict[str, Any]:
    """Changes a template, takes its pieces anew from a meeting, retires it or brings it back. Meetings made from it stay.

    Refused as `template_exists`, `link_form`, `other_body`. Records what changed; the same values again change nothing.
    """
    template = tx.get(MeetingTemplate, wanted.template_id)
    tx.require(Action.PREPARE_MEETING, template)
    given = wanted.model_dump(exclude_unset=True, include={"title", "place", "room_id", "form", "link", "minutes"})
    check_link(given.get("link") or "")
    changed = [name for name, value in given.items() if template.head.get(name) != value]
    template.head = {**template.head, **given}
    if wanted.name is not None and wanted.name != template.name:
        _check_name(tx, template.body_id, wanted.name, template.id)
        template.name = wanted.name
        changed.append("name")
    if wanted.from_meeting_id is not None:
        source = _source(tx, wanted.from_meeting_id)
        check_same_body(source.body_id, template.body_id)
        template.pieces = _pieces(tx, source, wanted.bring)
        changed.append("pieces")
    if wanted.retired is not None and wanted.retired != bool(template.retired_on):
        template.retired_on = clock.today() if wanted.retired else None
        changed.append("retired")
    facts = {"body_id": template.body_id, "template_id": template.id, "name": template.name}
    if changed:
        tx.record(Event.TEMPLATE_EDITED, None, changed=sorted(changed), retired=bool(template.retired_on), **facts)
    else:
        tx.nothing_to_record("nothing is different")
    return {"changed": sorted(changed)}
