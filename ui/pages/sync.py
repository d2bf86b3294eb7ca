"""同步: is my work safe, where is it, and the button that sends it now."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.sync_state import KIND_WORDS, SyncState, sync_state
from app.domain.change import Outcome
from app.domain.problem import Offline, ProtocolError
from app.domain.workdays import CHINA
from app.store.ledger import SetAside
from sync.client.syncer import Progress, SyncReport
from ui import theme
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets.card import Card
from ui.widgets.progress import Progress as Bar
from ui.widgets.rows import Row, RowList
from ui.widgets.words import Button, Icon, words

REASONS = {
    Outcome.CONFLICT: "同一格，两个人写得不一样。两边都没丢，县里留着等人定。",
    Outcome.QUARANTINED: "县里还不认得这条记录，整条留着，等镇里看。",
    Outcome.REJECTED: "这张单子在别处已经往下走了，您这一步没有用上，写的都留着。",
}


class Courier(Protocol):
    """Who carries: begins a round, stops it, and tells how it goes."""

    started: SignalInstance
    progressed: SignalInstance
    changed: SignalInstance
    failed: SignalInstance

    @property
    def running(self) -> bool: ...

    def now(self) -> None: ...

    def stop(self) -> None: ...


class SyncPage(Page):
    """Says what waits, when the county last had everything, and what the county set aside."""

    title = "同步"
    settled = Signal()

    def __init__(self, tasks: Tasks, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._courier = courier
        across = QHBoxLayout()
        across.setSpacing(theme.soft(16))
        across.addLayout(self._left(), 3)
        across.addLayout(self._right(), 2)
        self.body.addLayout(across, 1)
        courier.started.connect(self._started)
        courier.progressed.connect(self._progressed)
        courier.changed.connect(self._changed)
        courier.failed.connect(self._failed)

    def open(self, **params: Any) -> None:
        """Nothing is carried over."""
        self.refresh()

    def refresh(self) -> None:
        """Ask again what waits."""
        self.run(sync_state, self._show)

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.soft(12))
        self.state_card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.soft(16))
        self.icon = Icon("check", 56, "ok")
        said = QVBoxLayout()
        said.setSpacing(theme.soft(4))
        self.lead = words("", "title", wrap=True)
        self.detail = words("", "body", "quiet", wrap=True)
        said.addWidget(self.lead)
        said.addWidget(self.detail)
        row.addWidget(self.icon)
        row.addLayout(said, 1)
        self.state_card.add(row)
        column.addWidget(self.state_card)
        self.bar = Bar()
        self.bar.hide()
        column.addWidget(self.bar)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.soft(12))
        self.now_button = Button(self.tr("现在上传"), "main", "sync")
        self.now_button.clicked.connect(self._courier.now)
        self.stop_button = Button(self.tr("停一停"))
        self.stop_button.clicked.connect(self._courier.stop)
        self.stop_button.hide()
        buttons.addWidget(self.now_button, 1)
        buttons.addWidget(self.stop_button)
        column.addLayout(buttons)
        column.addStretch(1)
        self.primary = self.now_button
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.soft(12))
        self.kinds = Card(self.tr("等着上传的"))
        self.kind_words = words("", "body", wrap=True)
        self.kinds.add(self.kind_words)
        column.addWidget(self.kinds)
        self.aside = Card(self.tr("要您看一眼"))
        self.aside_rows = RowList(self.tr("县里留着等人定的"))
        self.aside.add(self.aside_rows)
        self.no_aside = words(self.tr("没有。县里都收下了。"), "body", "quiet")
        self.aside.add(self.no_aside)
        column.addWidget(self.aside)
        column.addStretch(1)
        return column

    def _show(self, state: SyncState) -> None:
        if state.all_sent:
            self._say("check", "ok", self.tr("全部传好了，县里已收到。"), self._when(state.synced_at))
        else:
            said = self.tr("{n} 条等着上传").format(n=state.waiting)
            safe = self.tr("都在这台电脑里，断电、断网都不会丢。")
            self._say("wait", "warn", said, f"{safe}{self._when(state.synced_at)}")
        self.kind_words.setText("\n".join(f"{word}  {n} 条" for word, n in state.by_kind))
        self.kinds.setVisible(not state.all_sent)
        self.aside_rows.set_rows([self._row(n, one) for n, one in enumerate(state.set_aside)])
        self.aside_rows.setVisible(bool(state.set_aside))
        self.no_aside.setVisible(not state.set_aside)

    def _row(self, number: int, aside: SetAside) -> Row:
        kind = KIND_WORDS.get(aside.change.type, aside.change.type)
        conflict = aside.outcome is Outcome.CONFLICT
        chip = self.tr("写得不一样") if conflict else self.tr("县里留着")
        at = aside.change.at.astimezone(CHINA)
        title = f"{kind} {at.month}月{at.day}日 {at:%H:%M}"
        return Row(str(number), title, self.tr(REASONS[aside.outcome]), icon="warn", chip=chip, tone="warn")

    def _when(self, at: datetime | None) -> str:
        if at is None:
            return self.tr("还没跟县里通过。")
        local = at.astimezone(CHINA)
        return self.tr("上次通到县里：{when}").format(when=f"{local.month}月{local.day}日 {local:%H:%M}")

    def _say(self, icon: str, tone: str, lead: str, detail: str) -> None:
        self.icon.show_icon(icon, tone)
        self.lead.setText(lead)
        self.detail.setText(detail)

    def _started(self) -> None:
        self.now_button.setEnabled(False)
        self.stop_button.show()
        self.note.hide()

    def _progressed(self, progress: Progress) -> None:
        said = self.tr("正在传第 {n} 条，共 {total} 条").format(n=progress.sent, total=progress.total)
        self.bar.show_step(said, progress.sent, progress.total)

    def _changed(self, report: SyncReport) -> None:
        self._over()
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self._over()
        if isinstance(error, Offline):
            self.note.say("info", error.words)
            self.note.show()
        elif isinstance(error, ProtocolError):
            said = self.tr("县里没有认这台电脑的话，停下来了。没传的都在，报给县里。")
            self.note.say("bad", getattr(error, "words", "") or said)
            self.note.show()
        self.refresh()

    def _over(self) -> None:
        self.bar.finish()
        self.bar.hide()
        self.now_button.setEnabled(True)
        self.stop_button.hide()
