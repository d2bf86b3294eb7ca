"""Today's list: the most pressing first, the walk through the village at its foot, or that all is done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.pressing import Entry, Press
from app.actions.today import Agenda
from ui import theme
from ui.widgets.empty import EmptyState
from ui.widgets.rows import Row, RowList
from ui.widgets.words import Button, Icon, words

CHIPS = {
    Press.URGENT: ("bad", "warn"),
    Press.OVERDUE: ("bad", "warn"),
    Press.TODAY: ("bad", "warn"),
    Press.SOON: ("warn", "wait"),
    Press.CHANGED: ("warn", "list"),
    Press.LOOK_IN: ("warn", "visit"),
    Press.CALL: ("info", "phone"),
    Press.VISIT: ("neutral", "today"),
    Press.RENEW: ("neutral", "info"),
}
MOST_GROUPS = 3
VERB_ICONS = {"去回话": "phone", "打电话": "phone", "去走访": "visit"}


class TodayList(QWidget):
    """`opened(entry)` for a row, `pressed(entry)` for the button of the first row, `empty_pressed()`, and
    `print_asked()` for the list of the day's visits."""

    opened = Signal(object)
    pressed = Signal(object)
    empty_pressed = Signal()
    print_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[str, Entry] = {}
        self._stops = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.list = RowList(self.tr("今天的事"))
        self.empty = EmptyState("check", "")
        self.empty.hide()
        self.foot = QWidget()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(theme.soft(4), 0, 0, 0)
        row.setSpacing(theme.soft(10))
        row.addWidget(Icon("visit", 24, "ink2"))
        self.route = words("", "body", "quiet", wrap=True)
        row.addWidget(self.route, 1)
        self.print_button = Button(self.tr("打今日单子"), "", "print")
        self.print_button.clicked.connect(self.print_asked)
        row.addWidget(self.print_button)
        self.foot.hide()
        column.addWidget(self.list, 100)
        column.addWidget(self.empty, 100)
        column.addWidget(self.foot)
        column.addStretch(1)
        self.setFocusProxy(self.list)
        self.list.opened.connect(lambda key: self.opened.emit(self._entries[key]))
        self.list.pressed.connect(lambda key: self.pressed.emit(self._entries[key]))
        self.empty.pressed.connect(self.empty_pressed)

    def show_agenda(self, agenda: Agenda) -> None:
        """Fill the list; the row that was current stays current while it is there."""
        self._entries = {_key(entry): entry for entry in agenda.entries}
        self.list.set_rows([self._row(place, entry) for place, entry in enumerate(agenda.entries)])
        if not self.list.current_key():
            self.list.choose_first()
        some = bool(agenda.entries)
        self.list.setVisible(some)
        self.empty.setVisible(not some)
        unseen = self.tr("该看的老人孩子 {n} 户超过一周没去").format(n=agenda.unseen) if agenda.unseen else ""
        if agenda.peopled:
            said, then = self.tr("今天的事都办完了。想去谁家看看？"), unseen or self.tr("去住户里挑一家")
        else:
            said, then = self.tr("还没有住户。导进花名册，该去谁家会自己排出来。"), self.tr("从表格导入")
        self.empty.say(said, then)
        self.empty.icon.show_icon("check" if agenda.peopled else "home")
        self._stops = agenda.stops
        walk = " → ".join(agenda.route[:MOST_GROUPS])
        many = len(agenda.route)
        etc = self.tr(" 等 {n} 个组").format(n=many) if many > MOST_GROUPS else ""
        self.route.setText(self.tr("路线：{walk}{etc}，{n} 户").format(walk=walk, etc=etc, n=agenda.stops))
        self._fit()

    def show_fault(self) -> None:
        """The list could not be worked out; why is said under the title."""
        self.list.hide()
        self.foot.hide()
        self.empty.say(self.tr("今日的单子没算出来。"), self.tr("再算一次"))
        self.empty.show()

    def changeEvent(self, event: QEvent) -> None:
        """Taller rows at larger letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "foot"):
            self._fit()

    def _fit(self) -> None:
        # At the largest letters every line of the list counts more than the walk.
        self.foot.setVisible(self._stops > 0 and theme.current().size is not theme.Size.EXTRA)
        self.list.setMaximumHeight(self.list.content_height() + 2)

    def _row(self, place: int, entry: Entry) -> Row:
        tone, icon = CHIPS[entry.press]
        first = place == 0
        return Row(
            _key(entry),
            self.tr("先做这件：{what}").format(what=entry.title) if first else entry.title,
            entry.detail,
            entry.who[:1],
            chip=entry.chip,
            tone=tone,
            chip_icon=icon,
            button=entry.verb if first else "",
            button_icon=VERB_ICONS.get(entry.verb, "right") if first else "",
        )


def _key(entry: Entry) -> str:
    return f"{entry.page}:{entry.record}:{entry.followup or entry.title}"
