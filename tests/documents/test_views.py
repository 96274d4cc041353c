"""Who gets to see a file, a page, an image."""

import uuid

from tests.documents.papers import paper

URL = "/documents/{}/pages/1"


def test_the_sender_sees_page_images_kept_by_content(client, sent):
    file_id = sent("dung", paper(1))
    browser = client("dung")

    seen = browser.get(URL.format(file_id) + "?w=240")
    again = browser.get(URL.format(file_id) + "?w=240", headers={"If-None-Match": seen.headers["ETag"]})

    assert (seen.status_code, seen.mimetype, seen.data[:4]) == (200, "image/png", b"\x89PNG")
    assert seen.headers["Cache-Control"] == "private, no-cache"
    assert again.status_code == 304


def test_numbers_that_no_store_holds_find_nothing(api, sent):
    file_id, endless, hoa = sent("hoa", paper(1)), "9" * 25, api("hoa")

    assert hoa.get(f"/documents/{file_id}/words?from={2**63 - 1}") == (200, {"data": []})
    assert len(hoa.get(f"/documents/{file_id}/words?from=-5&to={2**63 - 1}")[1]["data"]) == 1
    assert [each["id"] for each in hoa.get(f"/files/progress?ids={endless},{file_id}")[1]["data"]] == [file_id]
    assert hoa.get(f"/meetings?body={endless}")[0] == 200
    assert hoa.get(f"/documents/{file_id}/words?from={endless}")[0] == 422


def test_a_text_that_is_no_text_is_refused(client, sent):
    file_id = sent("hoa", paper(1))
    note = f'{{"file_id": {file_id}, "key": "{uuid.uuid4()}", "kind": "sticky", "page": 1, "text": "\\ud800"}}'
    headers = {"Authorization": "Bearer token-hoa", "Content-Type": "application/json"}

    heard = client("").post("/api/v1/acts/notes.put", data=note, headers=headers)

    assert (heard.status_code, heard.get_json(force=True)["code"]) == (422, "malformed")


def test_a_stranger_finds_no_file(client, sent, api):
    file_id = sent("dung", paper(1))

    assert client("hoa").get(URL.format(file_id)).status_code == 404
    assert client("hoa").get(f"/documents/{file_id}/original").status_code == 404
    assert api("hoa").get(f"/documents/{file_id}")[0] == 404
    assert api("hoa").get(f"/documents/{file_id}/pages/1")[0] == 404
    assert api("hoa").get(f"/files/progress?ids={file_id}")[1] == {"data": []}
    assert client("").get(URL.format(file_id)).status_code in (302, 401)


def test_the_original_comes_back_byte_for_byte_as_a_download(client, sent):
    content = paper(1)
    file_id = sent("dung", content, "Tờ trình.pdf")

    heard = client("dung").get(f"/documents/{file_id}/original")

    assert heard.data == content
    assert heard.headers["Content-Disposition"].startswith("attachment")
    assert heard.headers["Content-Disposition"].isascii(), "a real server cannot send another sign in a header"
    assert heard.headers["Content-Disposition"].endswith("filename*=UTF-8''T%E1%BB%9D%20tr%C3%ACnh.pdf")


def test_progress_is_told_to_the_sender(api, send, read_all):
    _, answer = send("dung", paper(2))
    before = api("dung").get(f"/files/progress?ids={answer['file_id']}")[1]["data"][0]

    read_all()

    after = api("dung").get(f"/files/progress?ids={answer['file_id']}")[1]["data"][0]
    assert (before["state"], before["pages_done"]) == ("waiting", 0)
    assert (after["state"], after["pages_done"], after["page_count"], after["message"]) == ("ready", 2, 2, "")


def test_a_page_that_is_not_there_is_not_found(client, api, sent):
    file_id = sent("dung", paper(1))

    assert client("dung").get(f"/documents/{file_id}/pages/9").status_code == 404
    assert api("dung").get(f"/documents/{file_id}/pages/9")[0] == 404
