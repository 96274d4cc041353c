"""Searching in real browsers: opened where the words stand, narrowed, come back from; by keyboard, by thumb, offline."""

import re
import unicodedata

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from meeting.conclusions.models import Notice
from meeting.database import reading
from meeting.search.language.matching import match
from meeting.search.language.wanted import read
from meeting.search.language.words import forms
from meeting.search.models import Passage
from meeting.search.views import needs_of
from tests.browsing import DESK, PHONE, House
from tests.search.issuing import issued
from tests.waiting import until
from tests.web.conftest import house, running

__all__ = ["house", "running"]
pytestmark = pytest.mark.browser
LINES = ("Chỉnh trang vỉa hè phố Bến Đá.", "Xử lý dứt điểm các điểm tái lấn chiếm vỉa hè.", "Lắp đèn chiếu sáng ngõ 115.")


@pytest.fixture
def notice(house: House) -> int:
    """An issued notice that the worker has fed to search; its id. Written once for the module."""
    with reading() as session:
        there = session.scalar(select(Notice.id))
    if there is not None:
        return int(there)
    notice_id = issued(house, house.council.meeting(), *LINES)
    until(indexed, "the notice was never fed to search")
    return notice_id


def indexed() -> bool:
    with reading() as session:
        rows = session.scalars(select(Passage).where(Passage.kind == "notice", Passage.gone.is_(False))).all()
        return len(rows) > len(LINES) and all(row.indexed == row.revision for row in rows)


def search(page: Page, words: str) -> None:
    page.locator("[data-search-box]").fill(words)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q="))


def marks_painted(page: Page) -> int:
    return int(page.evaluate("CSS.highlights.get('found')?.size ?? 0"))


def test_typed_without_marks_it_opens_where_it_stands_and_the_way_back_is_kept(house: House, notice: int) -> None:
    page = house.open("hoa", "/search")
    search(page, "lan chiem via he")

    hit = page.locator(f"[data-hit='notice-{notice}']")
    expect(hit.locator("mark")).to_have_text("lấn chiếm vỉa hè")
    beside = page.locator("[data-beside]")
    expect(beside.locator("mark.now")).to_have_text("lấn chiếm vỉa hè")
    expect(beside).to_contain_text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")

    hit.locator("h3 a").click()
    expect(page).to_have_url(re.compile(rf"/notices/{notice}\?mark="))
    bar = page.locator(".marksbar")
    expect(bar).to_contain_text("1 chỗ được đánh dấu")
    assert marks_painted(page) >= 1
    bar.get_by_role("button", name="Bỏ đánh dấu").click()
    expect(bar).to_have_count(0)
    expect(page).to_have_url(re.compile(rf"/notices/{notice}$"))
    assert marks_painted(page) == 0

    page.go_back()
    expect(page).to_have_url(re.compile(r"/search\?q=lan"))
    expect(hit.locator("mark")).to_have_text("lấn chiếm vỉa hè")


def test_filters_have_real_addresses_and_back_takes_them_off_again(house: House, notice: int) -> None:
    page = house.open("hoa", "/search?q=đô+thị", DESK)
    chip = page.locator(".kinds").get_by_role("link", name=re.compile("Thông báo kết luận"))
    chip.click()
    expect(page).to_have_url(re.compile("kind=notice"))
    expect(page.locator("article.r")).to_have_count(1)
    chosen = page.get_by_role("list", name="Bộ lọc đang dùng")
    on = page.locator(".kinds [aria-current]")
    expect(on).to_contain_text("Thông báo kết luận")
    expect(chosen).to_have_count(0)

    page.locator("[data-menu='period'] summary").click()
    page.get_by_role("link", name=re.compile("Năm nay|This year")).click()
    expect(page).to_have_url(re.compile("year=this-year"))
    expect(chosen).to_contain_text("Năm nay")
    page.go_back()
    expect(page).not_to_have_url(re.compile("year="))
    expect(chosen).to_have_count(0)
    expect(on).to_contain_text("Thông báo kết luận")
    page.go_back()
    expect(on).to_contain_text("Tất cả")
    expect(page.locator("[data-search-box]")).to_have_value("đô thị")


def test_hits_come_before_scrolling_and_the_kind_chosen_stands_first(house: House, notice: int) -> None:
    for name, size in (("minh", DESK), ("hoa", {"width": 1180, "height": 820})):
        page = house.open(name, "/search?q=đô+thị", size)
        kinds = page.locator(".kinds").first
        expect(page.locator("article.r").first).to_be_in_viewport(ratio=1)
        tops = kinds.evaluate("row => new Set([...row.children].map(each => each.getBoundingClientRect().top)).size")
        assert tops == 1
        kinds.get_by_role("link", name=re.compile("Thông báo kết luận")).click()
        expect(page).to_have_url(re.compile("kind=notice"))
        expect(kinds.get_by_role("link").first).to_have_attribute("aria-current", "true")
        expect(kinds.get_by_role("link").first).to_contain_text("Thông báo kết luận")

    page = house.open("hoa", "/search?q=đô+thị", {"width": 360, "height": 780})
    push = page.locator(".kpush").last
    expect(push).to_be_visible()
    push.click()
    expect(page.locator(".kpush").first).to_be_visible()


def test_suggestions_by_keyboard_and_words_that_stay_when_the_line_is_down(house: House, notice: int) -> None:
    page = house.open("hoa", "/search", DESK)
    box = page.locator("[data-search-box]")
    box.press_sequentially("trật tự")
    options = page.get_by_role("option")
    expect(options.filter(has_text="trật tự").first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "suggestions-0")
    box.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(box).to_have_value("trật tự")

    page.context.set_offline(True)
    box.press("Enter")
    expect(page.locator("[data-down]")).to_be_visible()
    expect(box).to_have_value("trật tự")
    page.context.set_offline(False)
    expect(page.locator("[data-hit]").first).to_be_visible()
    expect(page.locator("[data-down]")).to_be_hidden()

    page.context.set_offline(True)
    box.fill("vỉa hè")
    box.press("Enter")
    expect(page.locator("[data-older]")).to_have_text("Bên dưới vẫn là kết quả cũ của “trật tự”.")
    page.context.set_offline(False)
    expect(page.locator("[data-older]")).to_be_hidden()
    expect(page.locator("[data-results]")).not_to_have_attribute("data-stale", "")
    expect(page).to_have_url(re.compile("q=v"))


def test_where_nothing_answers_all_words_the_one_in_the_way_is_offered_to_be_left_out(house: House, notice: int) -> None:
    page = house.open("hoa", "/search?q=vỉa+hè+khôngcótừnày", {"width": 1180, "height": 820})
    offers = page.locator(".shorter a")
    expect(offers).to_have_count(1)
    expect(offers).to_contain_text("Bỏ “khôngcótừnày”")

    offers.click()
    expect(page.locator("[data-search-box]")).to_have_value("vỉa hè")
    expect(page.locator(f"[data-hit='notice-{notice}']")).to_be_visible()
    expect(page.get_by_role("button", name="Lưu tìm kiếm")).to_be_visible()
    expect(page.locator(".tsave span")).to_be_in_viewport(ratio=1)


def test_the_bar_of_marks_hides_nothing_in_large_letters_on_a_phone(house: House, notice: int) -> None:
    page = house.open("hoa", f"/notices/{notice}?mark=vỉa+hè", PHONE)
    bar = page.locator(".marksbar")
    expect(bar.get_by_role("button")).to_have_count(3)
    for size in ("100", "115", "130"):
        page.evaluate("size => { document.documentElement.dataset.text = size; }", size)
        said = bar.locator(".num-in").bounding_box()
        assert said
        for button in bar.get_by_role("button").all():
            beside = button.bounding_box()
            assert beside
            assert beside["x"] >= said["x"] + said["width"] or beside["y"] >= said["y"] + said["height"], size


def test_on_a_phone_filters_are_a_sheet_and_a_citation_can_be_taken_by_hand(house: House, notice: int) -> None:
    page = house.open("hoa", "/search?q=vỉa+hè", PHONE)
    page.get_by_role("button", name="Bộ lọc").click()
    sheet = page.locator("#filters")
    sheet.locator("[data-menu='period'] summary").click()
    sheet.get_by_role("link", name=re.compile("Năm nay|This year")).click()
    expect(page).to_have_url(re.compile("year=this-year"))
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name=re.compile("Xem .* kết quả")).click()
    expect(sheet).to_be_hidden()

    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Chép trích dẫn").first.click()
    field = page.get_by_role("textbox", name="Trích dẫn")
    expect(field).to_have_value(re.compile("^Thông báo số 142/TB-UBND ngày 20/11/2026 của .*: “.*vỉa hè"))


WORDS = (
    "hoá hóa HOÀ uỷ ủy thuý thúy quý quí kỹ kĩ lý lí Đảng Ðảng đường duong nghiêng việc Việc 3.697 007 61 ẵ ỡ y mỹ my tuỳ UBND"
)
TEXTS = (
    ("vỉa hè", "Chỉnh trang vỉa hè; vĩa hè; via he. VỈA HÈ"),
    ("via he", "Chỉnh trang vỉa hè; vĩa hè. Cái vỉa. Hè về."),
    ("xử lý vỉa hè", "Xử lý các điểm lấn chiếm vỉa hè. Xử lý. Vỉa hè."),
    ("“đô thị”", "Đô của thị; đô thị."),
)


def test_the_page_marks_what_the_search_finds(house: House, notice: int) -> None:
    page = house.open("hoa", "/search", DESK)
    spoken = [*WORDS.split(), *unicodedata.normalize("NFD", WORDS).split()]
    folded = page.evaluate(
        "async (words) => { const marks = await import('/static/js/search/marks.js'); return words.map(marks.forms); }", spoken
    )
    assert [tuple(each) for each in folded] == [
        forms(unicodedata.normalize("NFC", word).replace("Ð", "Đ"))[::-1] for word in spoken
    ]

    for typed, text in TEXTS:
        needs = [{**need, "alternatives": need["alternatives"][:1]} for need in needs_of(read(typed))]
        script = "async ([needs, text]) => (await import('/static/js/search/marks.js')).spansIn(needs, text).flat()"
        marked = [text[start:end] for start, end in page.evaluate(script, [needs, text])]
        found = match(read(typed), "", text)
        assert found is not None, typed
        assert marked == [text[start:end] for start, end in found.spans], typed
