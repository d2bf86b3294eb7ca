"""Work beside its paper where both fit; where they do not, the paper stands behind the button 「看纸」."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.paper_view import PaperView, Picture
from ui.widgets.words import Button, words

WIDE = 48  # characters of width from which two panes stand side by side
PAPER_WIDTH = 374
ANY_WIDTH = 16_777_215


class PaperPane(QWidget):
    """`main` beside the paper. Whoever holds the pane places `look` and shows it while not `wide`.

    `roomy` gives the paper half of the width and begins as near as can be read; else it is shown whole in a
    narrow column.
    """

    fitted = Signal(bool)

    def __init__(self, main: QWidget, title: str, *, roomy: bool = False) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._roomy = roomy
        self.look = Button(self.tr("看纸"), "", "eye")
        self.look.setCheckable(True)
        self.paper = PaperView(self.tr("打出来的样子"))
        self.number = words("", "body", "quiet")
        self._main, self._side = main, QWidget()
        self._side.setProperty("surface", "clear")
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(6))
        head = QHBoxLayout()
        self.title = words(title, "section")
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.number)
        column.addLayout(head)
        column.addWidget(self.paper, 1)
        column.addWidget(self._turning())
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.soft(16))
        across.addWidget(main, 1)
        across.addWidget(self._side, 1 if roomy else 0)
        self.look.toggled.connect(lambda _on: self.fit())
        self.paper.turned.connect(lambda _page: self.count())
        self.paper.zoomed.connect(self.count)
        if roomy:
            self.paper.zoom(1)
        self.fit()

    def _turning(self) -> QWidget:
        """Buttons to turn pages and come nearer, for whoever has no keyboard under her hand."""
        self.turning = QWidget()
        self.turning.setProperty("surface", "clear")
        row = FlowLayout(self.turning, theme.soft(6))
        self.earlier = Button(self.tr("上一张"), "small", "left")
        self.later = Button(self.tr("下一张"), "small", "right", after=True)
        self.larger = Button(self.tr("放大"), "small", "plus")
        self.smaller = Button(self.tr("缩小"), "small", "minus")
        self.earlier.clicked.connect(lambda: self.paper.turn_to(self.paper.page - 1))
        self.later.clicked.connect(lambda: self.paper.turn_to(self.paper.page + 1))
        self.larger.clicked.connect(lambda: self.paper.nearer(1))
        self.smaller.clicked.connect(lambda: self.paper.nearer(-1))
        for button in (self.earlier, self.later, self.larger, self.smaller):
            row.addWidget(button)
        self.turning.hide()
        return self.turning

    @property
    def wide(self) -> bool:
        """True when both stand side by side."""
        return self.width() / theme.em(21.3) >= WIDE

    def show_pages(self, pages: Sequence[Picture], page: int | None = None) -> None:
        """The pages as they would be printed; `page` is turned to, else the one in sight stays."""
        self.paper.show_pages(pages)
        if page is not None:
            self.paper.turn_to(min(page, max(0, len(pages) - 1)))
        self.count()

    def say(self, text: str) -> None:
        """Words in place of the paper."""
        self.paper.say(text)
        self.count()

    def say_sending(self, page: int, pages: int) -> None:
        """Which page is on its way to the printer."""
        self.number.setText(self.tr("正在送第 {n} 张，共 {total} 张").format(n=page, total=pages))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters may leave room for one pane only."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_side"):
            self.fit()

    def fit(self) -> None:
        """Show what fits."""
        wide, behind = self.wide, not self.wide and self.look.isChecked()
        self._side.setVisible(wide or behind)
        self._main.setVisible(not behind)
        column = not behind and not self._roomy
        self._side.setMinimumWidth(theme.soft(PAPER_WIDTH) if column else 0)
        self._side.setMaximumWidth(theme.soft(PAPER_WIDTH) if column else ANY_WIDTH)
        self.look.setText(self.tr("回来") if behind else self.tr("看纸"))
        self.fitted.emit(wide)

    def count(self) -> None:
        """Say which page is in sight, and what can be done with it."""
        total, page = self.paper.page_count(), self.paper.page
        said = self.tr("第 {n} 张，共 {total} 张").format(n=page + 1, total=total)
        self.number.setText(said if total else "")
        self.turning.setVisible(total > 1 or (self._roomy and total > 0))
        for button in (self.earlier, self.later):
            button.setVisible(total > 1)
        for button, by in ((self.larger, 1), (self.smaller, -1)):
            button.setVisible(self._roomy)
            button.setEnabled(self.paper.can_zoom(by))
        self.earlier.setEnabled(page > 0)
        self.later.setEnabled(page < total - 1)
