"""设置: letter size, contrast, the phone on papers, the passphrase, the recovery sheet, the check, about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.policy import policies
from app.settings import Settings
from ui import notices, theme
from ui.forms.households.people_card import People, PeopleCard
from ui.forms.safekeeping.backup_card import Backer, BackupCard
from ui.forms.safekeeping.check_card import CheckCard, Checker
from ui.forms.safekeeping.passphrase_card import PassphraseCard
from ui.forms.safekeeping.recovery_card import RecoveryCard
from ui.pages.page import Page, scrolled
from ui.tasks import Tasks
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.text import NumberBox
from ui.widgets.words import Button, words

SIZES = (("standard", "标准", 16), ("large", "大", 19), ("largest", "特大", 23))
Failed = Callable[[Exception], None]


class Program(Protocol):
    """What the page may change about the program itself."""

    settings: Settings
    release: str
    clock: Callable[[], datetime]

    def change_settings(self, changed: Settings) -> None:
        """Apply and keep. Raises StorageFault when it cannot be kept."""

    def change_keys(self) -> None:
        """Lock, give the data a new key, and stand at the lock again."""


class Keeper(Protocol):
    """What the page may change about the door; slow work answers through the callbacks."""

    recovered: bool

    def change(
        self, old: str, new: str, done: Callable[[], None], failed: Failed, *, bound: bool = False
    ) -> None: ...

    def binding(self, done: Callable[[tuple[bool, bool]], None], failed: Failed) -> None: ...

    def make_recovery(self, done: Callable[[str], None], failed: Failed) -> None: ...

    def print_recovery(self, code: str, done: Callable[[bool], None], failed: Failed) -> None: ...

    def set_phone(self, phone: str, done: Callable[[], None], failed: Failed) -> None: ...


class SettingsPage(Page):
    """One column of cards, no tabs. `open(part="passphrase")` begins at the passphrase, "backup" there."""

    title = "设置"

    def __init__(
        self,
        tasks: Tasks,
        program: Program,
        keeper: Keeper,
        people: People,
        backer: Backer,
        checker: Checker,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, parent)
        self._program, self._keeper = program, keeper
        holder = QWidget()
        holder.setProperty("surface", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.soft(8), 0)
        column.setSpacing(theme.soft(12))
        self.passphrase = PassphraseCard(keeper)
        self.recovery = RecoveryCard(keeper)
        self.people = PeopleCard(people)
        self.people.change_asked.connect(program.change_keys)
        self._backer = backer
        self.backup = BackupCard(backer, program.clock)
        # The card is scrolled to once what it was told stands in its place.
        self._seek = QTimer(self, singleShot=True, interval=0)
        self._seek.timeout.connect(self._to_backup)
        self._seeking = False
        backer.known.connect(lambda _last: self._seek.start() if self._seeking else None)
        self.check = CheckCard(checker)
        doors = (self.backup, self.passphrase, self.people, self.recovery, self.check)
        for card in doors:
            card.failed.connect(self.show_error)
        for part in (self._looks(), self._phone(), *doors, self._about()):
            column.addWidget(part)
        column.addStretch(1)
        self.area = scrolled(holder)
        self.body.addWidget(self.area, 1)

    def open(self, **params: Any) -> None:
        """Ask for the phone that is printed now; whoever has no passphrase she knows begins there."""
        self.clear_problems()
        self.recovery.clear()
        self.people.show_people()
        self.passphrase.fit(recovered=self._keeper.recovered)
        self.run(_facts, self._show)
        self._backer.ask()
        if self._keeper.recovered or params.get("part") == "passphrase":
            self.passphrase.begin()
            self.area.ensureWidgetVisible(self.passphrase)
        elif params.get("part") == "backup":
            self.backup.begin()
            self._seeking = True

    def _to_backup(self) -> None:
        self._seeking = False
        self.area.ensureWidgetVisible(self.backup.places if self.backup.places.isVisible() else self.backup)

    def leave(self) -> None:
        """Secrets do not stay on a page that is not looked at, and no other page waits for a check."""
        self.recovery.clear()
        self.passphrase.clear()
        self.people.clear()
        self.check.leave()

    def _show(self, facts: tuple[str, str, str]) -> None:
        phone, village, pack = facts
        self.phone.setText(phone)
        self.place.setText(self.tr("{village} · 政策包：{pack}").format(village=village, pack=pack))

    def _looks(self) -> Card:
        card = Card(self.tr("字大小"))
        self.letters = ChoiceGroup([(key, self.tr(word)) for key, word, _ in SIZES])
        for button, (_, _, points) in zip(self.letters.buttons, SIZES, strict=True):
            button.setStyleSheet(f"font-size: {points}pt;")  # each shows the size it stands for
        self.letters.set_label(self.tr("字大小"))
        self.letters.set_value(self._program.settings.size)
        self.letters.changed.connect(self._looks_chosen)
        self.contrast = ChoiceGroup([("on", self.tr("高对比，黑白更分明"))], multi=True)
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
        try:
            self._program.change_settings(replace(now, size=size, high_contrast=contrast))
        except Exception as error:  # every way it can fail is said on the page
            self.show_error(error)

    def _phone(self) -> Card:
        card = Card(self.tr("印在单子上的电话"))
        self.phone = NumberBox()
        hint = self.tr("老人有事打给您。手机 11 位，座机带区号。")
        self.phone_field = Field("phone", self.tr("您的电话"), self.phone, hint)
        self.keep_button = Button(self.tr("记下来"), "", "check")
        self.keep_button.clicked.connect(self._keep_phone)
        self.phone.returnPressed.connect(self._keep_phone)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        row.addWidget(self.phone_field, 1)
        under = QVBoxLayout()  # beside the box, below its label
        under.setSpacing(theme.soft(4))
        under.addWidget(words("\u00a0", "label"))  # as high as the label, also when letters grow
        under.addWidget(self.keep_button)
        under.addStretch(1)
        row.addLayout(under)
        card.add(row)
        return card

    def _keep_phone(self) -> None:
        self._keeper.set_phone(
            self.phone.value(),
            lambda: notices.saved(self.tr("记下了，马上就用。")),
            self.show_error,
        )

    def _about(self) -> Card:
        card = Card(self.tr("关于"))
        card.add(words(self.tr("首访通 {release}").format(release=self._program.release), "strong"))
        self.place = words("", "body", wrap=True)
        card.add(self.place)
        said = self.tr("资料加了密，只在这台电脑和县里。没有网也能用。")
        card.add(words(said, "body", "quiet", wrap=True))
        card.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return card


def _facts(desk: Desk) -> tuple[str, str, str]:
    unsigned = "（没有签名）" if desk.pack.unsigned else ""
    return desk.worker_phone, desk.village_name, policies.edition(desk.pack) + unsigned
