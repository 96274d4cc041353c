"""A house for the judged texts: two bodies, three units, a few people (all invented), each with a token for the doors."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy.orm import Session

from meeting import clock
from meeting.organization.models import Account, ApiToken, Body, Membership, Person, Unit
from meeting.permissions import Actor, Role
from meeting.rulebook.models import MeetingType, RuleBook
from tests.search.judged.store import Holder

UNITS = {
    "kinh_te": "Phòng Kinh tế, Hạ tầng và Đô thị",
    "van_phong": "Văn phòng HĐND và UBND",
    "van_hoa": "Phòng Văn hóa – Xã hội",
}
BODIES = {"HĐND": ("council", "Hội đồng nhân dân phường"), "UBND": ("committee", "Ủy ban nhân dân phường")}
PEOPLE = {
    "minh": ("Tạ Quang Minh", "Chánh Văn phòng", (Role.SECRETARY, Role.CHIEF)),
    "hung": ("Đỗ Mạnh Hùng", "Chủ tịch", (Role.CHAIR, Role.MEMBER)),
    "hoa": ("Phan Thị Hoa", "Ủy viên", (Role.MEMBER,)),
    "tuan": ("Lê Anh Tuấn", "Ủy viên", (Role.MEMBER,)),
}
SINCE = date(2015, 1, 1)


@dataclass(frozen=True)
class House:
    """Its rows: who holds meetings, which units there are, who the people are."""

    holders: dict[str, Holder]
    units: dict[str, int]
    people: dict[str, int]
    actors: dict[str, Actor]

    @property
    def keys(self) -> dict[tuple[str, int], str]:
        """The keys of people and units, as the list names them."""
        people = {("person", key): f"person:{name}" for name, key in self.people.items()}
        return people | {("unit", key): f"unit:{name}" for name, key in self.units.items()}


def build(session: Session) -> House:
    """Writes it into an empty store. The token of each person is "bench-NAME"."""
    units = {code: Unit(name=name, short_name=code) for code, name in UNITS.items()}
    bodies = {
        short: Body(kind=kind, name=name, short_name=short, symbol_code=short, place="Giang Biên")
        for short, (kind, name) in BODIES.items()
    }
    people = {name: Person(full_name=full, honorific="Ông", position=position) for name, (full, position, _) in PEOPLE.items()}
    session.add_all([*units.values(), *bodies.values(), *people.values()])
    session.flush()
    holders = {short: _holder(session, body, people) for short, body in bodies.items()}
    actors = {name: _actor(session, name, person, bodies) for name, person in people.items()}
    session.flush()
    return House(
        holders, {code: unit.id for code, unit in units.items()}, {name: person.id for name, person in people.items()}, actors
    )


def _holder(session: Session, body: Body, people: dict[str, Person]) -> Holder:
    kind = MeetingType(body_id=body.id, code="regular", name="Phiên họp thường kỳ")
    session.add(kind)
    session.flush()
    book = RuleBook(type_id=kind.id, starts_on=SINCE, papers_due_days=2, invite_days=2)
    session.add(book)
    session.flush()
    members = tuple(people[name].id for name in ("hung", "hoa", "tuan"))
    return Holder(body.id, kind.id, book.id, body.name, people["hung"].id, people["minh"].id, members)


def _actor(session: Session, name: str, person: Person, bodies: dict[str, Body]) -> Actor:
    account = Account(person_id=person.id, username=name, created_at=clock.now())
    session.add(account)
    session.flush()
    digest = sha256(f"bench-{name}".encode()).hexdigest()
    session.add(ApiToken(account_id=account.id, name="bench", sha256=digest, created_at=clock.now()))
    roles = PEOPLE[name][2]
    session.add_all(
        Membership(person_id=person.id, body_id=body.id, role=role, starts_on=SINCE) for body in bodies.values() for role in roles
    )
    return Actor(
        account_id=account.id,
        person_id=person.id,
        name=person.called,
        unit_id=person.unit_id,
        roles=frozenset((body.id, role) for body in bodies.values() for role in roles),
        is_admin=False,
        username=name,
    )
