"""Which papers of a meeting the people at its tablets may read now: what each tablet should keep."""

from collections.abc import Iterable

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.queries import limited_items
from meeting.database import database
from meeting.journal import Entry
from meeting.materials.audience_queries import reach_of
from meeting.materials.queries import received
from meeting.organization import queries as people
from meeting.organization.models import Account
from meeting.permissions import Action, allows

CHANGES_PAPERS = ("materials.%", "documents.%", "agenda.item_%", "agenda.participants_%", "agenda.meeting_%")
Mark = tuple[int, str]
_known: dict[tuple[str, int, int], tuple[Mark, frozenset[int]]] = {}


def files_wanted(session: Session, meeting: Meeting, accounts: Iterable[Account]) -> dict[int, frozenset[int]]:
    """By account: the files that its owner may read now. Asked anew only when something about papers or rights happened."""
    mark, store = _mark(session, meeting), database().url
    found: dict[int, frozenset[int]] = {}
    stale = []
    for account in accounts:
        held = _known.get((store, account.id, meeting.id))
        if held is not None and held[0] == mark:
            found[account.id] = held[1]
        else:
            stale.append(account)
    fresh = _read(session, meeting, stale) if stale else {}
    if len(_known) > 5_000:
        _known.clear()
    _known.update({(store, number, meeting.id): (mark, files) for number, files in fresh.items()})
    return found | fresh


def _mark(session: Session, meeting: Meeting) -> Mark:
    """Changes whenever somebody may read other papers of the meeting than before."""
    told = or_(*(Entry.event.like(each) for each in CHANGES_PAPERS))
    newest = session.scalar(select(func.max(Entry.seq)).where(Entry.chain == meeting.id, told))
    rights = session.scalar(select(func.max(Entry.seq)).where(Entry.chain == 0, Entry.event.like("organization.%")))
    return newest or 0, f"{rights} {clock.today()}"


def _read(session: Session, meeting: Meeting, accounts: Iterable[Account]) -> dict[int, frozenset[int]]:
    actors = {account.id: people.actor_of(session, account) for account in accounts}
    hats = meeting.hats_of_many([each for each in actors.values() if each], session)
    papers = received(session, meeting.id)
    numbers = [each.id for each in papers]
    found: dict[int, frozenset[int]] = {}
    for account_id, actor in actors.items():
        worn = hats.get(actor.person_id, frozenset()) if actor else frozenset()
        if actor is None or not allows(Action.READ_PAPERS, worn):
            found[account_id] = frozenset()
            continue
        reach = reach_of(session, actor, meeting, worn, limited_items(meeting, actor, worn), numbers)
        shown = (reach.shown(each) for each in papers)
        found[account_id] = frozenset(each.file_id for each in shown if each is not None and each.file.first_page_read)
    return found
