"""The office drafts a round: what is asked, of whom, until when, with which papers."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from meeting.acts import Tx, act
from meeting.documents.models import File
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.organization.models import Body, Unit
from meeting.permissions import Action
from meeting.rounds import queries, rules
from meeting.rounds.inputs import CancelRoundInput, DraftRoundInput, EditRoundInput, PaperInput, RoundPaperInput
from meeting.rounds.models import OpinionRound, RoundPaper


def kept(tx: Tx, round_id: int, action: Action = Action.KEEP_ROUNDS) -> OpinionRound:
    """The round, locked until this transaction ends: what happens to it happens one after the other."""
    tx.execute(select(OpinionRound.id).where(OpinionRound.id == round_id).with_for_update())
    found = tx.get(OpinionRound, round_id)
    tx.require(action, found)
    return found


def own_file(tx: Tx, file_id: int) -> File:
    """A file that this person sent and that was not refused; others' files are not known here."""
    file = tx.get(File, file_id)
    if file.uploaded_by != tx.actor.person_id:
        raise Missing()
    if file.was_refused:
        raise Refused("file_gone")
    return file


@act("rounds.draft", Action.KEEP_ROUNDS)
def draft(tx: Tx, wanted: DraftRoundInput) -> dict[str, Any]:
    """The office drafts a written round of a body; nobody is asked before it is sent.

    Refused: `round_ground_unknown`, `round_reason`, `round_options_unknown`, `round_rule_unknown`, `round_rule_weak`,
    `round_due_past`,
    `round_not_members`, `round_officer_unknown`, `body_retired`, `not_found`. Recorded.
    """
    body = tx.get(Body, wanted.body_id)
    tx.require(Action.KEEP_ROUNDS, body)
    if body.retired_on:
        raise Refused("body_retired", name=body.name)
    given = wanted.model_dump(
        include={"title", "text", "ground", "ground_text", "due_at", "unit_id", "signed_reply", "changeable"}
    )
    row = OpinionRound(
        **given,
        body_id=body.id,
        options=rules.offered(body.kind, wanted.options),
        rule=wanted.rule or "more_than_half",
        tie=rules.usual_tie(body.kind),
        officer_id=wanted.officer_id or tx.actor.person_id,
        wanted=wanted.people,
        created_by_id=tx.actor.person_id,
        created_at=tx.now,
    )
    row.body = body
    _check(tx, row)
    tx.add(row)
    tx.record(Event.ROUND_DRAFTED, row, round_id=row.id, body_id=body.id, title=row.title, due_at=row.due_at.isoformat())
    return {"round_id": row.id}


def _check(tx: Tx, row: OpinionRound) -> None:
    """What must be right of a draft whenever it is kept."""
    rules.check_ground(row.body.kind, row.ground, row.ground_text)
    rules.check_rule(row.body.kind, row.rule)
    rules.check_due(row.due_at, tx.now)
    if row.unit_id is not None:
        tx.get(Unit, row.unit_id)
    if row.officer_id not in {each.id for each in queries.officers_of(tx.reading, row.body_id)}:
        raise Refused("round_officer_unknown")
    rules.chosen([each.id for each in queries.members_of(tx.reading, row.body_id)], row.wanted)


@act("rounds.edit", Action.KEEP_ROUNDS)
def edit(tx: Tx, wanted: EditRoundInput) -> dict[str, Any]:
    """Changes a draft; what is not named stays. Refused: `round_not_draft` and as drafting. Recorded with what changed."""
    row = kept(tx, wanted.round_id)
    rules.check_draft(row.state)
    given = wanted.model_dump(exclude_unset=True, exclude={"round_id", "meeting_id"})
    nullable = {"unit_id"}
    given = {name: value for name, value in given.items() if value is not None or name in nullable}
    if "people" in given:
        given["wanted"] = given.pop("people")
    if "options" in given:
        given["options"] = rules.offered(row.body.kind, given["options"])
    changed = {name: value for name, value in given.items() if getattr(row, name) != value}
    if not changed:
        tx.nothing_to_record("the draft says so already")
        return {"changed": []}
    before = {name: _plain(getattr(row, name)) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    _check(tx, row)
    after = {name: _plain(value) for name, value in changed.items()}
    tx.record(Event.ROUND_EDITED, row, round_id=row.id, before=before, after=after)
    return {"changed": sorted(changed)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


@act("rounds.add_paper", Action.KEEP_ROUNDS)
def add_paper(tx: Tx, wanted: RoundPaperInput) -> dict[str, Any]:
    """Puts a paper into the dossier: of a draft, or of an open round, when all who are asked are told.

    Nothing that was sent is ever taken out again. Refused: `round_not_open` after the close, `round_paper_again`,
    `round_too_many_papers`, `file_gone`, `not_found` (somebody else's file). Recorded.
    """
    row = kept(tx, wanted.round_id)
    if row.state != "draft":
        rules.check_open(row.state)
    file = own_file(tx, wanted.file_id)
    if any(each.file.sha256 == file.sha256 for each in row.papers):
        raise Refused("round_paper_again")
    if len(row.papers) >= rules.MOST_PAPERS:
        raise Refused("round_too_many_papers", limit=rules.MOST_PAPERS)
    last = tx.scalar(select(func.max(RoundPaper.position)).where(RoundPaper.round_id == row.id)) or 0
    title = wanted.title or file.name.rsplit(".", 1)[0]
    known = {"round_id": row.id, "file_id": file.id, "title": title}
    paper = tx.add(RoundPaper(**known, position=last + 1, added_at=tx.now, added_by_id=tx.actor.person_id))
    tx.record(
        Event.ROUND_EDITED, row, round_id=row.id, paper_id=paper.id, paper=title, sha256=file.sha256, open=row.state == "open"
    )
    return {"paper_id": paper.id}


@act("rounds.remove_paper", Action.KEEP_ROUNDS)
def remove_paper(tx: Tx, wanted: PaperInput) -> dict[str, Any]:
    """Takes a paper out of a draft's dossier. Refused: `round_not_draft`. Recorded."""
    paper = tx.get(RoundPaper, wanted.paper_id)
    row = kept(tx, paper.round_id)
    rules.check_draft(row.state)
    title = paper.title
    tx.delete(paper)
    tx.record(Event.ROUND_EDITED, row, round_id=row.id, removed=title)
    return {}


@act("rounds.cancel", Action.KEEP_ROUNDS)
def cancel(tx: Tx, wanted: CancelRoundInput) -> dict[str, Any]:
    """Calls a round off before it is decided on, with the reason; all who were asked are told, what came stays on file.

    Refused: `round_over`, `round_reason`. Recorded.
    """
    row = kept(tx, wanted.round_id)
    rules.check_cancel(row.state, wanted.reason)
    before, row.state, row.reason, row.cancelled_at = row.state, "cancelled", wanted.reason, tx.now
    people = [each.person_id for each in row.members]
    tx.record(Event.ROUND_CANCELLED, row, round_id=row.id, before=before, reason=row.reason, people=people)
    return {}
