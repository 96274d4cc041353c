"""Reads of what the secretariat writes on the items of a running meeting."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.queries import meeting_of
from meeting.conclusions.models import WRITERS, MinutesPart, MinutesPartVersion
from meeting.conclusions.rules import rests_between
from meeting.errors import Missing
from meeting.live.queries import iso, person_brief
from meeting.permissions import Action, Actor, Role, allows


def part_of(session: Session, meeting_id: int, item_id: int | None) -> MinutesPart | None:
    """What was written on one item; None: on the meeting as a whole."""
    same = MinutesPart.item_id.is_(None) if item_id is None else MinutesPart.item_id == item_id
    return session.scalar(select(MinutesPart).where(MinutesPart.meeting_id == meeting_id, same))


def parts_of(session: Session, meeting_id: int) -> list[MinutesPart]:
    """All that was written in a meeting."""
    return list(session.scalars(select(MinutesPart).where(MinutesPart.meeting_id == meeting_id).order_by(MinutesPart.id)))


def texts_of(session: Session, meeting_id: int) -> dict[int | None, str]:
    """The text on each item; None: on the meeting as a whole."""
    wanted = select(MinutesPart.item_id, MinutesPart.text).where(MinutesPart.meeting_id == meeting_id)
    return {row.item_id: row.text for row in session.execute(wanted)}


def text_of(session: Session, part: MinutesPart | None, version: int) -> str:
    """How a part stood at a version; empty when there is none such."""
    if part is None or version == 0:
        return ""
    if part.version == version:
        return part.text
    wanted = select(MinutesPartVersion.text).where(MinutesPartVersion.part_id == part.id, MinutesPartVersion.version == version)
    return session.scalar(wanted) or ""


def wrote_lately(session: Session, part: MinutesPart, person_id: int, now: datetime) -> bool:
    """Whether somebody has been writing on this part, so that going on is no news."""
    same = MinutesPartVersion.part_id == part.id, MinutesPartVersion.edited_by_id == person_id
    last = session.scalar(select(func.max(MinutesPartVersion.edited_at)).where(*same))
    return last is not None and not rests_between(last, now)


def stretches_of(session: Session, part: MinutesPart) -> list[MinutesPartVersion]:
    """The versions at which somebody laid the pen down, newest first: each stretch of writing by one hand counts once."""
    wanted = select(MinutesPartVersion).where(MinutesPartVersion.part_id == part.id)
    last: list[MinutesPartVersion] = []
    later: dict[int | None, datetime] = {}
    for row in session.scalars(wanted.order_by(MinutesPartVersion.version.desc())):
        after = later.get(row.edited_by_id)
        if after is None or rests_between(row.edited_at, after):
            last.append(row)
        later[row.edited_by_id] = row.edited_at
    return last


def readable_parts(session: Session, actor: Actor, meeting_id: int) -> tuple[Meeting, frozenset[Role]]:
    """The meeting and the reader's hats towards its minutes in the making. Missing for all but the office and the chair."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    worn = hats & WRITERS
    if meeting.is_private or not allows(Action.READ_CONCLUSIONS, worn):
        raise Missing()
    return meeting, worn


def part_json(part: MinutesPart) -> dict[str, Any]:
    """A part on the wire."""
    return {
        "item_id": part.item_id,
        "version": part.version,
        "text": part.text,
        "at": iso(part.edited_at),
        "by": person_brief(part.edited_by),
    }


def version_json(version: MinutesPartVersion) -> dict[str, Any]:
    """An earlier text on the wire."""
    return {
        "version": version.version,
        "text": version.text,
        "at": iso(version.edited_at),
        "by": person_brief(version.edited_by),
    }
