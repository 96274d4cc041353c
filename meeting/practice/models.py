"""A practice that runs now. Nothing of it outlives its end, this row neither."""

from sqlalchemy.orm import Mapped, relationship

from meeting.agenda.models import Meeting
from meeting.organization.models import Body
from meeting.tables import Base, Id, Moment, reference


class Practice(Base):
    """A body's practice: the body made for it, the meeting in it, since when."""

    __tablename__ = "practice"
    id: Mapped[Id]
    of_id: Mapped[int] = reference("body.id", unique=True)  # the body whose people practise
    body_id: Mapped[int] = reference("body.id", unique=True)
    meeting_id: Mapped[int] = reference("meeting.id", unique=True)
    begun_at: Mapped[Moment]
    of: Mapped[Body] = relationship(foreign_keys=[of_id])
    body: Mapped[Body] = relationship(foreign_keys=[body_id])
    meeting: Mapped[Meeting] = relationship()
