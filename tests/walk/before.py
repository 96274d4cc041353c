"""Before the meeting: people, programme, papers, invitations, reading."""

import re
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from meeting import clock
from tests.walk.office import paper
from tests.walk.people import Person, act, comes, send, v
from tests.walk.walking import Walk

TITLES = ["Khai mạc", "Dự toán ngân sách năm 2027", "Chỉnh trang vỉa hè", "Công tác hộ tịch", "Bế mạc"]
PEOPLE = """Họ và tên,Tên đăng nhập,Xưng hô,Chức vụ,Đơn vị,Thư điện tử,Điện thoại,Cơ quan,Vai trò
Trịnh Bá Bình,binh,Ông,Ủy viên UBND,,binh@example.org,,UBND,Thành viên
"""
WRONG = PEOPLE + "Ngô Văn Sai,hoa,Ông,,Phòng Không Có,sai,,UBND,Thành viên\n"


def imports_people(walk: Walk) -> None:
    """A list with a delegate, whose first password the administrator hands over."""
    admin = walk["admin"]
    wrong, right = walk.folder / "sai.csv", walk.folder / "dung.csv"
    wrong.write_text(WRONG, encoding="utf-8")
    right.write_text(PEOPLE, encoding="utf-8-sig")
    admin.go("/people/import")
    admin.page.locator("input[type=file]").set_input_files(wrong)
    admin.tap(v("Check the list"))
    expect(admin.page.locator("tbody tr")).not_to_have_count(0)
    admin.sees("3")
    admin.go("/people/import")
    admin.page.locator("input[type=file]").set_input_files(right)
    admin.tap(v("Check the list"))
    send(admin, "organization.import_people")
    admin.page.wait_for_url("**/people")
    admin.follow("Trịnh Bá Bình")
    admin.tap(v("New password"))
    expect(admin.page.locator(".secret").nth(1)).not_to_be_empty()
    walk.passwords["binh"] = admin.page.locator(".secret").nth(1).inner_text()


def prepares(walk: Walk) -> None:
    minh = walk["minh"]
    day = clock.local(clock.now()) + timedelta(days=14)
    minh.go("/meetings/new")
    minh.choose("type_id", "Phiên họp thường kỳ UBND")
    minh.fill("title", "Phiên họp thường kỳ tháng 12")
    minh.fill("starts_at", day.strftime("%d/%m/%Y 08:00"))
    minh.fill("place", "Phòng họp 1")
    send(minh, "agenda.create")
    minh.page.wait_for_url(re.compile(r"/meetings/\d+/programme"))
    walk.meeting_id = int(re.findall(r"/meetings/(\d+)", minh.page.url)[0])
    for title in TITLES:
        form = minh.page.locator("form[data-act='agenda.add_item']")
        form.locator("[name=title]").fill(title)
        form.locator("[name=minutes_planned]").fill("20")
        send(minh, "agenda.add_item")
        expect(minh.page.locator("h3", has_text=title).first).to_be_visible()


def hands_in_papers(walk: Walk) -> None:
    minh, dung = walk["minh"], walk["dung"]
    wanted = [("Phòng Kinh tế, Hạ tầng và Đô thị", "Tờ trình dự toán", TITLES[1])]
    wanted += [("Phòng Văn hóa – Xã hội", "Báo cáo vỉa hè", TITLES[2]), ("Văn phòng HĐND và UBND", "Báo cáo hộ tịch", TITLES[3])]
    for unit, what, _ in wanted:
        minh.go(f"/meetings/{walk.meeting_id}/papers")
        minh.tap(v("Ask for a paper"))
        minh.fill("what", what)
        minh.page.get_by_label(unit).locator("visible=true").first.check()
        send(minh, "materials.request")
    dung.go("/papers/owed")
    dung.follow("Tờ trình dự toán")
    hands_in(dung, walk.folder / "dự thảo.pdf", paper("Tờ trình dự toán, bản nháp."))
    minh.go(f"/meetings/{walk.meeting_id}/papers")
    waits_until_read(minh)
    act(minh, "materials.return", answers="Thiếu phụ lục 2")
    dung.looks_again()
    dung.sees("Thiếu phụ lục 2")
    hands_in(dung, walk.folder / "tờ trình.pdf", paper("Tờ trình dự toán ngân sách năm 2027.", "Phụ lục 2: danh mục đầu tư."))
    minh.looks_again()
    waits_until_read(minh)
    act(minh, "materials.accept")
    minh.sees(v("Accepted"))


def hands_in(dung: Person, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    dung.page.locator("#paper").set_input_files(path)
    dung.page.get_by_label(v("I declare that this file holds no state secret.")).check()
    expect(dung.page.locator("[data-send].btn-primary")).to_be_enabled()
    send(dung, "materials.submit", "#send")


def waits_until_read(minh: Person) -> None:
    """The board offers to accept a paper once the worker has made its pages."""
    comes(minh, minh.page.locator("button[data-act='materials.accept']:visible:enabled").first)


def invites(walk: Walk) -> None:
    minh, hoa, tuan, meeting_id = walk["minh"], walk["hoa"], walk["tuan"], walk.meeting_id
    minh.go(f"/meetings/{meeting_id}")
    act(minh, "agenda.issue")
    hoa.go("/")
    hoa.sees("Phiên họp thường kỳ tháng 12")
    hoa.go(f"/meetings/{meeting_id}")
    hoa.page.locator("button[data-act='agenda.reply'][data-input*='accepted']:visible").first.click()
    expect(hoa.page.locator("button[data-act='agenda.reply'][data-input*='accepted']:visible")).to_have_count(0)
    tuan.go(f"/meetings/{meeting_id}")
    tuan.page.locator("button[data-act='agenda.reply'][data-input*='declined']:visible").first.click()
    tuan.page.locator("dialog[open] textarea").fill("Đi công tác")
    tuan.page.locator("dialog[open] button[value=yes]").click()
    tuan.sees("Đi công tác")
    minh.go(f"/meetings/{meeting_id}?tab=people")
    minh.sees("Đi công tác")


def reads(walk: Walk) -> None:
    hoa, minh, meeting_id = walk["hoa"], walk["minh"], walk.meeting_id
    hoa.go(f"/meetings/{meeting_id}?tab=papers")
    hoa.follow("Tờ trình dự toán")
    expect(hoa.page.locator("img[src*='/pages/1']").first).to_be_visible()
    hoa.tap(v("Next page"))
    expect(hoa.page.locator("img[src*='/pages/2']").first).to_be_visible()
    writes_a_note(hoa, "Hỏi tiến độ thu")
    hoa.go(f"/meetings/{meeting_id}?tab=opinions")
    form = hoa.page.locator("form[data-act='discussion.post']").first
    if not form.is_visible():
        hoa.page.locator("summary:visible").first.click()
    form.locator("textarea").fill("Đề nghị làm rõ nguồn thu từ đất")
    send(hoa, "discussion.post")
    hoa.sees("Đề nghị làm rõ nguồn thu từ đất")
    minh.go(f"/meetings/{meeting_id}/papers/readers")
    minh.sees("Phan Thị Hoa")


def writes_a_note(hoa: Person, text: str) -> None:
    """On the page that lies open; done when the server has it."""
    with hoa.page.expect_response(lambda heard: heard.url.endswith("/notes.put") and text in (heard.request.post_data or "")):
        notes_on_the_page(hoa, text)


def notes_on_the_page(hoa: Person, text: str) -> None:
    """On a tablet held upright the notes lie in a sheet."""
    hoa.tap(v("Notes and places found"))
    hoa.tap(v("Add a note"))
    hoa.page.get_by_role("textbox", name="Nội dung ghi chú").fill(text)
