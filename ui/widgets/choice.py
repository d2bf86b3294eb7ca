"""Choices as big buttons, all in sight: pointed at, or chosen by digit and arrow keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui import icons, theme
from ui.widgets import tab_order
from ui.widgets.flow_layout import FlowLayout

MOST = 9  # more than nine choices belong in a search list (`pick_list`)


@dataclass(frozen=True)
class Option:
    """One choice: the value the page stores, the words the worker sees, an optional icon."""

    key: str
    words: str
    icon: str = ""


class ChoiceButton(QPushButton):
    """One choice. Its width leaves room for the ✓ and bold words, so nothing shifts when it is chosen."""

    asked = Signal(str, int)
    _worn: theme.Theme | None = None  # the theme it was drawn in last

    def __init__(self, option: Option, *, multi: bool) -> None:
        super().__init__(option.words)
        self.option, self._multi = option, multi
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("choice", True)
        self.setAccessibleName(option.words)
        self.toggled.connect(lambda _on: self._dress())
        self._dress()

    def sizeHint(self) -> QSize:
        """Room for bold words and the mark."""
        wide = theme.bold_width(self.text())
        wide += theme.em(26) if self._multi or self.option.icon else theme.em(16)
        return QSize(max(wide + 2 * theme.soft(16), theme.soft(60)), theme.soft(60))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and arrows belong to the group."""
        key = event.key()
        if (
            Qt.Key.Key_1 <= key <= Qt.Key.Key_9
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.asked.emit("digit", key - Qt.Key.Key_1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.asked.emit("step", 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.asked.emit("step", -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.asked.emit("next", 0)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the mark anew when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._worn != theme.current():
            self._dress()

    def _dress(self) -> None:
        self._worn = theme.current()
        on = self.isChecked()
        name = ("boxed" if on else "box") if self._multi else ("check" if on else self.option.icon)
        px = theme.em(22)
        gap = theme.em(4)
        self.setIconSize(QSize(px + gap, px))
        self.setIcon(
            icons.icon(name, px, "pri2" if on else "ink2", gap_right=gap) if name else icons.nothing()
        )


class ChoiceGroup(QWidget):
    """`ChoiceGroup(options)` for one answer, `multi=True` for several.

    Choosing the chosen one again takes the answer back. `set_value` and `set_values` are silent.
    """

    changed = Signal()

    def __init__(
        self,
        options: Sequence[Option | tuple[str, str]],
        *,
        multi: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.multi = multi
        self.setProperty("surface", "clear")
        self._flow = FlowLayout(self, theme.soft(8))
        self.buttons: list[ChoiceButton] = []
        self.set_options(options)

    def set_options(self, options: Sequence[Option | tuple[str, str]]) -> None:
        """Replace the choices; answers that are still offered are kept. The same choices stay as they are: a
        page that asks again must not take the focus from under a hand.
        """
        wanted = [one if isinstance(one, Option) else Option(*one) for one in options]
        if wanted == [button.option for button in self.buttons]:
            return
        kept = set(self.values()) if self.buttons else set()
        last = self.buttons[-1] if self.buttons else None
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for option in wanted:
            button = ChoiceButton(option, multi=self.multi)
            button.setChecked(option.key in kept)
            button.clicked.connect(lambda on, button=button: self._clicked(button, on))
            button.asked.connect(lambda what, number, button=button: self._asked(button, what, number))
            self._flow.addWidget(button)
            self.buttons.append(button)
        self._rove()
        if last is not None:  # made anew they would be read last: they take the place of those before
            tab_order.after(last, self.buttons)

    def value(self) -> str:
        """Key of the one answer, "" when there is none."""
        return next(iter(self.values()), "")

    def values(self) -> tuple[str, ...]:
        """Keys of all answers in the order shown."""
        return tuple(button.option.key for button in self.buttons if button.isChecked())

    def set_value(self, key: str) -> None:
        """Choose `key` alone; "" chooses nothing."""
        self.set_values([key])

    def set_values(self, keys: Iterable[str]) -> None:
        """Choose exactly `keys`."""
        wanted = set(keys)
        for button in self.buttons:
            button.setChecked(button.option.key in wanted)
        self._rove()

    def set_label(self, label: str) -> None:
        """Name the question for a screen reader."""
        self.setAccessibleName(label)
        for button in self.buttons:
            button.setAccessibleName(f"{label}，{button.option.words}" if label else button.option.words)

    def _clicked(self, button: ChoiceButton, on: bool) -> None:
        if not self.multi:
            for other in self.buttons:
                if other is not button:
                    other.setChecked(False)
        button.setChecked(on)
        self._rove()
        self.changed.emit()

    def _asked(self, button: ChoiceButton, what: str, number: int) -> None:
        place = self.buttons.index(button)
        match what:
            case "digit" if number < len(self.buttons):
                target = self.buttons[number]
                target.setFocus(Qt.FocusReason.TabFocusReason)
                self._clicked(target, True if not self.multi else not target.isChecked())
            case "step":
                self.buttons[(place + number) % len(self.buttons)].setFocus(Qt.FocusReason.TabFocusReason)
            case "next":
                if not self.multi and not button.isChecked():
                    self._clicked(button, True)
                if self.multi:  # the next question, not the next box of this one
                    self.buttons[-1].setFocus(Qt.FocusReason.TabFocusReason)
                self.buttons[-1].focusNextChild()

    def _rove(self) -> None:
        """Only one button of a single-answer group is in the tab order: the answer, or the first."""
        chosen = next((button for button in self.buttons if button.isChecked()), None)
        first = chosen or next(iter(self.buttons), None)
        for button in self.buttons:
            tabbed = self.multi or button is first
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tabbed else Qt.FocusPolicy.ClickFocus)
        if first is not None:
            self.setFocusProxy(first)
