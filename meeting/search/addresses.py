"""Where a hit opens: the page of the paper, the notice, the meeting."""

from meeting.search.models import Passage


def address_of(passage: Passage, number: int | None = None) -> str:
    """The address on this site, at the passage's own page or at another of the same document."""
    number = number or passage.page
    page = f"?page={number}" if number else ""
    return {
        "notice": f"/notices/{passage.source_id}",
        "minutes": f"/meetings/{passage.meeting_id}/minutes",
        "paper": f"/documents/{passage.document_id}{page}",
        "item": f"/meetings/{passage.meeting_id}",
        "question": f"/meetings/{passage.meeting_id}",
        "task": f"/tasks/{passage.source_id}",
        "opinion": f"/meetings/{passage.meeting_id}?tab=opinions",
    }[passage.kind]
