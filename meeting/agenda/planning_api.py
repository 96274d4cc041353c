"""What other programs read of planning: programme versions, a meeting's way, its clashes, its series, the templates."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda import past_queries, planning_queries, queries
from meeting.agenda.answers import MeetingLine, StepLine, VersionLine
from meeting.agenda.api import meeting_line
from meeting.agenda.clashes import clashes_of
from meeting.agenda.models import Meeting, MeetingTemplate, ProgrammeVersion
from meeting.agenda.planning_screens import asked_pattern
from meeting.agenda.recurrence import Pattern
from meeting.errors import Forbidden
from meeting.permissions import Action, Actor, actions_of
from meeting.web.api import Page, asked, asked_number, page_of, paged, resource


def _read(session: Session, actor: Actor, meeting_id: int) -> tuple[Meeting, set[int] | None]:
    """The meeting, and the items a limited guest may know of (None: all)."""
    meeting, hats = queries.meeting_of(session, actor, meeting_id)
    seen = queries.limited_items(meeting, actor, hats)
    return meeting, None if len(seen) == len(meeting.items) else {item.id for item in seen}


def _prepared(session: Session, actor: Actor, meeting_id: int, *enough: Action) -> Meeting:
    meeting, hats = queries.meeting_of(session, actor, meeting_id)
    if not set(enough or [Action.PREPARE_MEETING]) & set(actions_of(hats)):
        raise Forbidden()
    return meeting


@resource("/meetings/<int:meeting_id>/versions", "Versions of the programme, the newest first")
def versions(session: Session, actor: Actor, meeting_id: int) -> Page[VersionLine]:
    """When each was handed out, by whom and why."""
    meeting, _ = _read(session, actor, meeting_id)
    return page_of(past_queries.versions_of(session, meeting), version_line)


def version_line(each: ProgrammeVersion) -> VersionLine:
    """A version in a list."""
    made_by = each.made_by.called if each.made_by else None
    return {"number": each.number, "made_at": clock.local(each.made_at).isoformat(), "made_by": made_by, "why": each.why}


@resource("/meetings/<int:meeting_id>/versions/<int:number>", "One version of the programme as it was handed out")
def version(session: Session, actor: Actor, meeting_id: int, number: int) -> dict[str, Any]:
    """Title, time, place, and the items that this person may see."""
    meeting, only = _read(session, actor, meeting_id)
    found = past_queries.version_of(session, meeting, number)
    return {**version_line(found), **past_queries.shown_content(found.content, only)}


@resource(
    "/meetings/<int:meeting_id>/changes",
    "What changed in the programme from one version to another",
    before="number of the earlier version",
    after="number of the later version; without it the newest",
)
def changes(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Each change with its kind, its item and the values before and after."""
    meeting, only = _read(session, actor, meeting_id)
    after = asked_number("after") or meeting.programme_version
    before = asked_number("before") or max(after - 1, 1)
    found = past_queries.between(past_queries.versions_of(session, meeting), before, after, only)
    return {"data": [each.as_facts() for each in found], "before": before, "after": after, "next": None}


@resource("/meetings/<int:meeting_id>/history", "The states a meeting went through, for those who prepare or run it")
def history(session: Session, actor: Actor, meeting_id: int) -> Page[StepLine]:
    """When, what, by whom, and why; late where a due time was missed."""
    meeting = _prepared(session, actor, meeting_id, Action.SEE_DESK, Action.READ_JOURNAL)
    return page_of(past_queries.steps_taken(session, meeting), step_line)


def step_line(each: past_queries.Step) -> StepLine:
    """A step of a meeting's way."""
    at = clock.local(each.at).isoformat()
    return {"at": at, "event": each.event, "by": each.by, "reason": each.reason, "late": each.late, "starts_at": each.starts_at}


@resource("/meetings/<int:meeting_id>/clashes", "What else is on at the time of a meeting, for those who prepare it")
def meeting_clashes(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Room, place, people. It is never told with what they are busy."""
    return clashes_of(session, _prepared(session, actor, meeting_id)).told()


@resource("/meetings/<int:meeting_id>/series", "The meetings of the series a meeting belongs to, for those who prepare it")
def series(session: Session, actor: Actor, meeting_id: int) -> Page[MeetingLine]:
    """In order of time; empty outside a series."""
    return page_of(planning_queries.series_of(session, _prepared(session, actor, meeting_id)), meeting_line)


@resource(
    "/meetings/<int:meeting_id>/series-days",
    "The days on which a series would meet, with what is on then",
    every="week, month_weekday, month_last_weekday or month_day",
    interval="every so many weeks or months",
    holiday="next, previous, skip or keep",
    until="a day",
    count="so many meetings in all",
)
def series_days(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Nothing is made by asking."""
    meeting = _prepared(session, actor, meeting_id)
    given = {name: asked(name) for name in ("every", "holiday", "until")}
    pattern = asked_pattern(_Asked({**given, "interval": asked_number("interval") or 1, "count": asked_number("count")}))
    wanted = Pattern(pattern["every"] or "week", pattern["interval"], pattern["holiday"], pattern["until"], pattern["count"])
    days = planning_queries.series_days(session, meeting, wanted)
    found = planning_queries.series_clashes(session, meeting, days)
    return {"data": [{"day": day.isoformat(), **each.told()} for day, each in found], "next": None}


class _Asked(dict[str, Any]):
    """Values already read, asked for as those of an address are."""

    def get(self, name: str, default: Any = None, type: Any = None) -> Any:
        return default if super().get(name) is None else super().get(name)


@resource("/meeting-templates", "Templates of the bodies whose meetings one prepares")
def templates(session: Session, actor: Actor) -> dict[str, Any]:
    """Retired ones too, marked as such."""
    return paged(planning_queries.templates_for(session, actor, retired=True), template_line)


def template_line(each: MeetingTemplate) -> dict[str, Any]:
    """A template in a list."""
    known = {"id": each.id, "name": each.name, "body": each.body.short_name, "type_id": each.type_id, "type": each.type.name}
    return {**known, "holds": sorted(each.pieces), "retired": each.retired_on is not None}


@resource("/meeting-templates/<int:template_id>", "One template with all it holds")
def template(session: Session, actor: Actor, template_id: int) -> dict[str, Any]:
    """What the form of a meeting made from it is filled with, and the pieces that come along."""
    found = planning_queries.template_of(session, actor, template_id)
    return {**template_line(found), "head": found.head, "pieces": found.pieces}
