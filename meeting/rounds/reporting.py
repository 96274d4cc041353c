"""What was decided in writing is reported to the next meeting: an item of its programme, with the printed synthesis as paper."""

from typing import Any

from meeting.acts import ActInput, Tx, act
from meeting.agenda.inputs import AddItemInput
from meeting.agenda.models import Item, Meeting
from meeting.agenda.rules import OVER_STATES
from meeting.database import reading
from meeting.documents import made
from meeting.documents.typeset import typeset
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.jobs import enqueue, job
from meeting.permissions import SYSTEM, Action
from meeting.rounds import rules
from meeting.rounds.drafting import kept
from meeting.rounds.inputs import ReportRoundInput
from meeting.rounds.models import OpinionRound
from meeting.rounds.sheets import synthesis
from meeting.writer import perform

ITEM = "Báo cáo kết quả lấy ý kiến bằng văn bản: {title}"
SESSION_ITEM = "Thảo luận nội dung đã lấy ý kiến bằng văn bản: {title}"


class SynthesisInput(ActInput):
    """Which round got which document."""

    round_id: int
    document_id: int


@act("rounds.report_to", Action.KEEP_ROUNDS)
def report_to(tx: Tx, wanted: ReportRoundInput) -> dict[str, Any]:
    """Reports a decided round to a meeting of its body: on the named item, or on one that is added to the programme. The
    synthesis (phiếu tổng hợp ý kiến) is printed and lies open there for all who take part.

    Refused: `round_not_decided`, `round_reported_already`, `round_meeting_other`, `round_meeting_over`,
    `round_item_outside`, and what adding an item
    refuses. Recorded with the meeting.
    """
    row = kept(tx, wanted.round_id)
    meeting = tx.get(Meeting, wanted.to_meeting_id)
    over = meeting.state in OVER_STATES or meeting.state == "held"
    known = meeting.body_id == row.body_id
    rules.check_report(row.state, reported=row.reported_at is not None, same_body=known, over=over)
    item = _item(tx, row, meeting, wanted.item_id)
    row.reported_meeting_id, row.reported_item_id, row.reported_at = meeting.id, item.id, tx.now
    tx.record(Event.ROUND_REPORTED, meeting, round_id=row.id, item_id=item.id, title=row.title, decision=row.decision)
    enqueue(tx, "rounds.print_synthesis", round_id=row.id)
    return {"meeting_id": meeting.id, "item_id": item.id}


def _item(tx: Tx, row: OpinionRound, meeting: Meeting, item_id: int | None) -> Item:
    if item_id is None:
        words = SESSION_ITEM if row.decision == "to_session" else ITEM
        title = words.format(title=row.title)
        item_id = tx.call("agenda.add_item", AddItemInput(meeting_id=meeting.id, title=title[:300]))["item_id"]
    item = tx.get(Item, item_id)
    if item.meeting_id != meeting.id:
        raise Missing()
    if item.outside:
        raise Refused("round_item_outside")
    return item


@job("rounds.print_synthesis")
def print_synthesis(round_id: int) -> None:
    """Sets the synthesis and keeps it as a document. Run again it gives the same bytes, which are kept once."""
    with reading() as session:
        row = session.get_one(OpinionRound, round_id)
        sheet = synthesis(row)
    document_id = made.keep(typeset("paper", sheet), f"tong-hop-y-kien-{round_id}.pdf")
    perform(SYSTEM, "rounds.synthesis_set", {"round_id": round_id, "document_id": document_id})


@act("rounds.synthesis_set", Action.RUN_ROUNDS)
def synthesis_set(tx: Tx, wanted: SynthesisInput) -> dict[str, Any]:
    """The worker ties a round to its printed synthesis; the same document again changes nothing."""
    row = tx.get(OpinionRound, wanted.round_id)
    tx.require(Action.RUN_ROUNDS, row)
    tx.nothing_to_record("the printing of what was recorded before")
    if row.synthesis_id != wanted.document_id:
        row.synthesis_id = wanted.document_id
        if row.reported_meeting_id is not None:
            tx.touch(row.reported_meeting_id)
    return {}
