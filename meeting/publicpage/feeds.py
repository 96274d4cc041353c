"""The same as the page for programs: JSON Feed 1.1 with the facts beside the words, and Atom."""

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from flask_babel import gettext

from meeting.errors import N_
from meeting.publicpage.queries import Paper, PublicBody, local_noon, newest
from meeting.publicpage.rules import IN_FEED, Shown

STATES = {
    "done": N_("Completed"),
    "done_late": N_("Completed late"),
    "overdue": N_("Overdue"),
    "in_progress": N_("In progress"),
}
ATOM = "http://www.w3.org/2005/Atom"
EPOCH = "1970-01-01T00:00:00+00:00"


def title_of(paper: Paper) -> str:
    """Symbol and abstract; what is no longer in force says so first."""
    mark = gettext("Document withdrawn") if paper.withdrawn_on else gettext("Document replaced") if paper.replaced_on else ""
    return ": ".join(part for part in (mark, f"{paper.symbol}. {paper.abstract}") if part)


def json_feed(body: PublicBody, home: str, shown: Sequence[Shown], published: Sequence[Paper], root: str) -> dict[str, Any]:
    """A JSON Feed (jsonfeed.org, version 1.1): tasks carry `_task`, documents `_document`."""
    items = [_task_item(each, home) for each in shown[:IN_FEED]] + [_paper_item(each, home, root) for each in published[:IN_FEED]]
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": body.name,
        "home_page_url": home,
        "feed_url": f"{home}.json",
        "language": "vi",
        "items": sorted(items, key=lambda item: str(item["date_published"]), reverse=True),
    }


def _task_item(each: Shown, home: str) -> dict[str, Any]:
    told = {
        "text": each.text,
        "result": each.result,
        "lead_unit": each.unit,
        "state": each.state,
        "due_on": each.due_on.isoformat() if each.due_on else None,
        "done_on": each.done_on.isoformat() if each.done_on else None,
        "month": f"{each.month:%Y-%m}",
    }
    return {
        "id": f"{home}#task-{each.id}",
        "url": f"{home}#task-{each.id}",
        "title": each.text,
        "content_text": " ".join(part for part in (gettext(STATES[each.state]) + ".", each.result) if part),
        "date_published": local_noon(each.released_on).isoformat(),
        "tags": ["task"],
        "_task": told,
    }


def _paper_item(each: Paper, home: str, root: str) -> dict[str, Any]:
    file = f"{root}/cong-khai/van-ban/{each.id}.pdf" if each.has_file else ""
    told = {
        "kind": each.kind,
        "symbol": each.symbol,
        "abstract": each.abstract,
        "issued_on": each.issued_on.isoformat(),
        "withdrawn_on": each.withdrawn_on.isoformat() if each.withdrawn_on else None,
        "replaced_on": each.replaced_on.isoformat() if each.replaced_on else None,
        "corrected_on": each.corrected_on.isoformat() if each.corrected_on else None,
        "genuine_url": f"{root}/xac-thuc/{each.code}" if each.code else None,
    }
    item: dict[str, Any] = {
        "id": f"{home}#document-{each.id}",
        "url": file or f"{home}#document-{each.id}",
        "title": title_of(each),
        "content_text": each.abstract,
        "date_published": each.published_at.isoformat(),
        "tags": ["document"],
        "_document": told,
    }
    if file:
        item["attachments"] = [{"url": file, "mime_type": "application/pdf", "title": each.symbol}]
    return item


def atom_feed(body: PublicBody, home: str, shown: Sequence[Shown], published: Sequence[Paper], root: str) -> bytes:
    """The same as Atom (RFC 4287)."""
    feed = Element("feed", xmlns=ATOM)
    last = newest(shown, published)
    _say(feed, "id", home)
    _say(feed, "title", body.name)
    _say(feed, "updated", last.isoformat() if last else EPOCH)
    SubElement(feed, "link", rel="self", href=f"{home}.atom")
    SubElement(feed, "link", rel="alternate", href=home)
    _say(SubElement(feed, "author"), "name", body.name)
    for item in json_feed(body, home, shown, published, root)["items"]:
        entry = SubElement(feed, "entry")
        _say(entry, "id", item["id"])
        _say(entry, "title", item["title"])
        _say(entry, "updated", item["date_published"])
        SubElement(entry, "link", rel="alternate", href=item["url"])
        _say(entry, "summary", item["content_text"])
    content: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def _say(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
