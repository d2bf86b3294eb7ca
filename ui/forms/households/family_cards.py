"""The cards below a family's members: what is under way, what policy may hold for them, earlier visits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.village.households import Family
from app.domain.rules.eligibility import Kind, Suggestion
from ui import theme
from ui.forms.households import family_words as telling
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.row_stack import RowStack
from ui.widgets.rows import Row
from ui.widgets.words import Button, rule, words

FEW = 3


class BusyCard(Card):
    """正在办: open tickets, lists and calls; below them how often somebody came, to be unfolded."""

    opened = Signal(str)

    def __init__(self, family: Family, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("正在办"))
        side, top = theme.soft(16), theme.soft(12)
        self.body.setContentsMargins(0, top, 0, top)
        self.body.setSpacing(theme.soft(4))
        self.head.setContentsMargins(side, 0, side, 0)
        rows = [*_tickets(family), *_checklists(family), *self._calls(family)]
        self.list = RowStack(self.tr("正在办的事"), framed=False)
        self.list.set_rows(rows)
        self.list.opened.connect(self.opened)
        self.add(self.list)
        self.list.setVisible(bool(rows))
        if not rows:
            nothing = words(self.tr("现在没有正在办的事。"), "body", "quiet", wrap=True)
            nothing.setContentsMargins(side, 0, side, 0)
            self.add(nothing)
        self.add(rule())
        self._add_visits(family, side)
        self.body.addStretch(1)

    def _add_visits(self, family: Family, side: int) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(side, theme.soft(4), side, 0)
        row.setSpacing(theme.soft(12))
        column = QVBoxLayout()
        column.setSpacing(0)
        many = len(family.visits)
        column.addWidget(words(self.tr("走访 {n} 次").format(n=many), "label"))
        last = telling.visit_words(family.visits[0], family.today)[0] if many else ""
        said = self.tr("上次 {last}").format(last=last) if many else self.tr("还没去过")
        column.addWidget(words(said, "body", "quiet", wrap=True))
        row.addLayout(column, 1)
        self.records = Button(self.tr("看记录"), "small")
        row.addWidget(self.records)
        self.add(row)
        self.records.setVisible(many > 0)
        self.visits = RowStack(self.tr("走访记录"), framed=False)
        self._family = family  # a hundred visits are laid out when somebody looks for them
        self.visits.hide()
        self.visits.opened.connect(self.opened)
        self.records.clicked.connect(self._unfold)
        self.add(self.visits)

    def _unfold(self) -> None:
        if not self.visits.rows():
            told = ((one.id, *telling.visit_words(one, self._family.today)) for one in self._family.visits)
            self.visits.set_rows([_visit_row(*one) for one in told])
        self.visits.setVisible(self.visits.isHidden())
        self.records.setText(self.tr("看记录") if self.visits.isHidden() else self.tr("收起来"))

    def _calls(self, family: Family) -> list[Row]:
        found = []
        for call in sorted(family.followups, key=lambda one: one.due_on):
            late = call.due_on <= family.today
            day = self.tr("{m}月{d}日").format(m=call.due_on.month, d=call.due_on.day)
            key = f"tickets:{call.ticket}" if call.ticket else "today:"
            tone = ("warn", "phone") if late else ("info", "phone")
            why = self.tr("回访：{why}").format(why=call.why)
            chip = self.tr("该打了") if late else day
            found.append(Row(f"{key}#{call.id}", why, self.tr("该 {day} 打电话问").format(day=day), chip=chip,
                             tone=tone[0], chip_icon=tone[1]))  # fmt: skip
        return found


class PolicyCard(Card):
    """政策帮着看: hints, never a decision.

    `begun(item, person)` to make the list for it, `asked()` to fill in what is missing on a visit.
    """

    begun = Signal(str, str)
    asked = Signal()

    def __init__(self, suggestions: Sequence[Suggestion], parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("政策帮着看"))
        self.buttons: list[Button] = []
        self._later = QWidget()
        later = QVBoxLayout(self._later)
        later.setContentsMargins(0, 0, 0, 0)
        later.setSpacing(theme.soft(8))
        for place, suggestion in enumerate(suggestions):
            line = self._line(suggestion)
            if place < FEW:
                self.add(line)
            else:
                later.addWidget(line)
        self._later.hide()
        self.add(self._later)
        self._foot(suggestions)
        self.body.addStretch(1)

    def _foot(self, suggestions: Sequence[Suggestion]) -> None:
        if len(suggestions) > FEW:
            self.more = Button(self.tr("还有 {n} 项").format(n=len(suggestions) - FEW), "text", "down")
            self.more.clicked.connect(self._unfold)
            self.add(self.more)
        if any(one.verdict.missing and one.verdict.kind is Kind.MAYBE for one in suggestions):
            fill = Button(self.tr("走访时把差的补上"), "small", "visit")
            fill.clicked.connect(self.asked)
            self.add(fill)
        nothing = self.tr("照现在知道的，没有新的政策可办。")
        self.add(
            words(nothing if not suggestions else self.tr("以镇、县审核为准"), "body", "quiet", wrap=True)
        )

    def _unfold(self) -> None:
        self._later.show()
        self.more.hide()

    def _line(self, suggestion: Suggestion) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(4))
        kind, tone, icon = telling.KINDS[suggestion.verdict.kind]
        row.addWidget(Chip(kind, tone, icon))
        item = Button(suggestion.item_name, "text")
        told = telling.advice(suggestion)
        item.setAccessibleName(self.tr("{kind}，{item}，{told}，打清单").format(
            kind=kind, item=suggestion.item_name, told=told))  # fmt: skip
        item.setToolTip(self.tr("打这件事的清单"))
        item.clicked.connect(lambda: self.begun.emit(suggestion.item, suggestion.person))
        self.buttons.append(item)
        row.addWidget(item)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(words(told, "body", "quiet", wrap=True))
        return line


def _tickets(family: Family) -> list[Row]:
    found = []
    for matter in family.matters:
        chip, tone, icon = telling.pill(matter)
        note = telling.standing(matter.ticket)
        key = f"tickets:{matter.ticket.id}"
        found.append(Row(key, matter.title, note, chip=chip, tone=tone, chip_icon=icon))
    return found


def _checklists(family: Family) -> list[Row]:
    return [
        Row(
            f"checklists:{one.id}",
            one.item_name,
            telling.step(one),
            chip=QCoreApplication.translate("family", "清单"),
            chip_icon="list",
        )
        for one in family.checklists
        if telling.under_way(one)
    ]


def _visit_row(visit: str, title: str, note: str) -> Row:
    return Row(f"visits:{visit}", title, note)
