"""What holds for guides and remarks. Values in, value or refusal out."""

from collections.abc import Iterable, Mapping

from meeting.errors import N_, Refused, declare
from meeting.permissions import Role

MAX_LETTERS = 60_000
MAX_PICTURE_BYTES = 10 * 1024 * 1024
MAX_VIDEO_BYTES = 200 * 1024 * 1024
MAX_FILES = 400
MAX_REMARKS = 20  # of one person within an hour
LANGUAGES = ("vi", "en")

#: The guides there are, in the order of the list, with those whose own guide each is.
GUIDES: Mapping[str, frozenset[Role]] = {
    "member": frozenset({Role.MEMBER}),
    "chair": frozenset({Role.CHAIR, Role.PRESIDER, Role.PRESIDIUM}),
    "secretary": frozenset({Role.SECRETARY, Role.CHIEF}),
    "clerk": frozenset({Role.CLERK}),
    "unit": frozenset({Role.OFFICER, Role.HEAD}),
    "inspector": frozenset({Role.INSPECTOR}),
    "admin": frozenset({Role.ADMIN, Role.UNIT_ADMIN}),
    "guest": frozenset({Role.GUEST}),
}
#: Who works with several hats first looks into the guide of the one that asks most of them.
BY_WORK = ("secretary", "chair", "clerk", "unit", "admin", "inspector", "member", "guest")

KINDS = {"fault": N_("A fault"), "wish": N_("A suggestion"), "question": N_("A question")}
STATES = {"new": N_("New"), "looking": N_("Being looked at"), "answered": N_("Answered"), "closed": N_("Closed")}

declare(
    {
        "guide_changed": N_("%(by)s saved this guide at %(at)s. Look at that version first; your text is still here."),
        "guide_too_long": N_("A guide holds at most %(most)s letters."),
        "guide_empty": N_("A guide begins with a title: a line with # before it."),
        "guide_as_shipped": N_("This guide is the one that came with the product already."),
        "not_a_guide_picture": N_("Only PNG and JPEG pictures of at most %(most)s MB can stand in a guide."),
        "not_a_guide_video": N_("Only MP4 and WebM videos of at most %(most)s MB can stand in a guide."),
        "too_many_guide_files": N_("Guides hold at most %(most)s pictures and videos. Take some away first."),
        "guide_file_used": N_("This file stands in the guide %(guide)s. Take it out of the text first."),
        "remark_without_answer": N_("Write the answer first."),
        "too_many_remarks": N_("You have left %(most)s remarks within an hour. Please wait a little."),
        "remark_closed": N_("This remark is closed. Open it again first."),
    }
)


def own(roles: Iterable[Role]) -> list[str]:
    """The guides of somebody's roles, the one of the main work first; who has no role is a guest."""
    held = set(roles) or {Role.GUEST}
    return [name for name in BY_WORK if GUIDES[name] & held] or ["guest"]


def check_text(text: str) -> None:
    """Whether a text can be a guide. Refused: `guide_too_long`, `guide_empty`."""
    if len(text) > MAX_LETTERS:
        raise Refused("guide_too_long", most=MAX_LETTERS)
    if not any(line.startswith("# ") and line[2:].strip() for line in text.splitlines()):
        raise Refused("guide_empty")


def check_revision(seen: int, now: int, by: str, at: str) -> None:
    """Whether an editor saw the newest version; who saved it in between is named. Refused: `guide_changed`."""
    if seen != now:
        raise Refused("guide_changed", by=by, at=at, revision=now)


def next_state(state: str, wanted: str, answer: str) -> str:
    """The state of a remark after the administrator's step. Refused: `remark_without_answer`, `remark_closed`."""
    if wanted == "answered" and not answer.strip():
        raise Refused("remark_without_answer")
    if state == "closed" and wanted == "answered":
        raise Refused("remark_closed")
    return wanted
