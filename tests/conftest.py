"""The standing cast, a real store for each test, and the doors to it."""

import logging
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine, insert, select
from sqlalchemy.orm import Session
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from meeting import app as application
from meeting import clock, config, database, jobs
from meeting.agenda.models import Item, Meeting, Participant
from meeting.batch import Answer
from meeting.config import Settings
from meeting.organization import queries as organization
from meeting.organization.models import Account, ApiToken, Body, Membership, Person, Unit
from meeting.organization.rules import rights_in_force
from meeting.permissions import SYSTEM, Actor, Role
from meeting.rulebook.models import MeetingType, RuleBook
from meeting.search.rights import known
from meeting.tables import Base, Setting
from meeting.web import doors, security
from meeting.writer import answer, perform

# The machine may be busy: no example is judged by its time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

TESTS = Path(__file__).resolve().parent
SHARED = TESTS.parent.parent / "shared" / "data"
MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday 23 November 2026, 8:00 in Viet Nam

_first = create_engine("sqlite://", query_cache_size=2000)
with _first.connect():
    pass  # its dialect has met a database


def _engine(url: str, **options: Any) -> Engine:
    """An engine that knows what others have compiled: to compile it all anew takes longer than most tests."""
    made = create_engine(url, **options)
    if made.dialect.name == "sqlite":
        made.dialect, made._compiled_cache = _first.dialect, _first._compiled_cache
    return made


database.create_engine = _engine

CAST: dict[str, tuple[str, str, str | None, dict[str, list[Role]]]] = {
    # username: (full name, position, unit, roles by body)
    "lan": (
        "Vũ Thị Mai Lan",
        "Bí thư Đảng ủy, Chủ tịch HĐND",
        None,
        {"HĐND": [Role.CHAIR, Role.MEMBER], "Đảng ủy": [Role.CHAIR, Role.MEMBER]},
    ),
    "hung": ("Đỗ Mạnh Hùng", "Chủ tịch UBND", None, {"UBND": [Role.CHAIR, Role.MEMBER], "Đảng ủy": [Role.MEMBER]}),
    "minh": (
        "Tạ Quang Minh",
        "Chánh Văn phòng",
        "van_phong",
        {"UBND": [Role.SECRETARY, Role.CHIEF], "HĐND": [Role.SECRETARY, Role.CHIEF]},
    ),
    "van": ("Lương Thúy Vân", "Văn thư", "van_phong", {"UBND": [Role.CLERK], "HĐND": [Role.CLERK]}),
    "hoa": ("Phan Thị Hoa", "Ủy viên UBND", None, {"UBND": [Role.MEMBER], "HĐND": [Role.MEMBER]}),
    "tuan": ("Lê Anh Tuấn", "Ủy viên UBND", None, {"UBND": [Role.MEMBER], "HĐND": [Role.MEMBER]}),
    "dung": ("Hồ Tiến Dũng", "Chuyên viên", "kinh_te", {"UBND": [Role.OFFICER], "HĐND": [Role.OFFICER]}),
    "truong": ("Cao Xuân Trường", "Trưởng phòng", "kinh_te", {"UBND": [Role.HEAD], "HĐND": [Role.HEAD]}),
    "khach": ("Mạc Thị Khách", "Khách mời", None, {}),
    "admin": ("Quản Trị Viên", "Quản trị hệ thống", None, {}),
}
UNITS = {
    "kinh_te": "Phòng Kinh tế, Hạ tầng và Đô thị",
    "van_phong": "Văn phòng HĐND và UBND",
    "van_hoa": "Phòng Văn hóa – Xã hội",
}
BODIES = {
    "HĐND": ("council", "Hội đồng nhân dân phường"),
    "UBND": ("committee", "Ủy ban nhân dân phường"),
    "Đảng ủy": ("party", "Đảng ủy phường"),
}
SYMBOLS = {"HĐND": "HĐND", "UBND": "UBND", "Đảng ủy": "ĐU"}
CHAIRS = {"HĐND": "lan", "UBND": "hung", "Đảng ủy": "lan"}
CHOICES = {"UBND": "for against"}


def _seed(session: Session) -> None:
    units = {code: Unit(name=name, short_name=code) for code, name in UNITS.items()}
    bodies = {
        short: Body(kind=kind, name=name, short_name=short, symbol_code=SYMBOLS[short], place="Giang Biên")
        for short, (kind, name) in BODIES.items()
    }
    session.add_all([*units.values(), *bodies.values()])
    session.flush()
    for username, (name, position, unit, roles) in CAST.items():
        person = Person(full_name=name, honorific="Ông", position=position, unit_id=units[unit].id if unit else None)
        session.add(person)
        session.flush()
        account = Account(person_id=person.id, username=username, is_admin=username == "admin", created_at=MORNING)
        session.add(account)
        session.flush()
        digest = sha256(f"token-{username}".encode()).hexdigest()
        session.add(ApiToken(account_id=account.id, name="tests", sha256=digest, created_at=MORNING))
        for body, hats in roles.items():
            for hat in hats:
                session.add(Membership(person_id=person.id, body_id=bodies[body].id, role=hat, starts_on=date(2026, 1, 1)))
    for short, body in bodies.items():
        kind = MeetingType(body_id=body.id, code="regular", name=f"Phiên họp thường kỳ {short}")
        session.add(kind)
        session.flush()
        session.add(
            RuleBook(
                type_id=kind.id,
                starts_on=date(2026, 1, 1),
                papers_due_days=2,
                invite_days=2,
                choices=CHOICES.get(short, "for against abstain"),
                signer="chief" if short == "UBND" else "chair",
                minutes_signers="chief" if short == "UBND" else "both",
                tie="chair_side" if short == "UBND" else "none",
                instrument="NĐ 315/2025/NĐ-CP",
            )
        )
    session.flush()


@dataclass
class Council:
    """The standing cast: Lan chairs the HĐND, Hùng the UBND, Minh is secretary, Hoa and Tuấn are members."""

    def one(self, statement: Any) -> Any:
        """One value, read fresh."""
        with database.reading() as session:
            return session.scalar(statement)

    def all(self, statement: Any) -> list[Any]:
        """All values of the first column, read fresh."""
        with database.reading() as session:
            return list(session.scalars(statement))

    def person(self, username: str) -> int:
        """A person's id by username."""
        return int(self.one(select(Account.person_id).where(Account.username == username)))

    def body(self, short_name: str) -> int:
        """A body's id by its short name."""
        return int(self.one(select(Body.id).where(Body.short_name == short_name)))

    def unit(self, code: str) -> int:
        """A unit's id: kinh_te, van_phong or van_hoa."""
        return int(self.one(select(Unit.id).where(Unit.short_name == code)))

    def type(self, short_name: str = "UBND") -> int:
        """The id of a body's regular meeting type."""
        return int(self.one(select(MeetingType.id).where(MeetingType.body_id == self.body(short_name))))

    def book(self, short_name: str = "UBND") -> int:
        """The id of the rule book of a body's regular meetings."""
        return int(self.one(select(RuleBook.id).where(RuleBook.type_id == self.type(short_name))))

    def actor(self, username: str) -> Actor:
        """A person with the roles that hold today."""
        if username == "system":
            return SYSTEM
        with database.reading() as session:
            account = session.scalars(select(Account).where(Account.username == username)).one()
            rows = session.scalars(select(Membership).where(Membership.person_id == account.person_id))
            today = clock.today()
            roles = {(m.body_id, Role(m.role)) for m in rows if m.ends_on is None or m.ends_on >= today}
            given = organization.rights_of(session, [account.person_id]).get(account.person_id, [])
            return Actor(
                account_id=account.id,
                person_id=account.person_id,
                name=account.person.called,
                unit_id=account.person.unit_id,
                roles=frozenset(roles),
                extra=rights_in_force(roles, given),
                is_admin=account.is_admin,
                username=username,
                practice=frozenset(m.body_id for m in session.scalars(select(Membership)) if m.practice),
            )

    def write(self, *rows: Any) -> list[int]:
        """Puts rows into the store past all acts (to build a situation); returns their ids."""
        with Session(database.database().writing, expire_on_commit=False) as session:
            session.add_all(rows)
            session.flush()
            ids = [row.id for row in rows]
            session.commit()
            known.forget()  # no journal tells of it
            return ids

    def update(self, model: Any, key: int, **values: Any) -> None:
        """Changes a row past all acts (to build a situation)."""
        with Session(database.database().writing) as session:
            row = session.get_one(model, key)
            for name, value in values.items():
                setattr(row, name, value)
            session.commit()
            known.forget()

    def meeting(self, body: str = "UBND", items: int = 3, state: str = "issued", **values: Any) -> int:
        """An issued meeting of a body tomorrow, all its members invited, with items 1..n; returns its id."""
        starts = values.pop("starts_at", clock.now() + timedelta(days=1))
        chair = self.person(CHAIRS[body])
        row = Meeting(
            body_id=self.body(body),
            type_id=self.type(body),
            book_id=self.book(body),
            title=f"Phiên họp {body}",
            place="Phòng họp 1",
            state=state,
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
            chair_id=chair,
            secretary_id=self.person("minh"),
            created_at=clock.now(),
            created_by=self.person("minh"),
            **values,
        )
        (meeting_id,) = self.write(row)
        members = self.all(
            select(Membership.person_id).where(Membership.body_id == self.body(body), Membership.role == Role.MEMBER)
        )
        invited = clock.now()
        self.write(*(Participant(meeting_id=meeting_id, person_id=m, voting=True, invited_at=invited) for m in members))
        for position in range(1, items + 1):
            self.write(Item(meeting_id=meeting_id, position=position, title=f"Nội dung {position}", minutes_planned=20))
        return meeting_id

    def items(self, meeting_id: int) -> list[int]:
        """The ids of a meeting's items in order."""
        return self.all(select(Item.id).where(Item.meeting_id == meeting_id).order_by(Item.position))

    def invite(self, meeting_id: int, username: str, **values: Any) -> None:
        """Invites somebody as a guest (voting=True: as a voting member)."""
        values = {"voting": False, **values}
        self.write(Participant(meeting_id=meeting_id, person_id=self.person(username), **values))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with all tables and the standing cast, copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    database.use(database.Database(f"sqlite:///{folder / 'meeting.db'}"))
    application.make_tables()
    with Session(database.database().writing) as session:
        session.execute(insert(Setting).values(name="epoch", value="1"))
        _seed(session)
        session.commit()
    database.database().empty_log()
    database.use(None)
    return folder / "meeting.db"


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[Path]:
    """A data folder of its own with the standing cast in it."""
    (tmp_path / "storage").mkdir()
    shutil.copy(template, tmp_path / "storage" / "meeting.db")
    url = f"sqlite:///{tmp_path / 'storage' / 'meeting.db'}"
    config.use(Settings(data=tmp_path, database_url=url, keys=tmp_path / "keys"))
    database.use(database.Database(url))
    jobs.queue.forget()
    jobs.queue.held = True
    security.forget_limits()
    yield tmp_path
    database.use(None)


@pytest.fixture(autouse=True)
def _quiet_warnings(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


@pytest.fixture
def council(store: Path) -> Council:
    """The standing cast in this test's store."""
    return Council()


@pytest.fixture
def at() -> Iterator[Callable[[datetime], None]]:
    """Freezes the clock: `at(datetime(...))`, again to move on."""
    with ExitStack() as stack:
        yield lambda moment: stack.enter_context(clock.frozen(moment))


@pytest.fixture
def do(council: Council) -> Callable[..., dict[str, Any]]:
    """Does an act as somebody; returns the result or raises the refusal (`Refused` with `.code`)."""

    def perform_as(username: str, act: str, /, request_id: str | None = None, **wanted: Any) -> dict[str, Any]:
        return perform(council.actor(username), act, wanted, request_id)

    return perform_as


@pytest.fixture
def ask(council: Council) -> Callable[..., Answer]:
    """Does an act as somebody; returns the whole answer, refusals too."""

    def answer_to(username: str, act: str, /, request_id: str | None = None, **wanted: Any) -> Answer:
        return answer(council.actor(username), act, wanted, request_id)

    return answer_to


@pytest.fixture(scope="session")
def app(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, built once; each test's store takes its place underneath."""
    folder = tmp_path_factory.mktemp("app")
    (folder / "storage").mkdir()
    shutil.copy(template, folder / "storage" / "meeting.db")
    url = f"sqlite:///{folder / 'storage' / 'meeting.db'}"
    config.use(Settings(data=folder, database_url=url, keys=folder / "keys"))
    database.use(database.Database(url))
    built = application.create_app()
    built.config["TESTING"] = False
    database.use(None)
    return built


@pytest.fixture
def client(app: Flask, council: Council) -> Callable[[str], FlaskClient]:
    """A signed-in browser: `client("hoa").get("/")`. `client("")` is nobody."""

    def signed_in(username: str) -> FlaskClient:
        browser = app.test_client()
        if username:
            with browser.session_transaction() as cookie:
                cookie["_user_id"] = doors.loader.session_id(council.actor(username))
                cookie["_fresh"] = True
        return browser

    return signed_in


@pytest.fixture
def api(app: Flask, council: Council) -> Callable[[str], "Program"]:
    """Another program with somebody's API token: `api("hoa").get("/meetings")`, `.act("live.check_in", meeting_id=1)`."""
    return lambda username: Program(app.test_client(), f"token-{username}")


@dataclass
class Program:
    """A client of the API."""

    client: FlaskClient
    token: str

    @property
    def headers(self) -> dict[str, str]:
        """The token, as the API wants it."""
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, path: str) -> tuple[int, Any]:
        """Status and JSON of a GET under /api/v1."""
        heard = self.client.get("/api/v1" + path, headers=self.headers)
        return heard.status_code, heard.get_json(force=True)

    def act(self, name: str, **wanted: Any) -> tuple[int, Any]:
        """Status and JSON of an act."""
        heard = self.client.post(f"/api/v1/acts/{name}", json=wanted, headers=self.headers)
        return heard.status_code, heard.get_json(force=True)


@pytest.fixture
def shared() -> Path:
    """The folder of real papers; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the real papers (../shared/data) are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def _tables_are_known() -> None:
    application.load_rooms()
    assert Base.metadata.tables


LONG = {
    "walk/test_browser.py": 90,
    "walk/test_safe_line.py": 110,
    "grown": 360,
    "conclusions/test_numbering.py": 110,
    "voting/test_kill.py": 50,
    "voting/test_races.py": 40,
    "walk/test_preparing.py": 40,
    "guard/test_reads_by_role.py": 110,
    "guard/test_acts_by_role.py": 60,
    "guard/test_schema.py": 60,
    "demo/test_demo.py": 40,
    "voting/test_secrecy.py": 30,
    "voting/test_secrecy_partial.py": 30,
    "notify/test_killed_worker.py": 20,
    "walk/test_afterwards.py": 20,
}


TOGETHER = ("tests/grown/",)  # folders whose files share a house that is dear to start: one process takes all of them


class ByHouse(LoadFileScheduling):
    """Each process takes whole files, and whole folders where the files of a folder share a house."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByHouse | None:
    """How tests are shared out under `--dist loadfile`."""
    return ByHouse(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_configure(config: pytest.Config) -> None:
    """Workers are given the files in the order below, not by the number of their tests."""
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The files that take longest come first where workers share them, so that the workers end together."""
    if not hasattr(config, "workerinput"):
        return
    seconds = defaultdict(float, {TESTS / name: long for name, long in LONG.items()})
    for item in items:
        seconds[_taken_whole(item.path)] += (
            3 if item.get_closest_marker("browser") else 2 if item.get_closest_marker("server") else 0.2
        )
    items.sort(key=lambda item: (-seconds[_taken_whole(item.path)], item.path))


def _taken_whole(path: Path) -> Path:
    """The file, or the folder where a process takes all of it."""
    return next((path.parent for folder in TOGETHER if path.parent == TESTS.parent / folder), path)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Where every optional program is installed (`MEETING_NO_SKIPS`), only tests on the real papers may skip."""
    if report.skipped and os.environ.get("MEETING_NO_SKIPS") and not hasattr(report, "wasxfail"):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if "../shared" not in why:
            report.outcome = "failed"
            report.longrepr = f"skipped where nothing may be missing: {why}"
