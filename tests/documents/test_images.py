"""What page images are like: sharp letters, colours kept, few bytes; pages of an older version are drawn anew."""

import io

import pymupdf
import pytest
from PIL import Image

from bench import sheets
from meeting.documents import images, remaking, store
from meeting.documents.layers import picture_share
from meeting.documents.rules import WIDTHS
from tests.documents.conftest import file_of
from tests.documents.papers import paper


@pytest.fixture
def drawn(tmp_path):
    """Draws the first page of a PDF; returns its images by width."""

    def draw(content):
        with pymupdf.open(stream=content, filetype="pdf") as document:
            page = document.load_page(0)
            images.make_images(page, picture_share(page), tmp_path, 1)
        found = {int(path.stem.partition("-")[2]): path for path in tmp_path.iterdir()}
        assert set(found) == set(WIDTHS)
        return found

    return draw


def opened(path):
    """An image as a browser shows it."""
    return Image.open(path).convert("RGB")


def test_text_is_kept_in_sixteen_greys_in_every_width(drawn):
    found = drawn(sheets.text())

    for width, path in found.items():
        kept = Image.open(path)
        assert (path.suffix, kept.width) == (".png", width)
        assert kept.height == round(width * 842 / 595) or abs(kept.height - width * 842 / 595) < 1
        assert len(set(kept.convert("L").tobytes())) <= 16


def test_text_looks_like_the_page_itself_and_takes_fewer_bytes_than_bare_png(drawn):
    content = sheets.text()
    found = drawn(content)

    with pymupdf.open(stream=content, filetype="pdf") as document:
        bare = images.pixmap(document.load_page(0), 1200, coloured=False)
        ideal = images.picture(bare)
        worst = max(
            abs(one - other) for one, other in zip(opened(found[1200]).convert("L").tobytes(), ideal.tobytes(), strict=True)
        )
        assert worst <= 9, "half a tone of sixteen"
        assert found[1200].stat().st_size < len(bare.tobytes("png"))


def test_a_red_seal_and_a_blue_signature_keep_their_colours(drawn):
    found = drawn(sheets.seal())

    for width in (1200, 2000):
        colours = opened(found[width]).getcolors(1 << 24)
        red = sum(count for count, (r, g, b) in colours if r > 170 and g < 70 and b < 80)
        blue = sum(count for count, (r, g, b) in colours if b > 140 and r < 80 and g < 90)
        black = sum(count for count, (r, g, b) in colours if max(r, g, b) < 60)
        assert min(red, blue, black) > 500, (width, red, blue, black)


def test_a_photograph_is_kept_as_jpeg_and_a_scan_as_png(drawn, tmp_path):
    assert {path.suffix for path in drawn(sheets.photograph()).values()} == {".jpg"}

    assert {path.suffix for path in drawn(sheets.scan()).values()} == {".png"}, "the older format went"
    assert len(list(tmp_path.iterdir())) == len(WIDTHS)


def test_a_scan_takes_a_sixth_of_the_bytes_of_bare_png(drawn):
    content = sheets.scan()

    with pymupdf.open(stream=content, filetype="pdf") as document:
        bare = len(images.pixmap(document.load_page(0), 1200, coloured=False).tobytes("png"))

    assert drawn(content)[1200].stat().st_size * 6 < bare


def test_thumbnails_are_small(drawn):
    assert drawn(sheets.text())[240].stat().st_size < 16 * 1024


def test_a_grey_page_has_no_colour_and_a_stamped_one_has():
    for content, coloured in ((sheets.text(), False), (sheets.table(), False), (sheets.seal(), True)):
        with pymupdf.open(stream=content, filetype="pdf") as document:
            assert images.has_colour(document.load_page(0)) is coloured


def old_images(digest, pages):
    """What an earlier version kept."""
    folder = store.pages_folder(digest)
    for path in folder.glob("*-*"):
        path.unlink()
    for number in range(1, pages + 1):
        for width in (240, 1200, 1800):
            out = io.BytesIO()
            Image.new("RGB", (width, width), (width % 255, 9, 9)).save(out, "JPEG")
            (folder / f"{number}-{width}.jpg").write_bytes(out.getvalue())


def test_pages_of_an_older_version_are_served_and_then_drawn_anew(client, council, sent):
    file_id = sent("dung", paper(2))
    digest = file_of(council, file_id).sha256
    old_images(digest, 2)
    remaking.forget()
    browser = client("dung")

    before = browser.get(f"/documents/{file_id}/pages/2?w=2000&v={digest[:12]}")
    done, more = remaking.catch_up(), remaking.catch_up()
    after = browser.get(f"/documents/{file_id}/pages/2?w=2000&v={digest[:12]}")

    assert (before.status_code, before.mimetype, Image.open(io.BytesIO(before.data)).width) == (200, "image/jpeg", 1800)
    assert before.headers["Cache-Control"] == "private, no-cache", "what is drawn anew soon is not kept for a day"
    assert (done, more) == (file_id, None)
    assert (after.status_code, after.mimetype, Image.open(io.BytesIO(after.data)).width) == (200, "image/png", 2000)
    names = {path.name for path in store.pages_folder(digest).glob("*-*")}
    assert names == {f"{number}-{width}.png" for number in (1, 2) for width in WIDTHS}


def test_pages_whose_file_cannot_be_drawn_any_more_keep_their_old_images(client, council, sent):
    file_id = sent("dung", paper(1))
    digest = file_of(council, file_id).sha256
    old_images(digest, 1)
    store.file_path(digest).write_bytes(b"%PDF-1.7 damaged on the disk")
    remaking.forget()

    assert remaking.catch_up() == file_id
    assert client("dung").get(f"/documents/{file_id}/pages/1?w=1200").mimetype == "image/jpeg"
