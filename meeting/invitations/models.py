"""The invitation paper of a meeting with its later replacements, substitutes, and personal links of guests."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Meeting, Participant
from meeting.organization.models import OfficialNumber, Person
from meeting.permissions import Action, Actor, Role, hat
from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference

MAKERS = frozenset({Role.CHAIR, Role.SECRETARY, Role.CHIEF, Role.CLERK, Role.SYSTEM, hat(Action.ISSUE_MEETING)})


def is_limited(session: Session, meeting_id: int, person_id: int) -> bool:
    """Whether somebody is invited to some items only."""
    wanted = select(Participant.item_ids).where(Participant.meeting_id == meeting_id, Participant.person_id == person_id)
    return bool(session.scalar(wanted))


class Invitation(Base):
    """One paper: a giấy mời, or for the HĐND the decision to convene. A newer one replaces it, nothing is overwritten."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("kind IN ('invitation', 'decision')", name="kind_known"),
        CheckConstraint("state IN ('draft', 'signed', 'issued')", name="state_known"),
        CheckConstraint("state != 'issued' OR (number_id IS NOT NULL AND issued_on IS NOT NULL)", name="issued_numbered"),
        CheckConstraint("state = 'draft' OR signed_at IS NOT NULL", name="signed_when"),
    )
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=True)
    kind: Mapped[Code]
    state: Mapped[Code] = mapped_column(default="draft")
    version: Mapped[int] = mapped_column(default=1)  # raised by every change of the text
    abstract: Mapped[LongText]
    opening: Mapped[LongText]  # of a decision: the grounds
    content: Mapped[LongText]  # of a decision: the articles
    closing: Mapped[LongText] = mapped_column(default="")
    recipients: Mapped[LongText]  # one a line
    facts: Mapped[list[Any] | None] = mapped_column(Json)  # chair, time, place as they were signed: [label, text]
    annex: Mapped[list[Any] | None] = mapped_column(Json)  # rows of the draft programme as they were signed
    drafted_at: Mapped[Moment]
    drafted_by_id: Mapped[int] = reference("person.id")
    edited_at: Mapped[Moment | None]
    edited_by_id: Mapped[int | None] = reference("person.id")
    signed_at: Mapped[Moment | None]
    signed_by_id: Mapped[int | None] = reference("person.id")
    issued_at: Mapped[Moment | None]
    issued_by_id: Mapped[int | None] = reference("person.id")
    issued_on: Mapped[date | None]  # the date printed on the paper
    number_id: Mapped[int | None] = reference("official_number.id", unique=True)
    replaces_id: Mapped[int | None] = reference("invitation.id")
    document_id: Mapped[int | None] = reference("file.id")  # the PDF, once the worker has set it
    meeting: Mapped[Meeting] = relationship(lazy="joined")
    number: Mapped[OfficialNumber | None] = relationship(lazy="joined")
    drafted_by: Mapped[Person] = relationship(foreign_keys=[drafted_by_id])
    edited_by: Mapped[Person | None] = relationship(foreign_keys=[edited_by_id])
    signed_by: Mapped[Person | None] = relationship(foreign_keys=[signed_by_id])
    issued_by: Mapped[Person | None] = relationship(foreign_keys=[issued_by_id])
    replaces: Mapped["Invitation | None"] = relationship(remote_side="Invitation.id")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Before the issue the office's and the chair's; afterwards everyone's who was invited to the whole meeting.

        The paper names every item and guest: whoever is limited to some items knows of theirs only.
        """
        hats = self.meeting.hats_of(actor, session)
        if self.state != "issued":
            return hats & MAKERS
        return hats - {Role.GUEST} if is_limited(session, self.meeting_id, actor.person_id) else hats


class Substitution(Base):
    """A member sends somebody else: named, consented to where the rule demands it, withdrawn. Every naming stays on file."""

    __tablename__ = "substitution"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'consented', 'refused', 'withdrawn')", name="state_known"),
        CheckConstraint("person_id != substitute_id", name="somebody_else"),
        Index("ix_substitution_meeting_id", "meeting_id", "state"),
    )
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    person_id: Mapped[int] = reference("person.id")  # who is represented
    substitute_id: Mapped[int] = reference("person.id")
    state: Mapped[Code] = mapped_column(default="asked")
    reason: Mapped[LongText] = mapped_column(default="")  # why the member does not come
    votes: Mapped[bool] = mapped_column(default=False)  # whether the seat's vote passed over
    named_at: Mapped[Moment]
    named_by_id: Mapped[int] = reference("person.id")
    decided_at: Mapped[Moment | None]
    decided_by_id: Mapped[int | None] = reference("person.id")  # None: the rule asks nobody's consent
    answer: Mapped[LongText] = mapped_column(default="")
    withdrawn_at: Mapped[Moment | None]
    meeting: Mapped[Meeting] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    substitute: Mapped[Person] = relationship(foreign_keys=[substitute_id], lazy="joined")
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def is_open(self) -> bool:
        """Whether it still stands: waiting or consented to."""
        return self.state in ("asked", "consented")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its meeting."""
        return self.meeting.hats_of(actor, session)


class GuestLink(Base):
    """The personal key of a guest without an account: 256 random bits, of which only the SHA-256 is kept."""

    __tablename__ = "guest_link"
    __table_args__ = (UniqueConstraint("sha256"), Index("ix_guest_link_meeting_id", "meeting_id", "person_id"))
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    person_id: Mapped[int] = reference("person.id")
    sha256: Mapped[Name]
    made_at: Mapped[Moment]
    made_by_id: Mapped[int] = reference("person.id")
    expires_at: Mapped[Moment]
    revoked_at: Mapped[Moment | None]
    revoked_by_id: Mapped[int | None] = reference("person.id")
    used_at: Mapped[Moment | None]  # the last time it was opened; every opening stands in the journal
    uses: Mapped[int] = mapped_column(default=0)
    meeting: Mapped[Meeting] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its meeting."""
        return self.meeting.hats_of(actor, session)
