"""Names, files and texts made up at random: never a fault, shown as they are and never run, and nothing outside the folder."""

import io
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from meeting.agenda.models import Meeting
from meeting.documents.models import File
from meeting.web import security
from tests.documents.papers import paper

JSON = {"Authorization": "Bearer token-minh"}
#: The store is shared by the examples, as it is by people; the same examples each time.
FEW = settings(
    max_examples=12, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate], deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
NASTY = [
    "../../etc/passwd.pdf",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "C:\\a.pdf",
    "con.pdf",
    ".",
    "..",
    "a/b\\c.pdf",
    "\u202efdp.exe",
    "\u200f\u2066x\u2069.pdf",
    "a\x00.pdf",
    "a\r\nSet-Cookie: x=1.pdf",
    "x" * 300 + ".pdf",
    "😀" * 120,
    "\ufeff\u200b.pdf",
    "%s%n%(x)s{0}.pdf",
    "'; DROP TABLE file; --.pdf",
    '"><script>alert(1)</script>.pdf',
    "{{7*7}}${7*7}.pdf",
    "Tờ trình dự toán.pdf",
    "\ud800.pdf",
    "a\x1b[31m.pdf",
]
TEXTS = [
    *NASTY,
    '<img src=x onerror="alert(1)">',
    "javascript:alert(1)",
    "=cmd|'/C calc'!A0",
    "\x0b\x0c",
    "]]>",
    "<!--",
    "&lt;b&gt;",
]
names = st.one_of(
    st.sampled_from(NASTY), st.text(min_size=1, max_size=320), st.text(st.characters(codec=None), min_size=1, max_size=40)
)
texts = st.one_of(st.sampled_from(TEXTS), st.text(min_size=1, max_size=200))


def _archive(*inside: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as parts:
        for name in inside:
            parts.writestr(name, "<x/>" * 50)
    return held.getvalue()


WHOLE = [
    paper(1),
    _archive("word/document.xml", "[Content_Types].xml", "../../escaped.txt"),
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x02\x00\x00\x00" + b"\x00" * 40,
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 60,
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
]


@st.composite
def contents(draw):
    """A file of some kind, cut off, with bytes changed, or nothing but rubbish."""
    whole = draw(st.sampled_from(WHOLE))
    if draw(st.booleans()):
        return draw(st.binary(max_size=300))
    cut = whole[: draw(st.integers(0, len(whole)))]
    at = draw(st.integers(0, max(0, len(cut) - 1)))
    return cut[:at] + draw(st.binary(max_size=8)) + cut[at + draw(st.integers(0, 8)) :]


def outside(store: Path) -> set[Path]:
    """All that lies in the folder's parent, but for what a store keeps."""
    return {path for path in store.rglob("*") if path.relative_to(store).parts[0] not in ("storage", "keys")}


def sent(client, name: str, content: bytes):
    """An upload under a name as a browser would send it, and so as a program may."""
    part = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/pdf\r\n\r\n'
    body = part.encode("utf-8", "surrogatepass") + content + b"\r\n--x--\r\n"
    return client("").post("/api/v1/files", data=body, headers={**JSON, "Content-Type": "multipart/form-data; boundary=x"})


@FEW
@given(name=names)
def test_any_name_of_a_file_is_taken_or_refused_in_words(client, council, store, name):
    security.forget_limits()
    before = outside(store)

    answer = sent(client, name, paper(1))

    assert answer.status_code in (200, 400, 409, 422)
    if answer.status_code == 200:
        kept = council.one(select(File.name).where(File.id == answer.get_json()["file_id"]))
        assert 0 < len(kept) <= 300
        assert not [sign for sign in kept if unicodedata.category(sign) in ("Cc", "Cs")]
        saved = client("minh").get(f"/documents/{answer.get_json()['file_id']}/original")
        assert saved.status_code < 500
        assert "Set-Cookie" not in saved.headers
        assert client("minh").get("/shelf").status_code == 200
    assert outside(store) == before


@FEW
@given(content=contents())
def test_any_content_is_taken_or_refused_in_words(client, council, store, content):
    security.forget_limits()
    before = outside(store)

    answer = sent(client, "a.pdf", content)

    assert answer.status_code in (200, 400, 409, 422)
    assert answer.status_code == 200 or answer.get_json(force=True)["message"]
    assert outside(store) == before
    assert not list((store / "storage" / "incoming").glob("*"))


@FEW
@given(text=texts)
def test_any_text_is_shown_and_never_run(client, council, api, text):
    security.forget_limits()
    meeting = council.one(select(Meeting.id)) or council.meeting()
    minh = api("minh")

    heard = [
        minh.act("agenda.add_item", meeting_id=meeting, title=text, minutes_planned=5),
        api("hoa").act("discussion.post", meeting_id=meeting, text=text),
        minh.act("guides.give_feedback", text=text),
    ]

    assert [status for status, _ in heard if status >= 500] == []
    for path in (f"/meetings/{meeting}", f"/meetings/{meeting}/programme"):
        shown = client("minh").get(path)
        assert shown.status_code == 200
        page = shown.get_data(as_text=True)
        for wicked in ("<script>alert", "<img src=x", 'href="javascript:'):
            assert wicked not in page


@pytest.mark.parametrize(
    "path", ["/search", "/api/v1/search", "/xac-thuc", "/sign-in", "/meetings", "/people", "/tasks", "/notices"]
)
@settings(FEW, max_examples=8)
@given(text=texts)
def test_any_question_is_answered(client, council, path, text):
    security.forget_limits()
    written = text.encode("utf-8", "replace").decode()

    shown = client("admin").get(
        path, query_string={"q": written, "code": written, "next": written, "type": written, "body": written}
    )

    assert shown.status_code < 500
    assert "<script>alert" not in shown.get_data(as_text=True)
    assert "evil" not in shown.headers.get("Location", "")
