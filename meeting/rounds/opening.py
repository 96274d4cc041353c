"""Who opens the files of a round: its papers, signed replies and slips, and the printed synthesis."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.queries import limited_items
from meeting.documents.access import Place, opens
from meeting.documents.models import File
from meeting.permissions import Action, Actor, Role, allows
from meeting.rounds.models import OpinionRound, RoundAnswer, RoundPaper
from meeting.rounds.queries import names


@opens
def paper_of_a_round(session: Session, actor: Actor, file: File) -> Place | None:
    """A paper of a dossier: those who are asked, the office, the chair, the officer in charge, once they may read the round."""
    for paper in session.scalars(select(RoundPaper).where(RoundPaper.file_id == file.id)):
        if allows(Action.READ_ROUNDS, paper.round.hats_of(actor, session)):
            return Place(paper.title, f"/rounds/{paper.round_id}", paper.round.title)
    return None


@opens
def reply_to_a_round(session: Session, actor: Actor, file: File) -> Place | None:
    """A signed reply or slip: whoever answered by it, always; the desk, the chair and the officer after the close."""
    for given in session.scalars(select(RoundAnswer).where(RoundAnswer.file_id == file.id)):
        row = given.round
        if given.person_id == actor.person_id or (row.result is not None and names(row.hats_of(actor, session))):
            return Place(file.name, f"/rounds/{row.id}", row.title)
    return None


@opens
def synthesis_of_a_round(session: Session, actor: Actor, file: File) -> Place | None:
    """The synthesis: whoever reads the round, and whoever sits in the meeting to which it is reported (guests do not)."""
    row = session.scalar(select(OpinionRound).where(OpinionRound.synthesis_id == file.id))
    if row is None:
        return None
    back = f"/rounds/{row.id}"
    if allows(Action.READ_ROUNDS, row.hats_of(actor, session)):
        return Place(file.name, back, row.title)
    meeting = row.reported_meeting
    hats = meeting.hats_of(actor, session) - {Role.GUEST} if meeting else frozenset()
    if meeting is None or meeting.is_private or not allows(Action.READ_PAPERS, hats):
        return None
    if row.reported_item_id not in {item.id for item in limited_items(meeting, actor, hats)}:
        return None
    return Place(file.name, f"/meetings/{meeting.id}", row.title, meeting.id, row.reported_item_id)
