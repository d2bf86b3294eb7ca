"""Putting finished PDF bytes on paper: the one place that knows printers.

What is printed is a 300 dpi picture of the same bytes that were previewed, so preview and paper
cannot differ. No plain file is written for it on the disk (see `app.scratch`), and a job bears no name.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from app.documents.preview import page_count, page_sheet
from app.domain.checklists.print_job import PrintLook

DOTS_PER_INCH = 300
A4_WIDTH_INCHES = 210 / 25.4
Sheet = tuple[int, int, bytes]  # width, height, pixels
FIRST_REFUSAL = 0x0400  # of the answers a print server may give (RFC 8011, 4.1.8)


def printers() -> list[str]:
    """The names of the printers this computer knows, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    names = [info.printerName() for info in QPrinterInfo.availablePrinters()]
    return sorted(names, key=lambda name: name != usual)


def choose(parent: QWidget, title: str, look: PrintLook) -> QPrinter | None:
    """Let the worker choose in the system's own dialog; None when she thinks better of it."""
    printer = a4(QPrinter(QPrinter.PrinterMode.HighResolution), title, look)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)  # 存成文件 warns, and is logged
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def named(title: str, look: PrintLook) -> QPrinter | None:
    """The printer `look` names, or the usual one where it names none; None when it is not there."""
    name = look.printer or QPrinterInfo.defaultPrinterName() or next(iter(printers()), "")
    info = QPrinterInfo.printerInfo(name)
    if not name or info.isNull():
        return None
    return a4(QPrinter(info, QPrinter.PrinterMode.HighResolution), title, look)


def stands_still(printer: QPrinter) -> bool:
    """Whether the system knows already that it would print nothing now: no paper, a jam, paused, off."""
    return QPrinterInfo(printer).state() == QPrinter.PrinterState.Error


def as_chosen(printer: QPrinter) -> PrintLook:
    """What she chose in the system's dialog, to be remembered."""
    colour = printer.colorMode() == QPrinter.ColorMode.Color
    return PrintLook(printer.printerName(), max(printer.copyCount(), 1), colour)


class Handing:
    """One document on its way to a printer, page by page: `next_page` until it says False, then `end`.

    Until `end` the printer has nothing of it; half a document is never handed over.
    """

    def __init__(self, pdf: bytes, printer: QPrinter) -> None:
        self._pdf, self._printer, self._painter = pdf, printer, QPainter()
        self._colour = printer.colorMode() == QPrinter.ColorMode.Color
        self.pages, self.done, self._took = page_count(pdf), 0, True

    def sheet(self) -> Sheet:
        """The picture of the next page; slow, and may be made on any thread."""
        width = round(A4_WIDTH_INCHES * DOTS_PER_INCH)
        return page_sheet(self._pdf, self.done, width, colour=self._colour)

    def next_page(self, sheet: Sheet | None = None) -> bool:
        """Draw one more page, `sheet` where it was made; False when there is none left or the printer takes
        no more."""
        if not self._took or self.done == self.pages:
            return False
        fresh = self._printer.newPage() if self.done else self._painter.begin(self._printer)
        if not fresh:
            self._took = False
            return False
        width, height, pixels = sheet or self.sheet()
        form = QImage.Format.Format_RGBX8888 if self._colour else QImage.Format.Format_Grayscale8
        image = QImage(pixels, width, height, len(pixels) // height, form)
        paper = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        self._painter.drawImage(QRectF(0, 0, paper.width(), paper.height()), image)
        self.done += 1
        return self.done < self.pages

    def end(self) -> bool:
        """Hand over all of it, with the pages not drawn yet; False when the printer took nothing (M-14)."""
        while self.next_page():
            pass
        if self._painter.isActive():
            self._painter.end()
        failed = self._printer.printerState() == QPrinter.PrinterState.Error
        return self._took and not failed and not _refused(self._printer)

    def give_up(self) -> None:
        """Nothing of it shall come out, as far as the system can still take it back."""
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()


def put_on_paper(pdf: bytes, printer: QPrinter) -> bool:
    """Print every page at once; False when the printer took nothing (M-14)."""
    return Handing(pdf, printer).end()


def a4(printer: QPrinter, title: str, look: PrintLook) -> QPrinter:
    """Set `printer` to whole A4 sheets as `look` wants them, under the name `title`.

    The title stands in the system's own lists and logs, where others read it: it must name nobody.
    """
    printer.setDocName(title)
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QSizeF(210, 297), QPageSize.Unit.Millimeter),
            QPageLayout.Orientation.Portrait,
            printer.pageLayout().margins(),
        )
    )
    printer.setFullPage(True)
    printer.setCopyCount(look.copies)
    printer.setColorMode(QPrinter.ColorMode.Color if look.colour else QPrinter.ColorMode.GrayScale)
    return printer


def _refused(printer: QPrinter) -> bool:
    """Qt does not say that the print server of Linux refused a job; its library does, to this thread."""
    if sys.platform != "linux" or printer.outputFormat() != QPrinter.OutputFormat.NativeFormat:
        return False
    import ctypes

    try:
        answer = ctypes.CDLL("libcups.so.2").cupsLastError
    except (OSError, AttributeError):
        return False
    return int(answer()) >= FIRST_REFUSAL
