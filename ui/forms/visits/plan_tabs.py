"""The tabs above the plan of visits, with how much stands in each."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.widgets.choice import ChoiceGroup

DUE, TODAY, DRAFTS, DONE, COVER = "due", "today", "drafts", "done", "cover"


class PlanTabs(ChoiceGroup):
    """`tab()` is the one in sight; pressing it once more leaves it in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([], parent=parent)
        self._tab = DUE
        self.say(0, 0)
        self.set_value(DUE)

    def say(self, due: int, today: int) -> None:
        """How many are due, and how many stand on today's list."""
        named = ((DUE, self.tr("该去的"), due), (TODAY, self.tr("今天的单子"), today))
        tabs = [(key, f"{name} {count}" if count else name) for key, name, count in named]
        rest = [(DRAFTS, self.tr("没写完的")), (DONE, self.tr("去过的")), (COVER, self.tr("去了多少"))]
        self.set_options([*tabs, *rest])
        self.set_label(self.tr("看哪些走访"))

    def tab(self) -> str:
        """The one in sight."""
        if not self.value():
            self.set_value(self._tab)
        self._tab = self.value()
        return self._tab
