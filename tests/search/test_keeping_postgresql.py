"""The passages of a house on PostgreSQL, searched there too: fed, rebuilt, compared and mended."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import config, database, jobs, migrations
from meeting.config import Settings
from meeting.search.engines import engine, keeping
from meeting.search.engines.engine import Entry
from meeting.search.models import Passage
from meeting.search.passages import service
from meeting.writer import perform
from tests import postgresql
from tests.conftest import Council, _seed


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    """The standing cast in a PostgreSQL that was migrated from nothing."""
    folder: Path = tmp_path_factory.mktemp("grown")
    (folder / "storage").mkdir()
    with postgresql.cluster() as address:
        config.use(Settings(data=folder, database_url=address, keys=folder / "keys"))
        database.use(database.Database(address))
        migrations.upgrade()
        with Session(database.database().writing) as session:
            _seed(session)
            session.commit()
        held, jobs.queue.held = jobs.queue.held, True
        yield Council()
        jobs.queue.held = held
        engine.forget()
        database.use(None)


def test_passages_are_fed_found_rebuilt_and_compared_there_too(grown: Council) -> None:
    assert engine.current().name == "postgresql"
    meeting_id = grown.meeting(state="draft")
    perform(grown.actor("minh"), "agenda.add_item", {"meeting_id": meeting_id, "title": "Hệ thống thoát nước khu phố 3"})

    service.feed()

    (key,) = engine.current().find(["thoat_nuoc", "=nươc1"])
    assert keeping.check().same
    held = dict(engine.current().held())
    assert set(held) == set(grown.all(select(Passage.id)))

    engine.current().write([Entry(key, 77, ("other",)), Entry(999_999, 1, ("extra",))], [])
    checked = keeping.check()
    assert (checked.missing, checked.stale, checked.extra) == ([], [key], [999_999])
    assert keeping.repair(checked) == 2
    assert keeping.check().same
    assert keeping.rebuild() == len(held)
    assert dict(engine.current().held()) == held
    assert migrations.differences() == []  # the engine's own schema is no part of the store's
