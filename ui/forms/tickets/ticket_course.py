"""怎么办: three cards, 讲政策 as a quieter choice, and where a matter that is handed over goes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.tickets import tickets
from app.domain.problem import Problem
from app.domain.tickets.ticket import Disposition, Ticket
from ui import theme
from ui.forms.panel import Work
from ui.widgets.banner import Note
from ui.widgets.choice import ChoiceButton, ChoiceGroup, Option
from ui.widgets.choice_card import ChoiceCard
from ui.widgets.field import Field
from ui.widgets.text import LineBox
from ui.widgets.words import words

ELSEWHERE = "elsewhere"
MOST_PLACES = 8


class CoursePicker(QWidget):
    """`value()` is a Disposition value or "". Arrows and digits 1–4 choose among all four."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.soft(12))
        cards = (
            ("instant", self.tr("当场办"), self.tr("村里今天就能办好"), "home"),
            ("transfer", self.tr("转出去"), self.tr("归别处管，我跟到底"), "swap"),
            ("deliberation", self.tr("一事一议"), self.tr("政策没写到，确实有难处"), "people"),
        )
        self.cards = [ChoiceCard(*card) for card in cards]
        for card in self.cards:
            self._row.addWidget(card, 1)
            card.clicked.connect(lambda _on=False, card=card: self._choose(card.key))
            card.stepped.connect(lambda by, card=card: self._step(card, by))
            card.digit.connect(self._digit)
        column.addLayout(self._row)
        lower = QHBoxLayout()
        explain = Option("explain", self.tr("只要讲清政策"), "policy")
        self.explain = ChoiceButton(explain, multi=False)
        self.explain.clicked.connect(lambda _on=False: self._choose("explain"))
        self.explain.asked.connect(self._asked)
        lower.addWidget(self.explain)
        lower.addWidget(words(self.tr("讲了哪几条、她听懂没有，都记下来"), "body", "quiet"))
        lower.addStretch(1)
        column.addLayout(lower)
        self.setFocusProxy(self.cards[0])

    def value(self) -> str:
        """Which way was chosen."""
        if self.explain.isChecked():
            return self.explain.option.key
        return next((card.key for card in self.cards if card.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose `key`; silent."""
        for card in self.cards:
            card.setChecked(card.key == key)
        self.explain.setChecked(key == self.explain.option.key)

    def set_label(self, label: str) -> None:
        """Name the question for a screen reader."""
        self.setAccessibleName(label)

    def stack(self, *, narrow: bool) -> None:
        """Cards one under another when they do not fit side by side."""
        self._row.setDirection(
            QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight
        )

    def _choose(self, key: str) -> None:
        self.set_value(key)
        self.changed.emit()

    def _step(self, card: ChoiceCard, by: int) -> None:
        ring: list[QWidget] = [*self.cards, self.explain]
        ring[(self.cards.index(card) + by) % len(ring)].setFocus(Qt.FocusReason.TabFocusReason)

    def _digit(self, number: int) -> None:
        keys = [card.key for card in self.cards] + [self.explain.option.key]
        if number <= len(keys):
            self._choose(keys[number - 1])

    def _asked(self, what: str, number: int) -> None:
        if what == "digit":
            self._digit(number + 1)
        elif what == "step":
            self.cards[0 if number > 0 else -1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._choose("explain")


class CourseForm(QWidget):
    """The whole question: which way, and for two of them to whom. `work(ticket)` decides it."""

    changed = Signal()

    def __init__(self, places: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.picker = CoursePicker()
        self.which = Field("how", "", self.picker)
        self.picker.set_label(self.tr("怎么办"))
        self.kind = ChoiceGroup(
            [
                ("reasonable", self.tr("来申请办事")),
                ("consult", self.tr("来问事")),
                ("help", self.tr("求助")),
                ("complaint", self.tr("投诉、提意见")),
            ]
        )
        self.kind_field = Field("kind", self.tr("是哪一种"), self.kind, optional=True)
        self.where = ChoiceGroup([])
        self.offer(places)
        self.to_field = Field("handed_to", self.tr("转给谁"), self.where)
        self.typed = LineBox(self.tr("写清是哪个单位，例如 镇卫生院"))
        self.typed_field = Field("handed_to_typed", self.tr("哪个地方"), self.typed)
        self.note = Note("info", self.tr("转出去了，还归您跟到底。没人接的，到时自己退回来，提醒您打电话。"))
        self.petition = words(
            self.tr("是信访的，这件要到镇信访窗口登记，时限从那里算。"), "body", "quiet", wrap=True
        )
        for one in (self.which, self.kind_field, self.to_field, self.typed_field, self.note, self.petition):
            column.addWidget(one)
        self.picker.changed.connect(self._show)
        self.where.changed.connect(self._show)
        self.kind.changed.connect(self._show)
        self._show()

    def offer(self, places: tuple[str, ...]) -> None:
        """The places to point at: those that decide the matter stand first; the rest can be written."""
        options = [(place, place) for place in places[:MOST_PLACES]]
        self.where.set_options([*options, (ELSEWHERE, self.tr("别的地方"))])
        self.where.set_label(self.tr("转给谁"))  # new buttons do not know the question yet

    def problems(self) -> tuple[Problem, ...]:
        """What is still to be said."""
        if not self.picker.value():
            return (Problem("how", self.tr("怎么办？选一个。")),)
        if self.picker.value() == Disposition.TRANSFER and not self.to():
            field = "handed_to_typed" if self.where.value() == ELSEWHERE else "handed_to"
            return (Problem(field, self.tr("转给谁？选一个地方，群众才知道去找谁。")),)
        return ()

    def to(self) -> str:
        """Whom it goes to, "" for nobody."""
        if self.picker.value() not in (Disposition.TRANSFER, Disposition.DELIBERATION):
            return ""
        return self.typed.value() if self.where.value() == ELSEWHERE else self.where.value()

    def work(self, ticket: str) -> Work:
        """The decision, to be done on the store's thread."""
        how, to, nature = Disposition(self.picker.value()), self.to(), self.kind.value()

        def decide(desk: Desk) -> Ticket:
            return tickets.decide(desk, ticket, how, to=to, nature=nature)

        return decide

    def _show(self) -> None:
        how = self.picker.value()
        handed = how in (Disposition.TRANSFER, Disposition.DELIBERATION)
        self.to_field.label.setText(
            self.tr("转给谁") if how == Disposition.TRANSFER else self.tr("报给谁商量（可不填）")
        )
        self.to_field.setVisible(handed)
        self.typed_field.setVisible(handed and self.where.value() == ELSEWHERE)
        self.note.setVisible(how == Disposition.TRANSFER)
        self.petition.setVisible(self.kind.value() == "complaint")
        self.kind_field.setVisible(how in (Disposition.TRANSFER, Disposition.DELIBERATION))
        self.changed.emit()
