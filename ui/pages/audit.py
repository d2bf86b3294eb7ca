"""操作记录: who did what to whom and when; for the officer and the auditor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.actions.auditing import Entry, entries
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets.empty import EmptyState
from ui.widgets.rows import Row, RowList
from ui.widgets.search_box import SearchBox

PAUSE_MS = 150


class AuditPage(Page):
    """The latest lines, newest first, narrowed by what is typed: a name, a deed, a day."""

    title = "操作记录"

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self.box = SearchBox(self.tr("找人、找事、找日子，如 全号、2026-11-20"), self.tr("找记录"))
        self.body.addWidget(self.box)
        self.stack = QStackedWidget()
        self.list = RowList(self.tr("操作记录"))
        self.empty = EmptyState("list", self.tr("没有这样的记录。少打一个字再找。"))
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.stack, 1)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.box.asked.connect(lambda _: self._pause.start())

    def refresh(self) -> None:
        """Ask the log again."""
        words = self.box.query()
        self.run(lambda desk: entries(desk, words=words), self._show)

    def _show(self, found: Sequence[Entry]) -> None:
        rows: list[Row] = []
        day = ""
        for number, one in enumerate(found):
            if day != (day := f"{one.at:%Y-%m-%d}"):
                rows.append(Row(f"day:{day}", day, heading=True))
            whom = f"：{one.whom}" if one.whom else ""
            rows.append(
                Row(str(number), f"{one.what}{whom}", f"{one.at:%H:%M} · {one.who}", avatar=one.who[:1])
            )
        self.list.set_rows(rows)
        self.stack.setCurrentWidget(self.list if rows else self.empty)
        self.set_title(self.tr("操作记录"), self.tr("{n} 条").format(n=len(found)))
