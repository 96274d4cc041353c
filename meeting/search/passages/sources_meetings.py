"""Passages of the meeting itself: its items, the questions put to the vote, opinions, promises made before it."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from meeting import clock
from meeting.agenda.models import Item, Meeting
from meeting.agenda.rules import SET_ASIDE_STATES
from meeting.discussion.models import Opinion
from meeting.questioning.models import Promise
from meeting.search.passages.sources import Found, day_of, reads, sentences
from meeting.voting import wording
from meeting.voting.models import Question, QuestionLine, Result

#: What an item is, where its kind says more than "nội dung"; in the words of a programme.
ITEM_WORDS: Mapping[str, str] = {
    "report": "Báo cáo",
    "submission": "Tờ trình",
    "verification": "Báo cáo thẩm tra",
    "discussion": "Thảo luận",
    "explanation": "Giải trình, tiếp thu",
    "vote": "Biểu quyết",
    "personnel": "Công tác nhân sự",
    "questioning": "Chất vấn và trả lời chất vấn",
    "resolution": "Thông qua nghị quyết",
}


#: How a meeting stands, in a few words.
STANDS: Mapping[str, str] = {
    "issued": "upcoming",
    "in_session": "running",
    "paused": "running",
    "held": "held",
    "archived": "held",
    "postponed": "postponed",
    "cancelled": "cancelled",
}


@reads("meeting")
def meetings(session: Session, scope: int, source_id: int) -> list[Found]:  # noqa: ARG001 - its source is the meeting
    """The meeting itself: what kind it is, when and where it is held, and who presides."""
    wanted = select(Meeting).where(Meeting.id == scope)
    found = session.scalar(wanted.options(joinedload(Meeting.chair), joinedload(Meeting.type), joinedload(Meeting.body)))
    return [_meeting(found)] if found is not None else []


def _meeting(meeting: Meeting) -> Found:
    held = clock.local(meeting.opened_at or meeting.starts_at)
    more = {"Địa điểm": meeting.place, "Chủ trì": meeting.chair.called if meeting.chair else ""}
    when = f"{held.hour} giờ {held.minute:02d}, ngày {held.day} tháng {held.month} năm {held.year}"
    return Found(
        meeting.id,
        0,
        meeting.title,
        sentences(meeting.type.name, meeting.body.name, when, more),
        held.date(),
        person_id=meeting.chair_id,
        state=STANDS.get(meeting.state, "draft"),
    )


@reads("item")
def items(session: Session, scope: int, source_id: int) -> list[Found]:
    """Agenda items with what they are, who prepares and who presents them; also those put off or withdrawn."""
    meeting = session.get(Meeting, scope)
    wanted = select(Item).where(Item.meeting_id == scope)
    if meeting is None:
        return []
    if source_id:
        wanted = wanted.where(Item.id == source_id)
    found = session.scalars(wanted.options(joinedload(Item.unit), joinedload(Item.presenter), selectinload(Item.further)))
    return [_item(meeting, item) for item in found.unique()]


def _item(meeting: Meeting, item: Item) -> Found:
    state = item.state if item.state in SET_ASIDE_STATES else "draft" if meeting.is_private else ""
    more = {
        "Loại": ITEM_WORDS.get(item.kind, ""),
        "Đơn vị chuẩn bị": item.unit.name if item.unit else "",
        "Trình bày": ", ".join(person.called for person in item.presenters),
    }
    return Found(
        item.id,
        0,
        meeting.title,
        sentences(item.title, more) if any(more.values()) else item.title,
        day_of(meeting),
        item_id=item.id,
        unit_id=item.unit_id,
        person_id=item.presenter_id,
        state=state,
        place=f"mục {item.label}",
    )


@reads("question")
def questions(session: Session, scope: int, source_id: int) -> list[Found]:
    """What was put to the vote, with the result once it is announced; before, what is asked."""
    wanted = select(Question, Result).outerjoin(Result, Result.question_id == Question.id).where(Question.meeting_id == scope)
    if source_id:
        wanted = wanted.where(Question.id == source_id)
    found = session.execute(wanted.options(joinedload(Question.item), selectinload(Question.lines))).unique()
    return [_question(question, result) for question, result in found]


def _question(question: Question, result: Result | None) -> Found:
    out = result if question.state == "published" else None
    stood = "; ".join(_candidate(line) for line in question.lines)
    told = wording.record(question, out) if out else stood
    return Found(
        question.id,
        0,
        question.meeting.title,
        sentences(question.title, question.explanation) + (f" {told}" if told else ""),
        clock.local(question.opened_at).date() if question.opened_at else day_of(question.meeting),
        item_id=question.item_id,
        unit_id=question.item.unit_id,
        state=_outcome(question, out),
    )


def _candidate(line: QuestionLine) -> str:
    return ", ".join(part for part in (line.title, line.office) if part)


def _outcome(question: Question, result: Result | None) -> str:
    if question.state == "cancelled":
        return "cancelled"
    if result is None:
        return "prepared"
    if question.form == "survey":
        return "published"
    return "passed" if result.passed else "failed"


@reads("opinion")
def opinions(session: Session, scope: int, source_id: int) -> list[Found]:
    """Opinions and replies that stand, with who wrote them; on a paper with the page they speak of."""
    wanted = select(Opinion).where(Opinion.meeting_id == scope, Opinion.withdrawn_at.is_(None))
    if source_id:
        wanted = wanted.where(Opinion.id == source_id)
    found = session.scalars(wanted.options(joinedload(Opinion.meeting)))
    return [
        Found(
            opinion.id,
            0,
            opinion.meeting.title,
            f"{opinion.person.called}: {opinion.text}",
            clock.local(opinion.at).date(),
            item_id=opinion.item_id,
            page=opinion.page,
            document_id=opinion.document_id,
            unit_id=opinion.person.unit_id,
            person_id=opinion.person_id,
            place=f"trang {opinion.page}" if opinion.page else "",
        )
        for opinion in found
    ]


@reads("promise")
def promises(session: Session, scope: int, source_id: int) -> list[Found]:
    """What was promised before the council, who does it, and by when."""
    wanted = select(Promise).where(Promise.meeting_id == scope)
    if source_id:
        wanted = wanted.where(Promise.id == source_id)
    return [_promise(promise) for promise in session.scalars(wanted.options(joinedload(Promise.meeting)))]


def _promise(promise: Promise) -> Found:
    more = {
        "Đơn vị thực hiện": promise.unit.name if promise.unit else "",
        "Hạn": f"{promise.due_on:%d/%m/%Y}",
        "Kết quả": promise.kept_note,
    }
    return Found(
        promise.id,
        0,
        promise.meeting.title,
        sentences(f"{promise.person.called}: {promise.text}", more),
        clock.local(promise.made_at).date(),
        unit_id=promise.unit_id or promise.person.unit_id,
        person_id=promise.person_id,
        state=promise.state,
        due_on=promise.due_on,
    )
