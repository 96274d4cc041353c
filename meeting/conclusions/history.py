"""Reading how a meeting went, from the tables of the rooms below, as the minutes and the notice need it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting, Participant
from meeting.conclusions.course import Attendance, Course, Matter, Statement, Vote
from meeting.discussion.queries import opinions_of
from meeting.live.queries import attendance_rows, quorum
from meeting.live.rules import HERE, presence_of
from meeting.speaking.queries import speeches_of
from meeting.voting.models import Question, Result
from meeting.voting.wording import label, sentences

#: What a turn on the floor is called in the minutes.
VERBS = {"explain": "giải trình", "debate": "tranh luận", "question": "chất vấn", "order": "phát biểu về trình tự"}


def course_of(session: Session, meeting: Meeting) -> Course:
    """The meeting as it went: who was there, each matter with its statements and votes in order of time."""
    statements = statements_of(session, meeting)
    votes = votes_of(session, meeting)
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
        )
        for item in items
    )
    loose = tuple(said for on, said in statements if on not in known)
    return Course(attendance_of(session, meeting), matters, loose)


def _aside(item: Item) -> str:
    """What the minutes say of an item that was not laid before this meeting."""
    words = {"deferred": "lùi thời điểm trình", "withdrawn": "đã rút khỏi chương trình"}
    said = words.get(item.state, "")
    return f"{said}: {item.reason}" if said and item.reason else said


def attendance_of(session: Session, meeting: Meeting) -> Attendance:
    """Members present and absent with reasons, and guests present, each with position."""
    present, absent, guests = [], [], []
    for invited, kept in attendance_rows(session, meeting):
        presence = presence_of(kept.presence if kept else None, invited.reply, invited.absence)
        if not invited.voting:
            guests += [named(invited)] if presence in HERE else []
        elif presence in HERE:
            present.append(named(invited))
        else:
            absent.append((named(invited), (kept.reason if kept else "") or invited.reason))
    found = quorum(session, meeting)
    return Attendance(present, absent, guests, total=found.total, need=found.need)


def named(participant: Participant) -> str:
    """A participant in the minutes: "Bà Phan Thị Hoa, Ủy viên UBND"."""
    person = participant.person
    name = f"{person.called}, {person.position}" if person.position else person.called
    return f"{name} (dự họp thay {participant.stands_for.called})" if participant.stands_for else name


def statements_of(session: Session, meeting: Meeting) -> list[tuple[int | None, Statement]]:
    """Speeches from the floor and opinions handed in, by item. Withdrawn opinions are left out."""
    spoken = [
        (
            floor.item_id,
            Statement(
                at=floor.started_at,
                person=floor.person.called,
                text=floor.subject,
                seconds=floor.seconds,
                verb=VERBS.get(floor.kind, "phát biểu"),
            ),
        )
        for floor in speeches_of(session, meeting)
        if floor.started_at is not None
    ]
    written = [
        (opinion.item_id, Statement(at=opinion.at, person=opinion.person.called, text=opinion.text))
        for opinion in opinions_of(session, meeting)
        if opinion.withdrawn_at is None
    ]
    return [*spoken, *written]


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
                secret=question.kind == "secret",
                counts=[(label(key), int(result.counts.get(key, 0))) for key in question.options],
                agreed=int(result.counts.get("for", 0)),
                base=result.total,
                passed=result.passed,
                sentence=sentences(question, result)["vi"],
            ),
        )
        for question, result in found
    ]


def decisions_of(session: Session, meeting: Meeting) -> list[tuple[int | None, str]]:
    """What was passed by vote, as sentences for the notice."""
    return [
        (item_id, f"Thông qua nội dung “{vote.title}” ({vote.agreed}/{vote.base} thành viên tán thành).")
        for item_id, vote in votes_of(session, meeting)
        if vote.passed
    ]
