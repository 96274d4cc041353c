"""A session of a council (kỳ họp): its sittings are meetings of their own."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.organization.models import Body
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, Moment, Name, reference

SITTINGS = ("", "preparatory", "opening", "plenary", "group", "closing")


class CouncilSession(Base):
    """One kỳ họp with its days. What happens in it happens in its sittings."""

    __tablename__ = "council_session"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("kind IN ('regular', 'special')", name="kind_known"),
    )
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id", index=True)
    name: Mapped[Name]
    number: Mapped[int]  # thứ mấy, in the term of the council
    kind: Mapped[Code] = mapped_column(default="regular")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    made_at: Mapped[Moment]
    made_by_id: Mapped[int] = reference("person.id")
    body: Mapped[Body] = relationship(lazy="joined")

    def hats_of(self, actor: Actor, _session: Session) -> frozenset[Role]:
        """Those of its body; who came in by a link for one meeting has none."""
        return actor.roles_in(self.body_id) if actor.only_meeting is None else frozenset()
