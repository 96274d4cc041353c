"""The doctor: each check says what it found and what to do; the worst state is the exit code."""

import json
import os
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from meeting import VERSION, clock, config, jobs
from meeting.entrance import authority
from meeting.errors import Refused
from meeting.health import chain, looking, rules, server_looks, system_looks
from meeting.health.beat import FOUND, look_and_keep
from meeting.health.looking import Asked, look_at
from meeting.health.rules import NAMES, Check, by_limits, worst
from meeting.jobs import Job
from meeting.notify.models import Notification
from meeting.permissions import SYSTEM
from meeting.records.models import BackupRun, DrillRun
from meeting.tables import Setting
from meeting.writer import perform

Do = Callable[..., dict[str, Any]]
Council = Any
__all__ = ["server_looks", "system_looks"]


def one(name: str, **asked: Any) -> Check:
    """What one check says."""
    (found,) = look_at(Asked(outside=False, **asked), [name])
    return found


@pytest.mark.parametrize(
    ("value", "warn", "bad", "state"),
    [(1, 2, 3, "ok"), (2, 2, 3, "warn"), (3, 2, 3, "bad"), (9, 5, 1, "ok"), (5, 5, 1, "warn"), (0.5, 5, 1, "bad")],
)
def test_limits_may_rise_or_fall(value: float, warn: float, bad: float, state: str) -> None:
    assert by_limits(value, warn, bad) == state


def test_the_worst_state_of_all() -> None:
    checks = [Check("disk", state, "") for state in ("ok", "warn", "bad")]  # type: ignore[arg-type]

    assert [worst(checks[:count]) for count in range(4)] == ["ok", "ok", "warn", "bad"]


def test_every_check_has_a_name_and_answers(store: Path) -> None:
    found = look_at(Asked(outside=False))

    assert [each.name for each in found] == list(looking.LOOKS)
    assert set(NAMES) == set(looking.LOOKS)
    assert [each.name for each in found if each.sentence.startswith("This could not")] == []
    assert [each.name for each in found if each.state != "ok" and not each.advice] == []
    for each in found:
        assert each.sentence % each.facts


def test_a_check_that_breaks_is_itself_a_finding(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_asked: Asked) -> Check:
        raise OSError("no")

    monkeypatch.setitem(looking.LOOKS, "disk", breaks)

    assert one("disk").state == "bad"


def test_a_worker_is_known_by_its_sign_of_life(store: Path) -> None:
    assert one("worker").state == "bad"

    perform(SYSTEM, "health.beat", {"pid": 1})
    assert one("worker").state == "ok"
    perform(SYSTEM, "health.beat", {"pid": 1, "moved": 90.0})
    assert one("worker").state == "warn"
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        assert (one("worker").state, one("worker").facts["seconds"]) == ("bad", 300)


@pytest.mark.parametrize(("minutes", "state"), [(1, "ok"), (3, "warn"), (40, "bad")])
def test_how_long_the_oldest_job_has_waited(store: Path, council: Council, minutes: int, state: str) -> None:
    begun = clock.now() - timedelta(minutes=minutes)
    council.write(Job(kind="notify.mail", arguments={}, created_at=begun, beat_at=begun))

    found = one("queue")

    assert found.state == state
    assert "quick 1" in found.facts["lanes"]


def test_work_that_was_given_up_is_named(store: Path, council: Council) -> None:
    assert one("failed_jobs").state == "ok"

    council.write(Job(kind="notify.mail", arguments={}, state="failed", created_at=clock.now(), beat_at=clock.now()))

    assert one("failed_jobs").facts == {"count": 1, "kinds": "notify.mail (1)"}


@pytest.mark.parametrize(
    ("hours", "sealed", "state"), [(2, True, "ok"), (2, False, "warn"), (48, True, "warn"), (100, True, "bad")]
)
def test_the_age_of_the_newest_backup(store: Path, council: Council, hours: int, sealed: bool, state: str) -> None:
    at = clock.now() - timedelta(hours=hours)
    facts = {"reason": "schedule", "state": "done", "size_bytes": 3_000_000_000, "path": "/b"}
    council.write(BackupRun(started_at=at, beat_at=at, done_at=at, is_sealed=sealed, **facts))

    assert one("backups").state == state


@pytest.mark.parametrize(("days", "ok", "state"), [(3, True, "ok"), (60, True, "warn"), (3, False, "bad")])
def test_the_last_drill(store: Path, council: Council, days: int, ok: bool, state: str) -> None:
    assert one("drill").state == "warn"

    council.write(DrillRun(at=clock.now() - timedelta(days=days), ok=ok, seconds=4, findings=[{"name": "x"}]))

    assert one("drill").state == state


def _changed(store: Path, statement: str) -> None:
    with sqlite3.connect(store / "storage" / "meeting.db") as raw:
        for verb in ("update", "delete"):
            raw.execute(f"DROP TRIGGER IF EXISTS journal_no_{verb}")
        raw.execute(statement)
    raw.close()


def test_the_journal_is_looked_at_from_where_it_was_found_whole(store: Path, do: Do, council: Council) -> None:
    for name in ("A", "B", "C"):
        do("admin", "organization.add_unit", name=f"Trạm {name}", short_name=name)
    look_and_keep()
    known = chain.looked_through().entries
    do("admin", "organization.add_unit", name="Trạm D", short_name="D")

    assert (chain.looked_through().new, chain.looked_through(full=True).new) == (2, known + 1)  # and that something was bad
    assert one("journal").state == "ok"


@pytest.mark.parametrize(
    ("statement", "full"),
    [
        ("UPDATE journal SET facts = '{}' WHERE id = (SELECT max(id) FROM journal)", False),
        ("UPDATE journal SET previous = 'x' WHERE id = (SELECT max(id) FROM journal)", False),
        ("DELETE FROM journal WHERE id = 1", False),
        ("UPDATE journal SET facts = '{}' WHERE id = 1", True),  # before the mark: only a full look finds it
    ],
)
def test_a_journal_that_was_changed_is_found_out(store: Path, do: Do, statement: str, full: bool) -> None:
    for name in ("A", "B"):
        do("admin", "organization.add_unit", name=f"Trạm {name}", short_name=name)
    look_and_keep()
    do("admin", "organization.add_unit", name="Trạm D", short_name="D")

    _changed(store, statement)

    assert one("journal", full=full).state == "bad"


def test_of_what_is_bad_the_administrator_is_told_once_a_day(store: Path, council: Council) -> None:
    def seen(*bad: str) -> bool:
        checks = [{"name": name, "state": "bad", "sentence": "", "facts": {}, "advice": ""} for name in bad]
        return bool(perform(SYSTEM, "health.seen", {"checks": checks})["told"])

    start = clock.now()
    with clock.frozen(start):
        assert [seen(), seen("disk"), seen("disk"), seen("disk", "worker"), seen("worker")] == [False, True, False, True, False]
    with clock.frozen(start + timedelta(hours=21)):
        assert [seen("disk"), seen("disk")] == [True, False]

    told = council.all(select(Notification.person_id).where(Notification.kind == "health_bad"))
    assert told == [council.person("admin")] * 3


def test_the_page_is_the_administrators_and_says_what_to_do(store: Path, client: Any, api: Any, do: Do) -> None:
    assert client("admin").get("/health").status_code == 200  # before the worker's first look
    do("admin", "health.look")
    jobs.run_waiting()

    page = client("admin").get("/health").get_data(as_text=True)

    assert "systemctl restart meeting" in page
    assert client("lan").get("/health").status_code == 403
    assert {each["name"] for each in api("admin").get("/health")[1]["checks"]} == set(NAMES)
    assert api("minh").get("/health")[0] == 403


def test_only_the_administrator_asks_and_only_the_system_says(do: Do) -> None:
    for username in ("lan", "minh", "hoa"):
        with pytest.raises(Refused, match="forbidden"):
            do(username, "health.look")
    for name, wanted in (("health.beat", {"pid": 1}), ("health.seen", {"checks": []})):
        with pytest.raises(Refused, match="forbidden"):
            do("admin", name, **wanted)


def test_a_folder_open_to_others_and_a_missing_program_are_named(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = config.settings().storage
    storage.chmod(0o755)
    (storage / "meeting.db").chmod(0o644)
    monkeypatch.setattr(server_looks, "_reached", lambda _path: True)
    assert one("folder").state == "warn"
    storage.chmod(0o700)
    (storage / "meeting.db").chmod(0o600)
    assert one("folder").state == "ok"

    monkeypatch.setenv("PATH", str(store))
    assert (one("programs").state, "LibreOffice" in one("programs").facts["names"]) == ("warn", True)


def test_a_certificate_is_judged_by_its_last_day(store: Path, tmp_path: Path) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hop")])
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    states = []
    for days in (60, 10, 1):
        built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        built = built.serial_number(1).not_valid_before(now - timedelta(days=9)).not_valid_after(now + timedelta(days=days))
        raw = built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        (tmp_path / "c.pem").write_bytes(raw)
        states.append(one("certificate", cert=str(tmp_path / "c.pem")).state)

    assert states == ["ok", "warn", "bad"]


@pytest.mark.parametrize(
    ("made_for", "public", "days", "state", "said"),
    [
        (["hop.example.test"], "https://hop.example.test:8443", 0, "ok", "Holds"),
        (["*.example.test"], "https://hop.example.test", 0, "ok", "Holds"),
        (["*.example.test"], "https://a.hop.example.test", 0, "bad", "Not made for"),
        (["192.168.1.10"], "https://hop.example.test", 0, "bad", "Not made for"),
        (["::1"], "https://[::1]:8443", 0, "ok", "Holds"),
        (["fd00::9"], "https://[fd00:0::9]", 0, "ok", "Holds"),
        (["fd00::9"], "https://[fd00::8]", 0, "bad", "Not made for"),
        (["hop.example.test"], "", 0, "ok", "Holds"),
        (["hop.example.test"], "https://hop.example.test", -400, "bad", "Ended on"),
        (["hop.example.test"], "https://hop.example.test", 30, "bad", "Holds from"),
    ],
)
def test_a_certificate_that_browsers_refuse_is_told_with_the_reason(
    store: Path, made_for: list[str], public: str, days: int, state: str, said: str
) -> None:
    with clock.frozen(clock.now() + timedelta(days=days)):
        hosts = [authority.host_of(each) for each in made_for]
        authority.make_root("Phường Ví Dụ", hosts)
        authority.make_server(hosts)
    config.use(replace(config.settings(), public_url=public))

    found = one("certificate", cert=str(authority.files().server))

    assert (found.state, found.sentence.startswith(said)) == (state, True)
    assert (found.advice == "") == (state == "ok")
    assert found.sentence % found.facts
    if said == "Not made for":
        assert found.facts["names"] == ", ".join(made_for)


@pytest.mark.parametrize("as_json", [False, True])
def test_the_command_says_it_and_ends_with_the_state(store: Path, as_json: bool) -> None:
    command = [sys.executable, "-m", "meeting.cli", "doctor", "--data", str(store), *(["--json"] if as_json else [])]
    ended = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "MEETING_LANGUAGE": "en"}, check=False)

    assert ended.returncode == rules.EXIT["bad"], ended.stderr  # no worker runs here
    if as_json:
        assert {each["name"] for each in json.loads(ended.stdout)["checks"]} == set(NAMES)
    else:
        assert "✗ Worker: The worker was never heard of" in ended.stdout


def test_what_was_found_is_kept(store: Path, council: Council) -> None:
    look_and_keep()

    kept = json.loads(council.one(select(Setting.value).where(Setting.name == FOUND)))
    assert {each["name"] for each in kept["checks"]} == set(NAMES)


def test_the_version_is_that_of_the_code_and_every_package_file_says_the_same(store: Path) -> None:
    root = Path(__file__).parents[2]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))

    assert one("version").facts["number"] == VERSION
    assert "version" not in project["project"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "meeting.VERSION"}
    for name in ("package.json", "package-lock.json"):
        assert json.loads((root / name).read_text(encoding="utf-8"))["version"] == VERSION, name
    assert f"## {VERSION}" in (root / "CHANGELOG.md").read_text(encoding="utf-8")
