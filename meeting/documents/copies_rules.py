"""What a reader may take away of a paper, and when a copy can be asked for. Pure."""

from datetime import timedelta

from meeting.documents.access import Takeable
from meeting.errors import N_, Refused, declare

KEPT = timedelta(days=1)  # a copy lies ready so long
AT_ONCE = 3  # copies of one person being made
LYING = 40  # copies of one person made in a day

declare(
    {
        "original_not_allowed": N_("Of this paper only a copy with your name on each page may be taken."),
        "nothing_allowed": N_("This paper is for reading here only. The office allows no copy of it."),
        "copy_not_yet": N_("The paper is still being read. Ask for the copy again in a moment."),
        "copies_waiting": N_("Your earlier copies are still being made. Wait until they are ready."),
        "copies_enough": N_("You took %(count)s copies within a day; no more are made until tomorrow."),
        "no_notes_in_it": N_("You have no notes on this paper that could be drawn into a copy."),
        "copy_failed": N_("The copy could not be made. Read the paper here, or ask the office for it."),
        "copy_gone": N_("This copy was kept for a day and is gone. Ask for it again."),
        "copy_being_made": N_("The copy is still being made."),
    }
)


def check_original(takeable: Takeable) -> None:
    """Whether the file itself may be taken, byte for byte. Refused: `original_not_allowed`, `nothing_allowed`."""
    if takeable == "none":
        raise Refused("nothing_allowed")
    if takeable != "original":
        raise Refused("original_not_allowed")


def check_copy(takeable: Takeable, file_state: str) -> None:
    """Whether a copy with the reader's name may be made. Refused: `nothing_allowed`, `copy_not_yet`."""
    if takeable == "none":
        raise Refused("nothing_allowed")
    if file_state != "ready":
        raise Refused("copy_not_yet")


def check_count(making: int, made: int) -> None:
    """One person's copies are bounded, because each takes room and work. Refused: `copies_waiting`, `copies_enough`."""
    if making >= AT_ONCE:
        raise Refused("copies_waiting")
    if made >= LYING:
        raise Refused("copies_enough", count=LYING)


def in_words(name: str) -> str:
    """A name with its title inside a sentence: "bà Phan Thị Hoa"."""
    title, _, rest = name.partition(" ")
    return f"{title.lower()} {rest}" if title in ("Ông", "Bà", "Đồng") and rest else name


def file_name(title: str, name: str, noted: bool) -> str:
    """The name under which a copy is saved: which paper, and whose copy it is."""
    plain = "".join(" " if sign in '\\/:*?"<>|\n\r\t' else sign for sign in title).strip().removesuffix(".pdf")
    kind = "bản có ghi chú của" if noted else "bản của"
    return f"{' '.join(plain.split())[:120]} - {kind} {in_words(name)}.pdf"
