"""The council's own certificate authority: one root that the council's devices trust, and certificates for this server's names.

The root may certify only this council's names and addresses of private networks (name constraints, RFC 5280 4.2.1.10), so that a
stolen key is of no use against other sites. The server's certificate lasts 397 days at most, as Apple's devices want it.
"""

import ipaddress
import os
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from meeting import clock, config

CA_YEARS = 10
SERVER_DAYS = 397
SLACK = timedelta(hours=24)  # a tablet's clock may be behind
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128")
LOCAL = ("localhost", "local", "lan", "internal", "home.arpa")
_NAME = re.compile(r"^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class NotCovered(Exception):
    """The root of this council may not certify this name: it was made for others."""


class NotAName(Exception):
    """Neither a host name nor an address."""


@dataclass(frozen=True)
class Files:
    """Where certificates lie: beside `storage/`, so in no backup."""

    folder: Path

    @property
    def root(self) -> Path:
        """What devices come to trust."""
        return self.folder / "council-ca.crt"

    @property
    def root_key(self) -> Path:
        """The secret of the council: whoever has it can pose as this server."""
        return self.folder / "council-ca.key"

    @property
    def server(self) -> Path:
        """The server's certificate with the root behind it."""
        return self.folder / "server.crt"

    @property
    def server_key(self) -> Path:
        """The server's key."""
        return self.folder / "server.key"


def files() -> Files:
    """The certificates of this installation."""
    return Files(config.settings().data / "certificates")


def host_of(text: str) -> x509.GeneralName:
    """A host as it stands in a certificate; names with other letters as ASCII. Raises `NotAName`."""
    wanted = text.strip().strip("[]").rstrip(".").lower()
    try:
        return x509.IPAddress(ipaddress.ip_address(wanted))
    except ValueError:
        pass
    try:
        ascii_name = wanted if wanted.isascii() else wanted.encode("idna").decode()
    except UnicodeError:
        raise NotAName(text) from None
    if len(ascii_name) > 253 or not _NAME.match(ascii_name):
        raise NotAName(text)
    return x509.DNSName(ascii_name)


def area_of(name: str) -> str:
    """The part of the name tree that a root for this host may certify: the host itself, and for long names its neighbours."""
    labels = name.removeprefix("*.").split(".")
    return ".".join(labels[1:]) if len(labels) > 3 else ".".join(labels)


def permitted(hosts: list[x509.GeneralName]) -> list[x509.GeneralName]:
    """What a root made for these hosts may certify: their areas, local names, private networks, and their own addresses."""
    names = dict.fromkeys([*(area_of(each.value) for each in hosts if isinstance(each, x509.DNSName)), *LOCAL])
    networks: dict[Network, None] = dict.fromkeys(ipaddress.ip_network(each) for each in PRIVATE)
    for each in hosts:
        if isinstance(each, x509.IPAddress) and not any(_inside(each.value, net) for net in networks):
            networks[ipaddress.ip_network(each.value)] = None
    return [*map(x509.DNSName, names), *map(x509.IPAddress, networks)]


def _inside(address: object, network: Network) -> bool:
    return isinstance(address, ipaddress.IPv4Address | ipaddress.IPv6Address) and address in network


def covers(root: x509.Certificate, host: x509.GeneralName) -> bool:
    """Whether a root may certify a host."""
    try:
        allowed = root.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    except x509.ExtensionNotFound:
        return True
    if isinstance(host, x509.DNSName):
        bare = host.value.removeprefix("*.")
        areas = [each.value for each in allowed if isinstance(each, x509.DNSName)]
        return any(bare == area or bare.endswith(f".{area}") for area in areas)
    networks = [each.value for each in allowed if isinstance(each, x509.IPAddress)]
    return any(_inside(host.value, net) for net in networks if isinstance(net, ipaddress.IPv4Network | ipaddress.IPv6Network))


def make_root(place: str, hosts: list[x509.GeneralName]) -> None:
    """A new root for this council, for ten years. One of before is kept beside it under its last day."""
    where, now, key = files(), clock.now(), ec.generate_private_key(ec.SECP256R1())
    _put_aside(where.root, where.root_key)
    who = _called(f"{place or 'Họp không giấy'} · CA {now:%Y}"[:64], place)
    made = _begun(who, who, key.public_key(), now, now + timedelta(days=365 * CA_YEARS + 2))
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    built = (
        made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.NameConstraints(permitted(hosts), None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(where.root_key, _pem_key(key), secret=True)
    _write(where.root, built.public_bytes(serialization.Encoding.PEM))


def make_server(hosts: list[x509.GeneralName]) -> None:
    """A certificate of this server for all its names and addresses, with a key of its own. Raises `NotCovered`."""
    where, now, key = files(), clock.now(), ec.generate_private_key(ec.SECP256R1())
    root = load(where.root)
    signer = serialization.load_pem_private_key(where.root_key.read_bytes(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    for host in hosts:
        if not covers(root, host):
            raise NotCovered(str(host.value))
    ends = min(now - SLACK + timedelta(days=SERVER_DAYS), root.not_valid_after_utc)
    who = _called(f"Họp không giấy, {hosts[0].value}"[:64], "")  # no host name: that would be held against the constraints
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    built = (
        _begun(who, root.subject, key.public_key(), now, ends)
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(issuer_key, critical=False)
        .sign(signer, hashes.SHA256())
    )
    chain = built.public_bytes(serialization.Encoding.PEM) + root.public_bytes(serialization.Encoding.PEM)
    _write(where.server_key, _pem_key(key), secret=True)
    _write(where.server, chain)


def _called(name: str, place: str) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    if place:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, place[:64]))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _begun(
    who: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, ends: datetime
) -> x509.CertificateBuilder:
    made = x509.CertificateBuilder().subject_name(who).issuer_name(issuer).public_key(key)
    return made.serial_number(x509.random_serial_number()).not_valid_before(now - SLACK).not_valid_after(ends)


def _pem_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def _write(path: Path, content: bytes, *, secret: bool = False) -> None:
    """In one step, so that a server that reads meanwhile finds the old or the new; keys for the server's own account only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if secret else 0o644), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)


def _put_aside(*paths: Path) -> None:
    for path in paths:
        if path.exists():
            path.replace(path.with_name(f"{path.stem}-until-{clock.now():%Y%m%d%H%M%S}{path.suffix}"))


def load(path: Path) -> x509.Certificate:
    """The first certificate of a file."""
    return x509.load_pem_x509_certificate(path.read_bytes())


def ends_on(path: Path) -> datetime:
    """The last moment of a certificate file."""
    return load(path).not_valid_after_utc


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 as devices show it: pairs of digits, to be compared by eye."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def hosts_of(certificate: x509.Certificate) -> list[str]:
    """The names and addresses a certificate is for."""
    found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(each.value) for each in found]
