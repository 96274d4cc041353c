"""The chair's run sheet (kịch bản điều hành): what is said and put at each item."""

from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Item, Meeting
from meeting.organization.models import Person
from meeting.permissions import Actor, Role
from meeting.tables import Base, LongText, Moment, reference


class Script(Base):
    """The words of one item. Without a row the usual words of its kind stand there."""

    __tablename__ = "script"
    item_id: Mapped[int] = reference("item.id", primary_key=True)
    meeting_id: Mapped[int] = reference("meeting.id", index=True)
    opening: Mapped[LongText] = mapped_column(default="")  # words to call the item
    words: Mapped[LongText] = mapped_column(default="")  # what is to be said and watched while it runs
    question: Mapped[LongText] = mapped_column(default="")  # to be put to the vote
    closing: Mapped[LongText] = mapped_column(default="")  # words to end the item
    minutes: Mapped[int | None]  # for the chair's own reckoning, where it differs from the programme
    version: Mapped[int] = mapped_column(default=1)
    edited_at: Mapped[Moment]
    edited_by_id: Mapped[int | None] = reference("person.id")
    item: Mapped[Item] = relationship()
    meeting: Mapped[Meeting] = relationship()
    edited_by: Mapped[Person | None] = relationship(lazy="joined")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its meeting."""
        return self.meeting.hats_of(actor, session)
