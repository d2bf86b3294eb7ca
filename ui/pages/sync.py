"""同步: is my work safe, where is it, and the button that sends it now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QUrl, SignalInstance
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from app.actions.county_terms import Standing, standing, write_today
from app.actions.desk import Desk
from app.actions.sync_state import Aside, SyncState, asides, look_at_refused, sync_state
from app.actions.whereabouts import Overdue, overdue
from sync.client.progress import Progress
from sync.client.rounds import Round
from sync.client.syncer import SyncReport
from sync.client.traffic import Traffic
from ui import theme
from ui.forms.syncing.enrol_again import EnrolAgain, Readmission
from ui.forms.syncing.files_line import Files, FilesLine
from ui.forms.syncing.stick_card import StickCard, Sticks
from ui.forms.syncing.sync_card import SyncCard
from ui.forms.syncing.sync_side import SyncSide
from ui.forms.syncing.sync_words import last_word, must_enrol
from ui.pages.page import Page, scrolled
from ui.tasks import Tasks

PARAMS = {
    "households": "household", "visits": "visit", "tickets": "ticket", "checklists": "checklist",
    "registers": "key", "clues": "clue", "conflicts": "conflict",
}  # fmt: skip

Found = tuple[SyncState, tuple[Aside, ...], Overdue | None, Standing]


class Courier(Protocol):
    """Who carries: begins a round, stops it, and tells how it goes."""

    started: SignalInstance
    progressed: SignalInstance
    changed: SignalInstance
    failed: SignalInstance
    rounds: tuple[Round, ...]
    server: str
    files: Files

    @property
    def running(self) -> bool: ...

    @property
    def traffic(self) -> Traffic | None: ...

    def now(self) -> None: ...

    def stop(self) -> None: ...


class SyncPage(Page):
    """Says what waits, when the county last had everything, and what the county set aside."""

    title = "同步"

    def __init__(
        self,
        tasks: Tasks,
        courier: Courier,
        readmission: Readmission,
        sticks: Sticks,
        parent: QWidget | None = None,
        *,
        browse: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(tasks, parent)
        self._courier, self._browse, self._readmission = courier, browse, readmission
        self._sent = 0  # matters of the round under way that were told last
        holder = QWidget()
        holder.setProperty("surface", "clear")
        self._across = QHBoxLayout(holder)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(theme.soft(16))
        self.card = SyncCard(lambda: courier.traffic)
        self.card.asked.connect(courier.files.go_on)  # she asks for everything
        self.card.asked.connect(courier.now)
        self.card.stopped.connect(courier.stop)
        self.card.browser.connect(self._log_in)
        self.card.write_asked.connect(lambda: self.run(write_today, lambda _: self.refresh()))
        self.primary = self.card.now_button
        self.enrol = EnrolAgain(readmission)
        self.enrol.enrolled.connect(self.refresh)
        self.files = FilesLine(courier.files)
        self.card.add(self.files)
        self.stick = StickCard(sticks)
        self.stick.settled.connect(self.refresh)
        self.card.add(self.stick)
        self.card.add(self.enrol)
        self._across.addWidget(self.card, 3)
        self.side = SyncSide()
        self.side.looked.connect(lambda page, record: self.navigate.emit(page, {PARAMS[page]: record}))
        self.side.seen.connect(self._seen)
        self._across.addWidget(self.side, 2)
        self.body.addWidget(scrolled(holder), 1)
        self._listen(courier)

    def _listen(self, courier: Courier) -> None:
        courier.started.connect(self._started)
        courier.progressed.connect(self._progressed)
        courier.changed.connect(self._changed)
        courier.failed.connect(self._failed)
        courier.files.ended.connect(self.refresh)

    def refresh(self) -> None:
        """Ask again what waits."""
        self.run(_state, self._show)
        rounds, running = self._courier.rounds, self._courier.running
        self.side.show_rounds(rounds)
        self.card.show_running(running)
        outcome = last_word([one.outcome for one in rounds]) if not running else None
        self.card.show_trouble(outcome)
        self.card.show_unusual([one.outcome for one in rounds])
        if self._readmission.lost:
            self.enrol.lost()
        elif must_enrol(outcome):
            self.enrol.unfold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters may leave room for one column only."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "side"):
            self._fit()

    def _fit(self) -> None:
        way = QBoxLayout.Direction
        self._across.setDirection(way.LeftToRight if self.wide() else way.TopToBottom)

    def _show(self, found: Found) -> None:
        state, kept, late, how = found
        self.card.show_standing(how)
        self.card.show_state(state)
        self.card.overdue.show_late(None if how.closed else late)  # what is graver says it too
        self.files.show_left(state.files)
        self.side.show_asides(kept)

    def _started(self) -> None:
        self._sent = 0
        self.card.show_trouble(None)
        self.card.show_running(True)

    def _progressed(self, progress: Progress) -> None:
        self.card.going.show_progress(progress)
        if progress.sent != self._sent:  # what waits is another now: it is counted anew, not reckoned
            self._sent = progress.sent
            self.run(_state, self._show)

    def _changed(self, _report: SyncReport) -> None:
        self.refresh()

    def _failed(self, _error: Exception) -> None:
        self.refresh()

    def _seen(self, changes: Sequence[str]) -> None:
        self.run(partial(look_at_refused, changes=changes), lambda _: self.run(_state, self._show))

    def _log_in(self) -> None:
        # An address that is not encrypted is one a login page can answer for.
        address = QUrl(self._courier.server)
        address.setScheme("http")
        self._browse(address)


def _state(desk: Desk) -> Found:
    return sync_state(desk), asides(desk), overdue(desk), standing(desk)
