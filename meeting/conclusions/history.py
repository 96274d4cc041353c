"""Reading how a meeting went, from the tables of the rooms below, as the minutes and the notice need it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting, Participant
from meeting.clock import local
from meeting.conclusions.course import Attendance, Course, Matter, Note, Statement, Vote
from meeting.conclusions.happenings import happenings_of
from meeting.conclusions.part_queries import texts_of
from meeting.discussion.models import Opinion
from meeting.discussion.queries import opinions_of
from meeting.live.queries import attendance_rows, quorum
from meeting.live.rules import HERE, arrival, counted, presence_of
from meeting.questioning.queries import names_of_answers, told_of
from meeting.rollcall.queries import by_item
from meeting.rollcall.rests import Rest, rests_of
from meeting.rounds import minuting
from meeting.speaking.models import Floor
from meeting.speaking.queries import speeches_of
from meeting.voting.models import Question, Result
from meeting.voting.wording import decided, label, record

#: What a turn on the floor is called in the minutes.
VERBS = {"explain": "giải trình", "debate": "tranh luận", "question": "chất vấn", "order": "phát biểu về trình tự"}
KINDS = {"question": "question", "explain": "answer"}


def course_of(session: Session, meeting: Meeting) -> Course:
    """The meeting as it went: who was there, each matter with its statements, votes and notes in order of time."""
    statements = statements_of(session, meeting)
    votes = votes_of(session, meeting)
    notes = notes_of(session, meeting)
    written = texts_of(session, meeting.id)
    attendance = attendance_of(session, meeting)
    present = _present_by_item(session, meeting, attendance)
    items = session.scalars(select(Item).where(Item.meeting_id == meeting.id).order_by(Item.position)).all()
    known = {item.id for item in items}
    headings = {item.parent_id for item in items}
    matters = tuple(
        Matter(
            number=item.label,
            title=item.title,
            presenter=", ".join(each.called for each in item.presenters),
            started_at=item.started_at,
            ended_at=item.ended_at,
            statements=tuple(said for on, said in statements if on == item.id),
            votes=tuple(vote for on, vote in votes if on == item.id),
            outside=item.outside,
            aside=_aside(item),
            heading=item.id in headings,
            notes=tuple(note for on, note in notes if on == item.id),
            written=written.get(item.id, ""),
            present=present.get(item.id),
            item_id=item.id,
            state=item.state,
        )
        for item in items
    )
    return Course(
        attendance,
        matters,
        without_item=tuple(said for on, said in statements if on not in known),
        notes=tuple(note for on, note in notes if on not in known),
        written=written.get(None, ""),
        day=local(meeting.opened_at or meeting.starts_at).date(),
    )


def notes_of(session: Session, meeting: Meeting) -> list[tuple[int | None, Note]]:
    """What happened to the meeting itself, with what was handed to writing, what was promised in questioning, and the results of
    written rounds that are reported here, by item."""
    promised = [(item_id, Note(at, _inner(text))) for item_id, at, text in told_of(session, meeting)]
    asked_in_writing = [(item_id, Note(at, text)) for item_id, at, text in minuting.told_of(session, meeting)]
    return [*happenings_of(session, meeting), *promised, *asked_in_writing]


def _inner(sentence: str) -> str:
    """A sentence as it stands after a moment of time: a name keeps its title."""
    said = sentence.rstrip(".")
    return said if said.startswith(("Ông ", "Bà ", "Đồng chí ")) else said[:1].lower() + said[1:]


def _present_by_item(session: Session, meeting: Meeting, who: Attendance) -> dict[int, int]:
    """How many members were there at an item, where that differs from what was said last. Nothing when nobody kept it."""
    found = by_item(session, meeting, who.need)
    told, last = {}, len(who.members)
    for line in found:
        if line["present"] != last and any(each["present"] for each in found):
            told[line["id"]] = last = line["present"]
    return told


def _aside(item: Item) -> str:
    """What the minutes say of an item that was not laid before this meeting."""
    words = {"deferred": "lùi thời điểm trình", "withdrawn": "đã rút khỏi chương trình"}
    said = words.get(item.state, "")
    return f"{said}: {item.reason}" if said and item.reason else said


def attendance_of(session: Session, meeting: Meeting) -> Attendance:
    """Members present and absent with reasons, guests present; who came after the start and who went before the end."""
    present, absent, late, left = [], [], [], []
    guests: list[str] = []
    substitutes: list[str] = []  # without the member's vote
    rests, uncounted = rests_of(session, meeting.id), 0
    for invited, kept in attendance_rows(session, meeting):
        presence = presence_of(kept.presence if kept else None, invited.reply, invited.absence)
        came = presence in HERE or (presence == "left" and kept is not None and kept.arrived_at is not None)
        if not invited.voting:
            (substitutes if invited.stands_for else guests).extend([named(invited)] if came else [])
        elif came:
            present.append(named(invited))
            uncounted += presence in HERE - counted(meeting.book.remote)
        else:
            absent.append((named(invited), (kept.reason if kept else "") or invited.reason))
        if kept is not None and invited.voting and came:
            if kept.arrived_at and _came_late(meeting, rests, kept.arrived_at, kept.presence):
                late.append((invited.person.called, kept.arrived_at))
            if presence == "left" and kept.left_at and not any(rest.covers(kept.left_at, None) for rest in rests):
                left.append((invited.person.called, kept.left_at))
    found = quorum(session, meeting)
    return Attendance(present, absent, guests, found.total, found.need, late, left, substitutes, uncounted)


def _came_late(meeting: Meeting, rests: Sequence[Rest], at: datetime, presence: str) -> bool:
    """By the rule of the roll call. Whoever came on another day, when the roll was called anew, was not late for the opening."""
    another_day = bool(rests) and at >= rests[0].since
    return presence == "late" or (not another_day and arrival(at, meeting.starts_at, meeting.opened_at) == "late")


def named(participant: Participant) -> str:
    """A participant in the minutes: "Bà Phan Thị Hoa, Ủy viên UBND"."""
    person = participant.person
    name = f"{person.called}, {person.position}" if person.position else person.called
    return f"{name} (dự họp thay {participant.stands_for.called})" if participant.stands_for else name


def statements_of(session: Session, meeting: Meeting) -> list[tuple[int | None, Statement]]:
    """Speeches from the floor, questions and answers, and opinions handed in, by item. Taken back or hidden ones are left out."""
    names = names_of_answers(session, meeting.id)
    spoken = [
        (
            floor.item_id,
            Statement(
                at=floor.started_at,
                person=floor.person.called,
                text=floor.subject,
                seconds=floor.seconds,
                verb=_verb(floor, names.get(floor.id, "")),
                kind=KINDS.get(floor.kind, "speech"),
            ),
        )
        for floor in speeches_of(session, meeting)
        if floor.started_at is not None
    ]
    opinions = opinions_of(session, meeting)
    authors = {opinion.id: opinion.person.called for opinion in opinions}
    written = [(opinion.item_id, _handed_in(opinion, authors)) for opinion in opinions]
    return [*spoken, *written]


def _verb(floor: Floor, other: str) -> str:
    """What a turn on the floor is called; in questioning with whose question it is, or to whom it goes."""
    if floor.kind == "question" and floor.addressee is not None:
        return f"chất vấn {floor.addressee.called}"
    if other:
        return f"trả lời chất vấn của {other}" if floor.kind == "explain" else f"tranh luận với {other}"
    return VERBS.get(floor.kind, "phát biểu")


def _handed_in(opinion: Opinion, authors: dict[int, str]) -> Statement:
    """A written opinion; a reply names whose opinion it answers."""
    answered = authors.get(opinion.parent_id or 0)
    verb = f"trả lời ý kiến của {answered}" if answered else "có ý kiến"
    return Statement(at=opinion.at, person=opinion.person.called, text=opinion.text, verb=verb, kind="opinion")


def votes_of(session: Session, meeting: Meeting) -> list[tuple[int | None, Vote]]:
    """Published results by item, with the figures and the sentence of the voting room."""
    found = session.execute(
        select(Question, Result)
        .join(Result, Result.question_id == Question.id)
        .where(Question.meeting_id == meeting.id, Question.state == "published")
        .order_by(Question.closed_at)
    )
    return [
        (
            question.item_id,
            Vote(
                at=question.closed_at or question.prepared_at,
                title=question.title,
                secret=question.kind == "secret" or question.on_paper,
                counts=[(label(key), int(result.counts.get(key, 0))) for key in question.options if not result.lines],
                agreed=int(result.counts.get("for", 0)),
                base=result.total,
                passed=result.passed,
                sentence=record(question, result),
                decided=decided(question, result),
            ),
        )
        for question, result in found
    ]


def decisions_of(session: Session, meeting: Meeting) -> list[tuple[int | None, str]]:
    """What was passed by vote, as sentences for the notice."""
    return [
        (item_id, vote.decided or f"Thông qua nội dung “{vote.title}” ({vote.agreed}/{vote.base} thành viên tán thành).")
        for item_id, vote in votes_of(session, meeting)
        if vote.decided or (vote.passed and vote.counts)
    ]
