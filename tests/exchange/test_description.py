"""The description for other systems: every example is a real answer, and every answer fits its schema.

`MEETING_WRITE_EXAMPLES=1` writes the examples anew from the standing cast.
"""

import json
import os
from datetime import timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from meeting.agenda.models import Meeting
from meeting.exchange import describing
from meeting.exchange.schemas import SCHEMAS
from tests.exchange.conftest import NOW, Office

Known = dict[str, int]


@pytest.fixture
def answers(office: Office, session_of_ubnd: Known, concluded: Known) -> dict[str, Any]:
    """What each read answers, by operation."""
    office.grant("UBND")
    office.council.update(Meeting, session_of_ubnd["meeting"], title="Phiên họp thường kỳ tháng 11")
    places = {"unit": "kinh_te", "person": "hoa", "meeting": str(session_of_ubnd["meeting"])}
    places |= {"notice": str(concluded["notice"]), "task": str(concluded["task"])}
    found = {}
    for path, (name, _, _, schema) in describing.READS.items():
        if schema:
            real = path.replace("units/{unit}/meetings/past", "units/UBND/meetings/past")
            status, found[name] = office.ask(real.format(**places))
            assert status == 200, (path, found[name])
    return found


def test_every_example_is_a_real_answer(answers: dict[str, Any]) -> None:
    if os.environ.get("MEETING_WRITE_EXAMPLES"):
        written = json.dumps(_steady(answers), ensure_ascii=False, indent=1) + "\n"
        describing.EXAMPLES.write_text(written, encoding="utf-8")
    assert json.loads(describing.EXAMPLES.read_text(encoding="utf-8")) == _steady(answers)
    assert all(rows["data"] for rows in answers.values() if "data" in rows), "an example that shows nothing helps nobody"


def _steady(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers without what differs from run to run: the bytes of a paper that is drawn for the test."""
    told: dict[str, Any] = json.loads(json.dumps(answers))
    for row in told["papers"]["data"]:
        row |= {"sha256": "0" * 64, "bytes": 48213}
    return told


def test_every_answer_fits_its_schema(answers: dict[str, Any]) -> None:
    parts = {"components": {"schemas": SCHEMAS}}
    for name, _, _, schema in describing.READS.values():
        if schema:
            Draft202012Validator({**describing.answer_schema(schema), **parts}).validate(answers[name])


def test_a_refusal_fits_its_schema(office: Office) -> None:
    Draft202012Validator(SCHEMAS["ExchangeProblem"]).validate(office.ask("/tasks")[1])


def test_the_description_is_open_and_stands_in_that_of_the_whole_api(office: Office, api: Any, client: Any) -> None:
    alone = office.app.test_client().get("/api/v1/exchange/openapi.json").get_json()
    whole = api("admin").get("/openapi.json")[1]
    for path, told in alone["paths"].items():
        assert whole["paths"][path] == told
        assert told["get"]["security"] == [{"clientKey": []}, {"clientKeyHeader": []}]
    assert set(alone["components"]["securitySchemes"]) <= set(whole["components"]["securitySchemes"])
    rules = {str(rule) for rule in office.app.url_map.iter_rules() if rule.endpoint.startswith("exchange_reads.")}
    assert len(rules) == len(describing.READS) + 1
    page = client("admin").get("/api/docs").text
    assert "/api/v1/exchange/people/{person}/meetings/upcoming" in page
    assert "Phiên họp thường kỳ tháng 11" in page


def test_an_example_of_the_past_is_of_the_past(answers: dict[str, Any]) -> None:
    assert all(row["starts_at"] < (NOW + timedelta(hours=7)).isoformat() for row in answers["unit_past"]["data"])
