"""The left of the households page: find a person as you type, or leaf through the groups of the village."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.village.finding import Find, Findings, Group
from ui import theme
from ui.forms.find_row import find_row
from ui.widgets.rows import Row, RowList
from ui.widgets.search_box import SearchBox
from ui.widgets.words import Button, words

PAUSE_MS = 100
GROUP, BACK = "group:", "groups"


class HouseholdList(QWidget):
    """`asked(query)` after a short pause in typing, `group_asked(name)` ("" for all groups),
    `chosen(record)` for a person or household, `new_asked(name)`, `import_asked()`.
    """

    asked = Signal(str)
    group_asked = Signal(str)
    chosen = Signal(str)
    new_asked = Signal(str)
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self.box = SearchBox(self.tr("姓名、首字母、尾号、组"), self.tr("找住户"))
        self.count = words("", "body", "quiet")
        self.count.setParent(self.box)
        self.list = RowList(self.tr("找到的住户"))
        self.line = words("", "body", "quiet", wrap=True)
        self.new = Button(self.tr("没找到，新建一户"), "", "plus")
        self.roster = Button(self.tr("从表格导入"), "text", "folder")
        column.addWidget(self.box)
        column.addWidget(self.list, 1000)
        column.addWidget(self.line)
        column.addWidget(self.new)
        column.addWidget(self.roster, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)  # where nothing was found no empty frame is shown
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._connect()

    def show_found(self, query: str, people: Findings, homes: Findings) -> None:
        """What `query` found: people, and households where it names a place, a class or a tag."""
        by_name = any(find.mark or "尾 " in find.note for find in people.shown)
        first, second = (people, homes) if by_name or not homes.shown else (homes, people)
        rows = [find_row(find) for find in first.shown]
        if first.shown and second.shown:
            names = {"person": self.tr("人"), "household": self.tr("户")}
            heads = [names[one.shown[0].kind] for one in (first, second)]
            rows = [Row(f"heading:{heads[0]}", heads[0], heading=True), *rows]
            rows += [Row(f"heading:{heads[1]}", heads[1], heading=True), *map(find_row, second.shown)]
        else:
            rows += [find_row(find) for find in second.shown]
        count = self.tr("{n} 人").format(n=people.total) if people.total else ""
        more = people.more + homes.more
        if not rows:
            line = self.tr("没有叫 {query} 的。少打一个字再试。").format(query=query)
        elif people.namesakes and by_name:
            line = self.tr("同名 {n} 人，看清组和门牌号").format(n=people.namesakes)
        else:
            line = self.tr("还有 {n} 个，再多打一个字").format(n=more) if more else ""
        self._fill(rows, count, line)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """The village group by group, before anything is typed."""
        rows = []
        for group in groups:
            many = self.tr("{n} 户").format(n=group.households)
            on = self.tr(" · 在册 {n} 户").format(n=group.registered) if group.registered else ""
            chip = many if theme.current().size is theme.Size.EXTRA else ""
            rows.append(Row(f"{GROUP}{group.name}", group.name, many + on, icon="home", chip=chip))
        self._fill(rows)
        self.new.setText(self.tr("没找到，新建一户") if rows else self.tr("新建一户"))

    def show_group(self, name: str, homes: Sequence[Find]) -> None:
        """The households of one group by door number."""
        back = Row(BACK, self.tr("回到所有的组"), icon="left")
        rows = [back, Row(f"heading:{name}", name, heading=True), *map(find_row, homes)]
        self._fill(rows, self.tr("{n} 户").format(n=len(homes)))

    def search_for(self, query: str) -> None:
        """Put `query` into the box and ask at once."""
        self.box.setText(query)
        self._pause.stop()
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the count at the right end of the box."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._place_count)

    def changeEvent(self, event: QEvent) -> None:
        """The count grows with the letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_pause"):
            self._place_count()

    def _connect(self) -> None:
        self.box.asked.connect(lambda _query: self._pause.start())
        self._pause.timeout.connect(self._ask)
        self.box.stepped_in.connect(self._enter)
        self.box.confirmed.connect(self._open_first)
        self.list.left_up.connect(self.box.setFocus)
        self.list.opened.connect(self._open)
        self.new.clicked.connect(lambda: self.new_asked.emit(self.box.text().strip()))
        self.roster.clicked.connect(self.import_asked)

    def _ask(self) -> None:
        self.asked.emit(self.box.query())

    def _enter(self) -> None:
        if self.list.current_key() or self.list.choose_first():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_first(self) -> None:
        if self.list.choose_first():
            self._open(self.list.current_key())

    def _open(self, key: str) -> None:
        if key == BACK:
            self.group_asked.emit("")
        elif key.startswith(GROUP):
            self.group_asked.emit(key.removeprefix(GROUP))
        else:
            self.chosen.emit(key)

    def _fill(self, rows: Sequence[Row], count: str = "", line: str = "") -> None:
        before = [row.key for row in self.list.rows()]
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        if before != [row.key for row in rows]:  # the same rows again keep their place
            self.list.verticalScrollBar().setValue(0)
        self.line.setText(line)
        self.line.setVisible(bool(line))
        self.count.setText(count)
        self._place_count()

    def _place_count(self) -> None:
        self.count.adjustSize()
        right = self.box.width() - self.count.width() - theme.soft(14)
        self.count.move(right, (self.box.height() - self.count.height()) // 2)
