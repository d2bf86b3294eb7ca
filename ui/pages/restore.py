"""从备份恢复, before the lock: choose one, open it, look at it and use it. Three clicks, nothing deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.actions.safekeeping.backup_places import Found
from app.actions.safekeeping.restoring import Preview, Restored
from app.domain.problem import StorageFault, UserError
from ui import notices
from ui.forms.safekeeping.restore_key import RestoreKey
from ui.forms.safekeeping.restore_look import RestoreLook
from ui.forms.safekeeping.restore_pick import RestorePick
from ui.widgets.banner import Note
from ui.widgets.gate_column import gate_column
from ui.widgets.step_bar import StepBar

PICK, KEY, LOOK = 0, 1, 2
Failed = Callable[[Exception], None]


class RestoreGate(Protocol):
    """What the page asks for; slow work answers through the callbacks."""

    def find(self, done: Callable[[Sequence[Found]], None], failed: Failed) -> None: ...

    def choose(
        self, file: Path, done: Callable[[Sequence[tuple[str, str]]], None], failed: Failed
    ) -> None: ...

    def open(self, worker: str, passphrase: str, done: Callable[[Preview], None], failed: Failed) -> None: ...

    def recover(self, worker: str, code: str, done: Callable[[Preview], None], failed: Failed) -> None: ...

    def use(self, done: Callable[[Restored], None], failed: Failed) -> None: ...

    def leave(self) -> None: ...


class RestorePage(QWidget):
    """`restored` when she goes on to the lock with the restored data, `left` when she goes back without,
    `salvage` when there is no backup, offered where there is a store."""

    restored = Signal()
    left = Signal()
    salvage = Signal()

    def __init__(self, gate: RestoreGate, place: str = "", *, store: bool = False) -> None:
        super().__init__()
        self._gate = gate
        column = gate_column(self, place)
        self.steps = StepBar([self.tr("选一份"), self.tr("打口令"), self.tr("看一看")])
        column.addWidget(self.steps)
        self.note = Note("bad", "")
        self.note.hide()
        column.addWidget(self.note)
        self.pages = QStackedWidget()
        self.pick, self.key, self.look = RestorePick(), RestoreKey(), RestoreLook()
        for page in (self.pick, self.key, self.look):
            self.pages.addWidget(page)
        column.addWidget(self.pages, 1)
        self.steps.went.connect(self._back_to)
        self.pick.chosen.connect(self._choose)
        self.pick.again.connect(self._find)
        self.pick.left.connect(self._leave)
        self.pick.salvage.connect(self.salvage)
        self.pick.salvage_button.setVisible(store)
        self.key.given.connect(lambda who, said: gate.open(who, said, self._seen, self.key.refuse))
        self.key.coded.connect(lambda who, code: gate.recover(who, code, self._seen, self.key.refuse))
        self.key.left.connect(lambda: self._back_to(PICK))
        self.look.left.connect(lambda: self._back_to(PICK))
        self.look.used.connect(lambda: gate.use(self._done, self.look.refuse))
        self.look.over.connect(self.restored)
        self._looked = False

    def showEvent(self, event: QShowEvent) -> None:
        """Look for backups at once."""
        super().showEvent(event)
        if not self._looked:
            self._looked = True
            self._find()

    def _find(self) -> None:
        self._gate.find(self.pick.show_found, self._failed)

    def _choose(self, file: Path) -> None:
        self.note.hide()
        self._gate.choose(file, self._chosen, self._failed)

    def _chosen(self, people: Sequence[tuple[str, str]]) -> None:
        self._go(KEY)
        self.key.begin(people)

    def _seen(self, preview: Preview) -> None:
        self.key.clear()
        self._go(LOOK)
        self.look.show_preview(preview)

    def _done(self, restored: Restored) -> None:
        self.steps.show_step(LOOK, 0)
        self.steps.hide()
        self.look.show_done(restored)

    def _back_to(self, step: int) -> None:
        # A backup that was looked at is opened anew: its keys are not kept while another is chosen.
        if step != self.pages.currentIndex():
            self.key.clear()
            self._go(PICK)
            self._find()

    def _go(self, step: int) -> None:
        self.note.hide()
        self.steps.show_step(step, step)
        self.pages.setCurrentIndex(step)

    def _leave(self) -> None:
        self._gate.leave()
        self.left.emit()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError | StorageFault):
            lead, _, rest = error.words.partition("。")
            self.note.say("bad", f"{lead}。", rest)
        else:
            self.note.say("bad", notices.bug_words(notices.bug(error)))
        self.note.show()
