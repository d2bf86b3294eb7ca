"""Pictures of a finished PDF, made from the very bytes that will be printed."""

from __future__ import annotations

from threading import Lock

import pypdfium2

from app.domain.problem import UserError

_ONE_AT_A_TIME = Lock()  # PDFium must not be entered by two threads at once


def page_count(pdf: bytes) -> int:
    """How many pages `pdf` has. Raises UserError when it is no readable PDF."""
    with _ONE_AT_A_TIME:
        document = _opened(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_image(pdf: bytes, page: int, width_px: int) -> tuple[int, int, bytes]:
    """(width, height, pixels) of page number `page` (from 0), `width_px` wide on white.

    Pixels are 4 bytes each, R G B and one unused, rows without padding: `QImage.Format_RGBX8888`.
    Raises UserError when it is no readable PDF and IndexError when there is no such page.
    """
    return _drawn(pdf, page, width_px, colour=True)


def page_sheet(pdf: bytes, page: int, width_px: int, *, colour: bool) -> tuple[int, int, bytes]:
    """`page_image` for a printer: without `colour` one byte a pixel, `QImage.Format_Grayscale8`."""
    return _drawn(pdf, page, width_px, colour=colour)


def _drawn(pdf: bytes, page: int, width_px: int, *, colour: bool) -> tuple[int, int, bytes]:
    with _ONE_AT_A_TIME:
        document = _opened(pdf)
        try:
            if not 0 <= page < len(document):
                raise IndexError(page)
            sheet = document[page]
            scale = width_px / sheet.get_width()
            if colour:
                bitmap = sheet.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            else:
                bitmap = sheet.render(scale=scale, grayscale=True)
            row = bitmap.width * (4 if colour else 1)
            return bitmap.width, bitmap.height, _packed(bytes(bitmap.buffer), row, bitmap.stride)
        finally:
            document.close()


def _opened(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        raise UserError("这份打印件打不开，资料没有动。重新生成一次。") from None


def _packed(pixels: bytes, row: int, stride: int) -> bytes:
    if stride == row:
        return pixels
    return b"".join(pixels[start : start + row] for start in range(0, len(pixels), stride))
