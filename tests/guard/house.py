"""The demo council with one watcher for each role, and rows of it for every name in an input."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Table, inspect, select
from sqlalchemy.orm import Session

from meeting import clock, config, database, demo, jobs, migrations
from meeting.agenda.models import Meeting, Participant
from meeting.config import Settings
from meeting.organization.models import Account, ApiToken, Body, Membership, Person
from meeting.permissions import Role
from meeting.tables import Base
from meeting.web import security
from tests.guard.rows import add_rows, seat
from tests.guard.watch import Content, contents

OWN = "UBND"
#: Hats that a meeting gives to a member, not a body.
SEATED = (Role.PRESIDER, Role.PRESIDIUM, Role.COUNTER)
ROLES = [role for role in Role if role not in (*SEATED, Role.ADMIN, Role.SYSTEM)]
STRANGER, FOREIGN, ENDED, ADMIN = "watcher-nobody", "watcher-foreign", "watcher-ended", "watcher-admin"

#: Names in inputs that are not the names of their tables.
TABLES = {
    "comment_id": "opinion", "floor_id": "floor", "group_id": "member_group", "notice_id": "notice", "line_id": "notice_line",
    "round_id": "opinion_round", "book_id": "rule_book", "type_id": "meeting_type", "session_id": "council_session",
    "template_id": "meeting_template", "entry_id": "week_entry", "week_id": "week_programme", "feed_id": "calendar_feed",
    "link_id": "guest_link", "token_id": "api_token", "key_id": "signing_key", "room_id": "room", "call_id": "help_call",
    "client_id": "api_client", "copy_id": "copy", "document_id": "file", "earlier_id": "item", "other_id": "item",
    "folder_id": "shelf_folder", "paper_id": "round_paper", "promise_id": "promise", "saved_id": "saved_search",
    "spoken_id": "spoken_ballot", "change_id": "task_change", "obstacle_id": "task_obstacle", "newer_id": "submission",
    "older_id": "submission", "remark_id": "remark", "right_id": "extra_right", "archive_id": "archive_file",
    "backup_id": "backup_run", "drill_id": "drill_run", "identity_id": "outside_identity", "to_meeting_id": "meeting",
    "respondent_id": "person", "substitute_id": "person", "to_id": "person", "lead_unit_id": "unit", "parent_id": "unit",
    "asked_id": "person", "officer_id": "person", "chair_id": "person", "secretary_id": "person", "presenter_id": "person",
    "addressee_id": "person", "leader_id": "person", "about_id": "notice", "delivery_id": "delivery", "signer_id": "person",
    "again_of_id": "question", "like_id": "meeting", "copied_from_id": "meeting", "from_meeting_id": "meeting",
    "authority_id": "catalogue_entry", "full_document_id": "file", "answers_id": "floor", "after_id": "notice_line",
    "source_file_id": "file", "assigner_id": "person", "recent_id": "recent_search",
    "committee_id": "counting_committee", "document_type_id": "catalogue_entry",
}  # fmt: skip
BY_ACT = {"catalogues.": {"entry_id": "catalogue_entry"}, "shelf.": {"paper_id": "shelf_paper"},
          "questioning.": {"group_id": "question_group"}, "exchange.": {"delivery_id": "webhook_delivery", "feed_id": "body_feed",
          "key_id": "api_client_key"}, "search.": {}}  # fmt: skip


@dataclass
class Watched:
    """The store, its application, and the ids that inputs name."""

    folder: Path
    app: Flask
    known: dict[tuple[str, str], int] = field(default_factory=dict)

    def ids(self, name: str, act: str) -> int:
        """A row of the own body for a name in an input; 1 where the demo has none."""
        special = next((names for start, names in BY_ACT.items() if act.startswith(start)), {})
        table = special.get(name) or TABLES.get(name) or name.removesuffix("_id")
        key = (table, name)
        if key not in self.known:
            self.known[key] = _row_of(table) or 1
        return self.known[key]


def _row_of(name: str) -> int | None:
    """A row of this table that belongs to the own body, else any."""
    table = Base.metadata.tables.get(name)
    if table is None or "id" not in table.c:
        return None
    with database.reading() as session:
        body = session.scalar(select(Body.id).where(Body.short_name == OWN))
        held = held_meeting(session, body)
        if name in ("meeting", "body"):
            return held if name == "meeting" else body
        for column, values in (("meeting_id", [held]), ("meeting_id", select(Meeting.id).where(Meeting.body_id == body))):
            if column in table.c and (found := _first(session, table, table.c[column].in_(values))):
                return found
        if "body_id" in table.c and (found := _first(session, table, table.c["body_id"] == body)):
            return found
        for key in table.foreign_keys:
            parent = key.column.table
            for column, value in (("meeting_id", held), ("body_id", body)):
                rows = (
                    select(parent.c["id"]).where(parent.c[column] == value) if column in parent.c and "id" in parent.c else None
                )
                if rows is not None and (found := _first(session, table, key.parent.in_(rows))):
                    return found
        return _first(session, table)


def held_meeting(session: Session, body_id: int | None) -> int:
    """The meeting that inputs name: the first issued one of a body."""
    wanted = select(Meeting.id).where(Meeting.body_id == body_id, Meeting.state == "issued")
    return session.scalars(wanted.order_by(Meeting.id)).first() or 0


def _first(session: Session, table: Table, *where: Any) -> int | None:
    return session.scalar(select(table.c["id"]).where(*where).order_by(table.c["id"]).limit(1))


def stand_on(folder: Path) -> None:
    """Puts the settings and the store of this folder in place."""
    url = f"sqlite:///{folder / 'storage' / 'meeting.db'}"
    config.use(Settings(data=folder, database_url=url, keys=folder / "keys"))
    database.use(database.Database(url))
    jobs.queue.forget()
    jobs.queue.held = True
    security.forget_limits()


def furnish(folder: Path) -> None:
    """Fills the demo into a folder and adds the watchers."""
    (folder / "storage").mkdir(parents=True)
    stand_on(folder)
    migrations.upgrade()
    demo.fill()
    with Session(database.database().writing) as session:
        own = session.scalars(select(Body).where(Body.short_name == OWN)).one()
        party = session.scalars(select(Body).where(Body.kind == "party")).one()
        people = {role: _watcher(session, f"watcher-{role}", [(own.id, role)]) for role in ROLES}
        _watcher(session, STRANGER, [])
        _watcher(session, ADMIN, [], is_admin=True)
        _watcher(session, FOREIGN, [(party.id, role) for role in ROLES])
        _watcher(session, ENDED, [(own.id, role) for role in ROLES], ended=True)
        seats = {role: _watcher(session, f"watcher-{role}", [(own.id, Role.MEMBER)]) for role in SEATED}
        held = held_meeting(session, own.id)
        seat(session, own.id, held, seats)
        officer = session.scalars(select(Account).where(Account.person_id == people[Role.OFFICER])).one()
        add_rows(session, own.id, held, (officer.person_id, officer.id))
        session.commit()
    database.database().empty_log()
    database.use(None)


def _watcher(session: Session, name: str, roles: list[tuple[int, Role]], *, ended: bool = False, is_admin: bool = False) -> int:
    today = clock.today()
    person = Person(full_name=f"Người Xem {name}")
    session.add(person)
    session.flush()
    account = Account(person_id=person.id, username=name, created_at=clock.now(), is_admin=is_admin)
    session.add(account)
    session.flush()
    session.add(ApiToken(account_id=account.id, name="tests", sha256=digest(name), created_at=clock.now()))
    last = today - timedelta(days=1) if ended else None
    for body_id, role in roles:
        session.add(Membership(person_id=person.id, body_id=body_id, role=role, starts_on=date(2026, 1, 1), ends_on=last))
        if role in (Role.MEMBER, Role.GUEST) and not ended:
            _invite(session, person.id, body_id, voting=role is Role.MEMBER)
    return int(person.id)


def _invite(session: Session, person_id: int, body_id: int, *, voting: bool) -> None:
    for meeting_id in session.scalars(select(Meeting.id).where(Meeting.body_id == body_id)):
        known = select(Participant.id).where(Participant.meeting_id == meeting_id, Participant.person_id == person_id)
        if session.scalar(known) is None:
            session.add(Participant(meeting_id=meeting_id, person_id=person_id, voting=voting))


def token(name: str) -> str:
    """A watcher's key."""
    return f"token-of-{name}"


def digest(name: str) -> str:
    """What is kept of it."""
    return sha256(token(name).encode()).hexdigest()


def everything(session: Session) -> dict[str, Content]:
    """What each table holds."""
    line = session.connection()
    return contents(inspect(line).get_table_names(), lambda asked: line.exec_driver_sql(asked).fetchall())


Ask = Callable[[str, str, dict[str, Any]], tuple[int, dict[str, Any]]]
