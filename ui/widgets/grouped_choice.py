"""Choices by kind, where there are more than can be taken in at once: the kinds, and below them one kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets import tab_order
from ui.widgets.choice import MOST, ChoiceGroup, Option

Kind = tuple[str, Sequence[tuple[str, str]]]


class GroupedChoice(QWidget):
    """Kinds are (words, ((key, words), …)). What is chosen stays in sight whatever kind is looked at.

    Up to nine choices stand there all together, without kinds. `set_value` and `set_values` are silent.
    """

    changed = Signal()

    def __init__(self, *, multi: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._groups: tuple[Kind, ...] = ()
        self._label = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        self.kinds = ChoiceGroup([])
        self.choices = ChoiceGroup([], multi=multi)
        self.kinds.changed.connect(self._offer)
        self.choices.changed.connect(self.changed)
        column.addWidget(self.kinds)
        column.addWidget(self.choices)

    def set_groups(self, groups: Sequence[Kind]) -> None:
        """Replace what is offered; answers that are still offered are kept."""
        self._groups = tuple(groups)
        self.kinds.set_options([(words, words) for words, _ in self._groups])
        self.kinds.set_label(self._label)
        self.kinds.setVisible(sum(len(choices) for _, choices in self._groups) > MOST)
        self._offer()

    def value(self) -> str:
        """Key of the one answer, "" when there is none."""
        return self.choices.value()

    def values(self) -> tuple[str, ...]:
        """Keys of all answers, in the order of the kinds."""
        chosen = set(self.choices.values())
        return tuple(key for _, choices in self._groups for key, _ in choices if key in chosen)

    def set_value(self, key: str) -> None:
        """Choose `key` alone and look at its kind; "" chooses nothing."""
        self.set_values([key])

    def set_values(self, keys: Iterable[str]) -> None:
        """Choose exactly `keys` and look at the kind of the first."""
        wanted = list(keys)
        first = next((words for words, choices in self._groups if wanted and wanted[0] in dict(choices)), "")
        self.kinds.set_value(first)
        self._offer(wanted)
        self.choices.set_values(wanted)

    def set_label(self, label: str) -> None:
        """Name the question for a screen reader."""
        self._label = label
        self.setAccessibleName(label)
        self.kinds.set_label(label)
        self.choices.set_label(label)

    def _offer(self, also: Iterable[str] = ()) -> None:
        held = {*self.choices.values(), *also}
        kind = self.kinds.value()
        everything = not self.kinds.isVisibleTo(self)
        self.choices.set_options(
            [
                Option(key, words)
                for name, choices in self._groups
                for key, words in choices
                if everything or name == kind or key in held
            ]
        )
        self.choices.set_label(self._label)
        if self.kinds.buttons:
            tab_order.after(self.kinds.buttons[-1], self.choices.buttons)
        self.choices.setVisible(bool(self.choices.buttons))
        first = self.choices if self.choices.value() or everything else self.kinds
        self.setFocusProxy(first)
