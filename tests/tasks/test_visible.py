"""Who may know of a task: the rule in Python and the rule in SQL say the same for random tasks, people and meetings."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from meeting import database
from meeting.agenda.models import Meeting, Participant
from meeting.organization.models import Person
from meeting.permissions import Action, Actor, Role, allows
from meeting.tasks import queries
from meeting.tasks.filters import GROUPS, Filter
from meeting.tasks.models import Task, TaskFormerUnit, TaskStep
from meeting.tasks.rules import TaskState
from tests.counting import asked
from tests.tasks.conftest import EVENING, Board

STATES = [state.value for state in TaskState]
MEETING_STATES = ["draft", "issued", "held", "archived", "cancelled"]


def scatter(council: Any, rng: random.Random, count: int = 60) -> None:
    """Meetings, invitations and tasks at random."""
    people = [council.person(name) for name in ("lan", "hung", "minh", "van", "hoa", "tuan", "dung", "truong", "khach")]
    units = [council.unit(code) for code in ("kinh_te", "van_phong", "van_hoa")]
    bodies = [council.body(short) for short in ("HĐND", "UBND", "Đảng ủy")]
    council.update(Person, council.person("tuan"), unit_id=units[2])
    meetings: list[int | None] = [None]
    for _ in range(8):
        short = rng.choice(["HĐND", "UBND", "Đảng ủy"])
        meeting = council.meeting(short, state="issued")
        people_of = {each.id: each for each in council.all(select(Participant).where(Participant.meeting_id == meeting))}
        for each in people_of:
            council.update(Participant, each, voting=rng.random() < 0.5, presidium=rng.random() < 0.2)
        seats = {name: rng.choice([None, *people]) for name in ("chair_id", "secretary_id", "presider_id")}
        council.update(Meeting, meeting, state=rng.choice(MEETING_STATES), **seats)
        meetings.append(meeting)
    bodies_of = {meeting: council.one(select(Meeting.body_id).where(Meeting.id == meeting)) for meeting in meetings if meeting}
    for number in range(count):
        meeting = rng.choice(meetings)
        (task,) = council.write(
            Task(
                body_id=bodies_of[meeting] if meeting else rng.choice(bodies),
                meeting_id=meeting,
                origin="own",
                text=f"Nhiệm vụ {number}",
                lead_unit_id=rng.choice(units),
                officer_id=rng.choice([None, *people]),
                leader_id=rng.choice([None, *people]),
                state=rng.choice(STATES),
                given=rng.random() < 0.7,
                due_on=rng.choice([None, EVENING.date() + timedelta(days=rng.randint(-9, 9))]),
                assigned_at=EVENING,
            )
        )
        if rng.random() < 0.3:
            council.write(TaskFormerUnit(task_id=task, unit_id=rng.choice(units), until=EVENING))


def actors(council: Any, rng: random.Random) -> list[Actor]:
    """The standing cast, people without roles and with odd ones, and a guest who came by a link."""
    names = ("lan", "hung", "minh", "van", "hoa", "tuan", "dung", "truong", "khach", "admin")
    known = [council.actor(name) for name in names]
    bodies, units = [council.body(short) for short in ("HĐND", "UBND", "Đảng ủy")], [council.unit("van_hoa"), None]
    odd = [
        Actor(
            account_id=900 + number,
            person_id=rng.choice([council.person("khach"), 900 + number]),
            name="Thử",
            unit_id=rng.choice(units),
            roles=frozenset((rng.choice(bodies), rng.choice(list(Role))) for _ in range(rng.randint(0, 2))),
            only_meeting=rng.choice([None, None, 1, 2]),
        )
        for number in range(8)
    ]
    return known + odd


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_rule_on_rows_is_the_rule_of_hats(council: Any, at: Any, seed: int) -> None:
    at(EVENING)
    rng = random.Random(seed)
    scatter(council, rng)

    with database.reading() as session:
        tasks = list(session.scalars(select(Task)).unique())
        sizes = set()
        for actor in actors(council, rng):
            listed = {task.id for task in session.scalars(queries.visible_to(actor)).unique()}
            worn = {task.id for task in tasks if allows(Action.READ_TASKS, task.hats_of(actor, session))}
            assert listed == worn, (actor, listed ^ worn)
            sizes.add(len(listed))
    assert len(sizes) > 5  # some see much, some little, some nothing
    assert 0 in sizes


@pytest.mark.parametrize("seed", [4])
def test_the_groups_on_rows_are_the_groups_of_the_calendar(council: Any, at: Any, seed: int) -> None:
    at(EVENING)
    scatter(council, random.Random(seed))
    minh, today = council.actor("minh"), EVENING.date()

    def group(task: Task) -> str:
        open_ = task.state in ("assigned", "received", "in_progress")
        says = task.timeliness(today).value
        return {"no_due": "on_track"}.get(says, says) if open_ else {"accepted": "done"}.get(task.state, task.state)

    with database.reading() as session:
        tasks = list(session.scalars(queries.visible_to(minh)).unique())
        for name in (*GROUPS, *STATES):
            found = {task.id for task in session.scalars(queries.filtered(minh, Filter(state=name))).unique()}
            wanted = {task.id for task in tasks if name in (group(task), task.state)}
            if name == "open":
                wanted = {task.id for task in tasks if task.state in ("assigned", "received", "in_progress", "reported")}
            assert found == wanted, name
        assert list(session.scalars(queries.filtered(minh, Filter(state="nonsense"))).unique()) == []


def questions(do: Any) -> int:
    """How many questions the store is asked."""
    with asked(Engine) as statements:
        do()
    return len(statements)


def test_a_list_of_hundreds_asks_no_more_than_one_of_a_few(council: Any, api: Any, at: Any) -> None:
    at(EVENING)
    rng = random.Random(5)
    scatter(council, rng, 12)
    few = questions(lambda: api("minh").get("/tasks?limit=200"))
    scatter(council, rng, 188)
    many = questions(lambda: api("minh").get("/tasks?limit=200"))

    assert len(api("minh").get("/tasks?limit=200")[1]["data"]) > 80
    assert few > 0
    assert many <= few + 6  # one more for each meeting whose seats are asked once, none for each task


def test_programs_filter_and_page(board: Board, api: Any, council: Any) -> None:
    council.write(
        *(
            Task(
                body_id=council.body("UBND"),
                origin="own",
                text=f"Nhiệm vụ {number}",
                lead_unit_id=council.unit("van_hoa"),
                leader_id=council.person("tuan"),
                is_key=number == 0,
                due_on=EVENING.date() + timedelta(days=number),
                assigned_at=EVENING,
            )
            for number in range(5)
        )
    )

    def ids(query: str) -> list[int]:
        return [row["id"] for row in api("minh").get(f"/tasks?{query}")[1]["data"]]

    first = api("minh").get("/tasks?limit=4")[1]
    rest = api("minh").get(f"/tasks?limit=4&cursor={first['next']}")[1]
    assert (len(first["data"]), len(rest["data"]), rest["next"]) == (4, 2, None)
    assert len({row["id"] for row in first["data"] + rest["data"]}) == 6
    assert ids(f"meeting={board.meeting_id}") == [board.task_id]
    assert ids(f"leader={council.person('hung')}") == [board.task_id]
    assert ids(f"officer={council.person('dung')}") == [board.task_id]
    assert ids(f"assigner={council.person('hung')}") == [board.task_id]
    assert (len(ids("origin=own")), ids("origin=line")) == (5, [board.task_id])
    assert (len(ids("key=1")), len(ids(f"body={council.body('HĐND')}"))) == (1, 0)
    assert len(ids("due_from=2026-11-25&due_to=2026-11-26")) == 2
    assert api("minh").get("/tasks?due_from=tomorrow")[0] == 422


def test_what_a_former_unit_reads_ends_with_the_transfer(board: Board, council: Any) -> None:
    culture, later = council.unit("van_hoa"), EVENING + timedelta(days=1)
    council.update(Task, board.task_id, lead_unit_id=culture, officer_id=None, cooperating=[])
    council.write(TaskFormerUnit(task_id=board.task_id, unit_id=council.unit("kinh_te"), until=EVENING))
    for moment, text in ((EVENING, "trước"), (later, "sau")):
        council.write(TaskStep(task_id=board.task_id, kind="progress", at=moment, by_id=council.person("dung"), text=text))

    with database.reading() as session:
        task = session.get(Task, board.task_id)
        assert task is not None
        read = {who: [s.text for s in queries.steps_of(session, task, council.actor(who))] for who in ("dung", "minh")}
        until: dict[str, datetime | None] = {
            who: queries.seen_until(session, task, council.actor(who)) for who in ("dung", "hoa")
        }
    assert read == {"dung": ["trước"], "minh": ["sau", "trước"]}
    assert until == {"dung": EVENING, "hoa": None}
