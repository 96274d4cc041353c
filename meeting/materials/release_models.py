"""Handing out: timed releases, papers taken back, versions compared, and when somebody last looked at a meeting."""

import json
import zlib
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.materials.audience import GROUPS, Timing
from meeting.materials.compare import KINDS, Run
from meeting.materials.models import Requirement, Submission
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, Json, LongText, Moment, reference


class Release(Base):
    """When one group gets a paper: at a time or at the opening. Until it was made true, the group knows nothing of it."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("requirement_id", "audience"),
        CheckConstraint(f"audience IN {GROUPS}", name="audience_known"),
    )
    id: Mapped[Id]
    requirement_id: Mapped[int] = reference("requirement.id")
    audience: Mapped[Code]  # members, guests
    at: Mapped[Moment | None]  # None: at the opening of the meeting
    made_at: Mapped[Moment | None] = mapped_column(index=True)
    set_by: Mapped[int] = reference("person.id")
    set_at: Mapped[Moment]
    requirement: Mapped[Requirement] = relationship()

    @property
    def timing(self) -> Timing:
        """As the rules see it."""
        return Timing(self.audience, self.at, self.made_at)


class Recall(Base):
    """A paper was taken back from its readers: which version they had, when, by whom and why. Nothing is deleted."""

    __tablename__ = "recall"
    __table_args__ = (Index("ix_recall_requirement_id", "requirement_id"),)
    id: Mapped[Id]
    requirement_id: Mapped[int] = reference("requirement.id")
    submission_id: Mapped[int] = reference("submission.id")
    published_at: Mapped[Moment]
    recalled_at: Mapped[Moment]
    recalled_by: Mapped[int] = reference("person.id")
    reason: Mapped[LongText]
    readers: Mapped[list[Any]] = mapped_column(Json)  # ids of those who could read it then: they may know of the recall
    requirement: Mapped[Requirement] = relationship()


class Comparison(Base):
    """Two versions of a paper set against each other: waiting for the worker, ready, or not possible."""

    __tablename__ = "comparison"
    __table_args__ = (
        UniqueConstraint("older_id", "newer_id"),
        CheckConstraint("state IN ('waiting', 'ready', 'too_long', 'failed')", name="state_known"),
        Index("ix_comparison_newer_id", "newer_id"),
    )
    id: Mapped[Id]
    older_id: Mapped[int] = reference("submission.id")
    newer_id: Mapped[int] = reference("submission.id")
    state: Mapped[Code] = mapped_column(default="waiting")
    counts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # pages by kind
    told: Mapped[bool] = mapped_column(default=False)  # its readers were told when it was ready
    asked_at: Mapped[Moment]
    made_at: Mapped[Moment | None]
    marked: Mapped[bool] = mapped_column(default=False)  # its pages know where their passages stand
    older: Mapped[Submission] = relationship(foreign_keys=[older_id])
    newer: Mapped[Submission] = relationship(foreign_keys=[newer_id])

    @property
    def meeting_id(self) -> int:
        """The meeting whose journal tells of it."""
        return self.newer.meeting_id

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its newer version."""
        return self.newer.hats_of(actor, session)

    def pages_of(self, *kinds: str) -> int:
        """How many pages are of these kinds."""
        return sum(int(self.counts.get(kind, 0)) for kind in kinds)


class ComparedPage(Base):
    """What became of one page between two versions, with its words where they changed."""

    __tablename__ = "compared_page"
    __table_args__ = (
        UniqueConstraint("comparison_id", "position"),
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
        CheckConstraint("old_page IS NOT NULL OR new_page IS NOT NULL", name="some_page"),
    )
    id: Mapped[Id]
    comparison_id: Mapped[int] = reference("comparison.id")
    position: Mapped[int]  # in the order they are shown
    kind: Mapped[Code]
    old_page: Mapped[int | None]
    new_page: Mapped[int | None]
    recognised: Mapped[bool] = mapped_column(default=False)
    rough: Mapped[bool] = mapped_column(default=False)  # a scan read too badly to tell single passages
    packed_runs: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    packed_marks: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)

    @property
    def marks(self) -> list[dict[str, Any]]:
        """The changed passages with their boxes on both pages (compare_drawing); none in comparisons of old."""
        return json.loads(zlib.decompress(self.packed_marks)) if self.packed_marks else []

    @property
    def runs(self) -> list[Run]:
        """Kept, gone and come words in reading order; none where nothing changed."""
        return [Run(kind, text) for kind, text in json.loads(zlib.decompress(self.packed_runs))]


def packed(value: list[Any]) -> bytes:
    """Runs or marks as they are stored."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 6)


class Look(Base):
    """When somebody last looked at a meeting and its papers: what came after it is new to them."""

    __tablename__ = "look"
    __table_args__ = (UniqueConstraint("person_id", "meeting_id"),)
    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id")
    meeting_id: Mapped[int] = reference("meeting.id")
    looked_at: Mapped[datetime]
    before_at: Mapped[Moment | None]  # the visit before: what was new then stays marked until this visit is over
