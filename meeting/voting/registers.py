"""The register of electors of a question: frozen before its box opens; a seat's vote passes on with the seat."""

from sqlalchemy import delete, insert, select, update

from meeting.acts import Tx, on
from meeting.agenda.models import Participant
from meeting.events import Event
from meeting.journal import Told
from meeting.live import queries as live
from meeting.voting import digests, queries
from meeting.voting.models import Elector, Question, ReadyMark

FROZEN = ("ready", "open", "paused")


def freeze(tx: Tx, question: Question) -> list[int]:
    """Writes down everybody who is invited with a vote now, whether here or not; answers them in order."""
    listed = select(Participant.person_id).where(Participant.meeting_id == question.meeting_id, Participant.voting)
    people = sorted(tx.scalars(listed))
    if people:
        rows = [{"question_id": question.id, "person_id": person} for person in people]
        tx.execute(insert(Elector.__table__), rows)  # type: ignore[arg-type]
    question.total = len(live.members(tx.reading, question.meeting))
    return people


@on(Event.SUBSTITUTE_CONSENTED, Event.SUBSTITUTE_WITHDRAWN)
def pass_on(tx: Tx, told: Told) -> None:
    """The vote belongs to the seat: whoever holds it now stands on the registers that are frozen already, and nobody else.

    A seat whose ballot is in has voted; its row stays. Recorded with the whole register anew.
    """
    member, substitute = told.facts["person_id"], told.facts["substitute_id"]
    back = told.event == Event.SUBSTITUTE_WITHDRAWN
    if not (told.facts.get("was_seated", True) if back else told.facts.get("votes")):
        return
    leaves, takes = (substitute, member) if back else (member, substitute)
    frozen = select(Question).where(Question.meeting_id == told.chain, Question.state.in_(FROZEN)).order_by(Question.id)
    for question in tx.scalars(frozen):
        _pass_one(tx, question, leaves, takes)


def _pass_one(tx: Tx, question: Question, leaves: int, takes: int) -> None:
    listed, voted = queries.register(tx.reading, question.id), queries.voted(tx.reading, question.id)
    if leaves not in listed or leaves in voted or takes in listed:
        return
    mine = (Elector.question_id == question.id) & (Elector.person_id == leaves)
    tx.execute(update(Elector).where(mine).values(person_id=takes))
    tx.execute(delete(ReadyMark).where(ReadyMark.question_id == question.id, ReadyMark.person_id == leaves))
    people = sorted(listed - {leaves} | {takes})
    tx.record(
        Event.QUESTION_READY, question, question_id=question.id, title=question.title, electors=len(people), people=people,
        register=digests.register(people), seat={"from": leaves, "to": takes},
    )  # fmt: skip
