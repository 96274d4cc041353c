"""What people judged, and the register of past meetings. What the system recorded stands in the rooms it comes from."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Meeting
from meeting.evaluation.rules import SHADES, VERDICTS
from meeting.organization.models import Body, Person, Unit
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference


class Judged:
    """What every judgement holds: the verdict, its shade, the reason of a bad one, by whom and when."""

    verdict: Mapped[Code]  # met, not_met
    shade: Mapped[Code] = mapped_column(default="")  # good, fair, or none
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
    points_tenths: Mapped[int | None]  # of a thousand; None: judged without the form
    computed: Mapped[Code] = mapped_column(default="")  # the verdict the form comes to
    override_reason: Mapped[LongText] = mapped_column(default="")  # why the chair judged otherwise
    evidence: Mapped[dict[str, Any] | None] = mapped_column(Json)  # as it stood when the meeting was judged
    late: Mapped[bool] = mapped_column(default=False)  # changed after the evaluation was closed
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


class EvaluationForm(Base):
    """By what a body judges its meetings, from a day on."""

    __tablename__ = "evaluation_form"
    __table_args__ = (UniqueConstraint("body_id", "starts_on"),)
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id")
    starts_on: Mapped[date]
    criteria: Mapped[list[Any]] = mapped_column(Json)
    pass_points: Mapped[int] = mapped_column(default=50)  # of a hundred
    split: Mapped[bool] = mapped_column(default=False)  # what meets the requirements is told as good, fair, met
    bands: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # from how many points on it is good, fair
    failures: Mapped[list[Any]] = mapped_column(Json, default=list)  # what makes a meeting fail whatever its points
    close_days: Mapped[int] = mapped_column(default=5)  # after the meeting
    survey: Mapped[list[Any]] = mapped_column(Json, default=list)  # what members are asked
    smallest_sample: Mapped[int] = mapped_column(default=5)  # answers below which nothing is shown
    changed_at: Mapped[Moment]
    changed_by_id: Mapped[int] = reference("person.id")
    body: Mapped[Body] = relationship()

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its body."""
        return actor.roles_in(self.body_id)


class CriterionScore(Base):
    """What the chair gave a meeting by one criterion of the form."""

    __tablename__ = "criterion_score"
    __table_args__ = (UniqueConstraint("meeting_id", "criterion"),)
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    criterion: Mapped[Code]
    points_tenths: Mapped[int]
    note: Mapped[LongText] = mapped_column(default="")
    scored_at: Mapped[Moment]
    scored_by_id: Mapped[int] = reference("person.id")


class SurveyTurn(Base):
    """That a member answered the survey on a meeting; never what."""

    __tablename__ = "survey_turn"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    person_id: Mapped[int] = reference("person.id")


class SurveyBox(Base):
    """The survey on one meeting: what is asked, until when, and the key that answers are sealed with while it runs."""

    __tablename__ = "survey_box"
    meeting_id: Mapped[int] = reference("meeting.id", primary_key=True, autoincrement=False)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    questions: Mapped[list[Any]] = mapped_column(Json)  # as they stood when it began
    smallest_sample: Mapped[int]
    asked: Mapped[int]  # how many may answer
    opened_at: Mapped[Moment]
    closes_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    answered: Mapped[int] = mapped_column(default=0)  # written at the close
    state: Mapped[Code] = mapped_column(default="open")  # open, counted, too_few, lost
    meeting: Mapped[Meeting] = relationship()

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its meeting."""
        return self.meeting.hats_of(actor, session)


class SealedAnswer(Base):
    """An answer while the survey runs: sealed text under a random key. No time, no row number, no name."""

    __tablename__ = "sealed_answer"
    __table_args__ = ({"sqlite_with_rowid": False},)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    meeting_id: Mapped[int] = reference("meeting.id")
    box: Mapped[bytes] = mapped_column(LargeBinary)


class SurveyAnswer(Base):
    """One mark or one remark of a survey that is closed: no person, no time, a random id, and marks of one slip apart."""

    __tablename__ = "survey_answer"
    __table_args__ = (Index("ix_survey_answer_meeting_id", "meeting_id"),)
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    meeting_id: Mapped[int] = reference("meeting.id")
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    comment: Mapped[LongText] = mapped_column(default="")


class Procedure(Base):
    """The steps in which a body holds its meetings, as its quality system has them (ISO 9001), from a day on."""

    __tablename__ = "procedure"
    __table_args__ = (UniqueConstraint("body_id", "version"),)
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id")
    code: Mapped[Code]  # QT.HOP.01
    name: Mapped[Name]
    version: Mapped[int]
    starts_on: Mapped[date]
    steps: Mapped[list[Any]] = mapped_column(Json)
    changed_at: Mapped[Moment]
    changed_by_id: Mapped[int] = reference("person.id")
    body: Mapped[Body] = relationship()

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its body."""
        return actor.roles_in(self.body_id)
