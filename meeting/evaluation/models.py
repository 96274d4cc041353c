"""What people judged, and the register of past meetings. What the system recorded stands in the rooms it comes from."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Meeting
from meeting.evaluation.rules import SHADES, VERDICTS
from meeting.organization.models import Body, Person, Unit
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, LongText, Moment, reference


class Judged:
    """What every judgement holds: the verdict, its shade, the reason of a bad one, by whom and when."""

    verdict: Mapped[Code]  # met, not_met
    shade: Mapped[Code] = mapped_column(default="")  # good, or none
    reason: Mapped[LongText] = mapped_column(default="")
    graded_at: Mapped[Moment]
    graded_by_id: Mapped[int] = reference("person.id")


def _fair() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint(f"verdict IN {VERDICTS}", name="verdict_known"),
        CheckConstraint(f"shade IN {SHADES}", name="shade_known"),
        CheckConstraint("verdict != 'not_met' OR (reason != '' AND shade = '')", name="bad_verdict_has_reason"),
    )


class MeetingGrade(Judged, Base):
    """The chair's verdict on a meeting."""

    __tablename__ = "meeting_grade"
    __table_args__ = _fair()
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", unique=True)
    meeting: Mapped[Meeting] = relationship()
    graded_by: Mapped[Person] = relationship(foreign_keys="MeetingGrade.graded_by_id")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its meeting."""
        return self.meeting.hats_of(actor, session)


class PaperGrade(Judged, Base):
    """The chair's verdict on the papers of one unit for a meeting, or on one requested paper among them."""

    __tablename__ = "paper_grade"
    __table_args__ = (*_fair(), UniqueConstraint("meeting_id", "unit_id", "requirement_id"))
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    unit_id: Mapped[int] = reference("unit.id")
    requirement_id: Mapped[int] = mapped_column(default=0)  # 0: all papers of the unit
    unit: Mapped[Unit] = relationship()


class StatementGrade(Judged, Base):
    """The chair's verdict on one statement, or by one criterion on all statements of a meeting."""

    __tablename__ = "statement_grade"
    __table_args__ = (*_fair(), UniqueConstraint("meeting_id", "floor_id", "criterion"))
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    floor_id: Mapped[int] = mapped_column(default=0)  # 0: the statements of the meeting as a whole
    criterion: Mapped[Code] = mapped_column(default="")


class RegisterRow(Base):
    """A past meeting from before the system, or held without it: only what the reports count."""

    __tablename__ = "register_row"
    __table_args__ = (
        CheckConstraint(f"verdict IN {('', *VERDICTS)}", name="verdict_known"),
        Index("ix_register_row_body_held", "body_id", "held_on"),
    )
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id")
    held_on: Mapped[date]
    kind: Mapped[Code] = mapped_column(default="")
    notice_symbol: Mapped[Code] = mapped_column(default="")
    verdict: Mapped[Code] = mapped_column(default="")  # met, not_met, empty: not graded
    shade: Mapped[Code] = mapped_column(default="")  # good, or none
    imported_at: Mapped[Moment]
    body: Mapped[Body] = relationship(lazy="joined")
