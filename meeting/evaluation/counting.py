"""The report by body and period: how meetings are counted, and the sentence that officials put into their own report.

Pure. The form of the sentence is that of the wards' own reports: "Đảng ủy tổ chức 56 cuộc, trong đó 27 cuộc có thông báo
kết luận, không có cuộc họp chưa đạt yêu cầu." A meeting without a verdict is counted apart, never as meeting the requirements.
Every figure is a sum over meetings of what each of them weighs in it, so the meetings behind a figure are those that weigh.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from meeting.errors import N_
from meeting.evaluation.numbers import Share, number
from meeting.evaluation.rules import FAIR, GOOD, MET, NOT_MET

#: Kinds of meetings in the summary report.
KINDS = ("regular", "extraordinary", "thematic", "other")
#: How a conclusion notice stands. `unknown`: of a past meeting, whose time nobody recorded.
NOTICES = ("in_time", "late", "unknown", "owed", "waiting", "not_required")


@dataclass(frozen=True)
class Counted:
    """One meeting as the report counts it; from the system itself or from the register of past meetings."""

    body: str
    held_on: date
    with_notice: bool
    verdict: str = ""  # met, not_met, or empty: not graded
    shade: str = ""
    symbol: str = ""
    kind: str = "other"
    notice: str = ""  # one of NOTICES; empty: as `with_notice` says, at a time nobody recorded
    invited: int = 0  # members with a vote
    came: int = 0
    title: str = ""
    meeting_id: int = 0
    register_id: int = 0
    chair_id: int | None = None


_WEIGHTS: Mapping[str, Callable[[Counted], int]] = {
    "meetings": lambda one: 1,
    "regular": lambda one: one.kind == "regular",
    "extraordinary": lambda one: one.kind == "extraordinary",
    "thematic": lambda one: one.kind == "thematic",
    "other": lambda one: one.kind not in KINDS[:3],
    "with_notice": lambda one: one.with_notice,
    "notice_in_time": lambda one: one.notice == "in_time",
    "notice_late": lambda one: one.notice == "late",
    "notice_timed": lambda one: one.notice in ("in_time", "late"),
    "notice_owed": lambda one: one.notice == "owed",
    "good": lambda one: one.verdict == MET and one.shade == GOOD,
    "fair": lambda one: one.verdict == MET and one.shade == FAIR,
    "met_plain": lambda one: one.verdict == MET and one.shade not in (GOOD, FAIR),
    "meeting_requirements": lambda one: one.verdict == MET,
    "not_meeting_requirements": lambda one: one.verdict == NOT_MET,
    "ungraded": lambda one: one.verdict not in (MET, NOT_MET),
    "invited": lambda one: one.invited,
    "came": lambda one: one.came,
}

#: The figures of a body and what they are called.
LABELS: Mapping[str, str] = {
    "meetings": N_("Meetings"),
    "regular": N_("Regular meetings"),
    "extraordinary": N_("Extraordinary meetings"),
    "thematic": N_("Thematic meetings"),
    "other": N_("Other meetings"),
    "with_notice": N_("With a conclusion notice"),
    "notice_in_time": N_("Notice in time"),
    "notice_late": N_("Notice late"),
    "notice_timed": N_("Notice whose time is known"),
    "notice_owed": N_("Notice overdue"),
    "good": N_("Good"),
    "fair": N_("Fair"),
    "met_plain": N_("Meets the requirements"),
    "meeting_requirements": N_("Meeting the requirements"),
    "not_meeting_requirements": N_("Not meeting the requirements"),
    "ungraded": N_("Not graded"),
    "invited": N_("Members invited"),
    "came": N_("Members who came"),
}


def weight(one: Counted, figure: str) -> int:
    """What a meeting counts in a figure: 0 when it is no part of it."""
    return int(_WEIGHTS[figure](one))


def behind(meetings: Iterable[Counted], figure: str) -> list[Counted]:
    """The meetings behind a figure, the latest first."""
    return sorted((one for one in meetings if weight(one, figure)), key=lambda one: (one.held_on, one.meeting_id), reverse=True)


@dataclass(frozen=True)
class Figures:
    """The figures of one body in a period."""

    body: str
    meetings: int
    with_notice: int
    not_meeting_requirements: int
    ungraded: int
    good: int = 0
    fair: int = 0
    regular: int = 0
    extraordinary: int = 0
    thematic: int = 0
    other: int = 0
    notice_in_time: int = 0
    notice_late: int = 0
    notice_owed: int = 0
    invited: int = 0
    came: int = 0

    @property
    def meeting_requirements(self) -> int:
        """Those judged as meeting the requirements, the good ones among them."""
        return self.meetings - self.not_meeting_requirements - self.ungraded

    @property
    def notices_timed(self) -> Share:
        """Notices issued in time, of those whose time is known."""
        return Share(self.notice_in_time, self.notice_timed)

    @property
    def notice_timed(self) -> int:
        """Notices whose time is known."""
        return self.notice_in_time + self.notice_late

    @property
    def noticed(self) -> Share:
        """Meetings with a conclusion notice."""
        return Share(self.with_notice, self.meetings)

    @property
    def attendance(self) -> Share:
        """Members who came, of those invited."""
        return Share(self.came, self.invited)


COUNTED_FIGURES = tuple(each.name for each in fields(Figures) if each.name != "body")


@dataclass(frozen=True)
class Month:
    """The meetings of one month, for the chart."""

    first: date
    meetings: int
    with_notice: int


def kind_of(code: str, urgent: bool = False) -> str:
    """The kind of a meeting in the summary report, from the code of its type; an urgent one is extraordinary."""
    if urgent or code in ("urgent", "extraordinary"):
        return "extraordinary"
    return {"regular": "regular", "thematic": "thematic", "special": "thematic"}.get(code, "other")


def without_doubles(own: Sequence[Counted], register: Iterable[Counted]) -> list[Counted]:
    """Own meetings and those of the register, where a row with the symbol of an own notice is the same meeting."""
    known = {(one.body, one.symbol, one.held_on.year) for one in own if one.symbol}
    return [*own, *(row for row in register if (row.body, row.symbol, row.held_on.year) not in known)]


def count(bodies: Sequence[str], meetings: Iterable[Counted]) -> list[Figures]:
    """The figures of each body in the order given; a body without meetings has zeros."""
    by_body: dict[str, list[Counted]] = {body: [] for body in bodies}
    for one in meetings:
        if one.body in by_body:
            by_body[one.body].append(one)
    return [figures_of(body, found) for body, found in by_body.items()]


def figures_of(body: str, found: Sequence[Counted]) -> Figures:
    """The figures of some meetings."""
    return Figures(body=body, **{figure: sum(weight(one, figure) for one in found) for figure in COUNTED_FIGURES})


def together(figures: Sequence[Figures], name: str) -> Figures:
    """The sum of several bodies."""
    return Figures(body=name, **{figure: sum(getattr(each, figure) for each in figures) for figure in COUNTED_FIGURES})


def by_month(since: date, until: date, meetings: Iterable[Counted]) -> list[Month]:
    """Every month of the period, those without a meeting too, oldest first."""
    found: dict[tuple[int, int], list[Counted]] = {}
    for one in meetings:
        found.setdefault((one.held_on.year, one.held_on.month), []).append(one)
    months = []
    first = since.replace(day=1)
    while first <= until:
        held = found.get((first.year, first.month), [])
        months.append(Month(first, len(held), sum(one.with_notice for one in held)))
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return months


def sentence(figures: Figures, language: str = "vi") -> str:
    """The one sentence on a body, to be pasted into a report."""
    return _english(figures) if language == "en" else _vietnamese(figures)


def _vietnamese(figures: Figures) -> str:
    if not figures.meetings:
        return f"{figures.body} không tổ chức cuộc họp nào."
    notices = f"{number(figures.with_notice)} cuộc" if figures.with_notice else "không có cuộc nào"
    failing = figures.not_meeting_requirements
    parts = [
        f"{figures.body} tổ chức {number(figures.meetings)} cuộc",
        f"trong đó {notices} có thông báo kết luận",
        f"{number(failing) if failing else 'không có'} cuộc họp chưa đạt yêu cầu",
    ]
    if figures.ungraded:
        parts.append(f"{number(figures.ungraded)} cuộc họp chưa được đánh giá")
    return ", ".join(parts) + "."


def _english(figures: Figures) -> str:
    if not figures.meetings:
        return f"{figures.body} held no meetings."
    meetings = "1 meeting" if figures.meetings == 1 else f"{number(figures.meetings, 'en')} meetings"
    failing = figures.not_meeting_requirements
    parts = [
        f"{figures.body} held {meetings}",
        f"{number(figures.with_notice, 'en') if figures.with_notice else 'none'} of them with a conclusion notice",
        "no meeting failing the requirements" if not failing else f"{number(failing, 'en')} not meeting the requirements",
    ]
    if figures.ungraded:
        parts.append(f"{number(figures.ungraded, 'en')} not graded")
    return ", ".join(parts) + "."


def period_words(since: date, until: date, language: str = "vi") -> str:
    """The period as it opens the sentence on the screen: "Từ 01/01/2026 đến 30/09/2026"."""
    start, end = f"{since:%d/%m/%Y}", f"{until:%d/%m/%Y}"
    return f"From {start} to {end}" if language == "en" else f"Từ {start} đến {end}"
