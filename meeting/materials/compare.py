"""What changed between two versions of a paper, page by page. Pure.

The two texts are compared as wholes, so that a paragraph added on page 1 does not make every later page look changed: text
that only flowed onto the next page stays unchanged. Running heads and page numbers are left out. Pages without text (scans
that were not recognised) are never called unchanged unless their pictures are the same: they "could not be compared". Pages
recognised from a scan are compared by what reading errors leave over (compare_scans).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from meeting.materials.compare_marks import Fates, Mark, fates, gaps, keys, marks_between
from meeting.materials.compare_scans import ROUGH_SHARE
from meeting.materials.compare_text import PageText, Text, read
from meeting.materials.compare_words import Block, common

KINDS = ("unchanged", "changed", "added", "removed", "moved", "unread")
NEW_SHARE = 0.2  # of a page's words at most that stood in the other version, for the page to count as added or removed
SAME_SHARE = 0.6  # of a page's runs that stand on one page elsewhere, for it to be that page in another place
SHINGLE = 4  # words in a run by which moved pages are known
AROUND = 12  # words shown on either side of a change
MAX_WORDS = 600_000  # of both versions together; beyond, the comparison is refused


@dataclass(frozen=True)
class Run:
    """Neighbouring words of one fate: kept, gone (only in the older version) or come (only in the newer one)."""

    kind: str
    text: str


@dataclass(frozen=True)
class PageChange:
    """What became of a page: its number in the older and in the newer version (None where it is not there), and its words."""

    kind: str
    old: int | None
    new: int | None
    runs: tuple[Run, ...] = ()
    recognised: bool = False
    marks: tuple[Mark, ...] = ()  # the changed passages, by their words
    rough: bool = False  # a scan read so badly that single passages cannot be told


def compare(old: Sequence[PageText], new: Sequence[PageText]) -> list[PageChange]:
    """Every page of the newer version in order; pages that are gone stand behind the page they followed."""
    before, after = read(old), read(new)
    blocks = common(*keys(before, after))
    partners, living = _partners(before, after, blocks)
    moved = _moved(before, after, partners)
    unread = _unread(before, after, partners | moved)
    elsewhere = {*moved.values(), *unread.values()}
    gone = set(range(len(before.pages))) - set(partners.values()) - elsewhere - living
    found = fates(before, after, gaps(before, after, blocks), partners, gone | elsewhere)
    changes = [_change(before, after, page, found, partners, moved | unread) for page in range(len(after.pages))]
    return list(_with_gone(before, changes, sorted(gone), partners))


def counts(changes: Iterable[PageChange]) -> dict[str, int]:
    """How many pages of each kind, all kinds named."""
    found = Counter(change.kind for change in changes)
    return {kind: found[kind] for kind in KINDS}


def passages(runs: Sequence[Run]) -> list[list[Run]]:
    """The changed passages of a page with a few words around each, parted where much stayed the same."""
    parted: list[list[Run]] = [[]]
    last = len(runs) - 1
    for at, run in enumerate(runs):
        words = run.text.split()
        if run.kind != "kept" or len(words) <= 2 * AROUND:
            parted[-1].append(run)
            continue
        if at > 0:
            parted[-1].append(Run("kept", " ".join(words[:AROUND]) + " …"))
        if 0 < at < last:
            parted.append([])
        if at < last:
            parted[-1].append(Run("kept", "… " + " ".join(words[-AROUND:])))
    return [each for each in parted if any(run.kind != "kept" for run in each)]


def _partners(before: Text, after: Text, blocks: Sequence[Block]) -> tuple[dict[int, int], set[int]]:
    """For each page of the newer version the older page that most of its kept words come from; added pages have none.

    The second value: older pages whose words mostly live on, perhaps spread over pages that have another partner.
    """
    shared: Counter[tuple[int, int]] = Counter()
    for block in blocks:
        for offset in range(block.size):
            shared[(after.page_at(block.new + offset), before.page_at(block.old + offset))] += 1
    partners: dict[int, tuple[int, int]] = {}
    kept_new: Counter[int] = Counter()
    kept_old: Counter[int] = Counter()
    for (new, old), words in shared.items():
        kept_new[new] += words
        kept_old[old] += words
        partners[new] = max(partners.get(new, (0, 0)), (words, old))
    living = {old for old, words in kept_old.items() if words > NEW_SHARE * len(before.words_of(old))}
    found = {new: old for new, (_, old) in partners.items() if kept_new[new] > NEW_SHARE * len(after.words_of(new))}
    return found, living


def _moved(before: Text, after: Text, partners: dict[int, int]) -> dict[int, int]:
    """Pages that stand in another order now, or were rewritten in place: known by the runs of words they share."""
    taken = set(partners.values())
    homes: dict[tuple[str, ...], int] = {}
    for page in range(len(before.pages)):
        if page not in taken:
            homes |= dict.fromkeys(_shingles(before.words_of(page)), page)
    moved: dict[int, int] = {}
    for page in range(len(after.pages)):
        runs = _shingles(after.words_of(page)) if page not in partners else set()
        votes = Counter(homes[run] for run in runs if run in homes)
        home, found = votes.most_common(1)[0] if votes else (-1, 0)
        if runs and found >= SAME_SHARE * len(runs) and home not in moved.values():
            moved[page] = home
    return moved


def _shingles(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


def _unread(before: Text, after: Text, known: dict[int, int]) -> dict[int, int]:
    """Pages that have no text on either side, beside the older page they stand for: the same picture, else the next page."""
    pictures = {page.picture: at for at, page in enumerate(before.pages) if page.picture and not page.readable}
    found: dict[int, int] = {}
    taken = set(known.values())
    for at, page in enumerate(after.pages):
        if at in known:
            continue
        same = pictures.get(page.picture) if page.picture and not page.readable else None
        last = max((other for new, other in (known | found).items() if new < at), default=-1)
        following = last + 1 if last + 1 < len(before.pages) else None
        home = same if same is not None and same not in taken else following
        if home is None or home in taken:
            continue
        if not page.readable or not before.pages[home].readable:
            found[at] = home
            taken.add(home)
    return found


def _change(
    before: Text, after: Text, page: int, fates: Fates, partners: Mapping[int, int], elsewhere: Mapping[int, int]
) -> PageChange:
    shown = after.pages[page]
    home = before.pages[elsewhere[page]] if page in elsewhere else before.pages[partners[page]] if page in partners else None
    if home is None:
        whole = " ".join(after.words_of(page))
        kind = "added" if shown.readable else "unread"
        return PageChange(kind, None, shown.number, (Run("come", whole),) if whole else (), shown.recognised)
    if page in partners:
        runs = _joined(_runs(after, page, fates))
        return _set_beside("unchanged", home, shown, runs, tuple(fates.marks.get(page, ())))
    if shown.readable and home.readable:
        old, new = before.words_of(elsewhere[page]), after.words_of(page)
        return _set_beside("moved", home, shown, _runs_between(old, new), marks_between(old, new, home.number, shown.number))
    same = not shown.readable and bool(shown.picture) and shown.picture == home.picture
    return PageChange("unchanged" if same else "unread", home.number, shown.number)


def _set_beside(kind: str, home: PageText, shown: PageText, runs: tuple[Run, ...], marks: tuple[Mark, ...]) -> PageChange:
    """A page beside the one it stands for; `kind`: what it is called when no word differs, or wherever it moved."""
    recognised = shown.recognised or home.recognised
    changed = any(run.kind != "kept" for run in runs)
    if not changed:
        return PageChange(kind, home.number, shown.number, (), recognised)
    words = {name: sum(len(run.text.split()) for run in runs if run.kind == name) for name in ("kept", "gone", "come")}
    rough = recognised and max(words["gone"], words["come"]) > ROUGH_SHARE * (words["kept"] + words["come"])
    kind = "changed" if kind == "unchanged" else kind
    return PageChange(kind, home.number, shown.number, runs, recognised, () if rough else marks, rough)


def _runs(after: Text, page: int, fates: Fates) -> Iterator[Run]:
    """The words of a page, with what went from between them."""
    start, end = after.span(page)
    gone = fates.gone.get(page, {})
    for at in range(start, end + 1):
        if at in gone:
            yield Run("gone", gone[at])
        if at < end:
            yield Run("kept" if at in fates.kept else "come", after.words[at])


def _runs_between(old: Sequence[str], new: Sequence[str]) -> tuple[Run, ...]:
    """The runs of one page set against one other page."""
    runs: list[Run] = []
    at_old = at_new = 0
    for block in [*common(old, new), Block(len(old), len(new), 0)]:
        runs.append(Run("gone", " ".join(old[at_old : block.old])))
        runs.append(Run("come", " ".join(new[at_new : block.new])))
        runs.append(Run("kept", " ".join(new[block.new : block.new + block.size])))
        at_old, at_new = block.old + block.size, block.new + block.size
    return _joined(run for run in runs if run.text)


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].kind == run.kind:
            joined[-1] = replace(run, text=f"{joined[-1].text} {run.text}")
        else:
            joined.append(run)
    return tuple(joined)


def _with_gone(
    before: Text, changes: Sequence[PageChange], gone: Sequence[int], partners: dict[int, int]
) -> Iterator[PageChange]:
    """The pages that are gone, each behind the newer page that stands for the older page before it."""
    waiting = list(gone)
    behind = {old: new for new, old in sorted(partners.items())}
    follows = {page: max((new for old, new in behind.items() if old < page), default=-1) for page in waiting}
    yield from (_removed(before, page) for page in waiting if follows[page] == -1)
    for at, change in enumerate(changes):
        yield change
        yield from (_removed(before, page) for page in waiting if follows[page] == at)


def _removed(before: Text, page: int) -> PageChange:
    shown = before.pages[page]
    words = " ".join(before.words_of(page))
    runs = (Run("gone", words),) if words else ()
    return PageChange("removed" if shown.readable else "unread", shown.number, None, runs, shown.recognised)
