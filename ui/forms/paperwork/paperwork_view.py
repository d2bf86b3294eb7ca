"""Application papers on the screen: what is chosen, the very papers beside it, and the printer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.paperwork.paperwork import Wanted
from ui import theme
from ui.forms.checklists.paper_pane import PaperPane
from ui.forms.outcome_card import OutcomeCard
from ui.forms.paperwork.paperwork_choice import PaperworkChoice
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.scroll import scrolled
from ui.widgets.stepper import Stepper
from ui.widgets.words import Button, words

MOST_NAMED = 2
OTHER = "other"


class PaperworkView(QWidget):
    """`look_asked`, `print_asked(printer, copies)`, `save_asked`, `came_out(yes)`.

    An empty printer name asks for the system's own dialog. Nothing is printed that was not looked at first.
    """

    look_asked = Signal()
    print_asked = Signal(str, int)
    save_asked = Signal()
    came_out = Signal(bool)
    primary_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._made, self._has_printer = False, False
        main = QWidget()
        main.setProperty("surface", "clear")
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.choice = PaperworkChoice()
        self.trouble = Note("bad", "")
        self.trouble.hide()
        self.outcome = OutcomeCard()
        self.outcome.answered.connect(self._answered)
        self.area = scrolled(self._scrolling())  # held here: Python would let go of what only a layout holds
        column.addWidget(self.area, 1)
        column.addWidget(self.outcome)
        column.addWidget(self._foot())
        self.pane = PaperPane(main, self.tr("打出来的样子"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pane, 1)

    @property
    def primary(self) -> Button:
        """The one filled button: make, then print or save."""
        if self.outcome.isVisibleTo(self):
            return self.outcome.good
        if not self._made:
            return self.make_button
        return self.print_button if self._has_printer else self.save_button

    def wanted(self) -> Wanted:
        """What is chosen now."""
        return self.choice.wanted()

    def show_printers(self, printers: Sequence[str]) -> None:
        """Which printers there are."""
        self._has_printer = bool(printers)
        others = [(OTHER, self.tr("别的打印机"))] if len(printers) > MOST_NAMED else []
        self.printers.set_options([(name, name) for name in printers[:MOST_NAMED]] + others)
        self.printers.set_value(printers[0] if printers else "")
        self._fill()

    def stale(self) -> None:
        """Something else was chosen: what was made before is not it."""
        self._made = False
        self.pane.show_pages(())
        self.pane.paper.say(self.tr("选好了，点「做出来看看」。"))
        self.trouble.hide()
        self.outcome.hide()
        self._fill()

    def show_pages(self, pages: Sequence[tuple[int, int, bytes]]) -> None:
        """The papers, made."""
        self._made = True
        self.pane.show_pages(pages, 0)
        self._fill()
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self.machine))
        if not self.pane.wide:
            self.pane.look.setChecked(True)
        else:
            self.primary.setFocus()  # what had it is gone; the next thing to do is print

    def ask_outcome(self) -> None:
        """The pages were handed to the printer: did they come out?"""
        self.trouble.hide()
        self.pane.look.setChecked(False)
        self.outcome.show()
        self._fill()
        self.outcome.good.setFocus()

    def silent(self) -> None:
        """M-14: the same buttons stand again, to print once more or to save a file."""
        self.outcome.hide()
        self.pane.look.setChecked(False)
        self._fill()
        said = self.tr("材料还在，不用重做。再打一次，或存成文件带去打。")
        self.trouble.say("bad", self.tr("打印机没反应。看看电源和纸。"), said)
        self.trouble.show()
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self.trouble))

    def _scrolling(self) -> QWidget:
        """What is chosen, and below it the printers once there is something to print."""
        holder = QWidget()
        holder.setProperty("surface", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.soft(8), 0)
        column.setSpacing(theme.soft(10))
        self.machine = Card(self.tr("用哪台打印机"))
        self.printers = ChoiceGroup([])
        self.printers.set_label(self.tr("用哪台打印机"))
        self.machine.add(self.printers)
        said = self.tr("这台电脑上还没有打印机。存成文件，用 U 盘带到镇里打。")
        self.no_printer = words(said, "body", "quiet", wrap=True)
        for part in (self.choice, self.machine, self.no_printer, self.trouble):
            column.addWidget(part)
        column.addStretch(1)
        return holder

    def _foot(self) -> QWidget:
        self.foot = QWidget()
        self.foot.setProperty("surface", "clear")
        row = FlowLayout(self.foot, theme.soft(12))
        self.many = words(self.tr("份数"), "body", "quiet")
        self.copies = Stepper(1, least=1, most=20, name=self.tr("打几份"))
        self.make_button = Button(self.tr("做出来看看"), "main", "eye")
        self.save_button = Button(self.tr("存成文件"), "", "save")
        self.print_button = Button(self.tr("打印"), "", "print")
        self.make_button.clicked.connect(self.look_asked)
        self.save_button.clicked.connect(self.save_asked)
        self.print_button.clicked.connect(self._print)
        for part in (self.many, self.copies, self.save_button, self.print_button, self.make_button):
            row.addWidget(part)
        return self.foot

    def _print(self) -> None:
        self.trouble.hide()
        name = self.printers.value()
        self.print_asked.emit("" if name == OTHER else name, self.copies.value())

    def _answered(self, yes: bool) -> None:
        self.outcome.hide()
        self._fill()
        self.came_out.emit(yes)

    def _fill(self) -> None:
        """Only what can be done now, and exactly one filled button."""
        asking = self.outcome.isVisibleTo(self)
        self.foot.setVisible(not asking)
        self.make_button.setVisible(not self._made)
        self.save_button.setVisible(self._made)
        for part in (self.print_button, self.machine, self.many, self.copies):
            part.setVisible(self._made and self._has_printer)
        self.no_printer.setVisible(self._made and not self._has_printer)
        for button in (self.make_button, self.save_button, self.print_button):
            button.set_role("main" if button is self.primary else "")
        self.primary_changed.emit()
