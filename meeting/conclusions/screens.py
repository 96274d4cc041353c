"""What the pages of documents show: lists with their filters, and everything around one document."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.conclusions import life_queries, listing, steps
from meeting.conclusions.kinds import KINDS, SENT_UP_VERIFIED, SENT_UP_WITHIN_DAYS, kinds_for
from meeting.conclusions.listing import Filters
from meeting.conclusions.models import Instrument
from meeting.conclusions.rules import STAGES, stage_of
from meeting.conclusions.votes import vote_on, votes_in
from meeting.materials.papers import papers_by_item
from meeting.organization.models import Body
from meeting.organization.numbering import next_number_of
from meeting.organization.queries import bodies
from meeting.organization.symbols import SYSTEM, number_text, symbol
from meeting.permissions import Actor

NEWEST = 100  # issued documents on a list; older ones are found by looking up


def listed(session: Session, actor: Actor, wanted: Filters) -> dict[str, Any]:
    """A list of one family: those in the making, those issued, and what it can be narrowed to."""
    every = listing.documents(session, actor, wanted, most=NEWEST if wanted.any else None) if wanted.any else []
    issued = Filters(wanted.family, state="issued")
    return {
        "filters": wanted,
        "found": every,
        "found_total": listing.count(session, actor, wanted) if wanted.any else 0,
        "making": listing.in_the_making(session, actor, wanted.family),
        "issued": [] if wanted.any else listing.documents(session, actor, issued, most=NEWEST),
        "issued_total": listing.count(session, actor, issued),
        "kinds": [kind for kind in KINDS.values() if kind.family == wanted.family],
        "bodies": seen_bodies(session, actor),
        "states": (*listing.STATES, "replaced", "withdrawn"),
    }


def seen_bodies(session: Session, actor: Actor) -> list[Body]:
    """The bodies in which somebody has a role."""
    mine = actor.bodies_as()
    return [body for body in bodies(session) if body.id in mine]


def life_of(session: Session, actor: Actor, document: Instrument) -> dict[str, Any]:
    """Where a document stands, its number to come, the documents before and after it, its vote and its papers."""
    body, today = document.meeting.body, clock.today()
    papers = papers_by_item(session, actor, document.meeting).get(document.item_id, []) if document.item_id else []
    decision = document.family == "decision"
    return {
        "kind": KINDS[document.kind],
        "stage": stage_of(document.state, document.submitted_at is not None),
        "stages": STAGES,
        "standing": life_queries.standing_of(document),
        "chain": steps.chain_of(session, actor, document),
        "vote": vote_on(session, document.question_id),
        "votes": votes_in(session, document.meeting_id) if decision else [],
        "papers": papers if decision else [],
        "numbering": body.numbering,
        "next_symbol": next_symbol(session, document) if body.numbering == SYSTEM else "",
        "next_number": next_number_of(session, body, document.kind, today),
        "symbol_tail": symbol(document.kind, body.symbol_code, body.is_party),
        "relatable": kinds_for(body.kind, document.family),
        "sent_up_days": SENT_UP_WITHIN_DAYS,
        "sent_up_verified": SENT_UP_VERIFIED,
        "today": today,
    }


def next_symbol(session: Session, document: Instrument) -> str:
    """The number and symbol a document would get now: "07/TB-UBND"."""
    body = document.meeting.body
    number = number_text(next_number_of(session, body, document.kind, clock.today()))
    tail = symbol(document.kind, body.symbol_code, body.is_party)
    return f"{number}{'-' if body.is_party else '/'}{tail}"
