"""A county's own PostgreSQL does not stay dead: whoever holds it looks, and starts it again."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator

from app.domain.problem import StorageFault
from sync.server.embedded import EmbeddedDatabase

LOOK_SECONDS = 2.0

log = logging.getLogger(__name__)


@contextlib.contextmanager
def kept_alive(database: EmbeddedDatabase) -> Iterator[None]:
    """While it is held, a server that was killed runs again soon; devices hear `busy` until then."""
    over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(database, over), name="reviver", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _keep(database: EmbeddedDatabase, over: threading.Event) -> None:
    while not over.wait(LOOK_SECONDS):
        try:
            if database.revive():
                log.error("the database had died and was started again")
        except StorageFault as fault:  # a full disk may have killed it; it is tried again
            log.error("the database had died and does not start: %s", fault.words)
