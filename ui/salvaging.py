"""Behind the salvage page: reading the damaged store and using what was saved, off the screen's thread.

Loaded only when somebody salvages. The store is closed all the while.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.actions.safekeeping import replacing, rescuing
from app.actions.safekeeping.salvage import Salvaged
from app.domain.problem import StorageFault
from ui.gatekeeper import Failed, Gatekeeper


class Salvaging:
    """Answers the salvage page."""

    def __init__(self, keeper: Gatekeeper) -> None:
        self._keeper = keeper

    def workers(self) -> Sequence[tuple[str, str]]:
        """(id, name) of each who can open it; none when the key file cannot be read."""
        try:
            return self._keeper.workers()
        except StorageFault:
            return ()

    def begin(
        self,
        worker: str,
        passphrase: str,
        stepped: Callable[[int, int], None],
        done: Callable[[Salvaged], None],
        failed: Failed,
    ) -> None:
        """Save what can be; `stepped(pages, of)` is called on the thread that works."""
        gate = self._keeper.gate
        self._apart(lambda: rescuing.prepare(gate, worker, passphrase, stepped), done, failed)

    def use(self, done: Callable[[Path | None], None], failed: Failed) -> None:
        """Put it in place; `done` hears where the damaged one lies."""
        keeper = self._keeper
        self._apart(lambda: rescuing.use(keeper.gate.paths, keeper.clock()), done, failed)

    def leave(self) -> None:
        """Throw away what was saved and not used: the damaged one is there for another time."""
        paths = self._keeper.gate.paths
        self._apart(lambda: replacing.clear_stage(paths), lambda _none: None, lambda _error: None)

    def _apart(self, work: Callable[[], object], done: Callable[..., None], failed: Failed) -> None:
        self._keeper.tasks.apart(self._keeper.owner, work, done, failed)
