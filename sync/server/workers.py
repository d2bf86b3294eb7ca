"""Several processes answering at one door over one database, each replaced when it dies.

Python answers on one processor at a time; a county with several uses a process for each. All of them
hold a line to the first: when it ends, killed or not, they finish what they are answering and end too.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import shutil
import signal
import socket
import tempfile
import threading
import time
from dataclasses import replace
from multiprocessing.connection import Connection as Line
from multiprocessing.process import BaseProcess
from pathlib import Path

from app.domain.problem import StorageFault
from sync.server import logs, running
from sync.server.postgres import migrate
from sync.server.settings import Serving

READY = b"."
START_SECONDS = 60.0
LOOK_SECONDS = 0.2
RESPAWN_SECONDS = 1.0  # between two replacements of one worker
STOP_SECONDS = 10.0  # beyond what the requests being answered are given

log = logging.getLogger(__name__)


class Workers:
    """`count` processes serving one database at `url`. Raises UserError and StorageFault like `start`."""

    def __init__(self, database: str, settings: Serving, count: int, *, as_json: bool = False) -> None:
        running.secured(settings)  # said here, once, and not by every worker
        self._door = running.listen(settings.host, settings.port)
        self._folder = Path(tempfile.mkdtemp(prefix="sft-serve-"))
        self._database = database
        self._as_json = as_json
        self._settings = replace(settings, board=self._folder / "figures", slots=count)
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[tuple[BaseProcess, Line, float]] = []
        self.url = running.address(settings, self._door)
        try:
            migrate(database)
            for slot in range(count):
                self._workers.append(self._begin(slot))
            for process, line, _ in self._workers:
                _await(process, line)
        except BaseException:
            self.stop()
            raise

    @property
    def alive(self) -> bool:
        """Whether any worker answers; called now and then, it replaces those that died."""
        for slot, (process, line, since) in enumerate(self._workers):
            if process.is_alive() or time.monotonic() - since < RESPAWN_SECONDS:
                continue
            log.error("worker %d ended with %s and is replaced", slot, process.exitcode)
            line.close()
            self._workers[slot] = self._begin(slot)
        return bool(self._workers)

    @property
    def processes(self) -> tuple[int, ...]:
        """Their process numbers, in order."""
        return tuple(process.pid or 0 for process, _, _ in self._workers)

    def stop(self) -> None:
        """Lets every worker finish what it is answering, and ends. Repeating it does nothing."""
        self._door.close()
        workers, self._workers = self._workers, []
        for _, line, _ in workers:
            line.close()
        deadline = time.monotonic() + self._settings.graceful_seconds + STOP_SECONDS
        for process, _, _ in workers:
            process.join(max(0.0, deadline - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _begin(self, slot: int) -> tuple[BaseProcess, Line, float]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=work,
            args=(self._database, self._door, replace(self._settings, slot=slot), theirs, self._as_json),
            name=f"county-{slot}",
            daemon=True,
        )
        process.start()
        theirs.close()  # or the line would never be seen to end
        return process, ours, time.monotonic()


def work(database: str, door: socket.socket, settings: Serving, line: Line, as_json: bool) -> None:
    """One worker: serves until its line ends."""
    logs.to_stderr(as_json=as_json)
    for name in (signal.SIGINT, signal.SIGTERM):  # Ctrl+C is heard by the first process, which tells us
        signal.signal(name, signal.SIG_IGN)
    server = running.serve(door, database, settings)
    try:
        line.send_bytes(READY)
        stop = threading.Event()
        threading.Thread(target=_listen, args=(line, stop), daemon=True).start()
        while server.alive and not stop.wait(LOOK_SECONDS):
            pass
    finally:
        running.end_by_itself(settings)  # whoever would kill us may have been killed
        server.stop()


def _listen(line: Line, stop: threading.Event) -> None:
    with contextlib.suppress(EOFError, OSError):
        line.recv_bytes()
    stop.set()


def _await(process: BaseProcess, line: Line) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not line.poll(LOOK_SECONDS):
        if not process.is_alive() or time.monotonic() > deadline:
            raise StorageFault("县里的服务没起来。看看日志再试。")
    try:
        line.recv_bytes()
    except (EOFError, OSError) as error:
        raise StorageFault("县里的服务没起来。看看日志再试。") from error
