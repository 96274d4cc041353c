"""The demo council: an invented ward, filled through acts only, so that its journal is true.

A frozen clock steps through the past weeks; papers are set by the project's own layout and read by its own worker code.
"""

from datetime import timedelta

from meeting import clock, jobs
from meeting.demo import (
    coming,
    connected,
    house,
    issued,
    looking,
    office,
    past,
    plans,
    questions,
    readers,
    ready,
    scripts,
    sessions,
    votes,
)
from meeting.demo.diary import Diary
from meeting.demo.people import BODIES, OFFERED, PLACE, STAFF, TOWN, UNITS, as_rows, delegates
from meeting.signing import practising

BEGUN_DAYS_AGO = 60


def fill(members: int | None = None) -> None:
    """Fills an empty system with the demo council; with `members`, the HĐND has so many and all are invited to its session.

    Refused as `system_not_empty`. Jobs are done here, at the time they belong to.
    """
    diary = Diary(clock.now())
    held, jobs.queue.held = jobs.queue.held, True
    try:
        rooms = _found(diary, members)
        votes.hold_older(diary, members)
        issued.remember(diary)
        past.hold(diary)
        issued.give_work(diary)
        issued.be_writing(diary)
        session = ready.council(diary, rooms)
        coming.prepare(diary, rooms)
        ready.committee(diary, rooms)
        plans.plan(diary, rooms)
        readers.form_groups(diary, 40, members)
        sessions.convene(diary, session)
        questions.prepare(diary, session, ready.item_of(session, "questioning"))
        votes.prepare(diary, session)
        votes.ask_in_writing(diary)
        scripts.write(diary, session)
        readers.read_council(diary, session)
        readers.keep_shelf(diary, session)
        looking.look_up(diary)
        connected.connect(diary)
        office.keep(diary)
        jobs.run_waiting()
    finally:
        jobs.queue.held = held


def _found(diary: Diary, members: int | None) -> dict[str, int]:
    """Bodies, units, people with their practice keys, and rooms, two months ago; answers the rooms by name."""
    with diary.at(diary.today - timedelta(days=BEGUN_DAYS_AGO), 8):
        diary.do("system", "records.mark_demo", accounts=list(OFFERED), place=PLACE)
        year = diary.today.year
        for kind, name, short_name, code, parent, number in BODIES:
            body = {"kind": kind, "name": name, "short_name": short_name, "symbol_code": code, "parent_name": parent}
            body |= {"place": TOWN, "term": f"{number}nhiệm kỳ {year} – {year + 5}", "term_started_on": f"{year}-01-15"}
            diary.do("system", "organization.add_body", **body)
        for name, short_name in UNITS:
            diary.do("system", "organization.add_unit", name=name, short_name=short_name)
        rows = as_rows([*STAFF, *delegates(members)])
        diary.do("system", "organization.import_people", rows=rows, dry_run=False)
        admin = diary.person("admin")
        diary.do("system", "organization.set_administrator", person_id=admin, is_admin=True)
        office.place_units(diary)
        practising.give()
        return house.furnish(diary)
