"""Photos and scans behind the work: a thread of its own brings what is looked at and sends what waits.

What somebody is looking at comes first. What waits goes up after every round that went well; a file that was
cut short goes on where the county says it ended, so stopping and losing the line cost nothing.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.actions import far_files
from app.actions.desk import Desk
from app.actions.far_files import Wanted
from app.domain.problem import Offline, StorageFault
from sync.client.blobs import Carried, Carrier, Waiting, send_all
from sync.client.http import Transport
from sync.protocol.errors import NO_BLOB, Refused
from ui import notices
from ui.at_desk import AtDesk
from ui.forms.visits.far_photos import hub
from ui.tasks import Tasks

HANG_UP_SECONDS = 2
PUT_OFF_SECONDS = 600.0


class RemoteAlbum:
    """The files of the store as the thread that sends them sees them."""

    def __init__(self, desk: AtDesk) -> None:
        self._desk = desk

    def unsent(self, limit: int) -> Sequence[Waiting]:
        """The next to send."""
        rows = self._desk.at_desk(lambda desk: far_files.next_to_send(desk, limit))
        return [Waiting(one.id, one.sha256, one.size) for one in rows]

    def content(self, attachment: str) -> bytes:
        """The plain content, in memory only."""
        return self._desk.at_desk(lambda desk: far_files.to_send(desk, attachment))

    def sent(self, attachments: Sequence[str]) -> None:
        """The county has these."""
        self._desk.at_desk(lambda desk: far_files.sent(desk, attachments))


class FarFiles(QObject):
    """`moved` carries how far the sending is (Carried), `ended` says that nothing is under way any more.

    `trouble` is why the last sending ended early, in words, "" when it did not. All signals are emitted on
    the screen's thread.
    """

    moved = Signal(object)
    ended = Signal()
    _over = Signal(object)

    def __init__(
        self, tasks: Tasks, server: Callable[[], str], clock: Callable[[], datetime], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = AtDesk(tasks, self)
        self._server, self._clock = server, clock
        self._wanted: deque[Wanted] = deque()
        self._to_send = threading.Event()
        self._stop, self._closed = threading.Event(), False
        self._thread: threading.Thread | None = None
        self._transport: Transport | None = None
        self._put_off_until = 0.0  # by `time.monotonic`
        self.trouble = ""
        self._over.connect(self._finished)
        hub().asked.connect(self.fetch)
        hub().fetchers += 1

    @property
    def running(self) -> bool:
        return self._thread is not None

    def send(self) -> None:
        """Send what waits, if anything does and they were not put off."""
        if time.monotonic() < self._put_off_until:
            return
        self._to_send.set()
        self._begin()

    def put_off(self) -> None:
        """She wants the line for something else: stop, and begin with no round of the next while."""
        self._put_off_until = time.monotonic() + PUT_OFF_SECONDS
        self.stop()

    def go_on(self) -> None:
        """They are wanted again, from the next round on."""
        self._put_off_until = 0.0

    def fetch(self, wanted: Sequence[Wanted]) -> None:
        """Bring these; one that is on its way already is not asked for twice."""
        self._wanted.extend(one for one in wanted if one not in self._wanted)
        if self._wanted:
            self._begin()

    def stop(self) -> None:
        """End in the middle of the piece under way; the next round goes on from where the county says."""
        self._stop.set()
        self._to_send.clear()
        self._wanted.clear()
        if (transport := self._transport) is not None:
            transport.hang_up()

    @property
    def going(self) -> int:
        """Bytes of the piece under way that have gone."""
        transport = self._transport
        return transport.traffic.going if transport is not None else 0

    def end(self) -> None:
        """The store closes: stop, and wait until the thread has let go of it."""
        if self._closed:
            return
        self._closed = True
        hub().fetchers -= 1
        hub().asked.disconnect(self.fetch)
        self.stop()
        if self._thread is not None:
            self._desk.hang_up()
            self._thread.join(timeout=HANG_UP_SECONDS)

    def _begin(self) -> None:
        if self._thread is not None or self._closed:
            return
        self._stop.clear()
        self._thread = threading.Thread(target=self._work, name="files", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        problem: Exception | None = None
        try:
            with Transport(self._server()) as self._transport:
                transport = self._transport
                identity = self._desk.at_desk(lambda desk: desk.store.ledger.identity())
                carrier = Carrier(transport, identity, self._clock())
                while not self._stop.is_set() and (self._wanted or self._to_send.is_set()):
                    self._bring(carrier)
                    if self._to_send.is_set() and not self._stop.is_set():
                        self._carry(carrier)
        except Exception as error:  # every way it can end goes home and is shown there
            stopped = self._stop.is_set() and isinstance(error, Offline)
            problem = None if stopped else error
        with contextlib.suppress(RuntimeError):  # the store closed and took this along while a line hung
            self._over.emit(problem)

    def _bring(self, carrier: Carrier) -> None:
        """Everything that is asked for now. Raises Offline, which stands for all the rest too."""
        while self._wanted and not self._stop.is_set():
            wanted = self._wanted[0]
            try:
                data = carrier.fetch(wanted.sha256, lambda _come, _all: None, self._stop.is_set)
                if data:
                    self._desk.at_desk(partial(_keep, wanted=wanted, data=data))
                    hub().came.emit(wanted.photo)
            except (Refused, StorageFault) as error:
                gone = isinstance(error, Refused) and error.refusal is NO_BLOB
                hub().lost.emit(wanted.photo, error.words)
                if not gone and isinstance(error, Refused):
                    raise
            if self._wanted and self._wanted[0] is wanted:
                self._wanted.popleft()

    def _carry(self, carrier: Carrier) -> None:
        album = RemoteAlbum(self._desk)
        # Somebody who looks at a picture does not wait for all that is on its way up.
        tally = send_all(
            album,
            carrier,
            cancelled=lambda: self._stop.is_set() or bool(self._wanted),
            progress=self._tell,
        )
        if not tally.stopped:
            self._to_send.clear()

    def _tell(self, carried: Carried) -> None:
        self.moved.emit(carried)

    def _finished(self, problem: Exception | None) -> None:
        self._thread = self._transport = None
        waiting, self._wanted = tuple(self._wanted), deque()
        if self._closed or isinstance(problem, CancelledError):
            return
        self.trouble = ""
        if isinstance(problem, Offline | Refused | StorageFault):
            self._to_send.clear()
            self.trouble = problem.words
            for one in waiting:
                hub().lost.emit(one.photo, problem.words)
        elif problem is not None:
            self._to_send.clear()
            notices.fault(problem)
        elif waiting or self._to_send.is_set():  # asked for while the thread was saying good-bye
            self._wanted.extend(waiting)
            self._begin()
            return
        self.ended.emit()


def _keep(desk: Desk, wanted: Wanted, data: bytes) -> None:
    far_files.keep(desk, wanted, data)
    far_files.make_room(desk)
