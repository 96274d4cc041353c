"""A new version tells its readers what changed: made by the worker, kept, read only by those who may read both versions."""

import io

import pytest
from sqlalchemy import select

from meeting import jobs
from meeting.documents import store as files
from meeting.documents.models import File
from meeting.materials.compare_service import run
from meeting.materials.models import Submission
from meeting.materials.release_models import ComparedPage, Comparison
from meeting.notify.models import Notification
from tests.conftest import SHARED
from tests.documents.papers import paper
from tests.materials.handing import hand_in, put_right, written

ONE = "Tổng chi ngân sách phường năm 2027 là 12 tỷ đồng, trong đó chi đầu tư phát triển là 4 tỷ đồng."
TWO = "Ủy ban nhân dân phường giao Phòng Kinh tế chủ trì, phối hợp với các đơn vị thực hiện kế hoạch này."
THREE = "Danh mục công trình khởi công mới gồm trường mầm non, tuyến ngõ 91 và hệ thống thoát nước tổ 5."


@pytest.fixture
def changed(desk):
    """Version 1 was read by Hoa; version 2 changed page 1, and page 2 came in between. Returns both files."""
    first = hand_in(desk, ONE, THREE)
    desk.do("hoa", "materials.mark_read", file_id=first, page=1)
    second = hand_in(desk, ONE.replace("12 tỷ", "15 tỷ"), TWO, THREE)
    jobs.run_waiting()
    return first, second


def path(desk, more=""):
    return f"/requirements/{desk.requirement_id}/changes{more}"


def told(council, username):
    wanted = select(Notification).where(Notification.person_id == council.person(username)).order_by(Notification.id)
    return [each for each in council.all(wanted) if each.kind in ("paper_changed", "paper_replaced")]


def test_a_new_version_is_compared_page_by_page_by_the_worker(desk, api, changed):
    status, answer = api("hoa").get(path(desk, "?words=1"))

    assert status == 200
    assert (answer["from"], answer["to"], answer["read_version"], answer["state"]) == (1, 2, 1, "ready")
    assert [(page["kind"], page["old_page"], page["new_page"]) for page in answer["pages"]] == [
        ("changed", 1, 1), ("added", None, 2), ("unchanged", 2, 3),
    ]  # fmt: skip
    assert ["gone", "12"] in answer["pages"][0]["runs"]
    assert ["come", "15"] in answer["pages"][0]["runs"]


def test_the_words_of_a_version_found_to_be_secret_are_erased(desk, council, changed, api):
    assert council.one(select(ComparedPage.id).limit(1)) is not None
    council.update(File, changed[0], state="reading")

    desk.do("system", "documents.refuse", file_id=changed[0], refusal="secret", refusal_facts={"level": "MẬT"})

    assert council.all(select(ComparedPage)) == []
    assert api("hoa").get(path(desk))[1]["pages"] == []


def test_every_reader_is_told_what_changed(desk, council, changed):
    for username in ("hoa", "tuan"):
        (note,) = told(council, username)
        assert (note.kind, note.url) == ("paper_changed", f"/papers/{desk.requirement_id}/changes")
        assert (note.facts["number"], note.facts["changed"], note.facts["added"]) == (2, 1, 1)
    assert told(council, "khach") == []
    (entry,) = desk.told("materials.versions_compared")
    assert (entry["older"], entry["newer"], entry["pages"]) == (1, 2, [1, 2])


def test_the_row_and_the_viewer_say_what_is_different_since_the_version_that_was_read(desk, client, api, changed):
    first, second = changed

    listed = client("hoa").get("/papers").text
    assert f"/papers/{desk.requirement_id}/changes" in listed
    assert "bản 1" in listed
    assert f"/papers/{desk.requirement_id}/changes" not in client("tuan").get("/papers").text, "Tuấn has read no version"
    strip = api("hoa").get(f"/documents/{second}/reading")[1]["strip"]
    assert (strip["compare_url"], strip["changed_pages"]) == (f"/papers/{desk.requirement_id}/changes?from=1&to=2", [1, 2])
    assert api("hoa").get(f"/documents/{first}/reading")[1]["strip"]["newer"]["file_id"] == second, (
        "the old one leads to the new one"
    )


def test_the_screen_shows_one_changed_page_at_a_time_in_both_versions(desk, client, changed):
    first, second = changed

    shown = client("hoa").get(f"/papers/{desk.requirement_id}/changes?view=text&at=0").text

    assert "<del>" in shown
    assert "<ins>" in shown
    assert f"/documents/{first}/pages/1" in shown
    assert f"/documents/{second}/pages/1" in shown
    assert f"/documents/{first}/pages/" not in client("hoa").get(f"/papers/{desk.requirement_id}/changes?view=text&at=1").text


def test_each_reader_sees_the_change_since_their_own_version(desk, council, do, api, changed):
    do("tuan", "materials.mark_read", file_id=changed[1], page=1)
    hand_in(desk, ONE, TWO, THREE)
    jobs.run_waiting()

    assert [api(who).get(path(desk))[1]["from"] for who in ("hoa", "tuan")] == [1, 2]
    assert api("hoa").get(path(desk))[1]["counts"]["changed"] == 0, "page 1 is as Hoa read it"
    assert api("tuan").get(path(desk))[1]["counts"]["changed"] == 1
    assert [note.facts["number"] for note in told(council, "hoa")] == [2, 3], "told once of each version"


def test_who_may_not_read_both_versions_reads_no_comparison(desk, do, api, client, changed):
    assert [api(who).get(path(desk))[0] for who in ("khach", "lan", "admin")] == [404, 404, 404]
    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="office")
    assert api("hoa").get(path(desk))[0] == 404
    assert client("hoa").get(f"/papers/{desk.requirement_id}/changes").status_code == 404
    assert api("minh").get(path(desk))[0] == 200


def test_after_a_recall_the_words_of_the_old_version_are_read_by_nobody(desk, do, api, changed):
    do("minh", "materials.take_back", requirement_id=desk.requirement_id, reason="Nhầm")
    do("minh", "materials.publish", requirement_id=desk.requirement_id)

    status, answer = api("hoa").get(path(desk, "?words=1"))

    assert (status, answer["from"], answer["pages"]) == (200, None, [])
    assert api("hoa").get(path(desk, "?from=1&to=2"))[0] == 404


def test_a_scan_without_text_could_not_be_compared_and_says_so(desk, client, api):
    hand_in(desk, ONE, "")
    hand_in(desk, ONE, "")
    jobs.run_waiting()

    assert [page["kind"] for page in api("hoa").get(path(desk))[1]["pages"]] == ["unchanged", "unread"]
    assert "cmplist" in client("hoa").get(f"/papers/{desk.requirement_id}/changes?view=text").text


def test_the_office_compares_a_version_before_it_accepts_it(desk, do, api, ask):
    hand_in(desk, ONE)
    put_right(desk)
    desk.send(file_id=written(desk.council, TWO))
    older, newer = (each.id for each in desk.versions())
    assert ask("hoa", "materials.compare", older_id=older, newer_id=newer).status == 404

    asked = do("minh", "materials.compare", older_id=newer, newer_id=older)
    jobs.run_waiting()

    assert do("minh", "materials.compare", older_id=older, newer_id=newer) == {**asked, "state": "ready"}
    assert api("minh").get(path(desk, "?from=1&to=2"))[1]["counts"]["added"] == 1
    assert desk.told("materials.versions_compared") == [], "nobody is told of what was not published"
    assert ask("minh", "materials.compare", older_id=older, newer_id=older).body["code"] == "same_version"


def test_versions_of_different_papers_are_not_compared(desk, do, ask, council):
    hand_in(desk, ONE)
    other = do("minh", "materials.request", meeting_id=desk.meeting_id, unit_id=council.unit("kinh_te"), what="Báo cáo")
    sent = do("dung", "materials.submit", requirement_id=other["requirement_id"], file_id=written(council, TWO))

    answer = ask("minh", "materials.compare", older_id=desk.versions()[0].id, newer_id=sent["submission_id"])

    assert (answer.status, answer.body["code"]) == (409, "other_papers_version")


def test_a_comparison_run_twice_is_kept_once(desk, council, changed):
    row = council.one(select(Comparison))
    before = council.all(select(ComparedPage.id))

    run(row.id)
    council.update(Comparison, row.id, state="waiting")
    run(row.id)

    assert len(council.all(select(ComparedPage.id))) == len(before) == 3
    assert council.one(select(Comparison.state)) == "ready"
    assert len(told(council, "hoa")) == 1


def test_long_versions_are_compared_in_pieces(desk, api):
    pages = [f"{TWO} Đoạn số {at} có nội dung riêng là {at * 7919}." for at in range(230)]
    hand_in(desk, *pages)
    hand_in(desk, *[*pages[:100], THREE, *pages[100:]])
    jobs.run_waiting()

    counts = api("hoa").get(path(desk))[1]["counts"]

    assert (counts["added"], counts["changed"], counts["unchanged"]) == (1, 0, 230)


def test_real_pages_are_compared_after_the_worker_has_read_them(desk, do, api):
    for text in ("Dự toán là 12 tỷ đồng.", "Dự toán là 15 tỷ đồng."):
        ticket = files.take_in(io.BytesIO(paper(6, "TỜ TRÌNH", text))).ticket
        put_right(desk)
        desk.send(file_id=do("dung", "documents.receive", ticket=ticket, name="To trinh.pdf")["file_id"])
        jobs.run_waiting()
        do("minh", "materials.accept", requirement_id=desk.requirement_id)
    jobs.run_waiting()

    answer = api("minh").get(path(desk, "?from=1&to=2&words=1"))[1]

    assert answer["counts"]["changed"] == 6
    assert all(["come", "15"] in page["runs"] for page in answer["pages"])


@pytest.mark.shared
def test_real_papers_can_be_compared_with_themselves_and_each_other(desk, do, api):
    found = sorted(SHARED.rglob("*.pdf"), key=lambda each: each.stat().st_size)[:2] if SHARED.exists() else []
    if len(found) < 2:
        pytest.skip("the real papers are not beside the checkout")
    for each in (found[0], found[0], found[1]):
        ticket = files.take_in(io.BytesIO(each.read_bytes())).ticket
        put_right(desk)
        desk.send(file_id=do("dung", "documents.receive", ticket=ticket, name=each.name)["file_id"])
        jobs.run_waiting()
        do("minh", "materials.accept", requirement_id=desk.requirement_id)
    jobs.run_waiting()

    same = api("minh").get(path(desk, "?from=1&to=2"))[1]
    other = api("minh").get(path(desk, "?from=2&to=3"))[1]

    assert {page["kind"] for page in same["pages"]} <= {"unchanged"}
    assert other["state"] == "ready"
    assert other["counts"]["unchanged"] < len(other["pages"])


def test_nobody_but_the_worker_writes_comparisons(ask, council, changed):
    row = council.one(select(Comparison.id))
    acts = {"materials.compared": {"state": "ready"}, "materials.keep_compared": {"start": 0, "pages": []}}

    found = [ask("minh", act, comparison_id=row, **more).status for act, more in acts.items()]

    assert found == [403, 403]


def test_versions_taken_from_the_store_keep_their_state(desk, council, changed):
    assert [each.is_published for each in council.all(select(Submission).order_by(Submission.number))] == [True, True]
