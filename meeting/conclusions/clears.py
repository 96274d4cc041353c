"""The five clears (năm rõ) of a task: person, work, process, responsibility, result. What lacks one is not given out yet. Pure.

One unit and one person lead each task (NĐ 315/2025/NĐ-CP, Quy chế Điều 2.4: "mỗi việc chỉ được giao cho một cơ quan, tổ chức,
đơn vị, một cá nhân chủ trì và chịu trách nhiệm").
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from meeting.errors import N_, declare


class Clear(StrEnum):
    """Rõ người, rõ việc, rõ quy trình, rõ trách nhiệm, rõ hiệu quả."""

    PERSON = "person"
    WORK = "work"
    PROCESS = "process"
    RESPONSIBILITY = "responsibility"
    RESULT = "result"


#: How each is called on a chip.
LABELS: dict[Clear, str] = {
    Clear.PERSON: N_("Clear person"),
    Clear.WORK: N_("Clear work"),
    Clear.PROCESS: N_("Clear process"),
    Clear.RESPONSIBILITY: N_("Clear responsibility"),
    Clear.RESULT: N_("Clear result"),
}

#: What is still to be filled, as it stands in a refusal and under a chip.
declare(
    {
        "clear_person": N_("person (lead unit and the one person who carries it out)"),
        "clear_work": N_("work (what is to be done)"),
        "clear_process": N_("process (the steps, and a due date or that there is none)"),
        "clear_responsibility": N_("responsibility (the leader in charge)"),
        "clear_result": N_("result (the expected product)"),
    }
)


class Clearable(Protocol):
    """What the clears are read from: a line of a document or a task."""

    @property
    def text(self) -> str: ...
    @property
    def lead_unit_id(self) -> int | None: ...
    @property
    def officer_id(self) -> int | None: ...
    @property
    def leader_id(self) -> int | None: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def no_due(self) -> bool: ...
    @property
    def process(self) -> str: ...
    @property
    def product(self) -> str: ...


@dataclass(frozen=True)
class Given:
    """The same as plain values, for what is no row yet."""

    text: str = ""
    lead_unit_id: int | None = None
    officer_id: int | None = None
    leader_id: int | None = None
    due_on: date | None = None
    no_due: bool = False
    process: str = ""
    product: str = ""


def missing(of: Clearable) -> tuple[Clear, ...]:
    """The clears that are not filled, in their order; none: the task can be given."""
    filled = {
        Clear.PERSON: of.lead_unit_id is not None and of.officer_id is not None,
        Clear.WORK: bool(of.text.strip()),
        Clear.PROCESS: bool(of.process.strip()) and (of.due_on is not None or of.no_due),
        Clear.RESPONSIBILITY: of.leader_id is not None,
        Clear.RESULT: bool(of.product.strip()),
    }
    return tuple(clear for clear in Clear if not filled[clear])


def codes(clears: Iterable[Clear]) -> list[str]:
    """The declared codes of clears, as the facts of a refusal carry them: each is said in the reader's language."""
    return [f"clear_{clear.value}" for clear in clears]
