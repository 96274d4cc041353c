"""The document beside the hits: the printed page of a notice or of minutes, else the passage itself, with what to mark there."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from meeting.clock import today
from meeting.conclusions import sheets
from meeting.conclusions.models import Minutes, Notice
from meeting.documents.models import Page
from meeting.permissions import Actor
from meeting.search.addresses import address_of
from meeting.search.cutting import Piece, whole
from meeting.search.matching import match
from meeting.search.models import Passage
from meeting.search.queries import Hit
from meeting.search.wanted import Wanted
from meeting.search.words import clean
from meeting.tasks import queries as tasks
from meeting.tasks.models import Task
from meeting.tasks.rules import TaskState, Timeliness

PICTURE_WIDTH = 1200


@dataclass(frozen=True)
class TaskStates:
    """How the tasks born from a document stand, as far as the reader may see them."""

    done: int = 0
    running: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        """How many there are."""
        return self.done + self.running + self.overdue


@dataclass(frozen=True)
class Picture:
    """One page of a paper with the places to mark, in thousandths of its width and height."""

    url: str
    page: int
    width: int
    height: int
    boxes: list[list[int]]


@dataclass(frozen=True)
class Preview:
    """What stands beside the hits."""

    hit: Hit
    url: str
    sheet: Any = None  # of a notice or minutes
    picture: Picture | None = None  # of a paper
    pieces: list[Piece] = field(default_factory=list)  # otherwise: the whole passage
    marks: list[str] = field(default_factory=list)  # words to mark, as they are written
    tasks: TaskStates = TaskStates()
    task: Task | None = None


def preview_of(session: Session, actor: Actor, hit: Hit, wanted: Wanted) -> Preview:
    """The preview of a hit that the actor was found to be allowed to read."""
    passage = hit.passage
    sheet: Any = None
    if passage.kind == "notice":
        sheet = sheets.notice_sheet(session, session.get_one(Notice, passage.source_id))
    elif passage.kind == "minutes":
        sheet = sheets.minutes_sheet(session, session.get_one(Minutes, passage.source_id))
    return Preview(
        hit=hit,
        url=address_of(passage, typed=wanted.said),
        sheet=sheet,
        picture=picture_of(session, passage, wanted) if passage.kind == "paper" else None,
        pieces=whole(passage.text, hit.match.spans),
        marks=sorted(hit.words, key=len, reverse=True),
        tasks=task_states(session, actor, {passage.source_id}).get(passage.source_id, TaskStates())
        if passage.kind == "notice"
        else TaskStates(),
        task=session.get(Task, passage.source_id) if passage.kind == "task" else None,
    )


def picture_of(session: Session, passage: Passage, wanted: Wanted) -> Picture | None:
    """The page of a paper on which the words stand, with the boxes of those words."""
    asked = select(Page).where(Page.file_id == passage.document_id, Page.number == passage.page).options(undefer(Page.boxes))
    page = session.scalar(asked)
    if page is None:
        return None
    url = f"/documents/{page.file_id}/pages/{page.number}?w={PICTURE_WIDTH}"
    return Picture(url, page.number, page.width, page.height, boxes_of(page.words, wanted))


def boxes_of(words: list[list[Any]], wanted: Wanted) -> list[list[int]]:
    """The boxes of what answers, one for each line it runs over. `words`: [left, top, right, bottom, word]."""
    text = ""
    placed = []
    for *box, word in words:
        shown = clean(str(word))
        placed.append((len(text), len(text) + len(shown), [int(edge) for edge in box]))
        text += shown + " "
    found = match(wanted, "", text)
    boxes: list[list[int]] = []
    for first, last in found.spans if found else ():
        boxes += _joined([box for start, end, box in placed if first < end and start < last])
    return boxes


def _joined(boxes: list[list[int]]) -> list[list[int]]:
    """Neighbours on one line as one box."""
    lines: list[list[int]] = []
    for left, top, right, bottom in boxes:
        if lines and left >= lines[-1][0] and top < lines[-1][3] and bottom > lines[-1][1]:
            before = lines[-1]
            lines[-1] = [before[0], min(before[1], top), max(before[2], right), max(before[3], bottom)]
        else:
            lines.append([left, top, right, bottom])
    return lines


def task_states(session: Session, actor: Actor, notices: set[int]) -> dict[int, TaskStates]:
    """The tasks of several notices in one query, by notice."""
    found: dict[int, list[Task]] = {}
    for task in session.scalars(tasks.visible_to(actor).where(Task.notice_id.in_(notices))).unique():
        found.setdefault(task.notice_id, []).append(task)
    return {notice: _states(each) for notice, each in found.items()}


def _states(found: list[Task]) -> TaskStates:
    done = sum(task.state == TaskState.ACCEPTED for task in found)
    overdue = sum(task.timeliness(today()) == Timeliness.OVERDUE for task in found)
    return TaskStates(done, len(found) - done - overdue, overdue)
