"""What holds the house together: layers, tables and migrations, the registry of acts, words in two languages."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect

from meeting import database, migrations
from meeting.acts import REGISTRY
from meeting.errors import SENTENCES, Refused
from meeting.permissions import ALLOWED, Action
from meeting.tables import Base

ROOT = Path(__file__).resolve().parents[2]


def test_rooms_know_only_the_rooms_below_them():
    linted = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as m; m()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert linted.returncode == 0, linted.stdout


@pytest.fixture
def empty_store(tmp_path):
    database.use(database.Database(f"sqlite:///{tmp_path / 'empty.db'}"))
    yield database.database()
    database.use(None)


def test_migrations_make_what_the_models_say(empty_store):
    migrations.upgrade()

    assert migrations.differences() == []
    assert migrations.current() == migrations.newest()


def test_migrations_make_the_triggers_and_partial_indexes_of_the_models(empty_store, tmp_path):
    migrations.upgrade()
    made = _schema(empty_store)
    other = database.Database(f"sqlite:///{tmp_path / 'other.db'}")
    Base.metadata.create_all(other.writing)

    wanted = _schema(other)

    assert made == wanted
    other.close()


def _schema(store):
    """Every table, index and trigger, with what SQLAlchemy's own comparison does not see."""
    query = "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
    with store.writing.connect() as connection:
        rows = connection.exec_driver_sql(query).all()
        connection.rollback()
    return sorted((kind, name, "WITHOUT ROWID" in sql, sql.partition(" WHERE ")[2]) for kind, name, sql in rows)


def test_upgrading_twice_is_harmless(empty_store):
    migrations.upgrade()
    migrations.upgrade()

    assert set(inspect(empty_store.writing).get_table_names()) >= {"meeting", "journal"}


def test_every_act_has_a_permission_row_and_says_what_it_does():
    silent = [name for name, act in REGISTRY.items() if act.action not in ALLOWED or act.summary == name]

    assert silent == []


def test_every_action_has_a_row():
    assert set(ALLOWED) == set(Action)


def test_a_refusal_without_a_sentence_is_a_bug():
    with pytest.raises(LookupError):
        Refused("no_such_code")


def test_no_refusal_is_empty():
    assert [code for code, sentence in SENTENCES.items() if not sentence.strip()] == []


def test_every_word_has_its_translation():
    checked = subprocess.run([sys.executable, "tools/catalogues.py", "--check"], cwd=ROOT, capture_output=True, text=True)

    assert checked.returncode == 0, checked.stdout + checked.stderr
