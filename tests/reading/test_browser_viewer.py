"""The viewer in a real browser: turning by hand and key, finding, selecting, two pages, night, large text, a thousand pages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import PHONE, TOUCH, House
from tests.reading.glass import PORTRAIT, Fingers, Reader, Shelf, knows_its_words, settles, sheet, shows, word_at
from tests.waiting import rests, until
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.server]

STYLE = "getComputedStyle(document.querySelector"  # ('…')).name


def test_a_whole_page_is_seen_and_turned_by_swipe_button_and_key(read: Reader) -> None:
    page = read()
    fingers = Fingers(page)
    x, y = fingers.middle
    stage = page.locator(".vstage").bounding_box()
    assert stage is not None
    assert sheet(page)["height"] <= stage["height"]

    fingers.drag(((x, y), (x - 300, y)), let_go=False)
    page.wait_for_function(
        "() => Math.abs(new DOMMatrix(getComputedStyle(document.querySelector('.vtrack')).transform).e + 300) <= 2"
    )
    fingers.touch("touchEnd")
    shows(page, 2)
    fingers.drag(((x - 200, y), (x + 150, y)))
    shows(page, 1)
    fingers.drag(((x, y), (x + 300, y)))
    shows(page, 1)

    for key, number in (("ArrowRight", 2), ("PageDown", 3), (" ", 4), ("Home", 1), ("End", 4), ("PageUp", 3), ("ArrowLeft", 2)):
        page.keyboard.press(key)
        shows(page, number)
    page.get_by_role("button", name="Trang sau").first.click()
    shows(page, 3)
    expect(page.locator(".vgo")).to_have_value("3")
    expect(page.locator(".pgno")).to_contain_text("/ 4")
    page.wait_for_url("**page=3")
    page.keyboard.press("g")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    shows(page, 4)


def test_after_the_last_page_one_tap_opens_the_next_paper_of_the_item(read: Reader, shelf: Shelf) -> None:
    page = read("budget", "?page=4")

    page.get_by_role("link", name="Tài liệu tiếp theo").first.click()
    page.wait_for_url(f"**/documents/{shelf.check}*")
    shows(page, 1)
    page.get_by_role("link", name="Tài liệu trước").click()

    page.wait_for_url(f"**/documents/{shelf.budget}*")


def test_two_fingers_and_two_taps_make_the_page_larger_where_they_are(read: Reader) -> None:
    page = read()
    fingers = Fingers(page)
    x, y = fingers.middle
    before = sheet(page)

    fingers.drag(((x - 40, y), (x - 120, y)), ((x + 40, y), (x + 120, y)))
    page.wait_for_function("() => document.querySelector('.vstage').classList.contains('near')")
    settles(page, lambda: sheet(page)["width"] == pytest.approx(before["width"] * 3, rel=0.05), "not three times as large")
    larger = sheet(page)
    assert larger["left"] + larger["width"] / 2 == pytest.approx(x, abs=12)
    page.wait_for_function("() => document.querySelector('.vview.open .vpict img').naturalWidth >= 1200")

    fingers.drag(((x, y), (x + 60, y + 40)))
    settles(page, lambda: sheet(page)["left"] - larger["left"] > 40, "the page did not go along to the side")
    assert sheet(page)["top"] - larger["top"] > 20
    fingers.drag(((x, y), (x + 60, y + 3000)))
    settles(page, lambda: sheet(page)["top"] > larger["top"] + 60, "the page did not go along downwards")
    assert sheet(page)["top"] <= page.locator(".vstage").bounding_box()["y"] + 21  # type: ignore[index]

    fingers.tap((x, y), times=2)
    page.wait_for_function("() => !document.querySelector('.vstage').classList.contains('near')")
    settles(page, lambda: sheet(page) == pytest.approx(before, abs=1), "the page is not whole again")
    place = word_at(page, 1, "78.240")
    fingers.tap(place, times=2)
    page.wait_for_function("() => document.querySelector('.vstage').classList.contains('near')")
    settles(page, lambda: word_at(page, 1, "78.240")[0] == pytest.approx(place[0], abs=60), "the word ran away")


def test_words_typed_slowly_keep_their_spaces_and_what_is_no_word_is_said_to_be_missing(read: Reader) -> None:
    page = read()

    page.keyboard.press("Control+f")
    page.keyboard.type("ngan ")
    page.wait_for_function("() => /^1\\//.test(document.querySelector('.vcount').textContent)")
    page.keyboard.type("sach")
    page.wait_for_function("() => document.querySelector('.vcount').textContent === '1/3'")
    page.locator(".vfind input").fill("%")
    page.wait_for_function("() => document.querySelector('.vcount').textContent === '0'")
    page.get_by_text("Không thấy “%”").first.wait_for()
    page.locator(".vfind input").fill("x" * 500)
    page.wait_for_function("() => document.querySelector('.vfound h2').textContent.length < 260")


def test_words_are_found_with_and_without_marks_and_marked_where_they_stand(read: Reader) -> None:
    page = read()

    page.keyboard.press("Control+f")
    page.keyboard.type("ngan sach", delay=5)
    page.wait_for_function("() => document.querySelector('.vcount').textContent === '1/3'")
    expect(page.locator(".vfound li button .num")).to_have_text(["Trang 1", "Trang 3", "Trang 3"])
    page.keyboard.press("Enter")
    assert_marked(page, 1, "ngân")
    page.keyboard.press("Enter")
    shows(page, 3)
    expect(page.locator(".vcount")).to_have_text("2/3")
    page.keyboard.press("Shift+Enter")
    shows(page, 1)

    page.locator(".vfind input").fill("ngăn sách")
    page.get_by_role("heading", name="“ngăn sách”").wait_for()
    expect(page.locator(".vfound mark")).to_have_text(["Ngăn sách", "ngân sách", "ngân sách"])
    expect(page.get_by_text("Chữ giống, khác dấu")).to_have_count(1)
    page.keyboard.press("Enter")
    shows(page, 3)
    assert_marked(page, 3, "Ngăn")


def test_a_phrase_is_found_across_lines_and_without_a_line(read: Reader) -> None:
    page = read("budget", "?page=2")
    knows_its_words(page)
    page.context.set_offline(True)

    page.get_by_role("button", name="Tìm trong tài liệu").click()
    page.locator(".vfind input").fill("trieu dong uu tien")
    page.keyboard.press("Enter")

    page.wait_for_function("() => document.querySelector('.vcount').textContent === '1/1'")
    page.wait_for_function("() => document.querySelectorAll('.vview.open .hit.now').length === 2")
    page.locator(".vfind input").fill("không có chữ này")
    page.keyboard.press("Enter")
    page.get_by_text("Không thấy").wait_for()


def assert_marked(page: Page, number: int, word: str) -> None:
    """The box of the hit counted now lies over the word."""
    hit = f'.vview.open .vpage[data-page="{number}"] .hit.now'

    def lies_over() -> bool:
        page.wait_for_selector(hit)
        box = page.locator(hit).first.bounding_box()
        x, y = word_at(page, number, word)
        return bool(box) and box["x"] <= x <= box["x"] + box["width"] and box["y"] <= y <= box["y"] + box["height"]

    settles(page, lies_over, f"{word} is not marked")


def test_words_are_selected_by_a_long_press_or_the_mouse_and_copied(read: Reader) -> None:
    page = read(permissions=["clipboard-read", "clipboard-write"])
    fingers = Fingers(page)

    fingers.hold(word_at(page, 1, "ngân"), word_at(page, 1, "phường"))
    page.locator(".vbarlet").wait_for()
    page.get_by_role("button", name="Sao chép").click()
    page.get_by_text("Đã chép").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "ngân sách phường"
    expect(page.locator(".vgrip")).to_have_count(2)

    page.keyboard.press("Escape")
    expect(page.locator(".vbarlet")).to_have_count(0)
    (x, y), (to_x, to_y) = word_at(page, 1, "Tổng"), word_at(page, 1, "tăng")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y, steps=3)
    page.mouse.move(to_x, to_y, steps=5)
    page.mouse.up()
    page.locator(".vbarlet").wait_for()
    page.keyboard.press("Control+c")
    page.wait_for_function("() => navigator.clipboard.readText().then((text) => text === 'Tổng chi là 78.240 triệu đồng, tăng')")


def test_a_paper_that_may_not_be_taken_along_is_not_copied(read: Reader) -> None:
    page = read("sealed", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('trước')")
    fingers = Fingers(page)

    fingers.hold(word_at(page, 1, "ngân"), word_at(page, 1, "phường"))
    page.locator(".vbarlet").wait_for()
    page.keyboard.press("Control+c")

    assert page.get_by_role("button", name="Sao chép").count() == 0
    assert page.evaluate("navigator.clipboard.readText()") == "trước"


def test_two_pages_lie_side_by_side_and_the_choice_is_kept(read: Reader) -> None:
    page = read()

    page.get_by_role("button", name="Cách xem").click()
    page.get_by_role("switch", name="Hai trang cạnh nhau").click()
    shows(page, 1, 2)
    page.keyboard.press("ArrowRight")
    shows(page, 3, 4)
    page.reload()

    shows(page, 3, 4)
    settles(page, lambda: sheet(page, 3)["left"] + sheet(page, 3)["width"] < sheet(page, 4)["left"], "not side by side")
    assert sheet(page, 3)["top"] == sheet(page, 4)["top"]


def test_night_and_large_text_are_kept_and_what_a_machine_read_is_marked(read: Reader) -> None:
    page = read("scan")
    expect(page.get_by_text("Chữ do máy đọc")).to_have_count(1)

    page.keyboard.press("n")
    page.wait_for_function(f"() => {STYLE}('.vview.open .vpict img')).filter.includes('invert')")
    page.keyboard.press("l")
    page.locator(".vtext").get_by_text("Tổng chi là 78.240 triệu đồng").wait_for()
    expect(page.get_by_text("Chữ do máy đọc từ bản quét")).to_have_count(1)
    size = page.evaluate(f"parseFloat({STYLE}('.vtext')).fontSize)")
    page.get_by_role("button", name="Chữ to hơn").click()
    page.wait_for_function(f"(size) => parseFloat({STYLE}('.vtext')).fontSize) > size", arg=size)
    page.keyboard.press("ArrowRight")
    page.get_by_text("Trang này là ảnh, không có chữ").wait_for()

    page.reload()
    page.wait_for_selector(".viewer.night .vlarge")


def test_a_thousand_pages_weigh_no_more_than_ten(read: Reader) -> None:
    page = read("long")

    page.keyboard.press("t")
    page.wait_for_selector(".vrows button")
    assert page.locator(".vrows button").count() < 40
    page.locator(".vthumbs").evaluate("list => { list.scrollTop = list.scrollHeight; }")
    page.get_by_role("button", name="Trang 1000", exact=True).click()
    shows(page, 1000)
    page.keyboard.press("t")
    for _ in range(30):
        page.keyboard.press("ArrowLeft")
    shows(page, 970)
    held = "import('/static/js/reading/viewer/images.js').then((images) => images.heldCount())"
    until(lambda: page.evaluate(held) <= 14, "too many pictures are held")

    page.keyboard.press("/")
    page.locator(".vfind input").fill("muc777")
    page.keyboard.press("Enter")
    shows(page, 777)
    expect(page.locator(".vcount")).to_have_text("1/1")


def test_what_was_looked_at_is_told_with_the_time_spent(read: Reader, house: House, shelf: Shelf) -> None:
    page = read("check")
    reading = f"/documents/{shelf.check}/reading"
    until(lambda: house.server.get("hoa", reading)[1]["seen"] == [1], "the first page was not told")
    page.keyboard.press("End")
    until(lambda: house.server.get("hoa", reading)[1]["seen"] == [1, 4], "the last page was not told")

    status, opened = house.server.get("hoa", reading)

    assert (status, opened["seen"], opened["last_page"]) == (200, [1, 4], 4)


def test_a_page_without_data_fetches_it_and_says_when_it_cannot(read: Reader, house: House, shelf: Shelf) -> None:
    page = read()
    page.route("**/documents/*", lambda route: route.fulfill(response=route.fetch(url=f"{house.server.address}/documents/shell")))
    page.goto(f"/documents/{shelf.check}?page=2")
    shows(page, 2)
    expect(page.locator("h1")).to_have_text("Báo cáo thẩm tra")
    expect(page).to_have_title(re.compile("^Báo cáo thẩm tra"))

    page.route("**/api/v1/documents/*/reading", lambda route: route.abort())
    page.reload()
    page.get_by_text("Tài liệu này chưa có trên máy").wait_for()
    page.unroute("**/api/v1/documents/*/reading")
    page.get_by_role("button", name="Thử lại").click()
    shows(page, 2)


@pytest.mark.parametrize("size", [TOUCH, PORTRAIT, PHONE], ids=["touch", "portrait", "phone"])
def test_it_is_fit_for_everybody_at_every_size(read: Reader, size: dict[str, int]) -> None:
    page = read(size=size)
    page.wait_for_function("() => document.querySelector('.vview.open .sr-only').textContent.includes('78.240')")
    assert violations(page) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate(WIDE) <= 0

    page.get_by_role("button", name="Cách xem").click()
    page.get_by_role("switch", name="Đọc dễ: ba nút lớn").wait_for()
    rests(page)
    assert page.evaluate(SMALL) == []
    page.get_by_role("switch", name="Đọc dễ: ba nút lớn").click()
    page.get_by_role("button", name="Trang sau").click()
    shows(page, 2)
    assert violations(page) == []
    page.get_by_role("button", name="Chữ to").click()
    page.locator(".vtext").get_by_text("Chi đầu tư phát triển").wait_for()
    assert violations(page) == []
    assert page.evaluate(WIDE) <= 0


def test_the_pictures_of_the_pages_beside_are_there_before_the_turn(read: Reader) -> None:
    page = read()
    page.wait_for_selector('.vview:not(.open) .vpage[data-page="2"] img[data-sharp]', state="attached")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/pages/2" in request.url else None)

    page.keyboard.press("ArrowRight")
    shows(page, 2)

    assert asked == []
