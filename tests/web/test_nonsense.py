"""Nonsense at the doors ends in a clear sentence, never in a bug."""

import unicodedata

import pytest
from sqlalchemy import select

from meeting.discussion.models import Opinion
from meeting.organization.passwords import fits, hashed

JSON = {"Authorization": "Bearer token-hoa", "Content-Type": "application/json"}


@pytest.mark.parametrize("number", [10**30, -(10**30), 2**63, "9" * 30, str(2**63)])
def test_a_number_that_no_row_can_have_is_too_large(api, number):
    status, body = api("hoa").act("live.check_in", meeting_id=number)

    assert (status, list(body["facts"]["fields"])) == (422, ["meeting_id"])


def test_a_text_with_nul_is_refused(api, council):
    status, body = api("hoa").act("discussion.post", meeting_id=council.meeting(), text="a\x00b")

    assert (status, list(body["facts"]["fields"])) == (422, ["text"])


def test_an_input_longer_than_any_act_needs_is_refused_unread(client):
    sent = '{"file_id": 1, "strokes": [' + "1," * 1_100_000 + "1]}"

    heard = client("").post("/api/v1/acts/notes.put", data=sent, headers=JSON)

    assert (heard.status_code, heard.get_json(force=True)["facts"]["fields"]) == (422, {"": "Nội dung quá dài."})


@pytest.mark.parametrize(("depth", "code"), [(900, "malformed"), (100_000, "not_json")])
def test_lists_within_lists_without_end_are_refused(client, depth, code):
    sent = f'{{"file_id": 1, "key": "x", "anchor": {"[" * depth}{"]" * depth}}}'

    heard = client("").post("/api/v1/acts/notes.put", data=sent, headers=JSON)

    assert (heard.status_code, heard.get_json(force=True)["code"]) == (400 if code == "not_json" else 422, code)


@pytest.mark.parametrize("path", ["/meetings/9223372036854775808", "/documents/99999999999999999999", "/meetings/-1", "/x"])
def test_an_address_that_leads_nowhere_says_so(client, path):
    assert client("hoa").get(path).status_code == 404


def test_a_page_number_beyond_all_bounds_is_refused(api):
    status, body = api("hoa").get("/meetings?cursor=99999999999999999999")

    assert (status, body["code"]) == (422, "malformed")


def test_nobody_is_asked_to_sign_in_before_anything_else(client):
    heard = client("").post("/api/v1/acts/live.open", json={"meeting_id": 1})

    assert (heard.status_code, heard.get_json(force=True)["code"]) == (401, "sign_in_first")


def test_a_cookie_without_its_token_changes_nothing(client, council):
    meeting_id = council.meeting()

    heard = client("hung").post("/api/v1/acts/live.open", json={"meeting_id": meeting_id})

    assert (heard.status_code, heard.get_json(force=True)["code"]) == (400, "csrf")


@pytest.mark.parametrize("who", ["hung", ""])
@pytest.mark.parametrize("part", ["", "; filename=a.pdf", '; name"="x'])
def test_a_part_of_a_form_that_has_no_name_is_refused(client, who, part):
    sent = f"--x\r\nContent-Disposition: form-data{part}\r\n\r\nsaid\r\n--x--\r\n".encode()
    headers = {} if who else {"Authorization": "Bearer token-hung"}

    heard = client(who).post("/api/v1/files", data=sent, content_type="multipart/form-data; boundary=x", headers=headers)

    assert (heard.status_code, heard.get_json(force=True)["code"]) == (400, "malformed")


def test_a_page_says_so_too_where_a_part_of_its_form_has_no_name(client):
    sent = b"--x\r\nContent-Disposition: form-data\r\n\r\nsaid\r\n--x--\r\n"

    heard = client("").post("/sign-in", data=sent, content_type="multipart/form-data; boundary=x")

    assert (heard.status_code, heard.mimetype) == (400, "text/html")


def test_decomposed_letters_are_composed_on_the_way_in(api, council):
    said = "Đề nghị làm rõ nguồn thu"

    status, _ = api("hoa").act("discussion.post", meeting_id=council.meeting(), text=unicodedata.normalize("NFD", said))

    assert status == 200
    assert council.one(select(Opinion.text)) == said


def test_a_password_is_the_same_on_every_keyboard():
    kept = hashed(unicodedata.normalize("NFD", "phiên họp không giấy "))

    assert fits(kept, "phiên họp không giấy")


@pytest.mark.parametrize("far", ["9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
@pytest.mark.parametrize(
    ("act", "field"), [("live.adjourn", "resumes_at"), ("live.pause", "until"), ("live.show_scene", "until")]
)
def test_a_moment_that_nothing_can_be_reckoned_from_is_refused(api, council, far, act, field):
    more = {"live.adjourn": {"reason": "x"}, "live.show_scene": {"scene": "break"}}.get(act, {})

    status, body = api("hung").act(act, meeting_id=council.meeting(), **{field: far}, **more)

    assert (status, list(body["facts"]["fields"])) == (422, [field])


def test_a_day_at_the_end_of_time_is_refused_also_within_lists(api, council):
    meeting = council.meeting()
    promise = {"text": "x", "due_on": "9999-12-31", "person_id": council.person("hoa")}
    stays = {"times": [{"since": "0001-01-01T00:00:00+14:00"}], "person_id": council.person("hoa"), "reason": "x"}

    for act, wanted, field in (
        ("questioning.note_promise", promise, "due_on"),
        ("live.correct_attendance", stays, "times.since"),
    ):
        status, body = api("minh").act(act, meeting_id=meeting, **wanted)
        assert (status, list(body["facts"]["fields"])) == (422, [field])


def test_signs_that_nobody_sees_are_left_out_so_that_files_can_be_made(api, council, client):
    meeting = council.meeting()
    status, _ = api("hoa").act("discussion.post", meeting_id=meeting, text="Ý kiến\x0bđã \x01dán\x7f\tvào\nđây")

    assert (status, council.one(select(Opinion.text))) == (200, "Ý kiến\nđã dán\tvào\nđây")
    assert client("minh").get(f"/meetings/{meeting}/opinions.xlsx").status_code == 200


@pytest.mark.parametrize("path", ["/notices?year=99999", "/notices?year=-1", "/resolutions?year=9999"])
def test_a_list_of_a_year_that_no_calendar_has_is_empty(api, client, path):
    assert api("minh").get(path)[1]["data"] == []
    assert client("minh").get(path).status_code == 200


@pytest.mark.parametrize("query", ["from=0001-01-01&to=9999-12-31", "to=9999-12-31"])
def test_a_report_on_days_at_the_end_of_time_is_not_made(api, client, query):
    for path in ("/reports/meetings", "/reports/people", "/reports/procedure", "/reports/units"):
        assert api("minh").get(f"{path}?{query}")[0] == 422
    assert client("minh").get(f"/reports?{query}").status_code == 200
