"""What tests of the close share: refusals, results, lines, ballots written by letters, the text of the record."""

from sqlalchemy import select

from meeting.database import reading
from meeting.journal import Entry
from meeting.voting import wording
from meeting.voting.models import Question, QuestionLine, Result


def refused(chamber, username, name, **wanted):
    heard = chamber.ask(username, name, **wanted)
    return heard.status, heard.body["code"]


def result_of(council, question):
    return council.one(select(Result).where(Result.question_id == question))


def lines_of(council, question):
    return council.all(select(QuestionLine).where(QuestionLine.question_id == question).order_by(QuestionLine.position))


def facts_of(council, question, event="voting.vote_closed"):
    found = council.all(select(Entry.facts).where(Entry.event == event))
    (facts,) = [each for each in found if each["question_id"] == question]
    return facts


def said(council, question, language="vi"):
    with reading() as session:
        return wording.record(session.get_one(Question, question), session.get_one(Result, question), language)


def named(*names):
    return [{"title": name} for name in names]


def ballots(chamber, council, question, **choices):
    """`hoa="fa"`: for the first line, against the second."""
    marks = {"f": "for", "a": "against", "s": "abstain", "h": "high", "m": "medium", "l": "low"}
    ids = [line.id for line in lines_of(council, question)]
    for username, letters in choices.items():
        chosen = {str(line): marks[letter] for line, letter in zip(ids, letters, strict=True) if letter != "-"}
        chamber.do(username, "voting.cast", question_id=question, choices=chosen)
