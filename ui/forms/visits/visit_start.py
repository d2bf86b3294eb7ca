"""Whose door: a household found by typing, or one of those not yet visited this month."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.visits.visit_lists import Door
from app.domain.people.household import CLASSES
from ui import theme
from ui.widgets.rows import Row, RowList
from ui.widgets.search_box import SearchBox
from ui.widgets.words import words

PAUSE_MS = 120


class VisitStart(QWidget):
    """`asked(query)` after a short pause in typing; `chosen(household)` when a door is opened."""

    asked = Signal(str)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self.box = SearchBox(self.tr("姓名、拼音首字母、组、门牌号，如 jgy"), self.tr("去谁家"))
        self.line = words("", "body", "quiet", wrap=True)
        self.list = RowList(self.tr("去谁家"))
        column.addWidget(self.box)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(lambda: self.asked.emit(self.box.query()))
        self.box.asked.connect(lambda _query: self._pause.start())
        self.box.stepped_in.connect(self._enter)
        self.box.confirmed.connect(self._take_first)
        self.list.opened.connect(self.chosen)
        self.list.left_up.connect(self.box.setFocus)
        self.setFocusProxy(self.box)

    def show_doors(self, query: str, doors: tuple[Door, ...], total: int) -> None:
        """Show what was found for `query`; an answer to an older question is dropped."""
        if query != self.box.query():
            return
        self.list.set_rows([self._row(one) for one in doors], keep=False)
        self.list.setVisible(bool(doors))
        more = total - len(doors)
        if not query:
            said = (
                self.tr("该去的 {n} 户，先去的在前").format(n=total)
                if total
                else self.tr("该去的都去过了。要去别家，输名字找。")
            )
        elif not doors:
            said = self.tr("没有叫 {query} 的。少打一个字再试。").format(query=query)
        else:
            said = self.tr("还有 {n} 户，再多打一个字").format(n=more) if more > 0 else ""
        self.line.setText(said)
        self.line.setVisible(bool(said))

    def _row(self, one: Door) -> Row:
        chip = CLASSES.get(one.classes[0], "") if one.classes else ""
        return Row(one.household, one.title, f"{one.place} · {one.note}", avatar=one.title[0], chip=chip)

    def _enter(self) -> None:
        if self.list.choose_first():
            self.list.setFocus()

    def _take_first(self) -> None:
        if self.list.choose_first():
            self.chosen.emit(self.list.current_key())
