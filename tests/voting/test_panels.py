"""Votes on the meeting page, and an item that a question holds on the programme."""


def test_the_desk_prepares_questions_on_the_meeting_page(room, client):
    chamber = room()
    chamber.prepare(title="Thông qua nghị quyết về đất đai")

    desk = client("minh").get(f"/meetings/{chamber.meeting_id}?tab=votes").text
    member = client("hoa").get(f"/meetings/{chamber.meeting_id}?tab=votes").text

    assert "Thông qua nghị quyết về đất đai" in desk
    assert "voting.prepare" in desk
    assert "Thông qua nghị quyết về đất đai" not in member
    assert "voting.prepare" not in member


def test_members_read_published_results_with_names_of_open_votes_only(room, client):
    chamber = room()
    question = chamber.open()
    chamber.cast(question, hoa="for", tuan="for")
    chamber.finish(question)
    secret = chamber.open("secret", title="Bãi nhiệm kín")
    chamber.cast(secret, hoa="against")
    chamber.finish(secret)

    page = client("lan").get(f"/meetings/{chamber.meeting_id}?tab=votes").text

    assert "2 phiếu tán thành" in page or "2 in favour" in page
    assert "Phan Thị Hoa" in page.split("Bãi nhiệm kín")[0]
    assert "Phan Thị Hoa" not in page.split("Bãi nhiệm kín")[1]


def test_an_item_with_a_question_is_not_removed(council, ask, do):
    meeting = council.meeting("HĐND")
    item = council.items(meeting)[0]
    do("minh", "voting.prepare", item_id=item, title="Thử", kind="open")

    heard = ask("minh", "agenda.remove_item", item_id=item)

    assert (heard.status, heard.body["code"]) == (409, "item_has_vote")
