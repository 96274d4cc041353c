"""What is remembered of keeping: backups, drills, archive files, and what was pruned."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meeting.agenda.models import Meeting
from meeting.organization.models import Person
from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference

RUN_STATES = ("waiting", "running", "done", "failed", "removed")
REASONS = ("schedule", "by_hand")
ARCHIVE_STATES = ("waiting", "running", "done", "failed", "gone")


class BackupRun(Base):
    """One backup: asked for, being made, standing, failed, or removed because newer ones stand."""

    __tablename__ = "backup_run"
    __table_args__ = (
        CheckConstraint(f"state IN {RUN_STATES}", name="state_known"),
        CheckConstraint(f"reason IN {REASONS}", name="reason_known"),
        Index("ix_backup_run_state", "state", "started_at"),
    )
    id: Mapped[Id]
    reason: Mapped[Code]
    slot: Mapped[Code] = mapped_column(default="", index=True)  # the moment of the plan it was made for, local
    state: Mapped[Code] = mapped_column(default="waiting")
    started_at: Mapped[Moment]
    beat_at: Mapped[Moment]
    done_at: Mapped[Moment | None]  # read back and found whole
    percent: Mapped[int] = mapped_column(default=0)
    path: Mapped[LongText] = mapped_column(default="")
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    files: Mapped[int] = mapped_column(default=0)
    is_sealed: Mapped[bool] = mapped_column(default=False)
    error: Mapped[Code] = mapped_column(default="")  # a code of records.rules
    error_facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class DrillRun(Base):
    """A restore that was tried beside the running system."""

    __tablename__ = "drill_run"
    id: Mapped[Id]
    backup_id: Mapped[int | None] = reference("backup_run.id", index=True)
    at: Mapped[Moment]
    seconds: Mapped[int] = mapped_column(default=0)
    ok: Mapped[bool] = mapped_column(default=False)
    findings: Mapped[list[Any]] = mapped_column(Json, default=list)  # [{name, ok, facts}]
    error: Mapped[Code] = mapped_column(default="")


class ArchiveFile(Base):
    """The archive file of a closed meeting, made for one person, offered for some days."""

    __tablename__ = "archive_file"
    __table_args__ = (CheckConstraint(f"state IN {ARCHIVE_STATES}", name="state_known"),)
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=True)
    person_id: Mapped[int] = reference("person.id", index=True)
    state: Mapped[Code] = mapped_column(default="waiting")
    percent: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[Moment]
    done_at: Mapped[Moment | None]
    ends_at: Mapped[Moment | None]
    name: Mapped[Name] = mapped_column(default="")
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    sha256: Mapped[Code] = mapped_column(default="")
    pieces: Mapped[int] = mapped_column(default=0)
    error: Mapped[Code] = mapped_column(default="")
    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person] = relationship()


class Pruning(Base):
    """Something was removed because its time was over: how many, by which rule, of before which day."""

    __tablename__ = "pruning"
    id: Mapped[Id]
    rule: Mapped[Code] = mapped_column(index=True)
    at: Mapped[Moment]
    before: Mapped[Moment]
    count: Mapped[int] = mapped_column(default=0)
