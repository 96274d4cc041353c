"""The calls of a system as a table to take away."""

from sqlalchemy.orm import Session

from meeting import clock
from meeting.exchange import queries
from meeting.permissions import Actor

HEAD = ["Thời điểm", "Địa chỉ", "Đường dẫn", "Mã trả lời", "Thời gian (ms)"]


def table(session: Session, actor: Actor, client_id: int, wanted: queries.Wanted) -> list[list[str]]:
    """Heading and lines, the newest first."""
    rows = queries.calls(session, actor, client_id, wanted, queries.MOST_EXPORTED)
    return [
        HEAD,
        *([f"{clock.local(row.at):%d/%m/%Y %H:%M:%S}", row.address, row.path, str(row.status), str(row.ms)] for row in rows),
    ]
