"""One meeting from preparation to follow-up by people at their screens: eight browsers, three of them delegates."""

import gettext
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from meeting import clock
from meeting.organization.models import Account
from meeting.organization.passwords import hashed
from tests.browsing import chromium
from tests.serving import serving
from tests.waiting import until
from tests.walk.people import PASSWORD, Person, act, comes_in, send
from tests.walk.test_api import paper

pytestmark = [pytest.mark.browser, pytest.mark.server]

ROOT = Path(__file__).resolve().parents[2]
TITLES = ["Khai mạc", "Dự toán ngân sách năm 2027", "Chỉnh trang vỉa hè", "Công tác hộ tịch", "Bế mạc"]
PEOPLE = """Họ và tên,Tên đăng nhập,Xưng hô,Chức vụ,Đơn vị,Thư điện tử,Điện thoại,Cơ quan,Vai trò
Trịnh Bá Bình,binh,Ông,Ủy viên UBND,,binh@example.org,,UBND,Thành viên
"""
WRONG = PEOPLE + "Ngô Văn Sai,hoa,Ông,,Phòng Không Có,sai,,UBND,Thành viên\n"


def v(english: str) -> str:
    """What the Vietnamese screen says."""
    return gettext.translation("messages", ROOT / "translations", ["vi"]).gettext(english)


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def server(council, store: Path, tmp_path: Path):
    for username in ("admin", "minh", "dung", "truong", "hung", "hoa", "tuan", "van"):
        (key,) = council.all(Account.__table__.select().with_only_columns(Account.id).where(Account.username == username))
        council.update(Account, key, password_hash=hashed(PASSWORD))
    with serving(tmp_path, "--empty") as running:
        yield running


@pytest.fixture
def enters(server, browser: Browser, tmp_path: Path):
    """Lets people come in; what each saw last is kept as a picture beside the test's data."""
    inside: list[Person] = []

    def come_in(username: str, width: int = 1180, height: int = 820, password: str = PASSWORD) -> Person:
        inside.append(comes_in(browser, server.address, username, width, height, password))
        return inside[-1]

    yield come_in
    for person in inside:
        person.page.screenshot(path=tmp_path / f"{person.name}.png")
        person.page.context.close()


def test_a_meeting_from_preparation_to_follow_up(enters, tmp_path: Path):

    admin, minh, dung = enters("admin", 1440, 900), enters("minh", 1440, 900), enters("dung", 1440, 900)
    password = imports_people(admin, tmp_path)
    meeting_id = prepares(minh)
    hands_in_papers(minh, dung, meeting_id, tmp_path)
    hung, hoa, tuan = enters("hung"), enters("hoa", 820, 1180), enters("tuan", 390, 844)
    binh = enters("binh", password=password)
    invites(minh, hoa, tuan, meeting_id)
    reads(hoa, minh, meeting_id)
    opens(hung, [hung, hoa, tuan, binh], minh, meeting_id)
    speaks(hung, hoa, tuan)
    votes(hung, [hoa, tuan, binh])
    shows_the_hall(hung, meeting_id)
    van = enters("van", 1440, 900)
    concludes(hung, minh, van, hoa, meeting_id)
    grades(hung, meeting_id)
    follows(dung, minh)
    finds(hoa)


def imports_people(admin: Person, folder: Path) -> str:
    """Returns the first password of the delegate on the list."""
    wrong, right = folder / "sai.csv", folder / "dung.csv"
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
    return admin.page.locator(".secret").nth(1).inner_text()


def prepares(minh: Person) -> int:
    day = clock.local(clock.now()) + timedelta(days=14)
    minh.go("/meetings/new")
    minh.choose("type_id", "Phiên họp thường kỳ UBND")
    minh.fill("title", "Phiên họp thường kỳ tháng 12")
    minh.fill("starts_at", day.strftime("%d/%m/%Y 08:00"))
    minh.fill("place", "Phòng họp 1")
    send(minh, "agenda.create")
    minh.page.wait_for_url(re.compile(r"/meetings/\d+/programme"))
    meeting_id = int(re.findall(r"/meetings/(\d+)", minh.page.url)[0])
    for title in TITLES:
        form = minh.page.locator("form[data-act='agenda.add_item']")
        form.locator("[name=title]").fill(title)
        form.locator("[name=minutes_planned]").fill("20")
        send(minh, "agenda.add_item")
        expect(minh.page.locator("h3", has_text=title).first).to_be_visible()
    return meeting_id


def hands_in_papers(minh: Person, dung: Person, meeting_id: int, folder: Path) -> None:
    wanted = [("Phòng Kinh tế, Hạ tầng và Đô thị", "Tờ trình dự toán", TITLES[1])]
    wanted += [("Phòng Văn hóa – Xã hội", "Báo cáo vỉa hè", TITLES[2]), ("Văn phòng HĐND và UBND", "Báo cáo hộ tịch", TITLES[3])]
    for unit, what, _ in wanted:
        minh.go(f"/meetings/{meeting_id}/papers")
        minh.tap(v("Ask for a paper"))
        minh.fill("what", what)
        minh.page.get_by_label(unit).locator("visible=true").first.check()
        send(minh, "materials.request")
    dung.go("/papers/owed")
    dung.follow("Tờ trình dự toán")
    hands_in(dung, folder / "dự thảo.pdf", paper("Tờ trình dự toán, bản nháp."))
    minh.go(f"/meetings/{meeting_id}/papers")
    waits_until_read(minh)
    act(minh, "materials.return", answers="Thiếu phụ lục 2")
    dung.looks_again()
    dung.sees("Thiếu phụ lục 2")
    hands_in(dung, folder / "tờ trình.pdf", paper("Tờ trình dự toán ngân sách năm 2027.", "Phụ lục 2: danh mục đầu tư."))
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


def comes(person: Person, wanted: Locator) -> None:
    """Loads the page anew until something is there."""

    def there() -> bool:
        if wanted.count():
            return True
        person.looks_again()
        return bool(wanted.count())

    until(there, f"never there: {wanted}", 60)


def invites(minh: Person, hoa: Person, tuan: Person, meeting_id: int) -> None:
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


def reads(hoa: Person, minh: Person, meeting_id: int) -> None:
    hoa.go(f"/meetings/{meeting_id}?tab=papers")
    hoa.follow("Tờ trình dự toán")
    expect(hoa.page.locator("img[src*='/pages/1']").first).to_be_visible()
    hoa.tap(v("Next page"))
    expect(hoa.page.locator("img[src*='/pages/2']").first).to_be_visible()
    hoa.go(f"/meetings/{meeting_id}?tab=opinions")
    form = hoa.page.locator("form[data-act='discussion.post']").first
    if not form.is_visible():
        hoa.page.locator("summary:visible").first.click()
    form.locator("textarea").fill("Đề nghị làm rõ nguồn thu từ đất")
    send(hoa, "discussion.post")
    hoa.sees("Đề nghị làm rõ nguồn thu từ đất")
    minh.go(f"/meetings/{meeting_id}/papers/readers")
    minh.sees("Phan Thị Hoa")


def opens(hung: Person, seated: list[Person], minh: Person, meeting_id: int) -> None:
    hung.go(f"/meetings/{meeting_id}/console")
    for person in seated[1:]:
        person.go(f"/meetings/{meeting_id}/room")
    hung.tap(v("Begin the meeting"))
    hung.page.locator("dialog[open] button[value=yes]").click()
    for person in seated:
        person.tap(v("I am here"))
    for person in seated:
        person.sees("4/4")
    minh.go(f"/meetings/{meeting_id}/attendance")
    minh.sees("Phan Thị Hoa")


def speaks(hung: Person, hoa: Person, tuan: Person) -> None:
    hung.page.get_by_role("button", name=re.compile("Dự toán ngân sách")).first.click()
    hung.page.locator("dialog[open]").get_by_role("button", name=v("Turn to this item")).click()
    expect(hoa.page.get_by_role("heading", name="Dự toán ngân sách năm 2027").first).to_be_visible()
    for person in (hoa, tuan):
        person.tap(v("Ask for the floor"))
        person.page.locator("dialog[open] .btn-primary").click()
        expect(person.page.get_by_role("button", name=v("Withdraw my request to speak")).first).to_be_visible()
    tuan.tap(v("Withdraw my request to speak"))
    expect(tuan.page.get_by_role("button", name=v("Ask for the floor")).first).to_be_visible()
    hung.page.locator("button", has_text=re.compile(f"^{v('Call')}$")).first.click()
    hung.tap(v("Start the time"))
    hoa.sees(v("You have the floor"))
    expect(tuan.page.locator(".timer").first).to_be_visible()
    hung.tap(v("End this speech"))
    expect(hoa.page.get_by_role("button", name=v("You have the floor"))).to_have_count(0)
    tuan.tap(v("Write an opinion"))
    tuan.page.locator("#comment").fill("Cần thêm phương án dự phòng")
    tuan.tap(v("Send opinion"))
    hoa.sees("Cần thêm phương án dự phòng")


def votes(hung: Person, delegates: list[Person]) -> None:
    for secret, kind in ((False, v("Open vote")), (True, v("Secret ballot"))):
        prepares_question(hung, kind)
        hung.tap(v("Open a vote"))
        hung.page.locator("dialog[open] .btn-primary").click()
        if secret:
            hung.tap(v("Open it all the same"))
        for person in delegates:
            casts(person, secret)
        casts_in_the_console(hung, secret)
        closes_the_vote(hung)
        hung.tap(v("Announce the result"))
        for person in delegates:
            person.sees(v("Passed"))
            back = person.page.get_by_role("button", name=v("Back to the room"))
            if back.count() and back.first.is_visible():
                back.first.click()


def casts_in_the_console(hung: Person, secret: bool) -> None:
    """While a vote is open the console stays: the chair's own ballot is a panel in it."""
    own = hung.page.locator(".own-ballot")
    own.get_by_role("radio" if secret else "button", name=re.compile("^" + v("In favour"))).click()
    if secret:
        own.get_by_role("button", name=v("Put the ballot into the box")).click()
    expect(own.get_by_text(re.compile("đã vào hòm phiếu" if secret else "đã được ghi nhận"))).to_be_visible()
    expect(hung.page.locator(".takeover")).to_have_count(0)


def closes_the_vote(hung: Person) -> None:
    """It is asked whether somebody may be left out only while the last ballots are not counted on this screen yet."""
    hung.tap(v("Close the vote"))
    yes = hung.page.locator("dialog[open] button[value=yes]")
    announce = hung.page.get_by_role("button", name=v("Announce the result"), exact=True)
    expect(yes.or_(announce).first).to_be_visible()
    if yes.is_visible():
        yes.click()


def prepares_question(hung: Person, kind: str) -> None:
    hung.page.get_by_role("tab", name=v("Votes")).click()
    hung.page.locator("section", has=hung.page.get_by_role("heading", name=v("Votes"))).get_by_role("button").first.click()
    title = f"Thông qua dự toán, {kind.lower()}"
    hung.page.locator("#vote-title").fill(title)
    hung.page.get_by_role("radio", name=kind).click()
    hung.tap(v("Keep the question"))
    expect(hung.page.locator("dialog[open]")).to_have_count(0)
    hung.sees(title)


def casts(person: Person, secret: bool) -> None:
    if not secret:
        person.page.get_by_role("button", name=re.compile("^" + v("In favour"))).first.click()
        expect(person.page.get_by_text(re.compile("đã được ghi nhận")).first).to_be_visible()
        return
    person.page.get_by_role("radio", name=re.compile("^" + v("In favour"))).first.click()
    person.tap(v("Review the ballot"))
    person.tap(v("Put the ballot into the box"))
    expect(person.page.get_by_text(re.compile("đã vào hòm phiếu")).first).to_be_visible()


def shows_the_hall(hung: Person, meeting_id: int) -> None:
    wall = hung.page.context.new_page()
    wall.goto(f"{hung.address}/meetings/{meeting_id}/hall")
    expect(wall.get_by_text(re.compile(v("Passed"), re.IGNORECASE)).first).to_be_visible()
    wall.close()


def writes_a_task(page: Page) -> None:
    page.get_by_role("button", name=v("Add a line")).first.click()
    page.keyboard.type("Hoàn thiện phương án thu, kết luận về vỉa hè.")
    page.get_by_role("button", name=v("Give it to a unit")).click()
    task = page.locator(".taskf")
    task.get_by_label(v("Lead unit")).select_option(label="Phòng Kinh tế, Hạ tầng và Đô thị")
    task.get_by_label(v("Who carries it out")).select_option(index=1)
    task.get_by_label(v("Leader in charge")).select_option(index=1)
    due = clock.local(clock.now()) + timedelta(days=30)
    for label, text in (
        ("Due date", due.strftime("%d/%m/%Y")),
        ("Deliverable", "Phương án"),
        ("How, in which steps", "Rà soát, trình."),
    ):
        task.get_by_label(v(label), exact=True).fill(text)
        page.keyboard.press("Tab")
    expect(page.locator("#editor-saved .said-sent")).to_be_visible()


def concludes(hung: Person, minh: Person, van: Person, hoa: Person, meeting_id: int) -> None:
    hung.tap(v("End the whole meeting"))
    hung.page.locator("dialog[open] button[value=yes]").click()
    expect(hung.page.get_by_text(v("The meeting has closed")).first).to_be_visible()
    minh.go(f"/meetings/{meeting_id}/minutes")
    expect(minh.page.locator("textarea[name=text]")).to_have_value(re.compile("Cần thêm phương án dự phòng"))
    minh.go("/notices")
    act(minh, "conclusions.draft")
    minh.page.wait_for_url(re.compile(r"/notices/\d+"))
    notice = minh.path()
    writes_a_task(minh.page)
    act(minh, "conclusions.submit")
    hung.go(notice)
    act(hung, "conclusions.approve")
    minh.go(notice)
    act(minh, "conclusions.sign")
    van.go(notice)
    van.page.locator("[data-opens='issue']:visible").first.click()
    send(van, "conclusions.issue")
    hoa.go(notice)
    hoa.sees("/TB-UBND")
    comes(hoa, hoa.page.get_by_role("link", name=v("Open the PDF")).first)
    hoa.follow(v("Open the PDF"))
    expect(hoa.page.locator("img[src*='/pages/1']").first).to_be_visible()


def grades(hung: Person, meeting_id: int) -> None:
    hung.go(f"/meetings/{meeting_id}/evaluation")
    hung.page.locator("label", has=hung.page.locator("input[name=meeting]")).nth(1).click()
    hung.page.get_by_role("dialog").get_by_label(v("Reason")).fill("Nội dung còn lại được xử lý bằng văn bản")
    hung.page.get_by_role("dialog").locator("[value=yes]").click()  # an item was left out: the form comes to another result
    expect(hung.page.locator("[data-saved]").first).to_be_visible()
    hung.go("/reports")
    hung.sees("UBND")


def follows(dung: Person, minh: Person) -> None:
    dung.go("/tasks")
    dung.follow("Hoàn thiện phương án thu")
    act(dung, "tasks.receive")
    dung.fill("text", "Đã trình phương án")
    with dung.page.expect_response(lambda heard: heard.url.endswith("/acts/tasks.report")) as heard:
        dung.page.get_by_role("button", name=v("Report as completed")).click()
        dung.page.locator("dialog[open] button[value=yes]").click()
    assert heard.value.status == 200, heard.value.text()
    minh.go(dung.path())
    act(minh, "tasks.accept")
    minh.sees("đúng hạn")


def finds(hoa: Person) -> None:
    for words in ("ket luan", "kết luận"):
        hoa.go(f"/search?q={words}")
        expect(hoa.page.locator("mark").first).to_be_visible()
    hoa.go("/search?q=danh mục đầu tư")
    hoa.follow("Tờ trình dự toán")
    expect(hoa.page).to_have_url(re.compile("page=2"))
