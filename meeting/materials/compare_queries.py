"""Reads of comparisons, always with the right to read both versions."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from meeting.errors import Missing
from meeting.materials.audience_queries import may_open
from meeting.materials.models import ReadingMark, Requirement, Submission
from meeting.materials.release_models import ComparedPage, Comparison
from meeting.permissions import Actor

TOLD_KINDS = ("changed", "added", "removed", "moved", "unread")  # everything but what stayed


def comparisons_of(session: Session, newer_ids: Iterable[int]) -> dict[tuple[int, int], Comparison]:
    """The comparisons with these newer versions, by (older, newer); one query, without their pages."""
    wanted = select(Comparison).where(Comparison.newer_id.in_(list(newer_ids)))
    return {(row.older_id, row.newer_id): row for row in session.scalars(wanted)}


@dataclass(frozen=True)
class Changes:
    """Two versions of a paper and what changed between them, as one reader may see it."""

    requirement: Requirement
    versions: list[Submission]  # all that the reader may open, oldest first
    older: Submission | None  # None: there is only one version
    newer: Submission
    comparison: Comparison | None  # None: nobody has asked for it yet
    pages: list[ComparedPage]
    read_number: int | None  # the newest version before `newer` that the reader has opened

    @property
    def told_pages(self) -> list[ComparedPage]:
        """The pages that are not as they were."""
        return [page for page in self.pages if page.kind in TOLD_KINDS]


def changes(session: Session, actor: Actor, requirement_id: int, older: int | None = None, newer: int | None = None) -> Changes:
    """What changed between two versions by number; without numbers since the version that the reader opened last.

    Missing when the reader may not open one of them.
    """
    row = session.get(Requirement, requirement_id)
    versions = [each for each in row.submissions if may_open(session, actor, each)] if row else []
    versions = [each for each in versions if each.file.first_page_read]
    if row is None or not versions:
        raise Missing()
    latest = row.shown if row.shown in versions else versions[-1]
    second = _numbered(versions, newer) if newer else latest
    before = [each for each in versions if each.number < second.number]
    read = read_before(session, actor, before)
    first = _numbered(before, older) if older else (read or (before[-1] if before else None))
    found = comparisons_of(session, [second.id]).get((first.id, second.id)) if first else None
    return Changes(row, versions, first, second, found, pages_of(session, found), read.number if read else None)


def _numbered(versions: Iterable[Submission], number: int) -> Submission:
    for version in versions:
        if version.number == number:
            return version
    raise Missing()


def read_before(session: Session, actor: Actor, versions: Iterable[Submission]) -> Submission | None:
    """The newest of these versions that the actor has opened."""
    files = {each.file_id: each for each in versions}
    wanted = select(ReadingMark.file_id).where(ReadingMark.person_id == actor.person_id, ReadingMark.file_id.in_(files))
    return max((files[file_id] for file_id in session.scalars(wanted)), key=lambda each: each.number, default=None)


def pages_of(session: Session, comparison: Comparison | None) -> list[ComparedPage]:
    """The pages of a finished comparison with their words, in the order they are shown."""
    if comparison is None or comparison.state != "ready":
        return []
    wanted = select(ComparedPage).where(ComparedPage.comparison_id == comparison.id).order_by(ComparedPage.position)
    return list(session.scalars(wanted.options(undefer(ComparedPage.packed_runs), undefer(ComparedPage.packed_marks))))
