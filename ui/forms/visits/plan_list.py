"""该去的: the households of the plan by hamlet, and what of them is looked at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.visits import stop_words
from app.actions.visits.plan_views import EVERYTHING, KINDS, PRESSING, Walk
from app.domain.visits.duty import Stand
from app.domain.visits.plan import Stop
from ui import theme
from ui.widgets.choice import ChoiceGroup
from ui.widgets.empty import EmptyState
from ui.widgets.face_stack import FaceStack
from ui.widgets.rows import Row, RowList

TONES = {Stand.OVERDUE: "bad", Stand.SOON: "warn", Stand.OPEN: "neutral", Stand.DONE: "info"}
ICONS = {Stand.OVERDUE: "warn", Stand.SOON: "wait", Stand.OPEN: "today", Stand.DONE: "wait"}


class PlanList(QWidget):
    """`chosen(household)` for the current row, `opened(household)` by Enter or click, `pressed(household,
    purpose)` to begin a visit there; `else_asked` when nothing is left to do, `import_asked` where nobody
    is registered. Its holder places `kinds`."""

    chosen = Signal(str)
    opened = Signal(str)
    pressed = Signal(str, str)
    else_asked = Signal()
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._walk: Walk | None = None
        self.some, self._alone = False, False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self.kinds = ChoiceGroup([(EVERYTHING, self.tr("都看"))])
        self.kinds.set_value(EVERYTHING)
        self.kinds.changed.connect(self._turn)
        self.list = RowList(self.tr("该去的"))
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.list.pressed.connect(self._begin)
        self.empty = EmptyState("check", "", self.tr("去别家看看"))
        self.empty.pressed.connect(self._go_on)
        self.stack = FaceStack()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        column.addWidget(self.stack, 1)

    def show_walk(self, walk: Walk) -> None:
        """Fill in; what is looked at and the row in hand stay."""
        self._walk = walk
        counts = {key: len(walk.of(key)) for key in (EVERYTHING, PRESSING, *KINDS)}
        named = {EVERYTHING: self.tr("都看"), PRESSING: self.tr("急的")}
        named |= {key: words for key, (words, _) in KINDS.items()}
        before = self.kinds.value() or EVERYTHING
        offered = [key for key in named if counts[key] or key in (EVERYTHING, before)]
        self.kinds.set_options([(key, self._counted(named[key], counts[key])) for key in offered])
        self.kinds.set_value(before)
        self.kinds.set_label(self.tr("看哪些"))
        self.some = bool(walk.plan.stops)
        self._turn()

    def stand_alone(self, alone: bool) -> None:
        """With nothing beside it every row has its own button."""
        if alone != self._alone:
            self._alone = alone
            self._turn()

    def current(self) -> str:
        """The household in hand, "" when there is none."""
        return self.list.current_key()

    def changeEvent(self, event: QEvent) -> None:
        """At the largest letters the second lines are left out."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and getattr(self, "_walk", None) is not None:
            self._turn()

    def _turn(self) -> None:
        if self._walk is None:
            return
        if not self.kinds.value():  # pressed once more: one of them it must be
            self.kinds.set_value(EVERYTHING)
        stops = self._walk.of(self.kinds.value())
        self.list.set_rows(self._rows(self._walk, stops))
        if stops and not self.list.current_key():
            self.list.choose_first()
        self.stack.setCurrentWidget(self.list if stops else self.empty)
        if not stops:
            some = bool(self._walk.plan.families)
            done = self.tr("该去的都去过了。要去别家，输名字找。")
            if some:
                self.empty.say(done, self.tr("去别家看看"))
            else:
                self.empty.say(self.tr("还没有住户。先把花名册导进来。"), self.tr("从表格导入"))
            self.empty.icon.show_icon("check" if some else "home")
            self.chosen.emit("")

    def _go_on(self) -> None:
        some = self._walk is not None and bool(self._walk.plan.families)
        (self.else_asked if some else self.import_asked).emit()

    def _rows(self, walk: Walk, stops: tuple[Stop, ...]) -> list[Row]:
        """By hamlet, the one with the most pressing household first."""
        hamlets: dict[str, list[Stop]] = {}
        for stop in stops:
            hamlets.setdefault(walk.plan.family(stop).household.group, []).append(stop)
        rows = []
        for group, found in hamlets.items():
            words = self.tr("{group} · {n} 户").format(group=group or self.tr("没写组"), n=len(found))
            rows.append(Row(f"heading:{group}", words, heading=True))
            rows += [self._row(walk, stop) for stop in found]
        return rows

    def _row(self, walk: Walk, stop: Stop) -> Row:
        family, stand = walk.plan.family(stop), stop.stand(walk.today)
        if stop.put_off(walk.today):
            stand = Stand.DONE
        listed = stop.household in walk.day.order and walk.day.own
        note = f"{family.household.door} · {stop_words.why(stop, family)}"
        return Row(
            stop.household,
            self.tr("{title}（今天单子上）").format(title=family.title) if listed else family.title,
            note,
            avatar=family.title[:1],
            chip=stop_words.chip(stop, walk.today),
            tone=TONES[stand],
            chip_icon=ICONS[stand],
            button=self.tr("去走访") if self._alone else "",
            button_icon="visit" if self._alone else "",
        )

    def _begin(self, household: str) -> None:
        stop = self._walk.plan.stop(household) if self._walk is not None else None
        self.pressed.emit(household, stop.purpose if stop is not None else "")

    def _counted(self, words: str, count: int) -> str:
        return self.tr("{words} {n}").format(words=words, n=count) if count else words
