"""打印: what waits for a printer or for a word whether it came out, and printing for many at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.checklists.print_job import PrintJob
from ui import notices
from ui.forms.checklists.print_queue import PrintQueue
from ui.forms.checklists.queue_flow import QueueFlow
from ui.forms.checklists.together_choose import TogetherChoose
from ui.forms.checklists.together_flow import TogetherFlow
from ui.forms.checklists.together_pick import TogetherPick
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets.words import Button


class PrintingPage(Page):
    """`open()` shows the queue, `together=True` begins with the choice of a matter and a group."""

    title = "打印"

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self.stack = QStackedWidget()
        self.queue, self.choose, self.pick = PrintQueue(), TogetherChoose(), TogetherPick()
        for part in (self.queue, self.choose, self.pick):
            self.stack.addWidget(part)
        self.body.addWidget(self.stack, 1)
        self.flow = QueueFlow(self.queue, self.run)
        self.together = TogetherFlow(self.choose, self.pick, self.run)
        self.back_button = Button(self.tr("所有清单"), "", "left")
        self.left.addWidget(self.back_button)
        self.together_button = Button(self.tr("给多人一起打"), "", "people")
        self.right.addWidget(self.together_button)
        self._connect()

    def open(self, **params: Any) -> None:
        """Go to the queue, or to the choice for many."""
        self.clear_problems()
        if params.get("together"):
            self._stand(self.choose, self.tr("给多人一起打"))
            self.together.begin()
        else:
            self._stand(self.queue, self.tr("打印"))
            if self.flow.sending.running:
                self.flow.refresh()
            else:
                self.flow.show()

    def refresh(self) -> None:
        """Records changed: ask again, unless papers are going out."""
        if self.stack.currentWidget() is self.queue and not self.flow.sending.running:
            self.flow.refresh()

    def _connect(self) -> None:
        self.back_button.clicked.connect(lambda: self.navigate.emit("checklists", {}))
        self.together_button.clicked.connect(lambda: self.open(together=True))
        self.together.picking.connect(lambda: self._stand(self.pick, self.choose.words()))
        self.together.asked.connect(self._asked)
        self.pick.back.connect(lambda: self.open(together=True))
        for part in (self.queue, self.pick):
            part.primary_changed.connect(self._show_primary)

    def _stand(self, part: QWidget, title: str) -> None:
        self.stack.setCurrentWidget(part)
        self.set_title(title)
        self.together_button.setVisible(part is self.queue)
        self._show_primary()

    def _show_primary(self) -> None:
        now = self.stack.currentWidget()
        self.primary = self.queue.primary if now is self.queue else now.go_button

    def _asked(self, jobs: tuple[PrintJob, ...], name: str, chosen: QPrinter | None) -> None:
        """Papers wait: they go out at once where there is a printer that is free."""
        self._stand(self.queue, self.tr("打印"))
        if self.flow.sending.running:
            notices.saved(self.tr("记下了，排在后面。"))
        elif self.pick.has_printer:
            self.flow.send(list(jobs), name, chosen)
        else:
            notices.saved(self.tr("记下了。有了打印机，到「打印」里打。"))
        self.flow.refresh()
