"""Whether what a reminder recalls still waits: asked again before a held or failed reminder goes out."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.agenda.rules import OVER_STATES
from meeting.conclusions.models import Instrument
from meeting.evaluation.models import MeetingGrade
from meeting.materials.models import Requirement
from meeting.notify.models import Notification
from meeting.questioning.models import Inquiry, Promise
from meeting.rounds.models import OpinionRound, RoundAnswer
from meeting.tasks.models import Task, TaskChange

OWED_PAPERS = frozenset({"asked", "preparing", "with_head", "returned"})
OPEN_TASKS = frozenset({"assigned", "received", "in_progress"})


def stamp(moment: object) -> str:
    """A due time or day as part of a reminder's key: another due time makes another row of steps."""
    return f"{moment:%Y%m%d%H%M}"


def still_wanted(session: Session, told: Notification) -> bool:
    """Whether a notification still says what is so. What is no reminder always does."""
    subject, _, rest = (told.once or "").partition(":")
    if subject not in STILL:
        return True
    number, _, rest = rest.partition(":")
    return STILL[subject](session, int(number), rest.partition(":")[0], told.person_id)


def _papers(session: Session, number: int, mark: str, _person: int) -> bool:
    row = session.get(Requirement, number)
    return row is not None and row.state in OWED_PAPERS and stamp(row.due_at) == mark and row.meeting.state not in OVER_STATES


def _head(session: Session, number: int, _mark: str, _person: int) -> bool:
    row = session.get(Requirement, number)
    return row is not None and row.state == "with_head" and row.meeting.state not in OVER_STATES


def _answer(session: Session, number: int, mark: str, person: int) -> bool:
    meeting = session.get(Meeting, number)
    if meeting is None or meeting.state != "issued" or stamp(meeting.starts_at) != mark or meeting.starts_at <= clock.now():
        return False
    mine = session.query(Participant).filter_by(meeting_id=number, person_id=person).one_or_none()
    return mine is not None and mine.reply == "none"


def _evaluation(session: Session, number: int, _mark: str, _person: int) -> bool:
    meeting = session.get(Meeting, number)
    judged = session.query(MeetingGrade.id).filter_by(meeting_id=number).first()
    return meeting is not None and meeting.evaluation_state == "open" and judged is None


def _programme(session: Session, number: int, _mark: str, _person: int) -> bool:
    meeting = session.get(Meeting, number)
    return meeting is not None and meeting.state == "submitted"


def _absence(session: Session, number: int, _mark: str, _person: int) -> bool:
    row = session.get(Participant, number)
    return row is not None and row.absence == "asked"


def _promise(session: Session, number: int, mark: str, _person: int) -> bool:
    row = session.get(Promise, number)
    return row is not None and row.state == "open" and stamp(row.due_on) == mark


def _written(session: Session, number: int, mark: str, _person: int) -> bool:
    row = session.get(Inquiry, number)
    waits = row is not None and row.answered_on is None and row.written_due_on is not None
    return waits and row is not None and stamp(row.written_due_on) == mark


def _task(session: Session, number: int, mark: str, _person: int) -> bool:
    row = session.get(Task, number)
    return row is not None and row.state in OPEN_TASKS and row.due_on is not None and stamp(row.due_on) == mark


def _task_result(session: Session, number: int, mark: str, _person: int) -> bool:
    row = session.get(Task, number)
    return row is not None and row.state == "reported" and row.reported_at is not None and stamp(row.reported_at) == mark


def _task_change(session: Session, number: int, _mark: str, _person: int) -> bool:
    row = session.get(TaskChange, number)
    return row is not None and row.state == "asked"


def _task_receipt(session: Session, number: int, _mark: str, _person: int) -> bool:
    row = session.get(Task, number)
    return row is not None and row.state == "assigned"


def _round(session: Session, number: int, mark: str, person: int) -> bool:
    """To a member until the answer is in; to the office while it is open."""
    row = session.get(OpinionRound, number)
    waits = row is not None and row.state == "open" and stamp(row.due_at) == mark
    return waits and session.get(RoundAnswer, (number, person)) is None


def _decision(session: Session, number: int, _mark: str, _person: int) -> bool:
    row = session.get(OpinionRound, number)
    return row is not None and row.state == "closed"


def _report(session: Session, number: int, _mark: str, _person: int) -> bool:
    row = session.get(OpinionRound, number)
    return row is not None and row.state == "decided" and row.reported_at is None


def _notice_owed(session: Session, number: int, _mark: str, _person: int) -> bool:
    row = session.get(Meeting, number)
    return row is not None and row.notice_state in ("none_yet", "draft")


def _send_up(session: Session, number: int, _mark: str, _person: int) -> bool:
    row = session.get(Instrument, number)
    return row is not None and row.sent_up_at is None and row.withdrawn_at is None


STILL: dict[str, Callable[[Session, int, str, int], bool]] = {
    "notice_owed": _notice_owed,
    "send_up": _send_up,
    "papers": _papers,
    "head": _head,
    "answer": _answer,
    "evaluation": _evaluation,
    "programme": _programme,
    "absence": _absence,
    "task": _task,
    "task_result": _task_result,
    "task_change": _task_change,
    "task_receipt": _task_receipt,
    "promise": _promise,
    "written": _written,
    "round": _round,
    "round_decision": _decision,
    "round_report": _report,
}
