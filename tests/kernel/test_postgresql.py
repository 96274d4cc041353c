"""The same house on PostgreSQL: its tables, and a sitting run by acts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import config, database, jobs, migrations
from meeting.config import Settings
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry, verify
from meeting.live.models import ItemRun
from meeting.rollcall.models import PresenceSpan
from meeting.writer import perform
from tests import postgresql
from tests.conftest import Council, _seed


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with postgresql.cluster() as address:
        yield address


@pytest.fixture(scope="module")
def grown(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    """The standing cast in a PostgreSQL that was migrated from nothing."""
    folder: Path = tmp_path_factory.mktemp("grown")
    (folder / "storage").mkdir()
    config.use(Settings(data=folder, database_url=address, keys=folder / "keys"))
    database.use(database.Database(address))
    migrations.upgrade()
    with Session(database.database().writing) as session:
        _seed(session)
        session.commit()
    held, jobs.queue.held = jobs.queue.held, True
    yield Council()
    jobs.queue.held = held
    database.use(None)


def test_migrations_make_what_the_models_say_there_too(grown: Council) -> None:
    assert migrations.differences() == []


def test_a_sitting_runs_there_too(grown: Council) -> None:
    def do(username: str, act: str, **wanted: Any) -> dict[str, Any]:
        return perform(grown.actor(username), act, wanted)

    meeting_id = grown.meeting()
    items = grown.items(meeting_id)
    for who in ("hung", "hoa", "tuan"):
        do(who, "live.check_in", meeting_id=meeting_id)
    do("hung", "live.open", meeting_id=meeting_id)
    do("hung", "live.go_to_item", meeting_id=meeting_id, item_id=items[0])
    asked = [do(who, "speaking.ask", meeting_id=meeting_id)["floor_id"] for who in ("hoa", "tuan")]
    do("hung", "speaking.start", floor_id=asked[0])
    with pytest.raises(Refused, match="someone_speaks"):
        do("hung", "speaking.start", floor_id=asked[1])
    do("hung", "speaking.stop", floor_id=asked[0])
    do("hung", "live.hand_over", meeting_id=meeting_id, to_id=grown.person("hoa"))
    said = do("tuan", "discussion.post", meeting_id=meeting_id, item_id=items[0], text="Đề nghị làm rõ nguồn vốn.")
    do("hoa", "discussion.agree", comment_id=said["comment_id"])
    do("minh", "conclusions.write_part", meeting_id=meeting_id, item_id=items[0], text="Thống nhất.", version=0)
    do("hoa", "live.postpone_item", meeting_id=meeting_id, item_id=items[1], reason="Chờ thẩm tra")
    do("tuan", "live.leave", meeting_id=meeting_id)
    do("hoa", "live.close", meeting_id=meeting_id)

    spans = grown.all(select(PresenceSpan).where(PresenceSpan.meeting_id == meeting_id))
    assert len(spans) == 3
    assert all(each.until_at is not None for each in spans)
    assert grown.all(select(ItemRun.item_id).where(ItemRun.meeting_id == meeting_id)) == [items[0]]
    assert Event.MEETING_CLOSED in grown.all(select(Entry.event).where(Entry.chain == meeting_id))
    with database.reading() as session:
        assert list(verify(session.connection())) == []
