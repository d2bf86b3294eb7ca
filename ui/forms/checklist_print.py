"""Before it goes on paper: what would make the trip vain, the paper itself, and then the printer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.checklists import Lookover
from app.domain.preflight import Trap
from ui import theme
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.paper_view import PaperView
from ui.widgets.scroll import scrolled
from ui.widgets.stepper import Stepper
from ui.widgets.words import Button, Icon, words


class ChecklistPrint(QWidget):
    """`print_asked(draft, printer, copies)`, `save_asked(draft)`, `came_out(yes)`, `mend(trap)`, `back`.

    An empty printer name asks for the system's own dialog.
    """

    print_asked = Signal(bool, str, int)
    save_asked = Signal(bool)
    came_out = Signal(bool)
    mend = Signal(object)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._over: Lookover | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.soft(16))
        self.paper = PaperView(self.tr("打出来的样子"))
        across.addWidget(self.paper, 1)
        across.addLayout(self._side(), 1)

    def show_list(self, over: Lookover, printers: Sequence[str]) -> None:
        """Show what was found and which printers there are."""
        self._over = over
        self._show_traps(over)
        self.printers.set_options([(name, name) for name in printers[:3]] or [("", self.tr("选打印机"))])
        self.printers.set_value(printers[0] if printers else "")
        self.no_printer.setVisible(not printers)
        name = over.checklist.called
        self.print_button.setText(self.tr("打给{name}").format(name=name))
        self.print_button.setEnabled(over.may_print)
        self.print_button.setVisible(over.may_print)
        self.asking.hide()

    def ask_outcome(self) -> None:
        """The pages were handed to the printer: did they come out?"""
        self.asking.show()
        self.good.setFocus()

    def silent(self) -> None:
        """M-14."""
        self.asking.hide()
        self.trouble.say("bad", self.tr("打印机没反应。看看电源和纸。"), self.tr("单子还在，不用重做。"))
        self.trouble.show()

    def _side(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.soft(12))
        self.traps = Card(self.tr("打之前看一眼"))
        self.trap_area = scrolled(QWidget())
        self.traps.add(self.trap_area)
        column.addWidget(self.traps, 1)
        self.trouble = Note("bad", "")
        self.trouble.hide()
        column.addWidget(self.trouble)
        column.addWidget(self._asking())
        column.addWidget(self._machine())
        foot = QHBoxLayout()
        foot.setSpacing(theme.soft(12))
        self.back_button = Button(self.tr("回去改"), "", "left")
        self.save_button = Button(self.tr("存成文件"), "text", "save")
        self.draft_button = Button(self.tr("只打草稿"), "", "print")
        self.print_button = Button("", "main", "print")
        self.back_button.clicked.connect(self.back)
        self.save_button.clicked.connect(lambda: self.save_asked.emit(not self._public()))
        self.draft_button.clicked.connect(lambda: self._print(True))
        self.print_button.clicked.connect(lambda: self._print(False))
        for button in (self.back_button, self.save_button, self.draft_button):
            foot.addWidget(button)
        foot.addWidget(self.print_button, 1)
        column.addLayout(foot)
        return column

    def _machine(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.printers = ChoiceGroup([])
        self.printers.set_label(self.tr("用哪台打印机"))
        self.copies = Stepper(1, least=1, most=20, name=self.tr("打几份"))
        row.addWidget(self.printers, 1)
        row.addWidget(words(self.tr("份数"), "body", "quiet"))
        row.addWidget(self.copies)
        card.add(row)
        said = self.tr("这台电脑上还没有打印机。可以存成文件，带到镇里打。")
        self.no_printer = words(said, "body", "quiet", wrap=True)
        card.add(self.no_printer)
        return card

    def _asking(self) -> Card:
        self.asking = Card(self.tr("打出来了吗？"))
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.good = Button(self.tr("打好了"), "primary", "check")
        self.bad = Button(self.tr("没出来"))
        self.good.clicked.connect(lambda: self.came_out.emit(True))
        self.bad.clicked.connect(lambda: self.came_out.emit(False))
        row.addWidget(self.good)
        row.addWidget(self.bad)
        row.addStretch(1)
        self.asking.add(row)
        self.asking.hide()
        return self.asking

    def _print(self, draft: bool) -> None:
        self.trouble.hide()
        self.print_asked.emit(draft, self.printers.value(), self.copies.value())

    def _public(self) -> bool:
        return self._over is not None and self._over.may_print

    def _show_traps(self, over: Lookover) -> None:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.soft(8), 0)
        column.setSpacing(theme.soft(12))
        if over.pack_expired:
            said = self.tr("政策包过期了，数字可能旧了。只能打草稿。")
            column.addWidget(words(said, "body", "bad", wrap=True))
        for trap in over.traps:
            column.addWidget(self._trap(trap))
        if not over.traps and not over.pack_expired:
            row = QHBoxLayout()
            row.addWidget(Icon("check", 30, "ok"))
            row.addWidget(words(self.tr("会白跑的 20 样都看过了，没有问题。"), "strong", "ok", wrap=True), 1)
            column.addLayout(row)
        column.addStretch(1)
        self.trap_area.setWidget(holder)

    def _trap(self, trap: Trap) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(10))
        row.addWidget(Icon("warn", 26, "warn"))
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(words(trap.words, "strong", wrap=True))
        said.addWidget(words(trap.do, "body", "quiet", wrap=True))
        row.addLayout(said, 1)
        if trap.step is not None and trap.field.startswith("place"):
            button = Button(self.tr("去填"))
            button.clicked.connect(lambda: self.mend.emit(trap))
            row.addWidget(button)
        return holder
