"""Passages with their places, as the worker keeps them and the API and the screen tell them; comparisons of old are made anew."""

import pytest
from sqlalchemy import select

from meeting import jobs
from meeting.documents.models import Page, packed
from meeting.materials.release_models import ComparedPage, Comparison
from tests.materials.handing import hand_in
from tests.materials.test_compare import ONE, THREE, path

TWO = ONE.replace("12 tỷ", "15 tỷ").replace("đầu tư phát triển", "phát triển")


def drawn(council, file_id, text):
    """Gives the words of page 1 boxes: ten words a line, each 80 wide."""
    row = council.one(select(Page.id).where(Page.file_id == file_id, Page.number == 1))
    words = [[at % 10 * 90, at // 10 * 30, at % 10 * 90 + 80, at // 10 * 30 + 20, word] for at, word in enumerate(text.split())]
    council.update(Page, row, boxes=packed(words))


@pytest.fixture
def changed(desk, council):
    """Version 2 changed a figure and took two words out; both know where their words stand."""
    first = hand_in(desk, ONE, THREE)
    drawn(council, first, ONE)
    desk.do("hoa", "materials.mark_read", file_id=first, page=1)
    second = hand_in(desk, TWO, THREE)
    drawn(council, second, TWO)
    jobs.run_waiting()
    return first, second


def test_each_passage_tells_its_words_and_where_they_stand(desk, api, changed):
    _, answer = api("hoa").get(path(desk, "?marks=1"))

    first, second = answer["pages"][0]["marks"]
    at = ONE.split().index("12")
    box = [at % 10 * 90, at // 10 * 30, at % 10 * 90 + 80, at // 10 * 30 + 20]
    assert (first["gone"], first["come"]) == ("12", "15")
    assert first["old"] == first["new"] == [{"page": 1, "boxes": [box]}]
    assert (second["gone"], second["come"]) == ("đầu tư", "")
    assert [len(place["boxes"]) for place in second["old"]] == [1]
    (thin,) = second["new"][0]["boxes"]
    assert thin[2] - thin[0] == 2
    assert "marks" not in api("hoa").get(path(desk))[1]["pages"][0]


def test_the_screen_holds_both_versions_and_their_passages(desk, client, changed):
    first, second = changed

    shown = client("hoa").get(f"/papers/{desk.requirement_id}/changes").text

    assert "data-comparing" in shown
    assert f"&#34;id&#34;: {first}" in shown
    assert f"&#34;id&#34;: {second}" in shown
    assert client("khach").get(f"/papers/{desk.requirement_id}/changes").status_code == 404


def test_a_comparison_of_old_is_made_once_more_when_somebody_asks(desk, council, do, changed):
    (comparison,) = council.all(select(Comparison.id))
    council.update(Comparison, comparison, marked=False)
    for page in council.all(select(ComparedPage.id)):
        council.update(ComparedPage, page, packed_marks=None)
    older, newer = council.one(select(Comparison.older_id)), council.one(select(Comparison.newer_id))

    asked = do("hoa", "materials.compare", older_id=older, newer_id=newer)
    assert asked["state"] == "waiting"
    jobs.run_waiting()

    assert council.all(select(Comparison.marked)) == [True]
    assert do("hoa", "materials.compare", older_id=older, newer_id=newer)["state"] == "ready"
    assert len(desk.told("materials.versions_compared")) == 1, "its readers are not told twice"
