"""Which matters a finding is about, chosen by kind."""

from __future__ import annotations

from typing import Any

from app.domain.packs.policy import ItemKinds
from ui.forms.editors import Editor
from ui.widgets.grouped_choice import GroupedChoice


class MattersEditor(Editor):
    """`value()` is the list of codes, None when there is none."""

    def __init__(self, kinds: ItemKinds) -> None:
        super().__init__()
        self.choice = GroupedChoice(multi=True)
        self.choice.set_groups(kinds)
        self.column(self.choice)
        self.setFocusProxy(self.choice)
        self.choice.changed.connect(self.changed)

    def value(self) -> list[str] | None:
        return list(self.choice.values()) or None

    def set_value(self, value: Any) -> None:
        self.choice.set_values(value or ())

    def set_label(self, label: str) -> None:
        super().set_label(label)
        self.choice.set_label(label)
