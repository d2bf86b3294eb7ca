"""Text boxes: Enter goes to the next field, digits are typed without the input method, the wheel is dead."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui import theme
from ui.widgets.following import follow


class LineBox(QLineEdit):
    """One line of text. `changed` is emitted when the worker edits it. There is no length limit."""

    changed = Signal()

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> str:
        """The text without space around it."""
        return self.text().strip()

    def set_value(self, text: str) -> None:
        """Show `text`."""
        self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the next field, as in the chat programs everybody knows."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.editingFinished.emit()
            self.returnPressed.emit()
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Inside a form that steps back across fields, Ctrl+Z is the form's."""
        if _is_forms_undo(self, event):
            event.ignore()
            return False
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the page, never the value."""
        event.ignore()


class NumberBox(LineBox):
    """Digits: the input method is off, full-width digits from the clipboard are understood by the owner."""

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(hint, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)


class ParagraphBox(QPlainTextEdit):
    """Several lines: the visitor's own words. Tab leaves it, Ctrl+Enter is left to the page.

    It is at least `lines` high, or exactly that when it does not `grow`.
    """

    changed = Signal()

    def __init__(
        self, hint: str = "", lines: int = 3, parent: QWidget | None = None, *, grow: bool = True
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self._lines = lines
        follow(self, lambda box: box._fit(grow=grow))
        self.textChanged.connect(self.changed)

    def _fit(self, *, grow: bool) -> None:
        tall = self.fontMetrics().height() * self._lines + theme.soft(28)
        (self.setMinimumHeight if grow else self.setFixedHeight)(tall)

    def value(self) -> str:
        """The text without space around it."""
        return self.toPlainText().strip()

    def set_value(self, text: str) -> None:
        """Show `text`; no `changed` is emitted."""
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)

    def event(self, event: QEvent) -> bool:
        """Inside a form that steps back across fields, Ctrl+Z is the form's."""
        if _is_forms_undo(self, event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter presses the page's button instead of breaking the line."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            event.ignore()
            return
        super().keyPressEvent(event)


def _is_forms_undo(box: QWidget, event: QEvent) -> bool:
    """True for Ctrl+Z and Ctrl+Y asked of a box that stands in a widget with the property `steps_back`."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
    if not any(event.matches(key) for key in keys):
        return False
    above = box.parentWidget()
    while above is not None and not above.property("steps_back"):
        above = above.parentWidget()
    return above is not None
