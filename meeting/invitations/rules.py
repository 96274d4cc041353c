"""Pure rules of invitations: the life of the paper, absences, substitutes, guests' links. The law stands at each rule."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from meeting.errors import N_, Refused, declare


class PaperState(StrEnum):
    """A paper's way: dự thảo, đã ký, đã ban hành."""

    DRAFT = "draft"
    SIGNED = "signed"
    ISSUED = "issued"


#: Kinds of papers and what their numbers are called (NĐ 30/2020, Phụ lục III).
INVITATION, DECISION = "invitation", "decision"
NUMBER_KINDS = {INVITATION: "GM", DECISION: "QĐ"}
PAPER_NAMES = {INVITATION: N_("Invitation paper"), DECISION: N_("Decision to convene")}

STEPS: dict[str, tuple[frozenset[PaperState], PaperState]] = {
    "edit": (frozenset({PaperState.DRAFT}), PaperState.DRAFT),
    "sign": (frozenset({PaperState.DRAFT}), PaperState.SIGNED),
    "reopen": (frozenset({PaperState.SIGNED}), PaperState.DRAFT),
    "issue": (frozenset({PaperState.SIGNED}), PaperState.ISSUED),
}
REFUSED_FROM = {
    "edit": "invitation_not_draft",
    "sign": "invitation_not_draft",
    "reopen": "invitation_not_signed",
    "issue": "invitation_not_signed",
}

#: A meeting whose invitation paper can still be made: it is prepared or coming.
OPEN_STATES = frozenset({"draft", "submitted", "rejected", "approved", "issued", "postponed"})
#: How long after the end of the meeting a guest's link still opens it, unless the secretariat sets another day.
LINK_LASTS = timedelta(days=1)
LINK_AT_MOST = timedelta(days=60)
TOKEN_LETTERS = 43  # 256 random bits in base64url

declare(
    {
        "invitation_exists": N_("This meeting has an invitation paper in the making already."),
        "invitation_not_draft": N_("The paper is signed. It can be opened again before it is issued."),
        "invitation_not_signed": N_("The paper is not signed yet."),
        "invitation_issued": N_("The paper is issued and stays as it is. Make a new one that replaces it."),
        "invitation_changed": N_("Somebody else changed the paper meanwhile. Your text is still on this page; compare it first."),
        "invitation_incomplete": N_("The paper still lacks: %(parts)s."),
        "invitation_outdated": N_(
            "Time, place or chair of the meeting changed after the signature. Open the paper again and have it signed anew."
        ),
        "invitation_too_late": N_("The meeting has begun or is over: no invitation can be made any more."),
        "invitation_by_chief": N_("This paper is signed by the Chief of Office."),
        "invitation_by_chair": N_("This paper is signed by the person who presides."),
        "invitation_before_draft": N_("The date of issue lies before the day on which the paper was drafted."),
        "no_absence_reported": N_("This person has reported no absence."),
        "absence_own": N_("Nobody decides on their own absence."),
        "substitutes_not_allowed": N_("By the rules of this body nobody may be represented: members attend in person."),
        "substitute_only_members": N_("By the rules of this body only members may name a substitute."),
        "substitute_oneself": N_("Nobody can stand in for themselves."),
        "substitute_not_chair": N_("The person who presides is not represented: the office enters another chair instead."),
        "substitute_invited_already": N_(
            "%(name)s is invited to this meeting already and cannot stand in for somebody else as well."
        ),
        "substitute_busy": N_("%(name)s is expected in another meeting at that time."),
        "substitute_taken": N_("%(name)s already stands in for somebody else at this meeting."),
        "substitute_named_already": N_("A substitute is named already. Withdraw the name before you give another."),
        "substitute_not_open": N_("This substitute was withdrawn or refused already."),
        "substitute_decided": N_("It was decided on this substitute already."),
        "substitute_here": N_("The substitute has checked in: the seat can no longer be taken back."),
        "substitution_closed": N_("Substitutes are named until the meeting begins."),
        "substitute_for_substitute": N_("A substitute cannot name another substitute."),
        "link_for_account": N_("%(name)s has an account and signs in with it: a personal link is only for guests without one."),
        "link_for_guests": N_("A personal link is only for guests of the meeting, not for voting members."),
        "link_not_issued": N_("A personal link can be made once the invitations are issued."),
        "link_too_long": N_("A personal link ends at the latest %(days)s days after the meeting."),
        "link_past": N_("This day is over: choose a later end for the link."),
        "link_over": N_("This meeting is over or called off: no new links are made for it."),
        "part_opening": N_("the opening"),
        "part_content": N_("the content"),
        "part_recipients": N_("the recipients"),
        "part_chair": N_("the chair"),
        "part_place": N_("the place"),
        "link_ended": N_("This link no longer opens anything. Please ask the secretariat for a new one."),
    }
)


def step(verb: str, state: str) -> str:
    """The state a paper comes to. Refused as `invitation_issued` once issued, else by what is missing."""
    sources, target = STEPS[verb]
    if PaperState(state) in sources:
        return str(target)
    raise Refused("invitation_issued" if state == PaperState.ISSUED else REFUSED_FROM[verb])


def check_preparing(state: str) -> None:
    """A paper is made before the meeting begins. Refused as `invitation_too_late`."""
    if state not in OPEN_STATES:
        raise Refused("invitation_too_late")


def check_version(known: int, sent: int) -> None:
    """Nobody overwrites what they have not seen. Refused as `invitation_changed`."""
    if known != sent:
        raise Refused("invitation_changed", version=known)


def check_signer(signer: str, *, chair: bool, chief: bool) -> None:
    """Who signs is a rule of the body: the Chánh Văn phòng by order (NĐ 315/2025 Điều 15.3), or who presides.

    Refused as `invitation_by_chief` or `invitation_by_chair`.
    """
    if not (chief if signer == "chief" else chair):
        raise Refused("invitation_by_chief" if signer == "chief" else "invitation_by_chair")


def check_not_own_absence(person_id: int, actor_id: int) -> None:
    """Nobody approves for themselves. Refused as `absence_own`."""
    if person_id == actor_id:
        raise Refused("absence_own")


def check_may_be_substituted(rule: str, who: str, *, voting: bool, presides: bool, stands_in: bool) -> None:
    """Whether somebody may send another person, by the rule book of the meeting.

    UBND: a member, with the chair's consent; the deputy speaks and does not vote (NĐ 315/2025 Điều 24.3, 25.5a). HĐND
    deputies attend in person. Refused as `substitutes_not_allowed`, `substitute_only_members`, `substitute_not_chair`,
    `substitute_for_substitute`.
    """
    if rule == "none":
        raise Refused("substitutes_not_allowed")
    if presides:
        raise Refused("substitute_not_chair")
    if stands_in:
        raise Refused("substitute_for_substitute")
    if who == "members" and not voting:
        raise Refused("substitute_only_members")


def check_substitution_open(state: str) -> None:
    """Substitutes are named from the issue until the meeting begins. Refused as `substitution_closed`."""
    if state != "issued":
        raise Refused("substitution_closed")


def check_substitute(*, person_id: int, substitute_id: int, name: str, invited: Collection[int], taken: Collection[int]) -> None:
    """Who stands in is somebody else who has no seat of their own there.

    One seat, one voice: a person on the list already would otherwise speak or vote for two. Refused as
    `substitute_oneself`, `substitute_taken`, `substitute_invited_already`.
    """
    if person_id == substitute_id:
        raise Refused("substitute_oneself")
    if substitute_id in taken:
        raise Refused("substitute_taken", name=name)
    if substitute_id in invited:
        raise Refused("substitute_invited_already", name=name)


def seats(rule: str, *, member_votes: bool, consented: bool) -> tuple[bool, bool]:
    """Who votes for the seat, the member or the substitute: never both, and never neither when the seat has a vote.

    Only where the rule lets the vote pass over ("votes") and the substitute is consented to does it leave the member.
    """
    passes = member_votes and consented and rule == "votes"
    return member_votes and not passes, passes


def default_expiry(starts_at: datetime, ends_at: datetime | None) -> datetime:
    """A guest's link ends a day after the meeting."""
    return (ends_at or starts_at + timedelta(hours=12)) + LINK_LASTS


def check_expiry(wanted: datetime, now: datetime, starts_at: datetime) -> None:
    """A link has an end in the future, not long after the meeting. Refused as `link_past` or `link_too_long`."""
    if wanted <= now:
        raise Refused("link_past")
    if wanted > starts_at + LINK_AT_MOST:
        raise Refused("link_too_long", days=LINK_AT_MOST.days)


def link_open(*, expires_at: datetime, revoked_at: datetime | None, now: datetime) -> bool:
    """Whether a link still opens its meeting."""
    return revoked_at is None and now < expires_at
