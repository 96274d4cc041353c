"""What somebody may do with a document now, for the buttons; the acts ask again."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from meeting.conclusions.issuing import DIGITAL
from meeting.conclusions.life_queries import later_about, pending_about, signing_for, standing_of
from meeting.conclusions.models import Instrument
from meeting.conclusions.relations import may_relate
from meeting.conclusions.signing_rules import may_sign
from meeting.errors import N_
from meeting.permissions import Action, Actor, allows


@dataclass(frozen=True)
class Steps:
    """Each is one button. `relate`: what a new document could do to this one."""

    edit: bool = False
    submit: bool = False
    approve: bool = False
    send_back: bool = False
    sign: bool = False
    number: bool = False
    issue: bool = False
    publish: bool = False
    unpublish: bool = False
    send_up: bool = False
    discard: bool = False
    void: bool = False
    relate: tuple[str, ...] = ()

    @property
    def rarely(self) -> bool:
        """Whether there is anything beside the next step."""
        return bool(self.discard or self.void or self.publish or self.unpublish or self.relate)


def steps_for(session: Session, actor: Actor, document: Instrument) -> Steps:
    """The buttons of a document's page."""
    hats = document.hats_of(actor, session)
    if document.state == "issued":
        return _after(session, actor, document)
    state = document.state
    writes = state == "draft" and allows(Action.WRITE_CONCLUSIONS, hats)
    approves = allows(Action.APPROVE_CONCLUSIONS, hats)
    named = document.signer_id == actor.person_id
    signs = state == "approved" and (named or allows(Action.SIGN_CONCLUSIONS, hats))
    issues = allows(Action.ISSUE_CONCLUSIONS, hats)
    digital = document.sealing in DIGITAL
    locked = document.locked_at is not None
    return Steps(
        edit=writes,
        submit=writes and document.submitted_at is None,
        approve=approves and state == "draft",
        send_back=approves and (state in ("approved", "signed") or (state == "draft" and document.submitted_at is not None)),
        sign=signs and may_sign(signing_for(session, document), document.meeting.hats_of(actor, session), actor.person_id),
        number=issues and state == "signed" and digital,
        issue=issues and ((state == "signed" and not digital) or (state == "numbered" and (locked or not digital))),
        discard=writes,
        void=issues and state == "numbered",
    )


def _after(session: Session, actor: Actor, document: Instrument) -> Steps:
    hats = document.hats_of(actor, session)
    publishes = allows(Action.PUBLISH_CONCLUSIONS, hats)
    stands = document.withdrawn_at is None
    public = document.published_at is not None
    relate = may_relate(standing_of(document), pending_about(session, document))
    return Steps(
        publish=publishes and stands and not public and not document.meeting.closed,
        unpublish=publishes and public,
        send_up=document.sent_up_due_on is not None and document.sent_up_at is None and stands and allows(Action.SEND_UP, hats),
        relate=relate if allows(Action.WRITE_CONCLUSIONS, hats) else (),
    )


NEXT = {
    "notice": {
        "approve": N_("Approve the conclusion notice"),
        "sign": N_("Sign the conclusion notice"),
        "number": N_("Number the conclusion notice"),
        "issue": N_("Number and issue the conclusion notice"),
        "submit": N_("Finish the draft of the conclusion notice"),
    },
    "decision": {
        "approve": N_("Approve the resolution or decision"),
        "sign": N_("Sign the resolution or decision"),
        "number": N_("Number the resolution or decision"),
        "issue": N_("Number and issue the resolution or decision"),
        "submit": N_("Finish the draft of the resolution or decision"),
    },
}


def next_step(session: Session, actor: Actor, document: Instrument) -> str:
    """What a document asks of this person now, or nothing."""
    can = steps_for(session, actor, document)
    words = NEXT["decision" if document.family == "decision" else "notice"]
    if can.approve and document.submitted_at is not None:
        return words["approve"]
    wanted = (("sign", can.sign), ("number", can.number), ("issue", can.issue), ("submit", can.submit))
    return next((words[name] for name, asked in wanted if asked), "")


@dataclass(frozen=True)
class Link:
    """One document in the chain of those that correct, replace or withdraw each other."""

    document: Instrument
    relation: str  # what it does to the one before it
    here: bool = False  # the one that is looked at


def chain_of(session: Session, actor: Actor, document: Instrument) -> list[Link]:
    """Old to new: what this document is about, and what came after it, as far as the reader may see them."""
    before: list[Instrument] = []
    at, seen = document.about, {document.id}
    while at is not None and at.id not in seen:
        before.insert(0, at)
        seen.add(at.id)
        at = at.about
    found = [Link(each, each.relation) for each in before] + [Link(document, document.relation, here=True)]
    found += [Link(each, each.relation) for each in _after_it(session, document, seen)]
    shown = [each for each in found if each.here or allows(Action.READ_CONCLUSIONS, each.document.hats_of(actor, session))]
    return shown if len(shown) > 1 else []


def _after_it(session: Session, document: Instrument, seen: set[int]) -> list[Instrument]:
    """Every later document about this one, and what came after those."""
    found: list[Instrument] = []
    for later in later_about(session, document):
        if later.id not in seen:
            seen.add(later.id)
            found += [later, *_after_it(session, later, seen)]
    return found
