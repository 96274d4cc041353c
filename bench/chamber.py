"""A council of any size in a data folder of its own, in session, everybody checked in."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from meeting import clock, database
from meeting.agenda.models import Item, Meeting, Participant
from meeting.cli import opening
from meeting.live.models import Attendance
from meeting.organization.models import Account, ApiToken, Body, Membership, Person
from meeting.permissions import Role
from meeting.rulebook.models import MeetingType, RuleBook


@dataclass(frozen=True)
class Seated:
    """What the measuring needs to know of it."""

    meeting_id: int
    item_id: int
    chair: str  # API tokens
    members: list[str]


def seat(folder: Path, members: int) -> Seated:
    """Fills a new folder: one body, one meeting in session, so many delegates present, each with a token."""
    opening.use_folder(folder)
    opening.storage()
    opening.open_store()
    with Session(database.database().writing) as session:
        seated = _council(session, members)
        session.commit()
    opening.close_store()
    return seated


def _council(session: Session, members: int) -> Seated:
    now = clock.now()
    body = Body(kind="council", name="Hội đồng đo tốc độ", short_name="HĐND", symbol_code="HĐND")
    session.add(body)
    session.flush()
    kind = MeetingType(body_id=body.id, code="bench", name="Kỳ họp")
    people = [Person(full_name=f"Đại Biểu {number:04d}", honorific="Ông") for number in range(members + 1)]
    session.add_all([kind, *people])
    session.flush()
    book = RuleBook(type_id=kind.id, starts_on=clock.today(), papers_due_days=2, invite_days=2, choices="for against abstain")
    session.add(book)
    session.flush()
    meeting = Meeting(
        body_id=body.id,
        type_id=kind.id,
        book_id=book.id,
        title="Kỳ họp đo tốc độ",
        state="in_session",
        starts_at=now,
        ends_at=now + timedelta(hours=3),
        opened_at=now,
        chair_id=people[0].id,
        created_at=now,
        created_by=people[0].id,
    )
    session.add(meeting)
    session.flush()
    item = Item(meeting_id=meeting.id, position=1, title="Thông qua nghị quyết")
    session.add(item)
    tokens = [_come_in(session, person, body, meeting, number) for number, person in enumerate(people)]
    session.flush()
    return Seated(meeting.id, item.id, tokens[0], tokens[1:])


def _come_in(session: Session, person: Person, body: Body, meeting: Meeting, number: int) -> str:
    now, token = clock.now(), f"bench-{number}"
    account = Account(person_id=person.id, username=f"bench{number}", created_at=now)
    session.add(account)
    session.flush()
    role = Role.MEMBER if number else Role.CHAIR
    session.add_all(
        [
            ApiToken(account_id=account.id, name="bench", sha256=sha256(token.encode()).hexdigest(), created_at=now),
            Membership(person_id=person.id, body_id=body.id, role=role, starts_on=clock.today() - timedelta(days=1)),
            Participant(meeting_id=meeting.id, person_id=person.id, voting=bool(number)),
            Attendance(meeting_id=meeting.id, person_id=person.id, presence="present", arrived_at=now),
        ]
    )
    return token
