"""What is known of an account's second step and of its identities outside. Reads only."""

import os

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting.entrance import rules
from meeting.entrance.models import OutsideIdentity, RecoveryCode, SecondStep
from meeting.organization.models import Account, Person
from meeting.permissions import Actor
from meeting.tables import Setting

SETTING = "second_step"  # "required" from the first administrator of a new system on; absent: offered
VARIABLE = "MEETING_SECOND_STEP"


def demanded(session: Session) -> str:
    """Whether this installation demands second steps or only offers them: the environment, else what was set at the start."""
    asked = os.environ.get(VARIABLE, "")
    if asked in (rules.REQUIRED, rules.OFFERED):
        return asked
    kept = session.get(Setting, SETTING)
    return kept.value if kept is not None and kept.value == rules.REQUIRED else rules.OFFERED


def must_have(session: Session, who: Actor) -> bool:
    """Whether this person comes in only with a second step."""
    return rules.is_needed(demanded(session), {role for _body, role in who.roles}, who.is_admin)


def step_of(session: Session, account_id: int | None) -> SecondStep | None:
    """The row of an account's second step, confirmed or only begun."""
    return session.scalar(select(SecondStep).where(SecondStep.account_id == account_id))


def confirmed(session: Session, account_id: int | None) -> SecondStep | None:
    """The second step that an account really has."""
    row = step_of(session, account_id)
    return row if row is not None and row.confirmed_at is not None else None


def codes_left(session: Session, account_id: int | None) -> int:
    """How many recovery codes were not used yet."""
    unused = select(func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return int(session.scalar(unused) or 0)


def identities(session: Session, account_id: int | None) -> list[OutsideIdentity]:
    """Who an account is elsewhere."""
    rows = select(OutsideIdentity).where(OutsideIdentity.account_id == account_id).order_by(OutsideIdentity.id)
    return list(session.scalars(rows))


def linked(session: Session, issuer: str, subject: str) -> OutsideIdentity | None:
    """The link of exactly this identity."""
    return session.scalar(select(OutsideIdentity).where(OutsideIdentity.issuer == issuer, OutsideIdentity.subject == subject))


def newcomer(session: Session, issuer: str, claim: str, value: str) -> Account | None:
    """The account that a claim names, unless it belongs to somebody else there already: names and addresses are given anew."""
    account = named(session, claim, value)
    if account is not None and any(each.issuer == issuer for each in identities(session, account.id)):
        return None
    return account


def named(session: Session, claim: str, value: str) -> Account | None:
    """The one account that a claim names: `email` by the person's address, anything else by the user name.

    Two people with one address are nobody: whoever it is cannot be told.
    """
    wanted = value.strip().lower()
    if not wanted:
        return None
    if claim == "email":
        found = session.scalars(select(Account).join(Person).where(func.lower(Person.email) == wanted).limit(2)).all()
        return found[0] if len(found) == 1 else None
    return session.scalar(select(Account).where(Account.username == wanted))
