"""The first start of a computer: whose village it is (the county's code), and the worker's own passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.domain.problem import Offline, Problem, StorageFault, UserError
from app.drives import Drive
from ui import notices, theme
from ui.forms.syncing.stick_enrol import StickEnrol
from ui.widgets.banner import Note
from ui.widgets.field import Field
from ui.widgets.gate_column import STEPS, gate_column
from ui.widgets.step_bar import StepBar
from ui.widgets.text import LineBox
from ui.widgets.words import Button, words

ENROL, SECRET = 0, 1


class EnrolGate(Protocol):
    """What the first start asks for. Calls return at once; slow work answers through the callbacks."""

    def enrol(
        self, address: str, code: str, done: Callable[[str, str], None], failed: Callable[[Exception], None]
    ) -> None:
        """Tell the county this computer is there; `done(place, worker)`. UserError fields: address, code."""

    def sticks(self) -> tuple[Drive, ...]:
        """What is plugged in now."""

    def write_question(
        self, root: Path, code: str, done: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        """Ask the county by a stick."""

    def read_answer(
        self,
        root: Path,
        code: str,
        done: Callable[[str, str, str], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Read its answer; `done(place, worker, number)`."""

    def weakness(self, passphrase: str) -> str:
        """Words about what is too weak in `passphrase`, "" when it will do. Quick: called at every key."""

    def make(self, passphrase: str, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """Create the encrypted file under `passphrase`."""


class FirstStart(QWidget):
    """The first two steps; `finished(worker)` when the file stands; `restore` on a computer that takes the
    place of another. Going back keeps what was typed."""

    finished = Signal(str)
    restore = Signal()

    def __init__(self, gate: EnrolGate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gate = gate
        self._worker = ""
        column = gate_column(self, "")
        self.address, self.code = LineBox(), LineBox()
        self.first, self.second = LineBox(), LineBox()
        for box in (self.first, self.second):
            box.setEchoMode(QLineEdit.EchoMode.Password)
        self.note = Note("bad", "")
        self.note.hide()
        self.next_button = Button(self.tr("告诉县里，这台电脑归这个村"), "main")
        self.make_button = Button(self.tr("就用这个口令"), "main")
        self.back_button = Button(self.tr("上一步"), "", "left")
        self.stick_button = Button("", "text")
        self.stick = StickEnrol(gate, self._typed)
        self.restore_button = Button(self.tr("换了新电脑？从备份恢复"), "text")
        self.steps = StepBar([self.tr(word) for word in STEPS])
        self.pages = QStackedWidget()
        self.pages.addWidget(self._enrol_page())
        self.pages.addWidget(self._secret_page())
        for part in (self.steps, self.note):
            column.addWidget(part)
        column.addWidget(self.pages, 1)
        self._connect()
        self.by_stick(False)
        self._go(ENROL)

    def _enrol_page(self) -> QWidget:
        page, column = _step(self.tr("这台电脑归哪个村？"))
        hint = self.tr("县里发的纸上有，照着打，例如 https://county.example")
        self.address_field = Field("address", self.tr("县里的网址"), self.address, hint)
        self.code_field = Field("code", self.tr("登记码"), self.code, self.tr("一台电脑一个码，用过就作废。"))
        for part in (self.address_field, self.code_field, self.next_button, self.stick):
            column.addWidget(part)
        for way in (self.stick_button, self.restore_button):
            column.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    def _secret_page(self) -> QWidget:
        page, column = _step(self.tr("定一个您记得住的口令"))
        hint = self.tr("用一句话的拼音，像 guyu qian zhongwan douzi。不要用生日和电话。")
        self.first_field = Field("passphrase", self.tr("口令"), self.first, hint)
        self.second_field = Field("again", self.tr("再打一遍"), self.second)
        column.addWidget(self.first_field)
        column.addWidget(self.second_field)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        row.addWidget(self.back_button)
        row.addWidget(self.make_button, 1)
        column.addLayout(row)
        column.addStretch(1)
        return page

    def _connect(self) -> None:
        self.steps.went.connect(self._go)
        self.back_button.clicked.connect(lambda: self._go(ENROL))
        self.next_button.clicked.connect(self._enrol)
        self.stick_button.clicked.connect(lambda: self.by_stick(self.stick.isHidden()))
        self.stick.answered.connect(self._enrolled)
        self.stick.failed.connect(self._failed)
        self.restore_button.clicked.connect(self.restore)
        self.make_button.clicked.connect(self._make)
        self.code.returnPressed.connect(self._enrol)
        self.second.returnPressed.connect(self._make)
        self.first.changed.connect(self._weigh)

    def _go(self, step: int) -> None:
        self.steps.show_step(step)
        self.pages.setCurrentIndex(step)
        self.note.hide()
        self._focus()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the first box: the focus asked for before the page stood in its window is lost."""
        super().showEvent(event)
        self._focus()

    def _focus(self) -> None:
        at_county = self.address if self.stick.isHidden() else self.code
        box = at_county if self.pages.currentIndex() == ENROL else self.first
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    def by_stick(self, by_stick: bool) -> None:
        """Another way to the county; its address comes in the answer then. What was typed stays."""
        self.stick.setVisible(by_stick)
        for part in (self.address_field, self.next_button):
            part.setVisible(not by_stick)
        self.stick_button.setText(self.tr("有网，直接登记") if by_stick else self.tr("没有网？用 U 盘登记"))
        self.note.hide()
        self._focus()

    def _typed(self) -> tuple[str, str] | None:
        """Address ("" by stick) and code, or None once it is said at a box what is missing."""
        self.note.hide()
        by_stick = not self.stick.isHidden()
        for field, box in ((self.address_field, self.address), (self.code_field, self.code)):
            if not box.value() and not (by_stick and box is self.address):
                field.show_problem(Problem(field.name, self.tr("照着县里发的纸打上。")))
                field.setFocus()
                return None
        return "" if by_stick else self.address.value(), self.code.value()

    def _enrol(self) -> None:
        typed = self._typed() if self.stick.isHidden() else None
        if typed is not None:
            self.next_button.setEnabled(False)
            self._gate.enrol(*typed, self._enrolled, self._failed)

    def _enrolled(self, place: str, worker: str, number: str = "") -> None:
        self.next_button.setEnabled(True)
        self._worker = worker
        self._go(SECRET)
        lead = self.tr("县里认得了：{place}，{worker}。").format(place=place, worker=worker)
        told = self.tr("核对数 {number}。打电话让县里念一遍，一样就对；不一样先别用，问县里。")
        self.note.say("ok", lead, told.format(number=number) if number else "")
        self.note.show()

    def _weigh(self) -> None:
        weak = self._gate.weakness(self.first.text()) if self.first.text() else ""
        self.first_field.set_hint(weak or self.tr("够牢了。记在心里，不要贴在电脑上。"))

    def _make(self) -> None:
        weak = self._gate.weakness(self.first.text())
        if weak:
            self.first_field.show_problem(Problem("passphrase", weak))
            self.first.setFocus()
        elif self.first.text() != self.second.text():
            self.second_field.show_problem(Problem("again", self.tr("两遍不一样。再打一遍。")))
            self.second.setFocus()
            self.second.selectAll()
        else:
            self.make_button.setEnabled(False)
            self._gate.make(self.first.text(), self._made, self._failed)

    def _made(self) -> None:
        self.first.clear()
        self.second.clear()
        self.make_button.setEnabled(True)
        self.finished.emit(self._worker)

    def _failed(self, error: Exception) -> None:
        self.next_button.setEnabled(True)
        self.make_button.setEnabled(True)
        # The button lost the focus while it rested.
        at_county = self.next_button if self.stick.isHidden() else self.stick.read_button
        tried = at_county if self.pages.currentIndex() == ENROL else self.make_button
        tried.setFocus(Qt.FocusReason.OtherFocusReason)
        fields = {field.name: field for field in (self.address_field, self.code_field, self.first_field)}
        match error:
            case UserError() if error.problems[0].field in fields:
                field = fields[error.problems[0].field]
                field.show_problem(error.problems[0])
                field.setFocus(Qt.FocusReason.OtherFocusReason)
            case UserError() | StorageFault() | Offline():
                self.note.say("bad", error.words)
                self.note.show()
            case _:
                self.note.say("bad", notices.bug_words(notices.bug(error)))
                self.note.show()


def _step(title: str) -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    page.setProperty("surface", "clear")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, theme.soft(8), 0, 0)
    column.setSpacing(theme.soft(12))
    column.addWidget(words(title, "title"))
    return page, column
