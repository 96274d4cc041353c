"""The description of the API: whoever builds against it can resolve every name in it."""

import json
import re


def test_every_part_that_the_description_names_is_in_it(api):
    status, told = api("hoa").get("/openapi.json")
    assert status == 200

    named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(told)))

    assert named
    assert named <= set(told["components"]["schemas"])
