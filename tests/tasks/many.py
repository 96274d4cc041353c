"""Many tasks at once, written past the acts: what a body has after years. Every kind of state, unit, leader and source."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from meeting import database
from meeting.clock import now, today
from meeting.tasks.models import Task, TaskChange, TaskObstacle, TaskStep, cooperation

WORDS = (
    "Rà soát hộ kinh doanh lấn chiếm phố Ngọc Lâm",
    "Báo cáo hoàn thiện hồ sơ nhà văn hóa tổ 7",
    "Lập danh mục ngõ ưu tiên cải tạo năm sau, trình Ủy ban nhân dân phường xem xét",
    "Trả lời cử tri về chiếu sáng khu tái định cư",
    "Kiểm tra công tác phòng cháy chợ Giang Biên",
    "Tháo gỡ mặt bằng ngõ 115",
    "Ra quân xử lý 03 tuyến phố chính",
)
STATES = (
    "assigned",
    "in_progress",
    "received",
    "in_progress",
    "reported",
    "accepted",
    "accepted",
    "draft",
    "accepted",
    "in_progress",
)


def put_tasks(council: Any, count: int, *, meeting_id: int | None = None, seed: int = 0) -> list[int]:
    """So many tasks of the UBND around today; returns their ids."""
    units = [council.unit(code) for code in ("kinh_te", "van_phong", "van_hoa")]
    officers = {units[0]: council.person("dung"), units[1]: council.person("van"), units[2]: None}
    leaders = [council.person("hung"), council.person("hoa"), council.person("tuan")]
    with Session(database.database().writing) as session:
        rows = [_task(council, number, units, officers, leaders, meeting_id) for number in range(seed, seed + count)]
        ids = list(session.scalars(insert(Task).returning(Task.id, sort_by_parameter_order=True), rows))
        helped = [{"task_id": key, "unit_id": units[(n + 1) % 3]} for n, key in enumerate(ids) if n % 3 == 0]
        if helped:
            session.execute(insert(cooperation), helped)
        _around(session, council, ids, rows)
        session.commit()
    return ids


def _task(council: Any, n: int, units: list[int], officers: Any, leaders: list[int], meeting_id: int | None) -> dict[str, Any]:
    state = STATES[n % len(STATES)]
    given = now() - timedelta(days=20 + n % 50)
    due: date | None = today() + timedelta(days=(n * 7) % 60 - 20)
    done = state in ("reported", "accepted")
    unit = units[n % 3]
    return {
        "body_id": council.body("UBND"),
        "meeting_id": meeting_id,
        "origin": "superior" if n % 2 else "own",
        "source_symbol": f"{100 + n % 40}/TB-UBND" if n % 2 else "",
        "source_issuer": "UBND thành phố" if n % 2 else "",
        "source_on": (given - timedelta(days=2)).date() if n % 2 else None,
        "text": f"{WORDS[n % len(WORDS)]} (đợt {n + 1})",
        "process": "Kiểm đếm, họp dân, bàn giao",
        "officer_id": officers[unit],
        "assigner_id": leaders[0],
        "is_key": n % 9 == 0,
        "urgency": ("normal", "normal", "urgent", "normal", "express")[n % 5],
        "lead_unit_id": unit,
        "leader_id": leaders[n % 3],
        "product": "Báo cáo kết quả",
        "due_on": None if n % 17 == 0 else due,
        "first_due_on": None if n % 17 == 0 else due,
        "no_due": n % 17 == 0,
        "given": state != "draft",
        "state": state,
        "progress_percent": 100 if done else (n * 5) % 95 if state == "in_progress" else 0,
        "assigned_at": given,
        "reported_at": now() - timedelta(days=1) if done else None,
        "reported_by_id": council.person("dung") if done else None,
        "done_on": today() - timedelta(days=n % 10) if done else None,
        "accepted_at": now() - timedelta(days=n % 9) if state == "accepted" else None,
    }


def _around(session: Session, council: Any, ids: list[int], rows: list[dict[str, Any]]) -> None:
    who = council.person("dung")
    at = now() - timedelta(days=3)
    steps = [
        {"task_id": key, "kind": "progress", "at": at, "by_id": who, "text": "Đã kiểm đếm 12/20 hộ", "progress_percent": 40}
        for key, row in zip(ids, rows, strict=True)
        if row["state"] == "in_progress"
    ]
    if steps:
        session.execute(insert(TaskStep), steps)
    hindered = [key for n, (key, row) in enumerate(zip(ids, rows, strict=True)) if row["state"] == "in_progress" and n % 4 == 1]
    for key in hindered:
        session.add(
            TaskObstacle(
                task_id=key, text="Thiếu kinh phí bồi thường", proposal="Bổ sung từ dự phòng", raised_at=at, raised_by_id=who
            )
        )
    for key in hindered[1::2]:
        wanted = today() + timedelta(days=30)
        session.add(TaskChange(task_id=key, kind="time", text="Mưa kéo dài", wanted_due_on=wanted, asked_at=at, asked_by_id=who))
