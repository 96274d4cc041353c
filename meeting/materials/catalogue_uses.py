"""Where kinds of documents and issuing authorities are in use: on the papers asked for and handed in."""

from typing import Any

from flask import url_for
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.queries import visible_to
from meeting.catalogues.uses import Use, counts_use, says_use
from meeting.materials.models import Requirement, Submission
from meeting.permissions import Actor

MOST = 30


@counts_use("document_type")
def document_types(session: Session) -> dict[int, int]:
    """How many papers are asked for as each kind."""
    return _counted(session, Requirement.document_type_id)


@counts_use("authority")
def authorities(session: Session) -> dict[int, int]:
    """How many versions of papers each authority issued."""
    return _counted(session, Submission.authority_id)


def _counted(session: Session, column: Any) -> dict[int, int]:
    found = session.execute(select(column, func.count()).where(column.is_not(None)).group_by(column))
    return {key: number for key, number in found}  # noqa: C416 - rows are not pairs to the type checker


@says_use("document_type")
def papers_of_type(session: Session, actor: Actor, entry_id: int) -> list[Use]:
    """The meetings this person may know of for which a paper of the kind is asked."""
    return _meetings(session, actor, select(Requirement.meeting_id).where(Requirement.document_type_id == entry_id))


@says_use("authority")
def papers_of_authority(session: Session, actor: Actor, entry_id: int) -> list[Use]:
    """The meetings this person may know of to which a paper of the authority came."""
    issued = select(Requirement.meeting_id).join(Submission, Submission.requirement_id == Requirement.id)
    return _meetings(session, actor, issued.where(Submission.authority_id == entry_id))


def _meetings(session: Session, actor: Actor, wanted: Select[Any]) -> list[Use]:
    found = visible_to(actor).where(Meeting.id.in_(wanted)).order_by(Meeting.starts_at.desc()).limit(MOST)
    return [Use(each.title, url_for("agenda.meeting", meeting_id=each.id)) for each in session.scalars(found)]
