"""Acts on second steps. No code, secret or hash ever stands in the journal or in a stored answer.

Enrolling is one's own; taking a step at the door is the system's, for a person who has shown the password and is not in yet.
"""

from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import delete, select

from meeting.acts import ActInput, Tx, act
from meeting.entrance import queries, rules, sealing
from meeting.entrance.models import RecoveryCode, SecondStep
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.organization.models import Account
from meeting.permissions import Action

Code = Annotated[str, Field(max_length=100)]
Digests = Annotated[list[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]], Field(min_length=1, max_length=20)]


class Begin(ActInput):
    """Nothing is asked."""


@act("entrance.begin_second_step", Action.KEEP_OWN_ACCOUNT)
def begin_second_step(tx: Tx, _wanted: Begin) -> dict[str, Any]:
    """Makes a new secret for one's own authenticator application; it counts only once a code has confirmed it.

    The step in use goes on until then. The page shows the secret; no answer holds it.
    """
    tx.require(Action.KEEP_OWN_ACCOUNT)
    tx.nothing_to_record("it counts only once it is confirmed")
    row = queries.step_of(tx.reading, tx.actor.account_id)
    offered = sealing.seal(rules.new_secret())
    if row is None:
        tx.add(SecondStep(account_id=tx.actor.account_id, sealed="", offered=offered))
    else:
        tx.get(SecondStep, row.id).offered = offered
    return {}


class Confirm(ActInput):
    """A code of the new secret, and the hashes of the recovery codes that the door has made.

    Where a second step is in use: a code of the telephone of before too, or a recovery code.
    """

    code: Code
    recovery: Digests
    before: Code = ""


@act("entrance.confirm_second_step", Action.KEEP_OWN_ACCOUNT, keeps_digest=False)
def confirm_second_step(tx: Tx, wanted: Confirm) -> dict[str, Any]:
    """Puts the new secret into use. Recovery codes of before are void.

    Whoever finds an open session cannot put a telephone of their own in the place of the one in use: that is proved as in
    switching off. Refused: `second_step_not_begun`, `second_step_wrong`, and as taking the step. Recorded: SECOND_STEP_SET.
    """
    tx.require(Action.KEEP_OWN_ACCOUNT)
    row = queries.step_of(tx.reading, tx.actor.account_id)
    if row is None or not row.offered:
        raise Refused("second_step_not_begun")
    kept = tx.get(SecondStep, row.id)
    step = rules.step_of(sealing.unseal(kept.offered), rules.typed_code(wanted.code), tx.now.timestamp())
    if step is None:
        raise Refused("second_step_wrong")
    if kept.confirmed_at is not None:
        _spend(tx, kept, wanted.before)
    kept.sealed, kept.offered, kept.confirmed_at, kept.last_step = kept.offered, "", tx.now, step
    _replace_codes(tx, kept.account_id, wanted.recovery)
    tx.record(Event.SECOND_STEP_SET, None, account_id=kept.account_id)
    return {}


def _replace_codes(tx: Tx, account_id: int, digests: list[str]) -> None:
    tx.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    for each in digests:
        tx.add(RecoveryCode(account_id=account_id, digest=each))


class TakeStep(ActInput):
    """What somebody typed who has shown the password."""

    account_id: int
    code: Code


@act("entrance.take_second_step", Action.ADMIT, keeps_digest=False)
def take_second_step(tx: Tx, wanted: TakeStep) -> dict[str, Any]:
    """Takes a code of the application, or a recovery code, and uses it up. Only the door does this.

    Refused: `second_step_missing`, `second_step_wrong`, `second_step_used`, `recovery_code_wrong`, `second_step_unreadable`.
    Recorded: RECOVERY_CODE_USED; a plain code leaves only the line of the sign-in journal.
    """
    tx.require(Action.ADMIT)
    row = queries.confirmed(tx.reading, wanted.account_id)
    if row is None:
        raise Refused("second_step_missing")
    kept = tx.get(SecondStep, row.id)
    _spend(tx, kept, wanted.code)
    return {}


def _spend(tx: Tx, kept: SecondStep, typed: str) -> None:
    """Uses up a code of either kind, or refuses it."""
    code = rules.typed_code(typed)
    if not (code.isascii() and code.isdigit()):
        _spend_recovery(tx, kept.account_id, rules.typed_recovery(typed))
        return
    step = rules.step_of(sealing.unseal(kept.sealed), code, tx.now.timestamp())
    if step is None:
        raise Refused("second_step_wrong")
    if step <= kept.last_step:
        raise Refused("second_step_used")
    kept.last_step = step
    tx.nothing_to_record("the sign-in journal has it")


def _spend_recovery(tx: Tx, account_id: int, code: str) -> None:
    mine = select(RecoveryCode).where(RecoveryCode.account_id == account_id, RecoveryCode.digest == sealing.digest(code))
    found = tx.scalar(mine)
    if found is None or found.used_at is not None:
        raise Refused("recovery_code_wrong")
    found.used_at = tx.now
    tx.record(Event.RECOVERY_CODE_USED, None, account_id=account_id)


class RenewCodes(ActInput):
    """A code that proves the telephone, and the hashes of ten new recovery codes."""

    code: Code
    recovery: Digests


@act("entrance.renew_recovery_codes", Action.KEEP_OWN_ACCOUNT, keeps_digest=False)
def renew_recovery_codes(tx: Tx, wanted: RenewCodes) -> dict[str, Any]:
    """Ten new recovery codes; those of before are void.

    Refused: as taking the step. Recorded: RECOVERY_CODES_MADE.
    """
    kept = _own(tx)
    _spend(tx, kept, wanted.code)
    _replace_codes(tx, kept.account_id, wanted.recovery)
    tx.record(Event.RECOVERY_CODES_MADE, None, account_id=kept.account_id)
    return {}


class Drop(ActInput):
    """A code that proves the telephone."""

    code: Code


@act("entrance.drop_second_step", Action.KEEP_OWN_ACCOUNT, keeps_digest=False)
def drop_second_step(tx: Tx, wanted: Drop) -> dict[str, Any]:
    """Switches one's own second step off; devices that were remembered are forgotten.

    Refused: `second_step_needed` where the role demands it, and as taking the step. Recorded: SECOND_STEP_DROPPED.
    """
    kept = _own(tx)
    if queries.must_have(tx.reading, tx.actor):
        raise Refused("second_step_needed")
    _spend(tx, kept, wanted.code)
    _remove(tx, kept)
    tx.record(Event.SECOND_STEP_DROPPED, None, account_id=kept.account_id)
    return {}


def _own(tx: Tx) -> SecondStep:
    tx.require(Action.KEEP_OWN_ACCOUNT)
    row = queries.confirmed(tx.reading, tx.actor.account_id)
    if row is None:
        raise Refused("second_step_missing")
    return tx.get(SecondStep, row.id)


def _remove(tx: Tx, kept: SecondStep) -> None:
    tx.execute(delete(RecoveryCode).where(RecoveryCode.account_id == kept.account_id))
    tx.delete(kept)


class Reset(ActInput):
    """Whose second step is lost."""

    person_id: int


@act("entrance.reset_second_step", Action.MANAGE_PEOPLE)
def reset_second_step(tx: Tx, wanted: Reset) -> dict[str, Any]:
    """Takes the second step off an account whose telephone is lost; its sessions end, and the person is told.

    At the next sign-in a role that needs one sets up a new one. Refused: `second_step_missing`. Recorded: SECOND_STEP_RESET.
    """
    tx.require(Action.MANAGE_PEOPLE)
    account = tx.scalar(select(Account).where(Account.person_id == wanted.person_id))
    if account is None:
        raise Missing()
    row = queries.step_of(tx.reading, account.id)
    if row is None:
        raise Refused("second_step_missing")
    _remove(tx, tx.get(SecondStep, row.id))
    account.session_version += 1
    tx.record(Event.SECOND_STEP_RESET, None, account_id=account.id, person_id=wanted.person_id)
    return {}
