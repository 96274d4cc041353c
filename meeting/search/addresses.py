"""Where a hit opens: the page of the paper, the notice's line, the item in the programme, the result of the vote."""

from urllib.parse import urlencode

from meeting.search.models import Passage


def address_of(passage: Passage, page: int | None = None, typed: str = "") -> str:
    """The address on this site, at the passage's own page or at another; the page that opens is told what to mark there.

    Papers mark by themselves what `q` says, other pages what `mark` says. People and units open what they have to do with.
    """
    if passage.kind == "paper":
        return _with(f"/documents/{passage.document_id}", page=page or passage.page, q=typed)
    place, anchor = _place(passage)
    return _with(place, mark=typed) + anchor


def _place(passage: Passage) -> tuple[str, str]:
    kind, source, meeting = passage.kind, passage.source_id, f"/meetings/{passage.meeting_id}"
    if kind in ("notice", "resolution", "task", "promise", "round"):
        return f"/{kind}s/{source}", ""
    if kind in ("person", "unit"):
        return f"/search?{kind}={source}", ""
    if kind == "meeting":
        return meeting, ""
    if kind == "minutes":
        return f"{meeting}/minutes", ""
    if kind == "question":
        return f"{meeting}/votes", f"#vote-{source}"
    if kind == "opinion":
        return f"{meeting}?tab=opinions", ""
    return f"{meeting}?tab=programme", f"#item-{source}"


def _with(address: str, **values: object) -> str:
    given = {name: value for name, value in values.items() if value}
    if not given or address.startswith("/search?"):
        return address
    return address + ("&" if "?" in address else "?") + urlencode(given)
