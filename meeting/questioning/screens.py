"""What the pages of questioning show, and what the room puts on the page of a meeting, the home page and the navigation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.panels import holds_item, home_card, panel
from meeting.agenda.queries import by_given_name, limited_items, meeting_of
from meeting.agenda.rules import OVER_STATES
from meeting.errors import N_
from meeting.live.rules import RUNNING
from meeting.permissions import Action, Actor, Role, allows
from meeting.questioning import queries, register
from meeting.questioning.models import Promise
from meeting.questioning.queries import Scene
from meeting.speaking.models import Floor, QuestionGroup
from meeting.speaking.rules import ASKING_STATES
from meeting.web import nav

STANDING_NAMES = {
    "overdue": N_("Overdue"),
    "due_soon": N_("Due soon"),
    "on_track": N_("Within time"),
    "kept": N_("Kept"),
    "kept_late": N_("Kept late"),
    "lapsed": N_("No longer holds"),
}
STANDING_TONES = {
    "overdue": "oppose",
    "due_soon": "warn",
    "on_track": "primary",
    "kept": "agree",
    "kept_late": "agree",
    "lapsed": "",
}
GROUP_NAMES = {
    "planned": N_("Not opened for questions yet"),
    "open": N_("Being questioned"),
    "stopped": N_("Stopped"),
    "ended": N_("Ended"),
}
GROUP_TONES = {"planned": "", "open": "agree", "stopped": "warn", "ended": ""}
FILTERS = {
    "": N_("All promises"),
    "open": N_("Not kept yet"),
    "overdue": N_("Overdue"),
    "due_soon": N_("Due soon"),
    "kept": N_("Kept"),
    "lapsed": N_("No longer holds"),
}


@dataclass(frozen=True)
class Card:
    """One group on the page of the meeting's questions."""

    group: QuestionGroup
    questions: Sequence[Floor]
    agrees: int
    agreed: bool
    first: bool
    last: bool


def questions_page(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The groups of a meeting, the questions one may read, and what one may do with them."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    scene = queries.scene_of(session, meeting.id)
    items = limited_items(meeting, actor, hats)
    known = {item.id for item in items} | {None}
    keeps = allows(Action.KEEP_GROUPS, hats)
    groups = [each for each in scene.groups if each.item_id in known]
    seen = {each.id for each in groups} | {None}
    asked = [each for each in scene.floors if each.kind == "question" and each.item_id in known and each.group_id in seen]
    shown = [each for each in asked if _reads(each, actor, keeps)]
    votes = bool(queries.voters_among(session, meeting.id, [actor.person_id]))
    return {
        "meeting": meeting,
        "cards": _cards(session, actor, meeting, groups, shown),
        "loose": [each for each in shown if each.group_id is None],
        "texts": scene.texts,
        "keeps": keeps and meeting.state not in OVER_STATES,
        "passes": keeps,
        "may_agree": votes and meeting.state in ASKING_STATES,
        "may_ask": votes and _takes(meeting, scene),
        "me": actor.person_id,
        "people": respondents(meeting),
        "items": items,
        "names": GROUP_NAMES,
        "tones": GROUP_TONES,
    }


def _reads(floor: Floor, actor: Actor, keeps: bool) -> bool:
    """Before it is put, a question is read by its author, whoever answers, the podium and the desk."""
    return keeps or floor.started_at is not None or actor.person_id in (floor.person_id, floor.addressee_id)


def _takes(meeting: Meeting, scene: Scene) -> bool:
    return meeting.state in ASKING_STATES and (meeting.state not in RUNNING or not scene.groups)


def _cards(
    session: Session, actor: Actor, meeting: Meeting, groups: Sequence[QuestionGroup], shown: Sequence[Floor]
) -> list[Card]:
    agrees = queries.agreements(session, meeting.id)
    mine = queries.agreed_by(session, meeting.id, actor.person_id)
    last = len(groups) - 1
    return [
        Card(
            group=group,
            questions=[each for each in shown if each.group_id == group.id],
            agrees=agrees.get(group.id, 0),
            agreed=group.id in mine,
            first=place == 0,
            last=place == last,
        )
        for place, group in enumerate(groups)
    ]


def respondents(meeting: Meeting) -> list[Participant]:
    """Who may answer: invited, and there for himself."""
    return [each for each in by_given_name(meeting.participants) if each.stands_for_id is None]


def questions_card(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """At the side of a meeting: how many groups and questions there are. Councils question; others only when they do."""
    hats = meeting.hats_of(actor, session)
    known = {item.id for item in limited_items(meeting, actor, hats)} | {None}
    groups = [each for each in queries.groups_of(session, meeting.id) if each.item_id in known]
    if not groups and (meeting.body.kind != "council" or meeting.state in OVER_STATES or meeting.is_private):
        return None
    if hats == {Role.GUEST} and not any(each.respondent_id == actor.person_id for each in groups):
        return None
    return {"groups": groups, "names": GROUP_NAMES, "tones": GROUP_TONES}


def due_card(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """On the page of the next meeting of a body: what was promised to it and is due until then."""
    if meeting.state in OVER_STATES | {"held"}:
        return None
    due = register.due_by(session, actor, meeting, clock.local(meeting.starts_at).date())
    shown = {"promises": due[:6], "more": max(0, len(due) - 6), "today": clock.today(), "body": meeting.body.short_name}
    return {**shown, **_words()} if due else None


def home_rows(session: Session, actor: Actor) -> dict[str, Any] | None:
    """Own promises to confirm."""
    promises = register.mine_to_answer(session, actor)
    return {"promises": promises[:4], "count": len(promises)} if promises else None


def _words() -> dict[str, Any]:
    return {"names": STANDING_NAMES, "tones": STANDING_TONES}


def promise_page(session: Session, actor: Actor, promise_id: int) -> dict[str, Any]:
    """One promise and what one may do with it."""
    found: Promise = register.readable(session, actor, promise_id)
    hats = found.hats_of(actor, session)
    return {
        "promise": found,
        "today": clock.today(),
        "keeps": allows(Action.KEEP_PROMISES, hats) and found.state == "open",
        "answers": found.person_id == actor.person_id and found.state == "open",
        **_words(),
    }


@holds_item
def held_by_a_group(session: Session, item: Item) -> str | None:
    """An item for which a group of questions is planned stays on the programme."""
    found = session.scalar(select(QuestionGroup.id).where(QuestionGroup.item_id == item.id).limit(1))
    return "item_has_questions" if found else None


panel("questions", place="side", label=N_("Questioning"), template="questioning/card.html", load=questions_card, order=22)
panel(
    "promises_due",
    place="side",
    label=N_("Promises due"),
    template="questioning/due_card.html",
    load=due_card,
    action=Action.READ_PROMISES,
    order=24,
)
home_card("promises", place="todo", template="questioning/home_rows.html", load=home_rows, order=55)
nav.entry(
    "promises",
    icon="quote",
    label=N_("Register of promises"),
    rail_label=N_("Promises"),
    endpoint="questioning.promises",
    roles=set(Role) - {Role.GUEST, Role.ADMIN, Role.UNIT_ADMIN, Role.SYSTEM},
    group="after",
    order=25,
    under="tasks",
)
nav.counter("promises", register.open_count)
