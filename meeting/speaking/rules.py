"""Pure rules of the floor: which queue, in what order, how long, and from which state to which.

NQ 114/2025/UBTVQH15 Điều 23: deputies register and are called in the order of registration; a debate is with the respondent only;
the chair may stop whoever is over time or off the point; the seconds of a turn are set by the body's own rules (Điều 23.4),
so they are values of the meeting's type. NĐ 315/2025/NĐ-CP Điều 25: members, then guests; the unit explains, the chair concludes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

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
        "already_asked": N_("You have asked for the floor already and are number %(position)s in the queue."),
        "floor_state": N_("This cannot be done with this request for the floor: it is %(state)s."),
        "someone_speaks": N_("%(name)s is still speaking. Stop that speech first."),
        "speech_running": N_("%(name)s is still speaking."),
        "addressee_needed": N_("Choose to whom the question is put."),
        "addressee_unknown": N_("The question can only be put to somebody invited to this meeting."),
        "order_incomplete": N_("The queue has changed meanwhile. Look at it again and arrange it anew."),
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
    "start": (frozenset({"waiting", "called"}), "speaking"),
    "stop": (frozenset({"speaking"}), "done"),
    "extend": (frozenset({"speaking"}), "speaking"),
}


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


@dataclass(frozen=True)
class Waiting:
    """A request in a queue, as the order sees it."""

    id: int
    kind: str
    place: int  # where it stands now; ties by the order of registration (the id)


def queue_of(kind: str) -> str:
    """Questions have a queue of their own; everything else is one queue."""
    return QUESTIONING if kind == "question" else FLOOR


def order(queue: Sequence[Waiting]) -> list[int]:
    """The ids in the order in which they will be called: by place, equal places by registration."""
    return [each.id for each in sorted(queue, key=lambda each: (each.place, each.id))]


def place_for(kind: str, queue: Sequence[Waiting]) -> int:
    """The position (0 is the first) of a new request: a point of order goes before all but other points of order that lead.

    Everything else goes to the end: called in the order of registration (NQ 114/2025, Điều 23).
    """
    if kind != "order":
        return len(queue)
    known = {each.id: each.kind for each in queue}
    ordered = order(queue)
    return next((index for index, each in enumerate(ordered) if known[each] != "order"), len(ordered))


def arranged(queue: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """The order as the chair wants it. Refused as `order_incomplete` unless it names each waiting request once."""
    if sorted(queue) != sorted(wanted):
        raise Refused("order_incomplete")
    return list(wanted)


def check_ask(state: str, kind: str, own_waiting: Sequence[tuple[str, int]], *, addressee: bool) -> None:
    """Whether somebody may ask now. `own_waiting`: (kind, position) of their open requests in the same queue.

    One open request a person and queue, and one point of order beside it. Refused as `floor_closed`, `addressee_needed`,
    or `already_asked` with the position.
    """
    if state not in ASKING_STATES:
        raise Refused("floor_closed", state=f"state_{state}")
    if kind == "question" and not addressee:
        raise Refused("addressee_needed")
    for other, position in own_waiting:
        if (other == "order") == (kind == "order"):
            raise Refused("already_asked", position=position)


def step(verb: str, state: str) -> str:
    """The state a verb leads to. Refused as `floor_state` from any other."""
    sources, target = TRANSITIONS[verb]
    if state not in sources:
        raise Refused("floor_state", state=f"floor_{state}")
    return target


def ends_at(started_at: datetime, limit_seconds: int) -> datetime:
    """When a turn's time is up."""
    return started_at + timedelta(seconds=limit_seconds)


def seconds_ahead(limits: Sequence[int]) -> list[int]:
    """For each place in the queue the seconds of all turns before it (expected time: beside the time left of the speaker)."""
    ahead, total = [], 0
    for limit in limits:
        ahead.append(total)
        total += limit
    return ahead
