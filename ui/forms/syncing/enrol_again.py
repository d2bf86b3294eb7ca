"""重新登记这台电脑: the county's new code from paper, when it no longer takes anything from this computer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.domain.problem import Offline, Problem, ProtocolError, StorageFault, UserError
from ui import notices
from ui.forms.syncing.stick_enrol import StickDoor, StickEnrol
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.scroll import reveal
from ui.widgets.text import LineBox
from ui.widgets.words import Button, words

Failed = Callable[[Exception], None]


class Readmission(StickDoor, Protocol):
    """Who asks the county, by the line or by a stick; slow work answers through the callbacks."""

    @property
    def server(self) -> str:
        """The address that is known, "" where none is."""

    @property
    def lost(self) -> bool:
        """Whether this computer has no enrolment any more."""

    def enrol(self, address: str, code: str, done: Callable[[str], None], failed: Failed) -> None:
        """`done(place)`. UserError fields: address, code."""


class EnrolAgain(Card):
    """`enrolled` when the county knows this computer again. Closed but for one button until it is needed."""

    enrolled = Signal()

    def __init__(self, gate: Readmission) -> None:
        super().__init__("")
        self._gate = gate
        self.set_title(self.tr("重新登记这台电脑"))
        said = self.tr(
            "县里停用过这台电脑、县里的资料恢复过、登记丢了，才要重新登记。"
            "跟县里要一张新的登记码。没上传的一件也不会少。"
        )
        self.add(words(said, "body", "quiet", wrap=True))
        self.address, self.code = LineBox(), LineBox()
        hint = self.tr("县里发的纸上有，照着打，例如 https://county.example")
        self.address_field = Field("address", self.tr("县里的网址"), self.address, hint)
        self.code_field = Field(
            "code", self.tr("新的登记码"), self.code, self.tr("一台电脑一个码，用过就作废。")
        )
        self.note = Note("info", "")
        self.note.hide()
        self.stick = StickEnrol(gate, self._typed)
        for part in (self.note, self.address_field, self.code_field, self.stick):
            self.add(part)
        row = QHBoxLayout()
        self.open_button = Button(self.tr("有新的登记码"))
        self.go_button = Button(self.tr("登记"), "primary")
        self.stick_button = Button(self.tr("没有网？用 U 盘登记"), "text")
        for button in (self.open_button, self.go_button, self.stick_button):
            row.addWidget(button)
        row.addStretch(1)
        self.add(row)
        self.open_button.clicked.connect(self.begin)
        self.stick_button.clicked.connect(lambda: self._by_stick(self.stick.isHidden()))
        self.stick.answered.connect(self._done)
        self.stick.failed.connect(self._refused)
        self.go_button.clicked.connect(self._go)
        self.address.returnPressed.connect(self._go)
        self.code.returnPressed.connect(self._go)
        self._unfold(False)

    def begin(self) -> None:
        """Open it and wait for the code."""
        self.unfold()
        self.note.hide()
        field = self.code_field if self.address.value() else self.address_field
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(field)

    def unfold(self) -> None:
        """It is needed: show the boxes, without taking the focus."""
        if self.code_field.isHidden():
            self._unfold(True)
            if not self.address.value():
                self.address.setText(self._gate.server)

    def lost(self) -> None:
        """The computer has no enrolment any more, so nothing is ever sent until it has one."""
        self.unfold()
        lead = self.tr("这台电脑的登记丢了，传不上去。")
        self.note.say("warn", lead, self.tr("没上传的都在。登记好了就接着传。"))
        self.note.show()

    def _unfold(self, unfolded: bool) -> None:
        for part in (self.address_field, self.code_field, self.go_button, self.stick_button):
            part.setVisible(unfolded)
        self.open_button.setVisible(not unfolded)
        self._by_stick(False, unfolded)

    def _by_stick(self, by_stick: bool, unfolded: bool = True) -> None:
        """Another way to the county; its address comes in the answer then. What was typed stays."""
        self.stick.setVisible(by_stick)
        for part in (self.address_field, self.go_button):
            part.setVisible(unfolded and not by_stick)
        self.stick_button.setText(self.tr("有网，直接登记") if by_stick else self.tr("没有网？用 U 盘登记"))
        if by_stick:
            self.note.hide()
            self.code_field.setFocus(Qt.FocusReason.OtherFocusReason)
            reveal(self.stick)

    def _typed(self) -> tuple[str, str] | None:
        """Address ("" by stick) and code, or None once it is said at a box what is missing."""
        by_stick = not self.stick.isHidden()
        for field, box in ((self.address_field, self.address), (self.code_field, self.code)):
            if not box.value() and not (by_stick and box is self.address):
                field.show_problem(Problem(field.name, self.tr("照着县里发的纸打上。")))
                field.setFocus()
                return None
        return "" if by_stick else self.address.value(), self.code.value()

    def _go(self) -> None:
        if not self.go_button.isEnabled() or not self.stick.isHidden():
            return
        typed = self._typed()
        if typed is not None:
            self._busy(True)
            self._gate.enrol(*typed, self._done, self._refused)

    def _done(self, place: str, _worker: str = "", number: str = "") -> None:
        self._busy(False)
        self.code.clear()
        self._unfold(False)
        told = self.tr("核对数 {number}，打电话让县里念一遍，一样就对。没上传的接着用 U 盘送。")
        rest = told.format(number=number) if number else self.tr("正在接着传。")
        self.note.say("ok", self.tr("县里认得这台电脑了：{place}。").format(place=place), rest)
        self.note.show()
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.enrolled.emit()

    def _refused(self, error: Exception) -> None:
        self._busy(False)
        fields = {field.name: field for field in (self.address_field, self.code_field)}
        match error:
            case UserError() if error.problems[0].field in fields:
                fields[error.problems[0].field].show_problem(error.problems[0])
                fields[error.problems[0].field].setFocus()
            case UserError() | StorageFault() | Offline():
                self._say(error.words)
            case ProtocolError():
                self._say(getattr(error, "words", "") or self.tr("跟县里的话对不上，没有登记。报给县里。"))
            case _:
                self._say(notices.bug_words(notices.bug(error)))

    def _say(self, said: str) -> None:
        lead, _, rest = said.partition("。")
        self.note.say("bad", f"{lead}。", rest)
        self.note.show()

    def _busy(self, busy: bool) -> None:
        self.go_button.setEnabled(not busy)
        self.go_button.setText(self.tr("正在问县里…") if busy else self.tr("登记"))
        if busy:
            self.note.hide()
