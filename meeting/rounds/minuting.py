"""What the minutes of the next meeting say of a written round that is reported there."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting
from meeting.rounds.models import OpinionRound
from meeting.rounds.sheets import in_order, vi
from meeting.rounds.wording import DECISION_NAMES

COUNTED = {"for": "tán thành", "against": "không tán thành", "abstain": "không biểu quyết", "other": "ý kiến khác"}


def told_of(session: Session, meeting: Meeting) -> list[tuple[int | None, datetime, str]]:
    """For each round reported at an item that was dealt with: the item, its beginning, the sentence."""
    wanted = (
        select(OpinionRound, Item)
        .join(Item, Item.id == OpinionRound.reported_item_id)
        .where(OpinionRound.reported_meeting_id == meeting.id, Item.started_at.is_not(None))
        .order_by(OpinionRound.id)
    )
    return [(item.id, item.started_at, sentence(row)) for row, item in session.execute(wanted).unique() if item.started_at]


def sentence(row: OpinionRound) -> str:
    """Counts, decision and matter in one sentence."""
    result = row.result or {"answered": 0, "asked": 0}
    numbers = ", ".join(f"{number} {COUNTED[key]}" for key, number in in_order(row) if number or key == "for")
    decided = vi(DECISION_NAMES[row.decision]) if row.decision else ""
    decided = f"; Chủ tịch đã quyết định: {decided[:1].lower()}{decided[1:]}" if decided else ""
    return (
        f"báo cáo kết quả lấy ý kiến bằng văn bản về “{row.title}”: {result['answered']}/{result['asked']} người cho ý kiến, "
        f"{numbers}{decided}"
    )
