"""What the pages of this room show, put together from queries and from what upper rooms registered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda import queries
from meeting.agenda.models import Item, Meeting
from meeting.agenda.panels import Card, cards_at, panels_at
from meeting.agenda.rules import ITEM_KINDS, PRIVATE_STATES, RUNNING_STATES, STATE_NAMES, may_step
from meeting.errors import N_, SENTENCES, Forbidden
from meeting.permissions import Action, Actor, Role, actions_of
from meeting.rulebook.deadlines import item_times
from meeting.rulebook.models import MeetingType
from meeting.rulebook.queries import book_on, invitation_due_at, papers_due_at, types_for

NOON = 12
ABOUT_TO_BEGIN = timedelta(hours=2)
DESK = frozenset({Role.SECRETARY, Role.CHIEF, Role.CLERK})

STATE_TONES = {
    "draft": "",
    "submitted": "warn",
    "rejected": "oppose",
    "approved": "primary",
    "issued": "primary",
    "in_session": "agree",
    "paused": "warn",
    "held": "",
    "archived": "",
    "postponed": "warn",
    "cancelled": "oppose",
}


def state_of(meeting: Meeting) -> tuple[str, str]:
    """A meeting's state in words (a message id) and its tone."""
    return STATE_NAMES[meeting.state], STATE_TONES[meeting.state]


def days_left(moment: datetime) -> int:
    """Calendar days from today to the day of a moment."""
    return (clock.local(moment).date() - clock.today()).days


# the home page


@dataclass(frozen=True)
class Drawn:
    """A registered part with what its template needs."""

    template: str
    key: str
    label: str
    content: dict[str, Any]


def _drawn(cards: Sequence[Card], *arguments: Any) -> list[Drawn]:
    loaded = [(card, card.load(*arguments)) for card in cards]
    return [Drawn(card.template, card.key, "", content) for card, content in loaded if content is not None]


def home(session: Session, actor: Actor) -> dict[str, Any]:
    """What waits for this person: the next meeting, what to answer, approve, prepare, and the cards of other rooms."""
    mine = queries.attended_by(session, actor)
    following = mine[0] if mine else None
    first = following[0] if following else None
    prepared = queries.prepared_by(session, actor)
    to_answer = [each for each in queries.to_answer(session, actor) if first is None or each.id != first.id]
    return {
        "today": clock.today(),
        "next": following,
        "next_side": _drawn(cards_at("next"), session, actor, first) if first else [],
        "next_actions": _doors(session, actor, first) if first else [],
        "main": _drawn(cards_at("main"), session, actor),
        "side": _drawn(cards_at("side"), session, actor),
        "todo": _drawn(cards_at("todo"), session, actor),
        "to_answer": to_answer,
        "to_approve": queries.to_approve(session, actor),
        "later": [each for each, _ in mine[1:] if each not in to_answer],
        "prepared": prepared,
        "replies": queries.replies_to(session, [each.id for each in prepared]),
        "at_desk": bool(actor.bodies_as(*DESK)),
        "upcoming": _upcoming_of_unit(session, actor, mine),
    }


def _doors(session: Session, actor: Actor, meeting: Meeting) -> list[Drawn]:
    """On the day itself: the buttons of the meeting page, so that the room is one tap away."""
    if meeting.state not in RUNNING_STATES and days_left(meeting.starts_at) > 0:
        return []
    can = set(actions_of(meeting.hats_of(actor, session)))
    return _panels(session, actor, meeting, can, "action")


def _upcoming_of_unit(session: Session, actor: Actor, mine: Sequence[tuple[Meeting, Any]]) -> list[Meeting]:
    """For those who sit in no meeting but work for its body (unit officers, inspectors): what is coming."""
    if mine or actor.bodies_as(*DESK):
        return []
    found = queries.visible_meetings(session, actor, queries.Wanted(when="upcoming"))
    return [each for each in found if each.state not in PRIVATE_STATES][:6]


# one meeting


@dataclass(frozen=True)
class Tab:
    """One tab of the meeting page."""

    key: str
    label: str
    count: int | None
    on: bool


def meeting_page(session: Session, actor: Actor, meeting_id: int, tab: str) -> dict[str, Any]:
    """When, where, what is discussed; who comes; and the parts of the other rooms."""
    meeting, hats = queries.meeting_of(session, actor, meeting_id)
    can = set(actions_of(hats))
    items = queries.limited_items(meeting, actor, hats)
    chosen = _tabs(session, actor, meeting, can, tab, len(items))
    return {
        "meeting": meeting,
        "state": state_of(meeting),
        "can": {action.value for action in can},
        "mine": queries.my_invitation(meeting, actor),
        "replies": queries.counted(meeting.participants),
        "parts": programme_parts(meeting, items),
        "kinds": ITEM_KINDS,
        "people": queries.by_given_name(meeting.participants),
        "desk": Action.SEE_DESK in can,
        "steps": steps_of(meeting, can),
        "due": due_of(session, meeting),
        "tabs": chosen,
        "tab": next(each.key for each in chosen if each.on),
        "shown": _panel(session, actor, meeting, can, tab),
        "actions": _panels(session, actor, meeting, can, "action"),
        "sides": _panels(session, actor, meeting, can, "side"),
        "in_items": _panels(session, actor, meeting, can, "item") if tab in ("", "programme") else [],
    }


def _tabs(session: Session, actor: Actor, meeting: Meeting, can: set[Action], tab: str, items: int) -> list[Tab]:
    shown = [each for each in panels_at("tab") if each.action in can]
    known = {"programme", "people", *(each.key for each in shown)}
    on = tab if tab in known else "programme"
    tabs = [Tab("programme", N_("Programme"), items, on == "programme")]
    counts = {each.key: each.count(session, actor, meeting) if each.count else None for each in shown}
    early = [each for each in shown if each.order < 50]
    late = [each for each in shown if each.order >= 50]
    tabs += [Tab(each.key, each.label, counts[each.key], on == each.key) for each in early]
    tabs.append(Tab("people", N_("Participants"), len(meeting.participants), on == "people"))
    return tabs + [Tab(each.key, each.label, counts[each.key], on == each.key) for each in late]


def _panel(session: Session, actor: Actor, meeting: Meeting, can: set[Action], tab: str) -> Drawn | None:
    found = next((each for each in panels_at("tab") if each.key == tab and each.action in can), None)
    content = found.load(session, actor, meeting) if found else None
    return Drawn(found.template, found.key, found.label, content) if found and content is not None else None


def _panels(session: Session, actor: Actor, meeting: Meeting, can: set[Action], place: Any) -> list[Drawn]:
    drawn = []
    for each in panels_at(place):
        content = each.load(session, actor, meeting) if each.action in can else None
        if content is not None:
            drawn.append(Drawn(each.template, each.key, each.label, content))
    return drawn


def programme_parts(meeting: Meeting, items: Sequence[Item]) -> list[dict[str, Any]]:
    """The programme in parts of the day, each item with the time at which it is expected to begin."""
    minutes = [item.minutes_planned for item in meeting.items]
    starts = clock.local(meeting.starts_at)
    times = dict(zip((item.id for item in meeting.items), item_times(starts, minutes), strict=True))
    parts: list[dict[str, Any]] = []
    for item in items:
        at = times[item.id] if any(minutes) else None
        name = _part_of_day(at)
        if not parts or parts[-1]["name"] != name:
            parts.append({"name": name, "rows": []})
        parts[-1]["rows"].append((item, at))
    return parts


def _part_of_day(at: datetime | None) -> str:
    if at is None:
        return ""
    return N_("Morning") if at.hour < NOON else N_("Afternoon")


def steps_of(meeting: Meeting, can: set[Action]) -> dict[str, bool]:
    """Which verbs are possible now for this person."""
    prepare = Action.PREPARE_MEETING in can
    approve, issue = Action.APPROVE_PROGRAMME in can, Action.ISSUE_MEETING in can
    move = Action.MOVE_MEETING in can
    demanded = meeting.book.needs_approval
    return {
        "edit": prepare and meeting.state in ("draft", "rejected", "approved", "issued", "postponed"),
        "programme": prepare and meeting.state not in ("submitted", "held", "archived", "cancelled"),
        "submit": prepare and may_step("submit", meeting.state),
        "approve": approve and may_step("approve", meeting.state),
        "issue": issue and may_step("issue", meeting.state) and (not demanded or meeting.state == "approved"),
        "postpone": move and may_step("postpone", meeting.state),
        "cancel": move and may_step("cancel", meeting.state),
    }


def due_of(session: Session, meeting: Meeting) -> dict[str, Any]:
    """The due times of a meeting, with the rule they come from."""
    return {
        "papers_at": papers_due_at(session, meeting.book, meeting.starts_at),
        "invitation_at": invitation_due_at(session, meeting.book, meeting.starts_at),
        "source": meeting.book.instrument,
        "verified": meeting.book.verified,
        "late": meeting.issued_at is None and clock.now() > invitation_due_at(session, meeting.book, meeting.starts_at),
    }


def gaps_of(meeting: Meeting) -> list[str]:
    """What an issue would still be refused for, in words (message ids)."""
    gaps = {
        "no_items": not meeting.items,
        "no_chair": meeting.chair_id is None,
        "no_place": not meeting.place.strip(),
        "no_participants": not meeting.participants,
    }
    return [SENTENCES[code] for code, missing in gaps.items() if missing]


# forms


def form(session: Session, actor: Actor, meeting: Meeting | None = None) -> dict[str, Any]:
    """The form of a new or an existing meeting: types with their rules, people who may chair or keep the minutes."""
    types = types_for(session, actor)
    chosen = meeting.type if meeting else (types[0] if types else None)
    return {
        "meeting": meeting,
        "types": types,
        "type": chosen,
        "people": queries.people_on_file(session),
        "starts_at": meeting.starts_at if meeting else None,
        "rules": {each.id: rule_of(session, each) for each in types},
    }


def rule_of(session: Session, meeting_type: MeetingType) -> dict[str, Any]:
    """What the form says of a type's rule as it holds today."""
    book = book_on(session, meeting_type.id, clock.today())
    return {
        "papers": [book.papers_due_days, book.papers_due_unit],
        "invitation": [book.invite_days, book.invite_unit],
        "approval": book.needs_approval,
        "closed": book.closed,
        "source": book.instrument,
        "verified": book.verified,
    }


def editor(session: Session, actor: Actor, meeting_id: int, action: Action = Action.PREPARE_MEETING) -> dict[str, Any]:
    """A meeting for those who may change it, with what is still missing before it can be issued."""
    meeting, hats = queries.meeting_of(session, actor, meeting_id)
    can = set(actions_of(hats))
    if action not in can:
        raise Forbidden()
    return {
        "meeting": meeting,
        "state": state_of(meeting),
        "parts": programme_parts(meeting, meeting.items),
        "kinds": ITEM_KINDS,
        "due": due_of(session, meeting),
        "gaps": gaps_of(meeting),
        "steps": steps_of(meeting, can),
        "planned": sum(item.minutes_planned for item in meeting.items),
    }
