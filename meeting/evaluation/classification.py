"""From measures and the chair's points to a verdict: exact points of a hundred, hard failures, and what decided it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from meeting.errors import N_
from meeting.evaluation.criteria import FAIR, GOOD, JUDGED, Criterion, Form
from meeting.evaluation.evidence import MEASURES, Measure, Said, Source, failures
from meeting.evaluation.record import Record
from meeting.evaluation.rules import MET, NOT_MET

FULL = 1000  # tenths of a hundred points

WHY: Mapping[str, str] = {
    "not_recorded": N_("The meeting was not held in the system, so nothing is computed. The chair judges freely."),
    "nothing_measured": N_("There was nothing to measure. The chair judges freely."),
    "enough": N_("%(points)s points of 100; at least %(needed)s are needed."),
    "too_few": N_("Only %(points)s points of 100; at least %(needed)s are needed."),
    "failure_no_quorum": N_("Too few members were present: %(what)s."),
    "failure_main_paper_missing": N_("No paper came for: %(what)s."),
    "failure_item_without_conclusion": N_("Left without a conclusion: %(what)s."),
}


@dataclass(frozen=True)
class Line:
    """One criterion as it came out. `share` None: left out, and the others count for more."""

    code: str
    label: str
    points: int
    share: Fraction | None
    by: str  # measured, judged, nothing, urgent
    said: Said
    sources: tuple[Source, ...] = ()
    note: str = ""
    measured: Fraction | None = None  # what the system proposed, where the chair gave other points

    @property
    def tenths(self) -> int | None:
        """Points in tenths, halves up."""
        return None if self.share is None else half_up(10 * self.points * self.share)


@dataclass(frozen=True)
class Outcome:
    """What the form comes to. `tenths` of 1000; an empty verdict: nothing could be computed."""

    lines: tuple[Line, ...]
    tenths: int | None
    verdict: str
    shade: str
    failures: tuple[Said, ...]
    why: tuple[Said, ...]


@dataclass(frozen=True)
class Score:
    """What the chair gave by one criterion, in tenths of its points."""

    tenths: int
    note: str = ""


def half_up(number: Fraction) -> int:
    """The nearest whole number, halves up."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def outcome(form: Form, record: Record, scores: Mapping[str, Score]) -> Outcome:
    """The whole form. The chair's points win over what was measured; an urgent meeting owes no times before the meeting."""
    lines = tuple(_line(each, record, scores.get(each.code)) for each in form.criteria)
    counted = [(each.points, each.share) for each in lines if each.share is not None]
    total = sum(points for points, _ in counted)
    tenths = half_up(Fraction(FULL) * sum((p * share for p, share in counted), Fraction(0)) / total) if total else None
    failed = [(rule, shown) for rule, shown in failures(record).items() if rule in form.failures]
    said: tuple[Said, ...] = tuple((f"failure_{rule}", {"what": "; ".join(shown)}) for rule, shown in failed)
    if not record.is_recorded or tenths is None:
        why: Said = ("nothing_measured" if record.is_recorded else "not_recorded", {})
        verdict = NOT_MET if said else ""
        return Outcome(lines, tenths if record.is_recorded else None, verdict, "", said, (*said, why))
    enough = tenths >= 10 * form.pass_points
    why = ("enough" if enough else "too_few", {"points": tenths, "needed": form.pass_points})
    verdict = MET if enough and not said else NOT_MET
    return Outcome(lines, tenths, verdict, shade_of(form, tenths) if verdict == MET else "", said, (*said, why))


def shade_of(form: Form, tenths: int) -> str:
    """Good, fair or none by the bounds of a body that splits what meets the requirements."""
    return next((shade for shade, bound in form.bands if tenths >= 10 * bound), "")


def _line(criterion: Criterion, record: Record, score: Score | None) -> Line:
    measure = _measured(criterion, record)
    code, label, points = criterion.code, criterion.label, criterion.points
    if record.urgent and criterion.is_timed:
        return Line(code, label, points, None, "urgent", ("urgent", {}), measure.sources if measure else ())
    if score is not None and criterion.way != "measured":
        said = measure.said if measure else ("chair_scored", {})
        sources = measure.sources if measure else ()
        share = Fraction(score.tenths, 10 * points)
        return Line(code, label, points, share, "judged", said, sources, score.note, measure.share if measure else None)
    if measure is None or criterion.way == JUDGED:
        return Line(code, label, points, None, "nothing", ("chair_waits", {}), measure.sources if measure else ())
    return Line(
        code, label, points, measure.share, "nothing" if measure.share is None else "measured", measure.said, measure.sources
    )


def _measured(criterion: Criterion, record: Record) -> Measure | None:
    measure = MEASURES.get(criterion.code)
    return measure(record) if measure else None


def frozen(found: Outcome, read_percent: int | None = None) -> dict[str, Any]:
    """The outcome as plain JSON, to be kept with a verdict."""
    return {
        "tenths": found.tenths,
        "verdict": found.verdict,
        "shade": found.shade,
        "why": [[key, facts] for key, facts in found.why],
        "failures": [[key, facts] for key, facts in found.failures],
        "read_percent": read_percent,
        "lines": [_frozen_line(each) for each in found.lines],
    }


def _frozen_line(line: Line) -> dict[str, Any]:
    return {
        "code": line.code,
        "label": line.label,
        "points": line.points,
        "share": None if line.share is None else str(line.share),
        "measured": None if line.measured is None else str(line.measured),
        "tenths": line.tenths,
        "by": line.by,
        "said": list(line.said),
        "note": line.note,
        "sources": [{"text": s.text, "url": s.url, "said": list(s.said), "good": s.good} for s in line.sources],
    }


def thawed(kept: Mapping[str, Any]) -> Outcome:
    """What was frozen, read back."""
    lines = tuple(
        Line(
            each["code"],
            each["label"],
            each["points"],
            Fraction(each["share"]) if each["share"] is not None else None,
            each["by"],
            _said(each["said"]),
            tuple(Source(s["text"], s["url"], _said(s["said"]), s["good"]) for s in each["sources"]),
            each["note"],
            Fraction(each["measured"]) if each["measured"] is not None else None,
        )
        for each in kept["lines"]
    )
    told = [tuple(_said(each) for each in kept[name]) for name in ("failures", "why")]
    return Outcome(lines, kept["tenths"], kept["verdict"], kept["shade"], *told)


def _said(kept: Any) -> Said:
    return str(kept[0]), dict(kept[1])


def differences(kept: Outcome, now: Outcome) -> list[tuple[str, str]]:
    """Criteria whose points came out otherwise since a verdict was given: (code, label)."""
    before = {each.code: each.share for each in kept.lines}
    return [(each.code, each.label) for each in now.lines if before.get(each.code) != each.share]


SHADE_ORDER = ("", FAIR, GOOD)
