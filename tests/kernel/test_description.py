"""The description of the API: whoever builds against it finds everything in it and can resolve every name."""

import json
import re

import pytest

from meeting.acts import REGISTRY


@pytest.fixture
def told(api):
    status, found = api("hoa").get("/openapi.json")
    assert status == 200
    return found


def operations(told):
    """Path, method and operation of all that is described."""
    return [(path, method, each) for path, methods in told["paths"].items() for method, each in methods.items()]


def test_every_part_that_the_description_names_is_in_it(told):
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(told)))

    assert named
    assert named <= set(told["components"]["schemas"])


def test_every_address_of_the_api_is_described(told, app):
    described = {(re.sub(r"{[^}]+}", "*", path), method) for path, method, _ in operations(told)}
    served = {
        (re.sub(r"<[^>]+>", "*", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert served - described == {("/api/v1/acts/*", "post"), ("/api/v1/exchange/openapi.json", "get")}
    assert {name for name in REGISTRY if f"/api/v1/acts/{name}" not in told["paths"]} == set()


def test_every_operation_tells_how_it_refuses_and_has_a_name_of_its_own(told):
    found = operations(told)

    for path, _, each in found:
        refusals = {code for code in each["responses"] if code >= "400"}
        assert {"401", "403", "404", "422", "429"} <= refusals, path
        assert all("application/problem+json" in each["responses"][code]["content"] for code in refusals), path
    names = [each["operationId"] for _, _, each in found]
    assert len(names) == len(set(names))
