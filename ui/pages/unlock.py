"""The lock: who is working, the passphrase, and what to do when it is wrong or forgotten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.problem import StorageFault, UserError
from ui import notices, theme
from ui.widgets.banner import Note
from ui.widgets.passphrase import PassphraseRow
from ui.widgets.scroll import scrolled
from ui.widgets.text import LineBox
from ui.widgets.unlock_side import UnlockSide, Unsent
from ui.widgets.who_card import WhoCards
from ui.widgets.words import Button, set_tone, words

if TYPE_CHECKING:
    from ui.widgets.rows import RowList

MOST_CARDS = 4
COLUMN = 620


class Gate(Protocol):
    """What the unlock page asks for. Calls return at once; slow work answers through the callbacks."""

    def place(self) -> str:
        """`枫香镇 · 青石垭村`, or "" when the file alone knows."""

    def workers(self) -> Sequence[tuple[str, str]]:
        """(id, name) of each key slot; empty when the county hides them, and then the name is typed."""

    def waiting_seconds(self) -> int:
        """Seconds until the next try is taken, 0 for now."""

    def help_phone(self) -> str:
        """The town's number for a forgotten passphrase, "" when not known."""

    def can_recover(self) -> bool:
        """Whether a sheet with a recovery code was made for this computer."""

    def unlock(
        self, worker: str, passphrase: str, done: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        """Open the key; `failed` gets a UserError with the words to show, a StorageFault, or a bug."""


class UnlockPage(QWidget):
    """`unlocked(id)` when the gate opened; `bigger` when larger letters are wanted; `forgotten(id)` when she
    wants in by the recovery code, offered only where one was made; `restore` when the data do not open;
    `refused(error)` when the gate did not open, after it was said.

    `unsent` is how much waits, known only on a lock within a session; None on a cold start.
    """

    unlocked = Signal(str)
    bigger = Signal()
    forgotten = Signal(str)
    restore = Signal()
    refused = Signal(object)

    def __init__(
        self,
        gate: Gate,
        caps_lock: Callable[[], bool],
        unsent: Unsent | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._gate, self._caps_lock = gate, caps_lock
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(UnlockSide(gate.place(), unsent))
        self.row = PassphraseRow()
        self.box, self.peek = self.row.box, self.row.peek
        self.open_button = Button(self.tr("开锁"), "main")
        self.open_button.setProperty("tall", True)
        self.forgot = Button(self.tr("忘了口令"), "text")
        self.larger = Button(self.tr("字再大一点"), "text")
        self.restore_button = Button(self.tr("资料打不开？从备份恢复"), "text")
        self.note = Note("bad", "")
        self.note.hide()
        self._wait = QTimer(self)
        self._wait.setInterval(1000)
        across.addWidget(self._column(), 1)
        self._connect()
        self._chosen()

    def worker(self) -> str:
        """Id of the one whose passphrase is asked for (the typed name when names are hidden)."""
        return self.who.value() if isinstance(self.who, WhoCards | LineBox) else self.who.current_key()

    def _column(self) -> QScrollArea:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        outer = QHBoxLayout(holder)
        outer.addStretch(1)
        inner = QWidget()
        inner.setProperty("surface", "clear")
        inner.setMaximumWidth(theme.soft(COLUMN))
        inner.setMinimumWidth(theme.soft(COLUMN))
        outer.addWidget(inner)
        outer.addStretch(1)
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.soft(8), 12, theme.soft(8), 12)
        column.setSpacing(theme.soft(8))
        column.addStretch(1)
        column.addWidget(words(self.tr("谁来用？"), "title"))
        self.who = _who(self._gate.workers(), self.tr("谁来用"), self.tr("您的姓名"))
        self.who.setAccessibleName(self.tr("谁来用"))
        column.addWidget(self.who)
        column.addSpacing(theme.soft(8))
        self.label = words(self.tr("口令"), "section")
        self.label.setBuddy(self.box)
        column.addWidget(self.label)
        column.addWidget(self.row)
        column.addWidget(self.note)
        column.addSpacing(theme.soft(8))
        column.addWidget(self.open_button)
        foot = QHBoxLayout()
        foot.addWidget(self.forgot)
        foot.addStretch(1)
        foot.addWidget(self.larger)
        column.addLayout(foot)
        column.addWidget(self.restore_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return scrolled(holder)

    def _connect(self) -> None:
        self.box.returnPressed.connect(self._open)
        self.open_button.clicked.connect(self._open)
        self.forgot.clicked.connect(self._forgot)
        self.larger.clicked.connect(self.bigger)
        self.restore_button.clicked.connect(self.restore)
        self.box.changed.connect(self._typed)
        self._wait.timeout.connect(self._count_down)
        if isinstance(self.who, WhoCards):
            self.who.changed.connect(self._chosen)
        elif not isinstance(self.who, LineBox):
            self.who.chosen.connect(lambda _key: self._chosen())

    def _chosen(self) -> None:
        self.box.clear()
        self.note.hide()
        _forgive(self.box)
        self._count_down()
        self._focus()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the passphrase: the focus asked for before the page stood in its window is lost."""
        super().showEvent(event)
        self._focus()

    def _focus(self) -> None:
        named = not isinstance(self.who, LineBox)
        (self.box if named else self.who).setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        _forgive(self.box)
        if self._caps_lock():
            self._say("warn", self.tr("大写锁定（Caps Lock）亮着，先按一下关掉。"))

    def _open(self) -> None:
        worker, secret = self.worker(), self.box.text()
        if not self.open_button.isEnabled():
            return
        if not worker or not secret:
            self._say("warn", self.tr("先选好是谁，再写口令。") if not worker else self.tr("还没写口令。"))
            return
        self.open_button.setEnabled(False)
        self.open_button.setText(self.tr("正在开…"))
        self._gate.unlock(worker, secret, lambda: self._opened(worker), self._refused)

    def _opened(self, worker: str) -> None:
        self.box.clear()
        self._wait.stop()
        self.unlocked.emit(worker)

    def _refused(self, error: Exception) -> None:
        self.open_button.setEnabled(True)
        self.open_button.setText(self.tr("开锁"))
        self.box.selectAll()
        set_tone(self.box, bad=True)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        match error:
            case UserError() | StorageFault():
                lead, _, rest = error.words.partition("。")
                caps = self.tr("大写锁定（Caps Lock）亮着，先按一下关掉。") if self._caps_lock() else ""
                self._say("bad", lead + "。", rest + caps)
            case _:
                self._say("bad", notices.bug_words(notices.bug(error)))
        self._count_down()
        self.box.setAccessibleDescription(self.note.lead.text() + self.note.text.text())
        self.refused.emit(error)

    def _count_down(self) -> None:
        left = self._gate.waiting_seconds()
        was_waiting = self._wait.isActive()
        if left > 0:
            self.open_button.setEnabled(False)
            self._say("bad", wait_words(left), self.tr("着急就") + self._town())
            self._wait.start()
        elif was_waiting or not self.open_button.isEnabled():
            self._wait.stop()
            self.open_button.setEnabled(True)
            self.open_button.setText(self.tr("开锁"))
            self.note.hide()

    def _forgot(self) -> None:
        worker = self.worker()
        if worker and self._gate.can_recover():
            self.forgotten.emit(worker)
        else:
            self._say("info", self.tr("资料加了密，我们也打不开。"), self._town())

    def _town(self) -> str:
        phone = self._gate.help_phone()
        return self.tr("找镇里重置：{phone}。").format(phone=phone) if phone else self.tr("找镇里重置。")

    def _say(self, tone: str, lead: str, text: str = "") -> None:
        self.note.say(tone, lead, text)
        self.note.show()


def _forgive(box: QWidget) -> None:
    if box.property("bad"):  # else nothing is styled anew, which the first start would feel
        set_tone(box, bad=False)


def wait_words(seconds: int) -> str:
    """`请等 9 分 40 秒。`"""
    minutes, rest = divmod(seconds, 60)
    return f"请等 {minutes} 分 {rest} 秒。" if minutes else f"请等 {rest} 秒。"


def _who(people: Sequence[tuple[str, str]], name: str, hint: str) -> WhoCards | RowList | LineBox:
    if not people:
        return LineBox(hint)
    if len(people) <= MOST_CARDS:
        return WhoCards(people)
    from ui.widgets.rows import Row, RowList  # few computers serve more than four workers

    rows = RowList(name)
    rows.set_rows([Row(key, person, avatar=person[:1]) for key, person in people])
    rows.choose_first()
    rows.setMaximumHeight(theme.soft(230))
    return rows
