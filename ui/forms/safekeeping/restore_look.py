"""The third click of a restore: what is inside and what becomes of what is here; then that it is done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.safekeeping import restore_words
from app.actions.safekeeping.restoring import Preview, Restored
from app.domain.problem import StorageFault, UserError
from ui import notices, theme
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.words import Button, words


class RestoreLook(QWidget):
    """`used` for 「用这份」, `left` for another one, `over` when she has read that it is done."""

    used = Signal()
    left = Signal()
    over = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._preview: Preview | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.title = words("", "title", wrap=True)
        column.addWidget(self.title)
        self.card = Card()
        self.inside = words("", wrap=True)
        self.card.add(self.inside)
        column.addWidget(self.card)
        self.note, self.trouble = Note("warn", ""), Note("bad", "")
        for part in (self.note, self.trouble):
            column.addWidget(part)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.soft(12))
        self.back_button = Button(self.tr("换一份"), "", "left")
        self.use_button = Button("", "main")
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.use_button, 1)
        column.addLayout(buttons)
        column.addStretch(1)
        self.back_button.clicked.connect(self.left)
        self.use_button.clicked.connect(self._pressed)
        self._done = False

    def show_preview(self, preview: Preview) -> None:
        """Say what is inside."""
        self._preview, self._done = preview, False
        self.title.setText(self.tr("看一看，是不是这一份"))
        self.inside.setText("\n".join(restore_words.inside(preview)))
        lead, *rest = restore_words.replaced(preview) or ("",)
        self.note.say("warn", lead, "\n".join(rest))
        self.note.setVisible(bool(lead))
        self.trouble.hide()
        self.card.show()
        self.back_button.show()
        self.busy(False)
        self.use_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_done(self, restored: Restored) -> None:
        """Say that it is done and where the other one lies."""
        assert self._preview is not None, "it was looked at"
        self._done = True
        lead, *rest = restore_words.outcome(restored, self._preview)
        self.title.setText(self.tr("恢复好了"))
        self.note.say("ok", lead.partition("。")[2] or lead, "\n".join(rest))
        self.note.show()
        self.card.hide()
        self.back_button.hide()
        self.busy(False)
        self.use_button.setText(self.tr("去开锁"))
        self.use_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: Exception) -> None:
        """Say why it was not done."""
        self.busy(False)
        if isinstance(error, UserError | StorageFault):
            lead, _, rest = error.words.partition("。")
            self.trouble.say("bad", f"{lead}。", rest)
        else:
            self.trouble.say("bad", notices.bug_words(notices.bug(error)))
        self.trouble.show()

    def busy(self, busy: bool) -> None:
        """While it is put in place."""
        self.use_button.setEnabled(not busy)
        self.back_button.setEnabled(not busy)
        self.use_button.setText(self.tr("正在换，先别关机…") if busy else self.tr("用这份"))

    def _pressed(self) -> None:
        if self._done:
            self.over.emit()
        else:
            self.busy(True)
            self.used.emit()
