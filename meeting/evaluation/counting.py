"""The report by body and period: how meetings are counted, and the sentence that officials put into their own report.

Pure. The form of the sentence is that of the wards' own reports: "Đảng ủy tổ chức 56 cuộc, trong đó 27 cuộc có thông báo
kết luận, không có cuộc họp chưa đạt yêu cầu." A meeting without a verdict is counted apart, never as meeting the requirements.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from meeting.evaluation.rules import GOOD, MET, NOT_MET


@dataclass(frozen=True)
class Counted:
    """One meeting as the report counts it; from the system itself or from the register of past meetings."""

    body: str
    held_on: date
    with_notice: bool
    verdict: str = ""  # met, not_met, or empty: not graded
    shade: str = ""
    symbol: str = ""


@dataclass(frozen=True)
class Figures:
    """The figures of one body in a period."""

    body: str
    meetings: int
    with_notice: int
    not_meeting_requirements: int
    ungraded: int
    good: int = 0

    @property
    def meeting_requirements(self) -> int:
        """Those judged as meeting the requirements, the good ones among them."""
        return self.meetings - self.not_meeting_requirements - self.ungraded


@dataclass(frozen=True)
class Month:
    """The meetings of one month, for the chart."""

    first: date
    meetings: int
    with_notice: int


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
    return [_figures(body, found) for body, found in by_body.items()]


def _figures(body: str, found: Sequence[Counted]) -> Figures:
    return Figures(
        body=body,
        meetings=len(found),
        with_notice=sum(one.with_notice for one in found),
        not_meeting_requirements=sum(one.verdict == NOT_MET for one in found),
        ungraded=sum(one.verdict not in (MET, NOT_MET) for one in found),
        good=sum(one.verdict == MET and one.shade == GOOD for one in found),
    )


def together(figures: Sequence[Figures], name: str) -> Figures:
    """The sum of several bodies."""
    return Figures(
        body=name,
        meetings=sum(each.meetings for each in figures),
        with_notice=sum(each.with_notice for each in figures),
        not_meeting_requirements=sum(each.not_meeting_requirements for each in figures),
        ungraded=sum(each.ungraded for each in figures),
        good=sum(each.good for each in figures),
    )


def by_month(since: date, until: date, meetings: Iterable[Counted]) -> list[Month]:
    """Every month of the period, those without a meeting too, oldest first."""
    found = list(meetings)
    months = []
    first = since.replace(day=1)
    while first <= until:
        held = [one for one in found if (one.held_on.year, one.held_on.month) == (first.year, first.month)]
        months.append(Month(first, len(held), sum(one.with_notice for one in held)))
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return months


def sentence(figures: Figures, language: str = "vi") -> str:
    """The one sentence on a body, to be pasted into a report."""
    return _english(figures) if language == "en" else _vietnamese(figures)


def _vietnamese(figures: Figures) -> str:
    if not figures.meetings:
        return f"{figures.body} không tổ chức cuộc họp nào."
    parts = [
        f"{figures.body} tổ chức {figures.meetings} cuộc",
        f"trong đó {figures.with_notice or 'không có'} cuộc{'' if figures.with_notice else ' nào'} có thông báo kết luận",
        f"{figures.not_meeting_requirements or 'không có'} cuộc họp chưa đạt yêu cầu",
    ]
    if figures.ungraded:
        parts.append(f"{figures.ungraded} cuộc họp chưa được đánh giá")
    return ", ".join(parts) + "."


def _english(figures: Figures) -> str:
    if not figures.meetings:
        return f"{figures.body} held no meetings."
    meetings = "1 meeting" if figures.meetings == 1 else f"{figures.meetings} meetings"
    failing = figures.not_meeting_requirements
    parts = [
        f"{figures.body} held {meetings}",
        f"{figures.with_notice or 'none'} of them with a conclusion notice",
        "no meeting failing the requirements" if not failing else f"{failing} not meeting the requirements",
    ]
    if figures.ungraded:
        parts.append(f"{figures.ungraded} not graded")
    return ", ".join(parts) + "."


def period_words(since: date, until: date, language: str = "vi") -> str:
    """The period as it opens the sentence on the screen: "Từ 01/01/2026 đến 30/09/2026"."""
    start, end = f"{since:%d/%m/%Y}", f"{until:%d/%m/%Y}"
    return f"From {start} to {end}" if language == "en" else f"Từ {start} đến {end}"
