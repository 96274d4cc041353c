"""The meeting itself: roll call, discussion, votes, the hall screen."""

import re

from playwright.sync_api import expect

from tests.walk.people import Person, v
from tests.walk.walking import Walk


def opens(walk: Walk) -> None:
    hung, minh, meeting_id = walk["hung"], walk["minh"], walk.meeting_id
    seated = [hung, walk["hoa"], walk["tuan"], walk["binh"]]
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


def speaks(walk: Walk) -> None:
    hung, hoa, tuan = walk["hung"], walk["hoa"], walk["tuan"]
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


def opens_a_vote(walk: Walk) -> None:
    prepares_question(walk["hung"], v("Open vote"))
    opens_the_box(walk["hung"])


def votes(walk: Walk) -> None:
    """The open vote that stands open, then a secret one."""
    hung = walk["hung"]
    cast_and_announce(walk, secret=False)
    prepares_question(hung, v("Secret ballot"))
    opens_the_box(hung)
    hung.tap(v("Open it all the same"))
    cast_and_announce(walk, secret=True)


def opens_the_box(hung: Person) -> None:
    hung.tap(v("Open a vote"))
    hung.page.locator("dialog[open] .btn-primary").click()


def cast_and_announce(walk: Walk, *, secret: bool) -> None:
    hung, delegates = walk["hung"], [walk["hoa"], walk["tuan"], walk["binh"]]
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


def shows_the_hall(walk: Walk) -> None:
    hung = walk["hung"]
    wall = hung.page.context.new_page()
    wall.goto(f"{hung.address}/meetings/{walk.meeting_id}/hall")
    expect(wall.get_by_text(re.compile(v("Passed"), re.IGNORECASE)).first).to_be_visible()
    wall.close()
