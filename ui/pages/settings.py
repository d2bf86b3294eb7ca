"""设置: letter size, contrast, the phone printed on papers, the passphrase, the recovery sheet, about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.actions import opening
from app.domain.problem import UserError
from app.settings import Settings
from ui import notices, theme
from ui.pages.page import Page, scrolled
from ui.tasks import Tasks
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.text import LineBox, NumberBox
from ui.widgets.words import Button, words


class Household(Protocol):
    """What the page may change about the program itself."""

    settings: Settings
    release: str

    def change_settings(self, changed: Settings) -> None: ...

    def change_passphrase(
        self, old: str, new: str, done: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None: ...

    def make_recovery(self, done: Callable[[str], None], failed: Callable[[Exception], None]) -> None: ...


class SettingsPage(Page):
    """One column of cards, no tabs."""

    title = "设置"

    def __init__(self, tasks: Tasks, program: Household, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._program = program
        holder = QWidget()
        holder.setProperty("surface", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.soft(8), 0)
        column.setSpacing(theme.soft(12))
        for card in (self._looks(), self._phone(), self._passphrase(), self._recovery(), self._about()):
            column.addWidget(card)
        column.addStretch(1)
        self.body.addWidget(scrolled(holder), 1)

    def open(self, **params: Any) -> None:
        """Ask for the phone that is printed now."""
        self.clear_problems()
        self.code.setText("")
        self.run(lambda desk: desk.worker_phone, self.phone.setText)

    def leave(self) -> None:
        """Secrets do not stay on a page that is not looked at."""
        self.code.setText("")
        for box in (self.old, self.first, self.second):
            box.clear()

    def _looks(self) -> Card:
        card = Card(self.tr("字大小"))
        self.letters = ChoiceGroup(
            [("standard", self.tr("标准")), ("large", self.tr("大")), ("largest", self.tr("特大"))]
        )
        self.letters.set_label(self.tr("字大小"))
        self.letters.set_value(self._program.settings.size)
        self.letters.changed.connect(self._looks_chosen)
        self.contrast = ChoiceGroup([("on", self.tr("高对比"))], multi=True)
        self.contrast.set_label(self.tr("高对比"))
        self.contrast.set_values(["on"] if self._program.settings.high_contrast else [])
        self.contrast.changed.connect(self._looks_chosen)
        card.add(self.letters)
        card.add(self.contrast)
        return card

    def _looks_chosen(self) -> None:
        now = self._program.settings
        size = self.letters.value() or now.size
        self.letters.set_value(size)
        contrast = bool(self.contrast.values())
        self._program.change_settings(replace(now, size=size, high_contrast=contrast))

    def _phone(self) -> Card:
        card = Card(self.tr("印在单子上的电话"))
        self.phone = NumberBox()
        self.phone_field = Field("phone", self.tr("您的电话"), self.phone, self.tr("老人有事打给您。"))
        keep = Button(self.tr("记下来"), "", "check")
        keep.clicked.connect(self._keep_phone)
        row = QHBoxLayout()
        row.addWidget(self.phone_field, 1)
        row.addWidget(keep)
        card.add(row)
        return card

    def _keep_phone(self) -> None:
        number = self.phone.text().strip()
        self.run(
            lambda desk: opening.set_phone(desk, number),
            lambda _: notices.saved(self.tr("记下了。下次开锁起用。")),
        )

    def _passphrase(self) -> Card:
        card = Card(self.tr("换口令"))
        self.old, self.first, self.second = LineBox(), LineBox(), LineBox()
        for box in (self.old, self.first, self.second):
            box.setEchoMode(QLineEdit.EchoMode.Password)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        for name, label, box in (
            ("old", self.tr("现在的口令"), self.old),
            ("passphrase", self.tr("新口令"), self.first),
            ("again", self.tr("再打一遍"), self.second),
        ):
            row.addWidget(Field(name, label, box), 1)
        card.add(row)
        self.change_button = Button(self.tr("换成新口令"))
        self.change_button.clicked.connect(self._change)
        card.add(self.change_button)
        return card

    def _change(self) -> None:
        if self.first.text() != self.second.text():
            self.show_error(UserError(self.tr("两遍打得不一样，再打一遍。"), field="again"))
            return
        self.change_button.setEnabled(False)
        self._program.change_passphrase(self.old.text(), self.first.text(), self._changed, self._not_changed)

    def _changed(self) -> None:
        self.change_button.setEnabled(True)
        self.leave()
        notices.saved(self.tr("口令换好了。"))

    def _not_changed(self, error: Exception) -> None:
        self.change_button.setEnabled(True)
        self.show_error(error)

    def _recovery(self) -> Card:
        card = Card(self.tr("恢复码"))
        said = self.tr("忘了口令，就靠这张纸。抄下来或打出来，交镇里锁好。做了新的，旧的就作废。")
        card.add(words(said, "body", "quiet", wrap=True))
        self.code = words("", "figure", wrap=True)
        self.code.setAccessibleName(self.tr("恢复码"))
        card.add(self.code)
        button = Button(self.tr("做一张新的恢复码"))
        button.clicked.connect(lambda: self._program.make_recovery(self.code.setText, self.show_error))
        card.add(button)
        return card

    def _about(self) -> Card:
        card = Card(self.tr("关于"))
        card.add(words(self.tr("首访通 {release}").format(release=self._program.release), "strong"))
        said = self.tr("资料加了密，只在这台电脑和县里。没有网也能用。")
        card.add(words(said, "body", "quiet", wrap=True))
        return card
