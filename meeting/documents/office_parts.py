"""The XML parts of an office file: read without entities, written as they were. In a bounded process only."""

import io
import re
import zipfile
from xml.etree import ElementTree as Tree

from meeting.errors import Refused


def parsed(archive: zipfile.ZipFile, name: str) -> Tree.Element:
    """One part as a tree. Refused as `office_failed` when it declares entities."""
    content = archive.read(name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused("office_failed")  # never in such files, but for entities that unfold without end
    for _event, (prefix, address) in Tree.iterparse(io.BytesIO(content), events=["start-ns"]):  # noqa: S314 - no entities
        if not re.fullmatch(r"ns\d+", prefix):
            Tree.register_namespace(prefix, address)
    return Tree.fromstring(content)  # noqa: S314 - no entities


def serialised(root: Tree.Element) -> bytes:
    """The bytes of a part."""
    return bytes(Tree.tostring(root, encoding="UTF-8", xml_declaration=True))
