"""What the big screen shows: by itself what happens, or what the chair has put there until it is taken away again."""

from datetime import datetime
from typing import Any, Literal, get_args

from pydantic import AwareDatetime, Field

from meeting.acts import ActInput, Tx, act, on
from meeting.agenda.models import Item, Meeting
from meeting.errors import N_, Missing, Refused, declare
from meeting.events import Event
from meeting.journal import Told
from meeting.live import queries, rules
from meeting.live.models import Progress
from meeting.live.queries import iso
from meeting.live.state import View, section
from meeting.permissions import Action

Scene = Literal["auto", "welcome", "agenda", "item", "page", "speaker", "vote", "result", "break", "notice", "blank"]
SCENES: tuple[str, ...] = get_args(Scene)
AUTO = "auto"

declare(
    {
        "scene_needs_text": N_("Write the words that the big screen shall show."),
        "scene_time_past": N_("The time on the big screen lies in the past. Choose a later one."),
        "scene_needs_page": N_("No page is presented now, so the big screen cannot show one."),
    }
)


class SceneInput(ActInput):
    """The scene; until when (of a break), the item it is about, the words (of a notice or a break)."""

    meeting_id: int
    scene: Scene
    until: AwareDatetime | None = None
    ref: int | None = None
    text: str = Field(default="", max_length=300)


def check_scene(wanted: SceneInput, now: datetime, *, page_led: bool) -> None:
    """Refused: `scene_needs_text` (a notice without words), `scene_time_past`, `scene_needs_page` (nobody presents)."""
    if wanted.scene == "notice" and not wanted.text.strip():
        raise Refused("scene_needs_text")
    if wanted.until is not None and wanted.until <= now:
        raise Refused("scene_time_past")
    if wanted.scene == "page" and not page_led:
        raise Refused("scene_needs_page")


@act("live.show_scene", Action.SHOW_PAGE)
def show_scene(tx: Tx, wanted: SceneInput) -> dict[str, Any]:
    """Puts a scene on the big screen; `auto` lets it show again what happens.

    Refused: `forbidden`, `check_in_closed` (outside the time of the meeting), `not_found` (an item of another meeting),
    `scene_needs_text`, `scene_time_past`, `scene_needs_page`. Recorded: the scene with its time, item and words; the same
    scene again is not.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.SHOW_PAGE, meeting)
    rules.check_check_in(meeting.state)
    progress = tx.find(Progress, meeting.id) or tx.add(Progress(meeting_id=meeting.id))
    check_scene(wanted, tx.now, page_led=progress.document_id is not None)
    _check_item(tx, meeting, wanted.ref)
    after = (wanted.scene, wanted.until, wanted.ref, wanted.text.strip())
    if (progress.scene or AUTO, progress.scene_until, progress.scene_ref, progress.scene_text or "") == after:
        tx.nothing_to_record("the big screen shows this already")
        return {}
    progress.scene, progress.scene_until, progress.scene_ref, progress.scene_text = after
    tx.record(Event.SCENE_SHOWN, meeting, scene=wanted.scene, until=iso(wanted.until), item_id=wanted.ref, text=after[3])
    return {}


def _check_item(tx: Tx, meeting: Meeting, item_id: int | None) -> None:
    if item_id is not None and tx.get(Item, item_id).meeting_id != meeting.id:
        raise Missing()


@on(Event.MEETING_RESUMED, Event.MEETING_CLOSED)
def let_go(tx: Tx, told: Told) -> None:
    """A break is over when the meeting goes on, and every scene when it closes: the big screen shows what happens again."""
    progress = tx.find(Progress, told.chain)
    if progress is not None and (told.event == Event.MEETING_CLOSED or progress.scene == "break"):
        progress.scene, progress.scene_until, progress.scene_ref, progress.scene_text = AUTO, None, None, ""


@section("scene")
def scene(view: View) -> dict[str, Any]:
    """What the chair has put on the big screen; `auto`: what happens."""
    progress = queries.progress_of(view.session, view.meeting.id)
    if progress is None:
        return {"name": AUTO, "until": None, "text": "", "ref": None}
    return {
        "name": progress.scene or AUTO,
        "until": iso(progress.scene_until),
        "text": progress.scene_text or "",
        "ref": progress.scene_ref,
    }
