"""What other programs may read of the minutes beside their text: what is being written, earlier texts, corrections."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.conclusions import minutes_queries, queries
from meeting.conclusions.minutes_rules import changed_paragraphs
from meeting.conclusions.models import WRITERS, Minutes, MinutesVersion
from meeting.errors import Missing
from meeting.live.queries import iso, person_brief
from meeting.permissions import Action, Actor, allows
from meeting.web.api import paged, resource


@resource("/meetings/<int:meeting_id>/minutes/writing", "The text of the minutes that is being written")
def minutes_writing(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """For the office and the chair: the draft, or the correction of signed minutes, with the version to edit from."""
    found = _for_writers(session, actor, meeting_id)
    newest = minutes_queries.newest_of(session, found)
    return {
        **version_json(newest),
        "state": found.state,
        "correcting": found.correcting,
        "signs_next": minutes_queries.signs_as(session, found, found.hats_of(actor, session), actor.person_id),
    }


@resource(
    "/meetings/<int:meeting_id>/minutes/versions",
    "Earlier texts of the minutes, the newest first",
    limit="how many",
    cursor="where to go on",
)
def minutes_versions(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """For the office and the chair: one for each stretch of writing by one hand. To take one up again, write it anew."""
    return paged(minutes_queries.stretches_of(session, _for_writers(session, actor, meeting_id)), version_json)


@resource("/meetings/<int:meeting_id>/minutes/corrections", "The signed texts of the minutes with what each correction changed")
def minutes_corrections(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """For every reader of the minutes, the newest first; what changed is told by words: same, gone, new."""
    found = queries.readable_minutes(session, actor, meeting_id)
    rows = minutes_queries.signed_versions(session, found)
    told = []
    for place, row in enumerate(rows):
        before = rows[place + 1].text if place + 1 < len(rows) else row.text
        changes = [[{"kind": p.kind, "text": p.text} for p in each.pieces] for each in changed_paragraphs(before, row.text)]
        told.append(
            {
                "correction": len(rows) - place - 1,
                "reason": minutes_queries.reason_of(session, found, row),
                "signed_at": iso(row.signed_at),
                "signed_by": person_brief(row.signed_by),
                "secretary": person_brief(row.second_signed_by),
                "document_id": row.document_id,
                "changes": changes,
            }
        )
    return {"data": told, "next": None}


def _for_writers(session: Session, actor: Actor, meeting_id: int) -> Minutes:
    """Minutes in the making are the office's and the chair's."""
    found = queries.readable_minutes(session, actor, meeting_id)
    if not allows(Action.READ_CONCLUSIONS, found.meeting.hats_of(actor, session) & WRITERS):
        raise Missing()
    return found


def version_json(version: MinutesVersion) -> dict[str, Any]:
    """One text on the wire."""
    return {
        "version": version.version,
        "text": version.text,
        "at": iso(version.edited_at),
        "by": person_brief(version.edited_by),
        "reason": version.reason,
        "signed_at": iso(version.signed_at),
    }
