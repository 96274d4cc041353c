"""Pure rules of questioning (chất vấn): groups, who asks whom and when, the order of calling, promises and written answers.

NQ 114/2025/UBTVQH15. Điều 21.3: groups are picked from the top by the number of agreements. Điều 22.2: the respondent may not
let somebody else answer. Điều 23: the chair names the group, deputies register and are called in the order of registration, the
respondent answers; a debate is with the respondent only, whoever asked goes first, it is no new question and never against
another deputy; the chair may stop either. Điều 23.4: the seconds come from the body's own rules. Điều 25: an answer in writing
within 20 days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from meeting.errors import N_, Refused, declare

WRITTEN_DAYS = 20  # calendar days for an answer in writing (Điều 25.2)
SOON_DAYS = 7  # "sắp đến hạn" of a promise; our choice
MOST_AHEAD = 20  # questions of one deputy before one meeting; our choice
SUBJECT_LETTERS = 200  # of a question in the queue; its whole text is kept beside it

#: Why a question is answered in writing (Điều 25.1 a, b, c).
WRITTEN_REASONS = ("outside", "verify", "unanswered")

declare(
    {
        "group_state": N_("This cannot be done with this group of questions: it is %(state)s."),
        "group_planned": N_("planned"),
        "group_open": N_("open"),
        "group_stopped": N_("stopped"),
        "group_ended": N_("ended"),
        "group_running": N_("The group “%(title)s” is open. Stop or end it first."),
        "group_still_open": N_("The group of questions “%(title)s” is still open. End it first."),
        "groups_incomplete": N_("The groups have changed meanwhile. Look at them again and arrange them anew."),
        "respondent_uninvited": N_("Whoever answers has to be invited to this meeting first."),
        "respondent_stands_in": N_("%(name)s is here for somebody else. The person questioned answers in person."),
        "respondent_away": N_("%(name)s is not here, and nobody may answer instead. Let the roll call note who is here first."),
        "no_group_open": N_(
            "No group of questions is open. The chair names the next one; a question in writing is always taken."
        ),
        "only_members_ask": N_("Only members of the body may put questions."),
        "question_to_oneself": N_("Nobody can put a question to themselves."),
        "question_too_many": N_("You have %(most)s questions waiting. Withdraw one before you register another."),
        "question_started": N_("This question has been put already."),
        "other_respondent": N_("The open group is answered by %(name)s. A question to somebody else is put in writing."),
        "question_not_put": N_("The question has not been put yet."),
        "group_not_open": N_("The group of questions of this answer is not open."),
        "nothing_answered": N_("There is no answer to debate yet."),
        "respondent_answers": N_("The person questioned answers; a debate is for the members."),
        "debate_with_respondent": N_("A debate is with the person questioned only, never with another member."),
        "not_a_question": N_("This is no question that was put."),
        "written_already": N_("This question is to be answered in writing already."),
        "written_not_asked": N_("This question is not to be answered in writing."),
        "item_has_questions": N_("A group of questions belongs to this item. Remove the group or give it another item first."),
        "promise_closed": N_("This promise is closed already."),
        "promise_person": N_("Choose who made the promise."),
        "promise_due_past": N_("The due date lies before the day of the meeting."),
        "not_your_promise": N_("Only the person who made the promise confirms it or objects."),
        "objection_empty": N_("Please write what is not right."),
        "kept_ahead": N_("A promise cannot be kept on a day that has not come yet."),
    }
)

#: Verb: (states it starts from, state it leads to).
GROUP_STEPS: Mapping[str, tuple[frozenset[str], str]] = {
    "open": (frozenset({"planned", "stopped"}), "open"),
    "stop": (frozenset({"open"}), "stopped"),
    "end": (frozenset({"open", "stopped"}), "ended"),
    "remove": (frozenset({"planned"}), "planned"),
    "pick": (frozenset({"planned"}), "planned"),  # agree to it, give it another respondent
    "edit": (frozenset({"planned", "open", "stopped"}), ""),  # its title and its questions
}


def step(verb: str, state: str) -> str:
    """The state a verb leads a group to. Refused as `group_state` from any other; an edit leaves the state as it is."""
    sources, target = GROUP_STEPS[verb]
    if state not in sources:
        raise Refused("group_state", state=f"group_{state}")
    return target or state


def check_respondent(*, invited: bool, stands_for: str | None, name: str) -> None:
    """Whoever answers is invited and there for himself (Điều 22.2): `respondent_uninvited`, `respondent_stands_in`."""
    if not invited:
        raise Refused("respondent_uninvited")
    if stands_for:
        raise Refused("respondent_stands_in", name=name)


def check_open(running: str | None, *, here: bool, name: str) -> None:
    """One group at a time, and only while its respondent is here: `group_running` with its title, `respondent_away`."""
    if running is not None:
        raise Refused("group_running", title=running)
    if not here:
        raise Refused("respondent_away", name=name)


@dataclass(frozen=True)
class Asking:
    """What decides whether somebody may register a question now."""

    in_session: bool  # the meeting has begun
    groups: bool  # questions of this meeting come in groups
    open_group: bool  # one of them is open
    by_member: bool
    by_respondent: bool
    written: bool = False  # for an answer in writing
    waiting: int | None = None  # the place of an own question that waits in the open group
    ahead: int = 0  # own questions that wait, for their turn or for an answer in writing


def check_question(asking: Asking) -> None:
    """Whether a question may be registered.

    Refused: `only_members_ask`, `question_to_oneself`, `no_group_open`, `already_asked` with the position, `question_too_many`.
    """
    if not asking.by_member:
        raise Refused("only_members_ask")
    if asking.by_respondent:
        raise Refused("question_to_oneself")
    if asking.ahead >= MOST_AHEAD:
        raise Refused("question_too_many", most=MOST_AHEAD)
    if asking.written or not asking.in_session:
        return
    if asking.groups and not asking.open_group:
        raise Refused("no_group_open")
    if asking.waiting is not None:
        raise Refused("already_asked", position=asking.waiting)


@dataclass(frozen=True)
class FollowUp:
    """What decides whether somebody may debate an answer."""

    group: str | None  # the state of the question's group; None: asked outside of groups
    put: bool  # the question was put
    answered: bool  # the respondent has begun to answer it
    by_member: bool
    by_respondent: bool
    to_respondent: bool = True  # nobody else was named as the other side
    waiting: int | None = None  # the place of an own debate that waits


def check_follow_up(wish: FollowUp) -> None:
    """A debate clears up an answer, with the respondent only (Điều 23.2d, 23.3).

    Refused: `respondent_answers`, `only_members_ask`, `debate_with_respondent`, `group_not_open`, `question_not_put`,
    `nothing_answered`, `already_asked`.
    """
    if wish.by_respondent:
        raise Refused("respondent_answers")
    if not wish.by_member:
        raise Refused("only_members_ask")
    if not wish.to_respondent:
        raise Refused("debate_with_respondent")
    if wish.group not in (None, "open"):
        raise Refused("group_not_open")
    if not wish.put:
        raise Refused("question_not_put")
    if not wish.answered:
        raise Refused("nothing_answered")
    if wish.waiting is not None:
        raise Refused("already_asked", position=wish.waiting)


@dataclass(frozen=True)
class Line:
    """A request in the queue of questions, as the order sees it."""

    id: int
    kind: str  # question, debate
    person: int
    place: int  # by registration; the id breaks ties
    answers: int | None = None  # the question whose answer is debated


def order(lines: Sequence[Line], standing: int | None, asker: int | None) -> list[int]:
    """The ids as they are called: debates of the answer just heard, its asker first; other debates; questions as registered."""

    def rank(line: Line) -> tuple[int, bool, int, int]:
        late = 2 if line.kind == "question" else int(line.answers != standing)
        return (late, not (late == 0 and line.person == asker), line.place, line.id)

    return [line.id for line in sorted(lines, key=rank)]


def by_agreement(groups: Sequence[tuple[int, int, int]]) -> list[int]:
    """Group ids (id, agreements, position) from the most agreements down (Điều 21.3); equal ones keep their order."""
    return [each for each, _, _ in sorted(groups, key=lambda group: (-group[1], group[2], group[0]))]


def arranged(known: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """The groups in the order wanted. Refused as `groups_incomplete` unless each is named once."""
    if sorted(known) != sorted(wanted):
        raise Refused("groups_incomplete")
    return list(wanted)


def shortened(text: str) -> str:
    """A question for the queue: one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= SUBJECT_LETTERS:
        return line
    return f"{line[: SUBJECT_LETTERS - 1].rsplit(' ', 1)[0]}…"


def written_due(day: date) -> date:
    """By when an answer in writing is due: 20 calendar days after the question was passed on (Điều 25.2)."""
    return day + timedelta(days=WRITTEN_DAYS)


class Standing(StrEnum):
    """What the calendar says about a promise. Never stored."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    ON_TRACK = "on_track"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    LAPSED = "lapsed"


def standing(state: str, due_on: date, kept_on: date | None, today: date) -> Standing:
    """How a promise stands on a day; the due day itself is in time."""
    if state == "lapsed":
        return Standing.LAPSED
    if state == "kept":
        return Standing.KEPT_LATE if kept_on is not None and kept_on > due_on else Standing.KEPT
    left = (due_on - today).days
    if left < 0:
        return Standing.OVERDUE
    return Standing.DUE_SOON if left <= SOON_DAYS else Standing.ON_TRACK


def check_promise_open(state: str) -> None:
    """Refuses to change what is closed (`promise_closed`)."""
    if state != "open":
        raise Refused("promise_closed")
