"""The acts of handing out: publish, take back, say for whom and from when; what the worker makes true in time."""

from typing import Any, Literal

from pydantic import AwareDatetime
from sqlalchemy import select

from meeting import clock
from meeting.acts import ActInput, Tx, act, on
from meeting.agenda.models import Meeting
from meeting.database import reading
from meeting.errors import Refused
from meeting.events import Event
from meeting.jobs import every
from meeting.journal import Told
from meeting.materials.audience import REACH, Timing, check_timing, is_due
from meeting.materials.audience_queries import readers_of
from meeting.materials.inputs import Text
from meeting.materials.models import Requirement, Submission
from meeting.materials.release import check_publish, check_take_back
from meeting.materials.release_models import Recall, Release
from meeting.permissions import SYSTEM, Action
from meeting.writer import perform

OPENED = frozenset({"in_session", "paused", "held", "archived"})
When = Literal["at_once", "at", "opening"]


class PublishInput(ActInput):
    """The newest accepted version; `submission_id` guards against publishing one that was replaced meanwhile."""

    requirement_id: int | None = None
    submission_id: int | None = None


class PublishAllInput(ActInput):
    """All accepted papers of a meeting that wait."""

    meeting_id: int


class TakeBackInput(ActInput):
    """The paper leaves its readers' hands."""

    requirement_id: int
    reason: Text


class AudienceInput(ActInput):
    """For whom: `all`, `members`, `office`; from when for each group: `at_once`, `at` a time, or at the `opening`.

    `takeable`: what readers may take away, the `original`, a `copy` with their name on each page, or `none`; left out: as it is.
    """

    requirement_id: int
    audience: Literal["all", "members", "office"]
    members: When = "at_once"
    members_at: AwareDatetime | None = None
    guests: When = "at_once"
    guests_at: AwareDatetime | None = None
    takeable: Literal["original", "copy", "none"] | None = None


class ReleaseInput(ActInput):
    """Nothing to say: whatever is due."""


@act("materials.publish", Action.PUBLISH_PAPERS)
def publish(tx: Tx, wanted: PublishInput) -> dict[str, Any]:
    """Hands out an accepted paper that was held back: from now on those it is for can read it, before the issue of the
    meeting's invitations from the issue on.

    Refused: `papers_closed`, `requirement_waived`, `not_accepted_yet`, `already_published`. Journal: PAPER_PUBLISHED.
    """
    named = tx.get(Submission, wanted.submission_id) if wanted.submission_id else None
    row = named.requirement if named else tx.get(Requirement, wanted.requirement_id)
    tx.require(Action.PUBLISH_PAPERS, row)
    version = named or newest_accepted(row)
    state = version.state if version else ""
    check_publish(state, bool(version and version.is_published), row.state == "waived", row.meeting.state)
    assert version is not None
    hand_out(tx, version)
    return {"submission_id": version.id}


def newest_accepted(row: Requirement) -> Submission | None:
    """The version that would be handed out."""
    return next((each for each in reversed(row.submissions) if each.state == "accepted"), None)


def hand_out(tx: Tx, version: Submission) -> None:
    """Makes a version the one that is read. Earlier published ones stay open to those who had them. Journal: PAPER_PUBLISHED."""
    row = version.requirement
    earlier = [each.id for each in row.submissions if each.is_published and each.number < version.number]
    version.published_at = tx.now
    row.published_at = row.published_at or tx.now
    if row.state == "accepted":
        row.state = "published"
    facts = {"submission_id": version.id, "number": version.number, "file_id": version.file_id}
    tx.record(Event.PAPER_PUBLISHED, row, **_facts(row), **facts, audience=row.audience, earlier=earlier)


@act("materials.publish_all", Action.PUBLISH_PAPERS)
def publish_all(tx: Tx, wanted: PublishAllInput) -> dict[str, Any]:
    """Hands out every accepted paper of a meeting that was held back; answers how many.

    Refused: `papers_closed`, `nothing_to_publish`. Journal: PAPER_PUBLISHED for each.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.PUBLISH_PAPERS, meeting)
    waiting = select(Requirement).where(Requirement.meeting_id == meeting.id, Requirement.state == "accepted")
    found = [newest_accepted(row) for row in tx.scalars(waiting.order_by(Requirement.id)).unique()]
    versions = [each for each in found if each is not None and not each.is_published]
    if not versions:
        raise Refused("nothing_to_publish")
    for version in versions:
        check_publish(version.state, False, False, meeting.state)
        hand_out(tx, version)
    return {"published": len(versions)}


@act("materials.take_back", Action.PUBLISH_PAPERS)
def take_back(tx: Tx, wanted: TakeBackInput) -> dict[str, Any]:
    """Takes a paper back from its readers (thu hồi): no version of it is open to them any more, and they are told why.

    Nothing is deleted: desk and unit keep every version, and it can be published again. Also after the meeting, not from
    the archive. Refused: `papers_filed`, `not_published`, `reason_missing`. Journal: PAPER_TAKEN_BACK with the reason and
    the ids of those who could read it.
    """
    row = tx.get(Requirement, wanted.requirement_id)
    tx.require(Action.PUBLISH_PAPERS, row)
    version = row.shown
    check_take_back(version is not None, wanted.reason, row.meeting.state)
    assert version is not None
    assert version.published_at is not None
    people = sorted(readers_of(tx.reading, row))
    tx.add(
        Recall(
            requirement_id=row.id,
            submission_id=version.id,
            published_at=version.published_at,
            recalled_at=tx.now,
            recalled_by=tx.actor.person_id,
            reason=wanted.reason,
            readers=people,
        )
    )
    for each in row.submissions:
        each.published_at = None
    if row.state == "published":
        row.state = "accepted"
    facts = {"submission_id": version.id, "number": version.number, "reason": wanted.reason, "people": people}
    tx.record(Event.PAPER_TAKEN_BACK, row, **_facts(row), **facts)
    return {}


@act("materials.set_audience", Action.PUBLISH_PAPERS)
def set_audience(tx: Tx, wanted: AudienceInput) -> dict[str, Any]:
    """Says for whom a paper is, from when for each group, and what they may take away. It holds from the next read on.

    A group that has the paper already keeps it when "at once" is said again. Refused: `papers_filed`, `release_passed`,
    `release_after_opening`, `release_not_reached`. Journal: AUDIENCE_SET with audience, times and what may be taken.
    """
    row = tx.get(Requirement, wanted.requirement_id)
    tx.require(Action.PUBLISH_PAPERS, row)
    if row.meeting.state == "archived":
        raise Refused("papers_filed")
    timings = _timings(wanted)
    for timing in timings:
        check_timing(wanted.audience, timing, tx.now, row.meeting.state in OPENED)
    before = row.audience
    row.audience, row.takeable = wanted.audience, wanted.takeable or row.takeable
    for old in tx.scalars(select(Release).where(Release.requirement_id == row.id)).all():
        tx.delete(old)
    tx.flush()
    for timing in timings:
        tx.add(Release(requirement_id=row.id, audience=timing.group, at=timing.at, set_by=tx.actor.person_id, set_at=tx.now))
    times = {each.group: each.at.isoformat() if each.at else "opening" for each in timings}
    tx.record(Event.AUDIENCE_SET, row, **_facts(row), audience=row.audience, before=before, times=times, takeable=row.takeable)
    return {"audience": row.audience, "times": times, "takeable": row.takeable}


def _timings(wanted: AudienceInput) -> list[Timing]:
    """The releases that were set to a time; those said for a group that never gets the paper are left out."""
    said = [("members", wanted.members, wanted.members_at), ("guests", wanted.guests, wanted.guests_at)]
    timed = [(group, when, at) for group, when, at in said if when != "at_once" and group in REACH[wanted.audience]]
    return [Timing(group, at if when == "at" else None) for group, when, at in timed if when == "opening" or at]


@act("materials.release", Action.MAKE_RELEASES)
def release(tx: Tx, _wanted: ReleaseInput) -> dict[str, Any]:
    """Makes true every timed release whose time has come; answers how many. Calling twice is harmless.

    Only the worker does this. Journal: PAPER_RELEASED for each published paper and group.
    """
    tx.require(Action.MAKE_RELEASES)
    waiting = select(Release).where(Release.made_at.is_(None), Release.at.is_not(None), Release.at <= tx.now)
    made = [_make(tx, row, opened=False) for row in tx.scalars(waiting.order_by(Release.id)).all()]
    if not any(made):
        tx.nothing_to_record("no release is due")
    return {"released": sum(made)}


def _make(tx: Tx, row: Release, opened: bool) -> bool:
    if not is_due(row.timing, tx.now, opened):
        return False
    row.made_at = tx.now
    tx.flush()
    paper = row.requirement
    tx.record(Event.PAPER_RELEASED, paper, **_facts(paper), group=row.audience, published=paper.shown is not None)
    return True


@on(Event.MEETING_OPENED)
def opening_releases(tx: Tx, told: Told) -> None:
    """What was to be handed out at the opening is handed out with it, in the same transaction."""
    waiting = select(Release).join(Requirement).where(Requirement.meeting_id == told.chain, Release.made_at.is_(None))
    for row in tx.scalars(waiting.where(Release.at.is_(None)).order_by(Release.id)).all():
        _make(tx, row, opened=True)


@every(15)
def make_releases() -> None:
    """The worker looks every quarter of a minute; what came due while it stood still is made true at its start."""
    with reading() as session:
        due = select(Release.id).where(Release.made_at.is_(None), Release.at.is_not(None), Release.at <= clock.now())
        if session.scalar(due.limit(1)) is None:
            return
    perform(SYSTEM, "materials.release", {})


def _facts(row: Requirement) -> dict[str, Any]:
    return {
        "requirement_id": row.id,
        "item_id": row.item_id,
        "unit_id": row.unit_id,
        "what": row.what,
        "due_at": row.due_at.isoformat(),
    }
