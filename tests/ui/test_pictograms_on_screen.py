"""What she ticks on the screen is the very drawing that is printed: one file, read twice."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from app.documents import pictograms, specimen
from app.documents.pen import WIDTH
from app.documents.preview import page_count, page_image
from app.domain.icons import STANDIN
from tests.unit.documents.ink import SIDE, Ink
from ui.pictogram import drawing


@pytest.fixture(scope="module")
def sheets() -> list[tuple[int, bytes]]:
    """Width and grey pixels of every specimen page, a drawing being `SIDE` pixels wide."""
    pdf = specimen.render(date(2026, 11, 20))
    width = round(WIDTH * SIDE / specimen.PICTURE)
    pictures = (page_image(pdf, page, width) for page in range(page_count(pdf)))
    return [(wide, pixels[::4]) for wide, _, pixels in pictures]


def test_screen_and_paper_show_one_drawing(qapp: QApplication, sheets: list[tuple[int, bytes]]) -> None:
    scale = SIDE / specimen.PICTURE
    for name, at in specimen.places().items():
        width, pixels = sheets[at.page]
        left, top = at.left * scale, at.top * scale
        starts = [(int(top) + row) * width + int(left) for row in range(SIDE)]
        paper = Ink.of(b"".join(pixels[start : start + SIDE] for start in starts))
        screen = Ink.of(on_screen(name, left % 1, top % 1))
        assert paper.outside(screen.grown(1)) <= 0.002, name
        assert screen.outside(paper.grown(1)) <= 0.002, name


def test_a_pictogram_of_a_newer_release_is_the_same_plain_sheet_on_screen_and_paper(
    qapp: QApplication,
) -> None:
    assert drawing("of_tomorrow") == drawing(STANDIN)
    assert pictograms.known("of_tomorrow") == STANDIN


def on_screen(name: str, right: float, down: float) -> bytes:
    """`SIDE` times `SIDE` bytes of grey, off by the same part of a pixel as on the paper."""
    image = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing(name))).render(painter, QRectF(right, down, SIDE, SIDE))
    painter.end()
    return bytes(image.constBits())
