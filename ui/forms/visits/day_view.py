"""今天的单子: the day's households in the order of the walk, to be moved, taken off and printed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.visits import stop_words
from app.actions.visits.plan_views import Walk
from app.domain.visits.plan import Stop
from ui import theme
from ui.forms.visits.plan_list import ICONS, TONES
from ui.widgets.empty import EmptyState
from ui.widgets.face_stack import FaceStack
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import Row, RowList
from ui.widgets.words import Button, words


class DayView(QWidget):
    """`pressed(household, purpose)` begins the visit, `moved(household, by)`, `removed(household)`,
    `sorted_asked`, `proposed_asked`, `print_asked(ISO day)`, `more_asked` (choose from what is due)."""

    pressed = Signal(str, str)
    moved = Signal(str, int)
    removed = Signal(str)
    sorted_asked = Signal()
    proposed_asked = Signal()
    print_asked = Signal(str)
    more_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self._walk: Walk | None = None
        self.lead = words("", "body", "quiet", wrap=True)
        self.list = RowList(self.tr("今天的单子"))
        self.list.opened.connect(self._begin)
        self.list.pressed.connect(self._begin)
        self.empty = EmptyState(
            "today", self.tr("今天的单子上还没有人。从该去的里面排几户。"), self.tr("看该去的")
        )
        self.empty.pressed.connect(self.more_asked)
        self.stack = FaceStack()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        column.addWidget(self.lead)
        column.addWidget(self.stack, 1)
        column.addWidget(self._foot())

    def show_walk(self, walk: Walk) -> None:
        """Fill in; the row in hand stays in hand, also when it was moved."""
        self._walk, day = walk, walk.day
        rows = [self._row(walk, number, one) for number, one in enumerate(day.order, 1)]
        self.list.set_rows(rows)
        if rows and not self.list.current_key():
            self.list.choose_first()
        self.stack.setCurrentWidget(self.list if rows else self.empty)
        if day.own:
            said = self.tr("{n} 户，去了 {done} 户。排好的顺序存好了。")
        else:
            said = self.tr("按急的先去、顺路排了 {n} 户。挪动或拿掉都行。")
        done = sum(one in day.done for one in day.order)
        self.lead.setText(said.format(n=len(rows), done=done))
        # At the largest letters every line of the list counts more.
        self.lead.setVisible(bool(rows) and theme.current().size is not theme.Size.EXTRA)
        self.foot.setVisible(bool(rows))
        self.again.setVisible(day.own)

    def _row(self, walk: Walk, number: int, household: str) -> Row:
        family = walk.plan.families[household]
        stop = walk.plan.stop(household) or Stop(household, ())
        done = household in walk.day.done
        why = stop_words.why(stop, family) if stop.todos or stop.appointment else self.tr("看看")
        return Row(
            household,
            f"{number}. {family.title}",
            f"{family.place} · {why}",
            avatar=family.title[:1],
            chip=self.tr("去过了") if done else stop_words.chip(stop, walk.today),
            tone="ok" if done else TONES[stop.stand(walk.today)],
            chip_icon="check" if done else ICONS[stop.stand(walk.today)],
            button="" if done else self.tr("去走访"),
            button_icon="" if done else "visit",
        )

    def _foot(self) -> QWidget:
        self.foot = QWidget()
        self.foot.setProperty("surface", "clear")
        row = FlowLayout(self.foot, theme.soft(10))
        self.earlier = Button(self.tr("早点去"), "", "up")
        self.later = Button(self.tr("晚点去"), "", "down")
        self.off = Button(self.tr("今天不去"))
        self.sort = Button(self.tr("按组排"))
        self.again = Button(self.tr("重新排"))
        self.print_button = Button(self.tr("打单子"), "main", "print")
        self.earlier.clicked.connect(lambda: self._move(-1))
        self.later.clicked.connect(lambda: self._move(1))
        self.off.clicked.connect(self._remove)
        self.sort.clicked.connect(self.sorted_asked)
        self.again.clicked.connect(self.proposed_asked)
        self.print_button.clicked.connect(self._print)
        for button in (self.earlier, self.later, self.off, self.sort, self.again, self.print_button):
            row.addWidget(button)
        return self.foot

    def _begin(self, household: str) -> None:
        stop = self._walk.plan.stop(household) if self._walk is not None else None
        self.pressed.emit(household, stop.purpose if stop is not None else "")

    def _print(self) -> None:
        if self._walk is not None:
            self.print_asked.emit(self._walk.today.isoformat())

    def _move(self, by: int) -> None:
        if key := self.list.current_key():
            self.moved.emit(key, by)

    def _remove(self) -> None:
        if key := self.list.current_key():
            self.removed.emit(key)
