"""The controls behind the fields of a form: each holds one plain value and says when it was given.

`changed`: given, keep it now. `typing`: still being typed, keep it after a pause. `doubted`: something
to mend, as a Problem, or None when it is fine again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.problem import Problem
from app.domain.visits.form import OTHER_PERSON
from ui import theme
from ui.widgets.choice import ChoiceGroup, Option
from ui.widgets.date import DateEdit
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.following import follow
from ui.widgets.text import LineBox, NumberBox, ParagraphBox
from ui.widgets.words import Button, words

MORE = "…"


class Editor(QWidget):
    """Base of all of them."""

    changed = Signal()
    typing = Signal()
    doubted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")

    def value(self) -> Any:
        """The plain value, None when empty."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show `value`; silent."""
        raise NotImplementedError

    def set_label(self, label: str) -> None:
        """Name the inner controls for a screen reader."""
        self.setAccessibleName(label)

    def stand_by(self) -> None:
        """The worker says a doubted value is right."""

    def column(self, *items: QWidget) -> QVBoxLayout:
        """Stand `items` below each other without margins."""
        made = QVBoxLayout(self)
        made.setContentsMargins(0, 0, 0, 0)
        made.setSpacing(theme.soft(8))
        for item in items:
            made.addWidget(item)
        return made


class TextEditor(Editor):
    """One line of words, or several."""

    def __init__(self, *, long: bool = False) -> None:
        super().__init__()
        self.box: LineBox | ParagraphBox = ParagraphBox("", 2, grow=False) if long else LineBox()
        self.column(self.box)
        self.setFocusProxy(self.box)
        if isinstance(self.box, ParagraphBox):
            self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.box.changed.connect(self.typing)
        if isinstance(self.box, LineBox):
            self.box.editingFinished.connect(self.changed)

    def value(self) -> str | None:
        return self.box.value() or None

    def set_value(self, value: Any) -> None:
        text = str(value or "")
        if self.box.value() != text:
            self.box.set_value(text)

    def set_label(self, label: str) -> None:
        super().set_label(label)
        self.box.setAccessibleName(label)


class NumberEditor(Editor):
    """A whole number with its unit; what cannot be read is doubted, never kept."""

    def __init__(self, unit: str, most: int) -> None:
        super().__init__()
        self._unit, self._most = unit, most
        self.box = follow(NumberBox(), lambda box: box.setFixedWidth(theme.soft(160)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        row.addWidget(words(unit))
        row.addStretch(1)
        self.setFocusProxy(self.box)
        self.box.changed.connect(self.typing)
        self.box.editingFinished.connect(self._finish)

    def value(self) -> int | None:
        text = unicodedata.normalize("NFKC", self.box.value())
        number = int(text) if text.isascii() and text.isdigit() else None
        return None if number is None or (self._most and number > self._most) else number

    def set_value(self, value: Any) -> None:
        self.box.setText("" if value is None else str(value))

    def set_label(self, label: str) -> None:
        super().set_label(label)
        self.box.setAccessibleName(f"{label}，{self._unit}")

    def _finish(self) -> None:
        text, number = self.box.value(), self.value()
        if text and number is None:
            self.doubted.emit(
                Problem("", self.tr("这里填数，最多 {most}{unit}。").format(most=self._most, unit=self._unit))
            )
            return
        self.doubted.emit(None)
        self.changed.emit()


class Choices(Editor):
    """Options as buttons: those in `front` first, `more` unfolds the rest, `alone` ones exclude others."""

    def __init__(
        self,
        options: Sequence[Option],
        *,
        multi: bool = False,
        alone: frozenset[str] = frozenset(),
        front: tuple[str, ...] = (),
        more: str = "",
    ) -> None:
        super().__init__()
        self._multi, self._alone, self._before = multi, alone, set[str]()
        first = [one for one in options if one.key in front]
        self._all = first + [one for one in options if one.key not in front]
        self._folded = bool(more) and 0 < len(first) < len(options)
        self.group = ChoiceGroup([*first, Option(MORE, more)] if self._folded else self._all, multi=multi)
        self.column(self.group)
        self.setFocusProxy(self.group)
        self.group.changed.connect(self._chosen)

    def value(self) -> str | list[str] | None:
        codes = [code for code in self.group.values() if code != MORE]
        if self._multi:
            return codes or None
        return codes[0] if codes else None

    def set_value(self, value: Any) -> None:
        codes = [value] if isinstance(value, str) else list(value or ())
        shown = {button.option.key for button in self.group.buttons}
        if not set(codes) <= shown:
            self._unfold()
        self.group.set_values(codes)
        self._before = set(codes)

    def set_label(self, label: str) -> None:
        super().set_label(label)
        self.group.set_label(label)

    def _unfold(self) -> None:
        if self._folded:
            self._folded = False
            self.group.set_options(self._all)
            self.group.set_label(self.accessibleName())

    def _chosen(self) -> None:
        now = set(self.group.values())
        if MORE in now:
            self._open_rest(now - {MORE})
            return
        new = now - self._before
        if new & self._alone:
            now = new & self._alone
        elif new:
            now -= self._alone
        self.group.set_values(now)
        self._before = now
        self.changed.emit()

    def _open_rest(self, kept: set[str]) -> None:
        # Asking for the rest says that what excludes it no longer holds.
        told = kept & self._alone
        self._unfold()
        self.group.set_values(kept - told)
        self._before = kept - told
        rest = next((one for one in self.group.buttons if one.option.key not in self._alone), None)
        if rest is not None:
            rest.setFocus()
        if told:
            self.changed.emit()


class DateEditor(Editor):
    """A day as ISO text. A day to come offers 明天 后天 一周后, one that was offers 今天 昨天 前天."""

    def __init__(self, today: date, *, ahead: bool) -> None:
        super().__init__()
        self.edit = DateEdit(today, quick=not ahead, future=ahead)
        made = self.column()
        if ahead:
            made.addWidget(self._buttons(today))
        made.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.edit.changed.connect(self._edited)
        self.edit.doubted.connect(self.doubted)
        self._today, self._ahead, self.certain = today, ahead, self.edit.certain

    def value(self) -> str | None:
        day = self.edit.value()
        return day.isoformat() if day else None

    def set_value(self, value: Any) -> None:
        self.edit.set_value(date.fromisoformat(value) if value else None)

    def set_label(self, label: str) -> None:
        super().set_label(label)
        self.edit.set_label(label)

    def _buttons(self, today: date) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        flow = FlowLayout(holder, theme.soft(8))
        for days, word in ((1, self.tr("明天")), (2, self.tr("后天")), (7, self.tr("一周后"))):
            button = Button(word)
            button.clicked.connect(lambda _on=False, days=days: self._pick(today + timedelta(days=days)))
            flow.addWidget(button)
        return holder

    def _pick(self, day: date) -> None:
        self.edit.set_value(day)
        self._edited()

    def _edited(self) -> None:
        day = self.edit.value()
        if day is not None and self._ahead and day < self._today:
            self.doubted.emit(Problem("", self.tr("这一天已经过去了，换一天。")))
        if day is not None:
            self.changed.emit()


class MemberEditor(Choices):
    """Who of the household, or somebody else."""

    def __init__(self, members: Sequence[tuple[str, str]]) -> None:
        options = [Option(key, said) for key, said in members]
        super().__init__([*options, Option(OTHER_PERSON, self.tr("不是这家的人"))])


class VisitorsEditor(Editor):
    """The worker herself, and who went along: those of earlier visits as buttons, anyone else by name."""

    def __init__(self, worker: str, worker_name: str, partners: Sequence[str]) -> None:
        super().__init__()
        self._worker = worker
        me = [Option(worker, self.tr("{name}（您）").format(name=worker_name))]
        self.group = ChoiceGroup([*me, *(Option(name, name) for name in partners)], multi=True)
        self.box = LineBox(self.tr("还有谁，写名字"))
        follow(self.box, lambda box: box.setMaximumWidth(theme.soft(420)))
        self.column(self.group, self.box)
        self.setFocusProxy(self.group)
        self._known = {worker, *partners}
        self.group.changed.connect(self._chosen)
        self.box.changed.connect(self.typing)
        self.box.editingFinished.connect(self.changed)

    def value(self) -> tuple[str, ...]:
        text = self.box.value()
        for mark in "，,、；; ":
            text = text.replace(mark, " ")
        return tuple(dict.fromkeys((*self.group.values(), *text.split())))

    def set_value(self, value: Any) -> None:
        names = tuple(value or ())
        self.group.set_values(name for name in names if name in self._known)
        others = "、".join(name for name in names if name not in self._known)
        if others != "、".join(name for name in self.value() if name not in self._known):
            self.box.setText(others)

    def set_label(self, label: str) -> None:
        super().set_label(label)
        self.group.set_label(label)
        self.box.setAccessibleName(f"{label}，{self.box.placeholderText()}")

    def _chosen(self) -> None:
        # Whoever writes the visit was there.
        self.group.set_values({*self.group.values(), self._worker})
        self.changed.emit()
