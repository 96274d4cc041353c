"""What the pages of written rounds show."""

from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import get_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.rules import OVER_STATES
from meeting.documents.describing import signatures_of
from meeting.errors import N_, Forbidden, Missing
from meeting.organization.models import Body, Group, GroupMember, Unit
from meeting.permissions import ALLOWED, Action, Actor, Role, allows
from meeting.rounds import queries, rules, wording
from meeting.rounds.models import OpinionRound
from meeting.rounds.sheets import in_order
from meeting.rounds.stats import percent, without_choices
from meeting.rulebook.calendar import work_calendar
from meeting.voting.wording import say

FILTERS = {
    "": N_("All rounds"),
    "mine": N_("To answer"),
    "open": N_("Being taken"),
    "closed": N_("To decide"),
    "over": N_("Rounds that are over"),
    "draft": N_("Drafts"),
}
DAYS_OF_A_ROUND = 3  # working days, the deadline a new draft begins with


def language() -> str:
    """The reader's language."""
    return str(get_locale() or "vi")[:2]


def keeping(session: Session, actor: Actor) -> list[Body]:
    """The bodies for which this person may draft a round."""
    wanted = select(Body).where(Body.id.in_(actor.bodies_as(*ALLOWED[Action.KEEP_ROUNDS])), Body.retired_on.is_(None))
    return list(session.scalars(wanted.order_by(Body.id)))


def list_page(session: Session, actor: Actor, state: str, body: str) -> dict[str, Any]:
    """The rounds one may read, as asked for."""
    known = state if state in FILTERS else ""
    found = queries.rounds(session, actor, known, body)
    keeps = keeping(session, actor)
    waiting = {each.id for each in queries.to_answer(session, actor)}
    filters = {key: label for key, label in FILTERS.items() if key != "draft" or keeps}
    numbers = {each.id: queries.numbers_of(each) for each in found}
    own = {each.id: queries.answer_of(each, actor.person_id) for each in found}
    shown = {"rounds": found, "numbers": numbers, "own": own, "waiting": waiting}
    return {**shown, "filters": filters, "state": known, "body": body, "keeps": keeps, "now": clock.now(), **words()}


def words() -> dict[str, Any]:
    """The names and tones that all pages use."""
    return {
        "names": wording.STATE_NAMES,
        "tones": wording.STATE_TONES,
        "labels": rules.LABELS,
        "decisions": wording.DECISION_NAMES,
    }


def form_page(session: Session, actor: Actor, body: str, row: OpinionRound | None = None) -> dict[str, Any]:
    """The form of a draft. Missing for who drafts nowhere."""
    bodies = keeping(session, actor)
    chosen = row.body if row else next((each for each in bodies if each.short_name == body), bodies[0] if bodies else None)
    if chosen is None:
        raise Missing()
    groups = session.scalars(
        select(Group).where(Group.body_id == chosen.id, Group.retired_on.is_(None)).order_by(Group.name)
    ).all()
    seats = session.execute(
        select(GroupMember.group_id, GroupMember.person_id).where(GroupMember.group_id.in_([g.id for g in groups]))
    )
    people: dict[int, list[int]] = {}
    for group_id, person_id in seats:
        people.setdefault(group_id, []).append(person_id)
    return {
        "round": row,
        "bodies": bodies,
        "chosen": chosen,
        "grounds": rules.GROUNDS[chosen.kind],
        "offered": rules.OFFERED[chosen.kind],
        "labels": rules.LABELS,
        "rules": [(rule, say(wording.rule_words(rule, chosen.kind), language())) for rule in rules.rules_of(chosen.kind)],
        "signed": wording.SIGNED_NAMES,
        "members": queries.members_of(session, chosen.id),
        "officers": queries.officers_of(session, chosen.id),
        "units": session.scalars(select(Unit).where(Unit.retired_on.is_(None)).order_by(Unit.name)).all(),
        "groups": [(group, people.get(group.id, [])) for group in groups],
        "me": actor.person_id,
        "due_at": row.due_at if row else usual_deadline(session, chosen),
    }


def usual_deadline(session: Session, body: Body) -> datetime:
    """At the end of the office hours three working days from now."""
    calendar = work_calendar(session, clock.today().year)
    day, left = clock.today(), DAYS_OF_A_ROUND
    while left:
        day += timedelta(days=1)
        left -= calendar.works(day)
    closes = time.fromisoformat(body.closes_at)
    return clock.at_local(day, closes.hour, closes.minute)


def edit_page(session: Session, actor: Actor, round_id: int) -> dict[str, Any]:
    """The form of one draft."""
    row, hats = queries.round_of(session, actor, round_id)
    if not allows(Action.KEEP_ROUNDS, hats):
        raise Forbidden()
    rules.check_draft(row.state)
    return form_page(session, actor, "", row)


def round_page(session: Session, actor: Actor, round_id: int) -> dict[str, Any]:
    """One round with what this person may see and do."""
    row, hats = queries.round_of(session, actor, round_id)
    keeps, chairs = allows(Action.KEEP_ROUNDS, hats), allows(Action.DECIDE_ROUND, hats)
    names = queries.names(hats)
    now = clock.now()
    asked = any(each.person_id == actor.person_id for each in row.members)
    mine = queries.answer_of(row, actor.person_id)
    takes = asked and row.state == "open" and row.due_at > now and (mine is None or row.changeable)
    result = result_of(row, named=names)
    return {
        "round": row,
        "numbers": queries.numbers_of(row),
        "hats": hats,
        "keeps": keeps,
        "chairs": chairs,
        "by_name": names,
        "asked_me": asked,
        "mine": mine,
        "takes": takes,
        "now": now,
        "ground": rules.GROUNDS[row.body.kind].get(row.ground, row.ground),
        "rule": say(wording.rule_words(row.rule, row.body.kind), language()),
        "result": result,
        "lines": lines(row, hats) if names else [],
        "came": came(row) if keeps or chairs else None,
        "meetings": meetings_ahead(session, row) if keeps and row.state == "decided" and row.reported_at is None else [],
        "may_close": keeps and row.state == "open" and (row.due_at <= now or row.asked == len(row.answers)),
        "signed_names": wording.SIGNED_NAMES,
        "choice_tones": wording.TONES,
        **words(),
    }


def result_of(row: OpinionRound, *, named: bool) -> dict[str, Any] | None:
    """The frozen result with its shares and sentences; None before the close. `named`: units and days by option too."""
    if row.result is None:
        return None
    result = row.result
    counts = [
        {
            "key": key,
            "label": rules.LABELS[key],
            "number": number,
            "share": percent(number, row.total),
            "tone": wording.TONES[key],
        }
        for key, number in in_order(row)
    ]
    said = [say(each, language()) for each in wording.verdict(result, row.rule, row.body.kind)]
    follows = (wording.NEXT_PASSED if result["passed"] else wording.NEXT_NOT) if row.state == "closed" else ""
    return {
        **(result if named else without_choices(result)),
        "by_option": row.options if named else [],
        "lines": counts,
        "sentences": said,
        "follows": follows,
        "silent_share": percent(result["silent"], row.total),
    }


def lines(row: OpinionRound, hats: frozenset[Role]) -> list[dict[str, Any]]:
    """The register by name: who has opened it, answered, been reminded; what they answered only after the close."""
    shown = {each.person_id: each for each in queries.shown_answers(row, hats)}
    given = {each.person_id: each for each in row.answers}
    found = []
    for member in row.members:
        answer = given.get(member.person_id)
        found.append(
            {
                "member": member,
                "given": answer,
                "shown": shown.get(member.person_id),
                "signatures": signatures_of(answer.file)
                if answer and answer.file and answer.file.signatures is not None
                else None,
            }
        )
    return found


def came(row: OpinionRound) -> dict[str, Any]:
    """How far a round is by unit and by day: only how many, never what."""
    answered = {each.person_id for each in row.answers}
    units: dict[str, list[int]] = {}
    for member in row.members:
        numbers = units.setdefault(member.unit.name if member.unit else "", [0, 0])
        numbers[0] += 1
        numbers[1] += member.person_id in answered
    days: dict[str, int] = {}
    for each in sorted(row.answers, key=lambda answer: answer.at):
        day = f"{clock.local(each.at):%d/%m/%Y}"
        days[day] = days.get(day, 0) + 1
    by_unit = [{"unit": name, "asked": asked, "answered": got} for name, (asked, got) in sorted(units.items())]
    return {"by_unit": by_unit, "by_day": list(days.items()), "seen": sum(each.seen_at is not None for each in row.members)}


def meetings_ahead(session: Session, row: OpinionRound) -> list[Meeting]:
    """The meetings of the body that are still ahead, the next one first."""
    wanted = select(Meeting).where(
        Meeting.body_id == row.body_id, Meeting.state.not_in([*OVER_STATES, "held"]), Meeting.starts_at > clock.now()
    )
    return list(session.scalars(wanted.order_by(Meeting.starts_at).limit(10)).unique())
