"""What was found and what is done about it: each finding has its way before the step is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.packs.policy import ItemKinds
from app.domain.problem import Problem
from app.domain.visits.form_words import DISPOSITIONS, finding_words
from app.domain.visits.proposals import FROM, Proposal
from ui import theme
from ui.forms.checklists.matters import MattersEditor
from ui.forms.editors import Choices, Editor, TextEditor
from ui.widgets.choice import Option
from ui.widgets.field import Field
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.following import follow
from ui.widgets.line_button import LineButton
from ui.widgets.text import LineBox
from ui.widgets.words import Button, Icon, words

COUNCILS = ("村支两委", "村民小组会", "村民代表会议")


class PlaceEditor(Editor):
    """Where it goes: the offices known, or a name written."""

    def __init__(self) -> None:
        super().__init__()
        self.choices = Choices([])
        self.box = LineBox(self.tr("别的地方，写名字"))
        follow(self.box, lambda box: box.setMaximumWidth(theme.soft(420)))
        self.made = self.column(self.choices, self.box)
        self.setFocusProxy(self.choices)
        self.box.changed.connect(self._typed)
        self.box.editingFinished.connect(self.changed)
        self.choices.changed.connect(self._chosen)

    def offer(self, places: Sequence[str]) -> None:
        """Offer other places; what is written stays."""
        value = self.value()
        self.choices.group.set_options([Option(name, name) for name in places])
        self.set_label(self.accessibleName())
        self.set_value(value)

    def value(self) -> str | None:
        return self.box.value() or str(self.choices.value() or "") or None

    def set_value(self, value: Any) -> None:
        known = any(button.option.key == value for button in self.choices.group.buttons)
        self.choices.set_value(value if known else None)
        self.box.setText("" if known or not value else str(value))

    def set_label(self, label: str) -> None:
        super().set_label(label)
        self.choices.set_label(label)
        self.box.setAccessibleName(f"{label}，{self.box.placeholderText()}")

    def _chosen(self) -> None:
        self.box.setText("")
        self.changed.emit()

    def _typed(self) -> None:
        self.choices.set_value(None)
        self.typing.emit()


class FindingCard(QFrame):
    """One finding. One that has its ticket already (a correction) is only read."""

    changed = Signal()
    typing = Signal()
    removed = Signal()

    def __init__(self, number: int, offices: Sequence[str], items: ItemKinds) -> None:
        super().__init__()
        self._offices, self._kinds, self._ticket, self._from = tuple(offices), items, "", ""
        self.setProperty("card", True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.soft(14), theme.soft(10), theme.soft(14), theme.soft(12))
        self.column.setSpacing(theme.soft(8))
        head = QHBoxLayout()
        head.addWidget(Icon("warn", 24, "warn"))
        head.addWidget(words(self.tr("第 {n} 个问题").format(n=number), "label"))
        head.addStretch(1)
        self.remove = Button(self.tr("不算问题，去掉"), "text")
        head.addWidget(self.remove)
        self.column.addLayout(head)
        self.said = TextEditor(long=True)
        self.how = Choices([Option(code, said) for code, said in DISPOSITIONS.items()])
        self.to = PlaceEditor()
        self.press = Choices([Option("urgent", self.tr("急难，当天就要有人管"))], multi=True)
        self.items = MattersEditor(items)
        self.rows = {
            "words": Field("finding", self.tr("照他的话写"), self.said),
            "disposition": Field("disposition", self.tr("怎么办"), self.how),
            "to": Field("to", self.tr("转给谁"), self.to),
            "urgent": Field("urgent", self.tr("等得了吗"), self.press, optional=True),
            "items": Field("items", self.tr("跟哪件事有关"), self.items, optional=True),
        }
        for row in self.rows.values():
            self.column.addWidget(row)
        self._connect()
        self._fit()

    def value(self) -> dict[str, Any] | None:
        """The finding, or None while nothing is said about it."""
        given: dict[str, Any] = {
            "words": self.said.value() or "",
            "disposition": self.how.value() or "",
            "to": (self.to.value() or "") if self.how.value() in ("transfer", "deliberation") else "",
            "items": list(self.items.value() or ()),
        }
        if self.press.value():
            given["urgent"] = True
        if self._ticket:
            given["ticket"] = self._ticket
        if self._from:
            given[FROM] = self._from
        return given if any(given.values()) else None

    def set_value(self, finding: Mapping[str, Any]) -> None:
        """Show `finding`; silent."""
        self.said.set_value(finding.get("words"))
        self.how.set_value(finding.get("disposition") or None)
        self._fit()
        self.to.set_value(finding.get("to") or None)
        self.items.set_value(list(finding.get("items") or ()))
        self.press.set_value(["urgent"] if finding.get("urgent") else None)
        self._from = str(finding.get(FROM) or "")
        self._ticket = str(finding.get("ticket") or "")
        if self._ticket:
            for row in self.rows.values():
                row.hide()
            self.remove.hide()
            self.column.addWidget(words(finding_words(finding), wrap=True))
            self.column.addWidget(words(self.tr("已经开了单，照旧办。"), "body", "quiet"))

    def show_lack(self) -> bool:
        """Say beside its place what the finding lacks; True when something is lacking."""
        if self._ticket or self.value() is None:
            return False
        lacks = (
            ("words", not self.said.value(), self.tr("是什么事？照他的话写一句。")),
            ("disposition", not self.how.value(), self.tr("这个问题怎么办？选一个，别让它落空。")),
            ("to", self.how.value() == "transfer" and not self.to.value(), self.tr("转给谁？选一个地方。")),
        )
        for name, lacking, said in lacks:
            if lacking:
                self.rows[name].show_problem(Problem(name, said))
                self.rows[name].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def _connect(self) -> None:
        self.remove.clicked.connect(self.removed)
        for editor in (self.said, self.to):
            editor.typing.connect(self.typing)
            editor.typing.connect(self.rows["words" if editor is self.said else "to"].clear_problem)
        for each in (self.said, self.how, self.to, self.press, self.items):
            each.changed.connect(self._changed)

    def _changed(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        how = self.how.value()
        self.rows["to"].setVisible(not self._ticket and how in ("transfer", "deliberation"))
        self.rows["urgent"].setVisible(not self._ticket and bool(how))
        self.rows["items"].setVisible(not self._ticket and bool(self._kinds) and bool(how))
        council = how == "deliberation"
        places = COUNCILS if council else self._offices
        if [button.text() for button in self.to.choices.group.buttons] != list(places):
            self.to.offer(places)
        self.rows["to"].label.setText(self.tr("请谁来议（可不填）") if council else self.tr("转给谁"))


class FindingsEditor(Editor):
    """`value()` is the list of findings, None when there is none."""

    def __init__(self, offices: Sequence[str], items: ItemKinds) -> None:
        super().__init__()
        self._offices, self._items = offices, items
        self.cards: list[FindingCard] = []
        self.offered: dict[str, Button] = {}
        made = self.column()
        self._said = words(self.tr("前面说到的，点一下就记成要办的事："), "body", "quiet", wrap=True)
        self._said.hide()
        self._offers = QWidget()
        self._offers.setProperty("surface", "clear")
        self._flow = FlowLayout(self._offers, theme.soft(8))
        made.addWidget(self._said)
        made.addWidget(self._offers)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.soft(10))
        made.addLayout(self._list)
        self.add = Button(self.tr("记一个问题"), "", "plus")
        self.add.clicked.connect(self.begin)
        made.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.add)

    def value(self) -> list[dict[str, Any]] | None:
        given = [card.value() for card in self.cards]
        return [one for one in given if one] or None

    def set_value(self, value: Any) -> None:
        wanted = [dict(one) for one in value or ()]
        if wanted == (self.value() or []):
            return
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for finding in wanted:
            self._new().set_value(finding)

    def offer(self, proposals: Sequence[Proposal]) -> None:
        """Offer to take down what earlier answers point at."""
        if [one.key for one in proposals] == list(self.offered):
            return
        for button in self.offered.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.offered = {}
        for one in proposals:
            button = LineButton(
                self.tr("急难：{words}").format(words=one.words) if one.urgent else one.words, "plus"
            )
            button.clicked.connect(lambda _on=False, one=one: self._take(one))
            self._flow.addWidget(button)
            self.offered[one.key] = button
        self._said.setVisible(bool(proposals))
        self._offers.setVisible(bool(proposals))

    def _take(self, one: Proposal) -> None:
        card = self._new()
        known = {code for _, group in self._items for code, _ in group}
        items = [code for code in one.items if code in known]
        card.set_value({"words": one.words, "items": items, "urgent": one.urgent, FROM: one.key})
        card.how.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def begin(self) -> FindingCard:
        """Open a place for one more finding."""
        card = self._new()
        card.said.setFocus(Qt.FocusReason.TabFocusReason)
        return card

    def show_lack(self) -> bool:
        """True, and said beside its place, when some finding still lacks its way."""
        return any(card.show_lack() for card in self.cards)

    def _new(self) -> FindingCard:
        card = FindingCard(len(self.cards) + 1, self._offices, self._items)
        self.cards.append(card)
        self._list.addWidget(card)
        card.changed.connect(self.changed)
        card.typing.connect(self.typing)
        card.removed.connect(lambda: self._remove(card))
        return card

    def _remove(self, card: FindingCard) -> None:
        self.cards.remove(card)
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
