"""Time left in an item and in the meeting: one table of cases, for the server and for the screens."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting.live.timing import Stretch, Timed, gone_by, left_of_item, left_of_meeting, seconds_of, spare, still_planned, used

TABLE: dict[str, Any] = json.loads((Path(__file__).parent / "timing_cases.json").read_text())
NOW = datetime.fromisoformat(TABLE["now"])
SCREENS = Path(__file__).parents[2] / "static" / "js" / "live" / "timing.js"
FIGURES = ("left_of_current", "left_of_meeting", "still_planned", "spare")
ASK = """
import { leftOfItem, leftOfMeeting, stillPlanned, spare } from %s;
const { now, cases } = JSON.parse(process.argv[1]);
const told = Object.fromEntries(Object.entries(cases).map(([name, { ends_at, items }]) => {
  const at = Date.parse(now), current = items.find((item) => item.state === "current");
  const mine = current ? leftOfItem(current, at) : null;
  return [name, [mine, leftOfMeeting(ends_at, at), stillPlanned(items, at), spare(ends_at, items, at)]];
}));
console.log(JSON.stringify(told));
"""


def timed(case: dict[str, Any]) -> list[Timed]:
    return [
        Timed(**{**each, "since": datetime.fromisoformat(each["since"]) if each["since"] else None}) for each in case["items"]
    ]


@pytest.mark.parametrize("name", TABLE["cases"])
def test_time_left(name: str) -> None:
    case = TABLE["cases"][name]
    ends_at = datetime.fromisoformat(case["ends_at"]) if case["ends_at"] else None
    items = timed(case)
    current = next((item for item in items if item.state == "current"), None)

    found = (
        left_of_item(current, NOW) if current else None,
        left_of_meeting(ends_at, NOW),
        still_planned(items, NOW),
        spare(ends_at, items, NOW),
    )

    assert found == tuple(case[figure] for figure in FIGURES)


@pytest.mark.skipif(shutil.which("node") is None, reason="node runs the rules of the screens")
def test_screens_compute_the_same() -> None:
    script = ASK % json.dumps(SCREENS.as_uri())
    heard = subprocess.run(
        ["node", "--input-type=module", "-e", script, json.dumps(TABLE)], capture_output=True, text=True, check=True, timeout=60
    )

    assert json.loads(heard.stdout) == {name: [case[each] for each in FIGURES] for name, case in TABLE["cases"].items()}


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 4000)), max_size=8), st.integers(0, 4000))
def test_stretches_tell_the_same_seconds_as_the_count(lengths: list[tuple[int, int]], running: int) -> None:
    at, counted, stretches = NOW - timedelta(days=1), 0, []
    for work, rest in lengths:
        stretches.append(Stretch(at, at + timedelta(seconds=work)))
        counted += work
        at += timedelta(seconds=work + rest)
    since = NOW - timedelta(seconds=running)

    assert seconds_of([*stretches, Stretch(since)], NOW) == used(Timed("current", 0, counted, since), NOW)


def test_pauses_belong_to_no_item() -> None:
    nine = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    stretches = [Stretch(nine, nine + timedelta(minutes=10)), Stretch(nine + timedelta(minutes=30))]

    assert [gone_by(stretches, nine + timedelta(minutes=m)) for m in (-1, 0, 10, 20, 30, 500)] == [
        False,
        True,
        True,
        False,
        True,
        True,
    ]
