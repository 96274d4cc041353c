"""Where a hit opens: the page of the paper, the notice, the meeting."""

from urllib.parse import urlencode

from meeting.search.models import Passage


def address_of(passage: Passage, number: int | None = None, typed: str = "") -> str:
    """The address on this site, at the passage's own page or at another; a paper is told what to mark there."""
    number = number or passage.page
    wanted = {"page": number, "q": typed if passage.kind == "paper" else ""}
    page = "?" + urlencode({name: value for name, value in wanted.items() if value}) if number else ""
    return {
        "notice": f"/notices/{passage.source_id}",
        "minutes": f"/meetings/{passage.meeting_id}/minutes",
        "paper": f"/documents/{passage.document_id}{page}",
        "item": f"/meetings/{passage.meeting_id}",
        "question": f"/meetings/{passage.meeting_id}",
        "task": f"/tasks/{passage.source_id}",
        "promise": f"/promises/{passage.source_id}",
        "opinion": f"/meetings/{passage.meeting_id}?tab=opinions",
    }[passage.kind]
