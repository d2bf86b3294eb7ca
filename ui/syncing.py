"""Sync behind the work: its own thread speaks HTTP, the store's thread keeps the ledger.

The worker never waits for it. Every ledger call is handed to the thread that owns the store, so
the law of one owner holds while a request is on its way.
"""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from app import RELEASE
from app.domain.change import Change, Earlier, Incoming, Receipt
from app.domain.device import DeviceIdentity
from app.domain.packs.policy import version_key
from app.domain.problem import Offline
from app.domain.record import Json
from app.store.ledger import Ledger
from sync.client.backoff import wait_after
from sync.client.county_keys import fetch_pack
from sync.client.http import Transport
from sync.client.rounds import Round
from sync.client.syncer import SyncReport, sync_once
from sync.client.traffic import Traffic
from ui.at_desk import AtDesk
from ui.far_files import FarFiles
from ui.tasks import Tasks

T = TypeVar("T")
FIRST_TRY_MS = 2_000
AFTER_SUCCESS_MS = 10 * 60_000
AFTER_SAVE_MS = 4_000  # counted from the last of several saves, but never longer than LONGEST_BURST
LONGEST_BURST_SECONDS = 60.0
AFTER_LINE_MS = 2_000  # a line that has just come up often falls again at once
HANG_UP_SECONDS = 2
MOST_ROUNDS = 5


class RemoteLedger(AtDesk):
    """The ledger as the sync thread sees it: each call runs on the store's thread and is waited for."""

    def identity(self) -> DeviceIdentity:
        return self._call(lambda ledger: ledger.identity())

    def outgoing(self, limit_bytes: int) -> tuple[Change, ...]:
        return self._call(lambda ledger: ledger.outgoing(limit_bytes))

    def cursors(self) -> Mapping[str, int]:
        return self._call(lambda ledger: ledger.cursors())

    def waiting(self) -> int:
        return self._call(lambda ledger: ledger.waiting())

    def waiting_bytes(self, after: int) -> int:
        return self._call(lambda ledger: ledger.waiting_bytes(after))

    def matters(self) -> int:
        return self._call(lambda ledger: ledger.matters())

    def settle(
        self,
        receipts: Sequence[Receipt],
        rows: Sequence[Incoming],
        cursors: Mapping[str, int],
        epoch: str,
        at: datetime,
        link: str = "",
    ) -> frozenset[str]:
        return self._call(lambda ledger: ledger.settle(receipts, rows, cursors, epoch, at, link))

    def agree(self, digests: Mapping[str, int], again: Sequence[str]) -> tuple[str, ...]:
        return self._call(lambda ledger: ledger.agree(digests, again))

    def learn(self, escrow_key: bytes, pack_key: bytes, stick_key: bytes = b"") -> None:
        self._call(lambda ledger: ledger.learn(escrow_key, pack_key, stick_key))

    def renew(self, at: datetime, told: tuple[int, Mapping[str, Json]] | None = None, stick: int = 0) -> None:
        self._call(lambda ledger: ledger.renew(at, told, stick))

    def begin_life(self, epoch: str, kept_upto: int, at: datetime) -> None:
        self._call(lambda ledger: ledger.begin_life(epoch, kept_upto, at))

    def go_apart(self, at: datetime) -> None:
        self._call(lambda ledger: ledger.go_apart(at))

    def earlier(self, limit_bytes: int) -> Earlier:
        return self._call(lambda ledger: ledger.earlier(limit_bytes))

    def heard(self, records: Sequence[str], durable: int) -> None:
        self._call(lambda ledger: ledger.heard(records, durable))

    def _call(self, work: Callable[[Ledger], T]) -> T:
        return self.at_desk(lambda desk: work(desk.store.ledger))


class Syncing(QObject):
    """Starts rounds by itself and on request; says how they went.

    By itself: soon after the lock is opened, soon after something was saved, every ten minutes, and
    after a failure when `wait_after` allows it; a save does not shorten that wait.
    `pack_came` carries version and file of a newer policy pack, unchecked.
    `changed` carries the SyncReport of a round that settled something, `failed` the exception of one
    that could not, `progressed` how far a running one is. All are emitted on the screen's thread.
    """

    started = Signal()
    progressed = Signal(object)
    changed = Signal(object)
    failed = Signal(object)
    pack_came = Signal(str, bytes)
    _brought = Signal(str, bytes)
    _over = Signal(object)

    def __init__(
        self,
        tasks: Tasks,
        server: str,
        clock: Callable[[], datetime],
        *,
        automatic: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ledger = RemoteLedger(tasks, self)
        self.server = server
        self._speaks = 0  # the packing the county was last heard to read
        self._clock = clock
        self.files = FarFiles(tasks, lambda: self.server, clock, self)
        self.changed.connect(self._send_files)
        self._thread: threading.Thread | None = None
        self._transport: Transport | None = None  # of the round under way
        self._cancel = threading.Event()
        self._failures = 0
        self._appeared = False  # a line came up while a round was under way
        self.rounds: tuple[Round, ...] = ()  # since the lock was opened, newest first
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.now)
        self._over.connect(self._finished)
        self._brought.connect(self.pack_came)
        self.pack_in_force: Callable[[], str] | None = None  # set by whoever puts packs in force
        self.refused_packs: set[str] = set()  # versions not worth fetching again
        self._automatic, self._ended = automatic, False
        self._burst: float | None = None  # when the first of the saves now waiting for a round was heard of
        if automatic:
            self._timer.start(FIRST_TRY_MS)

    @property
    def running(self) -> bool:
        return self._thread is not None

    def now(self) -> None:
        """Begin a round unless one is running."""
        if self._thread is not None:
            return
        self._timer.stop()
        self._burst = None
        self._cancel.clear()
        self._thread = threading.Thread(target=self._round, name="sync", daemon=True)
        self.started.emit()
        self._thread.start()

    def unsent(self, waiting: int) -> None:
        """So much waits now: a round begins soon, unless one is under way, failed or was stopped.

        To be called after every change and after every round, so what is saved under a running
        round is heard of when it ends.
        """
        held = self.running or self._failures or self._cancel.is_set()
        if not waiting or held or not self._automatic:
            return
        if self._burst is None:
            if self._timer.isActive() and self._timer.remainingTime() <= AFTER_SAVE_MS:
                return  # a round is near in any case
            self._burst = time.monotonic()
        left_ms = int((self._burst + LONGEST_BURST_SECONDS - time.monotonic()) * 1000)
        self._timer.start(max(0, min(AFTER_SAVE_MS, left_ms)))

    def line_appeared(self) -> None:
        """The computer has a line again: what failed for want of one is tried soon, not after its pause.

        What the worker stopped, or the county refused, is left alone; each laptop of a village that gets its
        line back waits a little otherwise than the next.
        """
        self._appeared = self.running
        if self._failures and self._timer.isActive() and not self.running:
            self._timer.start(min(_soon_ms(), self._timer.remainingTime()))

    @property
    def traffic(self) -> Traffic | None:
        """The bytes of the round under way, up and down; they go on while one looks."""
        transport = self._transport
        return transport.traffic if transport is not None else None

    def stop(self) -> None:
        """End a running round in the middle of its request; no save begins one before the usual time.

        What had no answer waits as before, and is answered with its first receipt if it had arrived.
        """
        self._cancel.set()
        if (transport := self._transport) is not None:
            transport.hang_up()
        self._timer.stop()
        self.files.stop()

    def end(self) -> None:
        """The store closes: stop, and wait until the thread has let go of it."""
        self.stop()
        self._automatic, self._ended = False, True
        self.files.end()
        thread = self._thread
        if thread is not None:
            self._ledger.hang_up()
            thread.join(timeout=HANG_UP_SECONDS)
        if thread is None or not thread.is_alive():
            self.deleteLater()  # else the round takes it along when it ends

    def _send_files(self, report: SyncReport) -> None:
        if not report.stopped:  # whoever stops a round wants the line for something else
            self.files.send()

    def _round(self) -> None:
        outcome: SyncReport | Exception
        try:
            with Transport(self.server, app=RELEASE, speaks=self._speaks) as self._transport:
                transport = self._transport
                outcome = sync_once(
                    self._ledger,
                    transport,
                    at=self._clock(),
                    cancelled=self._cancel.is_set,
                    progress=self.progressed.emit,
                )
                self._speaks = transport.speaks
                self._bring_pack(transport, outcome.pack)
        except Exception as error:  # every way a round can end goes home and is shown there
            outcome = error
        with contextlib.suppress(RuntimeError):  # locked meanwhile, and this is gone: nobody is left to tell
            self._over.emit(outcome)

    def _bring_pack(self, transport: Transport, offered: str) -> None:
        if self.pack_in_force is None or offered in self.refused_packs or self._cancel.is_set():
            return
        if version_key(offered) > version_key(self.pack_in_force()):
            with contextlib.suppress(Offline):  # the records are through; the pack comes with another round
                self._brought.emit(offered, fetch_pack(transport, self._ledger.identity(), self._clock()))

    def _finished(self, outcome: SyncReport | Exception) -> None:
        self._thread = self._transport = None
        if self._ended:
            self.deleteLater()
        if self._ended or isinstance(outcome, CancelledError):
            return  # the store closed under it: nobody is left to tell, and nothing was settled
        self.rounds = (Round(self._clock(), outcome), *self.rounds)[:MOST_ROUNDS]
        if isinstance(outcome, Exception):
            self._failures += 1
            self.failed.emit(outcome)
            # What is no matter of the line (a refusal, a fault) is not tried again by itself.
            again = isinstance(outcome, Offline)
            wait_ms = _pause_ms(outcome, self._failures) if isinstance(outcome, Offline) else 0
            if self._appeared:  # the round was begun on the line before
                wait_ms = min(wait_ms, _soon_ms())
        else:
            # What was stopped before the county said anything shows nothing of the line.
            self._failures, again, wait_ms = 0 if outcome.heard else self._failures, True, AFTER_SUCCESS_MS
            self.changed.emit(outcome)
        self._appeared = False
        if self._automatic and again:
            self._timer.start(wait_ms)


def _soon_ms() -> int:
    return AFTER_LINE_MS + random.randrange(AFTER_LINE_MS)


def _pause_ms(problem: Offline, failures: int) -> int:
    return int(wait_after(problem, failures, random.random()).total_seconds() * 1000)
