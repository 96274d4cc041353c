"""A record of a sitting as Akoma Ntoso 3.0 (OASIS LegalDocML): a `debate` with roll call, sections, speeches and votes. Pure."""

from collections.abc import Sequence
from datetime import UTC, date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from meeting.opendata.sittings import Line, Record, Section, Vote

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
SOURCE = "#office"
CHOICES = {"for": "Tán thành", "against": "Không tán thành", "abstain": "Không biểu quyết", "other": "Ý kiến khác"}


def document(record: Record) -> bytes:
    """The whole document, in UTF-8."""
    root = Element("akomaNtoso", xmlns=NAMESPACE)
    debate = SubElement(root, "debate", name="bien-ban", contains="originalVersion")
    _meta(debate, record)
    preface = SubElement(debate, "preface")
    _say(SubElement(preface, "p"), "docTitle", f"Biên bản {record.title}")
    _text(preface, "p", f"{record.body}, {record.place}, ngày {record.day:%d/%m/%Y}".replace(", ,", ","))
    body = SubElement(debate, "debateBody")
    _roll_call(body, record)
    for section in record.sections:
        _section(body, section)
    if record.end:
        _paragraphs(SubElement(body, "debateSection", name="be-mac", eId="ending"), record.end)
    if record.signers:
        conclusions = SubElement(debate, "conclusions")
        for number, name in enumerate(record.signers, 1):
            signature = SubElement(SubElement(conclusions, "p"), "signature", eId=f"signature_{number}")
            signature.text = name
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _say(parent: Element, name: str, text: str, **attributes: str) -> Element:
    found = SubElement(parent, name, attributes)
    found.text = text
    return found


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _meta(debate: Element, record: Record) -> None:
    meta = SubElement(debate, "meta")
    work = f"/akn/vn/debate/{record.day.isoformat()}/{record.body_key}-{record.meeting_id}"
    known = SubElement(meta, "identification", source=SOURCE)
    expressed = f"{work}/vie@{(record.signed_on or record.day).isoformat()}"
    _frbr(known, "FRBRWork", work, record.day, "held")
    SubElement(known[0], "FRBRcountry", value="vn")
    _frbr(known, "FRBRExpression", expressed, record.signed_on or record.day, "signed" if record.signed_on else "held")
    SubElement(known[1], "FRBRlanguage", language="vie")
    _frbr(known, "FRBRManifestation", f"{expressed}.xml", record.signed_on or record.day, "written")
    votes = [vote for section in record.sections for vote in section.votes]
    if votes:
        _analysis(meta, votes)
    _references(meta, record)


def _frbr(parent: Element, name: str, address: str, day: date, event: str) -> None:
    level = SubElement(parent, name)
    SubElement(level, "FRBRthis", value=f"{address}/!main")
    SubElement(level, "FRBRuri", value=address)
    SubElement(level, "FRBRdate", date=day.isoformat(), name=event)
    SubElement(level, "FRBRauthor", {"href": "#council", "as": "#author"})


def _analysis(meta: Element, votes: Sequence[Vote]) -> None:
    """The figures of each vote, with the quorum it needed."""
    parliamentary = SubElement(SubElement(meta, "analysis", source=SOURCE), "parliamentary")
    for vote in votes:
        voting = SubElement(parliamentary, "voting", eId=vote.key, outcome="#passed" if vote.passed else "#rejected")
        voting.set("refersTo", f"#{vote.key}_told")
        SubElement(voting, "quorum", eId=f"{vote.key}__quorum", value=str(vote.quorum))
        for choice, number in vote.counts.items():
            SubElement(voting, "count", eId=f"{vote.key}__{choice}", value=str(number), refersTo=f"#{choice}")


def _references(meta: Element, record: Record) -> None:
    references = SubElement(meta, "references", source=SOURCE)
    home = f"{record.host}/oparl/v1.1"
    _reference(references, "TLCOrganization", "council", f"/akn/ontology/organization/vn/{record.body_key}", record.body)
    _reference(references, "TLCOrganization", "office", "/akn/ontology/organization/vn/van-phong", "Văn phòng")
    for someone in record.people:
        address = f"{home}/person/{someone.key.removeprefix('person_')}"
        _reference(references, "TLCPerson", someone.key, address, someone.name)
    for key, words in (("author", "Cơ quan ban hành"), ("deputy", "Đại biểu")):
        _reference(references, "TLCRole", key, f"/akn/ontology/role/vn/{key}", words)
    for key, words in (("passed", "Thông qua"), ("rejected", "Không thông qua"), *CHOICES.items()):
        _reference(references, "TLCConcept", key, f"/akn/ontology/concept/vn/{key}", words)
    for vote in (vote for section in record.sections for vote in section.votes):
        _reference(references, "TLCEvent", f"{vote.key}_told", f"/akn/ontology/event/vn/{vote.key}", vote.title)


def _reference(parent: Element, name: str, key: str, address: str, words: str) -> None:
    SubElement(parent, name, eId=key, href=address, showAs=words)


def _roll_call(body: Element, record: Record) -> None:
    call = SubElement(body, "rollCall", eId="rollcall")
    there = [each for each in record.people if each.present]
    _say(call, "heading", "Thành phần tham dự")
    summary = f"Có mặt {len(there)} trên {len(record.people)} đại biểu được triệu tập."
    for text in [summary, *(line.text for line in record.head)]:
        _text(call, "p", text)
    for someone in there:
        person = _say(SubElement(call, "p"), "person", someone.name, refersTo=f"#{someone.key}")
        person.set("as", "#deputy")


def _section(body: Element, section: Section) -> None:
    found = SubElement(body, "debateSection", name="noi-dung", eId=section.key)
    _say(found, "num", section.label)
    _say(found, "heading", section.title or "Nội dung thực hiện ngoài hệ thống")
    _paragraphs(found, section.lines)
    for vote in section.votes:
        scene = SubElement(found, "p", eId=f"{section.key}__{vote.key}")
        scene.text = f"Biểu quyết “{vote.title}”: {vote.sentence}"
    if not section.lines and not section.votes:
        _text(found, "p", "")


def _paragraphs(parent: Element, lines: Sequence[Line]) -> None:
    for line in lines:
        if not line.by:
            _text(parent, "p", line.text)
            continue
        said = {"by": f"#{line.by}", "as": "#deputy"}
        if line.at is not None:
            said["startTime"] = line.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        speech = SubElement(parent, "speech", said)
        _text(speech, "from", line.name)
        for text in line.text.splitlines():
            _text(speech, "p", text)
