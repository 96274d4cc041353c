"""The administrator's walk in a real browser: a list with mistakes, the mended list, a role, a lock; one's own password."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from meeting.organization import identity
from tests.browsing import DESK, House
from tests.web.conftest import house, running  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.server]

HEADING = "Họ và tên;Tên đăng nhập;Đơn vị;Cơ quan;Vai trò\n"
WRONG = f"{HEADING}Bùi Thị Xuân;xuan;van_hoa;UBND;Cán bộ đơn vị\nHoa;hoa;Phòng Lạ;UBND;Vua\n"
RIGHT = f"{HEADING}Bùi Thị Xuân;xuan;van_hoa;UBND;Cán bộ đơn vị\nĐinh Công Tráng;;;HĐND;Đại biểu\n"


def test_a_list_is_mended_after_the_dry_run_and_then_imported(house: House, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "sai.csv").write_text(WRONG, encoding="utf-8-sig")
    (tmp_path / "dung.csv").write_text(RIGHT, encoding="utf-8")
    page = house.open("admin", "/people", DESK)
    page.get_by_role("link", name="Nhập từ Excel").click()

    page.set_input_files("#import-file", tmp_path / "sai.csv")
    page.get_by_role("button", name="Kiểm tra danh sách").click()
    page.wait_for_selector("table")

    expect(page.locator("tbody tr")).to_have_count(4)
    lines = page.locator("tbody tr").all_inner_texts()
    assert [line.split("\t")[0].strip() for line in lines] == ["3", "3", "3", "3"]
    assert "Phòng Lạ" in "".join(lines)
    assert page.get_by_role("button", name="Nhập 2 dòng").count() == 0

    page.get_by_role("link", name="Chọn tệp đã sửa").click()
    page.set_input_files("#import-file", tmp_path / "dung.csv")
    page.get_by_role("button", name="Kiểm tra danh sách").click()
    page.get_by_role("button", name="Nhập 2 dòng").click()
    page.wait_for_url("**/people")

    page.locator("#people-q").fill("trang")
    page.locator("#people-q").press("Enter")
    page.get_by_role("link", name="Đinh Công Tráng").wait_for()
    assert house.council.actor("trang.dc").roles


def test_a_role_is_given_and_an_account_locked(house: House) -> None:  # noqa: F811
    khach = house.council.person("khach")
    page = house.open("admin", f"/people/{khach}", DESK)

    page.get_by_label("Cơ quan", exact=True).select_option(label="UBND")
    page.get_by_label("Vai trò", exact=True).select_option("guest")
    page.get_by_role("button", name="Giao vai trò").click()
    page.get_by_role("button", name="Kết thúc").wait_for()
    page.get_by_role("button", name="Tạm khóa").click()
    page.get_by_role("dialog").get_by_role("button", name="Tạm khóa").click()
    page.get_by_role("button", name="Mở khóa").wait_for()

    assert house.council.actor("khach").roles


def test_a_new_password_opens_the_door_and_is_changed_by_its_owner(house: House) -> None:  # noqa: F811
    page = house.open("admin", f"/people?person={house.council.person('tuan')}", DESK)
    page.get_by_role("button", name="Mật khẩu mới").click()
    expect(page.locator(".secret").nth(1)).not_to_be_empty()
    first = page.locator(".secret").nth(1).inner_text()

    own = house.open("", "/sign-in", DESK)
    own.get_by_label("Tên đăng nhập").fill("tuan")
    own.locator("#password").fill(first)
    own.locator("form button[type=submit]").first.click()
    own.wait_for_url("**/")
    own.goto("/profile")
    own.get_by_label("Mật khẩu hiện tại").fill(first)
    own.locator("#f-new_password").fill("ngắn")
    own.get_by_role("button", name="Đổi mật khẩu").click()
    own.get_by_text("ít nhất 10 ký tự").last.wait_for()
    own.locator("#f-new_password").fill("nắng sớm trên đê cao")
    own.get_by_role("button", name="Đổi mật khẩu").click()
    own.wait_for_url("**/sign-in**")

    assert identity.by_password("tuan", "nắng sớm trên đê cao", "") is not None


def test_a_right_is_given_a_term_ends_and_the_chart_opens_by_keyboard(house: House) -> None:  # noqa: F811
    lan, body = house.council.person("lan"), house.council.body("Đảng ủy")
    page = house.open("admin", f"/people/{lan}", DESK)

    page.locator("#right-body").select_option(label="Đảng ủy")
    page.get_by_label("Quyền", exact=True).select_option("rounds.keep")
    page.get_by_role("button", name="Cấp quyền").click()
    page.get_by_role("button", name="Thu hồi: Tổ chức lấy ý kiến bằng văn bản").wait_for()

    page.goto(f"{house.server.address}/bodies/{body}/term")
    page.get_by_text("Vũ Thị Mai Lan").first.wait_for()
    page.get_by_role("button", name="Kết thúc các vai trò này").click()
    page.get_by_role("dialog").get_by_role("button", name="Kết thúc các vai trò này").click()
    page.get_by_text("Không ai hết vai trò").wait_for()

    page.goto(f"{house.server.address}/organization")
    branch = page.locator("main summary").first
    branch.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main details").first).to_have_attribute("open", "")
