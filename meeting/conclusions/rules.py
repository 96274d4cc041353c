"""Rules of minutes and conclusion notices: states, who signs, when a line is a complete task.

Pure: values in, value or refusal out. The law is named at each rule.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from meeting.errors import N_, Refused, declare
from meeting.organization.signing import signing_role
from meeting.permissions import Role


class MinutesState(StrEnum):
    """Drafted by the system when the meeting closes, edited by the secretary, fixed by the signature."""

    DRAFT = "draft"
    SIGNED = "signed"


class NoticeState(StrEnum):
    """A document's way: dự thảo, đã duyệt, đã ký, đã lấy số, đã phát hành."""

    DRAFT = "draft"
    APPROVED = "approved"
    SIGNED = "signed"
    NUMBERED = "numbered"
    ISSUED = "issued"


#: The states between which each verb leads. Back goes the chair until a number is taken: that one would be lost.
#: What is signed without keys may be numbered and issued in one step.
STEPS: dict[str, tuple[frozenset[NoticeState], NoticeState]] = {
    "edit": (frozenset({NoticeState.DRAFT}), NoticeState.DRAFT),
    "approve": (frozenset({NoticeState.DRAFT}), NoticeState.APPROVED),
    "send_back": (frozenset({NoticeState.DRAFT, NoticeState.APPROVED, NoticeState.SIGNED}), NoticeState.DRAFT),
    "sign": (frozenset({NoticeState.APPROVED}), NoticeState.SIGNED),
    "number": (frozenset({NoticeState.SIGNED}), NoticeState.NUMBERED),
    "issue": (frozenset({NoticeState.SIGNED, NoticeState.NUMBERED}), NoticeState.ISSUED),
}

#: The stages a document shows: Soạn, Trình duyệt, Ký, Lấy số, Phát hành.
STAGES = ("draft", "approval", "signature", "number", "issue")


def stage_of(state: str, submitted: bool) -> int:
    """Which stage a document stands at; their number when all are done."""
    order = {"approved": 2, "signed": 3, "numbered": 4, "issued": len(STAGES)}
    return order.get(state, 1 if submitted else 0)


#: Abbreviations of kinds of papers (NĐ 30/2020, Phụ lục III).
NOTICE, MINUTES = "TB", "BB"

LONGEST_PART = 60_000  # letters on one item

#: While these states last the secretariat writes on the items; after the close until the minutes are signed.
PART_STATES = frozenset({"issued", "in_session", "paused", "held", "archived"})
GROWING = frozenset({"issued", "in_session", "paused"})  # the minutes are not drafted yet
#: Who writes again after a longer rest begins a new stretch: told in the journal, a step of its own in the list of versions.
REST = timedelta(minutes=3)

declare(
    {
        "part_closed": N_("Notes for the minutes are written from the invitation on: %(state)s."),
        "item_has_notes": N_("Notes for the minutes are written on this item, so it stays on the programme."),
        "item_has_document": N_("A document was begun on this item, so it stays on the programme."),
        "meeting_not_held": N_("Minutes and conclusions begin when the meeting is over."),
        "minutes_signed": N_("The minutes are signed and can no longer be changed."),
        "minutes_empty": N_("The minutes have no text. Nothing was changed."),
        "notice_exists": N_("A document of this kind on the same matter is being made already: open that one."),
        "notice_numbered": N_("The document has its number already, so it can only be issued."),
        "notice_unnumbered": N_("A digitally signed document gets its number before it is issued."),
        "notice_not_required": N_("It was decided that this meeting needs no conclusion notice."),
        "notice_required": N_("A session of this kind must have a conclusion notice."),
        "reason_needed": N_("Please give a reason."),
        "void_not_numbered": N_("Only a document that has its number and is not issued can be given up with it."),
        "notice_not_draft": N_("The notice is no longer a draft. The chair can send it back to be changed."),
        "notice_not_approved": N_("The chair has not approved this notice yet."),
        "notice_not_signed": N_("The notice is not signed yet, so it cannot be issued."),
        "notice_issued": N_("The notice is issued and stays as it is."),
        "notice_empty": N_("The notice has no conclusion yet. Write at least one line."),
        "line_empty": N_("A conclusion needs a text."),
        "task_without_lead": N_("The task “%(text)s” has no lead unit. Name the unit that leads."),
        "task_without_due": N_("The task “%(text)s” has no due date. Enter it, or say that there is none."),
        "task_due_before_meeting": N_("The due date %(due)s lies before the meeting."),
        "two_leads": N_("A task has exactly one lead unit. Name one and enter the others as cooperating units."),
        "lead_cooperates": N_("The lead unit cannot also be a cooperating unit of the same task."),
        "due_and_no_due": N_("A task has either a due date or none, not both."),
        "own_draft": N_("You wrote this draft yourself: the presiding person has to approve it."),
        "signed_by_chief": N_("Papers of this kind are signed by the Chief of Office."),
        "signed_by_chair": N_("Papers of this kind are signed by the person who presided."),
        "issued_before_meeting": N_("The date of issue lies before the meeting."),
        "line_at_edge": N_("The line cannot be moved any further."),
    }
)

REFUSED_FROM = {
    "edit": "notice_not_draft",
    "approve": "notice_not_draft",
    "send_back": "notice_numbered",
    "sign": "notice_not_approved",
    "number": "notice_not_signed",
    "issue": "notice_not_signed",
}


def step(verb: str, state: NoticeState) -> NoticeState:
    """The state a document comes to by a verb.

    Refused by `notice_issued` once issued, `notice_numbered` when it has its number, else by the sentence that names what is
    missing (`notice_not_draft`, `notice_not_approved`, `notice_not_signed`).
    """
    allowed, after = STEPS[verb]
    if state in allowed:
        return after
    if state is NoticeState.NUMBERED and verb in ("send_back", "number"):
        raise Refused("notice_numbered")
    raise Refused("notice_issued" if state is NoticeState.ISSUED else REFUSED_FROM[verb])


def check_part_open(state: str, *, signed: bool) -> None:
    """Whether one may write for the minutes now. Refused: `minutes_signed`, `part_closed`."""
    if signed:
        raise Refused("minutes_signed")
    if state not in PART_STATES:
        raise Refused("part_closed", state=f"state_{state}")


def rests_between(before: datetime, after: datetime) -> bool:
    """Whether the pen was laid down between two changes by one hand."""
    return after - before > REST


# ---- who signs ------------------------------------------------------------------------------------------


def check_signer(signer: str, hats: Iterable[Role]) -> None:
    """Refuses everybody but the one the rule book names (`signed_by_chief`, `signed_by_chair`)."""
    role = signing_role(signer)
    if role not in set(hats):
        raise Refused(f"signed_by_{role.value}")


def check_approver(drafted_by_id: int, actor_id: int, chair_id: int | None) -> None:
    """Nobody approves a draft of their own, except who presided: the conclusions are theirs (`own_draft`)."""
    if actor_id == drafted_by_id and actor_id != chair_id:
        raise Refused("own_draft")


# ---- lines and tasks ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One conclusion. It is a task when it names a lead unit."""

    text: str
    lead_unit_id: int | None = None
    cooperating_unit_ids: tuple[int, ...] = ()
    leader_id: int | None = None
    due_on: date | None = None
    no_due: bool = False  # "không có thời hạn", said on purpose
    product: str = ""

    @property
    def is_task(self) -> bool:
        """Whether issuing the notice gives this line to a unit."""
        return self.lead_unit_id is not None


def check_line(line: Line, held_on: date) -> None:
    """Refuses a line that cannot stand even in a draft.

    `line_empty`; `lead_cooperates` (one lead, NĐ 315/2025 Điều 2.4); `task_due_before_meeting`. What may still be
    missing in a draft (lead, date) is asked by `check_complete` at the approval.
    """
    if not line.text.strip():
        raise Refused("line_empty")
    if line.lead_unit_id is not None and line.lead_unit_id in line.cooperating_unit_ids:
        raise Refused("lead_cooperates")
    if line.due_on is not None and line.due_on < held_on:
        raise Refused("task_due_before_meeting", due=line.due_on.strftime("%d/%m/%Y"))


def check_complete(lines: Sequence[Line]) -> None:
    """Refuses a notice whose tasks are not clear enough to be given.

    `notice_empty` without a line; `task_without_lead` when a line has a date, leader or product but no lead unit;
    `task_without_due` when a task has no date and nobody said that there is none. A date is never invented.
    """
    if not lines:
        raise Refused("notice_empty")
    for place, line in enumerate(lines, start=1):
        half_a_task = bool(line.due_on or line.leader_id or line.cooperating_unit_ids or line.product)
        if half_a_task and not line.is_task:
            raise Refused("task_without_lead", line=place, text=shortened(line.text))
        if line.is_task and line.due_on is None and not line.no_due:
            raise Refused("task_without_due", line=place, text=shortened(line.text))


def shortened(text: str, most: int = 60) -> str:
    """The first words of a line, to name it in a sentence."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]}…"


def moved(order: Sequence[int], line_id: int, by: int) -> list[int]:
    """The order of lines after one moved up (-1) or down (+1). Refused: `line_at_edge`."""
    place = list(order).index(line_id)
    target = place + by
    if not 0 <= target < len(order):
        raise Refused("line_at_edge")
    after = list(order)
    after[place], after[target] = after[target], after[place]
    return after


def check_not_required(notice_required: bool, reason: str) -> None:
    """Whether a meeting may end without a notice.

    A session of the UBND must have one (NĐ 315/2025, Điều 25.7b): `notice_required`. Other meetings only "nếu có"
    (Điều 29.10), and then a reason is kept: `reason_needed`.
    """
    if notice_required:
        raise Refused("notice_required")
    if not reason.strip():
        raise Refused("reason_needed")
