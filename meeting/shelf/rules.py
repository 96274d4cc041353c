"""What holds for a personal shelf. Values in, value or refusal out."""

from collections.abc import Iterable, Mapping

from meeting.documents.finding import syllables
from meeting.documents.rules import bare
from meeting.errors import N_, Refused, declare

MAX_PAPERS = 500
MAX_BYTES = 1024 * 1024 * 1024
MAX_FOLDERS = 200
MAX_DEPTH = 5
KEPT_DAYS = 30  # what was thrown away can be taken back so long
SNIPPET_LETTERS = 160

declare(
    {
        "folder_exists": N_("There is already a folder with the name %(name)s here."),
        "folder_too_deep": N_("Folders can lie %(most)s deep. Choose one further up."),
        "folder_in_itself": N_("A folder cannot lie in itself."),
        "folder_not_empty": N_("The folder %(name)s still holds papers or folders. Move them or throw them away first."),
        "too_many_folders": N_("A shelf holds at most %(most)s folders."),
        "shelf_full": N_("Your shelf is full: at most %(papers)s papers and %(megabytes)s MB. Throw away what you do not need."),
        "thrown_away": N_("This paper was thrown away. Take it back first."),
    }
)


def check_room(papers: int, size_bytes: int, more_bytes: int) -> None:
    """Whether one more paper fits. `size_bytes` is what lies there, `more_bytes` what comes. Refused: `shelf_full`."""
    if papers >= MAX_PAPERS or size_bytes + more_bytes > MAX_BYTES:
        raise Refused("shelf_full", papers=MAX_PAPERS, megabytes=MAX_BYTES // (1024 * 1024))


def check_place(folder_id: int | None, parent_id: int | None, parents: Mapping[int, int | None]) -> None:
    """Whether a folder may lie in another; `parents` says of every folder in which it lies, `folder_id` is None for a new one.

    Refused: `folder_in_itself`, `folder_too_deep` (counting the folders below the one that moves).
    """
    above = [parent_id] if parent_id is not None else []
    while above and (further := parents.get(above[-1])) is not None:
        above.append(further)
    if folder_id is not None and folder_id in above:
        raise Refused("folder_in_itself")
    if len(above) + 1 + (_below(folder_id, parents) if folder_id is not None else 0) > MAX_DEPTH:
        raise Refused("folder_too_deep", most=MAX_DEPTH)


def _below(folder_id: int, parents: Mapping[int, int | None]) -> int:
    return max((1 + _below(child, parents) for child, parent in parents.items() if parent == folder_id), default=0)


def check_name(name: str, beside: Iterable[str]) -> None:
    """Whether a folder may be called so beside the others; marks and capitals tell no names apart. Refused: `folder_exists`."""
    if bare(name) in {bare(other) for other in beside}:
        raise Refused("folder_exists", name=name)


def folded(text: str) -> str:
    """A text as it is searched: syllables without marks with single spaces between and around them."""
    return f" {' '.join(syllables(text))} "


def snippet(sought: str, text: str) -> str:
    """The words around the first place where the syllables stand in a row, as written; empty when they do not."""
    wanted = syllables(sought)
    words = text.split()
    flat = [(at, syllable) for at, word in enumerate(words) for syllable in syllables(word)]
    plain = [syllable for _, syllable in flat]
    for start in range(len(plain) - len(wanted) + 1):
        if wanted and plain[start : start + len(wanted)] == wanted:
            return _around(words, flat[start][0])
    return ""


def _around(words: list[str], at: int) -> str:
    begins, told = max(0, at - 8), ""
    for word in words[begins:]:
        if len(told) + len(word) > SNIPPET_LETTERS:
            return f"{'… ' if begins else ''}{told.strip()} …"
        told += f" {word}"
    return f"{'… ' if begins else ''}{told.strip()}"
