"""What the live room adds to the state of a meeting: meeting, agenda, page, notice, and each person's own part."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from meeting.agenda.models import Item, Meeting
from meeting.live import leading, queries
from meeting.live.papers import group_before, presenters_of, shape_of, shown_paper
from meeting.live.queries import iso, person_brief
from meeting.live.state import View, mine, section
from meeting.organization.models import Person


@section("meeting")
def meeting(view: View) -> dict[str, Any]:
    """The meeting itself and its state; after `held` also how far minutes, notice and evaluation are.

    `presider`: who presides instead of the chair, null while the chair does. `resumes_at`: until when it rests or to which day
    it was adjourned (`adjourned`). `session`: the kỳ họp it is a `sitting` of.
    """
    found = view.meeting
    progress = queries.progress_of(view.session, found.id)
    return {
        "id": found.id,
        "title": found.title,
        "body": found.body.short_name,
        "body_name": found.body.name,
        "body_kind": found.body.kind,
        "place": found.place,
        "form": found.form,
        "link": found.link,
        "state": found.state,
        "starts_at": iso(found.starts_at),
        "ends_at": iso(found.ends_at),
        "opened_at": iso(found.opened_at),
        "closed_at": iso(found.closed_at),
        "resumes_at": iso(found.resumes_at),
        "adjourned": progress is not None and progress.adjourned_at is not None,
        "chair": person_brief(found.chair),
        "presider": person_brief(found.presider),
        "handed": queries.handed_over(view.session, found.id),
        "secretary": person_brief(found.secretary),
        "session": {"id": found.session.id, "name": found.session.name} if found.session else None,
        "sitting": found.sitting,
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
    known = any(item.id == current for item in shown)
    return {
        "current_id": current if known else None,
        "elsewhere": current is not None and not known,  # a matter that this guest was not invited to
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
