"""Tasks in a real browser: nothing typed is lost, tasks are entered in one sitting, the month is decided in place."""

from datetime import timedelta

import pymupdf
import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from meeting import clock
from meeting.tasks import sheet_jobs
from meeting.tasks.models import Task, TaskReview, TaskStep
from tests.browsing import DESK, PHONE, TOUCH, House
from tests.tasks.many import put_tasks
from tests.waiting import until
from tests.web.conftest import house, running

__all__ = ["house", "running"]
pytestmark = [pytest.mark.browser, pytest.mark.server]


def paper(name: str) -> dict[str, object]:
    """A small PDF to be chosen in a field."""
    made = pymupdf.open()
    made.new_page().insert_text((72, 72), name)
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": made.tobytes()}


def task_of(house: House, **values: object) -> int:
    """A task that the economic unit has received."""
    council = house.council
    (key,) = put_tasks(council, 1)
    usual = {"state": "in_progress", "given": True, "progress_percent": 40, "lead_unit_id": council.unit("kinh_te")}
    council.update(Task, key, **{**usual, "due_on": clock.today() + timedelta(days=9), "no_due": False, **values})
    return key


def test_a_report_survives_a_reload_and_a_lost_line(house: House) -> None:
    key = task_of(house)
    page = house.open("dung", f"/tasks/{key}", TOUCH)
    page.get_by_label("Việc đã làm và kết quả").fill("Đã kiểm đếm 12/20 hộ, còn 8 hộ chưa ký")
    page.locator("[name=progress_percent]").fill("60")
    expect(page.locator("[data-kept]")).to_contain_text("được lưu trên thiết bị")
    page.reload()

    expect(page.get_by_label("Việc đã làm và kết quả")).to_have_value("Đã kiểm đếm 12/20 hộ, còn 8 hộ chưa ký")
    expect(page.locator("[name=progress_percent]")).to_have_value("60")
    page.context.set_offline(True)
    page.get_by_role("button", name="Báo cáo tiến độ").click()
    expect(page.locator("#report [data-error]")).not_to_be_empty()
    page.context.set_offline(False)
    page.get_by_label("Tài liệu minh chứng").set_input_files([paper("bien-ban"), paper("danh-sach")])  # type: ignore[list-item]
    page.get_by_role("button", name="Báo cáo tiến độ").click()
    expect(page.locator(".hist")).to_contain_text("Đã kiểm đếm 12/20 hộ")
    expect(page.locator(".hist a")).to_have_text(["bien-ban.pdf", "danh-sach.pdf"])

    expect(page.get_by_label("Việc đã làm và kết quả")).to_have_value("")
    assert house.council.one(select(Task.progress_percent).where(Task.id == key)) == 60
    assert len(house.council.all(select(TaskStep).where(TaskStep.task_id == key, TaskStep.progress_percent == 60))) == 1


def test_less_progress_asks_why(house: House) -> None:
    page = house.open("dung", f"/tasks/{task_of(house)}", DESK)
    why = page.get_by_label("Vì sao tiến độ thấp hơn lần trước?")

    expect(why).to_be_hidden()
    page.locator("[name=progress_percent]").fill("30")
    expect(why).to_be_visible()


def test_two_tasks_of_one_document_in_one_sitting(house: House) -> None:
    council = house.council
    page = house.open("minh", "/tasks/new", DESK)
    page.get_by_label("Cơ quan theo dõi").select_option(label="Ủy ban nhân dân phường")
    page.get_by_label("Số, ký hiệu").fill("145/TB-UBND")
    page.get_by_label("Ngày ban hành văn bản").fill(f"{clock.today():%d/%m/%Y}")
    page.get_by_label("Cơ quan ban hành").fill("UBND thành phố")
    page.get_by_label("Rõ việc: nội dung nhiệm vụ").fill("Rà soát quỹ đất công")
    page.get_by_label("Rõ người: đơn vị chủ trì").select_option(str(council.unit("kinh_te")))
    expect(page.get_by_label("Rõ người: người thực hiện")).to_have_value(str(council.person("truong")))  # the head is proposed
    expect(page.locator("[data-clears] [data-filled]")).to_have_count(2)
    page.get_by_label("Rõ trách nhiệm").select_option(str(council.person("hung")))
    page.get_by_label("Không có thời hạn").check()
    page.get_by_label("Rõ quy trình: cách làm").fill("Lập danh mục, kiểm tra thực địa")
    page.get_by_label("Rõ hiệu quả").fill("Báo cáo")
    expect(page.locator("[data-clears] [data-filled]")).to_have_count(5)
    page.get_by_label("Nhập tiếp nhiệm vụ khác của văn bản này").check()
    page.get_by_role("button", name="Giao nhiệm vụ").click()

    page.wait_for_url("**/tasks/new?like=*")
    expect(page.get_by_label("Số, ký hiệu")).to_have_value("145/TB-UBND")
    expect(page.get_by_text("Đã nhập từ văn bản 145/TB-UBND")).to_be_visible()
    page.get_by_label("Rõ việc: nội dung nhiệm vụ").fill("Báo cáo chợ tạm")
    page.get_by_label("Rõ người: đơn vị chủ trì").select_option(str(council.unit("kinh_te")))
    page.get_by_label("Nhập tiếp nhiệm vụ khác của văn bản này").uncheck()
    page.get_by_role("button", name="Lưu, chưa giao").click()
    page.wait_for_url("**/tasks/*")
    expect(page.get_by_text("Chưa giao được: chưa đủ năm rõ.")).to_be_visible()

    made = council.all(select(Task).where(Task.source_symbol == "145/TB-UBND").order_by(Task.id))
    assert [(task.text, task.state) for task in made] == [("Rà soát quỹ đất công", "assigned"), ("Báo cáo chợ tạm", "draft")]


def test_the_month_is_decided_where_it_is_read(house: House) -> None:
    key = task_of(house, due_on=clock.today() - timedelta(days=3))
    page = house.open("hung", "/tasks/review", TOUCH)
    item = page.locator(f"#task-{key}")
    item.get_by_label("Ý kiến chỉ đạo").fill("Hoàn thành trước ngày 25")
    item.get_by_role("button", name="Lưu ý kiến").click()
    expect(item.get_by_text("Đã lưu")).to_be_visible()
    expect(item.get_by_role("button", name="Lưu ý kiến")).to_be_enabled()
    expect(item.get_by_role("button", name="Lưu ý kiến")).not_to_have_attribute("aria-busy", "true")
    item.get_by_role("button", name="Gia hạn").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Hạn mới").fill(f"{clock.today() + timedelta(days=5):%d/%m/%Y}")
    dialog.get_by_label("Lý do").fill("Mưa bão")
    dialog.get_by_role("button", name="Gia hạn").click()
    until(lambda: house.council.one(select(Task.due_on).where(Task.id == key)) > clock.today(), "the due date did not move")

    assert house.council.one(select(TaskReview.text).where(TaskReview.task_id == key)) == "Hoàn thành trước ngày 25"


def test_the_board_by_keys_and_on_a_phone(house: House) -> None:
    put_tasks(house.council, 40)
    page = house.open("minh", "/tasks", DESK)
    page.locator(".tcol[data-key=assigned] .tcard a").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('.tcol').dataset.key") == "in_progress"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("[...document.activeElement.closest('ul').children].indexOf(document.activeElement.closest('li'))") == 1

    phone = house.open("minh", "/tasks", PHONE)
    phone.locator("[data-column=reported]").click()
    expect(phone.locator(".tcol:visible")).to_have_count(1)
    expect(phone.locator(".tcol[data-key=reported]")).to_be_visible()
    phone.reload()
    expect(phone.locator(".tcol[data-key=reported]")).to_be_visible()  # the address remembers


def test_a_large_sheet_comes_when_the_worker_has_made_it(house: House) -> None:
    put_tasks(house.council, sheet_jobs.LARGE["pdf"] * 2)
    page = house.open("minh", "/tasks/sheet", DESK)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Bản in (PDF)").click()
        expect(page.locator("[data-sheet-state]")).to_have_text("Đã lập xong biểu.")  # made by the worker beside the server

    assert coming.value.suggested_filename.startswith("Biểu tiến độ UBND")
    expect(page.get_by_role("button", name="Bản in (PDF)")).to_be_enabled()
