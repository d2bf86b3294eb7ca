"""A paper on the screen as it will come out, and beside it the printer, how many, and a file instead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.checklists.print_job import MOST_COPIES, PrintLook
from ui import theme
from ui.forms.checklists.print_options import MOST_NAMED, OTHER
from ui.forms.outcome_card import OutcomeCard
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.confirm import Confirm
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.paper_scroll import PaperScroll
from ui.widgets.scroll import scrolled
from ui.widgets.stepper import Stepper
from ui.widgets.words import Button, words

WIDE = 48  # characters of width from which the paper stands beside the printer
SIDE = 400  # a date of her own needs as much
ANY_WIDTH = 16_777_215


class PaperFace(QWidget):
    """`print_asked`, `save_asked`, `wait_asked`, `came_out(yes)`. What is chosen of the paper itself goes
    into `choices`, above the printer. Where only one of both fits, `look` shows the paper.
    """

    print_asked = Signal()
    save_asked = Signal()
    wait_asked = Signal()
    came_out = Signal(bool)
    primary_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._has_printer = self._ready = False
        self.paper = PaperScroll(self.tr("打出来的样子"))
        self.look = Button(self.tr("看纸"), "", "eye")
        self.look.setCheckable(True)
        self.look.toggled.connect(lambda _on: self.fit())
        self._side = QWidget()
        self._side.setProperty("surface", "clear")
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self._area = scrolled(self._scrolling())
        column.addWidget(self._area, 1)
        self.outcome = OutcomeCard(below=True)
        self.outcome.answered.connect(self._answered)
        column.addWidget(self.outcome)
        column.addWidget(self._foot())
        row = QHBoxLayout()
        row.setSpacing(theme.soft(16))
        row.addWidget(self.paper, 1)
        row.addWidget(self._side)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.soft(10))
        outer.addWidget(self.look, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addLayout(row, 1)
        self._fill()

    @property
    def primary(self) -> Button:
        """The one filled button: print, or save where there is no printer."""
        if self.outcome.isVisibleTo(self):
            return self.outcome.good
        return self.print_button if self._has_printer else self.save_button

    @property
    def wide(self) -> bool:
        """True when both stand side by side."""
        return self.width() / theme.em(21.3) >= WIDE

    def offer(self, printers: Sequence[str], remembered: str = "") -> None:
        """These printers are there; the one used last comes first."""
        known = sorted(printers, key=lambda name: name != remembered)
        self._has_printer = bool(known)
        others = [(OTHER, self.tr("别的打印机"))] if known else []
        self.printers.set_options([(name, name) for name in known[:MOST_NAMED]] + others)
        self.printers.set_value(known[0] if known else "")
        self.printers.set_label(self.tr("用哪台打印机"))
        self._fill()

    def wanted(self) -> PrintLook:
        """How the printer is asked; its name is OTHER for the system's own dialog."""
        return PrintLook(self.printers.value(), self.copies.value())

    def say(self, text: str) -> None:
        """Words in place of the paper, until it is made."""
        self._ready = False
        self.outcome.hide()
        self.trouble.hide()
        self.paper.say(text)
        self._fill()

    def show_pages(self, pages: Sequence[tuple[int, int, bytes]]) -> None:
        """The paper, made."""
        self._ready = True
        self.paper.show_pages(pages)
        self._fill()

    def ask_outcome(self) -> None:
        """The pages were handed to the printer: did they come out?"""
        self.trouble.hide()
        self.look.setChecked(False)
        self.outcome.show()
        self._fill()
        self.outcome.good.setFocus()

    def say_trouble(self, lead: str, text: str) -> None:
        """What hinders, and the same buttons again."""
        self.outcome.hide()
        self.look.setChecked(False)
        self._fill()
        self.trouble.say("bad", lead, text)
        self.trouble.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show what fits."""
        wide, looking = self.wide, self.look.isChecked()
        self.look.setVisible(not wide)
        self.look.setText(self.tr("回来") if looking else self.tr("看纸"))
        self.paper.setVisible(wide or looking)
        self._side.setVisible(wide or not looking)
        side = theme.em(SIDE)
        self._side.setMinimumWidth(side if wide else 0)
        self._side.setMaximumWidth(side if wide else ANY_WIDTH)

    def _scrolling(self) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.soft(6), 0)
        column.setSpacing(theme.soft(12))
        self.choices = QVBoxLayout()
        self.choices.setSpacing(theme.soft(12))
        column.addLayout(self.choices)
        self.machine = Card(self.tr("用哪台打印机"))
        self.printers = ChoiceGroup([])
        self.printers.set_label(self.tr("用哪台打印机"))
        self.machine.add(self.printers)
        row = QHBoxLayout()
        row.addWidget(words(self.tr("份数"), "body", "quiet"))
        self.copies = Stepper(1, least=1, most=MOST_COPIES, name=self.tr("打几份"))
        row.addWidget(self.copies)
        row.addStretch(1)
        self.machine.add(row)
        said = self.tr("这台电脑上还没有打印机。先记着，有了再打；也可以存成文件，带到镇里打。")
        self.no_printer = words(said, "body", "quiet", wrap=True)
        self.trouble, self.warning = Note("bad", ""), Confirm()
        self.trouble.hide()
        for part in (self.machine, self.no_printer, self.trouble, self.warning):
            column.addWidget(part)
        column.addStretch(1)
        return holder

    def _foot(self) -> QWidget:
        self.foot = QWidget()
        self.foot.setProperty("surface", "clear")
        row = FlowLayout(self.foot, theme.soft(12))
        self.save_button = Button(self.tr("存成文件"), "", "save")
        self.wait_button = Button(self.tr("先记着"), "", "wait")
        self.print_button = Button(self.tr("打印"), "", "print")
        self.save_button.clicked.connect(self.save_asked)
        self.wait_button.clicked.connect(self.wait_asked)
        self.print_button.clicked.connect(self.print_asked)
        for part in (self.save_button, self.wait_button, self.print_button):
            row.addWidget(part)
        return self.foot

    def _answered(self, yes: bool) -> None:
        self.outcome.hide()
        self._fill()
        self.came_out.emit(yes)

    def _fill(self) -> None:
        """Only what can be done now, and exactly one filled button."""
        self.foot.setVisible(not self.outcome.isVisibleTo(self))
        for part in (self.print_button, self.machine):
            part.setVisible(self._has_printer)
        for part in (self.wait_button, self.no_printer):
            part.setVisible(not self._has_printer)
        for button in (self.print_button, self.save_button, self.wait_button):
            button.setEnabled(self._ready)
        for button in (self.print_button, self.save_button):
            button.set_role("main" if button is self.primary else "")
        self.primary_changed.emit()
