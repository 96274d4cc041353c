"""Conformity with the procedure of holding meetings (ISO 9001): steps, roles, norms, what was done when, what deviates. Pure.

A procedure is data of a body: sixteen steps as the offices work (its default), each with who does it and a norm. A norm is a
number of days or minutes, or what the rule book of the meeting says. What nobody records has no actual time; it is never said to
conform.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from meeting.errors import N_, Malformed, declare

UNITS = ("", "working", "calendar", "minutes")
BY_BOOK = "book"
MOST_NORM = 400

declare(
    {
        "procedure_before_last": N_("A version begins on %(starts_on)s already. Choose that day or a later one."),
    }
)


@dataclass(frozen=True)
class Step:
    """One step. `rule`: "book" when the norm is that of the meeting's rule book, "own" when it stands here, empty without one."""

    key: str
    name: str
    role: str
    rule: str = ""
    norm: int | None = None
    unit: str = ""

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {"key": self.key, "name": self.name, "role": self.role, "rule": self.rule, "norm": self.norm, "unit": self.unit}


#: What a step's norm is counted from: days before the meeting, days or minutes after a moment.
ANCHORS: Mapping[str, str] = {
    "approve": "before",
    "check": "own",
    "programme": "before",
    "invite": "before",
    "open": "starts",
    "hold": "ends",
    "minutes": "closed",
    "notice": "closed",
    "tasks": "noticed",
    "evaluate": "closed",
}
#: Steps whose norm a rule book knows.
IN_BOOK = frozenset({"approve", "check", "programme", "invite", "notice"})
#: Steps of which the system keeps no time of their own.
UNRECORDED = frozenset({"plan", "follow"})

#: The offices' way of work (vietnam.md 4): the default procedure.
DEFAULT: tuple[Step, ...] = (
    Step("plan", "Lập chương trình công tác tuần, tháng", "Văn phòng"),
    Step("create", "Lập cuộc họp theo loại, tính các thời hạn", "Thư ký"),
    Step("propose", "Đề xuất nội dung, thành phần, đơn vị chuẩn bị", "Thư ký"),
    Step("approve", "Chủ trì duyệt chương trình", "Chủ trì", BY_BOOK),
    Step("request", "Giao đơn vị chuẩn bị tài liệu", "Thư ký"),
    Step("check", "Kiểm tra hồ sơ, nhận hoặc trả lại", "Văn phòng", BY_BOOK),
    Step("programme", "Trình chủ trì chương trình chính thức", "Chánh Văn phòng", BY_BOOK),
    Step("invite", "Phát hành giấy mời và tài liệu", "Văn thư", BY_BOOK),
    Step("replies", "Tiếp nhận xác nhận, báo vắng, cử người thay", "Thư ký"),
    Step("open", "Điểm danh, khai mạc đúng giờ", "Chủ trì", "own", 15, "minutes"),
    Step("hold", "Điều hành, biểu quyết, kết thúc trong thời gian dự kiến", "Chủ trì", "own", 30, "minutes"),
    Step("minutes", "Ký biên bản", "Thư ký, chủ trì"),
    Step("notice", "Ban hành thông báo kết luận", "Chủ trì, văn thư", BY_BOOK),
    Step("tasks", "Giao nhiệm vụ từ thông báo kết luận", "Văn phòng", "own", 1, "working"),
    Step("follow", "Theo dõi, đôn đốc nhiệm vụ", "Văn phòng"),
    Step("evaluate", "Đánh giá cuộc họp, báo cáo", "Chủ trì", "own", 5, "calendar"),
)
KEYS = tuple(step.key for step in DEFAULT)
DEFAULT_NAME, DEFAULT_CODE = "Quy trình tổ chức cuộc họp", "QT-HOP"


class State(StrEnum):
    """How a step of a meeting stands."""

    IN_TIME = "in_time"
    LATE = "late"
    MISSING = "missing"  # its time is over and it was not done
    EXEMPT = "exempt"  # late, but the meeting was urgent: days before it do not hold
    WAITING = "waiting"  # its time has not come
    DONE = "done"  # done, without a norm to hold it against
    NOTHING = "nothing"  # there was nothing to do, or nobody records it


DEVIATIONS = frozenset({State.LATE, State.MISSING})
MEASURED = frozenset({State.IN_TIME, State.LATE, State.MISSING})


@dataclass(frozen=True)
class Taken:
    """What is known of a step at a meeting: until when it was due, when it was done; whether there was anything to do."""

    due_at: datetime | None = None
    done_at: datetime | None = None
    expected: bool = True
    reason: str = ""  # as somebody wrote it down at the time


@dataclass(frozen=True)
class Result:
    """One step of one meeting, judged."""

    step: Step
    taken: Taken
    state: State

    @property
    def late_minutes(self) -> int:
        """By how much it was done too late; 0 when it was not, or was never done."""
        if self.state not in (State.LATE, State.EXEMPT) or self.taken.due_at is None or self.taken.done_at is None:
            return 0
        return int((self.taken.done_at - self.taken.due_at) / timedelta(minutes=1))


def judge(step: Step, taken: Taken, now: datetime, urgent: bool = False) -> Result:
    """How a step stands. The last moment itself is in time."""
    return Result(step, taken, _state(step, taken, now, urgent))


def _state(step: Step, taken: Taken, now: datetime, urgent: bool) -> State:
    if not taken.expected or step.key in UNRECORDED:
        return State.NOTHING
    if taken.due_at is None:
        return State.DONE if taken.done_at else State.NOTHING
    late = taken.done_at > taken.due_at if taken.done_at else now > taken.due_at
    if not late:
        return State.IN_TIME if taken.done_at else State.WAITING
    if urgent and ANCHORS.get(step.key) in ("before", "own"):
        return State.EXEMPT
    return State.LATE if taken.done_at else State.MISSING


@dataclass(frozen=True)
class StepFigures:
    """One step over many meetings."""

    step: Step
    measured: int
    in_time: int
    late: int
    missing: int
    late_minutes: int  # on average over the late ones, half up


def figures(steps: Sequence[Step], results: Iterable[Result]) -> list[StepFigures]:
    """Each step of a procedure over the results of many meetings."""
    counts: Counter[tuple[str, State]] = Counter()
    late: dict[str, int] = {}
    for result in results:
        key = result.step.key
        counts[key, result.state] += 1
        if result.state is State.LATE:
            late[key] = late.get(key, 0) + result.late_minutes
    return [_figures(step, {state: counts[step.key, state] for state in State}, late.get(step.key, 0)) for step in steps]


def _figures(step: Step, counts: Mapping[State, int], late_minutes: int) -> StepFigures:
    late = counts[State.LATE]
    mean = (2 * late_minutes + late) // (2 * late) if late else 0
    measured = sum(counts[state] for state in MEASURED)
    return StepFigures(step, measured, counts[State.IN_TIME], late, counts[State.MISSING], mean)


def read_steps(rows: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps as they are kept."""
    return tuple(Step(r["key"], r["name"], r["role"], r.get("rule", ""), r.get("norm"), r.get("unit", "")) for r in rows)


UNKNOWN_STEP = N_("There is no such step.")
TWICE = N_("This step stands there twice.")
NAMELESS = N_("Please give the step a name and a role.")
WRONG_NORM = N_("A norm is a whole number of days or minutes, 0 to 400.")
NO_RULE = N_("The rule book has no time for this step.")


def check_steps(steps: Sequence[Step]) -> None:
    """Malformed as `steps.<place>`, with what is wrong there; a procedure has at least one step."""
    wrong: dict[str, str] = {} if steps else {"steps": NAMELESS}
    seen: set[str] = set()
    for place, step in enumerate(steps):
        fault = _fault(step, seen)
        if fault:
            wrong[f"steps.{place}"] = fault
        seen.add(step.key)
    if wrong:
        raise Malformed(wrong)


def _fault(step: Step, seen: set[str]) -> str:
    if step.key not in KEYS:
        return UNKNOWN_STEP
    if step.key in seen:
        return TWICE
    if not step.name.strip() or not step.role.strip():
        return NAMELESS
    if step.rule == BY_BOOK and step.key not in IN_BOOK:
        return NO_RULE
    if step.rule == "own" and (step.norm is None or not 0 <= step.norm <= MOST_NORM or step.unit not in UNITS[1:]):
        return WRONG_NORM
    if step.rule == "own" and step.key not in ANCHORS:
        return NO_RULE
    return ""
