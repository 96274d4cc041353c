"""Figures for Prometheus, in its text form. Each web process answers for itself; nothing in them is about a person."""

import json
import time
from collections.abc import Iterator
from datetime import datetime
from hmac import compare_digest
from ipaddress import ip_address
from shutil import disk_usage

from flask import Flask, Response, g, request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting import clock, config, gauges, jobs
from meeting.database import database, reading, setting
from meeting.errors import Missing
from meeting.gauges import Spread
from meeting.health.beat import BEAT
from meeting.jobs import LANES, Job
from meeting.records import screens as keeping
from meeting.records.pieces import store_file
from meeting.web.doors import bearer_token, open_to_all
from meeting.web.sockets import socketio

KIND = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "meeting_"
Line = tuple[str, dict[str, str], float]


def register(app: Flask) -> None:
    """Notes every request, and answers /metrics to this machine and to who brings the token."""

    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def end(answer: Response) -> Response:
        begun = g.pop("begun", None)
        if begun is not None:
            gauges.note_request(_room(), answer.status_code, time.perf_counter() - begun)
        return answer

    @app.get("/metrics")
    @open_to_all
    def metrics() -> Response:
        """Figures of this process and of the store."""
        if not may_read():
            raise Missing()
        return Response(text(), mimetype="text/plain", content_type=KIND)


def _room() -> str:
    """The room of an address: few, and known beforehand."""
    endpoint = request.endpoint or "none"
    first, _, rest = endpoint.partition(".")
    return f"{first}.{rest}" if endpoint == "api.do_act" else first


def may_read() -> bool:
    """With MEETING_METRICS_TOKEN: who brings it. Without: this machine itself, and nobody who comes through a proxy."""
    wanted = config.settings().metrics_token
    if wanted:
        return compare_digest((bearer_token() or "").encode(), wanted.encode())
    if request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded"):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def text() -> str:
    """All figures."""
    parts: list[str] = []
    for name, kind, help_, lines in _all():
        parts.append(f"# HELP {PREFIX}{name} {help_}\n# TYPE {PREFIX}{name} {kind}\n")
        parts += [f"{PREFIX}{written}{_labels(labels)} {value:.17g}\n" for written, labels, value in lines]
    return "".join(parts)


def _labels(labels: dict[str, str]) -> str:
    if not labels:
        return ""
    shown = (f'{name}="{value.translate(_ESCAPED)}"' for name, value in labels.items())
    return "{" + ",".join(shown) + "}"


_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


def _all() -> Iterator[tuple[str, str, str, list[Line]]]:
    yield from _of_process()
    with reading() as session:
        yield from _of_store(session)
    free = float(disk_usage(config.settings().storage).free)
    yield "disk_free_bytes", "gauge", "Room left where the data lies.", [("disk_free_bytes", {}, free)]


def _of_process() -> Iterator[tuple[str, str, str, list[Line]]]:
    name = "requests_total"
    rows = [(name, {"room": room, "status": status}, float(count)) for (room, status), count in sorted(gauges.requests.items())]
    yield name, "counter", "Requests answered, by room and class of the answer.", rows
    name = "request_seconds"
    spread = [line for room, each in sorted(gauges.request_seconds.items()) for line in _spread(name, each, {"room": room})]
    yield name, "histogram", "How long requests took, by room.", spread
    name = "acts_total"
    done = [(name, {"act": act, "outcome": how}, float(count)) for (act, how), count in sorted(gauges.acts.items())]
    yield name, "counter", "Acts answered, by name and outcome.", done
    waits = _spread("act_wait_seconds", gauges.act_wait, {})
    yield "act_wait_seconds", "histogram", "From an act's coming in to its answer.", waits
    yield "writer_batch_acts", "histogram", "Acts in one transaction.", _spread("writer_batch_acts", gauges.batch_size, {})
    yield "sockets", "gauge", "Tablets and screens connected to this process.", [("sockets", {}, _sockets())]
    yield "rooms", "gauge", "Rooms of the live line in this process.", [("rooms", {}, _rooms())]
    begun: list[Line] = [("process_start_time_seconds", {}, gauges.started_at)]
    yield "process_start_time_seconds", "gauge", "When this process began.", begun


def _spread(name: str, each: Spread, labels: dict[str, str]) -> list[Line]:
    lines, so_far = [], 0
    for bound, count in zip([*map(str, each.bounds), "+Inf"], each.counts, strict=True):
        so_far += count
        lines.append((f"{name}_bucket", {**labels, "le": bound}, float(so_far)))
    return [*lines, (f"{name}_sum", labels, each.total), (f"{name}_count", labels, float(so_far))]


def _sockets() -> float:
    engine = getattr(socketio.server, "eio", None)
    return float(len(getattr(engine, "sockets", ())))


def _rooms() -> float:
    manager = getattr(socketio.server, "manager", None)
    rooms = getattr(manager, "rooms", {}).get("/live", {})
    return float(max(0, len(rooms) - 1))  # one holds all


def _of_store(session: Session) -> Iterator[tuple[str, str, str, list[Line]]]:
    counted: dict[tuple[str, str], float] = {(lane, state): 0.0 for lane in LANES for state in ("waiting", "running", "failed")}
    rows = select(Job.kind, Job.state, func.count()).where(Job.state != "done").group_by(Job.kind, Job.state)
    for kind, state, count in session.execute(rows):
        counted[jobs.LANE_OF.get(kind, "quick"), state] += count
    lines = [("jobs", {"lane": lane, "state": state}, count) for (lane, state), count in sorted(counted.items())]
    yield "jobs", "gauge", "Long work, by lane and state.", lines
    told = json.loads(setting(session, BEAT, "{}"))
    if told:
        age = (clock.now() - datetime.fromisoformat(told["at"])).total_seconds()
        yield "worker_beat_age_seconds", "gauge", "Since the worker was heard.", [("worker_beat_age_seconds", {}, age)]
    newest = keeping.newest(session)
    if newest is not None and newest.done_at is not None:
        age = (clock.now() - newest.done_at).total_seconds()
        yield "backup_age_seconds", "gauge", "Since a backup was read back.", [("backup_age_seconds", {}, age)]
        size = float(newest.size_bytes)
        yield "backup_size_bytes", "gauge", "Size of the newest backup.", [("backup_size_bytes", {}, size)]
    if database().sqlite and store_file().exists():
        size = float(store_file().stat().st_size)
        yield "database_bytes", "gauge", "Size of the database.", [("database_bytes", {}, size)]
