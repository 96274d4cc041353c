"""Coming in by a personal link: who that is, and what the browser then holds. The answers to `web`'s questions about visitors."""

from sqlalchemy.orm import Session

from meeting import clock
from meeting.acts import VISITORS_MAY
from meeting.database import reading
from meeting.invitations import queries
from meeting.invitations.models import GuestLink
from meeting.invitations.rules import TOKEN_LETTERS, link_open
from meeting.organization.identity import hashed
from meeting.permissions import Actor
from meeting.web.doors import visitors

#: The only doors of a visitor: their page, the papers in it, and the acts below. Everything else is not there for them.
ENDPOINTS = {
    "invitations.guest",
    "reading.viewer",
    "reading.shell",
    "api.opening",
    "api.words",
    "api.document_notes",
    "documents.image",
    "documents.original",
    "copies.copy_file",
    "api.copy",
    "api.document",
    "api.page",
    "api.find_in_document",
    "api.do_act",
}
ACTS = {
    "agenda.reply",
    "documents.ask_copy",
    "agenda.mark_seen",
    "discussion.post",
    "discussion.withdraw",
    "materials.mark_read",
    "notes.put",
    "notes.remove",
}


def link_of(session: Session, token: str) -> GuestLink | None:
    """The link a token opens now; None for unknown, ended and expired ones alike."""
    if len(token) != TOKEN_LETTERS:
        return None
    link = queries.link_by_hash(session, hashed(token))
    return link if link is not None and still_open(link) else None


def still_open(link: GuestLink) -> bool:
    """Whether the link opens its meeting at this moment, for somebody who is still on file."""
    open_now = link_open(expires_at=link.expires_at, revoked_at=link.revoked_at, now=clock.now())
    return open_now and link.person.retired_on is None


def actor_of(link: GuestLink) -> Actor:
    """The guest as an actor: no role anywhere, one meeting. Accounts have positive numbers, links negative ones."""
    return Actor(
        account_id=-link.id,
        person_id=link.person_id,
        name=link.person.called,
        username=str(link.id),
        position=link.person.position,
        only_meeting=link.meeting_id,
    )


def by_key(held: str) -> Actor | None:
    """Whose browser it is; nobody's once the link has ended, at the very next request."""
    if not held.isdecimal():
        return None
    with reading() as session:
        link = session.get(GuestLink, int(held))
        return actor_of(link) if link is not None and still_open(link) else None


def open_doors() -> None:
    """Says to `web` who visitors are and where they may go."""
    visitors.by_key = by_key
    visitors.endpoints |= ENDPOINTS
    visitors.start = "invitations.guest"
    VISITORS_MAY.update(ACTS)
