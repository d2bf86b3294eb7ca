"""把好的资料救出来, before the lock: the passphrase, what came back and what did not, and using it or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.actions.safekeeping.salvage import Salvaged
from app.domain.problem import StorageFault, UserError
from ui import notices, theme
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.gate_column import gate_column
from ui.widgets.passphrase import PassphraseRow
from ui.widgets.progress import Progress
from ui.widgets.who_card import WhoCards
from ui.widgets.words import Button, words

ASK, LOOK, DONE = range(3)
Failed = Callable[[Exception], None]


class SalvageGate(Protocol):
    """What the page asks for; slow work answers through the callbacks."""

    def workers(self) -> Sequence[tuple[str, str]]:
        """(id, name) of each who can open it; none when the key file cannot be read."""

    def begin(
        self,
        worker: str,
        passphrase: str,
        stepped: Callable[[int, int], None],
        done: Callable[[Salvaged], None],
        failed: Failed,
    ) -> None:
        """`stepped` is called on another thread."""

    def use(self, done: Callable[[Path | None], None], failed: Failed) -> None: ...

    def leave(self) -> None: ...


class SalvagePage(QWidget):
    """`used` when she goes on to the lock with what was saved, `left` when she goes back without."""

    used = Signal()
    left = Signal()
    _stepped = Signal(int, int)

    def __init__(self, gate: SalvageGate, place: str = "") -> None:
        super().__init__()
        self._gate, self._step = gate, ASK
        self._people = tuple(gate.workers())
        column = gate_column(self, place)
        column.addStretch(1)
        self.title = words(self.tr("把好的资料救出来"), "title", wrap=True)
        column.addWidget(self.title)
        said = self.tr(
            "资料文件坏了几页，别的页还是好的：好的一条一条救到新的一份里。"
            "坏的那份不动、不删。刚做过备份的，从备份恢复更好。"
        )
        self.hint = words(said, "body", "quiet", wrap=True)
        column.addWidget(self.hint)
        self.who: WhoCards | None = WhoCards(self._people) if len(self._people) > 1 else None
        if self.who is not None:
            self.who.setAccessibleName(self.tr("谁的口令"))
            column.addWidget(self.who)
        self.label = words(self._asks(), "section")
        self.row = PassphraseRow()
        self.bar = Progress(self.tr("坏的那份不会动"))
        self.bar.hide()
        self.card, self.report = Card(), words("", wrap=True)
        self.card.add(self.report)
        self.card.hide()
        self.note = Note("bad", "")
        self.note.hide()
        for part in (self.label, self.row, self.bar, self.card, self.note):
            column.addWidget(part)
        column.addLayout(self._buttons())
        column.addStretch(1)
        self._stepped.connect(self._show_step)
        self.row.box.returnPressed.connect(self._go)
        self.row.box.changed.connect(self.note.hide)
        if not self._people:
            self._locked_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the passphrase."""
        super().showEvent(event)
        (self.row.box if self._people else self.back_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _asks(self) -> str:
        name = self._people[0][1] if len(self._people) == 1 else self.tr("您")
        return self.tr("{name}的口令").format(name=name)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.back_button = Button(self.tr("先不救"), "", "left")
        self.go_button = Button(self.tr("开始救"), "main")
        row.addWidget(self.back_button)
        row.addWidget(self.go_button, 1)
        self.back_button.clicked.connect(self._leave)
        self.go_button.clicked.connect(self._go)
        return row

    def _locked_out(self) -> None:
        for part in (self.label, self.row, self.go_button):
            part.hide()
        self.note.say(
            "bad", self.tr("钥匙文件也坏了，这里救不了。"), self.tr("从备份恢复，或请镇里来，电脑别再用。")
        )
        self.note.show()

    def _go(self) -> None:
        if not self.go_button.isEnabled():
            return
        if self._step == DONE:
            self.used.emit()
        elif self._step == LOOK:
            self._busy(True, self.tr("正在换，先别关机…"))
            self._gate.use(self._put_in_place, self._failed)
        elif not self.row.box.text():
            self.note.say("warn", self.tr("还没写口令。"))
            self.note.show()
        else:
            worker = self.who.value() if self.who is not None else self._people[0][0]
            self._busy(True, self.tr("正在救…"))
            self._gate.begin(worker, self.row.box.text(), self._stepped.emit, self._saved, self._failed)

    def _show_step(self, done: int, total: int) -> None:
        said = self.tr("读了 {n} 页，共 {total} 页").format(n=f"{done:,}", total=f"{total:,}")
        if done == total:
            said = self.tr("读完了，正在写新的一份")
        self.bar.show_step(said, done, max(total, 1))

    def _saved(self, salvaged: Salvaged) -> None:
        self._step = LOOK
        self._busy(False, self.tr("用救回来的"))
        self.row.box.clear()
        for part in (self.who, self.label, self.row, self.hint):
            if part is not None:
                part.hide()
        self.title.setText(self.tr("都救回来了") if salvaged.whole else self.tr("救回来这些"))
        self.report.setText("\n".join(salvaged.words()))
        self.card.show()
        lead = self.tr("用救回来的，就换下坏的那份。坏的那份留着，不删。")
        self.note.say("info" if salvaged.whole else "warn", lead, self.tr("先不用，就什么都不变。"))
        self.note.show()
        self.back_button.setText(self.tr("先不用"))
        self.go_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_in_place(self, aside: Path | None) -> None:
        self._step = DONE
        self._busy(False, self.tr("去开锁"))
        self.back_button.hide()
        self.title.setText(self.tr("换好了"))
        kept = self.tr("坏的那份没有删，在：{aside}。").format(aside=aside)
        self.note.say("ok", self.tr("用的是救回来的。"), kept)
        self.note.show()
        self.go_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: Exception) -> None:
        self._busy(False, self.tr("用救回来的") if self._step == LOOK else self.tr("开始救"))
        if isinstance(error, UserError | StorageFault):
            lead, _, rest = error.words.partition("。")
            self.note.say("bad", f"{lead}。", rest)
        else:
            self.note.say("bad", notices.bug_words(notices.bug(error)))
        self.note.show()
        if self._step == ASK:
            self.row.box.selectAll()
            self.row.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _busy(self, busy: bool, said: str) -> None:
        self.go_button.setText(said)
        for part in (self.go_button, self.back_button, self.row):
            part.setEnabled(not busy)
        if busy:
            self.note.hide()
        else:
            self.bar.finish()

    def _leave(self) -> None:
        self.row.box.clear()
        self._gate.leave()
        self.left.emit()
