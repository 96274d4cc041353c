"""What the worker does for a practice: its paper, and its end after a day."""

from sqlalchemy import select

from meeting import clock
from meeting.database import reading
from meeting.documents.made import keep
from meeting.jobs import every, job
from meeting.permissions import SYSTEM
from meeting.practice import papers, rules
from meeting.practice.models import Practice
from meeting.practice.service import LAY_PAPER
from meeting.writer import perform


@job(LAY_PAPER)
def lay_paper(practice_id: int) -> None:
    """Sets the paper and lays it before those who practise. Harmless when run twice, and when the practice has ended."""
    with reading() as session:
        row = session.get(Practice, practice_id)
        if row is None:
            return
        pdf = papers.as_pdf(row.body.name, row.body.place, practice_id, clock.today())
    perform(SYSTEM, "practice.lay_paper", {"practice_id": practice_id, "file_id": keep(pdf, f"{rules.PAPER}.pdf")})


@every(600)
def end_over() -> None:
    """Erases practices that began a day ago."""
    with reading() as session:
        begun = session.execute(select(Practice.id, Practice.begun_at)).all()
    for practice_id, begun_at in begun:
        if rules.is_over(begun_at, clock.now()):
            perform(SYSTEM, "practice.end_over", {"practice_id": practice_id})
