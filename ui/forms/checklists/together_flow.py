"""For many at once: from the matter and the group to papers that wait for the printer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from app.actions.checklists import print_queue, print_together
from app.actions.checklists.print_together import Choices, Made, Paper, Standing
from app.actions.desk import Desk
from app.domain.checklists.print_job import PrintJob
from ui import printing
from ui.forms.checklists.together_choose import TogetherChoose
from ui.forms.checklists.together_pick import TogetherPick
from ui.forms.papers.print_options import OTHER
from ui.forms.papers.print_run import Run

MOST_NAMED = 3


class TogetherFlow(QObject):
    """Drives the two steps. `picking` when the second may be shown, `asked(jobs, printer name, printer)` when
    papers wait and may go out; the printer is the one she chose in the system's dialog, or None."""

    picking = Signal()
    asked = Signal(tuple, str, object)

    def __init__(self, choose: TogetherChoose, pick: TogetherPick, run: Run) -> None:
        super().__init__(pick)
        self._choose, self._pick, self._run = choose, pick, run
        self._item, self._group = "", ""
        choose.chosen.connect(self._chosen)
        pick.make.connect(self._make)
        pick.go.connect(self._go)

    def begin(self) -> None:
        """Ask what there is to choose from."""

        def asked(desk: Desk) -> tuple[Choices, str]:
            return print_together.choices(desk), print_queue.remembered(desk)

        self._run(asked, lambda told: self._offer(*told))

    def _offer(self, choices: Choices, remembered: str) -> None:
        self._choose.offer(choices)
        self._pick.offer(printing.printers(), remembered)

    def _chosen(self, item: str, group: str) -> None:
        self._item, self._group = item, group

        def show(papers: tuple[Paper, ...]) -> None:
            self._pick.show_papers(papers, fresh=True)
            self.picking.emit()

        self._run(lambda desk: print_together.papers(desk, item, group), show)

    def _make(self, wanted: list[Paper]) -> None:
        item, group = self._item, self._group

        def work(desk: Desk) -> tuple[Made, tuple[Paper, ...]]:
            return print_together.make(desk, wanted), print_together.papers(desk, item, group)

        self._run(work, lambda told: self._made(wanted, *told))

    def _made(self, wanted: list[Paper], made: Made, papers: tuple[Paper, ...]) -> None:
        self._pick.show_papers(papers, fresh=False)
        asked = {one.key for one in wanted}
        back = [one for one in papers if one.key in asked and one.standing is not Standing.READY]
        reasons = [*made.refused, *((one.name, one.why) for one in back)]
        if reasons:
            lead = self.tr("做好了 {n} 张。{back} 张先没选上，要看一眼。").format(
                n=made.count, back=len(reasons)
            )
            self._pick.say(lead, "\n".join(f"{name}：{why}" for name, why in reasons[:MOST_NAMED]))

    def _go(self, papers: list[Paper]) -> None:
        options, chosen = self._pick.options, None
        look = options.look()
        if options.printer() == OTHER:
            parent = self._pick.window()
            assert isinstance(parent, QWidget), "the view stands in a window"
            chosen = printing.choose(parent, self.tr("办事清单"), look)
            if chosen is None:
                return
            look = printing.as_chosen(chosen)
        layout = options.layout_of()
        lists = [one.checklist for one in papers]
        drafts = [one.checklist for one in papers if one.standing is Standing.DRAFT]

        def ask(desk: Desk) -> tuple[PrintJob, ...]:
            return print_queue.ask(desk, lists, look, layout=layout, drafts=drafts)

        self._run(ask, lambda jobs: self._asked(jobs, look.printer, chosen))

    def _asked(self, jobs: tuple[PrintJob, ...], name: str, chosen: QPrinter | None) -> None:
        self.asked.emit(jobs, name, chosen)
