"""The proposal of a paper's words, from the meeting as it stands."""

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.queries import by_given_name
from meeting.invitations import queries, wording
from meeting.invitations.models import Invitation
from meeting.invitations.rules import DECISION
from meeting.invitations.sheets import prepared_by
from meeting.invitations.wording import Invited, Matter, Words


def proposed(session: Session, meeting: Meeting, kind: str, replaced: Invitation | None) -> Words:
    """Giấy mời or decision with the usual words. A paper that replaces another names its number and day."""
    body = meeting.body
    symbol = replaced.number.symbol if replaced and replaced.number else ""
    day = replaced.issued_on if replaced else None
    if kind == DECISION:
        return wording.decision_words(
            title=meeting.title,
            body_name=body.name,
            authority=wording.standing_body(body.name),
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            place=meeting.place,
            replaces=symbol,
            replaced_on=day,
        )
    return wording.invitation_words(
        title=meeting.title,
        body_name=body.name,
        kind=body.kind,
        address_form=body.address_form,
        people=_people(session, meeting),
        matters=[Matter(item.label, item.title, prepared_by(item)) for item in queries.on_programme(meeting)],
        replaces=symbol,
        replaced_on=day,
    )


def _people(session: Session, meeting: Meeting) -> list[Invited]:
    """Who the paper invites: not those who preside over it or keep its minutes, and not substitutes, who come for a member."""
    own = {meeting.chair_id, meeting.secretary_id}
    found = by_given_name(queries.participants_of(session, meeting.id))
    return [
        Invited(each.person.called, each.person.position, each.voting)
        for each in found
        if each.stands_for_id is None and (each.voting or each.person_id not in own)
    ]
