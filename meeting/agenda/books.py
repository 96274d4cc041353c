"""How meetings follow their rule books: those not issued always the book in force on their day, issued ones the book they had."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.acts import Tx, on
from meeting.agenda.models import Meeting
from meeting.agenda.rules import PRIVATE_STATES
from meeting.events import Event
from meeting.journal import Told
from meeting.rulebook.models import RuleBook
from meeting.rulebook.rules import in_force
from meeting.rulebook.uses import Use, uses_books


@uses_books
def issued_under(session: Session, book_ids: Sequence[int]) -> list[Use]:
    """The issued meetings that follow these books."""
    issued = or_(Meeting.issued_at.is_not(None), Meeting.state.not_in(PRIVATE_STATES))
    wanted = select(Meeting).where(Meeting.book_id.in_(book_ids), issued)
    return [Use(each.book_id, each.title, clock.local(each.starts_at).date()) for each in session.scalars(wanted)]


@on(Event.RULES_CHANGED, Event.RULES_WITHDRAWN)
def follow_new_rules(tx: Tx, told: Told) -> None:
    """Meetings of the kind that were not issued follow the book now in force on their day; one taken back is not followed."""
    gone = told.facts["book_id"] if told.event == Event.RULES_WITHDRAWN else None
    wanted = select(RuleBook).where(RuleBook.type_id == told.facts["type_id"], RuleBook.id != (gone or 0))
    books = list(tx.scalars(wanted))
    drafts = select(Meeting).where(
        Meeting.type_id == told.facts["type_id"], Meeting.issued_at.is_(None), Meeting.state.in_(PRIVATE_STATES)
    )
    for meeting in tx.scalars(drafts).all():
        book = in_force(books, clock.local(meeting.starts_at).date())
        if book is not None:
            meeting.book_id = book.id
    tx.flush()
