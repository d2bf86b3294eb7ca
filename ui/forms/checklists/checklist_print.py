"""Before it goes on paper: what would make the trip vain, the paper itself, and then the printer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.actions.checklists.checklists import Lookover
from app.domain.checklists.preflight import Trap
from ui.forms.checklists.plan_row import PlanRow
from ui.forms.checklists.trap_list import TrapList
from ui.forms.papers.paper_face import PaperFace
from ui.widgets.banner import Note
from ui.widgets.words import Button


class ChecklistPrint(PaperFace):
    """A PaperFace with what was found on looking the list over: `mend(trap)`, `planned(day)`. What lacks a
    window, a phone or hours is printed only as a draft."""

    mend = Signal(object)
    planned = Signal(object)

    def __init__(self) -> None:
        super().__init__(forms=True, looks=True)
        self.over: Lookover | None = None
        self.refusal = Note("bad", "")
        self.mend_button = Button(self.tr("问到了，去填"), "main")
        self.mend_button.clicked.connect(lambda: self.mend.emit(self._first_gap()))
        self.refusal.add_button(self.mend_button)
        self.traps = TrapList()
        self.traps.mend.connect(self.mend)
        self.plan = PlanRow()
        self.plan.planned.connect(self.planned)
        for part in (self.refusal, self.plan, self.traps):
            self.choices.addWidget(part)
        self.refusal.hide()

    @property
    def primary(self) -> Button:
        """The one filled button, by what can be done now."""
        usual = super().primary
        if usual is self.outcome.good:
            return usual
        if self._first_gap() is not None:
            return self.mend_button
        return self.draft_button if usual is self.print_button and not self.may_print else usual

    def more(self) -> Sequence[Button]:
        """A draft may always be printed, for herself."""
        self.draft_button = Button(self.tr("只打草稿"))
        self.draft_button.clicked.connect(lambda: self.print_asked.emit(True))
        return (self.draft_button,)

    def show_list(self, over: Lookover) -> None:
        """Show what was found."""
        self._say_refusal(over)
        self.print_button.setText(self.tr("打给{name}").format(name=over.checklist.called))
        self.follow(over)

    def follow(self, over: Lookover) -> None:
        """The day was changed: look again; printer and focus stay as they are."""
        self.over, self.may_print = over, over.may_print
        self.traps.show_traps(over.traps)
        self.plan.show_plan(over)
        self.fill()

    def fill(self) -> None:
        """The draft goes where the printer is."""
        super().fill()
        self.draft_button.setVisible(self.has_printer)
        self.draft_button.setEnabled(self.ready)
        self.mend_button.set_role("main" if self.primary is self.mend_button else "")

    def _first_gap(self) -> Trap | None:
        traps = self.over.traps if self.over is not None and not self.may_print else ()
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
