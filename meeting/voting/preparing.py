"""Preparing questions: written down, changed, removed and ordered while they are drafts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from meeting.acts import Tx, act
from meeting.agenda.models import Item, Meeting
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.organization.models import Person
from meeting.permissions import Action
from meeting.voting import lawful, queries, rules
from meeting.voting.inputs import EditInput, LineInput, Options, OrderInput, PrepareInput
from meeting.voting.lawful import Line
from meeting.voting.majority import RULES
from meeting.voting.models import Question, QuestionLine
from meeting.voting.service import PREPARING, QuestionInput, asked


@act("voting.prepare", Action.PREPARE_VOTE)
def prepare(tx: Tx, wanted: PrepareInput) -> dict[str, Any]:
    """Writes down a question on an item: what stands on its paper, how it is voted on, by which rule.

    Elections, bãi nhiệm and votes of confidence go on paper unless the rule book names the clause that lets them be electronic.
    Refused: `vote_outside`, `vote_after_meeting`, `rule_unknown`, `rule_too_weak`, `options_not_lawful`, `form_not_lawful`,
    `choose_not_allowed`, `must_be_secret`, `must_be_open`, `electronic_not_allowed`, `paper_by_hand`, `no_limit_by_hand`,
    `lines_not_here`, `lines_count`, `two_alternatives`, `ballot_line_empty`, `line_twice`, `seats_count`, `seats_not_here`.
    Recorded as `voting.question_prepared`. Nothing is open yet.
    """
    item = tx.get(Item, wanted.item_id)
    tx.require(Action.PREPARE_VOTE, item)
    check_item(item, wanted.meeting_id)
    form = wanted.form or ("election" if wanted.candidates is not None else "matter")
    given = wanted.lines if wanted.lines is not None else wanted.candidates
    lines = _read(tx, given or [])
    columns = composed(
        item.meeting, form, lines, kind=wanted.kind, on_paper=wanted.on_paper, options=_keys(wanted.options),
        rule=wanted.rule, seats=wanted.seats, office=wanted.office, seconds=wanted.seconds,
    )  # fmt: skip
    question = tx.add(
        Question(
            meeting_id=item.meeting_id,
            item_id=item.id,
            title=wanted.title,
            explanation=wanted.explanation,
            changeable=wanted.changeable,
            **new(tx, item.meeting_id),
            **columns,
        )
    )
    put_lines(tx, question, lines)
    tx.record(Event.QUESTION_PREPARED, question, **told(question, lines))
    return {"question_id": question.id}


def check_item(item: Item, meeting_id: int | None) -> None:
    """Whether questions may be prepared on an item now: `vote_outside`, `vote_after_meeting`."""
    if meeting_id is not None and meeting_id != item.meeting_id:
        raise Missing()
    if item.outside:
        raise Refused("vote_outside")
    if item.meeting.state not in PREPARING:
        raise Refused("vote_after_meeting")


def composed(
    meeting: Meeting, form: str, lines: Sequence[Line], *, kind: str | None, on_paper: bool | None, rule: str | None,
    options: Sequence[str] | None, seats: int | None, office: str, seconds: int,
) -> dict[str, Any]:  # fmt: skip
    """The columns that belong together, completed and found lawful for the body of a meeting; else refused."""
    book, body = meeting.book, meeting.body.kind
    mandate = lawful.is_mandate(form, office, lines)
    found_kind, paper = lawful.way(body, form, book, kind, on_paper, mandate=mandate)
    found_rule = rule or lawful.usual_rule(body, form, book.majority, office)
    if found_rule not in RULES:
        raise Refused("rule_unknown", rules=list(RULES))
    lawful.check_rule(found_rule, book.majority)
    lawful.check_lines(body, form, lines)
    lawful.check_limit(found_kind, seconds)
    return {
        "form": form,
        "kind": found_kind,
        "on_paper": paper,
        "rule": found_rule,
        "tie": book.tie,
        "options": list(lawful.marks(body, form, found_kind, book.choices, options, voters=book.voters)),
        "seats": lawful.seats(form, seats, len(lines)),
        "office": office,
        "seconds": seconds,
        "basis": lawful.basis(form, found_kind, book),
    }


def new(tx: Tx, meeting_id: int) -> dict[str, Any]:
    """The columns of a question that is new: by whom, when, behind all others."""
    last = tx.scalar(select(func.max(Question.position)).where(Question.meeting_id == meeting_id)) or 0
    return {"position": last + 1, "prepared_by": tx.actor.person_id, "prepared_at": tx.now}


def put_lines(tx: Tx, question: Question, lines: Sequence[Line]) -> None:
    """Writes the lines of a paper in the place of those before."""
    if question.lines:
        question.lines.clear()
        tx.flush()
    question.lines.extend(
        QuestionLine(position=number, title=line.title, person_id=line.person_id, office=line.office, detail=line.detail)
        for number, line in enumerate(lines, 1)
    )
    tx.flush()


def lines_on(question: Question) -> list[Line]:
    """What stands on the paper of a question."""
    return [Line(line.title, line.person_id, line.office, line.detail) for line in question.lines]


def told(question: Question, lines: Sequence[Line]) -> dict[str, Any]:
    """A question as the journal tells it while it is prepared."""
    return {
        "question_id": question.id,
        "item_id": question.item_id,
        "title": question.title,
        "kind": question.kind,
        "form": question.form,
        "on_paper": question.on_paper,
        "rule": question.rule,
        "lines": [line.title for line in lines],
    }


def _read(tx: Tx, given: Sequence[LineInput]) -> list[Line]:
    """The lines as they will be printed: people by the name in the list of people unless another is written."""
    wanted = {line.person_id for line in given if line.person_id is not None}
    known = {each.id: each for each in tx.scalars(select(Person).where(Person.id.in_(wanted)))} if wanted else {}
    if wanted - set(known):
        raise Missing()
    found = []
    for line in given:
        person = known.get(line.person_id or 0)
        title = line.title or (person.called if person else "")
        found.append(Line(title, line.person_id, line.office, line.detail or (person.position if person else "")))
    return found


def _keys(options: Options | None) -> list[str] | None:
    return None if options is None else [each if isinstance(each, str) else each.key for each in options]


@act("voting.edit", Action.PREPARE_VOTE)
def edit(tx: Tx, wanted: EditInput) -> dict[str, Any]:
    """Changes a draft; everybody who reviews the list sees it at once. Once the register is frozen nothing changes any more.

    Refused: `question_state`, and as `voting.prepare`. Recorded as `voting.question_edited` with the names of what changed.
    """
    question = asked(tx, Action.PREPARE_VOTE, wanted)
    rules.check_state(question.state, "draft")
    item = question.item if wanted.item_id is None else tx.get(Item, wanted.item_id)
    check_item(item, question.meeting_id)
    lines = lines_on(question) if wanted.lines is None else _read(tx, wanted.lines)
    columns = {**_merged(question, wanted, lines), "item_id": item.id}
    changed = [name for name, value in columns.items() if getattr(question, name) != value]
    if wanted.lines is not None and lines != lines_on(question):
        changed.append("lines")
        put_lines(tx, question, lines)
    if question.form != "matter" and columns["form"] == "matter":
        put_lines(tx, question, [])
    for name in changed:
        if name != "lines":
            setattr(question, name, columns[name])
    if not changed:
        tx.nothing_to_record("nothing is different")
        return {}
    tx.record(Event.QUESTION_EDITED, question, **told(question, lines_on(question)), changed=changed)
    return {}


def _merged(question: Question, wanted: EditInput, lines: Sequence[Line]) -> dict[str, Any]:
    """The columns of a draft after a change: what hangs on the form or the way and was not named is as usual again."""
    form = wanted.form or question.form
    moved = form != question.form
    turned = wanted.on_paper is not None and wanted.on_paper != question.on_paper
    kind = wanted.kind or (None if moved or turned else question.kind)
    paper = wanted.on_paper if wanted.on_paper is not None else (None if moved or wanted.kind else question.on_paper)
    office = question.office if wanted.office is None else wanted.office
    mandate = lawful.is_mandate(form, office, lines)
    way = lawful.way(question.meeting.body.kind, form, question.meeting.book, kind, paper, mandate=mandate)
    keeps_options = not moved and way[0] == question.kind
    keeps_seats = not moved and question.seats and question.seats != len(question.lines)
    keeps_seconds = 0 if way[0] == "hand" else question.seconds
    columns = composed(
        question.meeting, form, [] if form == "matter" and wanted.lines is None else lines, kind=way[0], on_paper=way[1],
        rule=wanted.rule or (None if moved else question.rule),
        options=_keys(wanted.options) or (list(question.options) if keeps_options else None),
        seats=wanted.seats if wanted.seats is not None else (question.seats if keeps_seats else None),
        office=office,
        seconds=keeps_seconds if wanted.seconds is None else wanted.seconds,
    )  # fmt: skip
    plain = {name: getattr(wanted, name) for name in ("title", "explanation", "changeable")}
    return {**columns, **{name: value for name, value in plain.items() if value is not None}}


@act("voting.remove", Action.PREPARE_VOTE)
def remove(tx: Tx, wanted: QuestionInput) -> dict[str, Any]:
    """Takes a draft off the list. What has a frozen register is cancelled instead. Refused: `question_state`.

    Recorded as `voting.question_removed` with all that stood on it.
    """
    question = asked(tx, Action.PREPARE_VOTE, wanted)
    rules.check_state(question.state, "draft")
    tx.record(Event.QUESTION_REMOVED, question, **told(question, lines_on(question)))
    tx.delete(question)
    return {}


@act("voting.order", Action.PREPARE_VOTE)
def order(tx: Tx, wanted: OrderInput) -> dict[str, Any]:
    """Sets the order of the questions that are still to be voted on; those voted on stay where they are.

    Refused: `questions_differ` when the list is not exactly theirs. Recorded as `voting.questions_ordered`.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.PREPARE_VOTE, meeting)
    ahead = {each.id: each for each in queries.questions_of(tx.reading, meeting.id) if each.state in ("draft", "ready")}
    if sorted(ahead) != sorted(wanted.question_ids):
        raise Refused("questions_differ", question_ids=list(ahead))
    if list(ahead) == wanted.question_ids:
        tx.nothing_to_record("the order is so already")
        return {}
    for position, number in zip(sorted(each.position for each in ahead.values()), wanted.question_ids, strict=True):
        ahead[number].position = position
    tx.record(Event.QUESTIONS_ORDERED, meeting, question_ids=wanted.question_ids)
    return {}
