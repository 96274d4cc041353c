"""Engine and database: what the engine lacks is written, what differs is told and mended, and a broken index is written anew."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from meeting import config
from meeting.cli.commands import meeting as command
from meeting.cli.searching import Bar, clock_time, grouped
from meeting.permissions import SYSTEM
from meeting.search.engines import engine, keeping
from meeting.search.engines.engine import Entry, Unreadable
from meeting.search.models import Passage
from meeting.writer import perform
from tests.conftest import Council

LINE = "Giao Phòng Kinh tế rà soát việc sử dụng vỉa hè trên toàn phường."


@pytest.fixture
def fed(council: Council, notice: Callable[..., int], feed: Callable[..., None]) -> list[int]:
    """A notice and its meeting's items, fed; the numbers of all passages."""
    meeting_id = council.meeting(state="held")
    notice(LINE, meeting_id=meeting_id)
    feed(meeting_id)
    return council.all(select(Passage.id).order_by(Passage.id))


def waiting(council: Council) -> list[int]:
    return council.all(select(Passage.id).where(Passage.indexed != Passage.revision))


def found(*terms: str) -> set[int]:
    return set(engine.current().find(terms))


def test_what_is_fed_is_found_by_its_terms_and_its_head(council: Council, fed: list[int]) -> None:
    (line,) = council.all(select(Passage.id).where(Passage.text.contains("vỉa hè")))

    assert waiting(council) == []
    assert dict(engine.current().held()) == dict.fromkeys(fed, 1)
    assert found("via_he", "=via3") == {line}
    assert line in found("142", "ubnd")


def test_only_what_the_engine_lacks_is_written(council: Council, fed: list[int]) -> None:
    before = engine.current().mark()
    assert keeping.catch_up() == 0
    assert engine.current().mark() == before

    council.update(Passage, fed[0], text="Trật tự đô thị", revision=2)

    assert keeping.catch_up() == 1
    assert found("trat_tu") == {fed[0]}
    assert dict(engine.current().held())[fed[0]] == 2


def test_a_passage_that_is_gone_is_forgotten(council: Council, fed: list[int]) -> None:
    council.update(Passage, fed[0], gone=True, revision=2)

    keeping.catch_up()

    assert set(dict(engine.current().held())) == set(fed[1:])
    assert waiting(council) == []


def test_more_than_one_commit_is_caught_up_whole(council: Council, fed: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    for key in fed:
        council.update(Passage, key, revision=5)

    assert keeping.catch_up() == len(fed)
    assert waiting(council) == []


def test_what_a_crash_kept_out_is_written_again(council: Council, fed: list[int]) -> None:
    engine.current().write([], fed[:2])  # as if the commit had not come to the disk
    for key in fed[:2]:
        council.update(Passage, key, indexed=0)

    keeping.catch_up()

    assert dict(engine.current().held()) == dict.fromkeys(fed, 1)


def test_a_note_that_comes_late_changes_nothing(council: Council, fed: list[int]) -> None:
    council.update(Passage, fed[0], revision=3, indexed=2)

    perform(SYSTEM, "search.indexed", {"passages": [(fed[0], 3, 1)]})
    assert waiting(council) == [fed[0]]
    perform(SYSTEM, "search.indexed", {"passages": [(fed[0], 3, 2)]})
    assert waiting(council) == []


def test_only_the_worker_notes_what_is_written(council: Council, fed: list[int], ask: Callable[..., Any]) -> None:
    for username in ("minh", "lan", "admin", "khach"):
        assert ask(username, "search.indexed", passages=[(fed[0], 9, 1)]).body["code"] == "forbidden"
    assert waiting(council) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a damaged file open
@pytest.mark.parametrize("pattern", ["v2-*/*.seg", "v2-*/*.toc", "current"])
def test_an_index_that_cannot_be_opened_is_rebuilt_and_searches_say_so_meanwhile(
    council: Council, fed: list[int], find: Callable[..., Any], pattern: str
) -> None:
    for path in config.settings().search_index.glob(pattern):
        path.unlink()
        path.write_bytes(b"cut")
    engine.forget()
    assert find("hoa", "vỉa hè").ready is False

    assert keeping.catch_up() == len(fed)

    assert find("hoa", "vỉa hè").total == 1
    assert dict(engine.current().held()) == dict.fromkeys(fed, 1)


def test_an_index_of_an_older_form_is_replaced_and_its_folder_goes(council: Council, fed: list[int]) -> None:
    folder = config.settings().search_index
    (folder / "v1-3").mkdir()
    (folder / "current").write_text("v1-3")
    assert engine.current().ready() is False

    keeping.catch_up()

    assert dict(engine.current().held()) == dict.fromkeys(fed, 1)
    assert [path.name for path in folder.glob("v1-*")] == []


def test_a_rebuild_tells_how_far_it_is_and_notes_what_it_wrote(council: Council, fed: list[int]) -> None:
    council.update(Passage, fed[0], revision=4)
    council.update(Passage, fed[1], gone=True, revision=2)
    told: list[tuple[int, int]] = []

    done = keeping.rebuild(lambda at, total: told.append((at, total)))

    assert done == len(fed) - 1 == council.one(select(func.count()).select_from(Passage).where(~Passage.gone))
    assert told[-1] == (done, done)
    assert waiting(council) == []
    assert dict(engine.current().held())[fed[0]] == 4


def spoil(fed: list[int]) -> None:
    """One is missing, one is old, one is too much."""
    engine.current().write([Entry(fed[1], 77, ("other",)), Entry(9999, 1, ("extra",))], [fed[0]])


def test_a_check_names_what_differs_and_a_repair_mends_it(council: Council, fed: list[int]) -> None:
    assert keeping.check().same
    spoil(fed)
    council.update(Passage, fed[2], revision=2)

    checked = keeping.check()

    assert (checked.missing, checked.stale, checked.extra) == ([fed[0]], [fed[1]], [9999])
    assert (checked.total, checked.waiting, checked.held) == (len(fed), 1, len(fed))
    assert not checked.same
    assert keeping.repair(checked) == 4
    assert keeping.check() == keeping.Checked(total=len(fed), held=len(fed))


def test_a_row_that_is_gone_but_still_found_is_too_much(council: Council, fed: list[int]) -> None:
    council.update(Passage, fed[0], gone=True)

    assert keeping.check().extra == [fed[0]]
    keeping.repair(keeping.check())
    assert found("via_he") <= set(fed[1:])
    assert keeping.check().same


def test_without_an_index_a_check_cannot_be_made(council: Council) -> None:
    with pytest.raises(Unreadable):
        keeping.check()


# the commands


@pytest.fixture
def run(store: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Runs a command on the store of this test."""
    monkeypatch.setenv("MEETING_DATA", str(store))
    monkeypatch.setattr("meeting.migrations.upgrade", lambda: None)  # the store of a test was not made by migrations
    return lambda *words: CliRunner().invoke(command, ["search", *words], env={"MEETING_LANGUAGE": "en"})


def test_the_check_command_says_what_differs_and_ends_with_1(council: Council, fed: list[int], run: Callable[..., Any]) -> None:
    agreeing = run("check")
    assert agreeing.exit_code == 0
    assert "Index and database agree." in agreeing.stdout
    assert "Search engine: Whoosh." in agreeing.stdout
    spoil(fed)

    differing = run("check")

    assert differing.exit_code == 1
    assert "Not in the index: 1." in differing.stdout
    assert "In the index with an older text: 1." in differing.stdout
    assert "In the index, but no longer in the database: 1." in differing.stdout
    assert f"#{fed[0]} · " in differing.stdout
    assert "#9999" in differing.stdout


def test_the_check_command_repairs(council: Council, fed: list[int], run: Callable[..., Any]) -> None:
    spoil(fed)

    repaired = run("check", "--repair")

    assert repaired.exit_code == 0, repaired.output
    assert "Passages written: 3." in repaired.stdout
    assert run("check").exit_code == 0


def test_the_check_command_without_an_index(council: Council, fed: list[int], run: Callable[..., Any]) -> None:
    (config.settings().search_index / "current").unlink()

    assert run("check").exit_code == 1
    assert run("check", "--repair").exit_code == 0


def test_the_rebuild_command_tells_how_many_and_how_fast(council: Council, fed: list[int], run: Callable[..., Any]) -> None:
    heard = run("rebuild")

    assert heard.exit_code == 0, heard.output
    assert f"{len(fed)} of {len(fed)} passages" in heard.stderr
    assert f"Passages in the index: {len(fed)}, in " in heard.stderr
    assert "\r" not in heard.stderr  # no terminal: plain lines


def test_a_rebuild_broken_off_leaves_the_index_as_it_was(
    council: Council, fed: list[int], run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(self: Bar, done: int, total: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Bar, "show", pressed)
    before = engine.current().mark()

    heard = run("rebuild")

    assert heard.exit_code == 1
    assert "Broken off. The index is as it was before." in heard.stderr
    assert engine.current().mark() == before
    assert len(list(config.settings().search_index.glob("v*-*"))) == 1


def test_a_terminal_sees_a_bar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    bar = Bar()
    bar.show(150, 300)
    bar.show(151, 300)  # too soon to be drawn again
    bar.show(300, 300)
    bar.end()

    drawn = capsys.readouterr().err
    assert drawn.count("\r") == 2
    assert f"{'█' * 15}{'░' * 15} " in drawn
    assert drawn.endswith("\n")


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (65, "1:05"), (3725, "1:02:05"), (59.6, "1:00")])
def test_time_left_is_said_as_a_clock(seconds: float, said: str) -> None:
    assert clock_time(seconds) == said


def test_large_numbers_are_grouped() -> None:
    assert [grouped(number) for number in (0, 999, 1000, 1234567)] == ["0", "999", "1.000", "1.234.567"]
