"""The acts of whoever leads: show a page to all, mark a passage on it, take both away."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.events import Event
from meeting.live import leading, rules
from meeting.live.leading import Box, Lead
from meeting.live.models import Progress
from meeting.live.papers import presented_by, shown_paper
from meeting.materials.audience_queries import may_open
from meeting.organization.models import Person
from meeting.permissions import Action, allows


def _drawable(boxes: list[Box] | None) -> list[Box] | None:
    if boxes is not None and not leading.whole_boxes(boxes):
        raise ValueError("a box lies outside the page")
    return boxes


class LeadInput(ActInput):
    """Whose screen asks. `going_on`: it leads already; then it is refused when somebody else has taken the lead."""

    meeting_id: int
    screen: str = Field(default="", max_length=60)
    going_on: bool = False


class PageInput(LeadInput):
    """The paper and its page, from 1; no document takes the page off the screens."""

    document_id: int | None = None
    page: int = Field(default=1, ge=1, le=10_000)


class PointInput(LeadInput):
    """A passage of a page as boxes [left, top, right, bottom] in thousandths of the page; none takes the mark away."""

    document_id: int
    page: int = Field(ge=1, le=10_000)
    boxes: Annotated[list[Box] | None, Field(max_length=leading.MOST_BOXES), AfterValidator(_drawable)] = None


@act("live.show_page", Action.LEAD_PAGE)
def show_page(tx: Tx, wanted: PageInput) -> dict[str, Any]:
    """Puts a page of a paper on every screen that follows, and takes the lead; without a document it is taken off again.

    Refused: `forbidden`, `not_presenting`, `paper_of_another_item`, `not_in_session`, `page_unknown` (not a ready paper of
    this meeting, or no such page), `lead_taken` and `nobody_leads` (only with `going_on`). Recorded: the paper and page at
    which somebody begins to lead, and that the page was taken off; turning on in the same paper and the same page again are not.
    """
    meeting, always = _led(tx, wanted)
    progress = _progress(tx, meeting)
    _check_goes_on(tx, progress, wanted)
    if wanted.document_id is None:
        _check_takes_off(progress, tx.actor.person_id, always)
        return _taken_off(tx, meeting, progress)
    _check_paper(tx, meeting, wanted.document_id, wanted.page, always)
    _show(tx, meeting, progress, wanted, wanted.document_id, wanted.page)
    return {}


@act("live.point", Action.LEAD_PAGE)
def point(tx: Tx, wanted: PointInput) -> dict[str, Any]:
    """Lets a passage glow on every screen that shows this page; the page is led there too. Without boxes the glow ends.

    It also ends with the next page, the next item and the close. Refused like `live.show_page`. A gesture is not part of
    what the meeting did: only a page that begins to be shown by it is recorded.
    """
    meeting, always = _led(tx, wanted)
    progress = _progress(tx, meeting)
    _check_goes_on(tx, progress, wanted)
    _check_paper(tx, meeting, wanted.document_id, wanted.page, always)
    boxes = [list(box) for box in wanted.boxes or []] or None
    if boxes is None and (progress.document_id, progress.page) != (wanted.document_id, wanted.page):
        tx.nothing_to_record("nothing is marked on this page")
        return {}
    _show(tx, meeting, progress, wanted, wanted.document_id, wanted.page)
    if progress.point != boxes:
        progress.point = boxes
        tx.touch(meeting.id)
    tx.nothing_to_record("a gesture is no event of a council")
    return {}


def clear_page(progress: Progress) -> None:
    """Nothing is shown and nobody leads any more."""
    progress.document_id = progress.page = progress.shown_by = progress.point = None
    progress.shown_from = ""


def _progress(tx: Tx, meeting: Meeting) -> Progress:
    return tx.find(Progress, meeting.id) or tx.add(Progress(meeting_id=meeting.id, shown_from=""))


def _led(tx: Tx, wanted: LeadInput) -> tuple[Meeting, bool]:
    """The meeting, and whether the actor may lead at any item."""
    meeting = tx.get(Meeting, wanted.meeting_id)
    always = allows(Action.SHOW_PAGE, tx.require(Action.LEAD_PAGE, meeting))
    presents = frozenset[int]() if always else presented_by(tx.reading, meeting.id, tx.actor.person_id)
    leading.check_may_lead(always=always, presents=presents, current_id=meeting.current_item_id)
    rules.check_in_session(meeting.state)
    return meeting, always


def _check_goes_on(tx: Tx, progress: Progress, wanted: LeadInput) -> None:
    if wanted.going_on:
        leader = tx.find(Person, progress.shown_by)
        now = Lead(progress.shown_by if progress.document_id else None, progress.shown_from)
        leading.check_goes_on(now, Lead(tx.actor.person_id, wanted.screen), leader.called if leader else "")


def _check_takes_off(progress: Progress, person_id: int, always: bool) -> None:
    """A presenter gives back the own lead; only chair and secretariat end another's."""
    if not always and progress.document_id is not None and progress.shown_by != person_id:
        raise Refused("not_presenting")


def _check_paper(tx: Tx, meeting: Meeting, document_id: int, page: int, always: bool) -> None:
    paper = shown_paper(tx.reading, meeting.id, document_id)
    if paper is None or page > paper.pages:
        raise Refused("page_unknown")
    leading.check_paper(always=always, of_item=paper.item_id, current_id=meeting.current_item_id)
    if not always and not may_open(tx.reading, tx.actor, paper.version):
        raise Refused("page_unknown")


def _taken_off(tx: Tx, meeting: Meeting, progress: Progress) -> dict[str, Any]:
    if progress.document_id is None:
        tx.nothing_to_record("no page is shown")
        return {}
    clear_page(progress)
    tx.record(Event.PAGE_SHOWN, meeting, document_id=None, page=None)
    return {}


def _show(tx: Tx, meeting: Meeting, progress: Progress, wanted: LeadInput, document_id: int, page: int) -> None:
    """Shows the page; the same again changes nothing."""
    before = (progress.document_id, progress.page, progress.shown_by, progress.shown_from)
    if before == (document_id, page, tx.actor.person_id, wanted.screen):
        tx.nothing_to_record("this page is shown already")
        return
    turned = progress.page != page or progress.document_id != document_id
    begun = progress.document_id != document_id or progress.shown_by != tx.actor.person_id or (turned and not wanted.going_on)
    progress.document_id, progress.page = document_id, page
    progress.shown_by, progress.shown_from, progress.shown_at = tx.actor.person_id, wanted.screen, tx.now
    if turned:
        progress.point = None
    if begun:
        tx.record(Event.PAGE_SHOWN, meeting, document_id=document_id, page=page)
    else:
        tx.touch(meeting.id)
        tx.nothing_to_record("turning the page is no event of a council")
