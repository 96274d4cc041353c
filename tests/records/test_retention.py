"""Terms of keeping: a closed meeting is never removed; traces of the machine go, and each removal is noted."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from meeting import clock, database
from meeting.acts import REGISTRY
from meeting.agenda.models import Item, Meeting, Participant
from meeting.batch import StoredAnswer
from meeting.errors import Refused
from meeting.jobs import Job
from meeting.journal import Entry
from meeting.permissions import SYSTEM
from meeting.records import retention
from meeting.records.models import Pruning
from meeting.writer import perform

Do = Callable[..., dict[str, Any]]
Council = Any
ROOT = Path(__file__).resolve().parents[2]


def test_old_answers_and_finished_work_go_and_it_is_noted(store: Path, do: Do, council: Council) -> None:
    long_ago, lately = clock.now() - timedelta(days=200), clock.now() - timedelta(days=1)
    for number, at in enumerate((long_ago, lately)):
        council.write(Job(kind="notify.mail", arguments={}, state="done", created_at=at, beat_at=at, done_at=at))
        council.write(Job(kind="notify.mail", arguments={}, state="failed", created_at=at, beat_at=at))
        _answer(f"r{number}", at)

    assert retention.prune_all() == 2

    assert council.all(select(StoredAnswer.request_id)) == ["r1"]
    assert sorted(council.all(select(Job.state))) == ["done", "failed", "failed"]
    assert sorted(council.all(select(Pruning.rule))) == ["answers", "jobs"]
    assert len(council.all(select(Entry.id).where(Entry.event == "records.pruned"))) == 2
    assert retention.prune_all() == 0


def _answer(request_id: str, at: Any) -> None:
    from sqlalchemy.orm import Session

    from meeting import database

    with Session(database.database().writing) as session:
        facts = {"act": "x.y", "digest": None, "status": 200, "body": {}}
        session.add(StoredAnswer(account_id=1, request_id=request_id, at=at, **facts))
        session.commit()


def test_the_administrator_sets_the_days(do: Do, client: Any, api: Any, council: Council) -> None:
    for username in ("lan", "minh"):
        with pytest.raises(Refused, match="forbidden"):
            do(username, "records.set_retention", answers=10, jobs=10)
    with pytest.raises(Refused, match="malformed"):
        do("admin", "records.set_retention", answers=0, jobs=10)
    with pytest.raises(Refused, match="forbidden"):
        do("admin", "records.prune", rule="jobs")

    do("admin", "records.set_retention", answers=10, jobs=20)
    do("admin", "records.set_retention", answers=10, jobs=20)

    assert len(council.all(select(Entry.id).where(Entry.event == "records.retention_set"))) == 1
    page = client("admin").get("/retention")
    assert page.status_code == 200
    assert client("lan").get("/retention").status_code == 403
    days = {rule["key"]: rule["days"] for rule in api("admin").get("/retention")[1]["rules"]}
    assert (days["answers"], days["jobs"], days["meetings"], days["journal"]) == (10, 20, None, None)
    assert api("minh").get("/retention")[0] == 403


def test_no_act_removes_a_closed_meeting(store: Path, council: Council) -> None:
    over = {"starts_at": clock.now() - timedelta(days=9), "opened_at": clock.now(), "closed_at": clock.now()}
    meeting = council.meeting(state="archived", **over)
    before = _rows(council, meeting)
    assert min(before) > 0
    tried = 0
    for name, found in REGISTRY.items():
        needed = {key for key, field in found.input.model_fields.items() if field.is_required()}
        if not needed <= {"meeting_id", "reason", "confirm"} or "meeting_id" not in found.input.model_fields:
            continue
        wanted = {"meeting_id": meeting, **({"reason": "thử"} if "reason" in needed else {})}
        for who in ("lan", "hung", "minh", "van", "admin", "system"):
            with suppress(Refused, RuntimeError):
                perform(council.actor(who), name, wanted)
            tried += 1

    assert tried > 200
    assert _rows(council, meeting)[:3] == before[:3]
    assert council.all(select(Meeting.state).where(Meeting.id == meeting)) == ["archived"]


def _rows(council: Council, meeting: int) -> list[int]:
    counts = [(Meeting, Meeting.id), (Item, Item.meeting_id), (Participant, Participant.meeting_id)]
    return [council.one(select(func.count()).select_from(model).where(column == meeting)) for model, column in counts]


def test_nothing_in_the_program_deletes_a_meeting_but_the_end_of_a_practice() -> None:
    deletes = re.compile(r"delete\((Meeting|Minutes|Instrument|Entry|Question|Submission)\b|\.delete\((meeting|minutes)\)")
    found = [path for path in (ROOT / "meeting").rglob("*.py") if deletes.search(path.read_text(encoding="utf-8"))]

    assert [path.parent.name for path in found if path.parent.name != "practice"] == []


def test_what_waits_longer_than_one_transaction_goes_in_pieces(
    store: Path, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "STEP", 2)
    at = clock.now() - timedelta(days=200)
    council.write(*(Job(kind="x", arguments={}, state="done", created_at=at, beat_at=at, done_at=at) for _ in range(5)))

    assert [perform(SYSTEM, "records.prune", {"rule": "jobs"})["count"] for _ in range(4)] == [2, 2, 1, 0]


def test_every_rule_that_names_a_law_says_whether_its_text_was_read(store: Path, client: Any, api: Any) -> None:
    named = re.compile(r"\b(Law|Decree|circular) \d+/\d{4}")
    with database.reading() as session:
        rules = retention.rules(session)

    assert {rule.key for rule in rules if named.search(rule.law)} == {"meetings", "sign_ins", "calls"}
    assert [rule.key for rule in rules if (rule.verified is not None) != bool(named.search(rule.law))] == []
    shown = client("admin").get("/retention").get_data(as_text=True)
    assert shown.count("Chưa kiểm chứng") == 4  # at three rules, and where it is explained
    told = {rule["key"]: rule["verified"] for rule in api("admin").get("/retention")[1]["rules"]}
    assert (told["meetings"], told["journal"]) == (False, None)
