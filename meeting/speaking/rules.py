"""Pure rules of the floor: which queue, how long, who may ask, and from which state to which. The order is in order.py.

NQ 114/2025/UBTVQH15 Điều 23: deputies register and are called in the order of registration; a debate is with the respondent only;
the chair may stop whoever is over time or off the point; the seconds of a turn are set by the body's own rules (Điều 23.4),
so they are values of the meeting's type. NĐ 315/2025/NĐ-CP Điều 25: members, then guests; the unit explains, the chair concludes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meeting.errors import N_, Refused, declare

KINDS = ("speech", "debate", "explain", "order", "question")
STATES = ("waiting", "called", "speaking", "done", "withdrawn")
FLOOR = "speaking"
QUESTIONING = "questioning"

ASKING_STATES = frozenset({"issued", "in_session", "paused"})  # a wish to speak may be entered before the meeting
ORDER_SECONDS = 60  # a point of order; our choice, no law sets it
LONGEST_EXTENSION_SECONDS = 1800

KIND_NAMES = {
    "speech": N_("Speech"),
    "debate": N_("Debate"),
    "explain": N_("Explanation"),
    "order": N_("Point of order"),
    "question": N_("Question"),
}

declare(
    {
        "floor_closed": N_("The floor cannot be asked for now: %(state)s."),
        "list_closed": N_("The list of requests to speak is closed. A point of order can still be raised."),
        "turns_used": N_("You have spoken %(turns)s times on this item, as often as the rules of the body allow."),
        "already_asked": N_("You have asked for the floor already and are number %(position)s in the queue."),
        "has_asked": N_("%(name)s has asked for the floor already and is number %(position)s in the queue."),
        "not_seated": N_("The floor can only be asked for somebody who takes part in this meeting."),
        "floor_state": N_("This cannot be done with this request for the floor: it is %(state)s."),
        "someone_speaks": N_("%(name)s is still speaking. Stop that speech first."),
        "speech_running": N_("%(name)s is still speaking."),
        "addressee_needed": N_("Choose to whom the question is put."),
        "addressee_unknown": N_("The question can only be put to somebody invited to this meeting."),
        "answers_nothing": N_("A follow-up is a debate about a question of this meeting."),
        "order_incomplete": N_("The queue has changed meanwhile. Look at it again and arrange it anew."),
        "statement_not_made": N_("Only what was said from the floor can be graded."),
        "grade_of_own_words": N_("Nobody grades their own statement."),
        "grade_needs_note": N_("Please write why the statement does not meet the requirements."),
        "grades_closed": N_("The evaluation of this meeting is finished; its grades stand."),
        "item_has_floor": N_("The floor was asked for on this item, so it stays on the programme."),
        "floor_waiting": N_("waiting"),
        "floor_called": N_("called"),
        "floor_speaking": N_("speaking"),
        "floor_done": N_("finished"),
        "floor_withdrawn": N_("withdrawn"),
    }
)

#: Verb: (states it starts from, state it leads to).
TRANSITIONS: Mapping[str, tuple[frozenset[str], str]] = {
    "withdraw": (frozenset({"waiting", "called"}), "withdrawn"),
    "call": (frozenset({"waiting"}), "called"),
    "skip": (frozenset({"waiting", "called"}), "waiting"),
    "start": (frozenset({"waiting", "called"}), "speaking"),
    "pause": (frozenset({"speaking"}), "speaking"),
    "go_on": (frozenset({"speaking"}), "speaking"),
    "extend": (frozenset({"speaking"}), "speaking"),
    "stop": (frozenset({"speaking"}), "done"),
    "to_writing": (frozenset({"waiting", "called"}), "done"),
}

#: Turns of these kinds count as having spoken on an item; points of order and explanations asked for by the chair do not.
COUNTED_KINDS = ("speech", "debate")

GRADES = ("good", "met", "not_met")


@dataclass(frozen=True)
class Limits:
    """Seconds of a turn by kind, as the meeting's type sets them."""

    speech: int = 420
    debate: int = 120
    question: int = 60
    explain: int = 180

    def of(self, kind: str) -> int:
        """Seconds for one turn of this kind. An answer to a question is an explanation."""
        return {
            "speech": self.speech,
            "debate": self.debate,
            "question": self.question,
            "explain": self.explain,
            "order": ORDER_SECONDS,
        }[kind]


def queue_of(kind: str) -> str:
    """Questions have a queue of their own; everything else is one queue."""
    return QUESTIONING if kind == "question" else FLOOR


def check_ask(
    state: str,
    kind: str,
    own_waiting: Sequence[tuple[str, int]],
    *,
    addressee: bool = False,
    closed: bool = False,
    turns: int = 0,
    most: int = 0,
) -> None:
    """Whether somebody may ask now. `own_waiting`: (kind, position) of their open requests on the item in the same queue.

    One open request a person and item, and one point of order beside it. When the list is `closed` only points of order pass;
    who has had `most` turns on the item (0: no limit) waits for the chair's invitation.
    Refused as `floor_closed`, `addressee_needed`, `already_asked` with the position, `list_closed`, `turns_used`.
    """
    if state not in ASKING_STATES:
        raise Refused("floor_closed", state=f"state_{state}")
    if kind == "question" and not addressee:
        raise Refused("addressee_needed")
    for other, position in own_waiting:
        if (other == "order") == (kind == "order"):
            raise Refused("already_asked", position=position)
    if closed and kind != "order":
        raise Refused("list_closed")
    if most and turns >= most and kind in COUNTED_KINDS:
        raise Refused("turns_used", turns=turns)


def step(verb: str, state: str) -> str:
    """The state a verb leads to. Refused as `floor_state` from any other."""
    sources, target = TRANSITIONS[verb]
    if state not in sources:
        raise Refused("floor_state", state=f"floor_{state}")
    return target


def check_grade(judge_id: int, speaker_id: int, grade: str, note: str, *, spoken: bool, closed: bool) -> None:
    """A grade is for what was really said (`statement_not_made`) by somebody else (`grade_of_own_words`), says why when it is
    bad (`grade_needs_note`), and is given until the evaluation of the meeting is finished (`grades_closed`).
    """
    if not spoken:
        raise Refused("statement_not_made")
    if closed:
        raise Refused("grades_closed")
    if judge_id == speaker_id:
        raise Refused("grade_of_own_words")
    if grade == "not_met" and not note.strip():
        raise Refused("grade_needs_note")
