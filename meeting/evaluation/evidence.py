"""What the system can say of a meeting by itself: each measure is a pure function from the record to a share and its grounds.

A measure that has nothing to measure (no statement was made, no notice is required) has no share: its points are left out and
the others count for more. Shares are exact fractions; every figure can be followed to the rows it was taken from.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from meeting.evaluation.record import DAY_MINUTES, ItemFact, PaperFact, Record, TurnFact

Said = tuple[str, dict[str, Any]]  # the key of a sentence (`evidence_words`), and what fills it

LATE_DAY = Fraction(1, 4)  # what each begun day of lateness takes from a paper
RETURNED = Fraction(1, 4)  # what each return takes from a paper's quality
LATE_HERE = Fraction(3, 4)  # who came late, or was stood in for, counts for this
MET_WORTH = Fraction(3, 4)  # what "met" is worth beside "good"
PATIENCE = 5  # minutes by which a beginning or an end may be off
QUARTER = 15  # each begun quarter of an hour beyond takes a quarter


@dataclass(frozen=True)
class Source:
    """One row that a figure was taken from: its title as recorded, where it stands, what is said of it."""

    text: str
    url: str
    said: Said
    good: bool


@dataclass(frozen=True)
class Measure:
    """What was found: the share of the points (None: nothing to measure), the sentence, the rows behind it."""

    share: Fraction | None
    said: Said
    sources: tuple[Source, ...] = ()


def _average(shares: Iterable[Fraction]) -> Fraction | None:
    found = list(shares)
    return sum(found, Fraction(0)) / len(found) if found else None


def _kept(parts: Iterable[Fraction | None]) -> Fraction | None:
    return _average(part for part in parts if part is not None)


def late_days(minutes: int) -> int:
    """Begun days of lateness."""
    return -(-minutes // DAY_MINUTES)


def papers_on_time(record: Record) -> Measure:
    """Share of requests first handed in by their due time; each begun day of lateness costs a quarter of the paper."""
    papers = record.papers
    if not papers:
        return Measure(None, ("no_papers", {}))
    on_time = sum(each.late_minutes == 0 for each in papers)
    missing = sum(each.late_minutes is None for each in papers)
    facts = {"asked": len(papers), "on_time": on_time, "late": len(papers) - on_time - missing, "missing": missing}
    return Measure(_average(map(_punctual, papers)), ("papers", facts), tuple(map(_paper_source, papers)))


def _punctual(paper: PaperFact) -> Fraction:
    if paper.late_minutes is None:
        return Fraction(0)
    return max(Fraction(0), 1 - LATE_DAY * late_days(paper.late_minutes))


def _paper_source(paper: PaperFact) -> Source:
    minutes = paper.late_minutes
    if minutes is None:
        said: Said = ("paper_missing", {})
    elif minutes == 0:
        said = ("paper_on_time", {})
    elif minutes < DAY_MINUTES:
        said = ("paper_late", {"minutes": minutes})
    else:
        said = ("paper_late_days", {"days": late_days(minutes)})
    return Source(f"{paper.what} · {paper.unit}", paper.url, said, minutes == 0)


def papers_quality(record: Record) -> Measure:
    """Returns count against a paper; the chair's grade on it, where there is one, weighs more."""
    papers = record.papers
    if not papers:
        return Measure(None, ("no_papers", {}))
    facts = {
        "asked": len(papers),
        "returned": sum(each.returned > 0 for each in papers),
        "graded": sum(bool(each.verdict) for each in papers),
    }
    return Measure(_average(map(_quality, papers)), ("quality", facts), tuple(map(_quality_source, papers)))


def _quality(paper: PaperFact) -> Fraction:
    if paper.verdict == "not_met" or paper.late_minutes is None:
        return Fraction(0)
    if paper.verdict == "met" and paper.shade == "good":
        return Fraction(1)
    least = Fraction(1, 2) if paper.verdict == "met" else Fraction(0)
    return max(least, 1 - RETURNED * paper.returned)


def _quality_source(paper: PaperFact) -> Source:
    said: Said = ("paper_returned", {"count": paper.returned}) if paper.returned else ("paper_fine", {})
    if paper.verdict:
        said = (f"paper_{paper.shade if paper.shade == 'good' else paper.verdict}", {})
    if paper.late_minutes is None:
        said = ("paper_missing", {})
    return Source(f"{paper.what} · {paper.unit}", paper.url, said, _quality(paper) == 1)


def handed_out(record: Record) -> Measure:
    """Half for the invitation, half for the papers: out by the day that the rule book sets."""
    if record.invited_at is None or record.invitation_due_at is None:
        return Measure(None, ("never_invited", {}))
    due = record.invitation_due_at
    here = [each for each in record.papers if each.late_minutes is not None]
    opened = [each.open_at is not None and each.open_at <= due for each in here]
    share = _kept((Fraction(record.invited_at <= due), Fraction(sum(opened), len(opened)) if opened else None))
    facts: dict[str, Any] = {"due_at": _iso(due), "sent_at": _iso(record.invited_at)}
    said: Said = ("handed_no_papers", facts)
    if here:
        said = ("handed", {**facts, "papers": len(here), "in_time": sum(opened)})
    return Measure(share, said, tuple(_handed_source(each, fine) for each, fine in zip(here, opened, strict=True)))


def _handed_source(paper: PaperFact, fine: bool) -> Source:
    said: Said = ("open_at", {"at": _iso(paper.open_at)}) if paper.open_at else ("never_open", {})
    return Source(f"{paper.what} · {paper.unit}", paper.url, said, fine)


SEAT_WORTH: Mapping[str, Fraction] = {
    "present": Fraction(1),
    "late": LATE_HERE,
    "substitute": LATE_HERE,
    "excused": Fraction(0),
    "absent": Fraction(0),
}


def attendance(record: Record) -> Measure:
    """Who has a seat and came counts whole, who came late or sent a substitute for three quarters."""
    seats = record.seats
    if not seats:
        return Measure(None, ("no_seats", {}))
    how = [each.how for each in seats]
    facts = {
        "seats": len(seats),
        "came": sum(SEAT_WORTH[each] > 0 for each in how),
        "late": how.count("late"),
        "substitutes": how.count("substitute"),
        "excused": how.count("excused"),
    }
    missed = tuple(
        Source(each.name, record.attendance_url, (f"seat_{each.how}", {}), False) for each in seats if each.how != "present"
    )
    return Measure(_average(SEAT_WORTH[each] for each in how), ("seats", facts), missed)


def statements(record: Record) -> Measure:
    """Half for keeping the time given, half for what the chair said of the statements as a whole, where that was said."""
    turns = record.turns
    if not turns:
        return Measure(None, ("no_statements", {}))
    within = sum(each.over_seconds <= 0 for each in turns)
    worth = {"good": Fraction(1), "met": MET_WORTH, "not_met": Fraction(0)}
    graded = _average(worth[each] for each in record.statement_grades)
    facts = {"count": len(turns), "within": within, "minutes": record.statement_minutes}
    return Measure(_kept((Fraction(within, len(turns)), graded)), ("statements", facts), _over(record, turns))


def _over(record: Record, turns: Sequence[TurnFact]) -> tuple[Source, ...]:
    """The turns beyond their time; only the count of seconds is told, never a grade."""
    return tuple(
        Source(each.name, record.statements_url, ("turn_over", {"seconds": each.over_seconds}), False)
        for each in turns
        if each.over_seconds > 0
    )


def chairing(record: Record) -> Measure:
    """Begun and ended on time, and not longer than the rule book allows, where it says so."""
    late, over = record.late_minutes, record.over_minutes
    if late is None:
        return Measure(None, ("no_times", {}))
    parts = [_on_time(late), _on_time(over) if over is not None else None]
    facts = {
        "opened_at": _iso(record.opened_at),
        "late": max(0, late),
        "closed_at": _iso(record.closed_at),
        "over": max(0, over or 0),
    }
    said: Said = ("times", facts)
    sources: tuple[Source, ...] = ()
    if record.longest_minutes and record.lasted_minutes is not None:
        fits = record.lasted_minutes <= record.longest_minutes
        parts.append(Fraction(fits))
        length: Said = ("length", {"minutes": record.lasted_minutes, "longest": record.longest_minutes})
        sources = (Source("", record.course_url, length, fits),)
    return Measure(_kept(parts), said, sources)


def _on_time(minutes: int) -> Fraction:
    """Within five minutes whole; each begun quarter of an hour beyond takes a quarter. Early is on time."""
    begun = -(-max(0, minutes - PATIENCE) // QUARTER)
    return max(Fraction(0), 1 - Fraction(begun, 4))


def result(record: Record) -> Measure:
    """Half for items that were concluded, half for tasks that say who does what by when (five clears)."""
    items, tasks = record.items, record.tasks
    if not items:
        return Measure(None, ("no_items", {}))
    concluded, clear = sum(each.concluded for each in items), sum(each.clear for each in tasks)
    share = _kept((Fraction(concluded, len(items)), Fraction(clear, len(tasks)) if tasks else None))
    open_items = [Source(each.name, record.course_url, ("item_open", {}), False) for each in items if not each.concluded]
    unclear = [Source(each.text, each.url, ("task_unclear", {}), False) for each in tasks if not each.clear]
    facts = {"items": len(items), "concluded": concluded, "tasks": len(tasks), "clear": clear}
    return Measure(share, ("result", facts), (*open_items, *unclear))


def notice(record: Record) -> Measure:
    """Issued in time or not; nothing to measure while it is not due yet or where none is required."""
    if not record.notice_required or record.notice_due_on is None:
        return Measure(None, ("notice_not_needed", {}))
    due = {"due_on": record.notice_due_on.isoformat()}
    if record.notice_on is not None:
        in_time = record.notice_on <= record.notice_due_on
        facts = {**due, "symbol": record.notice_symbol, "on": record.notice_on.isoformat()}
        said: Said = ("notice_in_time" if in_time else "notice_late", facts)
        return Measure(Fraction(in_time), said, (Source(record.notice_symbol, record.notice_url, said, in_time),))
    if record.today <= record.notice_due_on:
        return Measure(None, ("notice_waits", due))
    return Measure(Fraction(0), ("notice_missing", due))


MEASURES: Mapping[str, Callable[[Record], Measure]] = {
    "papers_on_time": papers_on_time,
    "papers_quality": papers_quality,
    "handed_out": handed_out,
    "attendance": attendance,
    "statements": statements,
    "chairing": chairing,
    "result": result,
    "notice": notice,
}


def failures(record: Record) -> dict[str, tuple[str, ...]]:
    """The hard failures found, by rule, with what shows them. Nothing is held against a meeting that was not recorded."""
    if not record.is_recorded:
        return {}
    found = {
        "no_quorum": () if record.quorum_met else (f"{record.quorum_present}/{record.quorum_total}",),
        "main_paper_missing": _without_papers(record.items),
        "item_without_conclusion": tuple(each.name for each in record.items if not each.concluded),
    }
    return {rule: shown for rule, shown in found.items() if shown}


def _without_papers(items: Sequence[ItemFact]) -> tuple[str, ...]:
    return tuple(each.name for each in items if each.papers_asked and not each.papers_here)


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
