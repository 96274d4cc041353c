"""Keys for practice: a certificate authority whose every name says THỬ NGHIỆM. For the demo and for tests, never for papers.

What is signed with such a key is worth nothing before the law, and every page that shows it says so by the name.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

MARK = "THỬ NGHIỆM"
PASSPHRASE = "thu-nghiem-2026"  # of practice keys only, and told to everybody
YEARS = 2
RSA_BITS = 2048


@dataclass(frozen=True)
class Authority:
    """A practice authority: its own certificate and key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def pem(self) -> bytes:
        """Its certificate, to be laid into the folder of trusted roots."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def authority(now: datetime | None = None) -> Authority:
    """Makes an authority for practice."""
    made_at = now or datetime.now(UTC)
    key = _key()
    name = _name(f"CA {MARK} - không có giá trị pháp lý", "Họp không giấy")
    built = _certificate(name, name, key, made_at - timedelta(days=30), made_at + timedelta(days=3650))
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    built = built.add_extension(_usage(authority=True), critical=True)
    built = built.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    return Authority(built.sign(key, hashes.SHA256()), key)


def certified(
    by: Authority, name: str, organisation: str, begins: datetime, ends: datetime
) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """A key and its certificate for a person or a body."""
    key = _key()
    built = _certificate(_name(f"{name} ({MARK})", organisation), by.certificate.subject, key, begins, ends)
    built = built.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    built = built.add_extension(_usage(authority=False), critical=True)
    built = built.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False)
    return key, built.sign(by.key, hashes.SHA256())


def pkcs12_file(
    by: Authority,
    name: str,
    organisation: str,
    passphrase: str,
    begins: datetime | None = None,
    ends: datetime | None = None,
) -> bytes:
    """A PKCS#12 file with a key for practice."""
    now = datetime.now(UTC)
    begins = begins or now - timedelta(days=1)
    key, certificate = certified(by, name, organisation, begins, ends or now + timedelta(days=365 * YEARS))
    locked = serialization.BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, [by.certificate], locked)


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)


def _name(common: str, organisation: str) -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATION_NAME, organisation[:64]), (NameOID.COMMON_NAME, common[:64])]
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts])


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, begins: datetime, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
