"""Two scans of one sheet, really read by Tesseract: what changed is told, reading errors are not."""

import random
import shutil
import subprocess
from pathlib import Path

import pymupdf
import pytest
from PIL import Image, ImageFilter

from meeting.documents.typeset import FONTS
from meeting.materials.compare import PageChange, compare
from meeting.materials.compare_text import PageText

pytestmark = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")

TEXT = """Ủy ban nhân dân phường báo cáo Hội đồng nhân dân phường tình hình thực hiện dự toán thu, chi ngân sách như sau.
Tổng thu ngân sách nhà nước trên địa bàn ước đạt 86.420 triệu đồng, bằng 104,6% dự toán giao và tăng 7,1% so với cùng kỳ.
Thu thuế, phí và lệ phí do phường được phân cấp đạt 41.275 triệu đồng; thu từ cho thuê mặt bằng đạt 3.180 triệu đồng.
Chi đầu tư phát triển ước 42.600 triệu đồng, trong đó ưu tiên các công trình chuyển tiếp đã có chủ trương đầu tư.
Nguyên nhân chủ quan là sự phối hợp giữa một số đơn vị chưa chặt chẽ, việc đôn đốc có lúc chưa kịp thời."""
CHANGED = TEXT.replace("42.600", "45.100").replace("chưa chặt chẽ", "rất chặt chẽ và đồng bộ")


def scanned(text: str, seed: int, folder: Path) -> str:
    """The text printed, laid on the glass a little crooked, dusty and pale, and read."""
    by = random.Random(seed)
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=500)
        page.insert_font("tinos", fontfile=str(FONTS / "Tinos-Regular.ttf"))
        page.insert_textbox(pymupdf.Rect(72, 60, 523, 480), text.replace("\n", " "), fontname="tinos", fontsize=13.5)
        drawn = page.get_pixmap(dpi=200)
        picture = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples).convert("L")
    picture = picture.rotate(by.uniform(-0.6, 0.6), fillcolor=255).filter(ImageFilter.GaussianBlur(1.1))
    for _ in range(6000):
        picture.putpixel((by.randrange(picture.width), by.randrange(picture.height)), by.choice((0, 90, 160, 255)))
    path = folder / f"{seed}.png"
    picture.point([max(0, min(255, int((value - 128) * 0.8 + 148))) for value in range(256)]).save(path)
    read = subprocess.run(["tesseract", path, "-", "-l", "vie", "--psm", "6"], capture_output=True, text=True, check=True)
    return read.stdout


def between(old: PageText, new: PageText) -> PageChange:
    (change,) = compare([old], [new])
    return change


def test_reading_errors_are_left_out_and_what_changed_is_told(tmp_path: Path) -> None:
    first, again, changed = (
        PageText(1, scanned(text, seed, tmp_path), recognised=True) for seed, text in ((1, TEXT), (2, TEXT), (3, CHANGED))
    )

    assert first.text != again.text, "the two readings differ"
    assert len(between(first, again).marks) <= 1
    assert len(between(PageText(1, TEXT), again).marks) <= 1
    for old in (first, PageText(1, TEXT)):
        change = between(old, changed)
        told = " ".join(run.text for run in change.runs if run.kind == "come")
        assert change.recognised
        assert not change.rough
        assert "45.100" in told
        assert "đồng bộ" in told
        assert len(change.marks) <= 4
