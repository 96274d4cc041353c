"""Acts on the minutes: drafted when the meeting closes, written by several at once with every version kept, signed.

Signed minutes are opened again only for a correction (`corrections`); what was signed stays readable as it was.
"""

from typing import Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act, on
from meeting.agenda.models import Meeting
from meeting.clock import local
from meeting.conclusions import minutes_queries, minutes_rules, queries
from meeting.conclusions.course import check_signable, minutes_text
from meeting.conclusions.kept import went_on
from meeting.conclusions.merging import merged, tidy
from meeting.conclusions.models import Minutes, MinutesVersion
from meeting.conclusions.rules import MINUTES
from meeting.conclusions.sealing import new_code, take_minutes
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.organization.numbering import take_number_in_order
from meeting.permissions import SYSTEM, Action

LONGEST = 600_000  # letters


class MinutesInput(ActInput):
    """Names the meeting whose minutes are meant."""

    meeting_id: int


class EditMinutesInput(MinutesInput):
    """The whole text; `version` is the one it began from (left out: the one of now), so that nobody's work is lost."""

    text: str = Field(min_length=1, max_length=LONGEST)
    version: int | None = Field(default=None, ge=1)


class SignMinutesInput(MinutesInput):
    """`number`: from the register of the e-office, where the body's clerk numbers; said with the last signature. `ticket`: of a
    file that the door of digital signatures has just made."""

    number: int | None = None
    ticket: str | None = Field(None, max_length=100)


@on(Event.MEETING_CLOSED)
def draft_minutes(tx: Tx, told: Told) -> None:
    """Drafts the minutes in the transaction that closes the meeting, from the journal and the tables of the rooms below.

    Recorded as the system's work. Minutes that already exist are left alone.
    """
    meeting = tx.get(Meeting, told.chain)
    if queries.minutes_of(tx.reading, meeting.id) is not None:
        return
    text = minutes_text(queries.course_of(tx.reading, meeting))
    minutes = tx.add(Minutes(meeting_id=meeting.id, text=text, drafted_at=tx.now, verify_code=new_code()))
    tx.add(MinutesVersion(minutes_id=minutes.id, version=1, text=text, edited_at=tx.now))
    meeting.minutes_state = "draft"
    with tx.acting_as(SYSTEM):
        tx.record(Event.MINUTES_DRAFTED, minutes, minutes_id=minutes.id)


@act("conclusions.edit_minutes", Action.WRITE_CONCLUSIONS)
def edit_minutes(tx: Tx, wanted: EditMinutesInput) -> dict[str, Any]:
    """Keeps the minutes as somebody writes them, merged with what others wrote since `version`; every version stays.

    Answers the version and the text as it stands now. Where two changed the same lines both versions stay, and the minutes
    cannot be signed until that is settled. A signature of the secretary that stands already falls. Of a correction the signed
    text stays what readers see. Refused: `minutes_signed`, `minutes_version_unknown`. The same text again changes nothing.
    Recorded once when somebody begins to write, with the number of the version, never with the text.
    """
    minutes = the_minutes(tx, wanted.meeting_id, Action.WRITE_CONCLUSIONS)
    if minutes.state == "signed" and not minutes.correcting:
        raise Refused("minutes_signed")
    newest = minutes_queries.newest_of(tx.reading, minutes)
    text = merged(_began_from(tx, minutes, newest, wanted.version), newest.text, tidy(wanted.text))
    if text == newest.text:
        tx.nothing_to_record("the text is the same")
        return {"version": newest.version, "text": text}
    going_on = minutes_queries.wrote_lately(tx.reading, minutes, tx.actor.person_id, tx.now)
    fresh = newest.second_signed_at is not None or not going_on
    version = keep_version(tx, minutes, text)
    if fresh:
        tx.record(Event.MINUTES_EDITED, minutes, minutes_id=minutes.id, version=version)
    else:
        tx.nothing_to_record("the same hand goes on; its versions are kept")
        tx.touch(minutes.meeting_id)
        went_on(tx, "minutes", minutes.meeting_id, minutes.id)
    return {"version": version, "text": text}


def _began_from(tx: Tx, minutes: Minutes, newest: MinutesVersion, version: int | None) -> str:
    """The text that was being edited. Programs that name none change the text of now."""
    if version is None or version == newest.version:
        return newest.text
    found = minutes_queries.version_of(tx.reading, minutes, version)
    if found is None:
        raise Refused("minutes_version_unknown")
    return found.text


def keep_version(tx: Tx, minutes: Minutes, text: str, reason: str = "") -> int:
    """The text as the next version. Of a draft it is what everybody concerned reads; of a correction only once it is signed."""
    version = minutes_queries.last_version(tx.reading, minutes) + 1
    same = {"text": text, "edited_at": tx.now, "edited_by_id": tx.actor.person_id, "reason": reason}
    tx.add(MinutesVersion(minutes_id=minutes.id, version=version, **same))
    if minutes.state == "draft":
        minutes.text, minutes.version = text, version
    return version


@act("conclusions.sign_minutes", Action.SIGN_MINUTES)
def sign_minutes(tx: Tx, wanted: SignMinutesInput) -> dict[str, Any]:
    """Signs the minutes. With the last signature their text is final, they get a number, and their PDF is set by the worker.

    Who signs says the rule book: the Chánh Văn phòng (UBND, NĐ 315/2025, Điều 25.7a), the secretary and then who presided (NĐ 30,
    mẫu 1.9), or who presided. Refused: `minutes_signed`; what `minutes_rules.check_signs` refuses; open places
    (`minutes_open_places`), `minutes_clashes`; `minutes_correction_same`. The number goes by the setting of the body, as that of
    its documents: the next one, not to be chosen (`number_not_chosen`), or entered from the register (`number_wanted`,
    `number_taken`, `number_positive`); a correction keeps it. Recorded: the first of two signatures; the last with the symbol.
    """
    minutes = the_minutes(tx, wanted.meeting_id, Action.SIGN_MINUTES)
    if minutes.state == "signed" and not minutes.correcting:
        raise Refused("minutes_signed")
    newest = minutes_queries.newest_of(tx.reading, minutes)
    office = _office(tx, minutes, newest)
    if minutes.correcting and newest.text == minutes.text:
        raise Refused("minutes_correction_same")
    check_signable(newest.text)
    minutes.sealing = take_minutes(tx, minutes, newest.version, wanted.ticket)
    if office == "secretary":
        newest.second_signed_at, newest.second_signed_by_id = tx.now, tx.actor.person_id
        tx.record(Event.MINUTES_SIGNED_FIRST, minutes, minutes_id=minutes.id, version=newest.version)
        return {"symbol": None, "waits_for": "chair"}
    _sign(tx, minutes, newest, wanted.number)
    symbol = minutes.number.symbol if minutes.number else ""
    facts = {"corrections": minutes.corrections} if minutes.corrections else {}
    tx.record(Event.MINUTES_SIGNED, minutes, minutes_id=minutes.id, symbol=symbol, **facts)
    return {"symbol": symbol}


def _office(tx: Tx, minutes: Minutes, newest: MinutesVersion) -> minutes_rules.Signer:
    """As whom the actor signs now; refuses everybody else."""
    hats = minutes.meeting.hats_of(tx.actor, tx.reading)
    signed = newest.second_signed_at is not None
    same = signed and newest.second_signed_by_id == tx.actor.person_id
    return minutes_rules.check_signs(minutes.meeting.book.minutes_signers, hats, secretary_signed=signed, same_person=same)


def _sign(tx: Tx, minutes: Minutes, newest: MinutesVersion, number: int | None) -> None:
    """The last signature: the newest text is the text; a correction keeps the number of the minutes it corrects."""
    meeting = minutes.meeting
    if minutes.number is None:
        minutes.number = take_number_in_order(tx, meeting.body, MINUTES, local(tx.now).date(), number)
    if minutes.correcting:
        minutes.corrections, minutes.correcting = minutes.corrections + 1, ""
        minutes.document_id = minutes.laid_out_id = None
    minutes.text, minutes.version = newest.text, newest.version
    minutes.verify_code = minutes.verify_code or new_code()
    minutes.state = meeting.minutes_state = "signed"
    minutes.signed_at = newest.signed_at = tx.now
    minutes.signed_by_id = newest.signed_by_id = tx.actor.person_id
    minutes.second_signed_at, minutes.second_signed_by_id = newest.second_signed_at, newest.second_signed_by_id


def the_minutes(tx: Tx, meeting_id: int, action: Action) -> Minutes:
    """The minutes of a meeting, for somebody who may do this with them."""
    meeting = tx.get(Meeting, meeting_id)
    minutes = queries.minutes_of(tx.reading, meeting_id)
    tx.require(action, minutes or meeting)
    if minutes is None:
        raise Refused("meeting_not_held")
    return minutes
