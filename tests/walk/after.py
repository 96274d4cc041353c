"""After the meeting: conclusion notice, tasks, verdict, report, search."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from meeting import clock
from tests.walk.people import act, comes, send, v
from tests.walk.walking import Walk


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


def concludes(walk: Walk) -> None:
    hung, minh, van, hoa = (walk[name] for name in ("hung", "minh", "van", "hoa"))
    hung.tap(v("End the whole meeting"))
    hung.page.locator("dialog[open] button[value=yes]").click()
    expect(hung.page.get_by_text(v("The meeting has closed")).first).to_be_visible()
    minh.go(f"/meetings/{walk.meeting_id}/minutes")
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


def grades(walk: Walk) -> None:
    hung = walk["hung"]
    hung.go(f"/meetings/{walk.meeting_id}/evaluation")
    hung.page.locator("label", has=hung.page.locator("input[name=meeting]")).nth(1).click()
    hung.page.get_by_role("dialog").get_by_label(v("Reason")).fill("Nội dung còn lại được xử lý bằng văn bản")
    hung.page.get_by_role("dialog").locator("[value=yes]").click()  # an item was left out: the form comes to another result
    expect(hung.page.locator("[data-saved]").first).to_be_visible()
    hung.go("/reports")
    hung.sees("UBND")


def follows(walk: Walk) -> None:
    dung, minh = walk["dung"], walk["minh"]
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


def finds(walk: Walk) -> None:
    hoa = walk["hoa"]
    for words in ("ket luan", "kết luận"):
        hoa.go(f"/search?q={words}")
        expect(hoa.page.locator("mark").first).to_be_visible()
    hoa.go("/search?q=danh mục đầu tư")
    hoa.follow("Tờ trình dự toán")
    expect(hoa.page).to_have_url(re.compile("page=2"))
