"""A council that searched by the rules of an earlier version: everything is read anew in the background, nothing is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import func, select

from meeting import config, database, migrations
from meeting.agenda.models import Item
from meeting.conclusions.models import Instrument
from meeting.config import Settings
from meeting.organization.models import Person
from meeting.search.models import Passage, StaleMark
from meeting.search.passages import service
from meeting.tables import Setting
from meeting.tasks.models import Task

LEFT = Path(__file__).parents[1] / "kernel" / "stores" / "0007.sql"


@pytest.fixture
def left(tmp_path: Path) -> Iterator[None]:
    """A store as the version before left it."""
    url = f"sqlite:///{tmp_path / 'storage' / 'meeting.db'}"
    config.use(Settings(data=tmp_path, database_url=url, keys=tmp_path / "keys"))
    database.use(database.Database(url))
    with database.database().writing.begin() as connection:
        command.upgrade(migrations.configuration(connection), "0007")
    with database.database().writing.connect() as connection:
        connection.connection.executescript(LEFT.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    yield
    database.use(None)


def test_a_store_of_an_earlier_version_is_read_anew(left: None) -> None:
    migrations.upgrade()
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Passage).where(Passage.kind == "person")) == 0

    service.sweep()

    with database.reading() as session:
        kinds = dict(session.execute(select(Passage.kind, func.count()).where(~Passage.gone).group_by(Passage.kind)).all())
        rows = {model: session.scalar(select(func.count()).select_from(model)) for model in (Item, Task, Person, Instrument)}
        states = set(session.scalars(select(Passage.state).where(Passage.kind == "notice", ~Passage.gone)))
        waiting = session.scalar(select(func.count()).select_from(Passage).where(Passage.indexed != Passage.revision))
        version = session.scalar(select(Setting.value).where(Setting.name == service.FED_SETTING))
        assert session.scalar(select(func.count()).select_from(StaleMark)) == 0
    assert (kinds["item"], kinds["task"]) == (rows[Item], rows[Task])
    assert 0 < kinds["person"] <= rows[Person]
    assert rows[Instrument]
    assert states <= {"draft", "in_force", "corrected", "replaced", "withdrawn"}
    assert (waiting, version) == (0, service.FEED_VERSION)


def test_a_second_sweep_changes_nothing(left: None) -> None:
    migrations.upgrade()
    service.sweep()
    with database.reading() as session:
        before = session.execute(select(Passage.id, Passage.seq, Passage.revision).order_by(Passage.id)).all()

    service.sweep()

    with database.reading() as session:
        assert session.execute(select(Passage.id, Passage.seq, Passage.revision).order_by(Passage.id)).all() == before
