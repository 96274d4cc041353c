"""What can be found of a meeting, kind by kind, read from the rooms that hold it. Read by the worker, past all rights:

who may read a passage is asked anew at every search (`sight`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from meeting import clock
from meeting.agenda.models import Item, Meeting
from meeting.conclusions.models import Minutes, Notice
from meeting.discussion import queries as discussion
from meeting.documents import queries as documents
from meeting.materials.models import Requirement, Submission
from meeting.questioning.queries import promises_in
from meeting.search.pieces import page_of, paragraphs
from meeting.search.words import clean
from meeting.tasks.models import Task
from meeting.voting import wording
from meeting.voting.models import Question, Result

TITLE_LETTERS = 300


@dataclass(frozen=True)
class Found:
    """One passage as its source has it."""

    source_id: int
    part: int
    title: str
    text: str
    dated: date
    symbol: str = ""
    item_id: int | None = None
    page: int | None = None
    document_id: int | None = None


Reader = Callable[[Session, Meeting], list[Found]]


def passages(session: Session, kind: str, meeting: Meeting) -> list[Found]:
    """All passages of one kind of a meeting, their text cleaned; empty ones are left out."""
    return [cleaned for found in READERS[kind](session, meeting) if (cleaned := _cleaned(found)).text]


def _cleaned(found: Found) -> Found:
    title = " ".join(clean(found.title).split())[:TITLE_LETTERS]
    return Found(**{**vars(found), "title": title, "text": clean(found.text).strip()})


def day_of(meeting: Meeting) -> date:
    """The local day of a meeting."""
    return clock.local(meeting.opened_at or meeting.starts_at).date()


def _items(session: Session, meeting: Meeting) -> list[Found]:
    items = session.scalars(select(Item).where(Item.meeting_id == meeting.id))
    return [Found(item.id, 0, meeting.title, item.title, day_of(meeting), item_id=item.id) for item in items]


def _notice(session: Session, meeting: Meeting) -> list[Found]:
    notice = session.scalar(select(Notice).where(Notice.meeting_id == meeting.id))
    if notice is None:
        return []
    symbol = notice.number.symbol if notice.number else ""
    dated = notice.issued_on or day_of(meeting)
    file_id = notice.document_id
    pages = documents.page_texts(session, file_id) if file_id else []
    head = "\n".join(part for part in (notice.abstract, notice.opening) if part)
    first = pages[0][0] if pages else None
    whole = Found(notice.id, 0, meeting.title, head, dated, symbol, page=first, document_id=file_id)
    return [whole] + [
        Found(notice.id, line.position, meeting.title, line.text, dated, symbol, line.item_id, page_of(line.text, pages), file_id)
        for line in notice.lines
    ]


def _minutes(session: Session, meeting: Meeting) -> list[Found]:
    minutes = session.scalar(select(Minutes).where(Minutes.meeting_id == meeting.id))
    if minutes is None:
        return []
    symbol = minutes.number.symbol if minutes.number else ""
    return [
        Found(minutes.id, number, meeting.title, text, day_of(meeting), symbol)
        for number, text in enumerate(paragraphs(minutes.text), start=1)
    ]


def _questions(session: Session, meeting: Meeting) -> list[Found]:
    wanted = (
        select(Question, Result)
        .join(Result, Result.question_id == Question.id)
        .where(Question.meeting_id == meeting.id, Question.state == "published")
    )
    return [
        Found(question.id, 0, meeting.title, _with_result(question, result), day_of(meeting), item_id=question.item_id)
        for question, result in session.execute(wanted)
    ]


def _with_result(question: Question, result: Result) -> str:
    return f"{question.title}. {wording.sentences(question, result)['vi']}"


def _tasks(session: Session, meeting: Meeting) -> list[Found]:
    tasks = session.scalars(select(Task).where(Task.meeting_id == meeting.id))
    return [
        Found(task.id, 0, meeting.title, _with_lead(task), clock.local(task.assigned_at).date(), _symbol_of(task))
        for task in tasks.unique()
    ]


def _with_lead(task: Task) -> str:
    due = f" Hạn: {task.due_on:%d/%m/%Y}." if task.due_on else ""
    return f"{task.text.rstrip(' .;')}. Chủ trì: {task.lead_unit.name}.{due}"


def _symbol_of(task: Task) -> str:
    return task.notice.number.symbol if task.notice.number else ""


def _promises(session: Session, meeting: Meeting) -> list[Found]:
    return [
        Found(each.id, 0, meeting.title, f"{each.person.called}: {each.text}", clock.local(each.made_at).date())
        for each in promises_in(session, meeting.id)
    ]


def _opinions(session: Session, meeting: Meeting) -> list[Found]:
    return [
        Found(opinion.id, 0, meeting.title, opinion.text, clock.local(opinion.at).date(), item_id=opinion.item_id)
        for opinion in discussion.opinions_of(session, meeting)
    ]


def _papers(session: Session, meeting: Meeting) -> list[Found]:
    """The pages of each paper: of the version that participants read, and of the newest one, which its makers see."""
    wanted = select(Requirement).where(Requirement.meeting_id == meeting.id, Requirement.state != "waived")
    found: list[Found] = []
    for requirement in session.scalars(wanted.options(selectinload(Requirement.submissions))):
        versions = {version.id: version for version in (requirement.shown, requirement.latest) if version}
        for version in versions.values():
            found += _pages(session, meeting, requirement, version)
    return found


def _pages(session: Session, meeting: Meeting, requirement: Requirement, version: Submission) -> list[Found]:
    if version.file.was_refused:
        return []
    title = f"{requirement.what} · {meeting.title}"
    dated = clock.local(version.handed_at or requirement.asked_at).date()
    return [
        Found(version.id, number, title, text, dated, "", requirement.item_id, number, version.file_id)
        for number, text in documents.page_texts(session, version.file_id)
    ]


READERS: dict[str, Reader] = {
    "notice": _notice,
    "minutes": _minutes,
    "item": _items,
    "question": _questions,
    "task": _tasks,
    "promise": _promises,
    "opinion": _opinions,
    "paper": _papers,
}
