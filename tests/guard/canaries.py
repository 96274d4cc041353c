"""What may not be told: words of the demo council's own work, found in the store."""

from sqlalchemy import String, Table, cast, select
from sqlalchemy.orm import Session

from meeting import database
from meeting.agenda.models import Meeting
from meeting.organization.models import Body
from meeting.tables import Base

#: Columns that belong to a meeting or a body alone.
KEPT = [
    ("meeting", "title"), ("item", "title"), ("opinion", "text"), ("minutes", "text"), ("minutes_part", "text"),
    ("notice", "abstract"), ("notice_line", "text"), ("task", "text"), ("requirement", "what"), ("file", "name"),
    ("page_note", "text"), ("shelf_paper", "title"), ("opinion_round", "title"), ("promise", "text"), ("question", "explanation"),
    ("question", "title"), ("floor", "subject"), ("help_call", "note"), ("remark", "text"),
]  # fmt: skip
OWN = ("UBND", "HĐND")
SHORTEST, LONGEST = 14, 60


def canaries(public: str) -> dict[str, str]:
    """Words of the own bodies by where they stand, without those that anybody may read."""
    found: dict[str, str] = {}
    with database.reading() as session:
        bodies = set(session.scalars(select(Body.id).where(Body.short_name.in_(OWN))))
        own = set(session.scalars(select(Meeting.id).where(Meeting.body_id.in_(bodies))))
        for table, column in KEPT:
            known = Base.metadata.tables[table]
            if column in known.c:
                for text in _texts(session, known, column, own, bodies):
                    found.setdefault(text, f"{table}.{column}")
        shared = _others(session, own, bodies)
    return {text: where for text, where in found.items() if text not in public and text not in shared}


def _texts(session: Session, table: Table, column: str, own: set[int], bodies: set[int]) -> list[str]:
    wanted = select(cast(table.c[column], String))
    if table.name == "meeting":
        wanted = wanted.where(table.c.id.in_(own))
    elif "meeting_id" in table.c:
        wanted = wanted.where(table.c.meeting_id.in_(own))
    elif "body_id" in table.c:
        wanted = wanted.where(table.c.body_id.in_(bodies))
    lines = [" ".join(line.split()) for text in session.scalars(wanted) for line in (text or "").splitlines()]
    return [line[:LONGEST] for line in lines if len(line) >= SHORTEST]


def _others(session: Session, own: set[int], bodies: set[int]) -> str:
    """Words that stand elsewhere too: of other bodies, of catalogues, kinds of meetings and guides."""
    parts: list[str] = []
    for table in Base.metadata.sorted_tables:
        wanted = None
        if "meeting_id" in table.c and table.name not in ("file", "search_passage"):
            wanted = select(table).where(table.c.meeting_id.not_in(own))
        elif table.name == "meeting":
            wanted = select(table).where(table.c.id.not_in(own))
        elif table.name in (
            "catalogue_entry",
            "meeting_type",
            "meeting_template",
            "guide",
            "guide_version",
            "unit",
            "body",
            "room",
            "rule_book",
        ):
            wanted = select(table)
        if wanted is not None:
            parts += [str(value) for row in session.execute(wanted) for value in row if isinstance(value, (str, dict, list))]
    return " ".join(" ".join(parts).split())
