"""Before it goes on paper: what would make the trip vain, the paper itself, and then the printer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.checklists.checklists import Lookover
from app.domain.checklists.preflight import Trap
from ui import theme
from ui.forms.checklists.paper_pane import PaperPane
from ui.forms.checklists.plan_row import PlanRow
from ui.forms.checklists.print_options import PrintOptions
from ui.forms.checklists.trap_list import TrapList
from ui.forms.outcome_card import OutcomeCard
from ui.widgets.banner import Note
from ui.widgets.confirm import Confirm
from ui.widgets.scroll import scrolled
from ui.widgets.words import Button, words


class ChecklistPrint(QWidget):
    """`print_asked(draft)` with the `options` chosen, `wait_asked(draft)` to print when there is a printer,
    `save_asked(draft)`, `came_out(yes)`, `mend(trap)`, `back`, `planned(day)`, `looks_changed` when the pages
    are others."""

    print_asked = Signal(bool)
    wait_asked = Signal(bool)
    save_asked = Signal(bool)
    looks_changed = Signal()
    came_out = Signal(bool)
    mend = Signal(object)
    back = Signal()
    planned = Signal(object)
    primary_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self.over: Lookover | None = None
        main = QWidget()
        main.setProperty("surface", "clear")
        self._lay_out(main)
        self.pane = PaperPane(main, self.tr("打出来的样子"))
        self.paper = self.pane.paper
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        column.addWidget(self.pane, 1)

    @property
    def primary(self) -> Button:
        """The one filled button, by what can be done now."""
        if self.outcome.isVisibleTo(self):
            return self.outcome.good
        if self._first_gap() is not None:
            return self.mend_button
        if not self._has_printer:
            return self.save_button
        return self.print_button if self._public() else self.draft_button

    def show_list(self, over: Lookover, printers: Sequence[str], remembered: str = "") -> None:
        """Show what was found and which printers there are, the one `remembered` first."""
        self.over, self._has_printer = over, bool(printers)
        self.trouble.hide()
        self.warning.hide()
        self._say_refusal(over)
        self.traps.show_traps(over.traps)
        self.plan.show_plan(over)
        self.options.offer(printers, remembered)
        self.no_printer.setVisible(not printers)
        self.wait_button.setVisible(not printers)
        self.print_button.setText(self.tr("打给{name}").format(name=over.checklist.called))
        self.print_button.setEnabled(over.may_print)
        for button in (self.draft_button, self.print_button):
            button.setVisible(bool(printers))
        self._end_asking()

    def follow(self, over: Lookover) -> None:
        """The day was changed: look again; printer and focus stay as they are."""
        self.over = over
        self.traps.show_traps(over.traps)
        self.plan.show_plan(over)
        self._fill()

    def ask_outcome(self) -> None:
        """The pages were handed to the printer: did they come out?"""
        self.trouble.hide()
        self.foot.hide()
        self.outcome.show()
        self._fill()
        self.outcome.good.setFocus()

    def silent(self, why: str = "") -> None:
        """M-14: the same buttons stand again, to print once more or to save a file."""
        self._end_asking()
        said = self.tr("单子记在「打印」里，不会丢。再打一次，或存成文件带去打。")
        self.trouble.say("bad", why or self.tr("打印机没反应。看看电源和纸。"), said)
        self.trouble.show()

    def _lay_out(self, main: QWidget) -> None:
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.refusal = Note("bad", "")
        self.mend_button = Button(self.tr("问到了，去填"), "main")
        self.mend_button.clicked.connect(lambda: self.mend.emit(self._first_gap()))
        self.refusal.add_button(self.mend_button)
        self.traps = TrapList()
        self.traps.mend.connect(self.mend)
        self.trouble = Note("bad", "")
        self.outcome = OutcomeCard()
        self.outcome.answered.connect(self._answered)
        self.warning = Confirm()
        for part in (self.refusal, self.trouble, self.warning):
            column.addWidget(part)
        self.plan = PlanRow()
        self.plan.planned.connect(self.planned)
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, theme.soft(8), 0)
        inside.setSpacing(theme.soft(10))
        for card in (self.plan, self.traps):
            inside.addWidget(card)
        inside.addStretch(1)
        column.addWidget(scrolled(inside), 1)
        column.addWidget(self.outcome)
        column.addWidget(self._foot())
        for later in (self.refusal, self.trouble, self.outcome, self.no_printer):
            later.hide()

    def _foot(self) -> QWidget:
        self.foot = QWidget()
        self.foot.setProperty("surface", "clear")
        column = QVBoxLayout(self.foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self._has_printer = False
        self.options = PrintOptions()
        self.options.changed.connect(self.looks_changed)
        said = self.tr("这台电脑上还没有打印机。存成文件，用 U 盘带到镇里打；或先记着，有了再打。")
        self.no_printer = words(said, "body", "quiet", wrap=True)
        column.addWidget(self.options)
        column.addWidget(self.no_printer)
        column.addLayout(self._buttons())
        return self.foot

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.back_button = Button(self.tr("回去改"), "", "left")
        self.save_button = Button(self.tr("存成文件"), "", "save")
        self.draft_button = Button(self.tr("只打草稿"))
        self.print_button = Button("", "main", "print")
        self.back_button.clicked.connect(self.back)
        self.save_button.clicked.connect(lambda: self.save_asked.emit(not self._public()))
        self.draft_button.clicked.connect(lambda: self.print_asked.emit(True))
        self.print_button.clicked.connect(lambda: self.print_asked.emit(False))
        self.wait_button = Button(self.tr("先记着"), "", "wait")
        self.wait_button.clicked.connect(lambda: self.wait_asked.emit(not self._public()))
        for button in (self.back_button, self.wait_button, self.save_button, self.draft_button):
            row.addWidget(button)
        row.addWidget(self.print_button, 1)
        return row

    def _answered(self, yes: bool) -> None:
        self._end_asking()
        self.came_out.emit(yes)

    def _end_asking(self) -> None:
        self.outcome.hide()
        self.foot.show()
        self._fill()

    def _fill(self) -> None:
        """Exactly one filled button: the next thing to do."""
        for button in (self.mend_button, self.save_button, self.draft_button, self.print_button):
            button.set_role("main" if button is self.primary else "")
        self.primary_changed.emit()

    def _public(self) -> bool:
        return self.over is not None and self.over.may_print

    def _first_gap(self) -> Trap | None:
        traps = self.over.traps if self.over is not None and not self._public() else ()
        return next((one for one in traps if one.step is not None and one.field.startswith("place")), None)

    def _say_refusal(self, over: Lookover) -> None:
        self.refusal.setVisible(not over.may_print)
        self.mend_button.setVisible(bool(over.checklist.gaps))
        if over.checklist.gaps:
            lead = self.tr("还不能打给群众：{gap}。").format(gap=over.checklist.gaps[0])
            self.refusal.say("bad", lead, self.tr("问清填上再打，免得老人白跑。"))
        elif over.pack_expired:
            lead = self.tr("还不能打给群众：政策包过期了，数字可能旧了。")
            self.refusal.say("bad", lead, self.tr("等县里发来新的。眼下只能打草稿。"))
