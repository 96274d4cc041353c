"""What is public now, as objects of the standard: sittings that were released, documents that were published, who sits there."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting
from meeting.clock import local
from meeting.conclusions.models import Minutes
from meeting.database import setting
from meeting.live.models import Attendance
from meeting.opendata.models import PublicSitting
from meeting.opendata.papers import paper_objects, published
from meeting.opendata.rules import HOME, LISTS, WARD, Made, embedded, link, without_empty
from meeting.opendata.votes import votes_by_item
from meeting.organization.models import Body, Group, GroupMember, Membership, Person
from meeting.permissions import Role

PRESENT = ("present", "late", "left", "remote")
STATES = {"issued": "Đã mời họp", "in_session": "Đang họp", "paused": "Đang họp", "held": "Đã họp", "archived": "Đã họp"}
CLASSES = {"council": "Hội đồng nhân dân", "committee": "Ủy ban nhân dân"}
GROUPS = {"delegation": "Tổ đại biểu", "committee": "Ban", "other": "Nhóm"}
POSTS = {"head": "Trưởng", "deputy": "Phó", "member": "Thành viên"}
ITEM_STATES = {"done": "Đã xong", "deferred": "Để lại kỳ sau", "withdrawn": "Rút khỏi chương trình"}


def all_objects(session: Session) -> dict[str, Made]:
    """Everything that is public now, by name."""
    made = list(_everything(session))
    return {each.name: each for each in made}


def shown_sittings(session: Session) -> list[Meeting]:
    """The sittings that are shown: released, not taken back, and not held behind closed doors after all."""
    wanted = (
        select(Meeting)
        .join(PublicSitting, PublicSitting.meeting_id == Meeting.id)
        .join(Body, Body.id == Meeting.body_id)
        .where(
            PublicSitting.hidden_at.is_(None), Meeting.closed.is_(False), Body.kind == "council", Body.practice_of_id.is_(None)
        )
        .order_by(Meeting.id)
    )
    return list(session.scalars(wanted).unique())


def _everything(session: Session) -> Iterator[Made]:
    sittings = shown_sittings(session)
    papers = published(session)
    bodies = _bodies(session, {each.body_id for each in sittings} | {paper.meeting.body_id for paper, _, _ in papers})
    if not bodies:
        return
    yield _ward(session, bodies)
    councils = [body for body in bodies if body.id in {each.body_id for each in sittings}]
    people = _seats(session, councils)
    for body in bodies:
        yield _organization(body, people)
        if body.term:
            yield _term(body)
    yield from _groups(session, councils, people)
    for person, seats in people.items():
        yield from _person(person, seats)
    shown = {each.id for each in sittings}
    for meeting in sittings:
        yield from _sitting(session, meeting, {person.id for person in people})
    for paper, file, number in papers:
        yield from paper_objects(paper, file, number, shown)


def _bodies(session: Session, ids: set[int]) -> list[Body]:
    wanted = select(Body).where(Body.id.in_(ids), Body.kind != "party", Body.practice_of_id.is_(None)).order_by(Body.id)
    return list(session.scalars(wanted))


def _ward(session: Session, bodies: Sequence[Body]) -> Made:
    terms = [embedded("legislativeterm", body.id) for body in bodies if body.term]
    content = {
        "system": f"~{HOME}/system",
        "name": setting(session, "place") or bodies[0].place or bodies[0].name,
        **{name: f"~{HOME}/body/{WARD}/{name}" for name in LISTS},
        "legislativeTerm": terms,
        "classification": "Đơn vị hành chính cấp xã",
        "website": "~/cong-khai",
    }
    return Made("body", WARD, content)  # with the empty list of terms, which the standard demands


Seat = tuple[str, Membership]  # the organization's key, and the place in it
People = dict[Person, list[Seat]]


def _seats(session: Session, councils: Sequence[Body]) -> People:
    """The deputies of the councils, with their places: of the past too."""
    wanted = select(Membership).where(
        Membership.body_id.in_([body.id for body in councils]), Membership.role.in_([Role.MEMBER, Role.CHAIR])
    )
    found: People = {}
    for seat in session.scalars(wanted.order_by(Membership.person_id, Membership.id)):
        found.setdefault(seat.person, []).append((f"b{seat.body_id}", seat))
    return found


def _organization(body: Body, people: People) -> Made:
    seats = [seat.id for places in people.values() for _, seat in places if seat.body_id == body.id]
    content = {
        "body": link("body", WARD),
        "name": body.name,
        "shortName": body.short_name,
        "classification": CLASSES.get(body.kind, body.name),
        "membership": [link("membership", each) for each in seats],
        "meeting": f"~{HOME}/organization/b{body.id}/meeting",
        "startDate": body.term_started_on.isoformat() if body.term_started_on else None,
        "endDate": body.retired_on.isoformat() if body.retired_on else None,
    }
    return Made("organization", f"b{body.id}", without_empty(content))


def _term(body: Body) -> Made:
    started = body.term_started_on.isoformat() if body.term_started_on else None
    return Made(
        "legislativeterm", str(body.id), without_empty({"body": link("body", WARD), "name": body.term, "startDate": started})
    )


def _groups(session: Session, councils: Sequence[Body], people: People) -> Iterator[Made]:
    """The Tổ and Ban of the councils, with those of their members who are deputies."""
    known = {person.id for person in people}
    wanted = select(Group).where(Group.body_id.in_([body.id for body in councils])).order_by(Group.id)
    for group in session.scalars(wanted):
        members = [each for each in group.members if each.person_id in known]
        content = {
            "body": link("body", WARD),
            "name": group.name,
            "classification": GROUPS[group.kind],
            "subOrganizationOf": link("organization", f"b{group.body_id}"),
            "membership": [link("membership", f"g{each.id}") for each in members],
            "endDate": group.retired_on.isoformat() if group.retired_on else None,
        }
        yield Made("organization", f"g{group.id}", without_empty(content))
        for each in members:
            yield _place(each)


def _place(each: GroupMember) -> Made:
    told = {
        "person": link("person", each.person_id),
        "organization": link("organization", f"g{each.group_id}"),
        "role": POSTS[each.post],
    }
    return Made("membership", f"g{each.id}", told)


def _person(person: Person, seats: Sequence[Seat]) -> Iterator[Made]:
    words = person.full_name.split()
    content = {
        "body": link("body", WARD),
        "name": person.full_name,
        "familyName": words[0],
        "givenName": words[-1],
        "formOfAddress": person.honorific,
        "status": [person.position] if person.position else None,
        "membership": [embedded("membership", seat.id) for _, seat in seats],
    }
    yield Made("person", str(person.id), without_empty(content))
    for key, seat in seats:
        told = {
            "person": link("person", person.id),
            "organization": link("organization", key),
            "role": "Chủ tọa" if seat.role == Role.CHAIR else "Đại biểu",
            "votingRight": seat.role == Role.MEMBER,
            "startDate": seat.starts_on.isoformat(),
            "endDate": seat.ends_on.isoformat() if seat.ends_on else None,
        }
        yield Made("membership", str(seat.id), without_empty(told))


def _sitting(session: Session, meeting: Meeting, known: set[int]) -> Iterator[Made]:
    items = list(session.scalars(select(Item).where(Item.meeting_id == meeting.id).order_by(Item.position)))
    over = meeting.state in ("held", "archived")
    minutes = session.scalar(select(Minutes).where(Minutes.meeting_id == meeting.id, Minutes.state == "signed"))
    if meeting.place:
        yield Made(
            "location", f"m{meeting.id}", {"description": meeting.place, "meetings": [link("meeting", meeting.id)]}, meeting.id
        )
    if minutes is not None:
        yield _protocol(meeting, minutes)
    begins, ends = meeting.opened_at or meeting.starts_at, meeting.closed_at or meeting.ends_at
    content = {
        "name": meeting.title,
        "meetingState": STATES.get(meeting.state),
        "cancelled": meeting.state in ("cancelled", "postponed"),
        "start": local(begins).isoformat(timespec="seconds"),
        "end": local(ends).isoformat(timespec="seconds") if ends else None,
        "location": embedded("location", f"m{meeting.id}") if meeting.place else None,
        "organization": [link("organization", f"b{meeting.body_id}")],
        "participant": [link("person", each) for each in _present(session, meeting) if each in known] if over else None,
        "resultsProtocol": embedded("file", f"m{meeting.id}") if minutes is not None else None,
        "agendaItem": [embedded("agendaitem", item.id) for item in items],
    }
    yield Made("meeting", str(meeting.id), without_empty(content), meeting.id)
    votes = votes_by_item(session, meeting)
    for order, item in enumerate(items):
        yield Made("agendaitem", str(item.id), _item(item, order, votes.get(item.id, [])), meeting.id)


def _present(session: Session, meeting: Meeting) -> list[int]:
    wanted = select(Attendance.person_id).where(Attendance.meeting_id == meeting.id, Attendance.presence.in_(PRESENT))
    return sorted(session.scalars(wanted))


def _item(item: Item, order: int, votes: list[dict[str, Any]]) -> dict[str, Any]:
    """What is held outside the system is told as that alone, not even by its title."""
    content = {
        "meeting": link("meeting", item.meeting_id),
        "number": item.label,
        "name": "Nội dung thực hiện ngoài hệ thống" if item.outside else item.title,
        "result": ITEM_STATES.get(item.state),
        "resolutionText": "\n".join(vote["sentence"] for vote in votes) if not item.outside else None,
        "start": local(item.started_at).isoformat(timespec="seconds") if item.started_at else None,
        "end": local(item.ended_at).isoformat(timespec="seconds") if item.ended_at else None,
        "vn:vote": votes if not item.outside else None,
    }
    return {"order": order, "public": not item.outside, **without_empty(content)}


def _protocol(meeting: Meeting, minutes: Minutes) -> Made:
    content = {
        "name": f"Biên bản {meeting.title}",
        "fileName": f"bien-ban-{meeting.id}.xml",
        "mimeType": "application/akn+xml",
        "date": local(minutes.signed_at or minutes.drafted_at).date().isoformat(),
        "meeting": [link("meeting", meeting.id)],
        "accessUrl": f"~/akn/meeting/{meeting.id}.xml",
        "downloadUrl": f"~/akn/meeting/{meeting.id}.xml?download=1",
    }
    return Made("file", f"m{meeting.id}", content, meeting.id)
