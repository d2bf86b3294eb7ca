"""Behind the restore page: looking for backups, opening one, putting it in place, off the screen's thread.

Loaded only when somebody wants to restore. The store is closed all the while.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.actions.safekeeping import replacing, restoring
from app.actions.safekeeping.backup_places import Found
from app.actions.safekeeping.restoring import Candidate, Chosen, Preview, Restored, Unlock
from ui.gatekeeper import Failed, Gatekeeper


class Restoring:
    """Answers the restore page. Nothing that opens anything stays here once it is over."""

    def __init__(self, keeper: Gatekeeper) -> None:
        self._keeper = keeper
        self._paths = keeper.gate.paths
        self._chosen: Chosen | None = None
        self._candidate: Candidate | None = None

    def find(self, done: Callable[[Sequence[Found]], None], failed: Failed) -> None:
        """The backups on this computer and on what is plugged in, newest first."""
        self._apart(lambda: restoring.found(self._paths), done, failed)

    def choose(self, file: Path, done: Callable[[Sequence[tuple[str, str]]], None], failed: Failed) -> None:
        """Take one; `done` gets (id, name) of each who can open it."""

        def work() -> tuple[Chosen, list[tuple[str, str]]]:
            chosen = restoring.choose(self._paths, file, self._keeper.clock)
            return chosen, [(card.worker, card.name) for card in chosen.workers()]

        def ready(found: tuple[Chosen, list[tuple[str, str]]]) -> None:
            self._chosen = found[0]
            done(found[1])

        self._apart(work, ready, failed)

    def open(self, worker: str, passphrase: str, done: Callable[[Preview], None], failed: Failed) -> None:
        """Open it with the passphrase of the day it was made."""
        self._look(lambda gate: gate.unlock(worker, passphrase), done, failed)

    def recover(self, worker: str, code: str, done: Callable[[Preview], None], failed: Failed) -> None:
        """Open it with the recovery code."""
        self._look(lambda gate: gate.recover(worker, code), done, failed)

    def use(self, done: Callable[[Restored], None], failed: Failed) -> None:
        """Put the one that was looked at in place."""
        candidate = self._candidate
        assert candidate is not None, "it was looked at"

        def over(restored: Restored) -> None:
            self._chosen = self._candidate = None
            done(restored)

        self._apart(lambda: restoring.use(candidate, self._keeper.clock()), over, failed)

    def leave(self) -> None:
        """Throw away what was taken out."""
        self._chosen = self._candidate = None
        self._apart(lambda: replacing.clear_stage(self._paths), lambda _none: None, lambda _error: None)

    def _look(self, unlock: Unlock, done: Callable[[Preview], None], failed: Failed) -> None:
        chosen = self._chosen
        assert chosen is not None, "one was chosen"

        def ready(candidate: Candidate) -> None:
            self._candidate = candidate
            done(candidate.preview)

        clock = self._keeper.clock
        self._apart(lambda: restoring.look(chosen, unlock, self._paths, clock), ready, failed)

    def _apart(self, work: Callable[[], object], done: Callable[..., None], failed: Failed) -> None:
        self._keeper.tasks.apart(self._keeper.owner, work, done, failed)
