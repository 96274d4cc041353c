"""Notes in the viewer, in real browsers: marks that stay, palms that do not write, two devices that lose nothing."""

import pytest
from playwright.sync_api import Page, expect

from meeting import clock
from meeting.agenda.models import Meeting
from tests.browsing import PHONE, House
from tests.materials.test_browser_handing import PARTS, Office
from tests.notes.tablet import Hand, asked_for, group, kept, of_kind, opened, paper, shot, texts, write_note  # noqa: F401
from tests.waiting import rests, until
from tests.web.conftest import house, running  # noqa: F401 - fixtures
from tests.web.test_browser_access import violations

pytestmark = [pytest.mark.browser, pytest.mark.server]

HELD = """async () => (await (await import('/static/js/web/kept.js')).all('outbox')).map((held) => held.input.text)"""

ON_DEVICE = """async () => (await (await import('/static/js/web/kept.js')).all('notes'))
  .filter((kept) => kept.dirty).map((kept) => kept.note.text)"""

# This page ends before its pause does, and nobody tells it.
DROPPED = """() => {
  const unheard = (event) => event.stopImmediatePropagation();
  for (const name of ['pagehide', 'visibilitychange']) window.addEventListener(name, unheard, true);
  const later = window.setTimeout;
  window.setTimeout = (work, ms, ...rest) => (ms === 700 ? 0 : later(work, ms, ...rest));
}"""

# This device is slow to write down how far the server is.
SLOW = """async () => {
  const { kept } = await import('/static/js/web/kept.js');
  const put = kept.put;
  kept.put = async (kind, ...rest) => {
    await put.call(kept, kind, ...rest);
    if (kind === 'state') await new Promise((resume) => { window.goOn = resume; });
  };
}"""


def held(page: Page, text: str) -> None:
    """Waits until a note is kept on the device to be sent later."""
    until(lambda: text in page.evaluate(HELD), f"not kept on the device: {text}")


def test_a_highlight_takes_whole_words_and_is_there_on_another_tablet(house: House, paper: int) -> None:  # noqa: F811
    office = Office(house)
    words = office.get("hoa", f"/documents/{paper}/words?from=1&to=1")["data"][0]["words"]
    at = next(number for number, word in enumerate(words) if word[4] == "78.240")
    first, last = words[at], words[at + 2]
    page = opened(house, "hoa", paper)
    hand = Hand(page)
    hand.take("highlight")

    hand.drag(((first[0] + first[2]) / 2, (first[1] + first[3]) / 2), ((last[0] + last[2]) / 2, (last[1] + last[3]) / 2))

    note = until(lambda: of_kind(kept(office, "hoa", paper), "highlight"), "the highlight never reached the server")[0]
    assert note["anchor"]["quote"]["exact"] == "78.240 triệu đồng,"
    assert note["anchor"]["boxes"] == [[first[0], min(first[1], last[1]), last[2], max(first[3], last[3])]]
    assert (note["shared"], note["mine"], note["color"]) == ("me", True, "yellow")
    shot(page, "highlight")
    page.reload()
    page.wait_for_selector(".vview.open .nmarks g.c-yellow")
    page.get_by_role("button", name="78.240 triệu đồng,").click()
    page.get_by_role("article").get_by_role("radio", name="Xanh lá").click()
    until(lambda: of_kind(kept(office, "hoa", paper), "highlight")[0]["color"] == "green", "another colour")
    other = opened(house, "hoa", paper)
    other.wait_for_selector(".vview.open .nmarks g.c-green")
    other.get_by_role("button", name="78.240 triệu đồng,").wait_for()
    assert kept(office, "tuan", paper) == []


def test_a_pen_writes_the_palm_does_not_and_each_stroke_steps_back(house: House, paper: int) -> None:  # noqa: F811
    office = Office(house)
    page = opened(house, "tuan", paper, has_touch=True)
    hand = Hand(page)
    hand.take("ink")

    hand.fingers("touchStart", (800, 900))  # the side of the hand is there first
    hand.pen("mousePressed", 200, 700)
    for step in range(1, 25):
        hand.pen("mouseMoved", 200 + step * 10, 700 + (step % 5) * 6, 0.2 + step / 40)
    hand.fingers("touchMove", (780, 880))
    hand.pen("mouseReleased", 440, 700, 0)
    hand.fingers("touchEnd")
    hand.pen("mousePressed", 500, 700)
    hand.pen("mouseMoved", 560, 760)
    hand.pen("mouseReleased", 600, 760, 0)
    hand.fingers("touchStart", (300, 500))
    hand.fingers("touchMove", (400, 600))
    hand.fingers("touchEnd")

    drawn = until(
        lambda: [one for one in of_kind(kept(office, "tuan", paper), "ink") if len(one["strokes"]) == 2], "two strokes"
    )[0]
    pressures = {point[2] for point in drawn["strokes"][0]["points"]}
    assert len(pressures) > 10
    assert len(drawn["strokes"][0]["points"]) <= 26
    expect(page.locator(".vview.open .nink g path")).to_have_count(2)
    assert "page=1" in page.url
    shot(page, "ink")
    page.keyboard.press("Control+z")
    until(lambda: len(of_kind(kept(office, "tuan", paper), "ink")[0]["strokes"]) == 1, "one stroke is left")
    page.get_by_role("button", name="Làm lại").click()
    until(lambda: len(of_kind(kept(office, "tuan", paper), "ink")[0]["strokes"]) == 2, "it is back")

    hand.take("erase")
    hand.drag((480, 690), (520, 720))
    until(lambda: len(of_kind(kept(office, "tuan", paper), "ink")[0]["strokes"]) == 1, "the eraser takes a whole stroke")
    page.get_by_role("button", name="Quay lui").click()
    until(lambda: len(of_kind(kept(office, "tuan", paper), "ink")[0]["strokes"]) == 2, "and gives it back")


def test_a_step_back_is_kept_while_the_device_writes_down_what_the_server_said(house: House) -> None:  # noqa: F811
    office = Office(house)
    other = office.version(asked_for(office), PARTS)
    page = opened(house, "hung", other)
    page.evaluate(SLOW)
    hand = Hand(page)
    hand.take("ink")
    hand.drag((300, 300), (400, 340))
    hand.drag((300, 500), (400, 540))
    until(lambda: [len(one["strokes"]) for one in of_kind(kept(office, "hung", other), "ink")] == [2], "two strokes")
    until(lambda: page.evaluate("() => Boolean(window.goOn)"), "the answer never came")

    page.keyboard.press("Control+z")
    page.evaluate("window.goOn()")

    until(lambda: [len(one["strokes"]) for one in of_kind(kept(office, "hung", other), "ink")] == [1], "one stroke is left")


def test_a_note_shared_with_a_group_is_read_there_and_nowhere_else(house: House, paper: int, group: int) -> None:  # noqa: F811
    office = Office(house)
    page = opened(house, "hoa", paper)
    hand = Hand(page)
    hand.take("sticky")
    page.mouse.click(**hand.at(850, 400))
    page.get_by_role("textbox", name="Nội dung ghi chú").fill("Đề nghị kèm danh mục ngõ ưu tiên.")

    page.get_by_role("radio", name="Tổ đại biểu số 1").check()

    expect(page.locator(".nshare p")).to_contain_text("Thành viên Tổ đại biểu số 1")
    shot(page, "sharing")
    assert violations(page) == []
    page.get_by_role("button", name="Xong").click()
    until(lambda: texts(office, "tuan", paper), "the member of the group never saw it")
    member = opened(house, "tuan", paper)
    card = member.get_by_role("article", name="Ghi chú 1")
    expect(card).to_contain_text("Hoa")
    expect(card).to_contain_text("Chia sẻ trong Tổ đại biểu số 1")
    assert card.get_by_role("button").count() == 0
    shot(member, "shared")
    member.get_by_role("button", name="Ghi chú 1 của").click()
    stranger = opened(house, "hung", paper)
    stranger.get_by_text("Trang này chưa có ghi chú.").wait_for()
    assert texts(office, "hung", paper) == []


def test_notes_written_without_a_line_are_sent_once_and_survive_a_reload(house: House, paper: int) -> None:  # noqa: F811
    office = Office(house)
    page = opened(house, "van", paper)
    page.context.set_offline(True)
    write_note(page, "Hỏi về nguồn bảo đảm")
    page.get_by_text("chờ gửi").first.wait_for()
    page.get_by_role("textbox", name="Nội dung ghi chú").fill("Hỏi về nguồn bảo đảm, tổ 5")
    shot(page, "offline")
    held(page, "Hỏi về nguồn bảo đảm, tổ 5")
    page.context.set_offline(False)
    until(lambda: texts(office, "van", paper) == ["Hỏi về nguồn bảo đảm, tổ 5"], "what was written offline was not sent once")
    page.get_by_text("Đã lưu mọi ghi chú lúc").wait_for()
    page.get_by_role("button", name="Xong").click()

    stale = {"data": [], "version": 1, "same": False}  # as kept on the device before the note was written
    page.context.route(f"**/documents/{paper}/notes*", lambda route: route.fulfill(json=stale))
    page.reload()
    page.get_by_text("Hỏi về nguồn bảo đảm, tổ 5").wait_for()
    rests(page)
    expect(page.locator("article.snote")).to_have_count(1)
    page.context.unroute(f"**/documents/{paper}/notes*")
    page.context.route("**/api/v1/acts/notes.*", lambda route: route.abort())
    write_note(page, "Viết trước khi máy tắt")
    held(page, "Viết trước khi máy tắt")
    page.reload()
    page.get_by_text("Viết trước khi máy tắt").wait_for()
    page.get_by_text("chờ gửi").first.wait_for()
    assert texts(office, "van", paper) == ["Hỏi về nguồn bảo đảm, tổ 5"]
    page.context.unroute("**/api/v1/acts/notes.*")
    until(lambda: len(texts(office, "van", paper)) == 2, "what was written before the reload was not sent")
    page.reload()
    expect(page.locator("article.snote")).to_have_count(2)
    assert texts(office, "van", paper) == ["Hỏi về nguồn bảo đảm, tổ 5", "Viết trước khi máy tắt"]


def test_a_note_whose_paper_is_left_at_once_is_sent_from_the_next_page(house: House, paper: int) -> None:  # noqa: F811
    office = Office(house)
    page = opened(house, "truong", paper)
    page.evaluate(DROPPED)
    write_note(page, "Viết rồi rời trang ngay")
    until(lambda: "Viết rồi rời trang ngay" in page.evaluate(ON_DEVICE), "the device did not write the note down")
    assert texts(office, "truong", paper) == []

    page.goto("/calendar")

    until(lambda: texts(office, "truong", paper) == ["Viết rồi rời trang ngay"], "what was left was never sent")
    assert house.faults == []


def test_two_devices_of_one_person_lose_nothing(house: House, paper: int) -> None:  # noqa: F811
    office = Office(house)
    first = opened(house, "minh", paper)
    write_note(first, "Rà soát số liệu")
    until(lambda: texts(office, "minh", paper) == ["Rà soát số liệu"], "it was not kept")
    first.get_by_role("button", name="Xong").click()
    second = opened(house, "minh", paper, size=PHONE, has_touch=True)
    second.get_by_role("button", name="Ghi chú 1 của tôi").click()
    second.get_by_role("button", name="Sửa").click() if second.get_by_role("button", name="Sửa").count() else None
    second.context.set_offline(True)
    second.get_by_role("textbox", name="Nội dung ghi chú").fill("Rà soát số liệu, viết ở nhà")
    shot(second, "phone")
    held(second, "Rà soát số liệu, viết ở nhà")

    first.get_by_role("button", name="Sửa").click()
    first.get_by_role("textbox", name="Nội dung ghi chú").fill("Rà soát số liệu, viết ở phòng họp")
    until(lambda: texts(office, "minh", paper) == ["Rà soát số liệu, viết ở phòng họp"], "the first device was not heard")
    second.context.set_offline(False)

    both = ["Rà soát số liệu, viết ở nhà", "Rà soát số liệu, viết ở phòng họp"]
    until(lambda: texts(office, "minh", paper) == both, "both are kept")
    second.get_by_role("alert").get_by_text("Cả hai bản đều được giữ").wait_for()
    shot(second, "conflict")
    second.get_by_role("button", name="Chỉ giữ bản này").click()
    until(lambda: texts(office, "minh", paper) == ["Rà soát số liệu, viết ở nhà"], "one was chosen")


def test_everything_but_ink_goes_by_keyboard(house: House, paper: int) -> None:  # noqa: F811
    office = Office(house)
    page = opened(house, "hung", paper)
    page.get_by_role("button", name="Tô sáng", exact=True).focus()
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('nlayer')"):
            break
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    words = office.get("hung", f"/documents/{paper}/words?from=1&to=1")["data"][0]["words"]

    quote = until(lambda: of_kind(kept(office, "hung", paper), "highlight"), "no highlight")[0]["anchor"]["quote"]["exact"]
    assert len(quote.split()) == 3
    assert quote in " ".join(word[4] for word in words)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Cuộn")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Thêm ghi chú").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Ý kiến của tôi")
    page.keyboard.press("Escape")
    until(lambda: texts(office, "hung", paper) == ["Ý kiến của tôi"], "typed and closed by keys")
    until(lambda: page.evaluate("document.activeElement.matches('article.snote')"), "the note was not in focus")
    page.get_by_role("button", name="Đánh dấu trang 1").focus()
    page.keyboard.press("Enter")
    until(lambda: of_kind(kept(office, "hung", paper), "bookmark"), "the page is bookmarked")
    page.keyboard.press("Control+z")
    until(lambda: not of_kind(kept(office, "hung", paper), "bookmark"), "and no longer")
    page.get_by_role("button", name="Sửa").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Xóa ghi chú này").focus()
    page.keyboard.press("Enter")
    until(lambda: texts(office, "hung", paper) == [], "it was not removed")
    page.get_by_role("button", name="Hoàn tác").click()
    until(lambda: texts(office, "hung", paper) == ["Ý kiến của tôi"], "it is not back")


def test_notes_follow_their_words_into_a_new_version_and_none_is_lost(house: House) -> None:  # noqa: F811
    office = Office(house)
    requirement_id = asked_for(office)
    old = office.version(requirement_id, PARTS)
    for number, (page_number, exact) in enumerate([(1, "78.240 triệu đồng"), (3, "hệ thống thoát nước tổ dân phố")]):
        anchor = {"quote": {"exact": exact, "prefix": "", "suffix": ""}, "boxes": [[100, 100, 400, 120]]}
        wanted = {"file_id": old, "page": page_number, "kind": "highlight", "text": f"Ghi {number}", "anchor": anchor}
        status, answer = house.server.act("hoa", "notes.put", key=f"00000000-0000-4000-8000-00000000000{number}", **wanted)
        assert status == 200, answer
    office.act("minh", "materials.return", requirement_id=requirement_id, reason="Rà soát số liệu")
    new = office.version(requirement_id, [PARTS[0], PARTS[1], PARTS[3]])
    until(lambda: len(kept(office, "hoa", new)) == 2, "the notes were not carried over")

    page = opened(house, "hoa", new)

    page.get_by_role("heading", name="1 ghi chú không còn trong bản này").wait_for()
    lost = page.locator("article.snote").filter(has_text="Ghi 1")
    expect(lost).to_contain_text("trang 3 của bản 1")
    shot(page, "lost")
    lost.get_by_role("link", name="Mở bản cũ").click()
    page.wait_for_url(f"**/documents/{old}?page=3")
    page.locator("article.snote").filter(has_text="Ghi 1").wait_for()


def test_a_note_becomes_a_wish_to_speak(house: House) -> None:  # noqa: F811
    office = Office(house)
    requirement_id = asked_for(office)
    file_id = office.version(requirement_id, PARTS[:1])
    meeting_id = office.get("hoa", f"/documents/{file_id}/reading")["meeting_id"]
    house.council.update(Meeting, meeting_id, state="in_session", starts_at=clock.now(), opened_at=clock.now())
    page = opened(house, "hoa", file_id)
    write_note(page, "Vì sao thoát nước giảm\n380 triệu?")
    page.get_by_role("button", name="Xong").click()

    page.get_by_role("button", name="Dùng để phát biểu").click()
    shot(page, "speak")
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_have_value("Vì sao thoát nước giảm 380 triệu?")
    page.get_by_role("dialog").get_by_role("button", name="Đăng ký phát biểu").click()

    page.get_by_text("Đã đăng ký phát biểu, ở vị trí thứ 1.").wait_for()


WORDS = [[100, 100, 200, 120, "Chi"], [210, 100, 300, 120, "đầu"], [100, 130, 180, 150, "tư"], [190, 130, 300, 150, "công"]]
PIECES = """async (words) => {
  const find = (name) => performance.getEntriesByType("resource").map((each) => each.name).find((each) => each.includes(`/js/notes/${name}.js`));
  const [passage, { Palm }, { History }, { numbered }] = await Promise.all(["passage", "palm", "history", "note"].map((name) => import(find(name))));
  const palm = new Palm({ seen: false, fingers: false });
  const touch = { pointerType: "touch", width: 10, height: 10 };
  const palms = [palm.draws(touch), palm.ignores(touch, 0)];
  palm.notice({ pointerType: "pen", type: "pointermove" }, 1000);
  palms.push(palm.draws(touch), palm.ignores(touch, 1400), palm.ignores(touch, 1600), palm.ignores({ ...touch, width: 90 }, 9000));
  palm.notice({ pointerType: "pen", type: "pointerdown" }, 10000);
  palms.push(palm.ignores(touch, 20000), palm.draws({ pointerType: "pen", button: 0 }));
  const steps = new History();
  for (let at = 0; at < 150; at += 1) steps.add([{ key: "a", before: at, after: at + 1 }], "", at);
  for (let at = 150; at < 160; at += 1) steps.add([{ key: "a", before: at, after: at + 1 }], "text", at);
  const back = steps.back();
  return {
    nearest: [[105, 110], [150, 125], [320, 140], [500, 500]].map(([x, y]) => passage.wordAt(words, x, y)),
    across: passage.linesOf(words, 3, 1),
    anchor: passage.anchorOf(words, 1, 2).quote,
    area: [passage.areaOf([10, 10], [12, 12]), passage.areaOf([400, 300], [100, 200])],
    palms, steps: steps.done.length, back,
    numbers: [...numbered([{ key: "low", kind: "sticky", page: 1, text: "", anchor: { at: [1, 900] }, strokes: [] }, { key: "ink", kind: "ink", page: 1, text: "", anchor: {}, strokes: [] },
      { key: "top", kind: "highlight", page: 1, text: "x", anchor: { boxes: [[1, 1, 9, 9]] }, strokes: [] }])],
  };
}"""  # noqa: E501


def test_the_pieces_judge_words_palms_and_steps(house: House, paper: int) -> None:  # noqa: F811
    found = opened(house, "hoa", paper).evaluate(PIECES, WORDS)

    assert found["nearest"] == [0, 0, 3, -1]
    assert found["across"] == [[210, 100, 300, 120], [100, 130, 300, 150]]
    assert found["anchor"] == {"exact": "đầu tư", "prefix": "Chi", "suffix": "công"}
    assert found["area"] == [None, {"boxes": [[100, 200, 400, 300]]}]
    # before any pen: a finger draws; with a pen near or down it is a palm, later it only moves the page; broad ones never count
    assert found["palms"] == [True, False, False, True, False, True, True, True]
    assert found["steps"] == 99  # a hundred are kept, letters typed together are one of them
    assert found["back"] == [{"key": "a", "before": 160, "after": 150}]
    assert found["numbers"] == [["top", 1], ["low", 2]]
