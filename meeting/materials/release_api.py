"""What other programs may read of handing out: audiences and times, what changed, readiness, what is new."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.queries import meeting_of
from meeting.errors import Forbidden
from meeting.materials import compare_queries, newest_queries, readiness_queries, release_queries
from meeting.materials.audience import GROUPS
from meeting.materials.papers import papers_by_item, reading_list
from meeting.materials.readiness import Share
from meeting.materials.release_models import ComparedPage, Comparison
from meeting.permissions import Action, Actor, allows
from meeting.web.api import asked_number, resource


@resource(
    "/meetings/<int:meeting_id>/releases", "For whom each paper is, from when, and whether it is published (for the office)"
)
def meeting_releases(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Papers in the order of the programme."""
    return {"data": [release_json(row) for row in release_queries.releases(session, actor, meeting_id).rows]}


def release_json(row: release_queries.Row) -> dict[str, Any]:
    """A paper as it is handed out; `times` holds groups whose release is timed."""
    paper, accepted = row.requirement, row.version
    times = {group: timing for group in GROUPS if (timing := row.timing(group))}
    return {
        "requirement_id": paper.id,
        "item_id": paper.item_id,
        "title": paper.what,
        "standing": row.standing,
        "audience": paper.audience,
        "takeable": paper.takeable,
        "version": accepted.number if accepted else None,
        "published_at": accepted.published_at.isoformat() if accepted and accepted.published_at else None,
        "taken_back": {"at": row.recall.recalled_at.isoformat(), "reason": row.recall.reason} if row.recall else None,
        "times": {
            group: {
                "at": timing.at.isoformat() if timing.at else "opening",
                "made_at": timing.made_at.isoformat() if timing.made_at else None,
            }
            for group, timing in times.items()
        },
    }


@resource(
    "/requirements/<int:requirement_id>/changes",
    "What changed between two versions of a paper, page by page",
    **{
        "from": "number of the older version",
        "to": "number of the newer version",
        "words": "1: with the changed words",
        "marks": "1: with boxes of the passages",
    },
)
def requirement_changes(session: Session, actor: Actor, requirement_id: int) -> dict[str, Any]:
    """Without numbers: the newest version against the one the reader opened last."""
    found = compare_queries.changes(session, actor, requirement_id, asked_number("from"), asked_number("to"))
    words, marks = bool(asked_number("words")), bool(asked_number("marks"))
    return {
        "requirement_id": requirement_id,
        "title": found.requirement.what,
        "from": found.older.number if found.older else None,
        "to": found.newer.number,
        "read_version": found.read_number,
        **comparison_json(found.comparison),
        "pages": [page_json(each, words, marks) for each in found.pages],
    }


def comparison_json(row: Comparison | None) -> dict[str, Any]:
    """How far a comparison is, with its counts; state `none` when nobody asked for it."""
    return {"comparison_id": row.id if row else None, "state": row.state if row else "none", "counts": row.counts if row else {}}


def page_json(row: ComparedPage, words: bool, marks: bool = False) -> dict[str, Any]:
    """One page of a comparison; `marks`: each passage with its words, and its boxes by page in thousandths of it."""
    runs = {"runs": [[run.kind, run.text] for run in row.runs]} if words else {}
    more = {"marks": row.marks} if marks else {}
    known = {name: getattr(row, name) for name in ("kind", "old_page", "new_page", "recognised", "rough")}
    return {**known, **runs, **more}


@resource("/meetings/<int:meeting_id>/readiness", "How many members have opened each paper and item (chair and desk; no names)")
def meeting_readiness(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Items that nobody has opened stand first."""
    found = readiness_queries.readiness(session, actor, meeting_id)
    return {
        "members": found.members,
        "begun": found.begun,
        "data": [
            {
                "item_id": row.item.id if row.item else None,
                "title": row.item.title if row.item else None,
                **share_json(row.share),
                "papers": [
                    {"requirement_id": each.requirement.id, "title": each.requirement.what, **share_json(each.share)}
                    for each in row.papers
                ],
            }
            for row in found.rows
        ],
    }


def share_json(share: Share) -> dict[str, Any]:
    """Counts only."""
    return {"opened": share.opened, "members": share.members, "older_only": share.older_only, "percent": share.percent}


@resource("/meetings/<int:meeting_id>/news", "What is new of a meeting since the reader last looked at it")
def meeting_news(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Papers, versions, a changed programme, the invitation."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.READ_MEETING, hats):
        raise Forbidden()
    papers = [paper for found in papers_by_item(session, actor, meeting).values() for paper in found]
    return news_json(newest_queries.news_of(session, actor, {meeting: papers})[meeting.id])


@resource("/news", "What is new of the reader's coming meetings since they last looked at each")
def news(session: Session, actor: Actor) -> dict[str, Any]:
    """The meetings that have something new, soonest first."""
    found = newest_queries.news_of(session, actor, dict(reading_list(session, actor)))
    return {"data": [{"meeting_id": meeting_id, **news_json(each)} for meeting_id, each in found.items() if each.count]}


def news_json(found: newest_queries.News) -> dict[str, Any]:
    """What is new, as counts and ids."""
    return {
        "count": found.count,
        "invitation": found.invitation,
        "programme_version": found.programme,
        "papers": sorted(found.papers),
        "new_versions": found.versions,
    }
