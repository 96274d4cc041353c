"""Asks a real server all that the description of its API allows, and much that it does not, by many people in turn.

`python -m tests.guard.schema --minutes 10` fills a council of its own and goes on with fresh examples until the time is over.
What counts as a fault: a status, kind or shape of answer that the description does not tell, any 5xx, any trace of the program in
an answer or in the server's log, and a refusal (4xx) after which the store holds anything else than before.
"""

import argparse
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import Failure
from schemathesis.specs.openapi import checks

from meeting import app as application
from meeting import database
from meeting.acts import REGISTRY
from meeting.permissions import BY_ROLE
from meeting.web.describing import description
from tests.guard.house import ROLES, SEATED, Watched, furnish, stand_on, token
from tests.guard.inputs import made_for
from tests.guard.watch import Watch
from tests.serving import Server
from tests.waiting import PATIENCE

CHECKS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
SESSIONS = 4  # of the people whom a demo offers: they come in by the page, the others with tokens
INSIDE = re.compile(r"Traceback \(most recent|File \"[^\"]+\.py\"|sqlalchemy\.|sqlite3\.|psycopg2\.|werkzeug\.")
ACT = re.compile(r"/acts/([\w.]+)$")
TOKEN_OF_FORM = re.compile(r'name="csrf_token" value="([^"]+)"')
PLAIN = settings(database=None, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))


@dataclass
class Person:
    """Who asks: with a token as programs do, or with a session and the sign of a page as browsers do."""

    name: str
    role: str  # empty where it is not one alone
    line: requests.Session
    headers: dict[str, str]


def people(server: Server) -> list[Person]:
    """One with each role, an administrator, and some who came in by the page."""
    known = [*(str(role) for role in (*ROLES, *SEATED)), "admin", "nobody"]
    with_tokens = [
        Person(f"watcher-{role}", role, requests.Session(), {"Authorization": f"Bearer {token(f'watcher-{role}')}"})
        for role in known
    ]
    page = requests.get(f"{server.address}/sign-in", timeout=PATIENCE).text
    offered = re.findall(r'name="demo" value="([^"]+)"', page)[:SESSIONS]
    assert len(offered) == SESSIONS, page[:2000]
    return [*with_tokens, *(_signed_in(server, name) for name in offered)]


def _signed_in(server: Server, name: str) -> Person:
    line = requests.Session()
    page = line.get(f"{server.address}/sign-in", timeout=PATIENCE).text
    sign = TOKEN_OF_FORM.findall(page)[0]
    came = line.post(
        f"{server.address}/sign-in", data={"csrf_token": sign, "demo": name}, allow_redirects=False, timeout=PATIENCE
    )
    assert came.status_code == 303, came.text[:500]
    inside = line.get(f"{server.address}/profile", timeout=PATIENCE).text
    return Person(name, "", line, {"X-CSRFToken": TOKEN_OF_FORM.findall(inside)[0]})


@dataclass
class Asking:
    """One server asked for a while: how often it was asked what, and what was wrong."""

    server: Server
    watched: Watched
    people: list[Person]
    watch: Watch
    asked: Counter[int] = field(default_factory=Counter)
    faults: dict[tuple[str, str], str] = field(default_factory=dict)
    turn: int = 0

    def ask(self, case: Case, luck: random.Random) -> None:
        """Asks once, with rows of the store mixed in, and judges the answer."""
        self._mix(case, luck)
        who = self._who(case, luck)
        self.watch.look()
        try:
            answer = case.call(self.server.address, session=who.line, headers=who.headers, timeout=60, allow_redirects=False)
        except requests.RequestException as error:
            if isinstance(error, requests.exceptions.InvalidHeader | requests.exceptions.InvalidURL):
                return
            self._note(case, who, f"no answer: {error}")
            return
        self.asked[answer.status_code] += 1
        self._judge(case, who, answer)

    def _who(self, case: Case, luck: random.Random) -> Person:
        """Everybody in turn; half the time one of those who may do the act."""
        self.turn += 1
        act = ACT.search(case.operation.path)
        may = [each for each in self.people if act and each.role in BY_ROLE[REGISTRY[act[1]].action]]
        return luck.choice(may) if may and luck.random() < 0.5 else self.people[self.turn % len(self.people)]

    def _turned_away(self, who: Person) -> None:
        """Some acts end sessions and accounts: such a one signs in again, or asks no more."""
        self.people.remove(who)
        if not who.role:
            with suppress(AssertionError, IndexError):
                self.people.append(_signed_in(self.server, who.name))

    def _judge(self, case: Case, who: Person, answer: Any) -> None:
        said = answer.content.decode(errors="replace")
        if answer.status_code >= 500:
            self._note(case, who, f"{answer.status_code} {said[:300]}")
        if INSIDE.search(said) and "openapi" not in case.operation.path:
            self._note(case, who, f"tells of its inside: {said[:300]}")
        try:
            case.validate_response(answer, checks=CHECKS)
        except* Failure as wrong:
            for each in wrong.exceptions:
                self._note(case, who, f"{type(each).__name__} {answer.status_code}: {str(each)[:600]} {said[:200]}")
        if 400 <= answer.status_code < 500 and (changed := self.watch.changed()):
            self._note(case, who, f"{answer.status_code} and yet changed {changed}")
        if answer.status_code == 401 and not case.operation.path.startswith("/api/v1/exchange"):
            self._turned_away(who)

    def _note(self, case: Case, who: Person, what: str) -> None:
        kind = re.sub(r"[^A-Za-z]+", " ", what)[:40]
        sent = repr({"path": case.path_parameters, "query": case.query, "body": case.body})[:700]
        self.faults.setdefault((case.operation.label, kind), f"{case.operation.label} by {who.name}: {what}\n    sent {sent}")

    def _mix(self, case: Case, luck: random.Random) -> None:
        """Rows of the own body in the place of numbers made up; the fields of an act over an input that is whole."""
        act = ACT.search(case.operation.path)
        inside = case.path_parameters or {}
        for name, value in list(inside.items()):
            if name.endswith("_id") and luck.random() < 0.7 and type(value) is int:
                inside[name] = self.watched.ids(name, case.operation.definition.raw.get("operationId", "") + ".")
        if act is None or not isinstance(case.body, dict) or luck.random() < 0.25:
            return
        whole = made_for(REGISTRY[act[1]], self.watched.ids)
        drawn = {name: value for name, value in case.body.items() if name not in whole or luck.random() < 0.3}
        case.body = whole | drawn


def operations() -> list[Any]:
    """All that the description tells; who asks is told by the person who asks."""
    found = schemathesis.openapi.from_dict(description())
    found.config.generation.update(with_security_parameters=False)
    return [each.ok() for each in found.get_all_operations()]


def ask_for(asking: Asking, operation: Any, examples: int, mode: GenerationMode, number: int) -> None:
    """So many examples of one operation; the same ones for the same number."""

    @seed(number)
    @settings(
        max_examples=examples, database=None, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode), luck=st.randoms(use_true_random=False))
    def ask(case: Case, luck: random.Random) -> None:
        asking.ask(case, luck)

    with suppress(Unsatisfiable):  # nothing can be wrong with a question without any part
        ask()


def serve(house: Path, folder: Path) -> Iterator[Asking]:
    """A server on a copy of a furnished house, without a worker beside it, so that only what is asked changes anything."""
    shutil.copytree(house, folder)
    stand_on(folder)
    server = Server(folder, environment={"MEETING_WEB_ONLY": "1"}, ready=True).start()
    watch = Watch(folder / "storage" / "meeting.db")
    asking = Asking(server, Watched(folder, None), people(server), watch)  # type: ignore[arg-type]
    try:
        yield asking
    finally:
        watch.close()
        server.stop()
        database.use(None)
        log = (folder / "server.log").read_text(errors="replace")
        for found in re.findall(r".*Traceback \(most recent.*(?:\n.*){0,40}", log):
            asking.faults.setdefault(("log", found[-200:]), f"the server's log: {found[:3000]}")


def one_round(house: Path, folder: Path, number: int, until: float, examples: int, most: int | None = None) -> Asking:
    """Everything once, or so many operations, in another order for each number, until the time is over."""
    luck = random.Random(number)
    every = operations()
    luck.shuffle(every)
    for asking in serve(house, folder):
        for place, operation in enumerate(every[:most]):
            if time.monotonic() > until:
                break
            mode = GenerationMode.NEGATIVE if (place + number) % 3 == 0 else GenerationMode.POSITIVE
            ask_for(asking, operation, examples, mode, number * 10_000 + place)
    return asking


def say(line: str) -> None:
    """Tells it at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Goes on for some minutes; prints what was asked and what was wrong. 1 where something was."""
    asked = argparse.ArgumentParser(description="Asks a real server all that the description of its API allows, and more.")
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--house", type=Path, help="a furnished folder, to save the time of filling one")
    asked.add_argument("--seed", type=int, default=int(time.time()) % 100_000)
    given_ = asked.parse_args()
    application.load_rooms()
    totals: Counter[int] = Counter()
    faults: dict[tuple[str, str], str] = {}
    with tempfile.TemporaryDirectory(prefix="schema-") as place:
        house = given_.house or Path(place) / "house"
        if not (house / "storage").exists():
            furnish(house)
        until, number = time.monotonic() + 60 * given_.minutes, given_.seed
        while time.monotonic() < until:
            asking = one_round(house, Path(place) / f"round-{number}", number, until, examples=5)
            totals += asking.asked
            for key, fault in asking.faults.items():
                if key not in faults:
                    say(fault)
                    faults[key] = fault
            say(f"round {number}: {sum(totals.values())} answers so far, {len(faults)} faults")
            number += 1
    say(f"seed {given_.seed}: {sum(totals.values())} answers {dict(sorted(totals.items()))}, {len(faults)} kinds of faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
