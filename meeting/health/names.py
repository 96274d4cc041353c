"""The names and addresses that a certificate is made for, as browsers read it (RFC 6125: one label for a star)."""

import ipaddress
from contextlib import suppress

from cryptography import x509


def held(certificate: x509.Certificate) -> list[str]:
    """Each name and address, as text."""
    with suppress(x509.ExtensionNotFound):
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return [str(each.value) for each in found if isinstance(each, x509.DNSName | x509.IPAddress)]
    return []


def fits(certificate: x509.Certificate, host: str) -> bool:
    """Whether browsers take the certificate for this host."""
    with suppress(ValueError):
        return str(ipaddress.ip_address(host)) in held(certificate)
    with suppress(UnicodeError):
        host = host if host.isascii() else host.encode("idna").decode()
    host = host.rstrip(".").lower()
    return any(_same(host, name.lower()) for name in held(certificate))


def _same(host: str, name: str) -> bool:
    if not name.startswith("*."):
        return host == name
    return "." in host and host.partition(".")[2] == name[2:]
