"""How a body writes its papers: the usual words and signer of each kind."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.organization.models import Body
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, LongText, Moment, reference


class PaperForm(Base):
    """The usual words and signer of one kind of a body's papers."""

    __tablename__ = "paper_form"
    __table_args__ = (
        UniqueConstraint("body_id", "kind"),
        CheckConstraint("signer IN ('book', 'chair', 'chief', 'person')", name="signer_known"),
        CheckConstraint("(signer = 'person') = (signer_id IS NOT NULL)", name="person_named"),
    )
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id")
    kind: Mapped[Code]  # TB, KL, NQ, QĐ, BB
    authority: Mapped[LongText] = mapped_column(default="")  # above the signature, one a line; empty: the usual one
    signer: Mapped[Code] = mapped_column(default="book")  # book: as the rules of the kind of meeting say
    signer_id: Mapped[int | None] = reference("person.id")
    grounds: Mapped[LongText] = mapped_column(default="")
    opening: Mapped[LongText] = mapped_column(default="")
    closing: Mapped[LongText] = mapped_column(default="")
    recipients: Mapped[LongText] = mapped_column(default="")
    publish: Mapped[bool] = mapped_column(default=False)  # whether publishing is proposed at the issue
    changed_at: Mapped[Moment]
    changed_by_id: Mapped[int] = reference("person.id")
    body: Mapped[Body] = relationship()

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its body."""
        return actor.roles_in(self.body_id)
