"""A register's sheet on the screen: the very paper, the printer beside it, and whether it came out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.registers import taking_out
from app.documents.preview import page_count, page_image
from app.domain.checklists.print_job import PrintLook
from ui import notices, printing, theme
from ui.forms.checklists.paper_pane import PaperPane
from ui.forms.outcome_card import OutcomeCard
from ui.forms.panel import Ask
from ui.forms.plain_file import PlainFile
from ui.widgets import file_dialogs
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.confirm import Confirm
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.scroll import scrolled
from ui.widgets.stepper import Stepper
from ui.widgets.words import Button, Sentence

SHEET_PX = 1240
OTHER, MOST_NAMED = "other", 3
Picture = tuple[int, int, bytes]


@dataclass(frozen=True)
class Sheet:
    """What is to be printed: how it is called on the screen and in the log, and how it is made. Only what is
    `posted`, and so masked, may be saved as a picture for the village's chat group."""

    title: str
    log: str
    make: Callable[[Desk], bytes]
    about: str = ""
    posted: bool = False


@dataclass(frozen=True)
class _Made:
    pdf: bytes = field(repr=False)
    pages: tuple[Picture, ...] = field(repr=False)


class SheetView(QWidget):
    """`printed` when the worker has seen it come out; `left` when she goes back."""

    printed = Signal()
    left = Signal()
    primary_changed = Signal(object)

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self._ask = ask
        self._sheet: Sheet | None = None
        self._pdf, self._pages = b"", ()
        self.setProperty("surface", "clear")
        main = QWidget()
        main.setProperty("surface", "clear")
        self._lay_out(main)
        self.pane = PaperPane(main, self.tr("打出来的样子"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        column.addWidget(self.pane, 1)
        column.addWidget(self._foot())
        # First a place, then sight: a button without a parent is a window.
        self.pane.fitted.connect(lambda wide: self.pane.look.setVisible(not wide))
        self._file = PlainFile(self, self.warning, ask)
        self.pane.fit()

    @property
    def primary(self) -> Button:
        """The one filled button."""
        if self.outcome.isVisibleTo(self):
            return self.outcome.good
        return self.print_button if self.print_button.isVisibleTo(self) else self.save_button

    def begin(self, sheet: Sheet) -> None:
        """Make the sheet and show it."""
        self._sheet, self._pdf, self._pages = sheet, b"", ()
        self.picture_button.setVisible(sheet.posted)
        self.about.setText(sheet.about)
        self.about.setVisible(bool(sheet.about))
        names = printing.printers()
        others = [(OTHER, self.tr("别的打印机"))] if len(names) > MOST_NAMED else []
        self.printers.set_options([(name, name) for name in names[:MOST_NAMED]] + others)
        self.printers.set_value(names[0] if names else "")
        self.machine.setVisible(bool(names))
        self.print_button.setVisible(bool(names))
        self.none.setVisible(not names)
        for one in (self.outcome, self.trouble):
            one.hide()
        self.pane.look.setChecked(False)
        self.pane.show_pages(())
        self._ask(lambda desk: _made(sheet.make(desk)), lambda made: self._show(sheet, made))
        self._fill()

    def start(self) -> None:
        """The focus goes to the filled button."""
        self.primary.setFocus()

    def _show(self, sheet: Sheet, made: _Made) -> None:
        if sheet is self._sheet:
            self._pdf, self._pages = made.pdf, made.pages
            self.pane.show_pages(made.pages, 0)

    def _lay_out(self, main: QWidget) -> None:
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.about = Sentence("", "body", "quiet")
        self.machine = Card(self.tr("用哪台打印机"))
        self.printers = ChoiceGroup([])
        self.printers.set_label(self.tr("用哪台打印机"))
        self.copies = Stepper(1, least=1, most=20, name=self.tr("打几份"))
        self.machine.add(self.printers)
        many = QHBoxLayout()
        many.setSpacing(theme.soft(12))
        many.addWidget(Sentence(self.tr("打几份"), "label"))
        many.addWidget(self.copies)
        many.addStretch(1)
        self.machine.add(many)
        self.none = Sentence(
            self.tr("这台电脑上还没有打印机。存成文件，用 U 盘带到镇里打。"), "body", "quiet"
        )
        self.trouble, self.warning, self.outcome = Note("bad", ""), Confirm(), OutcomeCard()
        self.outcome.answered.connect(self._answered)
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, theme.soft(8), 0)
        inside.setSpacing(theme.soft(12))
        for part in (self.about, self.machine, self.none, self.trouble, self.warning):
            inside.addWidget(part)
        inside.addStretch(1)
        column.addWidget(scrolled(inside), 1)
        column.addWidget(self.outcome)

    def _foot(self) -> QWidget:
        self.foot = QWidget()
        self.foot.setProperty("surface", "clear")
        row = FlowLayout(self.foot, theme.soft(12))  # four buttons of large letters need two lines
        self.away = Button(self.tr("先不打"), "text")
        self.save_button = Button(self.tr("存成文件"), "", "save")
        self.picture_button = Button(self.tr("存成图片，发群里"), "", "camera")
        self.print_button = Button(self.tr("打印"), "main", "print")
        self.picture_button.clicked.connect(self._save_pictures)
        self.away.clicked.connect(self.left)
        self.save_button.clicked.connect(self._save)
        self.print_button.clicked.connect(self._print)
        row.addWidget(self.away)
        row.addWidget(self.pane.look)
        row.addWidget(self.picture_button)
        row.addWidget(self.save_button)
        row.addWidget(self.print_button)
        return self.foot

    def _print(self) -> None:
        if not self._pdf:
            return
        self.trouble.hide()
        title, look = self.tr("台账"), PrintLook(copies=self.copies.value())
        name = self.printers.value()
        if name == OTHER:
            printer = printing.choose(self.window(), title, look)
        else:
            printer = printing.named(title, PrintLook(name, self.copies.value()))
        if printer is None:
            return
        if printing.put_on_paper(self._pdf, printer):
            self.pane.look.setChecked(False)
            self.outcome.show()
            self._fill()
            self.outcome.good.setFocus()
        else:
            self._silent()

    def _answered(self, yes: bool) -> None:
        self.outcome.hide()
        self._fill()
        if not yes or self._sheet is None:
            self._silent()
            return
        log, said = self._sheet.log, self.tr("记下了，打好一次。")

        def noted(_none: object) -> None:
            notices.saved(said)
            self.printed.emit()

        self._ask(lambda desk: taking_out.printed(desk, log), noted)

    def _silent(self) -> None:
        said = self.tr("纸还在，不用重做。再打一次，或存成文件带去打。")
        self.trouble.say("bad", self.tr("打印机没反应。看看电源和纸。"), said)
        self.trouble.show()

    def _save(self) -> None:
        if self._sheet is not None and self._pdf:
            self._file.ask(f"{self._sheet.title}.pdf", self._keep)

    def _keep(self, path: Path) -> None:
        sheet, pdf = self._sheet, self._pdf
        if sheet is None:
            return

        def kept(_none: object) -> None:
            notices.saved(self.tr("存好了。"))
            self.printed.emit()

        self._ask(lambda desk: taking_out.export(desk, sheet.log, pdf, path), kept)

    def _save_pictures(self) -> None:
        sheet, pages = self._sheet, self._pages
        title, kinds = self.tr("存到哪里"), self.tr("图片 (*.png)")
        if sheet is None or not pages:
            return
        path = file_dialogs.ask_save(self, title, f"{sheet.title}.png", kinds)
        if path is not None:
            pictures = [_png(*page) for page in pages]
            self._ask(
                lambda desk: taking_out.export_pictures(desk, sheet.log, pictures, path),
                lambda _none: notices.saved(self.tr("存好了，可以发群里。")),
            )

    def _fill(self) -> None:
        self.foot.setVisible(not self.outcome.isVisibleTo(self))
        for button in (self.save_button, self.print_button):
            button.set_role("main" if button is self.primary else "")
        self.primary_changed.emit(self.primary)


def _png(width: int, height: int, pixels: bytes) -> bytes:
    """A page as a picture that says nothing of where and when it was made."""
    image = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGBX8888)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows a file name only
    return bytes(buffer.data().data())


def _made(pdf: bytes) -> _Made:
    return _Made(pdf, tuple(page_image(pdf, page, SHEET_PX) for page in range(page_count(pdf))))
