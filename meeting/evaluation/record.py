"""What the rooms below recorded of one meeting, as plain values: what the measures are taken from."""

from dataclasses import dataclass
from datetime import date, datetime

DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class PaperFact:
    """One paper that a unit was asked for. `late_minutes`: 0 on time, None never handed in."""

    what: str
    unit: str
    url: str
    late_minutes: int | None
    returned: int = 0
    verdict: str = ""
    shade: str = ""
    open_at: datetime | None = None  # to participants


@dataclass(frozen=True)
class SeatFact:
    """One seat: present, late, substitute, excused, absent."""

    name: str
    how: str
    votes: bool = True


@dataclass(frozen=True)
class TurnFact:
    """One statement that was made."""

    name: str
    seconds: int
    limit_seconds: int

    @property
    def over_seconds(self) -> int:
        """Beyond the time given; negative when it was shorter."""
        return self.seconds - self.limit_seconds


@dataclass(frozen=True)
class ItemFact:
    """One item of the programme: dealt with, put off or withdrawn by a decision; or left."""

    name: str
    concluded: bool
    papers_asked: int = 0
    papers_here: int = 0


@dataclass(frozen=True)
class TaskFact:
    """One task that the meeting gave."""

    text: str
    url: str
    clear: bool


@dataclass(frozen=True)
class Record:
    """One meeting."""

    today: date
    papers: tuple[PaperFact, ...] = ()
    seats: tuple[SeatFact, ...] = ()
    turns: tuple[TurnFact, ...] = ()
    statement_grades: tuple[str, ...] = ()  # good, met, not_met: on the statements as a whole
    items: tuple[ItemFact, ...] = ()
    tasks: tuple[TaskFact, ...] = ()
    invited_at: datetime | None = None
    invitation_due_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    longest_minutes: int = 0  # 0: the rule book sets none
    late_minutes: int | None = None
    over_minutes: int | None = None
    quorum_present: int = 0
    quorum_total: int = 0
    quorum_met: bool = True
    urgent: bool = False
    notice_required: bool = False
    notice_due_on: date | None = None
    notice_on: date | None = None
    notice_symbol: str = ""
    notice_url: str = ""
    attendance_url: str = ""
    statements_url: str = ""
    course_url: str = ""
    read_percent: int | None = None  # papers opened before the meeting; told, never counted

    @property
    def came(self) -> int:
        """How many seats were taken."""
        return sum(each.how in ("present", "late", "substitute") for each in self.seats)

    @property
    def is_recorded(self) -> bool:
        """Whether the meeting was held in the system. Of one held outside, nothing is computed."""
        return self.opened_at is not None

    @property
    def lasted_minutes(self) -> int | None:
        """From the opening to the close."""
        if self.opened_at is None or self.closed_at is None:
            return None
        return int((self.closed_at - self.opened_at).total_seconds() // 60)

    @property
    def statement_minutes(self) -> int:
        """On average, whole minutes."""
        return round(sum(each.seconds for each in self.turns) / len(self.turns) / 60) if self.turns else 0
