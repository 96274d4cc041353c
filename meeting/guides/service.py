"""The acts of guides: save, bring back, back to the shipped text, pictures. Whoever may read them is everybody."""

from typing import Any

from sqlalchemy import func, select

from meeting import clock
from meeting.acts import Tx, act
from meeting.documents import store
from meeting.documents.forgetting import forget
from meeting.documents.service import KeepInput
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.guides import queries, rules, shipped, videos
from meeting.guides.inputs import AddFile, AddVideo, OneFile, ResetGuide, RestoreGuide, SaveGuide, SetKeys
from meeting.guides.models import GuideFile, GuideVersion, KeyWish
from meeting.guides.queries import Shown
from meeting.permissions import Action

PICTURES = ("image/png", "image/jpeg")


@act("guides.save", Action.KEEP_GUIDES)
def save(tx: Tx, wanted: SaveGuide) -> dict[str, Any]:
    """Saves a guide as a new version; all earlier ones stay.

    Refused: `guide_changed` when somebody saved it since the editor opened it (who and when are named, nothing is lost),
    `guide_too_long`, `guide_empty`. Recorded as `guides.saved` with guide, language and number. The same text again makes
    no version.
    """
    now = _editing(tx, wanted.guide, wanted.language, wanted.revision)
    rules.check_text(wanted.text)
    if wanted.text.strip() == now.text.strip() and not now.shipped_changed:
        tx.nothing_to_record("the text is what it was")
        return {"revision": now.revision}
    return {"revision": _write(tx, now, wanted.text).number}


@act("guides.restore", Action.KEEP_GUIDES)
def restore(tx: Tx, wanted: RestoreGuide) -> dict[str, Any]:
    """Brings an earlier version back as the newest one. Refused: `guide_changed`. Recorded as `guides.restored`."""
    now = _editing(tx, wanted.guide, wanted.language, wanted.revision)
    older = next((each for each in queries.versions(tx.reading, now.name, now.language) if each.number == wanted.number), None)
    if older is None:
        raise Missing()
    text = shipped.text(now.name, now.language) if older.as_shipped else older.text
    return {"revision": _write(tx, now, text, Event.GUIDE_RESTORED, restores=older.number, as_shipped=older.as_shipped).number}


@act("guides.reset", Action.KEEP_GUIDES)
def reset(tx: Tx, wanted: ResetGuide) -> dict[str, Any]:
    """Takes the text that comes with the product again, and follows it from now on. What was written stays among the versions.

    Refused: `guide_changed`, `guide_as_shipped`. Recorded as `guides.reset`.
    """
    now = _editing(tx, wanted.guide, wanted.language, wanted.revision)
    if now.is_shipped:
        raise Refused("guide_as_shipped")
    text = shipped.text(now.name, now.language)
    return {"revision": _write(tx, now, text, Event.GUIDE_RESET, as_shipped=True).number}


def _editing(tx: Tx, guide: str, language: str, seen: int) -> Shown:
    tx.require(Action.KEEP_GUIDES)
    now = queries.guide(tx.reading, guide, language)
    newest = now.version
    by, at = (newest.writer.called, clock.local(newest.written_at).strftime("%H:%M, %d/%m/%Y")) if newest else ("", "")
    rules.check_revision(seen, now.revision, by, at)
    return now


def _write(tx: Tx, now: Shown, text: str, event: Event = Event.GUIDE_SAVED, **more: Any) -> GuideVersion:
    row = tx.add(
        GuideVersion(
            guide=now.name,
            language=now.language,
            number=now.revision + 1,
            text=text,
            shipped_sha256=shipped.fingerprint(now.name, now.language),
            shipped_text=shipped.text(now.name, now.language),
            written_by=tx.actor.person_id,
            written_at=tx.now,
            **more,
        )
    )
    tx.record(event, None, guide=row.guide, language=row.language, number=row.number)
    return row


@act("guides.add_picture", Action.KEEP_GUIDES)
def add_picture(tx: Tx, wanted: AddFile) -> dict[str, Any]:
    """Takes a picture for guides: it is read and drawn anew by the worker like every file, its bytes are never shown as sent.

    Refused: `upload_unknown`, `not_a_guide_picture`, `too_many_guide_files`. Recorded as `guides.file_added`.
    """
    tx.require(Action.KEEP_GUIDES)
    received = store.ticketed(wanted.ticket)
    if received.media_type not in PICTURES or received.size_bytes > rules.MAX_PICTURE_BYTES:
        raise Refused("not_a_guide_picture", most=rules.MAX_PICTURE_BYTES // 1024**2)
    _check_room(tx)
    kept = tx.call_as_system("documents.keep", KeepInput(ticket=wanted.ticket, name=wanted.name or "hinh.png"))
    row = GuideFile(kind="picture", title=wanted.title, file_id=kept["file_id"], size_bytes=received.size_bytes)
    return _added(tx, row, received.media_type)


@act("guides.add_video", Action.KEEP_GUIDES)
def add_video(tx: Tx, wanted: AddVideo) -> dict[str, Any]:
    """Takes a video for guides whose bytes the upload door looked at and stored. Whatever else lies in the store, a paper above
    all, becomes none by its hash: everybody could open it then, and with the video it would be erased.

    Refused: `upload_unknown`, `not_a_guide_video`, `too_many_guide_files`. Recorded as `guides.file_added`.
    """
    tx.require(Action.KEEP_GUIDES)
    if wanted.size_bytes > rules.MAX_VIDEO_BYTES:
        raise Refused("not_a_guide_video", most=rules.MAX_VIDEO_BYTES // 1024**2)
    if not videos.lies_here(wanted.sha256, wanted.media_type, wanted.size_bytes):
        raise Refused("upload_unknown")
    _check_room(tx)
    row = GuideFile(kind="video", title=wanted.title, sha256=wanted.sha256, size_bytes=wanted.size_bytes)
    return _added(tx, row, wanted.media_type)


def _check_room(tx: Tx) -> None:
    if (tx.scalar(select(func.count()).select_from(GuideFile)) or 0) >= rules.MAX_FILES:
        raise Refused("too_many_guide_files", most=rules.MAX_FILES)


def _added(tx: Tx, row: GuideFile, media_type: str) -> dict[str, Any]:
    row.media_type, row.added_by, row.added_at = media_type, tx.actor.person_id, tx.now
    tx.add(row)
    tx.record(Event.GUIDE_FILE_ADDED, None, id=row.id, kind=row.kind)
    return {"id": row.id, "mark": f"![{row.title}]({row.kind}:{row.id})"}


@act("guides.remove_file", Action.KEEP_GUIDES)
def remove_file(tx: Tx, wanted: OneFile) -> dict[str, Any]:
    """Takes a picture or video away with its bytes. Refused: `guide_file_used`. Recorded as `guides.file_removed`."""
    tx.require(Action.KEEP_GUIDES)
    row = tx.get(GuideFile, wanted.file_id)
    if standing := queries.standing_in(tx.reading, row.id):
        raise Refused("guide_file_used", guide=queries.guide(tx.reading, standing, "vi").parsed.title)
    picture, video = row.file, row.sha256
    tx.delete(row)
    if picture is not None:
        forget(tx, picture)
    elif not tx.scalar(select(func.count()).select_from(GuideFile).where(GuideFile.sha256 == video)):
        tx.after_commit(lambda: store.erase(video))
    tx.record(Event.GUIDE_FILE_REMOVED, None, id=wanted.file_id)
    return {}


@act("guides.set_keys", Action.KEEP_OWN_ACCOUNT)
def set_keys(tx: Tx, wanted: SetKeys) -> dict[str, Any]:
    """Switches the keyboard shortcuts on or off for oneself (WCAG 2.1.4). Nothing is recorded."""
    tx.require(Action.KEEP_OWN_ACCOUNT)
    tx.nothing_to_record("how somebody likes to type is nobody else's business")
    row = tx.find(KeyWish, tx.actor.person_id) or tx.add(KeyWish(person_id=tx.actor.person_id))
    row.off = not wanted.on
    return {}
