"""Situations to judge: a meeting that is over, what was said in it, papers that were asked for it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from meeting.agenda.models import Item
from meeting.batch import Answer
from meeting.documents.models import File
from meeting.events import Event
from meeting.journal import Entry
from meeting.live.models import Attendance
from meeting.materials.models import Requirement, Submission
from meeting.speaking.models import Floor
from tests.conftest import MORNING, Council


def events(council: Council, name: Event) -> list[dict[str, Any]]:
    return council.all(select(Entry.facts).where(Entry.event == name.value).order_by(Entry.id))


def code(answer: Answer) -> str:
    return str(answer.body.get("code", "ok"))


def speech(council: Council, meeting_id: int, username: str, made: bool = True) -> int:
    (floor_id,) = council.write(
        Floor(
            meeting_id=meeting_id,
            person_id=council.person(username),
            queue="speaking",
            kind="speech",
            state="done",
            limit_seconds=420,
            asked_at=MORNING,
            started_at=MORNING if made else None,
            seconds=180,
        )
    )
    return floor_id


def asked(council: Council, meeting_id: int, unit: str, received: datetime | None, sender: str = "dung") -> int:
    """A paper that a unit was asked for, due yesterday at noon; handed in at `received`."""
    due = MORNING - timedelta(days=1)
    late = max(0, int((received - due).total_seconds() // 60)) if received else None
    (requirement_id,) = council.write(
        Requirement(
            meeting_id=meeting_id,
            unit_id=council.unit(unit),
            what="Tờ trình",
            due_at=due,
            asked_by=council.person("minh"),
            asked_at=due - timedelta(days=3),
            state="submitted" if received else "asked",
            first_received_at=received,
            first_late_minutes=late,
        )
    )
    if received:
        sha = f"{requirement_id:064d}"
        (file_id,) = council.write(
            File(sha256=sha, name="to-trinh.pdf", media_type="application/pdf", size_bytes=9, uploaded_at=received, state="ready")
        )
        council.write(
            Submission(
                requirement_id=requirement_id,
                number=1,
                file_id=file_id,
                received_at=received,
                sent_by=council.person(sender),
                late_minutes=late or 0,
            )
        )
    return requirement_id


def well_held(council: Council, *, seats: tuple[str, ...] = ("hung", "hoa", "tuan"), **values: Any) -> int:
    """A meeting of the UBND on 20 November that was opened, dealt with all its items and closed in time."""
    starts = MORNING - timedelta(days=3)
    known = {"opened_at": starts, "closed_at": starts + timedelta(hours=2), "issued_at": starts - timedelta(days=5), **values}
    meeting_id = council.meeting(state="held", starts_at=starts, **known)
    for item in council.items(meeting_id):
        council.update(Item, item, state="done")
    for username in seats:
        here(council, meeting_id, username)
    return meeting_id


def here(council: Council, meeting_id: int, username: str, presence: str = "present") -> None:
    """Somebody was there."""
    council.write(Attendance(meeting_id=meeting_id, person_id=council.person(username), presence=presence))
