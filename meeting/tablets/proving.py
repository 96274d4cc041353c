"""Whose word a pairing needs beside the desk's: a person who leads confirms it on the device itself.

The desk hands the code out, so that whoever sits at the desk could take a tablet for the chair and come in as the chair. With a
leading role the owner types on it what only they know: the code of the second step, else their password.
"""

from flask import request
from limits import parse
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.asyncmode import run_blocking
from meeting.entrance import coming, rules
from meeting.entrance import queries as steps
from meeting.errors import N_, Refused, declare
from meeting.organization import identity, passwords
from meeting.organization.models import Account
from meeting.permissions import SYSTEM, Actor
from meeting.web import doors, security
from meeting.writer import perform

CODE, PASSWORD = "code", "password"
WRONG_PASSWORDS = parse("5 per 15 minutes")

declare(
    {
        "proof_wrong": N_("This password is not right. Type the one with which you sign in on a computer."),
        "proof_impossible": N_(
            "With your role a pairing needs your own password or second step, and this account has neither. "
            "Set one up on a computer first, or ask the administrator."
        ),
    }
)


def needed(session: Session, account: Account, who: Actor) -> str:
    """What the owner confirms a pairing with: `code`, `password`, or nothing. Refused: `proof_impossible`.

    A demo asks nobody: its people have no passwords, and everybody may come in as anybody.
    """
    if identity.is_demo() or not _leads(session, who):
        return ""
    if steps.confirmed(session, account.id) is not None:
        return CODE
    if not account.password_hash:
        raise Refused("proof_impossible")
    return PASSWORD


def _leads(session: Session, who: Actor) -> bool:
    """Chair, secretariat, văn thư, administrator; and the deputy to whom a meeting was handed over."""
    if rules.concerns({role for _body, role in who.roles}, who.is_admin):
        return True
    own = (Meeting.presider_id == who.person_id) | (Meeting.chair_id == who.person_id) | (Meeting.secretary_id == who.person_id)
    return session.scalar(select(Meeting.id).where(own, Meeting.state.in_(LED)).limit(1)) is not None


LED = ("draft", "submitted", "issued", "in_session", "paused", "held")


def prove(session: Session, account: Account, who: Actor, typed: str) -> None:
    """Refused unless the owner has typed it. Wrong tries stand in the sign-in journal; five in a quarter of an hour are all."""
    kind = needed(session, account, who)
    if kind == CODE:
        doors.close_session()
        with coming.tries(who):
            wanted = {"account_id": account.id, "code": typed}
            perform(SYSTEM, "entrance.take_second_step", wanted)
    elif kind == PASSWORD:
        key = ("pairing-proof", str(account.id))
        security.limit(WRONG_PASSWORDS, *key)
        if not run_blocking(passwords.fits, account.password_hash, typed):
            identity.note(account.username, account, request.remote_addr or "", succeeded=False, way="tablet")
            raise Refused("proof_wrong")
