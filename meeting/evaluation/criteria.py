"""The form by which a body judges its meetings, as data: criteria with points, what counts as met, hard failures, the survey.

Pure. No official form for grading a meeting of a People's Committee exists; the default is our proposal, leaning on HD
12-HD/BTCTW (2018) and the 100-point forms of provinces. Everything in it is a body's own to change, from a day on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from meeting.errors import N_, Malformed

MEASURED, JUDGED, BOTH = "measured", "judged", "both"
WAYS: Mapping[str, str] = {
    MEASURED: N_("Measured by the system"),
    JUDGED: N_("Judged by the chair"),
    BOTH: N_("Measured, the chair may change it"),
}

#: What the system can measure: the name of the criterion.
NAMES: Mapping[str, str] = {
    "papers_on_time": N_("Papers handed in on time"),
    "papers_quality": N_("Quality of the papers"),
    "handed_out": N_("Invitation and papers given to participants on time"),
    "attendance": N_("Attendance: the right people, present and on time"),
    "statements": N_("Statements: to the point and within their time"),
    "chairing": N_("Chairing and times of the meeting"),
    "result": N_("Result: items concluded, tasks clear"),
    "notice": N_("Conclusion notice issued in time"),
}
#: Before the meeting: what is called in a hurry cannot keep these times.
TIMED = frozenset({"papers_on_time", "handed_out"})
OWN = tuple(f"own{number}" for number in range(1, 7))  # a body's own criteria, judged by the chair

FAILURES: Mapping[str, str] = {
    "no_quorum": N_("Too few members were present for the meeting to be valid"),
    "main_paper_missing": N_("An item came without the papers that were asked for it"),
    "item_without_conclusion": N_("An item was left without a conclusion"),
}
GOOD, FAIR = "good", "fair"
BAND_NAMES: Mapping[str, str] = {GOOD: N_("Good (rating)"), FAIR: N_("Fair (rating)")}
LEVELS = 4
LEVEL_NAMES: Mapping[int, str] = {4: N_("Very good"), 3: N_("Good enough"), 2: N_("Not good enough"), 1: N_("Poor")}
QUESTIONS: Mapping[str, str] = {
    "papers": N_("Papers came early enough and were usable"),
    "chairing": N_("The meeting was led to the point and kept its times"),
    "heard": N_("Opinions were heard and discussed"),
    "outcome": N_("The conclusions say clearly who does what by when"),
}
MOST_QUESTIONS = 4
LEAST_SAMPLE = 3
MOST_DAYS = 60

FORM_FAULTS: Mapping[str, str] = {
    "no_criteria": N_("The form needs at least one criterion."),
    "unknown": N_("The system does not know this criterion."),
    "twice": N_("This criterion stands on the form twice."),
    "points": N_("Points are whole numbers from 1 to 1000."),
    "way": N_("The system cannot measure this. Let the chair judge it."),
    "label": N_("Please name this criterion."),
    "pass": N_("The least number of points is between 1 and 100."),
    "bands": N_("The bounds must rise: met, fair, good, at most 100."),
    "failure": N_("The system does not know this rule."),
    "days": N_("Please give a number of days from 1 to 60."),
    "sample": N_("At least 3 answers are needed, or single answers could be guessed."),
    "question": N_("Please word this question."),
    "questions": N_("The survey takes half a minute: at most four questions."),
}


@dataclass(frozen=True)
class Criterion:
    """One line of the form. An empty `label` is the usual name."""

    code: str
    points: int
    way: str = MEASURED
    label: str = ""

    @property
    def is_timed(self) -> bool:
        """Whether it is about times before the meeting."""
        return self.code in TIMED

    @property
    def is_own(self) -> bool:
        """Whether the body added it itself."""
        return self.code in OWN


@dataclass(frozen=True)
class SurveyQuestion:
    """One question to the members, answered on four levels. An empty `text` is the usual wording."""

    code: str
    text: str = ""


@dataclass(frozen=True)
class Form:
    """How a body judges its meetings from a day on."""

    criteria: tuple[Criterion, ...]
    pass_points: int = 50
    split: bool = True
    good_from: int = 90
    fair_from: int = 70
    failures: tuple[str, ...] = tuple(FAILURES)
    close_days: int = 5
    smallest_sample: int = 5
    survey: tuple[SurveyQuestion, ...] = tuple(SurveyQuestion(code) for code in QUESTIONS)

    @property
    def total(self) -> int:
        """The sum of all points; a result is always given as of 100."""
        return sum(each.points for each in self.criteria)

    @property
    def bands(self) -> tuple[tuple[str, int], ...]:
        """The shades of meeting the requirements with the points from which they hold, the best first; none when not split."""
        return ((GOOD, self.good_from), (FAIR, self.fair_from)) if self.split else ()

    def criterion(self, code: str) -> Criterion | None:
        """The line with this code."""
        return next((each for each in self.criteria if each.code == code), None)


DEFAULT = Form(
    criteria=(
        Criterion("papers_on_time", 20),
        Criterion("papers_quality", 20, BOTH),
        Criterion("handed_out", 10),
        Criterion("attendance", 15, BOTH),
        Criterion("statements", 10, BOTH),
        Criterion("chairing", 10),
        Criterion("result", 10),
        Criterion("notice", 5),
    )
)


def checked(form: Form) -> Form:
    """The form as it may be kept, its words trimmed; refused as malformed with a sentence for each wrong field."""
    trimmed = replace(
        form,
        criteria=tuple(replace(each, label=each.label.strip()) for each in form.criteria),
        survey=tuple(replace(each, text=each.text.strip()) for each in form.survey),
    )
    wrong = {**_lines(trimmed.criteria), **_bounds(trimmed), **_questions(trimmed.survey)}
    if wrong:
        raise Malformed({field: FORM_FAULTS[fault] for field, fault in wrong.items()})
    return trimmed


def _lines(criteria: Sequence[Criterion]) -> dict[str, str]:
    wrong = {} if criteria else {"criteria": "no_criteria"}
    seen: set[str] = set()
    for place, each in enumerate(criteria):
        if each.code not in NAMES and not each.is_own:
            wrong[f"criteria.{place}.label"] = "unknown"
        elif each.code in seen:
            wrong[f"criteria.{place}.label"] = "twice"
        elif each.is_own and not each.label:
            wrong[f"criteria.{place}.label"] = "label"
        if not 1 <= each.points <= 1000:
            wrong[f"criteria.{place}.points"] = "points"
        if each.way not in WAYS or (each.is_own and each.way != JUDGED):
            wrong[f"criteria.{place}.way"] = "way"
        seen.add(each.code)
    return wrong


def _bounds(form: Form) -> dict[str, str]:
    wrong = {}
    if not 1 <= form.pass_points <= 100:
        wrong["pass_points"] = "pass"
    elif form.split and not form.pass_points < form.fair_from < form.good_from <= 100:
        wrong["good_from"] = "bands"
    if not set(form.failures) <= set(FAILURES):
        wrong["failures"] = "failure"
    if not 1 <= form.close_days <= MOST_DAYS:
        wrong["close_days"] = "days"
    if form.survey and form.smallest_sample < LEAST_SAMPLE:
        wrong["smallest_sample"] = "sample"
    return wrong


def _questions(survey: Sequence[SurveyQuestion]) -> dict[str, str]:
    wrong = {"survey": "questions"} if len(survey) > MOST_QUESTIONS else {}
    codes = [each.code for each in survey]
    for place, each in enumerate(survey):
        if (each.code not in QUESTIONS and not each.text) or codes.count(each.code) > 1:
            wrong[f"survey.{place}.text"] = "question"
    return wrong


def as_columns(form: Form) -> dict[str, Any]:
    """The form as its row keeps it."""
    return {
        "criteria": [asdict(each) for each in form.criteria],
        "pass_points": form.pass_points,
        "bands": {GOOD: form.good_from, FAIR: form.fair_from},
        "split": form.split,
        "close_days": form.close_days,
        "smallest_sample": form.smallest_sample,
        "survey": [asdict(each) for each in form.survey],
        "failures": list(form.failures),
    }


def from_columns(columns: Mapping[str, Any]) -> Form:
    """The form that a row keeps."""
    bands = columns["bands"]
    return Form(
        criteria=tuple(Criterion(**each) for each in columns["criteria"]),
        pass_points=columns["pass_points"],
        split=columns["split"],
        good_from=bands.get(GOOD, DEFAULT.good_from),
        fair_from=bands.get(FAIR, DEFAULT.fair_from),
        failures=tuple(columns["failures"]),
        close_days=columns["close_days"],
        smallest_sample=columns["smallest_sample"],
        survey=tuple(SurveyQuestion(**each) for each in columns["survey"]),
    )
