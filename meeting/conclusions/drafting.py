"""The act that begins a document: a notice, a resolution, or one about an earlier document, with the usual words proposed."""

from typing import Any, Literal

from pydantic import Field
from sqlalchemy import select

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Item, Meeting
from meeting.conclusions import beginning, relations, versions
from meeting.conclusions.arranging import arrange
from meeting.conclusions.kinds import CONCLUSION, KINDS, Kind, kind_of, usual_kind
from meeting.conclusions.life_queries import pending_about, set_meeting_state, standing_of
from meeting.conclusions.lines import LineFields, check_and_add
from meeting.conclusions.models import Instrument, InstrumentVersion, NoticeLine
from meeting.conclusions.rules import NoticeState, step
from meeting.conclusions.votes import check_vote
from meeting.errors import N_, Malformed, Missing, Refused
from meeting.events import Event
from meeting.permissions import Action

OVER = ("held", "archived")
DECIDING = ("in_session", "paused", *OVER)  # a resolution may be written as soon as the vote is published


class DraftInput(ActInput):
    """The meeting, and what is begun: of which kind, on which item, by which vote, about which earlier document."""

    kind: str = Field("", max_length=10)
    family: Literal["", "conclusion", "decision"] = ""
    item_id: int | None = None
    question_id: int | None = None
    about_id: int | None = None
    relation: Literal["", "corrects", "replaces", "withdraws"] = ""
    reason: str = Field("", max_length=5000)
    another: bool = False  # beside one of the same kind on the same matter that is being made
    lines: list[LineFields] = Field(default_factory=list, max_length=200)


class VoteInput(ActInput):
    """A document and the vote that carries it; without one the link is taken away."""

    notice_id: int
    question_id: int | None = None


class DiscardInput(ActInput):
    """A draft that is not wanted, and why."""

    notice_id: int
    reason: str = Field("", max_length=2000)


@act("conclusions.draft", Action.WRITE_CONCLUSIONS)
def draft(tx: Tx, wanted: DraftInput) -> dict[str, Any]:
    """Begins a document of a meeting, with the usual words proposed: a notice unless `kind` or `family` says otherwise.

    Results of votes are proposed as first lines of a notice; a resolution gets its grounds from the papers of its item and the
    figures of its vote. `about_id` and `relation` begin one that corrects, replaces (its lines come along) or withdraws an
    issued one. Refused: `meeting_not_held`, `notice_exists` (unless `another`), `notice_not_required`, `kind_unknown`,
    `kind_of_other_body`, `vote_not_published`, `vote_not_passed`; of relations what `check_about` refuses,
    `correction_unnamed`, `withdrawal_reason_needed`; and what `check_line` refuses. Recorded with kind and number of lines.
    """
    about = _about(tx, wanted)
    meeting = about.meeting if about else _meeting(tx, wanted)
    tx.require(Action.WRITE_CONCLUSIONS, meeting)
    kind = _kind(wanted, meeting, about)
    _check_meeting(tx, wanted, meeting, kind)
    if wanted.question_id is not None:
        check_vote(tx, wanted.question_id, meeting)
    if about is not None:
        relations.check_reason(wanted.relation, wanted.reason)
        pending = pending_about(tx.reading, about)
        relations.check_about(wanted.relation, standing_of(about), meeting.body_id, kind.family, pending)
    _check_alone(tx, wanted, meeting, kind)
    proposal = beginning.Proposal(meeting, kind, wanted.item_id, wanted.question_id)
    document = tx.add(
        beginning.about(tx, proposal, about, wanted.relation, wanted.reason) if about else beginning.begun(tx, proposal)
    )
    line_ids = _lines(tx, document, wanted, about)
    versions.keep(tx, document)
    set_meeting_state(tx.reading, meeting)
    facts = {"about_id": about.id, "relation": wanted.relation} if about else {}
    tx.record(Event.NOTICE_DRAFTED, document, **told(document), lines=len(line_ids), **facts)
    return {"notice_id": document.id, "line_ids": line_ids}


@act("conclusions.link_vote", Action.WRITE_CONCLUSIONS)
def link_vote(tx: Tx, wanted: VoteInput) -> dict[str, Any]:
    """Ties a draft to the vote that carries it, or unties it.

    Refused: `notice_not_draft`, `notice_issued`, `vote_not_published`, `vote_not_passed`. Recorded.
    """
    document = tx.get(Instrument, wanted.notice_id)
    tx.require(Action.WRITE_CONCLUSIONS, document)
    step("edit", NoticeState(document.state))
    if wanted.question_id is not None:
        check_vote(tx, wanted.question_id, document.meeting)
    document.question_id = wanted.question_id
    tx.record(Event.NOTICE_EDITED, document, **told(document), changed=["question_id"])
    return {}


@act("conclusions.discard", Action.WRITE_CONCLUSIONS)
def discard(tx: Tx, wanted: DiscardInput) -> dict[str, Any]:
    """Throws a draft away that was begun by mistake. Refused: `notice_not_draft`, `notice_issued`.

    The journal keeps what it was about and why it went; a meeting whose only notice this was waits for one again.
    """
    document = tx.get(Instrument, wanted.notice_id)
    tx.require(Action.WRITE_CONCLUSIONS, document)
    step("edit", NoticeState(document.state))
    _erase(tx, document, reason=wanted.reason)
    return {}


@act("conclusions.void", Action.ISSUE_CONCLUSIONS)
def void(tx: Tx, wanted: DiscardInput) -> dict[str, Any]:
    """Gives up a document that has its number but is not to be issued any more (hủy số). The number is never given again.

    Refused: `void_not_numbered` unless it is numbered and not issued; `reason_needed`. Recorded with the number.
    """
    document = tx.get(Instrument, wanted.notice_id)
    tx.require(Action.ISSUE_CONCLUSIONS, document)
    if document.state != NoticeState.NUMBERED or document.number is None:
        raise Refused("void_not_numbered")
    if not wanted.reason:
        raise Refused("reason_needed")
    _erase(tx, document, reason=wanted.reason, symbol=document.number.symbol)
    return {}


def _erase(tx: Tx, document: Instrument, **more: str) -> None:
    meeting, facts = document.meeting, {**told(document), "abstract": document.abstract, **more}
    for version in tx.scalars(select(InstrumentVersion).where(InstrumentVersion.instrument_id == document.id)).all():
        tx.delete(version)
    for line in list(document.lines):
        line.cooperating.clear()
        tx.delete(line)
    tx.flush()
    tx.delete(document)
    tx.flush()
    set_meeting_state(tx.reading, meeting)
    tx.record(Event.NOTICE_DISCARDED, meeting, **facts)


def told(document: Instrument) -> dict[str, Any]:
    """What every entry about a document says."""
    return {"notice_id": document.id, "kind": document.kind, "family": document.family}


def _meeting(tx: Tx, wanted: DraftInput) -> Meeting:
    if wanted.meeting_id is None:
        raise Malformed({"meeting_id": N_("Say which meeting.")})
    return tx.get(Meeting, wanted.meeting_id)


def _about(tx: Tx, wanted: DraftInput) -> Instrument | None:
    """The earlier document, for somebody who may see it."""
    relations.check_named(wanted.relation, wanted.about_id)
    if wanted.about_id is None:
        return None
    about = tx.get(Instrument, wanted.about_id)
    tx.require(Action.READ_CONCLUSIONS, about)
    return about


def _kind(wanted: DraftInput, meeting: Meeting, about: Instrument | None) -> Kind:
    body = meeting.body
    if wanted.kind:
        return kind_of(wanted.kind, body.kind, body.short_name)
    return KINDS[about.kind] if about else usual_kind(body.kind, wanted.family or CONCLUSION)


def _check_meeting(tx: Tx, wanted: DraftInput, meeting: Meeting, kind: Kind) -> None:
    """The meeting is far enough, has not been ended without a notice, and holds the item."""
    if meeting.state not in (OVER if kind.family == CONCLUSION else DECIDING):
        raise Refused("meeting_not_held")
    if kind.family == CONCLUSION and meeting.notice_state == "not_required":
        raise Refused("notice_not_required")
    if wanted.item_id is not None and tx.get(Item, wanted.item_id).meeting_id != meeting.id:
        raise Missing()


def _check_alone(tx: Tx, wanted: DraftInput, meeting: Meeting, kind: Kind) -> None:
    """Two secretaries do not begin the same document unawares."""
    if wanted.another:
        return
    same = select(Instrument.id).where(
        Instrument.meeting_id == meeting.id,
        Instrument.kind == kind.code,
        Instrument.state != "issued",
        Instrument.item_id.is_(None) if wanted.item_id is None else Instrument.item_id == wanted.item_id,
        Instrument.question_id.is_(None) if wanted.question_id is None else Instrument.question_id == wanted.question_id,
        Instrument.about_id.is_(None) if wanted.about_id is None else Instrument.about_id == wanted.about_id,
        Instrument.relation == wanted.relation,
    )
    if tx.scalar(same.limit(1)) is not None:
        raise Refused("notice_exists")


def _lines(tx: Tx, document: Instrument, wanted: DraftInput, about: Instrument | None) -> list[int]:
    """The lines handed in, or those of the document it replaces, or those proposed; in the order they are printed."""
    if wanted.lines or wanted.relation != relations.REPLACES or about is None:
        proposed = wanted.lines or [
            LineFields(item_id=item_id, text=text) for item_id, text in beginning.lines_for(tx, document, about)
        ]
        line_ids = [check_and_add(tx, document, line).id for line in proposed]
        arrange(tx, document)
        return line_ids
    return [_carry_on(tx, document, line).id for line in about.lines]


def _carry_on(tx: Tx, document: Instrument, old: NoticeLine) -> NoticeLine:
    """The same line in the document that replaces the one it stood in."""
    line = NoticeLine(
        notice_id=document.id,
        item_id=old.item_id,
        position=old.position,
        title=old.title,
        text=old.text,
        lead_unit_id=old.lead_unit_id,
        officer_id=old.officer_id,
        process=old.process,
        leader_id=old.leader_id,
        due_on=old.due_on,
        no_due=old.no_due,
        product=old.product,
        carries_id=old.id,
    )
    tx.add(line)
    line.cooperating = list(old.cooperating)
    tx.flush()
    tx.reading.expire(document, ["lines"])
    return line
