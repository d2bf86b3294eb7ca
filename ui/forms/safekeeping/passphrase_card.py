"""换口令: the old one, the new one twice; after the recovery code only the new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from app.domain.problem import Problem
from ui import notices, theme
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.text import LineBox
from ui.widgets.words import Button


class Changer(Protocol):
    """Who changes it; a UserError's field is `old` or `passphrase`."""

    recovered: bool

    def change(
        self,
        old: str,
        new: str,
        done: Callable[[], None],
        failed: Callable[[Exception], None],
        *,
        bound: bool = False,
    ) -> None: ...

    def binding(
        self, done: Callable[[tuple[bool, bool]], None], failed: Callable[[Exception], None]
    ) -> None: ...


class PassphraseCard(Card):
    """`failed(error)` when it was refused; what is wrong with two that differ is said here."""

    failed = Signal(object)

    def __init__(self, changer: Changer) -> None:
        super().__init__("")
        self.set_title(self.tr("换口令"))
        self._changer = changer
        said = self.tr("资料开了。先定一个新口令，下次就用它开。")
        self.note = Note("warn", said, self.tr("用过的恢复码别人可能看到了：再做一张新的，交镇里锁好。"))
        self.add(self.note)
        self.old, self.first, self.second = LineBox(), LineBox(), LineBox()
        for box in (self.old, self.first, self.second):
            box.setEchoMode(QLineEdit.EchoMode.Password)
        self.old_field = Field("old", self.tr("现在的口令"), self.old)
        hint = self.tr("至少 8 个字，一句话最好。")
        self.first_field = Field("passphrase", self.tr("新口令"), self.first, hint)
        self.second_field = Field("again", self.tr("再打一遍"), self.second)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        for field in (self.old_field, self.first_field, self.second_field):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.add(row)
        said = self.tr("只在这台电脑上管用，抄走了换台电脑也开不了")
        self.bound = ChoiceGroup([("bound", said)], multi=True)
        self.bound.set_label(self.tr("口令绑在这台电脑上"))
        self.bound.hide()
        self.add(self.bound)
        self.button = Button(self.tr("换成新口令"))
        self.button.clicked.connect(self._change)
        self.second.returnPressed.connect(self._change)
        foot = QHBoxLayout()
        foot.addWidget(self.button)
        foot.addStretch(1)
        self.add(foot)

    def fit(self, *, recovered: bool) -> None:
        """Ask for the old one, or, after the recovery code, for the new one alone."""
        self._changer.binding(self._show_binding, self.failed.emit)
        self.note.setVisible(recovered)
        self.old_field.setVisible(not recovered)
        self.button.set_role("main" if recovered else "")

    def _show_binding(self, found: tuple[bool, bool]) -> None:
        possible, bound = found
        self.bound.setVisible(possible or bound)
        self.bound.set_values(["bound"] if bound else [])

    def begin(self) -> None:
        """Put the focus into the first box asked for."""
        (self.first if self._changer.recovered else self.old).setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget what was typed."""
        for box in (self.old, self.first, self.second):
            box.clear()
        for field in (self.old_field, self.first_field, self.second_field):
            field.clear_problem()

    def _change(self) -> None:
        if not self.button.isEnabled():
            return
        for field in (self.old_field, self.first_field, self.second_field):
            field.clear_problem()
        if not self._changer.recovered and not self.old.text():
            self._point(self.old_field, self.tr("先打现在的口令。"))
        elif not self.first.text():
            self._point(self.first_field, self.tr("还没打新口令。"))
        elif self.first.text() != self.second.text():
            self._point(self.second_field, self.tr("两遍打得不一样，再打一遍。"))
        else:
            self._busy(True)
            bound = bool(self.bound.values())
            self._changer.change(
                self.old.text(), self.first.text(), self._changed, self._refused, bound=bound
            )

    def _point(self, field: Field, said: str) -> None:
        field.show_problem(Problem(field.name, said))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> None:
        self._busy(False)
        self.clear()
        self.fit(recovered=False)
        notices.saved(self.tr("口令换好了。"))

    def _refused(self, error: Exception) -> None:
        self._busy(False)
        self.failed.emit(error)

    def _busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.button.setText(self.tr("正在换…") if busy else self.tr("换成新口令"))
