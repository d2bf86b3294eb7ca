"""What a serving county does by itself once a day: a new head for the chain of its log."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from sync.server import chain, query
from sync.server.logs import facts, place_of
from sync.server.postgres import Pool

LOOK_SECONDS = 900.0
DAY = timedelta(days=1)

log = logging.getLogger(__name__)


class Daily:
    """A thread that looks now and then whether something is due; `stop` ends it at once."""

    def __init__(self, pool: Pool, clock: Callable[[], datetime]) -> None:
        self._pool = pool
        self._clock = clock
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="daily", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Repeating it does nothing."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(LOOK_SECONDS):
            try:
                due(self._pool, self._clock())
            except Exception as error:  # the county serves on; it is tried again in a while
                log.error("the daily work failed: %s", place_of(error))


def due(pool: Pool, at: datetime) -> None:
    """Makes the heads that are a day old anew. Of several processes the first does it."""
    with pool.connection() as connection:
        for county in query.counties(connection):
            last = chain.newest(connection, county)
            if last is not None and at - last.made_at < DAY:
                continue
            head = chain.extend(connection, county, at)
            if head is not None:
                known = facts(county=county, upto=head.upto, head=head.words)
                log.info("county %s: head %s at %d", county, head.words, head.upto, extra=known)
