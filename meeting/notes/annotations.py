"""Notes as Web Annotations (W3C Web Annotation Data Model and Vocabulary, Recommendations of 23 February 2017). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import quoteattr

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PLAIN_TYPE = "application/ld+json"
MEDIA_TYPE = f'{PLAIN_TYPE}; profile="http://www.w3.org/ns/anno.jsonld"'
PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3778"  # "page=7" in a PDF
PAGE_SIZE = 200  # annotations on one AnnotationPage

MOTIVATIONS = {"highlight": "highlighting", "ink": "highlighting", "sticky": "commenting", "bookmark": "bookmarking"}
CSS = {
    "yellow": "#ffde3d",
    "green": "#73d473",
    "pink": "#ff94b8",
    "blue": "#2a6bdb",
    "red": "#d12126",
    "ink": "#1c1f29",
}


@dataclass(frozen=True)
class Annotated:
    """A note on the wire with what the export needs besides: the address of its paper and its place in the page's text."""

    note: Mapping[str, Any]
    source: str  # address of the document
    title: str
    made_at: datetime
    changed_at: datetime
    position: tuple[int, int] | None = None  # letters of the page's text: first, one past the last
    lost_source: str = ""  # address of the version that still has the passage


def annotation(annotated: Annotated) -> dict[str, Any]:
    """One note."""
    note = annotated.note
    motivation = MOTIVATIONS[note["kind"]]
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"urn:uuid:{note['key']}",
        "type": "Annotation",
        "motivation": [motivation, "commenting"] if note["text"] and motivation != "commenting" else motivation,
        "creator": {"id": f"urn:meeting:person:{note['person']['id']}", "type": "Person", "name": note["person"]["name"]},
        "created": moment(annotated.made_at),
        "modified": moment(annotated.changed_at),
        "generator": {"id": "urn:meeting:hop-khong-giay", "type": "Software", "name": "Họp không giấy"},
        "target": _target(annotated),
    }
    if note["text"]:
        purpose = {"purpose": "commenting"}
        found["body"] = {"type": "TextualBody", "value": note["text"], "format": "text/plain", "language": "vi", **purpose}
    if note["kind"] in ("highlight", "ink"):
        rule = f".{note['color']} {{ background: {CSS[note['color']]}; stroke: {CSS[note['color']]} }}"
        found["stylesheet"] = {"type": "CssStylesheet", "value": rule}
    if note["shared"] != "me":
        found["audience"] = {"id": f"urn:meeting:{_audience(note)}", "type": "schema:Audience"}
    return found


def moment(at: datetime) -> str:
    """xsd:dateTime in UTC, as the model asks for."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _audience(note: Mapping[str, Any]) -> str:
    return f"group:{note['group_id']}" if note["shared"] == "group" else f"meeting:{note['meeting_id']}"


def _target(annotated: Annotated) -> dict[str, Any]:
    note = annotated.note
    refined = _text_selectors(annotated) or _drawn_selectors(note)
    selector: dict[str, Any] = {
        "type": "FragmentSelector",
        "conformsTo": PDF_FRAGMENTS,
        "value": f"page={note['page']}",
    }
    if refined:
        selector["refinedBy"] = refined if len(refined) > 1 else refined[0]
    target: dict[str, Any] = {
        "type": "SpecificResource",
        "source": {
            "id": annotated.lost_source or annotated.source,
            "type": "Text",
            "format": "application/pdf",
            "label": annotated.title,
        },
        "selector": selector,
    }
    if note["kind"] in ("highlight", "ink"):
        target["styleClass"] = note["color"]
    return target


def _text_selectors(annotated: Annotated) -> list[dict[str, Any]]:
    quote = annotated.note["anchor"].get("quote")
    if not quote or not quote.get("exact"):
        return []
    selectors: list[dict[str, Any]] = [
        {"type": "TextQuoteSelector", "exact": quote["exact"], "prefix": quote["prefix"], "suffix": quote["suffix"]}
    ]
    if annotated.position:
        start, end = annotated.position
        selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
    return selectors


def _drawn_selectors(note: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is drawn, or marked on a page without text, in thousandths of the page; nothing for a bookmark."""
    colour = quoteattr(CSS[note["color"]])
    shapes = []
    for stroke in note["strokes"]:
        points = " ".join(f"{point[0]:g},{point[1]:g}" for point in stroke["points"])
        shapes.append(f'<polyline points="{points}" fill="none" stroke={colour} stroke-width="{stroke["width"]:g}"/>')
    if not shapes:
        shapes = [
            f'<rect x="{left:g}" y="{top:g}" width="{right - left:g}" height="{bottom - top:g}" fill={colour}/>'
            for left, top, right, bottom in note["anchor"].get("boxes") or []
        ]
    at = note["anchor"].get("at")
    if not shapes and at:
        shapes = [f'<circle cx="{at[0]:g}" cy="{at[1]:g}" r="10" fill={colour}/>']
    if not shapes:
        return []
    value = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000" preserveAspectRatio="none">{"".join(shapes)}</svg>'
    return [{"type": "SvgSelector", "value": value}]


def collection(address: str, label: str, annotated: Sequence[Annotated], modified: datetime | None) -> dict[str, Any]:
    """All notes as a collection with its first page in it."""
    last = max(0, (len(annotated) - 1) // PAGE_SIZE)
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationCollection",
        "label": label,
        "total": len(annotated),
        "first": _without_context(page(address, annotated, 0)),
        "last": f"{address}?page={last}",
    }
    if modified is not None:
        found["modified"] = moment(modified)
    return found


def page(address: str, annotated: Sequence[Annotated], number: int) -> dict[str, Any]:
    """One page of the collection, from 0."""
    start = number * PAGE_SIZE
    shown = annotated[start : start + PAGE_SIZE]
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"{address}?page={number}",
        "type": "AnnotationPage",
        "partOf": address,
        "startIndex": start,
        "items": [_without_context(annotation(each)) for each in shown],
    }
    if start + PAGE_SIZE < len(annotated):
        found["next"] = f"{address}?page={number + 1}"
    if number > 0:
        found["prev"] = f"{address}?page={number - 1}"
    return found


def _without_context(value: dict[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in value.items() if name != "@context"}


def position_in(text: str, quote: Mapping[str, str] | None) -> tuple[int, int] | None:
    """Where a passage stands in a page's text, in letters (a line's end counts as one); None when it does not, in a row.

    Of several places the one whose surroundings are those of the quote.
    """
    exact = (quote or {}).get("exact", "")
    flat = text.replace("\n", " ")
    places = [at for at in range(len(flat)) if flat.startswith(exact, at)] if exact else []
    if not places:
        return None
    prefix, suffix = (quote or {}).get("prefix", "").strip(), (quote or {}).get("suffix", "").strip()

    def fits(at: int) -> int:
        return flat[:at].rstrip().endswith(prefix) + flat[at + len(exact) :].lstrip().startswith(suffix)

    best = max(places, key=fits)
    return best, best + len(exact)
