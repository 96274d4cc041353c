"""A council that began with earlier tables comes along with all it has: `stores/*.sql` were written by those versions."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import func, select

from meeting import database, migrations
from meeting.agenda.models import Meeting
from meeting.conclusions.models import Minutes, Notice, Resolution
from meeting.evaluation.models import MeetingGrade
from meeting.journal import Entry, verify
from meeting.live.models import ItemRun
from meeting.materials.models import ReadingMark, Requirement
from meeting.notes.models import Note
from meeting.organization.models import Account, Body
from meeting.rollcall.models import PresenceSpan
from meeting.rulebook.models import RuleBook
from meeting.tasks.models import Task
from meeting.voting.models import Question

STORES = Path(__file__).parent / "stores"


def store_of(version, folder):
    """The store of an office as a version left it."""
    database.use(database.Database(f"sqlite:///{folder / 'left.db'}"))
    with database.database().writing.begin() as connection:
        command.upgrade(migrations.configuration(connection), version)
    with database.database().writing.connect() as connection:
        connection.connection.executescript((STORES / f"{version}.sql").read_text(encoding="utf-8"))
    return database.database()


@pytest.fixture
def first_store(tmp_path):
    """As the first version left it."""
    yield store_of("0001", tmp_path)
    database.use(None)


@pytest.fixture
def second_store(tmp_path):
    """As the version left it in which papers were prepared and handed out."""
    yield store_of("0003", tmp_path)
    database.use(None)


@pytest.fixture
def third_store(tmp_path):
    """As the version left it in which papers were read on tablets."""
    yield store_of("0004", tmp_path)
    database.use(None)


@pytest.fixture
def fourth_store(tmp_path):
    """As the version left it in which sittings were held."""
    yield store_of("0005", tmp_path)
    database.use(None)


@pytest.fixture
def fifth_store(tmp_path):
    """As the version left it in which votes became beyond doubt."""
    yield store_of("0006", tmp_path)
    database.use(None)


@pytest.fixture
def sixth_store(tmp_path):
    """As the version left it in which conclusions, tasks and grades came."""
    yield store_of("0007", tmp_path)
    database.use(None)


@pytest.fixture
def seventh_store(tmp_path):
    """As the version left it that was searched at once."""
    yield store_of("0008", tmp_path)
    database.use(None)


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_everything_that_was_there_is_still_there(first_store):
    before = {}
    with first_store.writing.connect() as connection:
        for name in ("meeting", "item", "participant", "requirement", "submission", "journal", "person", "notice_line"):
            before[name] = connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()

    migrations.upgrade()

    assert migrations.differences() == []
    with first_store.writing.connect() as connection:
        after = {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in before}
    assert after == before
    assert min(before.values()) > 3


def test_meetings_follow_the_rules_their_kind_had(first_store):
    with first_store.writing.connect() as connection:
        before = dict(
            connection.exec_driver_sql(
                "SELECT meeting.id, papers_due_days || papers_due_unit || quorum || choices || signer FROM meeting "
                "JOIN meeting_type ON meeting_type.id = meeting.type_id"
            ).all()
        )

    migrations.upgrade()

    with database.reading() as session:
        books = {each.id: each.book for each in session.scalars(select(Meeting))}
        after = {
            key: f"{book.papers_due_days}{book.papers_due_unit}{book.quorum}{book.choices}{book.signer}"
            for key, book in books.items()
        }
        assert after == before
        assert {each.kind: each.address_form for each in session.scalars(select(Body))}["party"] == "dong_chi"
        assert session.scalar(select(func.count()).select_from(RuleBook)) == 11


def test_the_journal_still_proves_itself(first_store):
    migrations.upgrade()

    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == 223
        assert list(verify(session.connection())) == []


def test_papers_that_were_read_can_be_read_on(first_store):
    migrations.upgrade()

    with database.reading() as session:
        shown = [each for each in session.scalars(select(Requirement)) if each.shown is not None]
        assert len(shown) >= 3
        assert session.scalar(select(func.count()).select_from(Account)) == 37


def test_the_notes_people_wrote_are_sticky_notes_now(second_store):
    with second_store.writing.connect() as connection:
        before = set(connection.exec_driver_sql("SELECT person_id, file_id, page, text FROM note").all())
        marks = connection.exec_driver_sql("SELECT count(*) FROM reading_mark").scalar()

    migrations.upgrade()

    assert migrations.differences() == []
    with database.reading() as session:
        notes = list(session.scalars(select(Note)))
        assert {(each.person_id, each.file_id, each.page, each.text) for each in notes} == before
        assert {(each.kind, each.shared) for each in notes} == {("sticky", "me")}
        assert len(notes) == len({each.key for each in notes}) == 14
        assert session.scalar(select(func.count()).select_from(ReadingMark)) == marks
        assert list(verify(session.connection())) == []


def test_everything_of_the_second_version_is_still_there(second_store):
    names = ("meeting", "item", "requirement", "submission", "invitation", "rule_book", "journal", "calendar_invitation", "file")
    with second_store.writing.connect() as connection:
        before = {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in names}

    migrations.upgrade()

    with second_store.writing.connect() as connection:
        after = {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in names}
    assert after == before
    assert min(before.values()) > 1
    with database.reading() as session:
        assert {each.takeable for each in session.scalars(select(Requirement))} == {"original"}


def test_who_was_there_and_what_was_said_is_still_there(third_store):
    names = ("attendance", "floor", "opinion", "minutes", "minutes_version", "participant", "item", "meeting")
    names += ("journal", "page_note")
    with third_store.writing.connect() as connection:
        before = {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in names}
        here = "SELECT meeting_id, person_id FROM attendance WHERE arrived_at IS NOT NULL"
        came = set(connection.exec_driver_sql(here).all())
        dealt_with = set(connection.exec_driver_sql("SELECT id FROM item WHERE started_at IS NOT NULL").scalars())

    migrations.upgrade()

    assert migrations.differences() == []
    with third_store.writing.connect() as connection:
        after = {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in names}
    assert after == before
    assert min(before.values()) > 0
    with database.reading() as session:
        spans = {(each.meeting_id, each.person_id) for each in session.scalars(select(PresenceSpan))}
        assert spans >= came
        assert {each.item_id for each in session.scalars(select(ItemRun))} == dealt_with
        assert {(book.answer_seconds, book.floor_order, book.remote) for book in session.scalars(select(RuleBook))} == {
            (180, "registration", "full")
        }
        assert list(verify(session.connection())) == []


def test_votes_of_old_keep_their_questions_ballots_and_results(fourth_store):
    names = ("question", "elector", "receipt", "open_ballot", "result", "journal", "rule_book")
    with fourth_store.writing.connect() as connection:
        before = {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in names}

    migrations.upgrade()

    assert migrations.differences() == []
    with fourth_store.writing.connect() as connection:
        assert {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in names} == before
        assert list(verify(connection)) == []
    assert min(before.values()) > 0
    with database.reading() as session:
        questions = list(session.scalars(select(Question)))
        assert {(each.form, each.on_paper, each.round) for each in questions} == {("matter", False, 1)}


def test_notices_tasks_and_grades_of_old_stand_as_they_did(fifth_store):
    names = ("notice", "notice_line", "minutes", "minutes_version", "task", "task_step", "meeting_grade", "paper_grade")
    names += ("official_number", "journal", "rule_book", "opinion_round", "result")
    with fifth_store.writing.connect() as connection:
        before = {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in names}
        issued = set(connection.exec_driver_sql("SELECT id, meeting_id, number_id, state FROM notice").all())
        given = set(connection.exec_driver_sql("SELECT id, line_id, lead_unit_id, state, due_on FROM task").all())

    migrations.upgrade()

    assert migrations.differences() == []
    with fifth_store.writing.connect() as connection:
        assert {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in names} == before
        assert set(connection.exec_driver_sql("SELECT id, meeting_id, number_id, state FROM notice").all()) == issued
        assert set(connection.exec_driver_sql("SELECT id, line_id, lead_unit_id, state, due_on FROM task").all()) == given
        assert list(verify(connection)) == []
    assert min(before.values()) > 0
    with database.reading() as session:
        assert {each.kind for each in session.scalars(select(Notice))} == {"TB"}
        assert count(session, Notice) == before["notice"]
        assert count(session, Resolution) == 0
        assert {(each.body_id == each.meeting.body_id, each.origin) for each in session.scalars(select(Task))} == {(True, "line")}
        books = session.scalars(select(RuleBook))
        assert {(book.signer == "chief", book.minutes_signers) for book in books} == {(True, "chief"), (False, "both")}
        assert {each.correcting for each in session.scalars(select(Minutes))} == {""}
        assert {each.late for each in session.scalars(select(MeetingGrade))} == {False}


def test_a_store_of_conclusions_becomes_one_that_is_searched(sixth_store):
    names = ("notice", "notice_line", "minutes", "minutes_version", "task", "task_step", "item", "opinion", "journal")
    with sixth_store.writing.connect() as connection:
        before = {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in names}

    migrations.upgrade()

    assert migrations.differences() == []
    with sixth_store.writing.connect() as connection:
        assert {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in names} == before
        assert list(verify(connection)) == []
    assert min(before.values()) > 0


def test_a_store_that_was_searched_keeps_its_people_and_their_rights(seventh_store):
    names = ("account", "membership", "unit", "tablet", "sign_in", "api_token", "saved_search", "item_link", "meeting", "journal")
    with seventh_store.writing.connect() as connection:
        before = {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in names}

    migrations.upgrade()

    assert migrations.differences() == []
    with seventh_store.writing.connect() as connection:
        assert {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in names} == before
        assert list(verify(connection)) == []
    assert min(before[name] for name in ("account", "membership", "unit", "meeting", "journal")) > 0
