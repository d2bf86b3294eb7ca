"""The county's house, in which the lights go out: PostgreSQL dies at once, or is put back from a backup."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from app.domain.problem import StorageFault
from demo import stage
from demo.pair.ports import kept
from demo.stage import Stage
from sync.server import backups, restoring, running
from sync.server.postgres import connect

GONE_SECONDS = 10
TRIES, PAUSE_SECONDS = 20, 0.5


class CountyHouse:
    """The county of a `Stage`. Its service keeps its port through everything."""

    def __init__(self, play: Stage, clock: Callable[[], datetime]) -> None:
        self.play = play
        self._clock = clock
        self._folder = play.paths.root.parent
        self.port = int(urlsplit(play.server.url).port or 0)
        self.alight = True

    def lights_out(self) -> None:
        """`kill -9` of PostgreSQL and all its children, whatever they are doing. The service stands."""
        if not self.alight:
            return
        self.alight = False
        whole = psutil.Process(self.play.database.process)
        whole.suspend()  # or it would start others while those that run are looked up
        gone = [whole, *whole.children(recursive=True)]
        for process in gone:
            process.kill()
        psutil.wait_procs(gone, GONE_SECONDS)

    def lights_on(self) -> None:
        """PostgreSQL started again on the same files; it mends itself from its log."""
        if self.alight:
            return
        known = self.play.database.url
        self._revive()
        self.alight = True
        if self.play.database.url != known:  # where it has no socket it finds itself a new port
            self.play.server.stop()
            self._serve()

    def back_up(self) -> Path:
        """A backup as the clerk makes it, proven beside."""
        return backups.make(self.play.database.url, self._folder / "backups", self._clock()).file

    def put_back(self, backup: Path) -> None:
        """The service stopped, the backup in the place of everything, the service started again."""
        self.play.server.stop()
        with closing(kept(self.port)):
            restoring.put_back(self.play.database.url, backup, self._clock())
        self._serve()

    def records(self) -> int:
        """How many records it holds."""
        with connect(self.play.database.url) as connection:
            row = connection.execute(
                "SELECT count(*) AS n FROM record WHERE county = %s AND NOT deleted", (stage.COUNTY,)
            ).fetchone()
        return int(row["n"]) if row else 0

    def _revive(self) -> None:
        # What the last of the dead held may be let go a moment later.
        for _ in range(TRIES):
            try:
                self.play.database.revive()
                return
            except StorageFault:
                time.sleep(PAUSE_SECONDS)
        self.play.database.revive()

    def _serve(self) -> None:
        settings = stage.serving(self._folder, self.port)
        self.play.server = running.start(self.play.database.url, clock=self._clock, settings=settings)
