"""What the reads of the demo council answer, held against what the description says of them: no field more, none less."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import select, update

from meeting import app as application
from meeting import database
from meeting.notify.models import Notification
from meeting.organization.models import Account
from meeting.permissions import Role
from meeting.tasks.models import TaskChange, TaskObstacle
from meeting.web import security
from meeting.web.api import PREFIX, RESOURCES
from meeting.web.describing import description
from tests.guard.addresses import filled, meetings
from tests.guard.canaries import OWN
from tests.guard.house import ADMIN, Watched, token

READERS = (ADMIN, *(f"watcher-{role}" for role in (Role.SECRETARY, Role.CHAIR, Role.MEMBER)))
application.load_rooms()
DESCRIBED = sorted(name for name, found in RESOURCES.items() if found.answer is not None)
#: Reads below a task, with the rows that one has to have.
BELOW_TASKS = {"task_changes": TaskChange, "task_obstacles": TaskObstacle}


def schema_of(name: str) -> Any:
    """The described shape of a read, in which nothing may stand that is not told."""
    told = description()
    shape = next(each["get"] for each in told["paths"].values() if each.get("get", {}).get("operationId") == name)
    content = shape["responses"]["200"]["content"]["application/json"]["schema"]
    return closed({**content, "components": {"schemas": told["components"]["schemas"]}})


def closed(part: Any) -> Any:
    """The same, without room for other fields."""
    if isinstance(part, list):
        return [closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    found = {key: closed(each) for key, each in part.items()}
    return {**found, "additionalProperties": False} if isinstance(part.get("properties"), dict) else found


def fields(part: Any, told: Any) -> Iterator[Any]:
    """All fields of a shape, and those of the shapes that it names."""
    if name := part.get("$ref", "").rpartition("/")[2]:
        yield from fields(told["components"]["schemas"][name], told)
    for inner in [*part.get("properties", {}).values(), *part.get("anyOf", []), *([part["items"]] if "items" in part else [])]:
        yield inner
        yield from fields(inner, told)


def addresses(watched: Watched, name: str) -> list[str]:
    """Where it is asked."""
    if below := BELOW_TASKS.get(name):
        with database.reading() as session:
            return [f"{PREFIX}/tasks/{task}/{name.removeprefix('task_')}" for task in session.scalars(select(below.task_id))]
    rule = next(each for each in watched.app.url_map.iter_rules() if each.endpoint == f"api.{name}")
    return filled(watched, rule, meetings(*OWN))


@pytest.fixture
def told_something(watched: Watched) -> None:
    """One of the readers has the notifications of all."""
    with database.database().writing.begin() as line:
        owner = line.scalar(select(Account.person_id).where(Account.username == READERS[1]))
        line.execute(update(Notification).values(person_id=owner))


def answers(watched: Watched, name: str) -> list[Any]:
    """What the read says to each reader at each of its addresses."""
    client, found = watched.app.test_client(use_cookies=False), []
    for reader in READERS:
        security.forget_limits()
        for address in addresses(watched, name):
            asked = {"starts_at": "2027-03-01T08:00:00+07:00"} if name == "due" else {}
            heard = client.get(address, query_string=asked, headers={"Authorization": f"Bearer {token(reader)}"})
            assert heard.status_code < 500, address
            found += [heard.get_json()] if heard.status_code == 200 else []
    return found


@pytest.mark.usefixtures("told_something")
@pytest.mark.parametrize("name", DESCRIBED)
def test_a_read_answers_what_its_description_says(watched: Watched, name: str) -> None:
    check = Draft202012Validator(schema_of(name))

    found = answers(watched, name)

    assert [fault.message for each in found for fault in check.iter_errors(each)] == []
    assert any(each.get("data", True) for each in found)


@pytest.mark.parametrize("name", DESCRIBED)
def test_every_field_of_a_described_read_has_a_type(name: str) -> None:
    shape = schema_of(name)

    found = list(fields(shape, shape))

    assert len(found) > 1
    assert [each for each in found if not {"type", "$ref", "anyOf"} & set(each)] == []


def test_the_main_reads_are_described_by_their_fields() -> None:
    main = {
        "me",
        "bodies",
        "units",
        "people",
        "person",
        "meetings",
        "programme",
        "participants",
        "tasks",
        "task",
        "notifications",
    }

    assert main <= set(DESCRIBED)
