"""The plan of backups: when they are made, which are kept, what is written down and told."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock, config, jobs
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.notify.models import Notification
from meeting.permissions import SYSTEM
from meeting.records import backup, keeping, making, pieces, restoring
from meeting.records.models import BackupRun, DrillRun
from meeting.records.planning import Plan, checked, slot_due, superfluous
from meeting.records.sealed import new_keys
from meeting.writer import perform

Do = Callable[..., dict[str, Any]]
Council = Any
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    """A local moment."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.LOCAL)


@pytest.mark.parametrize(
    ("times", "now", "since", "slot"),
    [
        (("01:30",), "2026-11-24T01:29", "2026-11-01T00:00", "2026-11-23T01:30"),
        (("01:30",), "2026-11-24T01:30", "2026-11-01T00:00", "2026-11-24T01:30"),
        (("01:30", "12:00"), "2026-11-24T13:00", "2026-11-01T00:00", "2026-11-24T12:00"),
        (("01:30", "12:00"), "2026-11-24T11:59", "2026-11-01T00:00", "2026-11-24T01:30"),
        (("01:30",), "2026-11-24T09:00", "2026-11-24T08:00", ""),  # the plan was set after the moment
        ((), "2026-11-24T09:00", "2026-11-01T00:00", ""),
    ],
)
def test_the_moment_that_has_come(times: tuple[str, ...], now: str, since: str, slot: str) -> None:
    assert slot_due(Plan(times=times), at(now), at(since)) == slot


def test_the_newest_of_each_day_week_and_month_is_kept() -> None:
    made = [(number, at("2026-11-24T01:30") - timedelta(days=number)) for number in range(120)]
    made.append((1000, at("2026-11-24T00:30")))

    gone = set(superfluous(made, Plan(daily=3, weekly=2, monthly=3)))

    assert {key for key, _ in made} - gone == {0, 1, 2, 24, 55}  # Tuesday and Sunday open their weeks; the ends of two months
    assert superfluous([(1, LONG_AGO)], Plan(daily=0, weekly=0, monthly=1)) == []


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (Plan(times=("25:00",)), "backup_times_wrong"),
        (Plan(times=()), "backup_times_wrong"),
        (Plan(times=tuple(f"0{hour}:00" for hour in range(7))), "backup_times_wrong"),
        (Plan(daily=0, weekly=0, monthly=0), "backup_keep_nothing"),
        (Plan(recipient="hkg-public-x"), "backup_key_wrong"),
    ],
)
def test_a_plan_that_cannot_be_kept_is_refused(plan: Plan, code: str) -> None:
    with pytest.raises(Refused, match=code):
        checked(plan)


def test_the_administrator_sets_the_plan_and_nobody_else(do: Do, council: Council) -> None:
    wanted = {"on": True, "times": "12:00, 01:30", "daily": 3, "weekly": 2, "monthly": 1}
    for username in ("lan", "minh", "hoa"):
        for name, input_ in (("records.set_backups", wanted), ("records.back_up_now", {})):
            with pytest.raises(Refused, match="forbidden"):
                do(username, name, **input_)

    assert do("admin", "records.set_backups", **wanted)["plan"]["times"] == ["01:30", "12:00"]
    do("admin", "records.set_backups", **wanted)  # the same again says nothing

    told = council.all(select(Entry).where(Entry.event == "records.backups_set"))
    assert [each.facts["after"]["daily"] for each in told] == [3]
    with pytest.raises(Refused, match="backup_no_folder"):
        do("admin", "records.set_backups", **wanted, folder="elsewhere")


def test_a_backup_asked_for_is_made_read_back_and_written_down(store: Path, do: Do, council: Council) -> None:
    made = do("admin", "records.back_up_now")
    with pytest.raises(Refused, match="backup_running"):
        do("admin", "records.back_up_now")

    jobs.run_waiting()

    (run,) = council.all(select(BackupRun))
    assert (run.id, run.state, run.percent, run.is_sealed) == (made["backup_id"], "done", 100, False)
    assert restoring.read_through(Path(run.path)).counts["body"] == 3
    assert Path(run.path).parent == store / "backups"
    assert council.all(select(Entry.event).where(Entry.event == "records.backup_made"))


def test_the_plan_makes_one_backup_a_moment_and_the_old_ones_go_after_it(
    store: Path, do: Do, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    public, _ = new_keys()
    plan = {"on": True, "times": ["01:30"], "daily": 2, "weekly": 0, "monthly": 0, "recipient": public}
    start = clock.now()
    do("admin", "records.set_backups", **plan)
    for day in range(1, 5):
        with clock.frozen(start + timedelta(days=day)):
            making.by_the_plan()
            making.by_the_plan()
            jobs.run_waiting()

    runs = council.all(select(BackupRun).order_by(BackupRun.id))
    assert [run.state for run in runs] == ["removed", "removed", "done", "done"]
    assert [Path(run.path).exists() for run in runs] == [False, False, True, True]
    assert all(run.is_sealed for run in runs)


def test_a_backup_that_fails_is_told_and_removes_nothing(
    store: Path, do: Do, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    do("admin", "records.back_up_now")
    jobs.run_waiting()
    monkeypatch.setattr(pieces, "free_bytes", lambda _folder: 1000)  # the disk of this test is full

    do("admin", "records.back_up_now")
    jobs.run_waiting()

    runs = council.all(select(BackupRun).order_by(BackupRun.id))
    assert [(run.state, run.error) for run in runs] == [("done", ""), ("failed", "backup_no_room")]
    assert Path(runs[0].path).exists()
    assert list((store / "backups").iterdir()) == [Path(runs[0].path)]
    assert council.all(select(Notification.kind).where(Notification.person_id == council.person("admin"))) == ["backup_failed"]


def test_one_backup_at_a_time(store: Path, tmp_path: Path) -> None:
    with backup.one_at_a_time(), pytest.raises(Refused, match="backup_running"):
        backup.back_up(tmp_path / "b.tar")


def test_a_worker_killed_before_it_could_say_so_makes_it_anew(store: Path, do: Do, council: Council) -> None:
    made = do("admin", "records.back_up_now")
    jobs.run_waiting()
    council.update(BackupRun, made["backup_id"], state="running", path="")

    making.make(made["backup_id"])

    assert council.all(select(BackupRun.state)) == ["done"]


def test_what_came_of_a_drill_is_written_down_and_a_bad_one_told(store: Path, do: Do, council: Council) -> None:
    made = do("admin", "records.back_up_now")
    jobs.run_waiting()
    drill_id = do("admin", "records.drill_now", backup_id=made["backup_id"])["drill_id"]

    perform(SYSTEM, "records.drilled", {"drill_id": drill_id, "seconds": 2, "ok": False, "error": "backup_cut_off"})

    assert council.all(select(DrillRun.ok).where(DrillRun.id == drill_id)) == [False]
    assert council.all(select(Notification.kind)) == ["drill_failed"]
    for code, key in (("backup_unknown", None), ("not_found", 99)):
        if key is None:
            council.update(BackupRun, made["backup_id"], state="removed")
        with pytest.raises(Refused, match=code):
            do("admin", "records.drill_now", backup_id=key or made["backup_id"])


def test_only_the_server_says_what_became_of_a_backup(do: Do) -> None:
    wanted = {
        "records.backup_due": {"slot": "x"},
        "records.backup_goes_on": {"backup_id": 1, "percent": 1},
        "records.backup_made": {"backup_id": 1, "path": "", "size_bytes": 1, "files": 1, "is_sealed": False},
        "records.backup_failed": {"backup_id": 1, "code": "x"},
        "records.backups_removed": {"backup_ids": []},
        "records.drilled": {"drill_id": 1, "seconds": 1, "ok": True},
    }
    for name, input_ in wanted.items():
        for username in ("admin", "lan"):
            with pytest.raises(Refused, match="forbidden"):
                do(username, name, **input_)


def test_the_page_and_the_interface_are_the_administrators(do: Do, client: Any, api: Any, council: Council) -> None:
    do("admin", "records.back_up_now")
    jobs.run_waiting()

    page = client("admin").get("/keeping")
    assert page.status_code == 200
    assert str(config.settings().data / "backups") in page.get_data(as_text=True)
    assert client("lan").get("/keeping").status_code == 403
    assert api("admin").get("/keeping")[1]["backups"][0]["state"] == "done"
    assert api("minh").get("/keeping")[0] == 403


def test_a_demo_makes_none_until_somebody_wants_it(do: Do, council: Council) -> None:
    with pytest.raises(Refused):  # the store of the tests is not empty
        perform(SYSTEM, "records.mark_demo", {"accounts": [], "place": ""})
    from meeting.database import reading

    with reading() as session:
        assert keeping.plan_now(session).on
