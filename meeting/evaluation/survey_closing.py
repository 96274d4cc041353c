"""The end of a survey: slips are opened and taken apart when enough came back; otherwise nobody ever reads them."""

import logging

from sqlalchemy import delete, insert, select

from meeting.acts import Tx
from meeting.evaluation import survey_box
from meeting.evaluation.models import SealedAnswer, SurveyAnswer, SurveyBox
from meeting.events import Event

log = logging.getLogger("meeting.evaluation")


def count_due(tx: Tx) -> int:
    """Every survey whose time is over; returns how many. Keys of surveys that never came to be are destroyed."""
    running = list(tx.scalars(select(SurveyBox).where(SurveyBox.state == "open").order_by(SurveyBox.meeting_id)))
    over = [box for box in running if box.closes_at <= tx.now]
    for box in over:
        _count(tx, box)
    if over:
        needed = [box.public_key for box in running if box not in over]
        tx.after_commit(lambda: _sweep(needed))
    return len(over)


def _count(tx: Tx, box: SurveyBox) -> None:
    sealed = list(tx.scalars(select(SealedAnswer.box).where(SealedAnswer.meeting_id == box.meeting_id)))
    box.answered, box.closed_at = len(sealed), tx.now
    box.state = _read(tx, box, sealed)
    tx.execute(delete(SealedAnswer).where(SealedAnswer.meeting_id == box.meeting_id))
    tx.flush()
    tx.record(Event.SURVEY_CLOSED, box, asked=box.asked, answered=box.answered, state=box.state)
    public = box.public_key
    tx.after_commit(lambda: survey_box.forget(public))


def _read(tx: Tx, box: SurveyBox, sealed: list[bytes]) -> str:
    """Takes the slips apart: counted, too_few (they stay unread), lost (the key is gone)."""
    if len(sealed) < box.smallest_sample:
        return "too_few"
    private = survey_box.read_key(box.public_key)
    if private is None:
        log.error("the key of a survey was lost: its answers cannot be read", extra={"meeting": box.meeting_id})
        return "lost"
    bare = survey_box.taken_apart(survey_box.open_all(private, sealed))
    rows = [{"id": each.key, "meeting_id": box.meeting_id, "answers": each.marks, "comment": each.comment} for each in bare]
    tx.execute(insert(SurveyAnswer), sorted(rows, key=lambda row: row["id"]))
    return "counted"


def _sweep(needed: list[bytes]) -> None:
    destroyed = survey_box.sweep(needed)
    if destroyed:
        log.info("keys of surveys that ended were destroyed", extra={"keys": destroyed})
