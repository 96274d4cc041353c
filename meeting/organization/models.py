"""Bodies, units, people, their roles and their accounts. Nothing that is referred to is ever deleted: it ends or retires."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, LongText, Moment, Name, reference


class Body(Base):
    """A body that meets: Hội đồng nhân dân, Ủy ban nhân dân, Đảng ủy."""

    __tablename__ = "body"
    __table_args__ = (CheckConstraint("kind IN ('council', 'committee', 'party')", name="kind_known"),)
    id: Mapped[Id]
    kind: Mapped[Code]
    name: Mapped[Name] = mapped_column(unique=True)
    short_name: Mapped[Code] = mapped_column(unique=True)  # "HĐND": the name on the wire
    symbol_code: Mapped[Code]  # the last part of document symbols: "UBND" in 12/TB-UBND
    parent_name: Mapped[Name] = mapped_column(default="")  # printed above the body's name where the form asks for it
    place: Mapped[Name] = mapped_column(default="")  # before the date on documents
    term: Mapped[Name] = mapped_column(default="")  # "khóa II, nhiệm kỳ 2026 – 2031": stands on ballots and minutes
    term_started_on: Mapped[date | None]  # Party documents are numbered by term
    address_form: Mapped[Code] = mapped_column(default="ong_ba")  # or dong_chi: how people are addressed
    opens_at: Mapped[Code] = mapped_column(default="07:30")  # office hours
    closes_at: Mapped[Code] = mapped_column(default="17:00")  # due days end then
    numbering: Mapped[Code] = mapped_column(default="system")  # or clerk: numbers come from the e-office's register
    rank: Mapped[int] = mapped_column(default=0)  # its place on the chart; equal ones as they were added
    practice_of_id: Mapped[int | None] = reference("body.id")  # a body for trying out; all that happens in it is erased
    retired_on: Mapped[date | None]

    @property
    def body_id(self) -> int:
        """So that a body can be a subject of journal entries and rights."""
        return self.id

    @property
    def is_party(self) -> bool:
        """Whether the Party's layout and forms of address hold."""
        return self.kind == "party"

    def hats_of(self, actor: Actor, session: Any) -> frozenset[Role]:
        """The roles that hold today in this body."""
        return actor.roles_in(self.id)


class Unit(Base):
    """A division or unit that prepares papers and carries out tasks."""

    __tablename__ = "unit"
    id: Mapped[Id]
    name: Mapped[Name] = mapped_column(unique=True)
    short_name: Mapped[Code] = mapped_column(unique=True)
    parent_id: Mapped[int | None] = reference("unit.id", index=True)  # the unit it is a part of; never in a circle
    body_id: Mapped[int | None] = reference("body.id")  # the body it serves, where it serves one
    rank: Mapped[int] = mapped_column(default=0)  # its place among those beside it; equal ones by name
    retired_on: Mapped[date | None]


class Person(Base):
    """Someone on file. Only name, position, unit and official contacts are kept."""

    __tablename__ = "person"
    id: Mapped[Id]
    full_name: Mapped[Name]
    honorific: Mapped[Code] = mapped_column(default="")  # "Ông" or "Bà"
    position: Mapped[Name] = mapped_column(default="")
    unit_id: Mapped[int | None] = reference("unit.id")
    email: Mapped[Name] = mapped_column(default="")
    phone: Mapped[Code] = mapped_column(default="")
    retired_on: Mapped[date | None]
    unit: Mapped[Unit | None] = relationship(lazy="joined")

    @property
    def called(self) -> str:
        """How the person is named on screens: honorific and full name."""
        return f"{self.honorific} {self.full_name}".strip()

    @property
    def initials(self) -> str:
        """Two letters for the avatar: of the middle and the given name."""
        words = self.full_name.split()
        return "".join(word[0] for word in words[-2:]).upper()


class Account(Base):
    """The key by which a person comes in."""

    __tablename__ = "account"
    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id", unique=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    password_hash: Mapped[LongText] = mapped_column(default="")  # argon2; empty: cannot sign in with a password
    language: Mapped[Code] = mapped_column(default="vi")
    text_size: Mapped[int] = mapped_column(default=100)  # percent: 100, 115, 130
    easy: Mapped[bool] = mapped_column(default=False)  # three large buttons in the chamber
    is_admin: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    session_version: Mapped[int] = mapped_column(default=1)  # raised: all sessions of this account end
    created_at: Mapped[Moment]
    person: Mapped[Person] = relationship(lazy="joined")


class Membership(Base):
    """A role in a body, from a day to a day. `member` is the role that votes."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("person_id", "body_id", "role", "starts_on"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        Index("ix_membership_body", "body_id", "role"),
    )
    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id", index=True)
    body_id: Mapped[int] = reference("body.id")
    role: Mapped[Code]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    practice: Mapped[bool] = mapped_column(default=False)  # in a body for trying out: see practice
    person: Mapped[Person] = relationship()
    body: Mapped[Body] = relationship()


class ExtraRight(Base):
    """A right of the desk given to one person beside their roles, in one body, from a day to a day."""

    __tablename__ = "extra_right"
    __table_args__ = (
        UniqueConstraint("person_id", "body_id", "action", "starts_on"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
    )
    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id", index=True)
    body_id: Mapped[int] = reference("body.id")
    action: Mapped[Code]  # one of meeting.grantable
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    given_by_id: Mapped[int] = reference("person.id")
    given_at: Mapped[Moment]
    reason: Mapped[LongText] = mapped_column(default="")
    body: Mapped[Body] = relationship()
    given_by: Mapped[Person] = relationship(foreign_keys=[given_by_id])


class OfficialNumber(Base):
    """One number given to one paper. Given numbers are never given again, also when the paper is replaced."""

    __tablename__ = "official_number"
    __table_args__ = (
        UniqueConstraint("body_id", "kind", "period", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
    )
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id")
    kind: Mapped[Code]  # TB, BB, GM, QĐ
    period: Mapped[Code]  # "2026" or, for the Party, "from 2025-08-15"
    number: Mapped[int]
    symbol: Mapped[Code]  # whole, as printed: "07/TB-UBND"


class ApiToken(Base):
    """A key for other programs: 256 random bits, of which only the SHA-256 is kept."""

    __tablename__ = "api_token"
    id: Mapped[Id]
    account_id: Mapped[int] = reference("account.id", index=True)
    name: Mapped[Name]
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[Moment]
    revoked_at: Mapped[Moment | None]


class SignIn(Base):
    """One attempt to come in. Pruned only by the retention policy, which is itself recorded."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_at", "at"), Index("ix_sign_in_account_id", "account_id", "at"))
    id: Mapped[Id]
    at: Mapped[Moment]
    username: Mapped[Name]
    account_id: Mapped[int | None] = reference("account.id")
    address: Mapped[Code]
    succeeded: Mapped[bool]
    way: Mapped[Code] = mapped_column(default="password")  # password, demo, openid, tablet, second_step


GROUP_KINDS = ("delegation", "committee", "other")
GROUP_POSTS = ("head", "deputy", "member")


class Group(Base):
    """Some members of a body who work together: a Tổ đại biểu, a Ban of the council, a working group."""

    __tablename__ = "member_group"  # "group" is a word of SQL
    __table_args__ = (
        UniqueConstraint("body_id", "name"),
        CheckConstraint(f"kind IN {GROUP_KINDS}", name="kind_known"),
    )
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id", index=True)
    name: Mapped[Name]
    kind: Mapped[Code]
    retired_on: Mapped[date | None]
    body: Mapped[Body] = relationship()
    members: Mapped[list["GroupMember"]] = relationship(back_populates="group", cascade="all, delete-orphan")


class GroupMember(Base):
    """Somebody's place in a group."""

    __tablename__ = "group_member"
    __table_args__ = (
        UniqueConstraint("group_id", "person_id"),
        CheckConstraint(f"post IN {GROUP_POSTS}", name="post_known"),
        Index("ix_group_member_person_id", "person_id"),
    )
    id: Mapped[Id]
    group_id: Mapped[int] = reference("member_group.id")
    person_id: Mapped[int] = reference("person.id")
    post: Mapped[Code] = mapped_column(default="member")
    group: Mapped[Group] = relationship(back_populates="members")
    person: Mapped[Person] = relationship(lazy="joined")
