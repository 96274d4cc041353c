"""Pure rules of preparing a meeting: its states, who may be invited, what an invitation needs, how items are ordered.

Days and due times are in `deadlines`; the legal default values of meeting types are in `default_types`.
"""

import unicodedata
from collections.abc import Collection
from datetime import datetime

from meeting.clock import local
from meeting.errors import N_, Refused, declare
from meeting.permissions import Role

DRAFT = "draft"
ISSUED = "issued"

#: Verb: (states it starts from, state it leads to). NĐ 315/2025 Điều 23.3; synthesis of the working rules of HĐND and UBND.
TRANSITIONS: dict[str, tuple[frozenset[str], str]] = {
    "submit": (frozenset({"draft", "rejected", "postponed"}), "submitted"),
    "approve": (frozenset({"submitted"}), "approved"),
    "reject": (frozenset({"submitted"}), "rejected"),
    "issue": (frozenset({"draft", "approved", "postponed"}), "issued"),
    "postpone": (frozenset({"draft", "submitted", "rejected", "approved", "issued"}), "postponed"),
    "cancel": (frozenset({"draft", "submitted", "rejected", "approved", "issued", "postponed"}), "cancelled"),
    "archive": (frozenset({"held"}), "archived"),
}
PRIVATE_STATES = frozenset({"draft", "submitted", "rejected", "approved"})  # the invited do not see it yet
EDITABLE_STATES = frozenset({"draft", "rejected", "approved", "issued", "postponed"})
RUNNING_STATES = frozenset({"in_session", "paused"})
OVER_STATES = frozenset({"held", "archived", "cancelled"})
SET_ASIDE_STATES = frozenset({"deferred", "withdrawn"})  # of an item: lùi thời điểm trình, rút (NQ 104/2025 Điều 15)
APPROVERS = {"none": Role.CHAIR, "chair": Role.CHAIR, "chief": Role.CHIEF}  # who answers, by the rule book

#: Kinds of items; the order is that of the choice on the form.
ITEM_KINDS = {
    "opening": N_("Opening"),
    "matter": N_("Matter to decide"),
    "report": N_("Report"),
    "submission": N_("Submission (tờ trình)"),
    "verification": N_("Verification report (thẩm tra)"),
    "discussion": N_("Discussion"),
    "explanation": N_("Explanation, acceptance of opinions"),
    "vote": N_("Vote"),
    "personnel": N_("Personnel, election"),
    "questioning": N_("Questioning and answers"),
    "resolution": N_("Adoption of resolutions"),
    "closing": N_("Closing"),
    "other": N_("Other matter"),
}

#: The steps of a matter in a council session, in their order and with the words of NQ 104/2025/UBTVQH15 Điều 15.
COUNCIL_STEPS = {
    "submission": "Trình bày tờ trình, dự thảo nghị quyết",
    "verification": "Báo cáo thẩm tra của Ban",
    "discussion": "Thảo luận",
    "explanation": "Giải trình, tiếp thu ý kiến",
    "vote": "Biểu quyết thông qua nghị quyết",
}

FORMS = {"in_person": N_("In person"), "online": N_("Online"), "hybrid": N_("In person and online")}

STATE_NAMES = {
    "draft": N_("Planned"),
    "submitted": N_("Waiting for approval"),
    "rejected": N_("Not approved"),
    "approved": N_("Approved"),
    "issued": N_("Issued"),
    "in_session": N_("In session"),
    "paused": N_("Paused"),
    "held": N_("Held"),
    "archived": N_("Filed"),
    "postponed": N_("Postponed"),
    "cancelled": N_("Cancelled"),
}

#: What became of a meeting that was held, the furthest first: (field, value, name, tone).
AFTERWARDS = (
    ("evaluation_state", "closed", N_("Evaluation closed"), "agree"),
    ("notice_state", "issued", N_("Conclusions issued"), "agree"),
    ("notice_state", "not_required", N_("No conclusions to issue"), ""),
    ("minutes_state", "signed", N_("Minutes signed"), "primary"),
)

declare(
    {
        "wrong_state": N_("This cannot be done with the meeting as it is now: %(state)s."),
        "programme_with_chair": N_(
            "The programme lies with the chair for approval and cannot be changed until the chair has answered."
        ),
        "meeting_begun": N_("The meeting has begun or is over, so this can no longer be changed."),
        "needs_approval": N_("The chair has to approve the programme before the invitations are issued."),
        "no_items": N_("Add at least one item to the programme before going on."),
        "no_chair": N_("Choose who chairs the meeting before going on."),
        "no_place": N_("Enter the place of the meeting before going on."),
        "no_link": N_("Enter the address under which those who are not in the room join."),
        "link_form": N_("The address to join begins with https:// or http://."),
        "room_taken": N_("“%(room)s” is taken then. Choose another room or time, or give the reason why it is shared."),
        "room_not_used": N_("The room “%(room)s” is no longer used."),
        "programme_not_issued": N_("Only the programme of an issued meeting is handed out again: %(state)s."),
        "nothing_to_hand_out": N_("Nothing has changed since the programme was last handed out."),
        "item_set_aside": N_("“%(title)s” was taken off this meeting. Put it back on the programme first."),
        "item_not_aside": N_("This item is on the programme as it is."),
        "item_has_parts": N_("This item has parts already."),
        "not_for_council": N_("These steps belong to a matter of the People's Council."),
        "minutes_unsigned": N_("The meeting is filed once its minutes are signed."),
        "notice_open": N_("The meeting is filed once its conclusions are issued or found not to be needed."),
        "in_series_already": N_("This meeting belongs to a series already."),
        "template_retired": N_("The template “%(name)s” is no longer used."),
        "other_body": N_("What the meeting is made from belongs to another body."),
        "template_exists": N_("There is a template “%(name)s” already."),
        "no_participants": N_("Invite at least one person before going on."),
        "ends_before_start": N_("The meeting cannot end before it begins."),
        "reason_needed": N_("Please give a reason."),
        "not_invited": N_("This person is not invited to the meeting."),
        "not_a_member": N_("%(name)s is not a voting member of this body and can only be invited as a guest."),
        "person_retired": N_("%(name)s is no longer in the list of people."),
        "unit_retired": N_("%(name)s is no longer in the list of units."),
        "chair_must_stay": N_("The person who chairs the meeting cannot be taken off the list."),
        "replies_closed": N_("The invitation can no longer be answered: %(state)s."),
        "voter_not_limited": N_("A voting member is invited to the whole meeting, not to single items."),
        "item_elsewhere": N_("This item is not on the programme of this meeting."),
        "item_begun": N_("This item has already been dealt with and stays as it is."),
        "item_has_papers": N_("Papers belong to this item, so it cannot be removed."),
        "item_held_outside": N_("This item is dealt with outside the system: only its title is kept here."),
        "type_retired": N_("This type of meeting is no longer used."),
        "unknown_type": N_("There is no such type of meeting in this body."),
        "unknown_kind": N_("There is no such kind of item."),
        **{f"state_{state}": name for state, name in STATE_NAMES.items()},
    }
)


def step(verb: str, state: str) -> str:
    """The state a verb leads to. Refused as `wrong_state` from any other state than those of the table."""
    sources, target = TRANSITIONS[verb]
    if state not in sources:
        raise Refused("wrong_state", state=f"state_{state}")
    return target


def may_step(verb: str, state: str) -> bool:
    """Whether a verb is possible now (to show or hide its button)."""
    return state in TRANSITIONS[verb][0]


def goes_on_later(state: str, starts_at: datetime, resumes_at: datetime | None) -> bool:
    """Whether a meeting rests until a day after the one it began on: it was adjourned."""
    return state == "paused" and resumes_at is not None and local(resumes_at).date() > local(starts_at).date()


def check_editable(state: str, *, in_session: bool = False) -> None:
    """Whether the preparation may still be changed. `in_session`: matters that may change while the meeting runs.

    Refused as `programme_with_chair` while it waits for approval, as `meeting_begun` afterwards.
    """
    if state in EDITABLE_STATES or (in_session and state in RUNNING_STATES):
        return
    raise Refused("programme_with_chair" if state == "submitted" else "meeting_begun")


def after_change(state: str, needs_approval: bool) -> str:
    """An approved programme that is changed has to be approved again where the type demands approval."""
    return DRAFT if needs_approval and state == "approved" else state


def check_ready(*, items: int, chair: bool, place: str, people: int, form: str = "in_person", link: str = "") -> None:
    """What an invitation must say (NĐ 30/2020 Phụ lục III mẫu 1.7: chair, time, place, content; whom it invites).

    Refused as `no_items`, `no_chair`, `no_place`, `no_link` or `no_participants`.
    """
    if not items:
        raise Refused("no_items")
    if not chair:
        raise Refused("no_chair")
    if not place.strip() and form != "online":
        raise Refused("no_place")
    if not link.strip() and form != "in_person":
        raise Refused("no_link")
    if not people:
        raise Refused("no_participants")


def check_issue(state: str, needs_approval: bool) -> str:
    """The state after issuing. Refused as `needs_approval` where the type demands the chair's approval first."""
    if needs_approval and state in ("draft", "rejected", "postponed", "submitted"):
        raise Refused("needs_approval")
    return step("issue", state)


def check_link(link: str) -> None:
    """Refused as `link_form` when the address to join could not be opened by a browser."""
    if link and not link.startswith(("https://", "http://")):
        raise Refused("link_form")


def check_room(name: str, *, taken: bool, shared_reason: str) -> None:
    """A room holds one meeting at a time unless the office says why it is shared (ghép). Refused as `room_taken`."""
    if taken and not shared_reason.strip():
        raise Refused("room_taken", room=name)


def check_same_body(source: int, target: int) -> None:
    """What a body has prepared never goes over to another one (Party content least of all). Refused as `other_body`."""
    if source != target:
        raise Refused("other_body")


def check_handing_out(state: str, version: int) -> None:
    """A programme is handed out again from its issue until the meeting ends. Refused as `programme_not_issued`."""
    if version == 0 or state not in {ISSUED, *RUNNING_STATES}:
        raise Refused("programme_not_issued", state=f"state_{state}")


def check_filing(minutes: str, notice: str, notice_required: bool) -> None:
    """What a file must hold before it is closed (NĐ 315/2025 Điều 25.7): signed minutes, conclusions issued or not needed.

    Refused as `minutes_unsigned`, `notice_open`.
    """
    if minutes != "signed":
        raise Refused("minutes_unsigned")
    if notice == "draft" or (notice_required and notice == "none_yet"):
        raise Refused("notice_open")


def check_reply(state: str, reply: str, reason: str) -> None:
    """An invitation is answered from its issue until the meeting begins; an absence needs its reason (NQ 104/2025 Điều 9.1).

    Refused as `replies_closed` or `reason_needed`.
    """
    if state != ISSUED:
        raise Refused("replies_closed", state=f"state_{state}")
    if reply == "declined":
        check_reason(reason)


def check_reason(reason: str) -> None:
    """Refused as `reason_needed` when nothing was written."""
    if not reason.strip():
        raise Refused("reason_needed")


def check_invitation(name: str, *, voting: bool, member: bool, limited: bool) -> None:
    """Only members of the body vote; guests may be limited to items. Refused as `not_a_member` or `voter_not_limited`."""
    if voting and not member:
        raise Refused("not_a_member", name=name)
    if voting and limited:
        raise Refused("voter_not_limited")


def check_items_known(wanted: Collection[int], programme: Collection[int]) -> None:
    """Refused as `item_elsewhere` when one of the items belongs to another meeting."""
    if not set(wanted) <= set(programme):
        raise Refused("item_elsewhere")


def check_item_planned(state: str) -> None:
    """Refused as `item_begun` when the item was already called."""
    if state != "planned":
        raise Refused("item_begun")


def check_kind(kind: str) -> None:
    """Refused as `unknown_kind`."""
    if kind not in ITEM_KINDS:
        raise Refused("unknown_kind")


def folded(text: str) -> str:
    """Text without marks and case, for looking up: "Đảng ủy" and "dang uy" are the same."""
    plain = unicodedata.normalize("NFD", text.replace("Đ", "đ").lower().replace("đ", "d").replace("ð", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
