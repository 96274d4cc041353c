"""What the form of a meeting comes to now, from the record and the chair's points."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.evaluation import classification, forms, gathering
from meeting.evaluation.classification import Outcome, Score
from meeting.evaluation.criteria import Form
from meeting.evaluation.models import CriterionScore, MeetingGrade
from meeting.evaluation.record import Record


@dataclass(frozen=True)
class Assessment:
    """The form in force, what was recorded, what both come to."""

    form: Form
    record: Record
    outcome: Outcome

    def frozen(self) -> dict[str, object]:
        """As it is kept with a verdict."""
        return classification.frozen(self.outcome, self.record.read_percent)


def scores_of(session: Session, meeting_id: int) -> dict[str, CriterionScore]:
    """What the chair gave, by criterion."""
    rows = session.scalars(select(CriterionScore).where(CriterionScore.meeting_id == meeting_id))
    return {row.criterion: row for row in rows}


def assess(session: Session, meeting: Meeting) -> Assessment:
    """The form of a meeting as it stands now."""
    form = forms.form_for(session, meeting)
    record = gathering.record_of(session, meeting)
    scores = {code: Score(row.points_tenths, row.note) for code, row in scores_of(session, meeting.id).items()}
    return Assessment(form, record, classification.outcome(form, record, scores))


def kept(grade: MeetingGrade | None) -> Outcome | None:
    """What the form came to when the verdict was given."""
    return classification.thawed(grade.evidence) if grade and grade.evidence else None
