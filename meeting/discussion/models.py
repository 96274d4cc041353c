"""Written opinions on a matter, before the meeting and during it."""

from collections.abc import Sequence

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Item, Meeting
from meeting.documents.access import place_of
from meeting.documents.models import File
from meeting.organization.models import Person
from meeting.permissions import Actor, Role
from meeting.tables import Base, Id, LongText, Moment, reference


class Opinion(Base):
    """What somebody wrote on an item, or on the meeting as a whole. Withdrawn ones keep their text for the record."""

    __tablename__ = "opinion"
    __table_args__ = (Index("ix_opinion_meeting_id", "meeting_id", "at"),)
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    item_id: Mapped[int | None] = reference("item.id")
    person_id: Mapped[int] = reference("person.id", index=True)
    parent_id: Mapped[int | None] = reference("opinion.id", index=True)  # the opinion it replies to
    document_id: Mapped[int | None] = reference("file.id")  # the paper it speaks of, and the page
    page: Mapped[int | None]
    text: Mapped[LongText]
    at: Mapped[Moment]
    before: Mapped[bool] = mapped_column(default=False)  # given before the meeting began
    withdrawn_at: Mapped[Moment | None]
    withdrawn_by: Mapped[int | None] = reference("person.id")
    reason: Mapped[LongText] = mapped_column(default="")  # why the chair or the secretariat took it off
    meeting: Mapped[Meeting] = relationship()
    item: Mapped[Item | None] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")

    @property
    def gone(self) -> bool:
        """Taken back by whoever wrote it."""
        return self.withdrawn_at is not None and self.withdrawn_by == self.person_id

    @property
    def hidden(self) -> bool:
        """Taken off the screens by the chair or the desk: its author still reads it, and why."""
        return self.withdrawn_at is not None and self.withdrawn_by != self.person_id

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its item, else of its meeting; what was written on a paper is for those who may read the paper."""
        hats = (self.item or self.meeting).hats_of(actor, session)
        if hats and self.document_id is not None and actor.person_id != self.person_id:
            file = session.get(File, self.document_id)
            return hats if file is not None and place_of(session, actor, file) is not None else frozenset()
        return hats

    def hats_of_many(self, actors: Sequence[Actor], session: Session) -> dict[int, frozenset[Role]]:
        """The same for many; one question to the store where nothing limits who reads it."""
        if self.document_id is None:
            return (self.item or self.meeting).hats_of_many(actors, session)
        return {each.person_id: self.hats_of(each, session) for each in actors}


class Agreement(Base):
    """Somebody agrees with an opinion. No row: not, or no longer."""

    __tablename__ = "agreement"
    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[Moment]
