"""Signing a paper: a person's signature that leaves number and date open, the body's that locks all (pyHanko, PAdES B-B).

A person's signature certifies the paper with DocMDP 2: fields may be filled and further signatures made, nothing else. The
body's comes last and forbids every change (FieldMDP All, DocMDP 1). Runs only in the signing process.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import TextStampStyle

from meeting.clock import local
from meeting.errors import Refused
from meeting.signing.fields import SEAL, UPRIGHT, empty_signatures, fill, text_fields, wrapped
from meeting.signing.letters import LettersOf


def sign(pdf: bytes, signer: Signer, field: str, shown: Sequence[str], at: datetime | None = None) -> bytes:
    """The paper with a person's signature in its place. Refused: `place_taken`."""
    writer = _opened(pdf, field)
    certify = not any(True for _ in enumerate_sig_fields(writer.prev, filled_status=True))
    how = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    return _signed(writer, signer, how, shown, at)


def seal(pdf: bytes, signer: Signer, values: Mapping[str, str], shown: Sequence[str], at: datetime | None = None) -> bytes:
    """The signed paper with number and date in their fields and the body's signature, which locks it.

    One revision holds both, so nothing lies between. Refused: `place_taken`, `fields_missing` for a file without our fields.
    """
    if not set(values) <= set(text_fields(IncrementalPdfFileWriter(io.BytesIO(pdf)).root)):
        raise Refused("fields_missing")
    writer = _opened(pdf, SEAL)
    fill(writer, values)
    how = PdfSignatureMetadata(
        field_name=SEAL, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, docmdp_permissions=MDPPerm.NO_CHANGES
    )
    return _signed(writer, signer, how, shown, at)


def filled(pdf: bytes, values: Mapping[str, str]) -> bytes:
    """The paper with number and date in their fields, and no further signature. Refused: `fields_missing`."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    if not set(values) <= set(text_fields(writer.root)):
        raise Refused("fields_missing")
    fill(writer, values)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _opened(pdf: bytes, field: str) -> IncrementalPdfFileWriter:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    if field not in empty_signatures(writer.prev):
        raise Refused("place_taken")
    return writer


class _SignerAt(PdfSigner):
    """Writes a given moment into the signature, in Vietnam's hour."""

    at: datetime | None = None

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        begun = super().init_signing_session(pdf_out, existing_fields_only)
        begun.system_time = local(self.at) if self.at else begun.system_time
        return begun


def _signed(
    writer: IncrementalPdfFileWriter, signer: Signer, how: PdfSignatureMetadata, shown: Sequence[str], at: datetime | None
) -> bytes:
    by = _SignerAt(how, signer, stamp_style=_look(shown))
    by.at = at
    made: Any = by.sign_pdf(writer)
    whole: bytes = made.getvalue()
    return whole


def _look(shown: Sequence[str]) -> TextStampStyle:
    """NĐ 30/2020, Phụ lục I, mục II: Times New Roman, upright, size 10, black; no frame, nothing behind."""
    rule = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, Margins.uniform(1), InnerScaling.SHRINK_TO_FIT)
    return TextStampStyle(
        stamp_text=wrapped(shown).replace("%", "%%"),
        text_box_style=TextBoxStyle(font=LettersOf(UPRIGHT, 10), font_size=10, leading=12),
        inner_content_layout=rule,
        border_width=0,
        background=None,
    )
