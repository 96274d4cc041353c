"""What the editor of a document reads: the whole text with versions, who else is here, offers, sources, what stands beside."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.clock import local
from meeting.conclusions import beside, editing_here, queries, versions
from meeting.conclusions.cues import Cue, read_cue
from meeting.conclusions.editing_sources import is_taken, sources_of
from meeting.conclusions.models import Instrument, NoticeLine
from meeting.conclusions.rules import NoticeState
from meeting.errors import Missing
from meeting.live.queries import iso, person_brief
from meeting.organization.models import Membership, Person, Unit
from meeting.permissions import Action, Actor, Role, allows
from meeting.web.api import asked, asked_number, paged, resource

LONGEST_ASKED = 2000  # letters of a sentence in an address


@resource("/notices/<int:notice_id>/editor", "A document with all that its editor needs")
def notice_editor(session: Session, actor: Actor, notice_id: int) -> dict[str, Any]:
    """Words, lines with versions, the programme's items; units and people to choose from, or for readers those that are named."""
    found = queries.readable_notice(session, actor, notice_id)
    edit = may_write(session, actor, found)
    return {
        "id": found.id,
        "family": found.family,
        "kind": found.kind,
        "state": found.state,
        "submitted": found.submitted_at is not None,
        "edit": edit,
        "me": actor.person_id,
        "meeting": {"id": found.meeting_id, "title": found.meeting.title, "held_on": _held_on(found)},
        "items": [{"id": item.id, "label": item.label, "title": item.title} for item in found.meeting.items],
        **_text(session, found),
        **(_choices(session, found) if edit else _named(found)),
    }


@resource("/notices/<int:notice_id>/text", "The words of a document with the version of each line")
def notice_text(session: Session, actor: Actor, notice_id: int) -> dict[str, Any]:
    """As `editor` has them, without the choices: asked for when somebody else has changed something."""
    found = queries.readable_notice(session, actor, notice_id)
    return {"state": found.state, "edit": may_write(session, actor, found), **_text(session, found)}


@resource(
    "/notices/<int:notice_id>/standing",
    "The version of a document, and who else has it open",
    window="names the asking window",
    line="the line or part the asker is on",
    leaves="1 when the window is closed",
)
def notice_standing(session: Session, actor: Actor, notice_id: int) -> dict[str, Any]:
    """Small and quick: asked every few seconds by an open editor."""
    found = session.get(Instrument, notice_id)
    if found is None or not allows(Action.READ_CONCLUSIONS, found.hats_of(actor, session)):
        raise Missing()
    window = asked("window")[:40]
    if asked("leaves"):
        editing_here.leave(notice_id, window)
    others = editing_here.here(notice_id, "" if asked("leaves") else window, actor.person_id, actor.name, asked("line")[:40])
    return {
        "version": found.version,
        "state": found.state,
        "edited_at": iso(found.edited_at) if found.edited_at else None,
        "edited_by": found.edited_by_id,
        "here": [{"person_id": each.person_id, "name": each.name, "line": each.line} for each in others],
    }


@resource("/notices/<int:notice_id>/cue", "The task a sentence gives, as an offer", text="the sentence")
def notice_cue(session: Session, actor: Actor, notice_id: int) -> dict[str, Any]:
    """Lead, cooperating units, leader, due date and product found in a sentence, and what has to be asked. Nothing is saved."""
    found = queries.readable_notice(session, actor, notice_id)
    units = {unit.id: (unit.name, unit.short_name) for unit in queries.units(session)}
    people = {person.id: person.full_name for person in queries.leaders(session, found.meeting.body)}
    held_on = local(found.meeting.opened_at or found.meeting.starts_at).date()
    return cue_json(read_cue(asked("text")[:LONGEST_ASKED], units, held_on, people))


@resource("/notices/<int:notice_id>/sources", "What lines can be made from: minutes, votes, promises, opinions")
def notice_sources(session: Session, actor: Actor, notice_id: int) -> dict[str, Any]:
    """For who writes the document: each text with its key, and whether a line has it already."""
    found = _writable(session, actor, notice_id)
    rows = [
        {
            "key": each.key,
            "kind": each.kind,
            "item_id": each.item_id,
            "text": each.text,
            "by": each.by,
            "taken": is_taken(each, found),
        }
        for each in sources_of(session, found.meeting)
    ]
    return {"data": rows, "next": None}


@resource(
    "/notices/<int:notice_id>/beside",
    "Earlier conclusions and open tasks on the same matter",
    text="the words of the line",
    line_id="or a line of the document",
)
def notice_beside(session: Session, actor: Actor, notice_id: int) -> dict[str, Any]:
    """For who writes the document; only what the reader may read."""
    found = _writable(session, actor, notice_id)
    texts = [asked("text")[:LONGEST_ASKED]]
    line = session.get(NoticeLine, asked_number("line_id") or 0)
    if line is not None and line.notice_id == found.id:
        texts += [line.item.title if line.item else "", *([] if texts[0] else [line.text])]
    return beside.conclusions_beside(session, actor, found, texts)


@resource(
    "/notices/<int:notice_id>/versions",
    "Earlier versions of a document, the newest first",
    limit="how many",
    cursor="where to go on",
)
def notice_versions(session: Session, actor: Actor, notice_id: int) -> dict[str, Any]:
    """One for each stretch of writing by one hand, without the text."""
    _writers(session, actor, notice_id)
    return paged(versions.versions_of(session, notice_id), _version_json)


@resource("/notices/<int:notice_id>/versions/<int:version>", "One earlier version of a document, whole")
def notice_version(session: Session, actor: Actor, notice_id: int, version: int) -> dict[str, Any]:
    """Words and lines as they stood then, with the names of units and people."""
    _writers(session, actor, notice_id)
    found = versions.version_of(session, notice_id, version)
    units = {key for line in found.content["lines"] for key in (line["lead_unit_id"], *line["cooperating_unit_ids"]) if key}
    people = {key for line in found.content["lines"] for key in (line["leader_id"], line["officer_id"]) if key}
    return _version_json(found) | {
        "content": found.content,
        "units": {row.id: row.name for row in session.scalars(select(Unit).where(Unit.id.in_(units)))},
        "people": {row.id: row.called for row in session.scalars(select(Person).where(Person.id.in_(people)))},
    }


def may_write(session: Session, actor: Actor, document: Instrument) -> bool:
    """Whether the reader may change the words now; the acts ask again."""
    return document.state == NoticeState.DRAFT and allows(Action.WRITE_CONCLUSIONS, document.hats_of(actor, session))


def _writers(session: Session, actor: Actor, notice_id: int) -> Instrument:
    """The document for somebody of those who make such documents, whatever its state. Missing for all others."""
    found = queries.readable_notice(session, actor, notice_id)
    if not allows(Action.WRITE_CONCLUSIONS, found.hats_of(actor, session)) and found.meeting.chair_id != actor.person_id:
        raise Missing()
    return found


def _writable(session: Session, actor: Actor, notice_id: int) -> Instrument:
    """The document for somebody who writes it now. Missing for all others."""
    found = queries.readable_notice(session, actor, notice_id)
    if not may_write(session, actor, found):
        raise Missing()
    return found


def cue_json(cue: Cue) -> dict[str, Any]:
    """An offer on the wire."""
    return {
        "leads": list(cue.leads),
        "cooperating": list(cue.cooperating),
        "due_on": cue.due_on.isoformat() if cue.due_on else None,
        "likely_due": cue.likely_due.isoformat() if cue.likely_due else None,
        "dues": [day.isoformat() for day in cue.dues],
        "due_said": cue.due_said,
        "unknown": cue.unknown,
        "leader": cue.leader,
        "product": cue.product,
        "missing": list(cue.missing),
    }


def _held_on(document: Instrument) -> str:
    return local(document.meeting.opened_at or document.meeting.starts_at).date().isoformat()


def _text(session: Session, document: Instrument) -> dict[str, Any]:
    content = versions.content_of(document)
    marks = {line.id: {"version": line.version, "edited_by": line.edited_by_id} for line in document.lines}
    hands = {line.edited_by_id for line in document.lines} | {document.edited_by_id}
    names = session.scalars(select(Person).where(Person.id.in_([hand for hand in hands if hand is not None])))
    return {
        "names": {str(person.id): person.called for person in names},
        "version": document.version,
        "edited_at": iso(document.edited_at) if document.edited_at else None,
        "words": content["words"],
        "signer_id": document.signer_id,
        "lines": [line | marks[line["id"]] for line in content["lines"]],
    }


def _choices(session: Session, document: Instrument) -> dict[str, Any]:
    """Who may be named on a line."""
    heads = set(session.scalars(select(Membership.person_id).where(Membership.role == Role.HEAD, Membership.ends_on.is_(None))))
    people = session.scalars(
        select(Person).where(Person.unit_id.is_not(None), Person.retired_on.is_(None)).order_by(Person.full_name)
    )
    leaders = queries.leaders(session, document.meeting.body)
    return {
        "units": [{"id": unit.id, "name": unit.name, "short": unit.short_name} for unit in queries.units(session)],
        "leaders": [{"id": row.id, "name": row.called, "position": row.position} for row in leaders],
        "signers": [{"id": row.id, "name": row.called, "position": row.position} for row in _signers(session, document)],
        "officers": [
            {"id": row.id, "name": row.called, "position": row.position, "unit_id": row.unit_id, "head": row.id in heads}
            for row in people
        ],
    }


def _named(document: Instrument) -> dict[str, Any]:
    """Who is named on the lines: all that somebody who only reads the document needs."""
    units = {unit.id: unit for line in document.lines for unit in (line.lead_unit, *line.cooperating) if unit}
    leaders = {line.leader.id: line.leader for line in document.lines if line.leader}
    officers = {line.officer.id: line.officer for line in document.lines if line.officer}
    return {
        "units": [{"id": unit.id, "name": unit.name, "short": unit.short_name} for unit in units.values()],
        "leaders": [{"id": row.id, "name": row.called, "position": row.position} for row in leaders.values()],
        "signers": [],
        "officers": [
            {"id": row.id, "name": row.called, "position": row.position, "unit_id": row.unit_id, "head": False}
            for row in officers.values()
        ],
    }


def _signers(session: Session, document: Instrument) -> list[Person]:
    """Who may be named as the one to sign: those who lead the body, and its Chief of Office."""
    signing = select(Membership.person_id).where(
        Membership.body_id == document.meeting.body_id,
        Membership.role.in_([Role.CHAIR, Role.MEMBER, Role.CHIEF]),
        Membership.ends_on.is_(None),
    )
    wanted = select(Person).where(Person.id.in_(signing), Person.retired_on.is_(None), Person.position != "")
    return list(session.scalars(wanted.order_by(Person.full_name)))


def _version_json(version: Any) -> dict[str, Any]:
    return {"version": version.version, "at": iso(version.edited_at), "by": person_brief(version.edited_by)}
