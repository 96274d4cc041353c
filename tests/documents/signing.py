"""Signed papers made for the tests: a small authority of our own, and everything that can happen to a signature."""

import io
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.documents.papers import paper


@cache
def signer(name: str = "Vũ Thị Mai Lan", days: int = 365, began_days_ago: int = 30, alone: bool = False) -> signers.SimpleSigner:
    """Somebody with a certificate of our authority (`alone`: one they made themselves), in force for so many days."""
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    subject = _name(name, "Hội đồng nhân dân phường Giang Biên")
    issuer = subject if alone else _name("Cơ quan chứng thực thử nghiệm", "Thử nghiệm")
    begins = datetime.now(UTC) - timedelta(days=began_days_ago)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .sign(key if alone else authority, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(made.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )


def _name(person: str, office: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, office),
            x509.NameAttribute(NameOID.COMMON_NAME, person),
        ]
    )


def signed(content: bytes | None = None, field: str = "ChuKy1", page: int = 0, by: Any = None) -> bytes:
    """A paper with one more signature, seen on a page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content or paper(2)), strict=False)
    fields.append_signature_field(writer, fields.SigFieldSpec(field, on_page=page, box=(300, 100, 500, 160)))
    out = io.BytesIO()
    meta = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    signers.PdfSigner(meta, signer=by or signer()).sign_pdf(writer, output=out)
    return out.getvalue()


def tampered(content: bytes) -> bytes:
    """A byte of the signed part is another one; the paper can still be opened."""
    place = content.index(b"/MediaBox")
    return content[:place] + content[place:].replace(b"595", b"594", 1)


def added_to(content: bytes) -> bytes:
    """A line was written on page 1 after the signature, in a later revision of the file; the signed bytes are untouched."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    line = generic.StreamObject(stream_data=b"BT /Helv 12 Tf 72 600 Td (Sua doi sau khi ky) Tj ET")
    before = page.raw_get("/Contents")
    page["/Contents"] = generic.ArrayObject([before, writer.add_object(line)])
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def broken_inside(content: bytes) -> bytes:
    """The signature itself holds noise in the place of its certificate and digest."""
    begins = content.index(b"/Contents <") + len(b"/Contents <")
    return content[:begins] + b"30" + b"7a" * 200 + content[begins + 402 :]
