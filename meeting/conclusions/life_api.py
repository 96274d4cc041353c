"""What other programs may read of documents: lists, their way, their relations; which meetings owe a notice; the body's forms."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.conclusions import form_queries, life_queries, listing, queries, steps
from meeting.conclusions.due import Owed
from meeting.conclusions.kinds import CONCLUSION, DECISION, FORM_KINDS
from meeting.conclusions.listing import Filters
from meeting.conclusions.models import Instrument
from meeting.conclusions.votes import vote_on
from meeting.errors import Missing
from meeting.permissions import Actor
from meeting.web.api import asked, asked_number, paged, resource

STATES = "draft, approved, signed, numbered, issued, replaced or withdrawn"


@resource(
    "/notices",
    "Conclusion notices, the newest first",
    state=STATES,
    kind="TB or KL",
    body="short name of the body",
    year="of the date on the document",
)
def notices(session: Session, actor: Actor) -> dict[str, Any]:
    """The list, without the lines."""
    return paged(listing.documents(session, actor, _filters(CONCLUSION)), head_json)


@resource(
    "/resolutions",
    "Resolutions and decisions, the newest first",
    state=STATES,
    kind="NQ or QĐ",
    body="short name of the body",
    year="of the date on the document",
)
def resolutions(session: Session, actor: Actor) -> dict[str, Any]:
    """The list, without the articles; one of them is read at /notices/{id}."""
    return paged(listing.documents(session, actor, _filters(DECISION)), head_json)


@resource("/meetings/<int:meeting_id>/documents", "The notices, resolutions and decisions of a meeting")
def meeting_documents(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """As far as one may read them, in the order they were begun."""
    found = queries.documents_for(session, actor, meeting_id)
    return {"data": [head_json(each) for each in found], "next": None}


@resource("/notices/<int:notice_id>/relations", "The documents that correct, replace or withdraw each other, old to new")
def notice_relations(session: Session, actor: Actor, notice_id: int) -> dict[str, Any]:
    """Empty when there is none but this one."""
    found = queries.readable_notice(session, actor, notice_id)
    chain = steps.chain_of(session, actor, found)
    return {
        "data": [head_json(each.document) | {"relation": each.relation or None, "here": each.here} for each in chain],
        "next": None,
    }


@resource("/notices/owed", "Meetings that are over and wait for their notice, the longest overdue first")
def notices_owed(session: Session, actor: Actor) -> dict[str, Any]:
    """For who drafts and who presides. `days`: overdue by so many, or left."""
    return paged(listing.owed(session, actor, clock.today()), owed_json)


@resource("/bodies/<int:body_id>/paper-forms", "The usual words and signers of a body's documents, kind by kind")
def paper_forms(session: Session, actor: Actor, body_id: int) -> dict[str, Any]:
    """Every kind the body issues, with what is kept for it; for who keeps the forms."""
    body = form_queries.kept_body(session, actor, body_id)
    rows = [form_queries.form_json(session, body, kind) for kind in form_queries.kinds_of(body)]
    return {"data": rows, "next": None, "numbering": body.numbering}


@resource(
    "/bodies/<int:body_id>/paper-forms/<kind>/signature",
    "How a signature would look, while the form is being edited",
    signer="book, chair, chief or person",
    signer_id="of a person",
    authority="lines above the signature",
)
def paper_form_signature(session: Session, actor: Actor, body_id: int, kind: str) -> dict[str, Any]:
    """Lines, name, and both in one sentence. Nothing is saved."""
    body = form_queries.kept_body(session, actor, body_id)
    if kind not in FORM_KINDS:
        raise Missing()
    return form_queries.signature_json(
        session, body, FORM_KINDS[kind], asked("signer", "book"), asked_number("signer_id"), asked("authority")
    )


def head_json(found: Instrument) -> dict[str, Any]:
    """What a list shows of a document."""
    return {
        "id": found.id,
        "meeting_id": found.meeting_id,
        "title": found.meeting.title,
        "body": found.meeting.body.short_name,
        "family": found.family,
        "kind": found.kind,
        "item_id": found.item_id,
        "state": found.state,
        "standing": life_queries.standing_of(found).word,
        "symbol": found.number.symbol if found.number else None,
        "issued_on": found.issued_on.isoformat() if found.issued_on else None,
        "abstract": found.abstract,
        "document_id": found.document_id,
    }


def life_json(session: Session, actor: Actor, found: Instrument) -> dict[str, Any]:
    """The way of a document: who did what when, how it was signed, whether it is public, its vote, its relations."""
    moments = ("drafted_at", "submitted_at", "approved_at", "signed_at", "numbered_at", "locked_at", "issued_at")
    after = ("published_at", "corrected_at", "replaced_at", "withdrawn_at", "sent_up_at")
    vote = vote_on(session, found.question_id)
    return {
        **{name: at.isoformat() if (at := getattr(found, name)) else None for name in (*moments, *after)},
        "sealing": found.sealing or None,
        "verify_code": found.verify_code,
        "about_id": found.about_id,
        "relation": found.relation or None,
        "relation_reason": found.relation_reason or None,
        "related": [
            {"id": each.document.id, "relation": each.relation or None, "state": each.document.state}
            for each in steps.chain_of(session, actor, found)
            if not each.here
        ],
        "sent_up_due_on": found.sent_up_due_on.isoformat() if found.sent_up_due_on else None,
        "sent_up_to": found.sent_up_to or None,
        "vote": {"question_id": vote.question_id, "passed": vote.passed, "sentence": vote.sentence} if vote else None,
    }


def owed_json(owed: Owed) -> dict[str, Any]:
    """A meeting that waits for its notice."""
    meeting, timing = owed.meeting, owed.timing
    return {
        "meeting_id": meeting.id,
        "title": meeting.title,
        "body": meeting.body.short_name,
        "notice": meeting.notice_state,
        "state": timing.state,
        "due_on": timing.due_on.isoformat() if timing.due_on else None,
        "days": timing.days,
    }


def _filters(family: str) -> Filters:
    return Filters(family, asked("kind"), asked("body"), asked("state"), asked_number("year"))
