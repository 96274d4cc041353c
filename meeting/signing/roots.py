"""The certificates of issuers this installation trusts: files in the folder of the setting `MEETING_TRUST_ROOTS`."""

from meeting import config

ENDINGS = (".pem", ".crt", ".cer", ".der")


def told() -> list[str]:
    """Each root's bytes as they travel to the signing process. Without a folder nobody is vouched for."""
    folder = config.settings().trust_roots
    if folder is None or not folder.is_dir():
        return []
    return [path.read_bytes().decode("latin-1") for path in sorted(folder.iterdir()) if path.suffix.lower() in ENDINGS]
