"""查一查资料好不好 in the settings: one press, how far it is, and what was found with what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.checkup import Checked, Step
from ui import theme
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.progress import Progress
from ui.widgets.words import Button, words

Failed = Callable[[Exception], None]


class Checker(Protocol):
    """Who looks the data over; the callbacks are called on the screen's thread, and only while `owner` is."""

    def check(
        self,
        owner: QWidget,
        stepped: Callable[[Step], None],
        done: Callable[[Checked | None], None],
        failed: Failed,
    ) -> None: ...

    def stop(self) -> None: ...


class CheckCard(Card):
    """`failed(error)` when it could not be looked over at all."""

    failed = Signal(object)

    def __init__(self, checker: Checker) -> None:
        super().__init__("")
        self.set_title(self.tr("查一查资料好不好"))
        self._checker = checker
        said = self.tr("一页一页、一条一条地查，资料不改。停过电、电脑摔过，就查一次。")
        self.add(words(said, "body", "quiet", wrap=True))
        self.bar = Progress(self.tr("资料不会动"))
        self.bar.hide()
        self.add(self.bar)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(theme.soft(8))
        self.add(self.notes)
        row = QHBoxLayout()
        self.button = Button(self.tr("现在查"), "", "check")
        self.button.clicked.connect(self._begin)
        row.addWidget(self.button)
        self.stop_button = Button(self.tr("不查了"))
        self.stop_button.clicked.connect(checker.stop)
        self.stop_button.hide()
        row.addWidget(self.stop_button)
        row.addStretch(1)
        self.add(row)

    def leave(self) -> None:
        """What was found does not stay on a page that is not looked at; what is under way ends, since every
        other page would wait for it."""
        self._checker.stop()
        self._clear()

    def _clear(self) -> None:
        while self.notes.count():
            old = self.notes.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()

    def _begin(self) -> None:
        self._clear()
        self._busy(True)
        self._checker.check(self, self._step, self._show, self._failed)

    def _step(self, step: Step) -> None:
        self.bar.show_step(self.tr(step.spoken), 100 * (step.number - 1) + step.percent, 100 * step.of)

    def _show(self, checked: Checked | None) -> None:
        self._busy(False)
        if checked is None:
            self.notes.addWidget(
                Note("info", self.tr("没有查完。"), self.tr("资料没有动，什么时候再查都行。"))
            )
            return
        for one in checked.findings:
            self.notes.addWidget(Note("info" if one.mended else "bad", self.tr(one.words), self.tr(one.todo)))
        if checked.sound:
            well = self.tr("别的都好。") if checked.findings else self.tr("都好。")
            looked = self.tr("查了 {records} 条记录，{pages} 页。").format(
                records=f"{checked.records:,}", pages=f"{checked.pages:,}"
            )
            self.notes.addWidget(Note("ok", well + looked, self._head(checked)))
        elif checked.head:
            self.notes.addWidget(words(self._head(checked), "body", "quiet", wrap=True))

    def _head(self, checked: Checked) -> str:
        said = self.tr("操作记录 {lines} 行，校验码 {head}。报给县里记下，以后可以对。")
        return said.format(lines=f"{checked.lines:,}", head=checked.head)

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        self.failed.emit(error)

    def _busy(self, busy: bool) -> None:
        if busy:
            self.button.setText(self.tr("正在查…"))
        else:
            self.bar.finish()
            self.button.setText(self.tr("再查一次"))
        had_focus = self.button.hasFocus() or self.stop_button.hasFocus()
        self.button.setEnabled(not busy)
        self.stop_button.setVisible(busy)
        if had_focus:
            (self.stop_button if busy else self.button).setFocus(Qt.FocusReason.OtherFocusReason)
