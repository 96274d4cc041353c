"""What the live room adds to the state of a meeting: meeting, agenda, attendance, page, notice, and each person's own part."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from meeting.agenda.models import Item, Meeting, Participant
from meeting.live import leading, queries, rules
from meeting.live.models import Attendance
from meeting.live.papers import group_before, presenters_of, shape_of, shown_paper
from meeting.live.queries import iso, person_brief
from meeting.live.state import View, mine, section
from meeting.organization.models import Person


@section("meeting")
def meeting(view: View) -> dict[str, Any]:
    """The meeting itself and its state; after `held` also how far minutes, notice and evaluation are."""
    found = view.meeting
    return {
        "id": found.id,
        "title": found.title,
        "body": found.body.short_name,
        "body_name": found.body.name,
        "body_kind": found.body.kind,
        "place": found.place,
        "state": found.state,
        "starts_at": iso(found.starts_at),
        "ends_at": iso(found.ends_at),
        "opened_at": iso(found.opened_at),
        "closed_at": iso(found.closed_at),
        "chair": person_brief(found.chair),
        "secretary": person_brief(found.secretary),
        "minutes": found.minutes_state,
        "notice": found.notice_state,
        "evaluation": found.evaluation_state,
    }


@section("agenda")
def agenda(view: View) -> dict[str, Any]:
    """The programme with states and real seconds. `since`: from when the current item's clock runs, null while resting."""
    found = view.session.scalars(
        select(Item)
        .where(Item.meeting_id == view.meeting.id)
        .order_by(Item.position)
        .options(joinedload(Item.unit), joinedload(Item.presenter), selectinload(Item.further))
    )
    progress = queries.progress_of(view.session, view.meeting.id)
    since = progress.item_since if progress else None
    shown = [item for item in found if view.item_ids is None or item.id in view.item_ids]
    headings = {item.parent_id for item in shown}
    current = view.meeting.current_item_id
    return {
        "current_id": current if any(item.id == current for item in shown) else None,
        "items": [{**_item(item, since if item.id == current else None), "heading": item.id in headings} for item in shown],
    }


def _item(item: Item, since: datetime | None) -> dict[str, Any]:
    return {
        "id": item.id,
        "number": item.number,
        "label": item.label,
        "parent_id": item.parent_id,
        "title": item.title,
        "kind": item.kind,
        "state": item.state,
        "unit": item.unit.name if item.unit else None,
        "presenter": item.presenter.called if item.presenter else None,
        "presenters": [each.called for each in item.presenters],
        "reason": item.reason,
        "minutes_planned": item.minutes_planned,
        "outside": item.outside,
        "started_at": iso(item.started_at),
        "ended_at": iso(item.ended_at),
        "seconds_used": item.seconds_used,
        "since": iso(since),
    }


@section("attendance")
def attendance(view: View) -> dict[str, Any]:
    """How many are here and whether they are enough; names for the desk and the hall only."""
    found = queries.quorum(view.session, view.meeting)
    value: dict[str, Any] = {
        "present": found.present,
        "total": found.total,
        "guests": queries.guests_here(view.session, view.meeting),
        "quorum": {"met": found.met, "need": found.need, "rule": found.rules["vi"], "rules": found.rules},
    }
    if not view.names_shown:
        return value
    lines = [queries.person_line(invited, kept) for invited, kept in queries.attendance_rows(view.session, view.meeting)]
    if view.audience == "desk":
        value["people"] = lines
    else:
        value["people"] = [{key: line[key] for key in ("id", "name", "presence", "voting")} for line in lines]
    return value


@section("page")
def page(view: View) -> dict[str, Any] | None:
    """The paper and page that is led, by whom, the passage that glows on it, and the pages wanted next; or null."""
    progress = queries.progress_of(view.session, view.meeting.id)
    if progress is None or progress.document_id is None:
        return None
    paper = shown_paper(
        view.session, view.meeting.id, progress.document_id, group_before(view.session, view.meeting, view.audience)
    )
    if paper is None or (view.item_ids is not None and paper.item_id not in view.item_ids):
        return None
    shown = progress.page or 1
    return {
        "document_id": progress.document_id,
        "page": progress.page,
        "pages": paper.pages,
        "title": paper.title,
        "item_id": paper.item_id,
        "shown_at": iso(progress.shown_at),
        "by": person_brief(view.session.get(Person, progress.shown_by)),
        "point": {"boxes": progress.point} if progress.point else None,
        "neighbours": leading.neighbours(shown, paper.pages),
        "shape": shape_of(view.session, progress.document_id, shown),
        "v": paper.version.file.sha256[:12],
    }


@mine("page")
def my_page(session: Session, meeting: Meeting, people: Sequence[int], _now: datetime) -> Mapping[int, Mapping[str, Any]]:
    """For each: whether they present the current item, and from which screen they lead. One query for all."""
    progress = queries.progress_of(session, meeting.id)
    leader = progress.shown_by if progress and progress.document_id else None
    presenting = presenters_of(session, meeting.current_item_id)
    return {
        person: {
            "page": {"presents": person in presenting, "screen": progress.shown_from if progress and person == leader else None}
        }
        for person in people
    }


@section("notice")
def notice(view: View) -> dict[str, Any] | None:
    """The chair's or the secretariat's word to all, or null."""
    progress = queries.progress_of(view.session, view.meeting.id)
    if progress is None or not progress.notice:
        return None
    return {"text": progress.notice, "at": iso(progress.notice_at)}


@mine("attendance")
def my_attendance(session: Session, meeting: Meeting, people: Sequence[int], _now: datetime) -> Mapping[int, Mapping[str, Any]]:
    """For each: am I invited, with a vote, am I here, may I check in now. Two set queries for all."""
    of, at = Participant, Attendance
    rows = session.execute(
        select(of.person_id, of.voting, of.reply, of.absence).where(of.meeting_id == meeting.id, of.person_id.in_(people))
    )
    invited = {row.person_id: row for row in rows}
    there = select(at.person_id, at.presence, at.arrived_at).where(at.meeting_id == meeting.id, at.person_id.in_(people))
    kept = {row.person_id: row for row in session.execute(there)}
    open_now = meeting.state in rules.CHECK_IN_STATES
    return {person: {"attendance": _mine(invited.get(person), kept.get(person), open_now)} for person in people}


def _mine(invited: Any, kept: Any, open_now: bool) -> dict[str, Any] | None:
    if invited is None:
        return None
    presence = rules.presence_of(kept.presence if kept else None, invited.reply, invited.absence)
    return {
        "presence": presence,
        "voting": invited.voting,
        "arrived_at": iso(kept.arrived_at) if kept else None,
        "may_check_in": open_now and presence not in rules.HERE,
    }
