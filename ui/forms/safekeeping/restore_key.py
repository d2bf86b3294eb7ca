"""The second click of a restore: the passphrase of the day the backup was made, or the recovery code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.problem import StorageFault, UserError
from ui import notices, theme
from ui.widgets.banner import Note
from ui.widgets.passphrase import PassphraseRow
from ui.widgets.recovery_code import RecoveryBoxes
from ui.widgets.who_card import WhoCards
from ui.widgets.words import Button, words


class RestoreKey(QWidget):
    """`given(worker, passphrase)` or `coded(worker, code)`; `left` to choose another backup."""

    given = Signal(str, str)
    coded = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._people: tuple[tuple[str, str], ...] = ()
        self.who: WhoCards | None = None
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.title = words("", "title", wrap=True)
        column.addWidget(self.title)
        self.hint = words("", wrap=True)
        column.addWidget(self.hint)
        self.row, self.boxes = PassphraseRow(), RecoveryBoxes()
        self.note = Note("bad", "")
        self.note.hide()
        self.swap_button = Button("", "text")
        self.back_button = Button(self.tr("换一份"), "", "left")
        self.open_button = Button(self.tr("打开看看"), "main")
        for part in (self.row, self.boxes, self.note):
            column.addWidget(part)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.soft(12))
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.open_button, 1)
        column.addLayout(buttons)
        column.addWidget(self.swap_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.row.box.returnPressed.connect(self._open)
        self.row.box.changed.connect(self.note.hide)
        self.boxes.finished.connect(self._open)
        self.boxes.changed.connect(self.note.hide)
        self.open_button.clicked.connect(self._open)
        self.swap_button.clicked.connect(lambda: self._by_code(self.boxes.isHidden()))
        self.back_button.clicked.connect(self.left)

    def begin(self, people: Sequence[tuple[str, str]]) -> None:
        """Ask one of `people`, (id, name) each, for her passphrase."""
        self._people = tuple(people)
        if self.who is not None:
            self.who.hide()
            self.who.deleteLater()
            self.who = None
        if len(people) > 1:
            self.who = WhoCards(people)
            self.who.setAccessibleName(self.tr("谁的口令"))
            self._column.insertWidget(1, self.who)
        self._by_code(False)

    def clear(self) -> None:
        """What was typed does not stay."""
        self.row.box.clear()
        self.boxes.clear()
        self.busy(False)

    def refuse(self, error: Exception) -> None:
        """Say what was wrong, beside what was typed."""
        self.busy(False)
        match error:
            case UserError() | StorageFault():
                lead, _, rest = error.words.partition("。")
                self.note.say("bad", f"{lead}。", rest)
            case _:
                self.note.say("bad", notices.bug_words(notices.bug(error)))
        self.note.show()
        group = error.problems[0].field.partition(".")[2] if isinstance(error, UserError) else ""
        if self.boxes.isHidden():
            self.row.box.selectAll()
            self.row.box.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.boxes.point_at(int(group) if group.isdigit() else 0)

    def busy(self, busy: bool) -> None:
        """While it is opened and looked through."""
        self.open_button.setEnabled(not busy)
        self.open_button.setText(self.tr("正在打开，查一遍…") if busy else self.tr("打开看看"))

    def _by_code(self, by_code: bool) -> None:
        name = self._people[0][1] if len(self._people) == 1 else self.tr("您")
        self.note.hide()
        self.row.setVisible(not by_code)
        self.boxes.setVisible(by_code)
        self.title.setText(
            self.tr("照恢复码那张纸，一组一组打") if by_code else self.tr("{name}的口令").format(name=name)
        )
        self.hint.setText(
            self.tr("要做备份那天用的那张纸。")
            if by_code
            else self.tr("打做备份那天的口令。后来换过口令的，打换之前的。")
        )
        self.swap_button.setText(self.tr("用口令开") if by_code else self.tr("口令忘了，用恢复码开"))
        (self.boxes if by_code else self.row).setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        if not self.open_button.isEnabled():
            return
        worker = self.who.value() if self.who is not None else self._people[0][0]
        if not self.boxes.isHidden():
            self.busy(True)
            self.coded.emit(worker, self.boxes.code())
        elif self.row.box.text():
            self.busy(True)
            self.given.emit(worker, self.row.box.text())
        else:
            self.note.say("warn", self.tr("还没写口令。"))
            self.note.show()
