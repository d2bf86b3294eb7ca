"""Putting finished PDF bytes on paper: the one place that knows printers.

What is printed is a 300 dpi picture of the same bytes that were previewed, so preview and paper
cannot differ. No plain file is written for it.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from app.documents.preview import page_count, page_image

DOTS_PER_INCH = 300
A4_WIDTH_INCHES = 210 / 25.4


def printers() -> list[str]:
    """The names of the printers this computer knows, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    names = [info.printerName() for info in QPrinterInfo.availablePrinters()]
    return sorted(names, key=lambda name: name != usual)


def choose(parent: QWidget, title: str) -> QPrinter | None:
    """Let the worker choose in the system's own dialog; None when she thinks better of it."""
    printer = a4(QPrinter(QPrinter.PrinterMode.HighResolution), title)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def named(name: str, title: str, copies: int) -> QPrinter:
    """The printer called `name`, set to A4 black and white."""
    printer = a4(QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution), title)
    printer.setCopyCount(copies)
    return printer


def usual(title: str) -> QPrinter | None:
    """The printer used without asking, for a single sheet; None when there is none."""
    names = printers()
    return named(names[0], title, 1) if names else None


def put_on_paper(pdf: bytes, printer: QPrinter) -> bool:
    """Print every page; False when the printer took nothing (M-14)."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    try:
        for page in range(page_count(pdf)):
            if page and not printer.newPage():
                return False
            width, height, pixels = page_image(pdf, page, round(A4_WIDTH_INCHES * DOTS_PER_INCH))
            image = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGBX8888)
            sheet = printer.pageLayout().fullRectPixels(printer.resolution())
            painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), image)
    finally:
        painter.end()
    return printer.printerState() is not QPrinter.PrinterState.Error


def a4(printer: QPrinter, title: str) -> QPrinter:
    """Set `printer` to whole A4 sheets, black and white, under the name `title`."""
    printer.setDocName(title)
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QSizeF(210, 297), QPageSize.Unit.Millimeter),
            QPageLayout.Orientation.Portrait,
            printer.pageLayout().margins(),
        )
    )
    printer.setFullPage(True)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    return printer
