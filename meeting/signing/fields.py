"""Form fields on a laid-out paper: number, date and the places of the signatures. Runs only in the signing process (pyHanko).

The page stays as it was set; what is added is a form whose fields stand in the places the layout left open. Letters in
fields are drawn with an embedded subset of the paper's own font, so that the file needs nothing from its reader.
"""

import io
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    append_signature_field,
    enumerate_sig_fields,
)

from meeting.signing.letters import letters

FONTS = Path(__file__).parents[2] / "static" / "vendor" / "fonts"
UPRIGHT, ITALIC = FONTS / "Tinos-Regular.ttf", FONTS / "Tinos-Italic.ttf"
PRINTED = 4  # a field that is printed
SEAL_SHARE = 0.46  # of the place of the signature: the body's signature stands at the left of the person's


@dataclass(frozen=True)
class TextPlace:
    """How a text field looks: its font, size in points, and its name for who cannot see it."""

    font: Path
    size: float
    label: str


#: Sizes as the heading has them (NĐ 30/2020, Phụ lục I: number 13 upright, date 14 italic; the Party: 14).
TEXTS = {
    "number": TextPlace(UPRIGHT, 13, "Số văn bản"),
    "day": TextPlace(ITALIC, 14, "Ngày"),
    "month": TextPlace(ITALIC, 14, "Tháng"),
    "year": TextPlace(ITALIC, 14, "Năm"),
}
SIGNATURES = {"signature": "Chữ ký số của người ký", "second_signature": "Chữ ký số của người ký thứ hai"}
SEAL = "seal"


def with_fields(pdf: bytes, slots: Iterable[Mapping[str, Any]], sealed: bool) -> bytes:
    """The same paper with its form. `sealed`: a place for the body's signature, which locks everything, is made too."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    placed = [(slot, _box(writer, slot)) for slot in slots]
    for slot, box in placed:
        if slot["name"] in TEXTS:
            _add_text_field(writer, slot["name"], slot["page"] - 1, box)
    for slot, box in placed:
        if slot["name"] in SIGNATURES:
            right = _right(box) if sealed and slot["name"] == "signature" else box
            append_signature_field(writer, _signature_spec(slot["name"], slot["page"] - 1, right))
            if sealed and slot["name"] == "signature":
                append_signature_field(writer, _seal_spec(slot["page"] - 1, _left(box)))
    return _written(writer)


def _box(writer: IncrementalPdfFileWriter, slot: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """The box of a place as PDFs count: from the lower left corner."""
    page = writer.find_page_for_modification(slot["page"] - 1)[0].get_object()
    height = float(page["/MediaBox"][3])
    return (slot["x"], height - slot["y"] - slot["height"], slot["x"] + slot["width"], height - slot["y"])


def _right(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return (box[0] + SEAL_SHARE * (box[2] - box[0]), *box[1:])


def _left(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return (box[0], box[1], box[0] + SEAL_SHARE * (box[2] - box[0]), box[3])


def _signature_spec(name: str, page: int, box: tuple[float, float, float, float]) -> SigFieldSpec:
    return SigFieldSpec(name, on_page=page, box=_whole(box), readable_field_name=SIGNATURES[name])


def _seal_spec(page: int, box: tuple[float, float, float, float]) -> SigFieldSpec:
    return SigFieldSpec(
        SEAL,
        on_page=page,
        box=_whole(box),
        readable_field_name="Chữ ký số của cơ quan ban hành",
        field_mdp_spec=FieldMDPSpec(FieldMDPAction.ALL),
        doc_mdp_update_value=MDPPerm.NO_CHANGES,
    )


def _whole(box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    left, low, right, high = (round(each) for each in box)
    return left, low, right, high


def _add_text_field(writer: IncrementalPdfFileWriter, name: str, page: int, box: tuple[float, float, float, float]) -> None:
    place = TEXTS[name]
    form = _form(writer)
    page_ref = writer.find_page_for_modification(page)[0]
    field = writer.add_object(
        generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/Widget"),
                pdf_name("/FT"): pdf_name("/Tx"),
                pdf_name("/T"): generic.TextStringObject(name),
                pdf_name("/TU"): generic.TextStringObject(place.label),
                pdf_name("/V"): generic.TextStringObject(""),
                pdf_name("/F"): generic.NumberObject(PRINTED),
                pdf_name("/Q"): generic.NumberObject(1),
                pdf_name("/P"): page_ref,
                pdf_name("/DA"): generic.TextStringObject(f"/Tinos {place.size:g} Tf 0 g"),
                pdf_name("/Rect"): generic.ArrayObject([generic.FloatObject(round(each, 2)) for each in box]),
            }
        )
    )
    field.get_object()[pdf_name("/AP")] = _appearance(writer, name, "", box)
    form["/Fields"].append(field)
    writer.register_annotation(page_ref, field)
    writer.update_container(form["/Fields"])


def _form(writer: IncrementalPdfFileWriter) -> Any:
    """The form of the file, made when there is none."""
    if "/AcroForm" not in writer.root:
        writer.root[pdf_name("/AcroForm")] = writer.add_object(
            generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject()})
        )
        writer.update_root()
    form = writer.root["/AcroForm"]
    writer.update_container(form)
    return form


def fill(writer: IncrementalPdfFileWriter, values: Mapping[str, str]) -> None:
    """Writes number and date into the fields of the form. KeyError names a field that the file does not have."""
    fields = text_fields(writer.root)
    for name, value in values.items():
        field = fields[name]
        box = tuple(float(each) for each in field["/Rect"])
        field[pdf_name("/V")] = generic.TextStringObject(value)
        field[pdf_name("/AP")] = _appearance(writer, name, value, box)
        writer.update_container(field)


def text_fields(root: Any) -> dict[str, Any]:
    """The fields of ours in a form by their names."""
    if "/AcroForm" not in root or "/Fields" not in root["/AcroForm"]:
        return {}
    found = [each.get_object() for each in root["/AcroForm"]["/Fields"]]
    return {str(each["/T"]): each for each in found if "/T" in each and str(each["/T"]) in TEXTS}


def values_in(root: Any) -> dict[str, str]:
    """What stands in those fields; empty ones are left out."""
    return {name: text for name, field in text_fields(root).items() if "/V" in field and (text := str(field["/V"]).strip())}


def empty_signatures(source: Any) -> list[str]:
    """The places of signatures that are still open."""
    return [name for name, _, _ in enumerate_sig_fields(source, filled_status=False)]


def _appearance(writer: IncrementalPdfFileWriter, name: str, text: str, box: tuple[float, ...]) -> Any:
    """The look of a filled field: the text centred on the line's own baseline, letters embedded."""
    place = TEXTS[name]
    width, height = box[2] - box[0], box[3] - box[1]
    stream = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject([generic.FloatObject(each) for each in (0, 0, width, height)]),
            pdf_name("/Resources"): generic.DictionaryObject(),
        },
        stream_data=b"/Tx BMC EMC",
    )
    if text:
        drawing = letters(writer, place.font, place.size)
        shaped = drawing.shape(text)
        start, base = max(0.0, (width - shaped.x_advance * place.size) / 2), 0.2 * place.size
        drawn = b"/Tx BMC q BT /Tinos %g Tf 0 g %.2f %.2f Td " % (place.size, start, base) + shaped.graphics_ops + b" ET Q EMC"
        stream = generic.StreamObject(dict(stream), stream_data=drawn)
        stream[pdf_name("/Resources")] = generic.DictionaryObject(
            {pdf_name("/Font"): generic.DictionaryObject({pdf_name("/Tinos"): drawing.as_resource()})}
        )
    return generic.DictionaryObject({pdf_name("/N"): writer.add_object(stream)})


def wrapped(lines: Iterable[str], letters: int = 24) -> str:
    """Lines of a signature's look, none longer than its place is wide."""
    return "\n".join(part for line in lines for part in textwrap.wrap(line, letters) or [""])


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
