"""Acts on how a body writes its documents: usual words and signer of each kind, and who numbers them."""

from typing import Any, Literal

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.conclusions.form_models import PaperForm
from meeting.conclusions.kinds import FORM_KINDS, MINUTES_FORM, kind_of
from meeting.conclusions.life_queries import form_of
from meeting.conclusions.proposals import check_places
from meeting.errors import N_, Refused, declare
from meeting.events import Event
from meeting.organization.models import Body, Person
from meeting.permissions import Action

declare(
    {
        "minutes_form_words": N_(
            "The form of minutes holds their recipients and the lines above the signature; a rule says who signs them."
        )
    }
)

WORDS = ("authority", "opening", "closing", "grounds", "recipients")


class FormInput(ActInput):
    """The whole form as it should be. Empty words: as the system proposes them."""

    body_id: int
    kind: str = Field(max_length=10)
    signer: Literal["book", "chair", "chief", "person"] = "book"
    signer_id: int | None = None
    authority: str = Field("", max_length=500)
    opening: str = Field("", max_length=10_000)
    closing: str = Field("", max_length=10_000)
    grounds: str = Field("", max_length=10_000)
    recipients: str = Field("", max_length=5000)
    publish: bool = False


class NumberingInput(ActInput):
    """Who numbers the documents of a body: the system, or the clerk from the register of the e-office."""

    body_id: int
    numbering: Literal["system", "clerk"]


@act("conclusions.keep_form", Action.KEEP_FORMS)
def keep_form(tx: Tx, wanted: FormInput) -> dict[str, Any]:
    """Keeps a body's usual words and signer of one kind of document; new drafts begin with them, old ones stay as they are.

    Of minutes (BB) only the recipients and the lines above the last signature. Refused: `kind_unknown`, `kind_of_other_body`,
    `place_unknown` (a place in braces nobody can fill), `signer_unnamed`, `minutes_form_words`. Recorded with what changed.
    """
    body = tx.get(Body, wanted.body_id)
    tx.require(Action.KEEP_FORMS, body)
    if kind_of(wanted.kind, body.kind, body.short_name, FORM_KINDS) is MINUTES_FORM:
        _check_minutes(wanted)
    for text in (wanted.opening, wanted.closing):
        check_places(text)
    if wanted.signer == "person" and wanted.signer_id is None:
        raise Refused("signer_unnamed")
    signer_id = tx.get(Person, wanted.signer_id).id if wanted.signer == "person" else None
    form = form_of(tx.reading, body.id, wanted.kind)
    values = {name: getattr(wanted, name) for name in (*WORDS, "signer", "publish")} | {"signer_id": signer_id}
    changed = sorted(name for name, value in values.items() if form is None or getattr(form, name) != value)
    if form is None:
        changed_by = {"changed_at": tx.now, "changed_by_id": tx.actor.person_id}
        form = tx.add(PaperForm(body_id=body.id, kind=wanted.kind, **values, **changed_by))
    elif not changed:
        tx.nothing_to_record("the form is as it was")
        return {"form_id": form.id}
    for name, value in values.items():
        setattr(form, name, value)
    form.changed_at, form.changed_by_id = tx.now, tx.actor.person_id
    tx.record(Event.FORM_KEPT, body, kind=wanted.kind, changed=changed)
    return {"form_id": form.id}


def _check_minutes(wanted: FormInput) -> None:
    if wanted.signer != "book" or wanted.publish or wanted.opening or wanted.closing or wanted.grounds:
        raise Refused("minutes_form_words")


@act("conclusions.set_numbering", Action.KEEP_FORMS)
def set_numbering(tx: Tx, wanted: NumberingInput) -> dict[str, Any]:
    """Sets who numbers the documents of a body. Numbers that were given stay; the system goes on after the highest. Recorded."""
    body = tx.get(Body, wanted.body_id)
    tx.require(Action.KEEP_FORMS, body)
    if body.numbering == wanted.numbering:
        tx.nothing_to_record("it is so already")
        return {}
    body.numbering = wanted.numbering
    tx.record(Event.NUMBERING_SET, body, numbering=wanted.numbering)
    return {}
