"""Reads of a body's forms: what is kept for each kind of document, and how its signature would look."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting.conclusions.form_models import PaperForm
from meeting.conclusions.kinds import MINUTES_FORM, Kind, kinds_for
from meeting.conclusions.life_queries import form_of, holder_of
from meeting.conclusions.minutes_rules import minutes_lines
from meeting.conclusions.signing_rules import Signing, block_lines, block_sentence, signing_of
from meeting.documents.phrases import office_in
from meeting.errors import Missing
from meeting.organization.models import Body, Person
from meeting.organization.queries import bodies, members
from meeting.permissions import Action, Actor, Role, allows
from meeting.rulebook.models import MeetingType, RuleBook

UNKNOWN = "…"


def kept_bodies(session: Session, actor: Actor) -> list[Body]:
    """The bodies whose forms this person keeps."""
    return [body for body in bodies(session) if allows(Action.KEEP_FORMS, body.hats_of(actor, session))]


def kept_body(session: Session, actor: Actor, body_id: int) -> Body:
    """One of them, else `Missing`."""
    found = session.get(Body, body_id)
    if found is None or not allows(Action.KEEP_FORMS, found.hats_of(actor, session)):
        raise Missing()
    return found


def kinds_of(body: Body) -> list[Kind]:
    """The kinds of documents a body issues, and its minutes."""
    return [*kinds_for(body.kind), MINUTES_FORM]


def usual_signer(session: Session, body: Body) -> str:
    """Who signs by most of the body's rule books in force: "chief" or "chair"."""
    wanted = (
        select(RuleBook.signer)
        .join(MeetingType, RuleBook.type_id == MeetingType.id)
        .where(MeetingType.body_id == body.id, RuleBook.ends_on.is_(None))
    )
    signers = list(session.scalars(wanted))
    return "chief" if signers.count("chief") * 2 > len(signers) else "chair"


def signature(session: Session, body: Body, kind: Kind, form: PaperForm | None) -> tuple[list[str], Person | None]:
    """What stands above the signature by the form as it is kept, and whose it would be."""
    kept = form or PaperForm(signer="book", authority="")
    return _signature(session, body, kind, kept.signer, kept.signer_id, kept.authority)


def _signature(
    session: Session, body: Body, kind: Kind, signer: str, signer_id: int | None, authority: str
) -> tuple[list[str], Person | None]:
    if kind is MINUTES_FORM:
        return _of_minutes(session, body, authority)
    named = signer_id if signer == "person" else None
    signing = signing_of(signer, named, usual_signer(session, body), kind.family)
    person = _holder(session, body, signing)
    office = office_in(person.position, body.short_name) if person else ""
    return block_lines(signing, body.kind, body.name, office, authority), person


def _of_minutes(session: Session, body: Body, authority: str) -> tuple[list[str], Person | None]:
    """Above the last signature of minutes, by most of the body's rule books in force."""
    wanted = (
        select(RuleBook.minutes_signers, func.count())
        .join(MeetingType, RuleBook.type_id == MeetingType.id)
        .where(MeetingType.body_id == body.id, RuleBook.ends_on.is_(None))
        .group_by(RuleBook.minutes_signers)
        .order_by(func.count().desc(), RuleBook.minutes_signers)
    )
    signers = session.execute(wanted).scalars().first() or "chair"
    role = Role.CHIEF if signers == "chief" else Role.CHAIR
    return minutes_lines(signers, body.kind, authority=authority), holder_of(session, body.id, role)


def _holder(session: Session, body: Body, signing: Signing) -> Person | None:
    if signing.by == "person":
        return session.get(Person, signing.person_id)
    return holder_of(session, body.id, Role.CHIEF if signing.by == "chief" else Role.CHAIR)


def people_of(session: Session, body: Body) -> list[Person]:
    """Who can be named as signer: chair, members, desk of the body."""
    return members(session, body.id, Role.CHAIR, Role.MEMBER, Role.CHIEF, Role.SECRETARY)


def form_json(session: Session, body: Body, kind: Kind) -> dict[str, Any]:
    """One kind's form on the wire."""
    form = form_of(session, body.id, kind.code)
    lines, person = signature(session, body, kind, form)
    words = ("authority", "opening", "closing", "grounds", "recipients")
    return {
        "kind": kind.code,
        "family": kind.family,
        "kept": form is not None,
        "signer": form.signer if form else "book",
        "signer_id": form.signer_id if form else None,
        "publish": form.publish if form else False,
        **{name: getattr(form, name) if form else "" for name in words},
        "signature": {"lines": lines, "name": person.full_name if person else ""},
    }


def signature_json(
    session: Session, body: Body, kind: Kind, signer: str, signer_id: int | None, authority: str
) -> dict[str, Any]:
    """How the signature would look with these values."""
    lines, person = _signature(session, body, kind, signer, signer_id, authority)
    name = person.full_name if person else ""
    return {"lines": lines, "name": name, "sentence": block_sentence(lines, name, UNKNOWN)}
