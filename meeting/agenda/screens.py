"""What the pages of this room show, put together from queries and from what upper rooms registered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda import past_queries, planning_queries, queries
from meeting.agenda.clashes import clashes_of
from meeting.agenda.models import Item, Meeting
from meeting.agenda.panels import panels_at
from meeting.agenda.rules import (
    AFTERWARDS,
    APPROVERS,
    FORMS,
    ITEM_KINDS,
    PRIVATE_STATES,
    RUNNING_STATES,
    SET_ASIDE_STATES,
    STATE_NAMES,
    may_step,
)
from meeting.agenda.tree import Node, headings, sums
from meeting.errors import N_, SENTENCES, Forbidden
from meeting.permissions import Action, Actor, Role, actions_of
from meeting.rulebook.deadlines import item_times
from meeting.rulebook.queries import invitation_due_at, papers_due_at, programme_due_at
from meeting.rulebook.screens import due_lines

NOON = 12
ABOUT_TO_BEGIN = timedelta(hours=2)

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
    """A meeting's state in words (a message id) and its tone; of one that was held, how far it has come since."""
    if meeting.state == "held":
        for name, value, words, tone in AFTERWARDS:
            if getattr(meeting, name) == value:
                return words, tone
    return STATE_NAMES[meeting.state], STATE_TONES[meeting.state]


def days_left(moment: datetime) -> int:
    """Calendar days from today to the day of a moment."""
    return (clock.local(moment).date() - clock.today()).days


@dataclass(frozen=True)
class Drawn:
    """A registered part with what its template needs."""

    template: str
    key: str
    label: str
    content: dict[str, Any]


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
    replies = queries.replies_to(session, [meeting.id])[meeting.id]
    chosen = _tabs(session, actor, meeting, can, tab, {"programme": len(items), "people": replies.total})
    on = next(each.key for each in chosen if each.on)
    return {
        "meeting": meeting,
        "state": state_of(meeting),
        "can": {action.value for action in can},
        "mine": queries.my_invitation(meeting, actor),
        "replies": replies,
        "parts": programme_parts(meeting, items),
        "sums": sums_of(meeting),
        "kinds": ITEM_KINDS,
        "people": queries.by_given_name(meeting.participants) if on == "people" else [],
        "desk": Action.SEE_DESK in can,
        "steps": steps_of(meeting, can, hats),
        "due": due_of(session, meeting),
        **_programme_news(session, actor, meeting, can, hats, items),
        **_for_the_office(session, meeting, can),
        "tabs": chosen,
        "tab": on,
        "shown": _panel(session, actor, meeting, can, tab),
        "actions": panels_of(session, actor, meeting, can, "action"),
        "sides": panels_of(session, actor, meeting, can, "side"),
        "in_items": panels_of(session, actor, meeting, can, "item") if tab in ("", "programme") else [],
    }


def _programme_news(
    session: Session, actor: Actor, meeting: Meeting, can: set[Action], hats: frozenset[Role], items: Sequence[Item]
) -> dict[str, Any]:
    """What changed since this person last opened the programme; for the office also what was not handed out yet."""
    only = None if len(items) == len(meeting.items) else {item.id for item in items}
    unread = past_queries.unread(session, meeting, queries.my_invitation(meeting, actor), only)
    may_hand_out = Action.ISSUE_MEETING in can and meeting.state in {"issued", *RUNNING_STATES}
    return {
        "unread": unread,
        "news": {each.item for each in unread if each.item is not None},
        "pending": past_queries.not_handed_out(session, meeting) if may_hand_out else [],
        "limited": only is not None,
        "own_hats": hats,
    }


def _for_the_office(session: Session, meeting: Meeting, can: set[Action]) -> dict[str, Any]:
    """Clashes, due times and the meeting's way so far, for those who prepare or run it."""
    ahead = meeting.state in PRIVATE_STATES | {"issued", "postponed"}
    prepares = Action.PREPARE_MEETING in can
    return {
        "clashes": clashes_of(session, meeting) if prepares and ahead else None,
        "due_lines": due_lines(session, meeting.book, meeting.starts_at, meeting.ends_at) if prepares and ahead else [],
        "taken": past_queries.steps_taken(session, meeting) if can & {Action.SEE_DESK, Action.READ_JOURNAL} else [],
        "series": planning_queries.series_of(session, meeting) if prepares else [],
        "form_name": FORMS[meeting.form],
    }


def _tabs(session: Session, actor: Actor, meeting: Meeting, can: set[Action], tab: str, counts: Mapping[str, int]) -> list[Tab]:
    shown = [each for each in panels_at("tab") if each.action in can]
    known = {"programme", "people", *(each.key for each in shown)}
    on = tab if tab in known else "programme"
    tabs = [Tab("programme", N_("Programme"), counts["programme"], on == "programme")]
    found = {each.key: each.count(session, actor, meeting) if each.count else None for each in shown}
    early = [each for each in shown if each.order < 50]
    late = [each for each in shown if each.order >= 50]
    tabs += [Tab(each.key, each.label, found[each.key], on == each.key) for each in early]
    tabs.append(Tab("people", N_("Participants"), counts["people"], on == "people"))
    return tabs + [Tab(each.key, each.label, found[each.key], on == each.key) for each in late]


def _panel(session: Session, actor: Actor, meeting: Meeting, can: set[Action], tab: str) -> Drawn | None:
    found = next((each for each in panels_at("tab") if each.key == tab and each.action in can), None)
    content = found.load(session, actor, meeting) if found else None
    return Drawn(found.template, found.key, found.label, content) if found and content is not None else None


def panels_of(session: Session, actor: Actor, meeting: Meeting, can: set[Action], place: Any) -> list[Drawn]:
    """The registered parts of one place that this person may see, with what they need."""
    drawn = []
    for each in panels_at(place):
        content = each.load(session, actor, meeting) if each.action in can else None
        if content is not None:
            drawn.append(Drawn(each.template, each.key, each.label, content))
    return drawn


def programme_parts(meeting: Meeting, items: Sequence[Item]) -> list[dict[str, Any]]:
    """The programme in parts of the day, each item with the time at which it is expected to begin."""
    minutes = [0 if item.state in SET_ASIDE_STATES else item.minutes_planned for item in meeting.items]
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


def sums_of(meeting: Meeting) -> dict[int, int]:
    """Minutes of each item that has parts, with all its parts."""
    nodes = [Node(item.id, item.parent_id) for item in meeting.items]
    minutes = {item.id: item.minutes_planned for item in meeting.items if item.state not in SET_ASIDE_STATES}
    parents = headings(nodes)
    return {key: total for key, total in sums(nodes, minutes).items() if key in parents}


def _part_of_day(at: datetime | None) -> str:
    if at is None:
        return ""
    return N_("Morning") if at.hour < NOON else N_("Afternoon")


def steps_of(meeting: Meeting, can: set[Action], hats: frozenset[Role]) -> dict[str, bool]:
    """Which verbs are possible now for this person; the programme is answered by whom the rule book names."""
    prepare = Action.PREPARE_MEETING in can
    approve, issue = APPROVERS[meeting.book.approver] in hats, Action.ISSUE_MEETING in can
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
        "archive": Action.ARCHIVE_MEETING in can and may_step("archive", meeting.state),
    }


def due_of(session: Session, meeting: Meeting) -> dict[str, Any]:
    """The due times of a meeting, with the rule they come from."""
    programme_at = programme_due_at(session, meeting.book, meeting.starts_at) if meeting.book.needs_approval else None
    return {
        "programme_at": programme_at,
        "programme_late": programme_at is not None and clock.now() > programme_at and not meeting.urgent,
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
        "no_place": not meeting.place.strip() and meeting.form != "online",
        "no_link": not meeting.link and meeting.form != "in_person",
        "no_participants": not meeting.participants,
    }
    return [SENTENCES[code] for code, missing in gaps.items() if missing]


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
        "steps": steps_of(meeting, can, hats),
        "planned": sum(item.minutes_planned for item in meeting.items if item.state not in SET_ASIDE_STATES),
        "sums": sums_of(meeting),
        "last_ones": last_ones(meeting),
        "pending": past_queries.not_handed_out(session, meeting) if meeting.state in {"issued", *RUNNING_STATES} else [],
    }


def last_ones(meeting: Meeting) -> set[int]:
    """The last item of each level under each parent: it cannot go further down."""
    return set({item.parent_id: item.id for item in meeting.items}.values())
