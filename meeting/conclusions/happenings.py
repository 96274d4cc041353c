"""What happened to the meeting itself, read from its journal in the words of the minutes: rests, who presides, the programme."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.clock import local
from meeting.conclusions import voting_notes
from meeting.conclusions.course import Note
from meeting.documents.phrases import clock_text
from meeting.documents.typeset import long_date
from meeting.events import Event
from meeting.journal import Entry

Facts = dict[str, Any]


def happenings_of(session: Session, meeting: Meeting) -> list[tuple[int | None, Note]]:
    """What happened since the opening, each with the item that was being dealt with (None: between items)."""
    wanted = select(Entry).where(Entry.chain == meeting.id, Entry.event.in_([event.value for event in WATCHED]))
    told: list[tuple[int | None, Note]] = []
    item_id: int | None = None
    begun = False
    for entry in session.scalars(wanted.order_by(Entry.seq)):
        event = Event(entry.event)
        begun = begun or event is Event.MEETING_OPENED
        if event is Event.ITEM_STARTED:
            item_id = entry.facts.get("item_id")
        elif begun and event in SENTENCES and (text := SENTENCES[event](entry.facts)):
            told.append((_place(event, entry.facts, item_id), Note(entry.at, text)))
        if event is Event.ITEM_SET_ASIDE and item_id in entry.facts.get("items", ()):
            item_id = None
    return told


def _place(event: Event, facts: Facts, item_id: int | None) -> int | None:
    """To which item a note belongs: a request handed to writing and a vote to their own, all else to the one being dealt with."""
    return facts.get("item_id", item_id) if event is Event.HANDED_TO_WRITING or event in voting_notes.SENTENCES else item_id


def _paused(facts: Facts) -> str:
    until = facts.get("until")
    return f"cuộc họp tạm nghỉ đến {clock_text(datetime.fromisoformat(until))}" if until else "cuộc họp tạm nghỉ"


def _resumed(facts: Facts) -> str:
    if not facts.get("adjourned"):
        return "cuộc họp tiếp tục"
    return f"cuộc họp tiếp tục, có mặt {facts.get('present', 0)}/{facts.get('total', 0)} thành viên"


def _adjourned(facts: Facts) -> str:
    at = datetime.fromisoformat(facts["resumes_at"])
    return f"cuộc họp tạm dừng, tiếp tục vào {clock_text(at)}, {long_date(local(at).date())}{_why(facts)}"


def _presides(facts: Facts) -> str:
    if not facts.get("name"):
        return ""
    if not facts.get("deputy"):
        return f"{facts['name']} tiếp tục điều hành cuộc họp"
    what = f"nội dung {facts['label']}" if facts.get("item_id") else "cuộc họp"
    return f"{facts['name']} điều hành {what} theo phân công của chủ tọa"


def _set_aside(facts: Facts) -> str:
    done = "lùi thời điểm trình" if facts.get("state") == "deferred" else "rút khỏi chương trình"
    return f"cuộc họp quyết định {done} nội dung “{facts.get('title', '')}”{_why(facts)}"


def _restored(facts: Facts) -> str:
    return f"cuộc họp quyết định đưa nội dung “{facts.get('title', '')}” trở lại chương trình"


def _ahead(facts: Facts) -> str:
    return f"cuộc họp quyết định xem xét trước nội dung “{facts.get('title', '')}”{_why(facts)}"


def _in_writing(facts: Facts) -> str:
    """Questions handed to writing are told by the room of questioning, with the day by which they are answered."""
    about = f" ({facts['subject']})" if facts.get("subject") else ""
    said = f"{facts.get('name', '')} đăng ký phát biểu{about}, gửi ý kiến bằng văn bản"
    return "" if facts.get("queue") == "questioning" else said


def _why(facts: Facts) -> str:
    return f" (lý do: {facts['reason']})" if facts.get("reason") else ""


SENTENCES: dict[Event, Callable[[Facts], str]] = {
    Event.MEETING_PAUSED: _paused,
    Event.MEETING_RESUMED: _resumed,
    Event.MEETING_ADJOURNED: _adjourned,
    Event.PRESIDER_CHANGED: _presides,
    Event.ITEM_SET_ASIDE: _set_aside,
    Event.ITEM_RESTORED: _restored,
    Event.ITEM_TAKEN_AHEAD: _ahead,
    Event.HANDED_TO_WRITING: _in_writing,
    **voting_notes.SENTENCES,
}
WATCHED = (Event.MEETING_OPENED, Event.ITEM_STARTED, *SENTENCES)
